// Sums of parts: what was proved of each part is enough for what they come to, so that no part is
// looked into again.
#include "compiler/smt/bounds.h"
#include "compiler/verify/questions.h"

namespace xize::verify {

using program::Node;
using program::NodeId;
using program::NodeKind;

namespace {

bool is_ordinary(NodeKind kind) { return kind == NodeKind::Section || kind == NodeKind::Item; }

// `score if it counts, else 0`: what a sum adds up, which is in range where the score is. The score
// may be taken apart in it: `x if it applies, else 不涉及` counts as `x if it applies, else 0`.
bool is_counted(const program::Program& program, OpId op, OpId score) {
  const Op& counted = program.ops[op];
  const Op& of = program.ops[score];
  if (counted.code != Opcode::select) return false;
  const Op& otherwise = program.ops[counted.operands[2]];
  const auto* zero = otherwise.code == Opcode::constant
                         ? std::get_if<Rational>(&program.constants[otherwise.imm])
                         : nullptr;
  if (zero == nullptr || !zero->is_zero()) return false;
  const bool inside = of.code == Opcode::select && counted.operands[0] == of.operands[0] &&
                      counted.operands[1] == of.operands[1];
  return inside || counted.operands[1] == score;
}

}  // namespace

// Redistribution hands points on, it never makes them: the points that the parts are given, if
// these are numbers.
std::optional<Rational> Inquiry::shared_points(const std::vector<NodeId>& nodes) {
  const sema::Model& model = replay_.compilation().model();
  Rational sum(0);
  for (const NodeId id : nodes) {
    const Node& node = program_.nodes[id];
    if (!is_ordinary(node.kind)) continue;
    const auto& place = replay_.lowered().places[node.origin.index];
    const bool adds = model.nodes[place.node].mode == ast::SectionMode::Sum;
    std::optional<Rational> points(Rational(0));
    if (!node.children.empty() && adds) {
      points = shared_points(node.children);
    } else if (node.points) {
      const TermId value = encoder_(node.points).value;
      const Rational* given = value ? terms_.constant(value) : nullptr;
      points = given != nullptr && given->sign() >= 0 ? std::optional(*given) : std::nullopt;
    }
    if (!points) return std::nullopt;
    sum = sum + *points;
  }
  return sum;
}

// What a part comes to becomes an unknown, and so does its worth. What is known of them, given
// that the part's own range was proved.
TermId Inquiry::cut_part(NodeId part, Outline& outline, std::map<OpId, Meaning>& cut) {
  const Node& node = program_.nodes[part];
  const auto range = range_of_.find(part);
  if (range == range_of_.end()) return terms_.boolean(true);
  Meaning worth = encoder_(node.worth);
  if (!worth.value || !smt::never_negative(terms_[worth.value].bounds)) return terms_.boolean(true);
  if (terms_.constant(worth.value) == nullptr) {
    Meaning any = worth;
    any.value = terms_.variable(terms_[worth.value].bounds, false);
    if (!terms_.is_false(any.fault)) any.fault = terms_.truth();
    worth = cut.try_emplace(node.worth, any).first->second;  // parts may be worth the same
  }
  const TermId proved = terms_.truth();
  const TermId zero = terms_.number(0);
  TermId known = terms_.boolean(true);
  const auto cut_score = [&](OpId op) {
    const Meaning any{terms_.variable({}, false), terms_.truth(), terms_.truth(), terms_.truth(),
                      terms_.truth()};
    const TermId score = cut.try_emplace(op, any).first->second.value;
    const TermId below = terms_.or_(worth.fault, terms_.at_most(score, worth.value));
    const TermId limited = range->second.capped ? below : terms_.boolean(true);
    const TermId in_range = terms_.and_(terms_.at_most(zero, score), limited);
    known = terms_.and_(known, terms_.implies(proved, in_range));
  };
  cut_score(node.score);
  for (std::size_t i = 0; i < program_.ops.size(); ++i) {
    if (is_counted(program_, OpId(i), node.score)) cut_score(OpId(i));
  }
  outline.parts.push_back({range->second.question, proved});
  return known;
}

void Inquiry::add_outline(const Sum& sum) {
  Outline outline;
  std::map<OpId, Meaning> cut;
  TermId known = terms_.boolean(true);
  for (const NodeId part : sum.parts) known = terms_.and_(known, cut_part(part, outline, cut));
  if (outline.parts.empty()) return;
  Encoder& over = *variants_.emplace_back(std::make_unique<Encoder>(encoder_, cut));
  if (sum.shared) {
    TermId worths = terms_.number(0);
    for (const NodeId part : sum.parts) {
      const Node& node = program_.nodes[part];
      const TermId worth = is_ordinary(node.kind) ? over(node.worth).value : TermId();
      if (worth) worths = terms_.add(worths, worth);  // what is left out has none
    }
    known = terms_.and_(known, terms_.at_most(worths, terms_.number(*sum.shared)));
  }
  outline.violated = terms_.and_(outside(over, sum.range), known);
  asked_.questions[sum.question].outline = std::move(outline);
}

}  // namespace xize::verify

// What is made of scores: what was proved of each score is often enough for what they come to, so
// that none is looked into again.
#include "compiler/smt/bounds.h"
#include "compiler/verify/questions.h"
#include "compiler/whatif/reach.h"

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

// What is not looked into, and what is known of it.
struct Inquiry::Cut {
  std::map<OpId, Meaning> ops;
  TermId known;
  std::vector<Outline::Part> parts;
  const Encoder* more = nullptr;  // what differs in it is looked into
};

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

// A score becomes an unknown: between 0 and the worth, if there is one, where that was proved.
void Inquiry::cut_score(OpId op, const Meaning* worth, TermId proved, Cut& cut) {
  if (cut.more != nullptr && cut.more->differs(op)) return;
  const Meaning any{terms_.variable({}, false), terms_.truth(), terms_.truth(), terms_.truth(),
                    terms_.truth()};
  const TermId score = cut.ops.try_emplace(op, any).first->second.value;
  TermId in_range = terms_.at_most(terms_.number(0), score);
  if (worth != nullptr) {
    const TermId below = terms_.or_(worth->fault, terms_.at_most(score, worth->value));
    in_range = terms_.and_(in_range, below);
  }
  cut.known = terms_.and_(cut.known, terms_.implies(proved, in_range));
}

void Inquiry::cut_part(NodeId part, Cut& cut) {
  const Node& node = program_.nodes[part];
  const auto range = range_of_.find(part);
  if (range == range_of_.end()) return;
  Meaning worth = encoder_(node.worth);
  if (!worth.value || !smt::never_negative(terms_[worth.value].bounds)) return;
  const bool differs = cut.more != nullptr && cut.more->differs(node.worth);
  if (differs && !cut.more->differs(node.score)) return;
  if (!differs && terms_.constant(worth.value) == nullptr) {
    Meaning any = worth;
    any.value = terms_.variable(terms_[worth.value].bounds, false);
    if (!terms_.is_false(any.fault)) any.fault = terms_.truth();
    worth = cut.ops.try_emplace(node.worth, any).first->second;  // parts may be worth the same
  }
  const TermId proved = terms_.truth();
  const Meaning* most = range->second.capped ? &worth : nullptr;
  cut_score(node.score, most, proved, cut);
  for (std::size_t i = 0; i < program_.ops.size(); ++i) {
    if (is_counted(program_, OpId(i), node.score)) cut_score(OpId(i), most, proved, cut);
  }
  cut.parts.push_back({range->second.question, proved});
}

void Inquiry::outline_sum(const Sum& sum) {
  Cut cut{{}, terms_.boolean(true), {}};
  for (const NodeId part : sum.parts) cut_part(part, cut);
  if (cut.parts.empty()) return;
  Encoder& over = *variants_.emplace_back(std::make_unique<Encoder>(encoder_, cut.ops));
  TermId known = cut.known;
  if (sum.shared) {
    TermId worths = terms_.number(0);
    for (const NodeId part : sum.parts) {
      const Node& node = program_.nodes[part];
      const TermId worth = is_ordinary(node.kind) ? over(node.worth).value : TermId();
      if (worth) worths = terms_.add(worths, worth);  // what is left out has none
    }
    known = terms_.and_(known, terms_.at_most(worths, terms_.number(*sum.shared)));
  }
  asked_.questions[sum.question].outline = {terms_.and_(outside(over, sum.range), known),
                                            std::move(cut.parts)};
}

// The scores that something is made of.
std::vector<NodeId> Inquiry::parts_of(OpId what) const {
  const whatif::Reach reach(program_, {what});
  std::vector<NodeId> parts;
  for (const auto& [id, range] : range_of_) {
    if (reach.has(program_.nodes[id].score)) parts.push_back(id);
  }
  return parts;
}

// Of the last question.
void Inquiry::outline_condition(OpId what) {
  Cut cut{{}, terms_.boolean(true), {}};
  for (const NodeId part : parts_of(what)) cut_part(part, cut);
  for (const Sum& sum : sums_) {  // totals
    const OpId score = sum.range.score;
    const bool limited = sum.range.most && sum.range.least && sum.range.least->is_zero();
    if (!sum.shared || !limited || cut.ops.contains(score)) continue;
    const TermId proved = terms_.truth();
    const Meaning& total = encoder_(*sum.range.most);
    cut_score(score, total.value ? &total : nullptr, proved, cut);
    cut.parts.push_back({sum.question, proved});
  }
  if (cut.parts.empty()) return;
  Encoder& over = *variants_.emplace_back(std::make_unique<Encoder>(encoder_, cut.ops));
  const Meaning& m = over(what);
  if (!m.value || m.value == encoder_(what).value) return;
  const TermId fails = terms_.and_(over.usable(m), terms_.not_(m.value));
  asked_.questions.back().outline = {terms_.and_(fails, cut.known), std::move(cut.parts)};
}

// Of the last question. Only what the input changes is looked into.
void Inquiry::outline_direction(const lower::LoweredProperty& property, bool rises,
                                const Encoder& more) {
  const std::vector<NodeId> parts = parts_of(property.what);
  if (parts.size() < 2) return;
  Cut cut{{}, terms_.boolean(true), {}, &more};
  for (const NodeId part : parts) {
    cut_part(part, cut);
    const OpId factor = program_.nodes[part].factor;
    if (!factor || more.differs(factor)) continue;
    Meaning any = encoder_(factor);
    if (!any.value || terms_.constant(any.value) != nullptr) continue;
    any.value = terms_.variable(terms_[any.value].bounds, false);
    if (!terms_.is_false(any.fault)) any.fault = terms_.truth();
    cut.ops.try_emplace(factor, any);
  }
  Encoder& low = *variants_.emplace_back(std::make_unique<Encoder>(encoder_, cut.ops));
  Encoder& high = *variants_.emplace_back(std::make_unique<Encoder>(low, property.input));
  asked_.questions.back().outline = {
      terms_.and_(wrong_way(low, high, property, rises), cut.known), std::move(cut.parts)};
}

}  // namespace xize::verify

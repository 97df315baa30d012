// The ends of every item, then of what they make up.
#include <algorithm>
#include <map>

#include "compiler/analysis/ends.h"
#include "compiler/analysis/points.h"
#include "compiler/diagnostics/kinds/totals.h"
#include "compiler/extremes/describe.h"
#include "compiler/extremes/ranges.h"
#include "compiler/testing/test_unit.h"

namespace xize::extremes {
namespace {

using program::NodeId;
using program::NodeKind;
using program::OpId;
namespace kinds = diagnostics::kinds;

class Finder {
 public:
  explicit Finder(const driver::Compilation& compilation)
      : model_(compilation.model()), stand_(compilation), ranges_(stand_) {}

  std::vector<Subject> run(const std::string& item) {
    const auto only = item.empty() ? std::nullopt : results::find_node(program(), "", item);
    if (!item.empty() && !only) return {};
    for (std::uint32_t r = 0; r < program().rubrics.size(); ++r) {
      rubric_ = r;
      if (only && program().nodes[*only].rubric != r) continue;
      const program::Rubric& rubric = program().rubrics[r];
      const std::size_t index = subjects_.size();
      const bool with_total = !only && rubric.has_total;
      if (with_total) subjects_.push_back(start_total());
      const std::vector<NodeId> tops = only ? std::vector{*only} : rubric.top;
      std::vector<Leaf> leaves;
      for (const NodeId top : tops) append(leaves, add(top, with_total ? 1 : 0));
      if (!with_total) continue;
      note_open(index);
      settle({rubric.total, rubric.decisions, tops}, std::move(leaves), index,
             [&] { return ranges_.total(rubric_); });
    }
    return std::move(subjects_);
  }

  // The most an item comes to; of its clauses alone, before its points cut them off.
  std::optional<End> best(sema::NodeId item, bool of_clauses) {
    const NodeId id = stand_.lowered().nodes[item.index];
    if (!id.valid()) return std::nullopt;
    const program::Node& node = program().nodes[id];
    const OpId result = of_clauses && node.before_cap.valid() ? node.before_cap : node.raw;
    stand_.aim({result}, unit_of(item));
    const auto found = Climb(stand_, {.result = result, .guards = &node.decisions}).run();
    if (!found) return std::nullopt;
    End end = describe_item(stand_, id, result, *found);
    return end.found ? std::optional(std::move(end)) : std::nullopt;
  }

 private:
  // What was found for an item.
  struct Leaf {
    NodeId node;
    std::string unit;
    std::optional<Found> most, least;
  };

  [[nodiscard]] const program::Program& program() const { return stand_.program(); }
  [[nodiscard]] sema::NodeId model_node(program::Origin origin) const {
    return stand_.lowered().places[origin.index].node;
  }
  [[nodiscard]] std::string unit_of(sema::NodeId item) const {
    return testing::unit_in(model_, {model_.nodes[item].rubric, item});
  }

  // The unit, where the policy names it.
  [[nodiscard]] std::string named(const std::string& unit) const {
    const auto& units = model_.units;
    return std::find(units.begin(), units.end(), unit) == units.end() ? "" : unit;
  }

  // ---- subjects

  Subject start(NodeId id, int depth) {
    const program::Node& node = program().nodes[id];
    const sema::NodeId at = model_node(node.origin);
    const sema::Node& declared = model_.nodes[at];
    Subject subject;
    subject.kind = node.kind == NodeKind::BonusBlock     ? SubjectKind::Bonus
                   : node.kind == NodeKind::PenaltyBlock ? SubjectKind::Penalty
                   : node.kind == NodeKind::Section      ? SubjectKind::Section
                                                         : SubjectKind::Item;
    subject.leaf = analysis::is_leaf(declared);
    subject.penalty = declared.role == sema::Role::Penalty;
    subject.bonus = declared.role == sema::Role::Bonus;
    subject.name = node.name;
    subject.path = declared.qualified;
    subject.line = line_of(declared);
    subject.depth = depth;
    subject.points = analysis::declared_points(declared);
    subject.judged = declared.mark.valid();
    for (const ast::EntryId open : declared.unspecified) {
      const auto& rule = model_.entry_as<ast::Unspecified>(open);
      subject.open = subject.open || rule.accepted.empty();
    }
    return subject;
  }

  // The leaves of it.
  std::vector<Leaf> add(NodeId id, int depth) {
    const program::Node& node = program().nodes[id];
    if (!node.scored) return {};
    const std::size_t index = subjects_.size();
    subjects_.push_back(start(id, depth));
    if (subjects_[index].leaf) return {add_leaf(id, index)};
    std::vector<Leaf> leaves;
    for (const NodeId child : node.children) append(leaves, add(child, depth + 1));
    note_open(index);
    settle({node.score, node.decisions, node.children}, leaves, index,
           [&] { return ranges_.score(id); });
    ends_[id] = {subjects_[index].most, subjects_[index].least};
    return leaves;
  }

  static void append(std::vector<Leaf>& all, const std::vector<Leaf>& more) {
    all.insert(all.end(), more.begin(), more.end());
  }

  // What is open below is open in it.
  void note_open(std::size_t index) {
    for (std::size_t i = index + 1; i < subjects_.size(); ++i) {
      subjects_[index].open = subjects_[index].open || subjects_[i].open;
    }
  }

  Leaf add_leaf(NodeId id, std::size_t index) {
    const program::Node& node = program().nodes[id];
    const sema::NodeId at = model_node(node.origin);
    // What a unit gets where other items do not apply is not looked at.
    const OpId result = node.factor.valid() ? node.raw : node.score;
    Interval range = ranges_.item(at);
    if (result == node.score) range = analysis::rounded(model_, model_.nodes[at].round, range);
    Leaf leaf{id, unit_of(at), {}, {}};
    stand_.aim({result}, leaf.unit);
    const bool endless = model_.nodes[at].uncapped && !range.high.finite();
    // Of what has no end an example is enough.
    const auto high = endless ? std::optional(Rational(1)) : end_of(range.high);
    const Goal most{.result = result, .sign = 1, .end = high, .guards = &node.decisions};
    leaf.most = Climb(stand_, most).run();
    leaf.least = Climb(stand_, {.result = result, .sign = -1, .end = end_of(range.low)}).run();
    Subject& subject = subjects_[index];
    subject.unit = named(leaf.unit);
    if (leaf.most) subject.most = describe_item(stand_, id, result, *leaf.most);
    if (leaf.least) subject.least = describe_item(stand_, id, result, *leaf.least);
    judge(subject, range);
    subject.most.endless = endless;
    ends_[id] = {subject.most, subject.least};
    return leaf;
  }

  static std::optional<Rational> end_of(const analysis::Extended& end) {
    return end.finite() ? std::optional(end.value) : std::nullopt;
  }

  // An end that the text allows nothing beyond.
  static void judge(Subject& subject, const Interval& range) {
    const auto is_end = [](const End& end, const analysis::Extended& limit) {
      return end.found && limit.finite() && end.score == limit.value;
    };
    subject.most.proved = is_end(subject.most, range.high);
    subject.least.proved = is_end(subject.least, range.low);
  }

  // ---- wholes

  // A section or total: its result and its parts.
  struct Whole {
    OpId result;
    const std::vector<program::Decision>& decisions;
    std::vector<NodeId> parts;
  };

  [[nodiscard]] bool applies(sema::NodeId id, const std::string& unit) const {
    for (; id.valid(); id = model_.nodes[id].parent) {
      const sema::GroupId group = model_.nodes[id].for_group;
      if (!group.valid() || !model_.groups[group].units) continue;
      const auto& units = *model_.groups[group].units;
      const auto is = [&](sema::UnitId u) { return model_.units[u.index] == unit; };
      if (std::none_of(units.begin(), units.end(), is)) return false;
    }
    return true;
  }

  // The leaves that apply to the unit to which most of them do; its name.
  std::string common_unit(std::vector<Leaf>& leaves) const {
    std::string best;
    std::size_t most = 0;
    for (const Leaf& candidate : leaves) {
      const auto count = static_cast<std::size_t>(
          std::count_if(leaves.begin(), leaves.end(), [&](const Leaf& leaf) {
            return applies(model_node(program().nodes[leaf.node].origin), candidate.unit);
          }));
      if (count > most) {
        most = count;
        best = candidate.unit;
      }
    }
    std::erase_if(leaves, [&](const Leaf& leaf) {
      return !applies(model_node(program().nodes[leaf.node].origin), best);
    });
    return best;
  }

  template <class Range>
  void settle(const Whole& whole, std::vector<Leaf> leaves, std::size_t index, Range range_of) {
    Subject& subject = subjects_[index];
    const bool complete = std::all_of(leaves.begin(), leaves.end(), [](const Leaf& leaf) {
      return leaf.most && leaf.least;
    });
    if (leaves.empty() || !complete) return;
    const std::string unit = common_unit(leaves);
    subject.unit = named(unit);
    std::vector<OpId> scores;
    for (const Leaf& leaf : leaves) scores.push_back(program().nodes[leaf.node].score);
    for (const int sign : {1, -1}) {
      std::vector<OpId> aims = scores;
      aims.push_back(whole.result);
      stand_.aim(aims, unit);
      std::vector<Found> parts;
      for (const Leaf& leaf : leaves) {
        const bool against = is_against(leaf.node, subject.penalty);
        parts.push_back((sign > 0) != against ? *leaf.most : *leaf.least);
      }
      const auto end_then = [&] { return end_of(sign > 0 ? range_of().high : range_of().low); };
      const Goal goal{whole.result, sign, scores, {}, end_then, whole.decisions.empty(), nullptr};
      const auto found = Climb(stand_, goal).run(parts);
      if (!found) continue;
      End& end = sign > 0 ? subject.most : subject.least;
      end = describe_whole(stand_, whole.decisions, whole.result, *found);
      if (!end.found) continue;
      const Interval range = range_of();
      const auto& last = sign > 0 ? range.high : range.low;
      end.proved = last.finite() && last.value == end.score;
      end.endless = !last.finite() && any_endless(leaves, sign, subject.penalty);
      if (end.of_parts) note_away(whole.parts, sign, subject.penalty, end);
    }
  }

  // A leaf counts against the whole where it is a penalty and the whole is none.
  [[nodiscard]] bool is_against(NodeId leaf, bool penalty) const {
    const sema::Node& at = model_.nodes[model_node(program().nodes[leaf].origin)];
    return at.role == sema::Role::Penalty && !penalty;
  }

  // What goes on without end that way.
  [[nodiscard]] bool any_endless(const std::vector<Leaf>& leaves, int sign, bool penalty) const {
    return std::any_of(leaves.begin(), leaves.end(), [&](const Leaf& leaf) {
      const auto at = ends_.find(leaf.node);
      const bool that_way = (sign > 0) != is_against(leaf.node, penalty);
      return that_way && at != ends_.end() && at->second.first.endless;
    });
  }

  // Parts that come to less here than they could alone.
  void note_away(const std::vector<NodeId>& parts, int sign, bool penalty, End& end) const {
    for (const NodeId part : parts) {
      const program::Node& node = program().nodes[part];
      const auto own = ends_.find(part);
      const auto here = stand_.number(node.score);
      if (own == ends_.end() || !here || node.factor.valid()) continue;
      const bool most = (sign > 0) != is_against(part, penalty);
      const End& best = most ? own->second.first : own->second.second;
      if (best.found && best.score != *here) end.away.push_back({node.name, *here, best.score});
    }
  }

  Subject start_total() const {
    const program::Rubric& rubric = program().rubrics[rubric_];
    const sema::Node& declared = model_.nodes[model_node(rubric.origin)];
    Subject subject;
    subject.kind = SubjectKind::Total;
    subject.name = subject.path = rubric.name;
    subject.line = line_of(declared);
    subject.points = declared.points_value;
    return subject;
  }

  [[nodiscard]] std::uint32_t line_of(const sema::Node& node) const {
    const auto begin = model_.entry(node.entry).span.begin;
    return stand_.compilation().file().line_column(begin).line;
  }

  const sema::Model& model_;
  Stand stand_;
  Ranges ranges_;
  std::vector<Subject> subjects_;
  std::map<NodeId, std::pair<End, End>> ends_;  // most, least
  std::uint32_t rubric_ = 0;
};

// The item whose name stands there.
std::optional<sema::NodeId> item_at(const sema::Model& model, source::Span span) {
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const sema::Node& node = model.nodes[sema::NodeId(i)];
    if (analysis::is_leaf(node) && analysis::span_of(model, node) == span) return sema::NodeId(i);
  }
  return std::nullopt;
}

}  // namespace

std::optional<PolicyReach> find_extremes(const driver::Compilation& policy,
                                         const ReachRequest& request) {
  Finder finder(policy);
  PolicyReach reach{policy.file().path(), finder.run(request.item)};
  if (reach.subjects.empty() && !request.item.empty()) return std::nullopt;
  return reach;
}

void note_best(const driver::Compilation& policy, diagnostics::Sink& sink, std::size_t first) {
  std::optional<Finder> finder;  // made where it is needed: most policies have no such finding
  const std::size_t count = sink.findings().size();
  for (std::size_t i = first; i < count; ++i) {
    const diagnostics::Diagnostic& finding = sink.findings()[i];
    const auto is = [&](auto kind) { return finding.kind == kind.id; };
    const bool above = is(kinds::BestAbovePoints) || is(kinds::LossAbovePoints);
    const bool below = is(kinds::BestBelowPoints) || is(kinds::LossBelowPoints);
    const auto* at = std::get_if<diagnostics::InSource>(&finding.where);
    if (at == nullptr || (!above && !below)) continue;
    const auto item = item_at(policy.model(), at->span);
    if (!item) continue;
    if (!finder) finder.emplace(policy);
    const auto best = finder->best(*item, above);
    if (!best) continue;
    const diagnostics::Term data{data_words(*best, results::Language::English),
                                 data_words(*best, results::Language::Chinese)};
    if (data.english.empty()) continue;
    const bool penalty = policy.model().nodes[*item].role == sema::Role::Penalty;
    if (penalty) sink.amend(i).remark<kinds::TakesMostWith>(data, best->score);
    else sink.amend(i).remark<kinds::BestWith>(data, best->score);
  }
}

}  // namespace xize::extremes

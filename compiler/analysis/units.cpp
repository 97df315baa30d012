// Units to which less than the total applies, and points that are lost where items do not apply.
#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

using sema::UnitId;

constexpr std::size_t kListedStepsMax = 1'000'000;
constexpr std::size_t kFindingsMax = 8;
// What applies to the units of a node: to all of them, and to some besides.
struct Earned {
  Rational everyone;
  std::unordered_map<UnitId, Rational> more;
};

// Units to which the same part of the points applies.
struct Some {
  Rational total;
  std::vector<UnitId> units;
};

// Adds up one rubric for the units that its groups list.
class Shortfall {
 public:
  Shortfall(Context& c, NodeId rubric) : c_(c), rubric_(rubric) {}

  void run() {
    const auto& rubric = c_.model.nodes[rubric_];
    const Worth& worth = c_.worths[rubric_.index];
    const bool sums = rubric.mode == ast::SectionMode::Sum && !rubric.no_total;
    if (!sums || !worth.known || !worth.parts_known || worth.points != worth.parts) return;
    find_clauses(rubric_);
    Earned earned = earned_in(rubric_);
    if (!listed_) return;
    const auto totals = by_total(earned);
    std::vector<Some> some;
    for (const auto& [total, units] : totals) {
      if (!(total < worth.points)) break;
      if (total.sign() == 0) {
        report_nothing(units);
      } else {
        some.push_back({total, units});
      }
    }
    if (!some.empty()) report_some(some);
  }

 private:
  // `redistribute within rubric` anywhere hands on everything.
  void find_clauses(NodeId id) {
    const auto& node = c_.model.nodes[id];
    if (node.redistribute.valid()) {
      const auto scope = c_.model.entry_as<ast::Redistribute>(node.redistribute).scope;
      shared_out_ = shared_out_ || scope == ast::Scope::Rubric;
      within_sections_ = within_sections_ || (id == rubric_ && scope == ast::Scope::Section);
    }
    for (const NodeId child : node.children) find_clauses(child);
  }

  [[nodiscard]] bool shares_within(NodeId id) const {
    const auto& node = c_.model.nodes[id];
    if (id == rubric_) return false;
    if (node.redistribute.valid()) return true;
    return within_sections_ && std::ranges::any_of(node.children, [&](NodeId child) {
             return is_leaf(c_.model.nodes[child]);
           });
  }

  // For the units of the node around `id`.
  Earned earned_in(NodeId id) {
    const auto& node = c_.model.nodes[id];
    Earned earned;
    if (is_leaf(node) || node.mode != ast::SectionMode::Sum || node.children.empty()) {
      earned.everyone = c_.worths[id.index].points;
    } else {
      for (const NodeId child : node.children) {
        if (is_part(c_.model, node, child)) add(earned, earned_in(child));
      }
      if (shares_within(id)) share(earned, c_.worths[id.index].points);
    }
    const bool whole = id == rubric_ || !is_restricted(c_.model, node);
    return whole ? earned : only_for(node.for_group, std::move(earned));
  }

  void add(Earned& to, const Earned& from) {
    to.everyone += from.everyone;
    steps_ += from.more.size();
    if (steps_ > kListedStepsMax) listed_ = false;
    if (!listed_) return;
    for (const auto& [unit, points] : from.more) to.more[unit] += points;
  }

  // Whoever has something of a section has all of it.
  static void share(Earned& earned, const Rational& points) {
    for (auto& [unit, more] : earned.more) {
      if ((earned.everyone + more).sign() > 0) more = points;
    }
    if (earned.everyone.sign() == 0) return;
    for (auto& [unit, more] : earned.more) more -= points;
    earned.everyone = points;
  }

  Earned only_for(sema::GroupId group, Earned earned) {
    const auto& units = c_.model.groups[group].units;
    if (!units) {
      listed_ = false;
      return {};
    }
    Earned result;
    steps_ += units->size();
    for (const UnitId unit : *units) {
      const auto it = earned.more.find(unit);
      result.more[unit] = earned.everyone + (it == earned.more.end() ? Rational(0) : it->second);
    }
    return result;
  }

  // The units of the rubric, or those that its parts name, by what applies to them.
  [[nodiscard]] std::map<Rational, std::vector<UnitId>> by_total(const Earned& earned) const {
    std::vector<UnitId> units;
    const auto group = c_.model.nodes[rubric_].for_group;
    if (group.valid() && c_.model.groups[group].units) {
      units = *c_.model.groups[group].units;
    } else {
      for (const auto& [unit, points] : earned.more) units.push_back(unit);
      std::ranges::sort(units);
    }
    std::map<Rational, std::vector<UnitId>> totals;
    for (const UnitId unit : units) {
      const auto it = earned.more.find(unit);
      const Rational more = it == earned.more.end() ? Rational(0) : it->second;
      totals[earned.everyone + more].push_back(unit);
    }
    return totals;
  }

  [[nodiscard]] diagnostics::List named(const std::vector<UnitId>& units) const {
    diagnostics::List names;
    for (const UnitId unit : units) {
      if (names.value.size() < kUnitsNamed) names.value.push_back(c_.model.units[unit.index]);
    }
    return names;
  }

  [[nodiscard]] source::Span group_span() const {
    return span_of(c_.model, c_.model.nodes[rubric_]);
  }

  // Once for the rubric, with the units to which least applies; the others are noted.
  void report_some(const std::vector<Some>& some) {
    const bool wanted = shared_out_ ? c_.findings.wants<kinds::UnitsScaledUp>(rubric_)
                                    : c_.findings.wants<kinds::UnitsWithLess>(rubric_);
    if (!wanted) return;
    auto draft = report_least(some.front());
    std::size_t noted = 0;
    note_others(draft, rubric_, some.front().units.front(), noted);
    for (std::size_t i = 1; i < std::min(some.size(), kFindingsMax); ++i) {
      draft.remark<kinds::OtherUnitsToo>(some[i].units.size(), named(some[i].units),
                                         some[i].total);
    }
  }

  diagnostics::Draft report_least(const Some& least) {
    const auto& rubric = c_.model.nodes[rubric_];
    const Rational& points = c_.worths[rubric_.index].points;
    if (shared_out_) {
      return c_.findings.report<kinds::UnitsScaledUp>(
          group_span(), rubric.name, least.units.size(), named(least.units), least.total, points);
    }
    return c_.findings.report<kinds::UnitsWithLess>(group_span(), rubric.name, least.units.size(),
                                                    named(least.units), least.total, points,
                                                    points - least.total);
  }

  void report_nothing(const std::vector<UnitId>& units) {
    if (!c_.findings.wants<kinds::UnitsWithNothing>(rubric_)) return;
    c_.findings.report<kinds::UnitsWithNothing>(group_span(), c_.model.nodes[rubric_].name,
                                               units.size(), named(units));
  }

  // The parts that are not for the unit.
  void note_others(diagnostics::Draft& draft, NodeId id, UnitId unit, std::size_t& noted) const {
    for (const NodeId child : c_.model.nodes[id].children) {
      const auto& node = c_.model.nodes[child];
      if (!is_part(c_.model, c_.model.nodes[id], child) || noted == kListMax) continue;
      const bool restricted = is_restricted(c_.model, node);
      const auto* units = restricted ? &c_.model.groups[node.for_group].units : nullptr;
      if (!restricted || !*units || std::ranges::binary_search(**units, unit)) {
        note_others(draft, child, unit, noted);
        continue;
      }
      ++noted;
      draft.note<kinds::NotForThem>(span_of(c_.model, node), node.name,
                                   c_.worths[child.index].points);
    }
  }

  Context& c_;
  NodeId rubric_;
  bool listed_ = true;
  bool shared_out_ = false;
  bool within_sections_ = false;
  std::size_t steps_ = 0;
};

// ---- items that may not apply ----

// Items that say when they do not apply, where no clause around them shares their points out.
void find_lost(const Context& c, NodeId id, std::vector<NodeId>& lost) {
  const auto& node = c.model.nodes[id];
  if (node.redistribute.valid() || node.role != sema::Role::Ordinary) return;
  const bool may_drop = std::ranges::any_of(node.guards, [](const sema::GuardInfo& guard) {
    return guard.kind == ast::GuardKind::NotApplicable;
  });
  const Worth& worth = c.worths[id.index];
  if (may_drop && node.parent.valid() && worth.known && worth.points.sign() > 0) {
    lost.push_back(id);
    return;
  }
  if (node.mode != ast::SectionMode::Sum) return;  // there weights make up for it
  for (const NodeId child : node.children) find_lost(c, child, lost);
}

bool shares_out(const Context& c, NodeId id) {
  const auto& node = c.model.nodes[id];
  if (node.redistribute.valid()) {
    const auto& clause = c.model.entry_as<ast::Redistribute>(node.redistribute);
    if (clause.scope == ast::Scope::Rubric) return true;
  }
  return std::ranges::any_of(node.children, [&](NodeId child) { return shares_out(c, child); });
}

void check_lost(Context& c, NodeId rubric) {
  std::vector<NodeId> lost;
  find_lost(c, rubric, lost);
  const bool reports = !lost.empty() && !shares_out(c, rubric) &&
                       c.findings.wants<kinds::PointsMayBeLost>(rubric);
  if (!reports) return;
  Rational sum;
  for (const NodeId id : lost) sum += c.worths[id.index].points;
  const auto& node = c.model.nodes[rubric];
  auto draft = c.findings.report<kinds::PointsMayBeLost>(span_of(c.model, node), node.name, sum);
  note_parts(c, draft, lost);
}

}  // namespace

void check_units(Context& c) {
  for (const NodeId rubric : c.model.rubrics) {
    Shortfall(c, rubric).run();
    check_lost(c, rubric);
  }
}

}  // namespace xize::analysis

// Declared points against what they are made of.
#include <algorithm>
#include <unordered_map>

#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

constexpr std::size_t kUnitStepsMax = 500'000;
std::vector<NodeId> parts_of(const Context& c, const sema::Node& node) {
  std::vector<NodeId> parts;
  for (const NodeId child : node.children) {
    if (is_part(c.model, node, child)) parts.push_back(child);
  }
  return parts;
}

source::Span points_span(const Context& c, const sema::Node& node) {
  return node.points.valid() ? c.model.expr(node.points).span : span_of(c.model, node);
}

// Checks the declared sum of every section, block and rubric.
class Sums {
 public:
  explicit Sums(Context& c) : c_(c), wrong_(c.model.nodes.size(), false) {}

  void run() {
    for (std::size_t i = 0; i < c_.model.nodes.size(); ++i) {
      const NodeId id(i);
      if (!is_declared_sum(id) || !parts_known(id)) continue;
      if (is_split(id)) {
        check_split(id);
      } else {
        wrong_[i] = worth(id).points != worth(id).parts;
      }
    }
    for (std::size_t i = 0; i < c_.model.nodes.size(); ++i) {
      if (wrong_[i] && !is_explained(NodeId(i))) report(NodeId(i));
    }
  }

 private:
  [[nodiscard]] const sema::Node& node(NodeId id) const { return c_.model.nodes[id]; }
  [[nodiscard]] const Worth& worth(NodeId id) const { return c_.worths[id.index]; }

  [[nodiscard]] bool is_declared_sum(NodeId id) const {
    const auto& n = node(id);
    return n.points_kind == ast::PointsKind::Stated && n.points_value && !is_leaf(n) &&
           n.mode == ast::SectionMode::Sum && !n.no_total;
  }

  [[nodiscard]] source::Span head(NodeId id) const {
    return c_.model.entry_as<ast::Node>(node(id).entry).head;
  }

  // Whether the parts are known at all, and not for some units alone further below.
  [[nodiscard]] bool parts_known(NodeId id) const {
    bool any_part = false;
    if (c_.findings.has_error_in(head(id))) return false;
    for (const NodeId part : parts_of(c_, node(id))) {
      any_part = true;
      if (c_.findings.has_error_in(head(part))) return false;
      if (is_leaf(node(part)) || declared_points(node(part))) continue;
      for (const NodeId below : node(part).children) {
        if (is_restricted(c_.model, node(below))) return false;
      }
    }
    return any_part && worth(id).parts_known;
  }

  // Some parts are only for some of the units.
  [[nodiscard]] bool is_split(NodeId id) const {
    for (const NodeId part : parts_of(c_, node(id))) {
      if (is_restricted(c_.model, node(part))) return true;
    }
    return false;
  }

  // The parts of a sum that differs, if those below that are wrong themselves were what they hold.
  [[nodiscard]] Rational mended_parts(NodeId id) const {
    Rational sum;
    for (const NodeId part : parts_of(c_, node(id))) {
      sum += wrong_[part.index] ? worth(part).parts : worth(part).points;
    }
    return sum;
  }

  // One wrong number makes two sums wrong: it is reported where it stands.
  [[nodiscard]] bool is_explained(NodeId id) const {
    return mended_parts(id) != worth(id).parts && mended_parts(id) == worth(id).points;
  }

  void report(NodeId id) {
    const auto& n = node(id);
    const Rational& declared = worth(id).points;
    const Rational& added = worth(id).parts;
    const auto term = more_or_less(added, declared);
    const Rational difference = value::abs(added - declared);
    const auto span = points_span(c_, n);
    auto draft =
        n.kind == ast::NodeKind::Rubric
            ? c_.findings.report<kinds::SectionsNotTotal>(span, n.name, declared, added, term,
                                                         difference)
        : n.kind == ast::NodeKind::Section
            ? c_.findings.report<kinds::PartsNotPoints>(span, n.name, declared, added, term,
                                                       difference)
            : c_.findings.report<kinds::ItemsNotBlock>(span, n.name, declared, added, term,
                                                      difference);
    note_parts(c_, draft, parts_of(c_, n));
    mend(id, draft);
  }

  // The sum around it tells which of the two numbers is the wrong one.
  void mend(NodeId id, diagnostics::Draft& draft) const {
    const NodeId around = node(id).parent;
    if (!around.valid() || !is_declared_sum(around) || !worth(around).parts_known) return;
    const Rational& declared = worth(around).points;
    const Rational mended = worth(around).parts - worth(id).points + worth(id).parts;
    if (mended == declared) return c_.findings.mend(draft, node(id).points, worth(id).parts);
    const auto parts = parts_of(c_, node(id));
    if (worth(around).parts != declared || parts.size() != 1) return;
    c_.findings.mend(draft, node(parts.front()).points, worth(id).points);
  }

  // ---- parts for some of the units ----

  // What the parts come to for each unit that is named; the others have `everyone`.
  struct Split {
    Rational everyone;
    std::unordered_map<sema::GroupId, Rational> groups;
    std::unordered_map<sema::UnitId, Rational> units;
    bool listed = true;
  };

  Split split_of(NodeId id) {
    Split split;
    for (const NodeId part : parts_of(c_, node(id))) {
      if (is_restricted(c_.model, node(part))) {
        split.groups[node(part).for_group] += worth(part).points;
      } else {
        split.everyone += worth(part).points;
      }
    }
    for (const auto& [group, points] : split.groups) {
      const auto& units = c_.model.groups[group].units;
      if (!units || steps_ + units->size() > kUnitStepsMax) {
        split.listed = false;
        continue;
      }
      steps_ += units->size();
      for (const auto unit : *units) split.units[unit] += points;
    }
    return split;
  }

  void check_split(NodeId id) {
    const Rational& declared = worth(id).points;
    const Rational& all = worth(id).parts;
    if (declared == all) return;
    const Split split = split_of(id);
    if (split.everyone > declared || all < declared) {
      wrong_[id.index] = all < declared;
      if (!wrong_[id.index]) report_split(id, split.everyone, {});
      return;
    }
    if (!split.listed) return;
    Rational most = split.everyone;
    for (const auto& [unit, points] : split.units) {
      if (split.everyone + points > most) most = split.everyone + points;
    }
    if (most == declared) return;
    std::vector<sema::UnitId> units;
    for (const auto& [unit, points] : split.units) {
      if (split.everyone + points == most) units.push_back(unit);
    }
    report_split(id, most, std::move(units));
  }

  void report_split(NodeId id, const Rational& added, std::vector<sema::UnitId> units) {
    const auto& n = node(id);
    const Rational& declared = worth(id).points;
    std::sort(units.begin(), units.end());
    diagnostics::List names;
    for (const auto unit : units) {
      if (names.value.size() < kUnitsNamed) names.value.push_back(c_.model.units[unit.index]);
    }
    if (names.value.empty()) names.value.push_back(c_.model.unit_table().name);
    auto draft = c_.findings.report<kinds::PartsForUnits>(
        points_span(c_, n), n.name, declared, added, more_or_less(added, declared),
        value::abs(added - declared), names);
    note_parts(c_, draft, parts_of(c_, n));
  }

  Context& c_;
  std::vector<bool> wrong_;
  std::size_t steps_ = 0;
};

}  // namespace

diagnostics::Term more_or_less(const Rational& a, const Rational& b) {
  return a > b ? diagnostics::Term{"more", "多"} : diagnostics::Term{"less", "少"};
}

void note_parts(const Context& c, diagnostics::Draft& draft, const std::vector<NodeId>& parts) {
  Rational rest;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& part = c.model.nodes[parts[i]];
    const Rational& points = c.worths[parts[i].index].points;
    if (i < kListMax) {
      draft.note<kinds::PartOfSum>(span_of(c.model, part), part.name, points);
    } else {
      rest += points;
    }
  }
  if (parts.size() > kListMax) draft.remark<kinds::MoreParts>(parts.size() - kListMax, rest);
}

void check_sums(Context& c) { Sums(c).run(); }

void check_caps(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const auto& node = c.model.nodes[NodeId(i)];
    const auto& worth = c.worths[i];
    const bool capped = node.max_value && !node.uncapped && !is_leaf(node) &&
                        node.role != sema::Role::Ordinary && node.mode == ast::SectionMode::Sum;
    if (!capped || !worth.parts_known || node.children.empty()) continue;
    bool open = false;
    for (const NodeId child : node.children) open = open || c.model.nodes[child].uncapped;
    const Rational& cap = *node.max_value;
    if (open || worth.parts > cap) continue;
    const auto span = c.model.expr(node.max).span;
    const auto parts = parts_of(c, node);
    if (worth.parts == cap) {
      if (!c.findings.wants<kinds::CapNeverBinds>(NodeId(i))) continue;
      auto draft = c.findings.report<kinds::CapNeverBinds>(span, node.name, cap);
      note_parts(c, draft, parts);
    } else if (c.findings.wants<kinds::CapAboveSum>(NodeId(i))) {
      auto draft = c.findings.report<kinds::CapAboveSum>(span, node.name, cap, worth.parts,
                                                        cap - worth.parts);
      note_parts(c, draft, parts);
    }
  }
}

}  // namespace xize::analysis

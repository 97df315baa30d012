// Units against rubrics: those that no rubric scores, those that two score, and names that may
// belong to one unit.
#include <algorithm>
#include <map>

#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/totals.h"
#include "compiler/source/unicode.h"

namespace xize::analysis {

namespace {

using sema::GroupId;
using sema::UnitId;

constexpr std::size_t kUnitsCompared = 400;
constexpr std::size_t kShortMax = 4;  // code points of a name that may be an abbreviation

diagnostics::List named(const sema::Model& model, const std::vector<UnitId>& units) {
  diagnostics::List names;
  for (const UnitId unit : units) {
    if (names.value.size() < kUnitsNamed) names.value.push_back(model.units[unit.index]);
  }
  return names;
}

// ---- rubrics ----

// The rubrics of each unit, where every rubric lists its units.
void check_rubrics(Context& c) {
  const auto& model = c.model;
  std::map<UnitId, std::vector<NodeId>> rubrics;
  for (const NodeId rubric : model.rubrics) {
    const GroupId group = model.nodes[rubric].for_group;
    if (!group.valid() || !model.groups[group].units) return;
    for (const UnitId unit : *model.groups[group].units) rubrics[unit].push_back(rubric);
  }
  for (std::size_t i = 0; i < model.groups.size() && !rubrics.empty(); ++i) {
    const auto& group = model.groups[GroupId(i)];
    std::vector<UnitId> none;
    for (const UnitId unit : group.listed) {
      if (rubrics.emplace(unit, std::vector<NodeId>()).second) none.push_back(unit);
    }
    if (none.empty() || !c.findings.wants<kinds::UnitsOfNoRubric>(NodeId())) continue;
    c.findings.report<kinds::UnitsOfNoRubric>(group.span, none.size(), named(model, none));
  }
  std::map<std::pair<NodeId, NodeId>, std::vector<UnitId>> twice;
  for (const auto& [unit, in] : rubrics) {
    if (in.size() > 1) twice[{in[0], in[1]}].push_back(unit);
  }
  for (const auto& [pair, units] : twice) {
    if (!c.findings.wants<kinds::UnitsOfTwoRubrics>(pair.second)) continue;
    const auto &one = model.nodes[pair.first], &other = model.nodes[pair.second];
    c.findings.report<kinds::UnitsOfTwoRubrics>(span_of(model, other), units.size(),
                                               named(model, units), one.name, other.name);
  }
}

// ---- names ----

// 农委 of 农业农村委: short, begins and ends alike, all of it in order.
bool abbreviates(std::u32string_view brief, std::u32string_view full) {
  if (brief.size() < 2 || brief.size() > kShortMax || brief.size() >= full.size()) return false;
  if (brief.front() != full.front() || brief.back() != full.back()) return false;
  std::size_t found = 0;
  for (const char32_t letter : full) found += found < brief.size() && brief[found] == letter;
  return found == brief.size();
}

// 残联 of 区残联.
bool adds_place(std::u32string_view brief, std::u32string_view full) {
  constexpr std::u32string_view kPlaces = U"省市区县本";
  return full.size() == brief.size() + 1 && full.ends_with(brief) &&
         kPlaces.find(full.front()) != std::u32string_view::npos;
}

// The lists that name each unit: two names in one list are two units.
std::vector<std::vector<GroupId>> lists_of(const sema::Model& model) {
  std::vector<std::vector<GroupId>> lists(model.units.size());
  for (std::size_t i = 0; i < model.groups.size(); ++i) {
    for (const UnitId unit : model.groups[GroupId(i)].listed) {
      lists[unit.index].push_back(GroupId(i));
    }
  }
  return lists;
}

void check_names(Context& c) {
  const auto& units = c.model.units;
  if (units.size() > kUnitsCompared) return;
  const auto lists = lists_of(c.model);
  std::vector<std::u32string> names;
  for (const std::string& unit : units) names.push_back(source::to_code_points(unit));
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = 0; j < names.size(); ++j) {
      const bool alike = abbreviates(names[i], names[j]) || adds_place(names[i], names[j]);
      if (!alike || lists[i].empty() || lists[j].empty()) continue;
      const bool together = std::ranges::any_of(lists[i], [&](GroupId list) {
        return std::ranges::find(lists[j], list) != lists[j].end();
      });
      if (together || !c.findings.wants<kinds::UnitNamedTwice>(NodeId())) continue;
      const auto& later = c.model.groups[std::max(lists[i].front(), lists[j].front())];
      c.findings.report<kinds::UnitNamedTwice>(later.span, units[i], units[j]);
    }
  }
}

}  // namespace

void check_groups(Context& c) {
  check_rubrics(c);
  check_names(c);
}

}  // namespace xize::analysis

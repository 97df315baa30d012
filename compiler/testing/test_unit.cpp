#include "compiler/testing/test_unit.h"

#include <algorithm>

namespace xize::testing {
namespace {

// A name for a unit where the policy lists none that fits.
constexpr const char* kSomeUnit = "某单位";

// Groups that the unit must be in to be scored on a node.
void add_groups(const sema::Model& model, sema::NodeId node, std::vector<sema::GroupId>& groups) {
  for (; node.valid(); node = model.nodes[node].parent) {
    const sema::GroupId group = model.nodes[node].for_group;
    if (group.valid() && model.groups[group].units) groups.push_back(group);
  }
}

// The first unit of the policy that is in all of them.
std::string unit_in_groups(const sema::Model& model, const std::vector<sema::GroupId>& groups) {
  if (groups.empty()) return {};
  for (const sema::UnitId unit : *model.groups[groups.front()].units) {
    const bool in_all = std::all_of(groups.begin(), groups.end(), [&](sema::GroupId group) {
      const auto& units = *model.groups[group].units;
      return std::find(units.begin(), units.end(), unit) != units.end();
    });
    if (in_all) return model.units[unit.index];
  }
  return {};
}

}  // namespace

std::string unit_for(const sema::Model& model, const sema::TestInfo& test) {
  if (test.for_unit.valid()) return model.units[test.for_unit.index];
  std::vector<sema::NodeId> nodes{test.rubric};
  for (const ast::Expect& expect : model.entry_as<ast::Test>(test.entry).expects) {
    if (!expect.target.valid()) continue;
    const auto* ref = std::get_if<sema::NodeResult>(&model.fact(expect.target).binding);
    if (ref != nullptr) nodes.push_back(ref->node);
  }
  return unit_in(model, nodes);
}

std::string unit_in(const sema::Model& model, const std::vector<sema::NodeId>& nodes) {
  std::vector<sema::GroupId> groups;
  add_groups(model, nodes.front(), groups);
  const std::string of_first = unit_in_groups(model, groups);
  for (std::size_t i = 1; i < nodes.size(); ++i) add_groups(model, nodes[i], groups);
  const std::string of_all = unit_in_groups(model, groups);
  if (!of_all.empty()) return of_all;
  return of_first.empty() ? kSomeUnit : of_first;
}

}  // namespace xize::testing

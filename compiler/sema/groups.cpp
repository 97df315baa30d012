// Groups of units: names, lists, `all` with a condition, combined by + - &.

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"

namespace xize::sema {

namespace {

using Units = std::vector<UnitId>;

GroupId add_group(Checker& c, Group group) { return c.model.groups.add(std::move(group)); }

GroupId declared_group(Checker& c, EntryId entry) {
  const auto& syntax = c.entry<ast::Group>(entry);
  auto& progress = c.group_progress[entry];
  const auto key = c.keep(syntax.name.text);
  if (progress == Progress::Done) return c.group_ids.at(key);
  if (progress == Progress::Running) {
    c.report<kinds::DependsOnItself>(syntax.name.span, syntax.name.text,
                                    diagnostics::List{{syntax.name.text, syntax.name.text}});
    return {};
  }
  progress = Progress::Running;
  c.group_title = syntax.name.text;
  Place place;
  place.scope = c.global;
  GroupId id;
  const auto& members = syntax.members;
  const bool single = members.op == ast::GroupOp::Named && members.names.size() == 1 &&
                      !c.group_entries.contains(members.names.front().text);
  if (single) {  // one unit: `group A = 甲`
    ast::GroupExpr list = members;
    list.op = ast::GroupOp::Units;
    id = build_group(c, list, place);
  } else {
    id = build_group(c, members, place);
  }
  if (!id.valid()) id = add_group(c, {});
  Group group = c.model.groups[id];
  if (!group.name.empty()) {  // another group under a second name
    Group named;
    named.op = ast::GroupOp::Named;
    named.left = id;
    named.units = group.units;
    group = std::move(named);
  }
  group.name = syntax.name.text;
  group.reference = syntax.reference;
  group.entry = entry;
  group.span = syntax.name.span;
  id = add_group(c, std::move(group));
  c.group_ids.emplace(key, id);
  c.group_progress[entry] = Progress::Done;
  return id;
}

// The group of a name inside a list or expression: declared, or the whole unit table.
std::optional<GroupId> whole_table(Checker& c, std::string_view name) {
  const auto& table = c.model.unit_table();
  const bool whole = name.empty() || name == table.name || name == "units" || name == "单位" ||
                     name == "全部单位";
  if (!whole) return std::nullopt;
  Group all;
  all.op = ast::GroupOp::All;
  return add_group(c, std::move(all));
}

// Names nearly alike among groups and units.
std::vector<std::string> known_groups(const Checker& c) {
  std::vector<std::string> known;
  for (const auto& [name, entry] : c.group_entries) known.emplace_back(name);
  for (const auto& [name, unit] : c.unit_ids) known.emplace_back(name);
  known.push_back(c.model.unit_table().name);
  std::ranges::sort(known);
  return known;
}

GroupId named_group(Checker& c, const ast::Name& name) {
  if (const auto group = group_named(c, name.text)) return *group;
  if (c.group_entries.contains(name.text)) return {};  // a circle, reported
  if (const auto all = whole_table(c, name.text)) return *all;
  if (unit_known(c, name.text)) {
    Group group;
    group.listed.push_back(unit_named(c, name.text));
    group.units = group.listed;
    return add_group(c, std::move(group));
  }
  c.report<kinds::UnknownGroup>(name.span, name.text)
      .suggest(diagnostics::did_you_mean(name.text, known_groups(c)));
  return {};
}

// A list of units; a group in it stands for its members.
GroupId listed_group(Checker& c, const ast::GroupExpr& syntax, std::string_view title) {
  Group group;
  std::unordered_set<std::uint32_t> seen;
  std::vector<GroupId> inner;
  for (const auto& name : syntax.names) {
    if (!name.present()) continue;
    if (const auto other = group_named(c, name.text)) {
      inner.push_back(*other);
      continue;
    }
    if (c.group_entries.contains(name.text)) continue;  // a circle, reported
    const auto unit = unit_named(c, name.text);
    if (!seen.insert(unit.index).second) {
      c.report<kinds::GroupMemberTwice>(name.span, name.text, title);
      continue;
    }
    group.listed.push_back(unit);
  }
  group.units = group.listed;
  std::ranges::sort(*group.units);
  group.span = syntax.span;
  const bool lists = !group.listed.empty() || inner.empty();
  GroupId result = lists ? add_group(c, std::move(group)) : inner.front();
  for (const auto other : inner) {
    if (other == result) continue;
    Group both;
    both.op = ast::GroupOp::Union;
    both.left = result;
    both.right = other;
    result = add_group(c, std::move(both));
  }
  return result;
}

std::optional<Units> combine(ast::GroupOp op, const std::optional<Units>& a,
                             const std::optional<Units>& b) {
  if (!a || !b) return std::nullopt;
  Units result;
  const auto out = std::back_inserter(result);
  if (op == ast::GroupOp::Union) std::ranges::set_union(*a, *b, out);
  if (op == ast::GroupOp::Difference) std::ranges::set_difference(*a, *b, out);
  if (op == ast::GroupOp::Intersection) std::ranges::set_intersection(*a, *b, out);
  return result;
}

GroupId all_group(Checker& c, const ast::GroupExpr& syntax, const Place& place) {
  const ast::Name name = syntax.names.empty() ? ast::Name{} : syntax.names.front();
  GroupId base = {};
  if (const auto all = whole_table(c, name.text)) {
    base = *all;
  } else {
    base = named_group(c, name);  // `all 甲类`: the group itself
  }
  if (!base.valid() || !syntax.where.valid()) return base;
  Place inside = place;
  inside.row = {};
  check_condition(c, syntax.where, inside);
  if (c.model.groups[base].op == ast::GroupOp::All && c.model.groups[base].name.empty()) {
    c.model.groups[base].where = syntax.where;
    return base;
  }
  Group all;
  all.op = ast::GroupOp::All;
  all.where = syntax.where;
  Group both;
  both.op = ast::GroupOp::Intersection;
  both.left = base;
  both.right = add_group(c, std::move(all));
  return add_group(c, std::move(both));
}

GroupId combined_group(Checker& c, const ast::GroupExpr& syntax, const Place& place) {
  if (syntax.operands.size() != 2) return {};
  Group group;
  group.op = syntax.op;
  group.span = syntax.span;
  group.left = build_group(c, syntax.operands[0], place);
  group.right = build_group(c, syntax.operands[1], place);
  if (!group.left.valid() || !group.right.valid()) return {};
  group.units = combine(syntax.op, c.model.groups[group.left].units,
                        c.model.groups[group.right].units);
  return add_group(c, std::move(group));
}

void check_aliases(Checker& c) {
  std::unordered_set<std::string> reported;
  for (std::size_t i = 0; i < c.module.entries.size(); ++i) {
    const auto* alias = std::get_if<ast::Alias>(&c.module.entries[EntryId(i)].node);
    if (alias == nullptr) continue;
    for (const auto& name : alias->names) {
      std::string at = name.text;
      std::unordered_set<std::string> path;
      while (c.model.aliases.contains(at) && path.insert(at).second) at = c.model.aliases[at];
      if (!path.contains(at) || at != name.text || !reported.insert(at).second) continue;
      for (const auto& member : path) reported.insert(member);
      c.report<kinds::AliasLoop>(name.span, name.text);
    }
  }
}

}  // namespace

std::optional<GroupId> group_named(Checker& c, std::string_view name) {
  const auto it = c.group_entries.find(name);
  if (it == c.group_entries.end()) return std::nullopt;
  const auto id = declared_group(c, it->second);
  if (!id.valid()) return std::nullopt;
  return id;
}

GroupId build_group(Checker& c, const ast::GroupExpr& syntax, const Place& place) {
  switch (syntax.op) {
    case ast::GroupOp::Units: return listed_group(c, syntax, c.group_title);
    case ast::GroupOp::Named:
      return syntax.names.empty() ? GroupId{} : named_group(c, syntax.names.front());
    case ast::GroupOp::All: return all_group(c, syntax, place);
    default: return combined_group(c, syntax, place);
  }
}

void build_groups(Checker& c) {
  check_aliases(c);
  std::vector<EntryId> entries;
  for (const auto& [name, entry] : c.group_entries) entries.push_back(entry);
  std::ranges::sort(entries);
  for (const auto entry : entries) {
    const auto id = declared_group(c, entry);
    if (!id.valid() || !c.model.groups[id].reference) continue;
    if (!c.model.reference.valid()) {
      c.model.reference = id;
      continue;
    }
    Group both;
    both.op = ast::GroupOp::Union;
    both.left = c.model.reference;
    both.right = id;
    both.units =
        combine(both.op, c.model.groups[both.left].units, c.model.groups[both.right].units);
    c.model.reference = add_group(c, std::move(both));
  }
}

}  // namespace xize::sema

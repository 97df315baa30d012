// What data and groups are: columns, sources, groups, lookups, and their constraints.
// In: collected names. Out: their types and sets; reports of what is wrong in them.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/sema/checker.h"

namespace xize::sema {

// Types of all columns and parameters, from what they are declared as.
void type_columns(Checker& c);
// Tables have a unit column; the columns that say when a row was.
void complete_tables(Checker& c);
// Links samples and filters to the records they are drawn from; before columns have types.
void link_sources(Checker& c);
// Constraints, defaults, partitions and checks: ranges where literals state them.
void check_constraints(Checker& c);
// Filters and samples: their conditions.
void check_sources(Checker& c);
// The place of an expression over the rows of a source declared at `scope`.
Place row_place(const Checker& c, SourceId source, Place outside);

// The declared group of that name, built on demand.
std::optional<GroupId> group_named(Checker& c, std::string_view name);
// A group as written; invalid when the report is done.
GroupId build_group(Checker& c, const ast::GroupExpr& syntax, const Place& place);
// All declared groups, aliases and the reference group.
void build_groups(Checker& c);

// The types of the keys of a lookup come from the first call's arguments.
Type check_lookup_call(Checker& c, LookupId lookup, const ast::Call& call, const Place& place);
// Values of lookups that nobody calls.
void check_lookups(Checker& c);

}  // namespace xize::sema

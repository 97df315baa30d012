// What a name means where it stands: the row's columns first, then the blocks around it from the
// inside out, then results of items by nearness.
// In: a name and a place. Out: a binding and a type, or a report.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/sema/checker.h"

namespace xize::sema {

// A meaning that was found. An Invalid type: reported already.
struct Found {
  Binding binding;
  Type type;
};

// The meaning of a bare name as a value, records or a group; empty if there is none.
std::optional<Found> find_name(Checker& c, const ast::Name& name, const Place& place);
// The same for a name where a value of type `expected` stands: labels, units and texts as well.
Found resolve_name(Checker& c, const ast::Name& name, const Place& place, const Type* expected);
// Reports a name nobody knows, with names nearly alike; once in each item, however often used.
void report_unknown(Checker& c, const ast::Name& name, const Place& place);

// `base.member`, chains included.
Found resolve_member(Checker& c, const ast::Member& member, const Place& place);
// What stands before a dot, or an argument, if it is records.
std::optional<SourceId> source_named(Checker& c, const ast::Name& name, const Place& place);

// The node of that name nearest to the place: a child of a node around it, else one that shares
// most of the way down. Empty without candidates; an invalid handle when the report is done.
std::optional<NodeId> nearest_node(Checker& c, const ast::Name& name, const Place& place);
// The rubric a total or grade asked for at `place` belongs to; reports if there is none or several.
NodeId rubric_at(Checker& c, Span span, const Place& place);
Found node_result(Checker& c, NodeId node, Aspect aspect, Span span);

// The unit of that name, aliases resolved.
UnitId unit_named(Checker& c, std::string_view name);
bool unit_known(const Checker& c, std::string_view name);
// The shared handle of a list of labels.
ChoiceId intern_choice(Checker& c, std::string_view name, const std::vector<std::string>& labels);
std::optional<std::uint32_t> label_index(const Choice& choice, std::string_view label);

// Notes that what is being checked depends on `to`.
void depend(Checker& c, Vertex to, Span span);

}  // namespace xize::sema

// What diagnostics call types, entries and nodes, in both languages.
// In: a type, an entry, a node. Out: terms for the rows of kinds/names.def and kinds/types.def.
#pragma once

#include "compiler/diagnostics/argument.h"
#include "compiler/sema/model.h"

namespace xize::sema {

// "a count of 办件" / "办件的个数", "points" / "分数".
diagnostics::Term type_word(const Model& model, const Type& type);
// What kind of entry it is: "a clause" / "计分的句子".
diagnostics::Term entry_word(const ast::EntryNode& node);
// "a section" / "一级指标（含下级指标）".
diagnostics::Term node_word(ast::NodeKind kind);
// What a binding names: "a column", "a group of units".
diagnostics::Term binding_word(const Binding& binding);
diagnostics::Term aggregate_word(ast::AggregateKind kind);

}  // namespace xize::sema

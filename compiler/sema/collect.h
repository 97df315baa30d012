// The first walks over the tree: what is declared where, before any expression is read.
// In: the tree. Out: scopes, nodes, columns, sources; expanded functions and methods.
#pragma once

#include "compiler/sema/checker.h"

namespace xize::sema {

// Declares everything in the policy, expanding each `use` of a method where it stands.
void collect(Checker& c);

// Makes `name` stand for `target` in a scope; a second declaration is an error.
bool declare(Checker& c, ScopeId scope, const ast::Name& name, Target target);
// Declares the columns of one entry in a table.
void collect_column(Checker& c, EntryId entry, TableId table);
// The column syntax of an ast::Column, Input or Parameter.
const ast::Column& column_syntax(const Checker& c, EntryId entry);

// Puts the entries of the method in place of its `use`, its parameters replaced by the arguments.
// Returns the new entries and the scope of their names, or an invalid scope.
ScopeId expand_use(Checker& c, EntryId use, ScopeId scope);
// Puts the body of a function in place of each call.
void expand_calls(Checker& c);

// An import could not be read: what is declared nowhere may stand in it, and is not reported.
bool lacks_import(const Checker& c);
// A copy of an entry and all below it.
EntryId clone_entry(Checker& c, EntryId entry);
// Gives each sample its columns: copies of those of the records it is drawn from, then its own.
void fill_samples(Checker& c);

// Reads the entries of every node into its Node: guards, clauses, base, rounding, grades.
void assemble_nodes(Checker& c);
// Where an entry may stand; reports it where it may not.
enum class Where : std::uint8_t { Top, Rubric, Section, Item, Extra, Block };
bool check_place(Checker& c, EntryId entry, Where where);

}  // namespace xize::sema

// One overload for each kind of entry; print_entry chooses.
// In: an entry of the tree. Out: the open line, and lines of its block; the caller ends the line.
#pragma once

#include "compiler/format/page.h"

namespace xize::format {

void print_entry(Page& page, ast::EntryId id);
void print_entry(Page& page, const ast::EntryNode& entry);

// ---- declarations.cpp
void print(Page& page, const ast::Policy& policy);
void print(Page& page, const ast::DocumentNumber& number);
void print(Page& page, const ast::Issuer& issuer);
void print(Page& page, const ast::Period& period);
void print(Page& page, const ast::Effective& effective);
void print(Page& page, const ast::Cutoff& cutoff);
void print(Page& page, const ast::Import& import);
void print(Page& page, const ast::Group& group);
void print(Page& page, const ast::Alias& alias);
void print(Page& page, const ast::Claims& claims);
void print(Page& page, const ast::Define& define);
void print(Page& page, const ast::Method& method);
void print(Page& page, const ast::Use& use);

// ---- tables.cpp
void print(Page& page, const ast::Column& column);
void print(Page& page, const ast::Table& table);
void print(Page& page, const ast::FilteredRecords& records);
void print(Page& page, const ast::Partition& partition);
void print(Page& page, const ast::Check& check);
void print(Page& page, const ast::TypeDecl& declaration);
void print(Page& page, const ast::Lookup& lookup);
void print(Page& page, const ast::Parameter& parameter);
void print(Page& page, const ast::Input& input);

// ---- nodes.cpp
void print(Page& page, const ast::Node& node);
void print(Page& page, const ast::Guard& guard);
void print(Page& page, const ast::Ordered& ordered);
void print(Page& page, const ast::Base& base);
void print(Page& page, const ast::When& when);
void print(Page& page, const ast::Together& together);
void print(Page& page, const ast::Pick& pick);
void print(Page& page, const ast::Criterion& criterion);
void print(Page& page, const ast::Quote& quote);
void print(Page& page, const ast::Assume& assume);
void print(Page& page, const ast::Unspecified& unspecified);
void print(Page& page, const ast::Allow& allow);

// ---- clauses.cpp
void print(Page& page, const ast::Clause& clause);

// ---- results.cpp
void print(Page& page, const ast::Round& round);
void print(Page& page, const ast::Redistribute& redistribute);
void print(Page& page, const ast::Combine& combine);
void print(Page& page, const ast::Floor& floor);
void print(Page& page, const ast::Ceiling& ceiling);
void print(Page& page, const ast::NoTotal& no_total);
void print(Page& page, const ast::CombinePeriods& combine);
void print(Page& page, const ast::Convert& convert);
void print(Page& page, const ast::GradeRule& rule);
void print(Page& page, const ast::Grade& grade);
void print(Page& page, const ast::Select& select);
void print(Page& page, const ast::Report& report);

// ---- versions.cpp
void print(Page& page, const ast::Amends& amends);
void print(Page& page, const ast::Sample& sample);

// ---- tests.cpp
void print(Page& page, const ast::Test& test);
void print(Page& page, const ast::Property& property);

}  // namespace xize::format

// lower: from the checked policy to the staged program that engines run.
// In: a Model that was checked without errors, and options. Out: a program without sugar, and the
// way back from its ops to the policy.
// Must hold: the same model and options give the same program; program::verify finds nothing in
// it (our own mistake otherwise). What the language says of order (language.md §5 and §6) is
// decided here and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "compiler/sema/model.h"
#include "runtime/program/program.h"

namespace xize::lower {

// What a run does where the document gives no rule and none was accepted.
enum class UnspecifiedMode : std::uint8_t {
  Error,  // the item, and so the unit, is a fault
  Skip,   // the item is not scored: it counts for nothing
  Zero,   // the clause counts as 0
};

// What lowering is told.
struct Options {
  UnspecifiedMode unspecified = UnspecifiedMode::Error;
  bool with_tests = false;  // also lower what the policy's tests expect and its properties say
};

// What kind of thing an op comes from.
enum class PlaceKind : std::uint8_t {
  Expression, Clause, Guard, TableRow, Column, Node, Check, BlankCell, GradeRow, GradeRule, Select,
  Report, Unspecified,
};

// Where an op comes from. What does not belong to the kind is invalid.
struct Place {
  PlaceKind kind = PlaceKind::Expression;
  ast::Span span;
  ast::EntryId entry;
  ast::ExprId expr;
  sema::NodeId node;      // the item, section or rubric it was lowered for
  sema::ColumnId column;  // Column, Check, BlankCell
};

// What one `expect` compares. `value` for an equality, `low` and `high` for an interval.
struct LoweredExpect {
  program::OpId target, value, low, high;
};
// One test of the policy, in the order of Model::tests; `expects` in the order of the test.
struct LoweredTest {
  std::vector<LoweredExpect> expects;
};

// One property: a condition, or a number and the input that it follows: a column or parameter op.
struct LoweredProperty {
  program::OpId what, input;
};

// A selection of the policy: of units (in Rubric::selections) or rows (Program::row_selections).
struct LoweredSelect {
  bool of_rows = false;
  std::uint32_t rubric = 0;
  std::uint32_t index = 0;
};

// The program and the way back to the policy.
struct Lowered {
  program::Program program;
  std::vector<Place> places;                   // by program::Origin
  std::vector<program::NodeId> nodes;          // by sema::NodeId; invalid for rubrics
  std::vector<std::uint32_t> rubrics;          // by sema::NodeId; the rubric it is or belongs to
  std::vector<std::uint32_t> columns;          // by ColumnId: its column of its table's schema;
                                               // table::kNoColumn for computed columns
  std::vector<std::uint32_t> parameters;       // by ParameterId: its slot
  std::vector<LoweredSelect> selects;          // by SelectId
  std::vector<LoweredTest> tests;              // by index in Model::tests
  std::vector<LoweredProperty> properties;     // by index in Model::properties
  std::vector<sema::SourceId> samples;         // to_sampling_program: by row selection
};

Lowered to_program(const sema::Model& model, const Options& options);

// Only what samples are drawn by: for each sample of the model, in order, a row selection whose
// candidates are the rows that may be drawn and whose measures are the numbers of its `take`, then
// its `every` and `ending` where they are written. Of the unit table nothing is asked but names.
Lowered to_sampling_program(const sema::Model& model);

}  // namespace xize::lower

// The checked policy: every declaration resolved, every expression with a type and a binding.
// In: sema::check fills it. Out: lower, analysis, diff and the command line read it.
// It points into the ast::Module it was made from, which must outlive it and not move.
// Must hold once check reported no error: every expression reachable from the model has a type
// other than Invalid; no define, item or report depends on itself; calls of functions and `use` of
// methods are expanded, so a reader never meets a parameter of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "compiler/ast/module.h"
#include "compiler/sema/type.h"

namespace xize::sema {

using ast::EntryId;
using ast::ExprId;
using ast::Span;

using TableId = base::Id<struct TableTag>;          // 0 is the unit table
using ColumnId = base::Id<struct ColumnTag>;
using SourceId = base::Id<struct SourceTag>;
using NodeId = base::Id<struct NodeTag>;
using GroupId = base::Id<struct GroupTag>;
using UnitId = base::Id<struct UnitTag>;            // a unit's name that the policy mentions
using DefineId = base::Id<struct DefineTag>;
using LookupId = base::Id<struct LookupTag>;
using ParameterId = base::Id<struct ParameterTag>;
using ReportId = base::Id<struct ReportTag>;
using SelectId = base::Id<struct SelectTag>;

inline constexpr TableId kUnitTable{0u};

// ---- data -----------------------------------------------------------------------------------

// Labels of a choice, best first. Declarations with the same labels share one.
struct Choice {
  std::string name;  // of the named type, or empty
  std::vector<std::string> labels;
};

// One end of a range that literals state. Exactly one of the values is meant, by the column's type.
struct Bound {
  value::Rational number;   // in the base unit of the column's measure
  value::Date date;
  value::Month month;
  bool closed = true;
  Span span;
};
// The values that literals allow.
struct Range {
  std::optional<Bound> low, high;
};
// A constraint that no range can say: the column `op` an expression over the same row.
struct ColumnCheck {
  ast::BinaryOp op = ast::BinaryOp::Ge;
  ExprId value;
  Span span;
};

// How a column came to be.
enum class ColumnOrigin : std::uint8_t {
  Declared,   // in a table or records
  Input,      // in an item
  Mark,       // the mark of a judged item
  Computed,   // of records, from other columns of the row
  Implied,    // the unit column of a policy without a table
};

// A judged level that may be entered by its name; its mark follows from its single value.
struct LevelLabel {
  std::string label;
  ast::RowResultKind kind = ast::RowResultKind::Amount;  // Amount, Full or Zero
  ExprId amount;
};

// One column. A judged item has one column, named after the item, that holds the mark; a level
// whose result is a single value can be entered as its label.
struct Column {
  std::string name;          // as declared
  std::string qualified;     // unique in its table: the name, or `即办程度.N`
  TableId table;
  ColumnOrigin origin = ColumnOrigin::Declared;
  NodeId item;               // Input, Mark
  ast::TypeKind kind = ast::TypeKind::Invalid;  // as declared, named types resolved
  Type type;
  value::Rational factor = 1;  // a number as written times this is the value in base units
  std::string measure_name;    // K of `count of K`, U of `number of U`; may be empty
  Range range;
  std::vector<ColumnCheck> checks;
  bool optional = false;
  bool key = false;
  bool judged = false;       // of records: marks that a judged item reads; blank is pending
  ExprId default_value;
  std::optional<value::Rational> step;  // as written
  std::vector<std::string> not_applicable;  // spellings besides 不涉及 and n/a
  ExprId computed;           // Computed
  EntryId judge;             // Mark: the clause
  std::vector<LevelLabel> levels;  // Mark
  std::string description;
  Span span;
};

// A condition over a row of a table (`check`, `partition`); no text for a partition.
struct RowCheck {
  TableId table;
  std::string text;
  ExprId condition;                 // check
  const ast::Partition* partition = nullptr;
  EntryId entry;
};

// The unit table, or one table of records.
struct Table {
  std::string name, title;
  EntryId entry;             // invalid: the unit table was not written
  std::vector<ColumnId> columns;
  ColumnId unit_column;      // whose row it is
  SourceId sample;           // the sample whose drawn rows these are; invalid: a table of its own
  ColumnId date_column;      // the first column of type date, if any: cutoff and months read it
  ColumnId month_column;     // the first column of type month, if any: the period of the row
};

// Rows to fold over: all rows of a table, or those of another source that hold a condition. `base`
// invalid: all rows of `table`. A sample has a table of its own, the list that inspectors fill in:
// the columns of the records it is drawn from, then the sample's.
struct Source {
  std::string name;
  TableId table;
  SourceId base;
  ExprId where;
  EntryId sample;            // ast::Sample
  SourceId drawn_from;       // of a sample
  ColumnId sample_by;        // of a sample, in the table it is drawn from
  NodeId item;               // a sample or filter declared inside an item
  Span span;
};

// ---- groups ---------------------------------------------------------------------------------

// A set of units. `units` (sorted, without repeats) is there when no condition is involved.
struct Group {
  std::string name;          // empty: written in place
  ast::GroupOp op = ast::GroupOp::Units;
  std::vector<UnitId> listed;      // Units, in the order written
  ExprId where;              // All: invalid means every unit
  GroupId left, right;       // Named (left), Union, Difference, Intersection
  std::optional<std::vector<UnitId>> units;
  bool reference = false;    // scored, not ranked or graded
  EntryId entry;
  Span span;
};

// ---- definitions ----------------------------------------------------------------------------

// A define without parameters; functions are expanded where they are called.
struct Define {
  std::string name, qualified;
  NodeId item;               // where it is local, or invalid
  ExprId body;
  EntryId entry;
};
// A table of values by keys.
struct Lookup {
  std::string name;
  EntryId entry;             // ast::Lookup
  std::vector<Type> params;  // types of its keys, as the rows have them
  Type result;
};
// A value given at the run.
struct Parameter {
  std::string name;
  Column column;             // type, range, default
  EntryId entry;
};
// A result that is no points.
struct Report {
  std::string name;
  NodeId node;               // rubric or section; invalid: the policy
  ExprId value;
  EntryId entry;
};

// ---- the rubric -----------------------------------------------------------------------------

// A condition a guard or clause stands under: the `when` block around it, or its `otherwise`.
struct Premise {
  ExprId condition;
  bool negated = false;
};
// A guard with everything it stands under.
struct GuardInfo {
  EntryId entry;             // ast::Guard, or `deduct full when C` of a penalty item (ast::Clause)
  ast::GuardKind kind = ast::GuardKind::Zero;
  ExprId amount;             // Give
  ExprId when;
  std::vector<Premise> premises;  // outermost first
  NodeId reaches;            // the node it decides: the item, or a section or rubric for a veto
  int ordered = -1;          // guards of one `ordered` block share a number
};

// What a Unit `Role` counts towards: the sum, the bonus or the penalty.
enum class Role : std::uint8_t { Ordinary, Bonus, Penalty };

// A rubric, section, item, bonus or penalty block.
struct Node {
  EntryId entry;             // ast::Node
  ast::NodeKind kind = ast::NodeKind::Item;
  Role role = Role::Ordinary;        // of the node and all below it
  std::string name, qualified;       // qualified: unique in the policy, `评分表.指标.评分项`
  std::string title;
  NodeId parent;                     // invalid: a rubric
  NodeId rubric;
  std::vector<NodeId> children;      // in order
  ast::PointsKind points_kind = ast::PointsKind::Absent;
  ExprId points, max, weight;        // as written; `points` of a rubric is its total
  std::optional<value::Rational> points_value, max_value;  // where they are constant
  bool uncapped = false;
  GroupId for_group;                 // invalid: as its parent
  // of an item
  std::vector<EntryId> clauses;      // Clause, When, Together, Pick, Use, Unspecified, in order;
                                     // guards inside a When are in `guards`, skip them there
  EntryId base;                      // ast::Base, or invalid
  bool starts_full = false;          // no base written and only deductions
  std::vector<ColumnId> inputs;      // declared inside
  ColumnId mark;                     // of a judged item
  // of any node
  std::vector<GuardInfo> guards;     // those that decide this node, in the order they are tried
  std::vector<DefineId> defines;
  EntryId redistribute;              // ast::Redistribute
  std::vector<NodeId> redistribute_to;
  ast::SectionMode mode = ast::SectionMode::Sum;
  bool equal_weights = false;
  EntryId round, floor, ceiling;
  bool no_total = false;
  EntryId combine_periods, grade, convert;
  std::vector<std::string> grades;   // labels, best first
  std::vector<EntryId> grade_rules;
  std::vector<ReportId> reports;
  std::vector<SelectId> selects;
  std::vector<EntryId> quotes, assumes, criteria, unspecified;
};

// A selection: of units by their total, or of rows of records.
struct Select {
  std::string name;
  EntryId entry;             // ast::Select
  NodeId rubric;             // where it stands, or the only one
  SourceId of;               // invalid: units
  GroupId group;             // of units: only these; invalid: all of the rubric
};

// ---- bindings -------------------------------------------------------------------------------

struct NoBinding {};
// A column of the unit table or of the row at hand: see Column::table.
struct ColumnRef { ColumnId column; };
struct DefineRef { DefineId define; };
struct ParameterRef { ParameterId parameter; };
struct LookupCall { LookupId lookup; };
// A call of a function: what it stands for, its parameters replaced by the arguments.
struct Expansion { ExprId body; };
enum class Aspect : std::uint8_t { Score, Raw, Points, Rate, Grade };
// A result of a node; of a rubric, Score is its total.
struct NodeResult {
  NodeId node;
  Aspect aspect = Aspect::Score;
};
struct ReportRef { ReportId report; };
struct SelectRef { SelectId select; };  // in expectations: is the unit selected
struct SourceRef { SourceId source; };
struct GroupRef { GroupId group; };
struct UnitRef { UnitId unit; };
// A label of a choice.
struct ChoiceLabel {
  ChoiceId choice;
  std::uint32_t index = 0;   // 0 the best
};
// A label of the grades.
struct GradeLabel {
  ChoiceId grades;           // the labels of the rubric's or section's grades
  std::uint32_t index = 0;
};

using Binding = std::variant<NoBinding, ColumnRef, DefineRef, ParameterRef, LookupCall, Expansion,
                             NodeResult, ReportRef, SelectRef, SourceRef, GroupRef, UnitRef,
                             ChoiceLabel, GradeLabel>;

// Facts of one expression.
//   NameRef of type Text without a binding (in sets, cases and lookups): the text of the name.
//   NameRef, Member  what it names. OwnPoints, TotalRef, GradeRef  a NodeResult.
//   Call             LookupCall or Expansion; none for a builtin.
//   InTop            ColumnRef of the key. RecordOf  SourceRef.
struct Fact {
  Type type;
  TableId row;        // the records whose row it reads; invalid: the same for the whole unit
  Binding binding;
};

// What an aggregate runs over.
enum class AggregateOver : std::uint8_t {
  Rows,     // the rows of `source`
  Units,    // the units of `over`, or of the rubric
  Series,   // months (`key` invalid) or the values of `key`, a column of `source`
  Listed,   // the arguments themselves: any(A, B) of booleans, counts, records
};
// What one aggregate runs over, and how.
struct AggregateInfo {
  AggregateOver over = AggregateOver::Rows;
  SourceId source;    // Rows; Series where it can be told from the element
  ExprId element;     // Rows: over the row, invalid for count(R); Units, Series: a unit's value
  GroupId group;      // Units; invalid: the units of the rubric
  ColumnId key;       // Series by a key
};

// Facts of one clause.
struct ClauseInfo {
  NodeId item;
  bool is_guard = false;  // `deduct full when C` of a penalty item: see Node::guards
  SourceId per;       // `per R`: the amount is read on each row
  GroupId group;      // rank, relative: invalid means the units of the rubric
  ColumnId mark;      // judge without `from`
  SourceId marks;     // judge from R.col
};

// ---- tests ----------------------------------------------------------------------------------

// One `given`: a column or parameter of the unit, or rows of records.
struct GivenInfo {
  std::variant<ColumnId, ParameterId, TableId> target;
  const ast::Given* given = nullptr;
  std::vector<ColumnId> columns;     // for rows: those of given->columns, in order
};
// One `test` block.
struct TestInfo {
  EntryId entry;                     // ast::Test
  NodeId rubric;                     // invalid: none or more than one fits
  UnitId for_unit;
  std::vector<GivenInfo> givens;
};
// One `property` block.
struct PropertyInfo {
  EntryId entry;
  NodeId rubric;
};
// One claim and its scope.
struct ClaimInfo {
  const ast::Claim* claim = nullptr;
  NodeId where;                      // the node it stands in or names; invalid: the policy
  GroupId group;                     // units of a group
  Span span;
};

// ---- the whole ------------------------------------------------------------------------------

struct Model {
  const ast::Module* module = nullptr;
  std::string name, title;
  std::vector<std::string> numbers;
  EntryId policy, period, effective, cutoff;
  DimensionTable dimensions;
  base::Store<ChoiceId, Choice> choices;
  base::Store<TableId, Table> tables;
  base::Store<ColumnId, Column> columns;
  base::Store<SourceId, Source> sources;
  std::vector<RowCheck> row_checks;
  base::Store<GroupId, Group> groups;
  GroupId reference;                 // union of all reference groups; invalid: none
  std::vector<std::string> units;    // by UnitId, canonical names
  std::unordered_map<std::string, std::string> aliases;  // alias → canonical name
  base::Store<DefineId, Define> defines;
  base::Store<LookupId, Lookup> lookups;
  base::Store<ParameterId, Parameter> parameters;
  base::Store<NodeId, Node> nodes;   // a parent stands before its children
  std::vector<NodeId> rubrics;
  base::Store<ReportId, Report> reports;
  base::Store<SelectId, Select> selects;
  std::vector<TestInfo> tests;
  std::vector<PropertyInfo> properties;
  std::vector<ClaimInfo> claims;
  std::vector<EntryId> amends;
  std::vector<EntryId> allows;
  std::vector<EntryId> unspecified;  // everywhere, in order
  std::vector<Fact> facts;           // by ExprId
  std::unordered_map<ExprId, AggregateInfo> aggregates;
  std::unordered_map<EntryId, ClauseInfo> clauses;
  std::unordered_map<EntryId, std::vector<EntryId>> uses;  // ast::Use → the method's entries

  [[nodiscard]] const ast::Expr& expr(ExprId id) const { return module->exprs[id]; }
  [[nodiscard]] const ast::Entry& entry(EntryId id) const { return module->entries[id]; }
  template <class T>
  [[nodiscard]] const T& entry_as(EntryId id) const {
    return std::get<T>(module->entries[id].node);
  }
  [[nodiscard]] const Fact& fact(ExprId id) const { return facts[id.index]; }
  [[nodiscard]] const Type& type(ExprId id) const { return facts[id.index].type; }
  [[nodiscard]] const Table& unit_table() const { return tables[kUnitTable]; }
};

// True where a clause takes `type` as a share of the worth, false where it is points.
inline bool is_share(const Type& type) { return type.ratio(); }

// The value of an expression made of literals, arithmetic and defines alone, in base units.
std::optional<value::Rational> constant_value(const Model& model, ExprId expr);

}  // namespace xize::sema

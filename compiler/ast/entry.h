// Entries of the tree: everything that can stand on a line of its own, in any block.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/clause.h"
#include "compiler/ast/expr.h"

namespace xize::ast {

// ---- the document ---------------------------------------------------------------------------

enum class PeriodKind : std::uint8_t { Yearly, HalfYearly, Quarterly, Monthly };

struct Policy {
  Name name;
  std::string title;
  std::vector<EntryId> entries;
};
// 文号.
struct DocumentNumber { std::vector<std::string> numbers; };
// Who issued the document.
struct Issuer { std::string text; };
// How often units are scored.
struct Period { PeriodKind kind = PeriodKind::Yearly; };
struct Effective {
  ExprId from;            // invalid: on issue (印发之日)
  bool on_issue = false;
  ExprId until;
};
// Records after this day are dropped.
struct Cutoff { ExprId date; };
// Definitions of another file.
struct Import { std::string path; };

// ---- data -----------------------------------------------------------------------------------

enum class TypeKind : std::uint8_t {
  Count, Number, Ratio, Points, Days, Workdays, Hours, Minutes, Money, Date, Month, Bool, Text,
  Choice, Unit, Named, Invalid,
};
struct Type {
  TypeKind kind = TypeKind::Invalid;
  Name of;                      // count of KIND, number of UNIT, a named type
  std::vector<Name> labels;     // choice, best first
  Span span;
};
enum class ConstraintKind : std::uint8_t {
  Compare, Within, Key, Optional, Default, Step, NotApplicableAs, Check,
};
// A constraint on the column it stands with.
struct Constraint {
  ConstraintKind kind = ConstraintKind::Compare;
  BinaryOp op = BinaryOp::Ge;   // Compare
  ExprId value;                 // Compare, Default, Step, Check (the condition)
  Interval interval;            // Within
  std::vector<std::string> spellings;  // NotApplicableAs; Check: the message
  Span span;
};
// `A, B : TYPE constraints "description"`, or `A = E` (a computed column of records).
struct Column {
  std::vector<Name> names;
  std::optional<Type> type;
  ExprId computed;
  std::vector<Constraint> constraints;
  std::string description;
};
struct Table {
  bool records = false;
  Name name;
  std::string title;
  std::vector<EntryId> entries;  // Column, Partition, Check
};
struct FilteredRecords {
  Name name, base;
  ExprId where;
};
// `N1 + N2 + N3 = M` (or <=).
struct Partition {
  std::vector<ExprId> terms;
  BinaryOp op = BinaryOp::Eq;
  ExprId whole;
};
struct Check {
  std::string text;
  ExprId condition;
};
struct TypeDecl {
  Name name;
  Type type;
};
struct LookupRow {
  std::vector<RowTest> keys;      // one for each parameter (a grid: all but the last)
  std::vector<ExprId> values;     // one, or one for each grid column
  Span span;
};
struct Lookup {
  Name name;
  std::vector<Name> params;
  std::vector<ExprId> grid_columns;  // empty: not a grid
  std::vector<LookupRow> rows;
};
struct Group {
  bool reference = false;
  Name name;
  GroupExpr members;
};
struct Alias {
  std::vector<Name> names;
  Name target;
};
// What a claim counts.
enum class ClaimKind : std::uint8_t {
  Units, Sections, Items, Indicators, BonusItems, PenaltyItems, Dimensions, Elements, Total,
  BonusTotal, PenaltyTotal,
};
// `items 10`, `二级指标 10 个`: one number the document states.
struct Claim {
  ClaimKind kind = ClaimKind::Items;
  int level = 0;      // 一/二/三/四级指标
  Name of;            // a group, section or rubric; absent: where the claim stands
  ExprId value;
  Span span;
};
struct Claims { std::vector<Claim> rows; };
struct Parameter { Column column; };
struct Input { Column column; };

// ---- definitions ----------------------------------------------------------------------------

// `define NAME = E`, or a function with parameters.
struct Define {
  Name name;
  std::vector<Name> params;
  ExprId body;
};
// A reusable way of scoring: clauses over parameters.
struct Method {
  Name name;
  std::vector<Name> params;
  std::vector<EntryId> entries;
};
// A method in place of clauses.
struct Use {
  Name name;
  std::vector<ExprId> args;
};

// ---- the rubric -----------------------------------------------------------------------------

enum class NodeKind : std::uint8_t { Rubric, Section, Item, Bonus, Penalty };
enum class PointsKind : std::uint8_t { Absent, Stated, None, Unspecified };

// A rubric, section, item, or bonus / penalty block. `level` is the 一/二/三/四 of 级指标, for
// `section` and `item` that of their depth (level.h); 0 of 评分项 and where a depth gives none. With
// a level written, a node is an item unless a child is one (the tree builder decides `kind`).
struct Node {
  NodeKind kind = NodeKind::Item;
  int level = 0;
  Name name;                       // bonus and penalty may have none
  std::string title;
  PointsKind points_kind = PointsKind::Absent;
  std::string points_text;         // what the document says of unspecified points
  ExprId points;                   // total of a rubric, points of a node
  ExprId max;                      // cap of a bonus or penalty block (最多 N 分)
  bool uncapped = false;
  ExprId weight;
  std::optional<GroupExpr> for_group;
  std::vector<EntryId> entries;
  Span head;                       // keyword to the last tail
};

enum class GuardKind : std::uint8_t { Zero, Full, Give, Unscored, NotApplicable, Veto };
enum class Scope : std::uint8_t { Item, Section, Rubric };
// A condition that decides a node by itself.
struct Guard {
  GuardKind kind = GuardKind::Zero;
  ExprId amount;                   // Give
  ExprId when;
  std::optional<Scope> scope;      // Veto
};
// `ordered { … }`; without entries (以先列者为准) it covers all guards of its block.
struct Ordered { std::vector<EntryId> entries; };
// Where the clauses of an item start.
struct Base {
  bool full = false;
  ExprId value;
};
// A clause is an entry of an item, a method or a block.
struct When {
  ExprId condition;
  std::vector<EntryId> then, otherwise;
};
// A joint cap over clauses.
struct Together {
  ExprId max, min;
  std::vector<EntryId> entries;
};
struct Pick {  // highest of / lowest of: each entry is a branch
  bool highest = true;
  std::vector<EntryId> branches;
};
struct Criterion { std::string text; };
struct Quote { std::string text; };
struct Assume { std::string text; };
// What an `unspecified` stands for: a way of scoring, or a figure of the result.
enum class About : std::uint8_t { Rule, Floor, Ceiling, Conversion };
// `unspecified "…"`; points and grades keep theirs with the node and the grade.
struct Unspecified {
  About about = About::Rule;
  std::string text;
  std::vector<EntryId> suggestion;   // clauses and guards
  std::string accepted;
};
// A finding that is accepted, and why.
struct Allow {
  std::string code, because;
};
// Rounding of the node it stands in.
struct Round {
  ExprId places;
  value::Rounding mode = value::Rounding::HalfUp;
};
enum class RedistributeMode : std::uint8_t { Proportionally, Equally };
// What becomes of the points of what does not apply.
struct Redistribute {
  RedistributeMode mode = RedistributeMode::Proportionally;
  bool mode_written = false;
  Scope scope = Scope::Rubric;
  std::vector<Name> to;
};
enum class SectionMode : std::uint8_t { Sum, Average, Weighted, Lowest };
struct Combine { SectionMode mode = SectionMode::Sum; bool equal_weights = false; };
struct Floor { ExprId value; bool none = false; };
struct Ceiling { ExprId value; bool none = false; };  // none: 可超过
struct NoTotal {};  // total none
enum class PeriodMode : std::uint8_t { Average, Sum, Last, Weights };
// One result from several periods.
struct CombinePeriods {
  PeriodMode mode = PeriodMode::Average;
  std::vector<ExprId> weights;
  std::optional<Round> round;
};
// Rescaling for the parent assessment.
struct Convert {
  ExprId target;
  std::optional<Round> round;
};
enum class Ties : std::uint8_t { Unstated, Share, Exclude, By };
// One grade with its test; the first row that fits decides.
struct GradeRow {
  Name name;
  std::optional<RowTest> test;     // >= n, top p, otherwise; absent: only `when`
  std::optional<RowTest> score;    // the `>= n` of a row whose `test` is its place
  bool quota = false;              // a TopShare test read as the row's own share
  std::optional<value::Rounding> round;
  Ties ties = Ties::Unstated;
  std::vector<ExprId> tie_breaks;
  ExprId when;
  bool unspecified = false;
  std::string unspecified_text;
  Span span;
};
enum class GradeRuleKind : std::uint8_t { Set, AtLeast, AtMost, LowerOneStep };
// A rule that changes the grade afterwards.
struct GradeRule {
  GradeRuleKind kind = GradeRuleKind::Set;
  Name grade;        // LowerOneStep: the grade not to fall below, or absent
  ExprId when;
};
// The grades of a rubric or section, best first.
struct Grade {
  std::vector<GradeRow> rows;
  std::string unspecified;         // a `grade` without any cut-offs
};
// The best of the units, or of the rows of records.
struct Select {
  Name name;
  RowTest top;                     // Top or TopShare
  Name of;                         // records whose rows are selected; absent: units
  ExprId per;
  ExprId by;                       // measure; absent: the rubric's total
  bool every_period = false;       // not once over the combined periods
  ExprId where;                    // of those that
  std::optional<value::Rounding> round;
  Ties ties = Ties::Unstated;
  std::vector<ExprId> tie_breaks;
};
// A result that is no points.
struct Report {
  Name name;
  ExprId value;
};

// ---- versions, sampling ---------------------------------------------------------------------

// A verb of amendment; or what the document says of those behind it, and how it is read.
enum class AmendKind : std::uint8_t {
  Rename, Points, KeepPoints, Split, Merge, Replace, Reset, Remove, Add, Keep, Quote, Assume,
};
// One change to the former version.
struct Amendment {
  AmendKind kind = AmendKind::Keep;
  std::vector<Name> from, to;
  ExprId old_points, new_points;
  std::string text;                // Quote, Assume
  Span span;
};
// The changes a document declares.
struct Amends {
  std::vector<std::string> documents;
  std::vector<Amendment> actions;
};
// Rows that inspectors look at, how they are drawn, and what is written down about each.
struct Sample {
  Name name, from;
  ExprId take;
  bool every_month = false;
  bool covering_all = false;       // 逐步全覆盖
  bool scaled_to_full = false;     // 不足 n 个的，全量检查，按比例扣分
  Name by;                         // 按 k 尾号 N 每隔 step
  ExprId ending, step;
  ExprId where;
  bool else_previous = false;
  std::vector<EntryId> columns;    // of the list, beside those of the records it is drawn from
};

// ---- tests ----------------------------------------------------------------------------------

// One input of a worked example.
struct Given {
  ExprId target;                   // a column, or `item.input`
  ExprId value;
  ExprId rows;                     // `3 办件 with 超期 = 是`: the number of rows
  Name records;
  std::vector<std::pair<Name, ExprId>> columns;
  Span span;
};
enum class ExpectKind : std::uint8_t { Equals, Within, Error, Unscored };
// One outcome of a worked example.
struct Expect {
  ExpectKind kind = ExpectKind::Equals;
  ExprId target;
  ExprId value;
  Interval interval;
  Name error;                      // a fault's name, in either language, one or more words
  Span span;
};
// A worked example.
struct Test {
  std::string title;
  Name for_unit;
  std::vector<Given> givens;
  std::vector<Expect> expects;
};
enum class PropertyKind : std::uint8_t { Always, Increases, Decreases };
// What must hold for every unit.
struct Property {
  std::string title;
  PropertyKind kind = PropertyKind::Always;
  ExprId what, with;
};

// An entry that could not be read; already reported.
struct InvalidEntry {};

using EntryNode = std::variant<
    InvalidEntry, Policy, DocumentNumber, Issuer, Period, Effective, Cutoff, Import, Column, Table,
    FilteredRecords, Partition, Check, TypeDecl, Lookup, Group, Alias, Claims, Parameter, Input,
    Define, Method, Use, Node, Guard, Ordered, Base, Clause, When, Together, Pick, Criterion, Quote,
    Assume, Unspecified, Allow, Round, Redistribute, Combine, Floor, Ceiling, NoTotal,
    CombinePeriods, Convert, GradeRule, Grade, Select, Report, Amends, Sample, Test, Property>;

struct Entry {
  EntryNode node;
  Span span;
};

}  // namespace xize::ast

// Expressions of the tree: what was written, in neither surface.
// Children are handles into ast::Module; facts found later (types, bindings) stand in sema's side
// tables under the same handles. Every node keeps its span.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/span.h"
#include "runtime/base/id.h"
#include "runtime/value/date.h"
#include "runtime/value/rational.h"

namespace xize::ast {

using source::Span;
using ExprId = base::Id<struct ExprTag>;
using EntryId = base::Id<struct EntryTag>;

// A name as written, after NFC and without quoting marks. Empty text means absent.
struct Name {
  std::string text;
  Span span;
  [[nodiscard]] bool present() const { return !text.empty(); }
};

// The word after a number. A measure word (件, 个, 次 …) only names a count.
enum class UnitWord : std::uint8_t {
  None, Points, Minutes, Hours, Days, Workdays, Months, Years, Yuan, PercentPoints, Measure,
};

// `10`, `5%`, `4万`, `20 minutes`, `3 件`, `4000 次/月`. `value` is exact and already scaled
// (5% is 1/20, 2 万元 is 20000 yuan); `spelling` is the number as written in ASCII digits, with its
// `%`, 万 or 亿 and without its unit.
struct NumberLit {
  value::Rational value;
  std::string spelling;
  bool percent = false;
  UnitWord unit = UnitWord::None;
  std::string measure;                     // the measure word, or 万元 / 亿元 as written
  UnitWord per_unit = UnitWord::None;      // the 月 of `4000 次/月`
  std::string per_measure;                 // the measure word of `元/人`
};
struct DateLit { value::Date date; };
struct MonthLit { value::Month month; };
struct StringLit { std::string text; };
struct BoolLit { bool value = false; };
struct NotApplicableLit {};  // 不涉及, n/a
struct MissingLit {};        // 未填报, missing

// A bare name: a column, define, parameter, item, unit, group, choice label …; sema decides.
struct NameRef { Name name; };
// `base.member`: a column of records, an input of an item, `.raw`, `.rate`, `.points`, `.grade`.
struct Member {
  ExprId base;
  Name member;
};
// `R.(e)`: an expression over the columns of a record; only inside aggregates.
struct RecordOf {
  Name records;
  ExprId element;
};
// 本项分值: the points of the enclosing item.
struct OwnPoints {};
// `total` of the rubric in expect, property, grade and report.
struct TotalRef {};
// `grade` of the rubric, in expect and property.
struct GradeRef {};

enum class UnaryOp : std::uint8_t { Negate, Not };
enum class BinaryOp : std::uint8_t { Add, Sub, Mul, Div, And, Or, Eq, Ne, Lt, Le, Gt, Ge };

// One operand.
struct Unary {
  UnaryOp op = UnaryOp::Negate;
  ExprId operand;
};
// Two operands.
struct Binary {
  BinaryOp op = BinaryOp::Add;
  ExprId left, right;
};

// An interval with stated ends. An invalid bound is open to infinity. `*_stated` is false where
// the text left 含/不含 open (an error that sema reports).
struct Interval {
  ExprId low, high;
  bool low_closed = true, high_closed = true;
  bool low_stated = true, high_stated = true;
  Span span;
};
// `x in [a, b)`.
struct InInterval {
  ExprId operand;
  Interval interval;
};
// `x in { 甲, 乙 }`.
struct InSet {
  ExprId operand;
  std::vector<ExprId> members;
};
// `事项 in top 10 事项 by count`: the row's key is among the n keys with the largest measure.
struct InTop {
  ExprId operand;
  ExprId count;
  Name key;
  ExprId by;  // invalid: by the number of rows
};
enum class StateTest : std::uint8_t { Missing, NotApplicable, Pending };
// `x is missing`, `x is not applicable`.
struct IsState {
  ExprId operand;
  StateTest state = StateTest::Missing;
};
// `if C then A else B`.
struct If {
  ExprId condition, then, otherwise;
};

// The left side of a row in a tier, linear, rank, lookup or grade table.
enum class RowTestKind : std::uint8_t {
  Compare,    // `op bound`
  Interval,   // `[a, b)`
  Equals,     // one or more values: `优`, `甲, 乙`
  Top,        // top 3
  TopShare,   // top 30%
  Otherwise,
  Unstated,   // `X以上` without 含/不含: kept as Compare, with a warning from sema
};
// What a row asks of the value; the fields that the kind names are meant.
struct RowTest {
  RowTestKind kind = RowTestKind::Otherwise;
  BinaryOp op = BinaryOp::Ge;
  ExprId bound;                 // Compare, Unstated, Top, TopShare
  Interval interval;            // Interval
  std::vector<ExprId> values;   // Equals
  Span span;
};
enum class RowResultKind : std::uint8_t { Amount, Full, Zero, Range, JudgedDeduction };
// The right side: an amount, `full`, `zero`, `2 to 4` (low, high), or 酌情扣分 = [0, worth].
struct RowResult {
  RowResultKind kind = RowResultKind::Amount;
  ExprId amount;  // Amount; the low end of Range
  ExprId high;    // Range
  Span span;
};
// A row: its test and what it gives.
struct Row {
  RowTest test;
  RowResult result;
  Span span;
};

// `case x { … }`: rows test equality or intervals; results are amounts.
struct Case {
  ExprId scrutinee;
  std::vector<Row> rows;
};
// `tier x { … }` as a value.
struct TierValue {
  ExprId scrutinee;
  std::vector<Row> rows;
};

// The functions of the language itself.
enum class Builtin : std::uint8_t {
  None,  // a function, lookup or method parameter named by the policy
  Min, Max, Abs, Floor, Ceil, Round, Clamp, Power, Sum,  // over their arguments
  Previous, LastYear, MonthOf, YearOf,
};
// A call over plain arguments. `rounding` belongs to Round.
struct Call {
  Builtin builtin = Builtin::None;
  Name name;  // as written; the callee when builtin is None
  std::vector<ExprId> args;
  std::optional<value::Rounding> rounding;
};
// `days(a, b)`, `workdays(a, b)`: `counts_first` when the first day counts.
struct DaysBetween {
  ExprId from, to;
  bool workdays = false;
  bool counts_first = false;
};

// A group of units: `all 部门 where C`, `{ 甲, 乙 }`, a named group, combined by + - &.
enum class GroupOp : std::uint8_t { Units, Named, All, Union, Difference, Intersection };
// A set of units as written; the fields that the operation names are meant.
struct GroupExpr {
  GroupOp op = GroupOp::Named;
  std::vector<Name> names;            // Units: the list; Named, All: one name
  ExprId where;                       // All
  std::vector<GroupExpr> operands;    // Union, Difference, Intersection: two
  Span span;
};

// What is made of many values.
enum class AggregateKind : std::uint8_t {
  Count, Sum, Average, Min, Max, Median, Distinct, Any, All, Highest, Last,  // over rows
  Rank, Percentile, Share,                                                   // over units
};
// An aggregate over records, over units (`over`), or over a series (`by`).
//   count(R where C)          args = { R }            sum(R.e where C)   args = { R.e }
//   average(x over 甲 + 乙)    args = { x }, over      highest(R by e per k)  by = e, per = k
//   average(E by month)       by_month                count(month where C)   args = {}, by_month
//   any(A, B) with plain booleans, counts or records is `A or B`.
struct Aggregate {
  AggregateKind kind = AggregateKind::Count;
  std::vector<ExprId> args;
  ExprId where;
  bool over_units = false;              // `over units`
  std::optional<GroupExpr> over;        // `over GROUP`
  bool by_month = false;
  ExprId by;                            // `by KEY`
  ExprId per;                           // `per KEY`
  ExprId best;                          // `best N`
  ExprId trim;                          // `trim p`: floor(p n) dropped at each end
  ExprId drop_highest, drop_lowest;     // `drop 1 highest 1 lowest`
  ExprId default_value;                 // `default E` for an empty aggregate
  bool ascending = false;               // rank
  bool dense = false;                   // rank
  std::vector<ExprId> tie_breaks;       // rank: `then by x`
};

// An expression that could not be read; already reported.
struct InvalidExpr {};

using ExprNode =
    std::variant<InvalidExpr, NumberLit, DateLit, MonthLit, StringLit, BoolLit, NotApplicableLit,
                 MissingLit, NameRef, Member, RecordOf, OwnPoints, TotalRef, GradeRef, Unary,
                 Binary, InInterval, InSet, InTop, IsState, If, Case, TierValue, Call, DaysBetween,
                 Aggregate>;

struct Expr {
  ExprNode node;
  Span span;
};

}  // namespace xize::ast

// Every field of every node, listed once: equality, dumps and walks read this list.
// In: a node of the tree. Out: its fields in order, by name. Must hold: a node that gains a field
// does not compile until the list has it, for each list is bound to the node as a whole.
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/ast/entry.h"
#include "compiler/ast/expr.h"

namespace xize::ast {

#define XIZE_AST_PARENS ()
#define XIZE_AST_EXPAND(...) XIZE_AST_EXPAND3(XIZE_AST_EXPAND3(__VA_ARGS__))
#define XIZE_AST_EXPAND3(...) XIZE_AST_EXPAND2(XIZE_AST_EXPAND2(__VA_ARGS__))
#define XIZE_AST_EXPAND2(...) XIZE_AST_EXPAND1(XIZE_AST_EXPAND1(__VA_ARGS__))
#define XIZE_AST_EXPAND1(...) XIZE_AST_EXPAND0(XIZE_AST_EXPAND0(__VA_ARGS__))
#define XIZE_AST_EXPAND0(...) __VA_ARGS__
#define XIZE_AST_EACH(...) __VA_OPT__(XIZE_AST_EXPAND(XIZE_AST_CALL(__VA_ARGS__)))
#define XIZE_AST_CALL(field, ...)     \
  f(std::string_view(#field), field); \
  __VA_OPT__(XIZE_AST_AGAIN XIZE_AST_PARENS(__VA_ARGS__))
#define XIZE_AST_AGAIN() XIZE_AST_CALL

// Declares `node_name` and `for_each_field(node, f)` for one type; `f(name, value)`.
#define XIZE_AST_NODE(Type, ...)                                      \
  constexpr std::string_view node_name(const Type&) { return #Type; } \
  template <class F>                                                  \
  void for_each_field(const Type& node, F&& f) {                      \
    const auto& [__VA_ARGS__] = node;                                 \
    XIZE_AST_EACH(__VA_ARGS__)                                        \
  }
// The same for a type without fields.
#define XIZE_AST_LEAF(Type)                                           \
  static_assert(std::is_empty_v<Type>);                               \
  constexpr std::string_view node_name(const Type&) { return #Type; } \
  template <class F>                                                  \
  void for_each_field(const Type&, F&&) {}

// ---- expressions
XIZE_AST_LEAF(InvalidExpr)
XIZE_AST_NODE(NumberLit, value, spelling, percent, unit, measure, per_unit, per_measure)
XIZE_AST_NODE(DateLit, date)
XIZE_AST_NODE(MonthLit, month)
XIZE_AST_NODE(StringLit, text)
XIZE_AST_NODE(BoolLit, value)
XIZE_AST_LEAF(NotApplicableLit)
XIZE_AST_LEAF(MissingLit)
XIZE_AST_NODE(NameRef, name)
XIZE_AST_NODE(Member, base, member)
XIZE_AST_NODE(RecordOf, records, element)
XIZE_AST_LEAF(OwnPoints)
XIZE_AST_LEAF(TotalRef)
XIZE_AST_LEAF(GradeRef)
XIZE_AST_NODE(Unary, op, operand)
XIZE_AST_NODE(Binary, op, left, right)
XIZE_AST_NODE(Interval, low, high, low_closed, high_closed, low_stated, high_stated, span)
XIZE_AST_NODE(InInterval, operand, interval)
XIZE_AST_NODE(InSet, operand, members)
XIZE_AST_NODE(InTop, operand, count, key, by)
XIZE_AST_NODE(IsState, operand, state)
XIZE_AST_NODE(If, condition, then, otherwise)
XIZE_AST_NODE(RowTest, kind, op, bound, interval, values, span)
XIZE_AST_NODE(RowResult, kind, amount, high, span)
XIZE_AST_NODE(Row, test, result, span)
XIZE_AST_NODE(Case, scrutinee, rows)
XIZE_AST_NODE(TierValue, scrutinee, rows)
XIZE_AST_NODE(Call, builtin, name, args, rounding)
XIZE_AST_NODE(DaysBetween, from, to, workdays, counts_first)
XIZE_AST_NODE(GroupExpr, op, names, where, operands, span)
XIZE_AST_NODE(Aggregate, kind, args, where, over_units, over, by_month, by, per, best, trim,
              drop_highest, drop_lowest, default_value, ascending, dense, tie_breaks)

// ---- clauses
XIZE_AST_NODE(Amount, value, full)
XIZE_AST_NODE(RatioScale, x, to, from)
XIZE_AST_NODE(LinearScale, x, rows)
XIZE_AST_NODE(TierScale, x, rows)
XIZE_AST_NODE(RankScale, x, ascending, dense, tie_breaks, over, rows)
XIZE_AST_NODE(RelativeScale, x, to, over)
XIZE_AST_NODE(Level, name, result, span)
XIZE_AST_NODE(JudgeScale, from, levels, step, requires_evidence, as_deduction)
XIZE_AST_NODE(ChecklistBox, text, condition, amount, span)
XIZE_AST_NODE(ChecklistScale, boxes)
XIZE_AST_NODE(Per, step, measure, what, where, rounding, span)
XIZE_AST_NODE(Multiplier, factor, when, span)
XIZE_AST_NODE(Clause, sign, sign_written, scale, per, when, max, max_full, worth, multipliers)

// ---- entries
XIZE_AST_LEAF(InvalidEntry)
XIZE_AST_NODE(Policy, name, title, entries)
XIZE_AST_NODE(DocumentNumber, numbers)
XIZE_AST_NODE(Issuer, text)
XIZE_AST_NODE(Period, kind)
XIZE_AST_NODE(Effective, from, on_issue, until)
XIZE_AST_NODE(Cutoff, date)
XIZE_AST_NODE(Import, path)
XIZE_AST_NODE(Type, kind, of, labels, span)
XIZE_AST_NODE(Constraint, kind, op, value, interval, spellings, span)
XIZE_AST_NODE(Column, names, type, computed, constraints, description)
XIZE_AST_NODE(Table, records, name, title, entries)
XIZE_AST_NODE(FilteredRecords, name, base, where)
XIZE_AST_NODE(Partition, terms, op, whole)
XIZE_AST_NODE(Check, text, condition)
XIZE_AST_NODE(TypeDecl, name, type)
XIZE_AST_NODE(LookupRow, keys, values, span)
XIZE_AST_NODE(Lookup, name, params, grid_columns, rows)
XIZE_AST_NODE(Group, reference, name, members)
XIZE_AST_NODE(Alias, names, target)
XIZE_AST_NODE(Claim, kind, level, of, value, span)
XIZE_AST_NODE(Claims, rows)
XIZE_AST_NODE(Parameter, column)
XIZE_AST_NODE(Input, column)
XIZE_AST_NODE(Define, name, params, body)
XIZE_AST_NODE(Method, name, params, entries)
XIZE_AST_NODE(Use, name, args)
XIZE_AST_NODE(Node, kind, level, name, title, points_kind, points_text, points, max, uncapped,
              weight, for_group, entries, head)
XIZE_AST_NODE(Guard, kind, amount, when, scope)
XIZE_AST_NODE(Ordered, entries)
XIZE_AST_NODE(Base, full, value)
XIZE_AST_NODE(When, condition, then, otherwise)
XIZE_AST_NODE(Together, max, min, entries)
XIZE_AST_NODE(Pick, highest, branches)
XIZE_AST_NODE(Criterion, text)
XIZE_AST_NODE(Quote, text)
XIZE_AST_NODE(Assume, text)
XIZE_AST_NODE(Unspecified, about, text, suggestion, accepted)
XIZE_AST_NODE(Allow, code, because)
XIZE_AST_NODE(Round, places, mode)
XIZE_AST_NODE(Redistribute, mode, mode_written, scope, to)
XIZE_AST_NODE(Combine, mode, equal_weights)
XIZE_AST_NODE(Floor, value, none)
XIZE_AST_NODE(Ceiling, value, none)
XIZE_AST_LEAF(NoTotal)
XIZE_AST_NODE(CombinePeriods, mode, weights, round)
XIZE_AST_NODE(Convert, target, round)
XIZE_AST_NODE(GradeRow, name, test, score, quota, round, ties, tie_breaks, when, unspecified,
              unspecified_text, span)
XIZE_AST_NODE(GradeRule, kind, grade, when)
XIZE_AST_NODE(Grade, rows, unspecified)
XIZE_AST_NODE(Select, name, top, of, per, by, every_period, where, round, ties, tie_breaks)
XIZE_AST_NODE(Report, name, value)
XIZE_AST_NODE(Amendment, kind, from, to, old_points, new_points, text, span)
XIZE_AST_NODE(Amends, documents, actions)
XIZE_AST_NODE(Sample, name, from, take, every_month, covering_all, scaled_to_full, by, ending, step,
              where, else_previous, columns)
XIZE_AST_NODE(Given, target, value, rows, records, columns, span)
XIZE_AST_NODE(Expect, kind, target, value, interval, error, span)
XIZE_AST_NODE(Test, title, for_unit, givens, expects)
XIZE_AST_NODE(Property, title, kind, what, with)

#undef XIZE_AST_NODE
#undef XIZE_AST_LEAF
#undef XIZE_AST_EACH
#undef XIZE_AST_CALL
#undef XIZE_AST_AGAIN
#undef XIZE_AST_PARENS
#undef XIZE_AST_EXPAND
#undef XIZE_AST_EXPAND3
#undef XIZE_AST_EXPAND2
#undef XIZE_AST_EXPAND1
#undef XIZE_AST_EXPAND0

// A node or a part of one: something that has a list above.
template <class T>
concept HasFields = requires(const T& node) {
  node_name(node);
};

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVariant = false;
template <class... Ts>
inline constexpr bool kIsVariant<std::variant<Ts...>> = true;
template <class T>
inline constexpr bool kIsPair = false;
template <class A, class B>
inline constexpr bool kIsPair<std::pair<A, B>> = true;

// Calls `on_child` with the handle (ExprId or EntryId) of each direct child that is present, in
// the order of the fields. `value` is a node, one of its parts, or one of the two variants.
template <class T, class F>
void for_each_child(const T& value, F&& on_child) {
  if constexpr (std::is_same_v<T, ExprId> || std::is_same_v<T, EntryId>) {
    if (value.valid()) on_child(value);
  } else if constexpr (kIsVector<T>) {
    for (const auto& item : value) for_each_child(item, on_child);
  } else if constexpr (kIsOptional<T>) {
    if (value) for_each_child(*value, on_child);
  } else if constexpr (kIsVariant<T>) {
    std::visit([&](const auto& alternative) { for_each_child(alternative, on_child); }, value);
  } else if constexpr (kIsPair<T>) {
    for_each_child(value.second, on_child);
  } else if constexpr (HasFields<T>) {
    for_each_field(value,
                   [&](std::string_view, const auto& field) { for_each_child(field, on_child); });
  }
}

}  // namespace xize::ast

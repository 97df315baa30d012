// Comparisons of all units of a period, as window functions; see
// runtime/interpreter/population.cpp.
#include <algorithm>

#include "compiler/sql/expressions.h"

namespace xize::sql {
namespace {

using program::Op;
using program::Opcode;
using program::Type;
using value::Rational;

const Rational kUnitsMax(10'000'000);

}  // namespace

Expressions::Result Expressions::population(const Op& op, const Operands& in) {
  if ((op.imm & ~program::kAscending) != 0) return refuse(Reason::Operation);
  // A unit takes part where `who` holds, its values can be used and its data are sound.
  Sql part =
      build("CASE WHEN $1 THEN FALSE WHEN $2 THEN TRUE ELSE FALSE END", {faulty_, in[0]->sql});
  for (std::size_t i = 1; i < in.size(); ++i) {
    const bool number = in[i]->type == Type::Number;
    if (number && !in[i]->number.divisor.text.empty()) return refuse(Reason::Quotient);
    part = build("CASE WHEN $2 IS NULL THEN FALSE ELSE $1 END", {part, in[i]->main()});
  }
  part = query_.define(part);
  if (op.code == Opcode::pop_rank) return rank(op, in, part);
  std::string over = period_.text;
  if (op.code == Opcode::pop_count) {
    over += (over.empty() ? "" : ", ") + in[1]->main().text;
  }
  if (!over.empty()) over = "PARTITION BY " + over;
  return reduction(op, in[1]->number, over, part);
}

Expressions::Result Expressions::reduction(const Op& op, const Number& of, const std::string& over,
                                           const Sql& part) {
  const auto window = [&](std::string_view function, const Sql& value) {
    Sql text = build("CASE WHEN $1 THEN $2 END", {part, value});
    text = build(function, {text});
    return query_.define(build("$1 OVER ($2)", {text, {over, period_.depth}}));
  };
  const Sql count = build(dialect_.as_narrow, {window("COUNT($1)", {"1"})});
  switch (op.code) {
    case Opcode::pop_count: return of_number(Number{count, 1, kUnitsMax});
    case Opcode::pop_min:
    case Opcode::pop_max:
      return of_number(
          Number{window(op.code == Opcode::pop_min ? "MIN($1)" : "MAX($1)", of.numerator),
                 of.denominator, of.bound});
    default: break;
  }
  const Rational bound = of.bound * kUnitsMax;
  if (bound >= power_of_ten(dialect_.wide_digits)) return refuse(Reason::TooLarge);
  const Sql sum =
      build("COALESCE($1, 0)", {window("SUM($1)", build(dialect_.as_wide, {of.numerator}))});
  if (op.code == Opcode::pop_sum) return of_number(Number{sum, of.denominator, bound});
  const Sql some = build("CASE WHEN $1 > 0 THEN $2 END", {count, sum});
  const Sql divisor = build("CASE WHEN $1 > 0 THEN $1 END", {count});
  return of_number(Number{some, of.denominator, bound, divisor, kUnitsMax});
}

// One more than the units that stand strictly before it: those not behind, less those beside.
Expressions::Result Expressions::rank(const Op& op, const Operands& in, const Sql& part) {
  std::string order;
  std::string same = period_.text;
  int depth = std::max(period_.depth, part.depth);
  for (std::size_t i = 1; i < in.size(); ++i) {
    const Sql& key = in[i]->main();
    const bool ascending = i == 1 && (op.imm & program::kAscending) != 0;
    order += (order.empty() ? "" : ", ") + key.text + (ascending ? " ASC" : " DESC");
    same += (same.empty() ? "" : ", ") + key.text;
    depth = std::max(depth, key.depth);
  }
  const std::string partition = period_.text.empty() ? "" : "PARTITION BY " + period_.text + " ";
  const auto count = [&](const std::string& over) {
    return query_.define(build("COUNT(CASE WHEN $1 THEN 1 END) OVER ($2)", {part, {over, depth}}));
  };
  const Sql not_behind = count(partition + "ORDER BY " + order);
  const Sql beside = count("PARTITION BY " + same);
  return of_number(
      Number{build("CASE WHEN $1 THEN NULL WHEN $2 IS NOT NULL THEN $3 END",
                   {faulty_, in[1]->main(),
                    build(dialect_.as_narrow, {build("($1 - $2 + 1)", {not_behind, beside})})}),
             1, kUnitsMax});
}

}  // namespace xize::sql

// Dates are days since 1970-01-01, months are months since 1970-01: whole numbers in every dialect.
#include "compiler/sql/expressions.h"

namespace xize::sql {
namespace {

using program::Op;
using program::Opcode;
using program::Type;
using value::Rational;

const Rational kDaysMax(4'000'000);  // more than lie between the years a date can have

}  // namespace

Expressions::Result Expressions::date(const Op& op, const Operands& in) {
  const bool counts_first = (op.imm & program::kFirstDayCounts) != 0;
  switch (op.code) {
    case Opcode::days_between: {
      const Sql between = build("($2 - $1)", {in[0]->sql, in[1]->sql});
      if (!counts_first) return of_number(Number{between, 1, kDaysMax});
      const Sql counted = build("CASE WHEN $1 >= 0 THEN $1 + 1 ELSE $1 - 1 END", {between});
      return of_number(Number{counted, 1, kDaysMax});
    }
    case Opcode::workdays_between:
      return of_number(Number{workdays(op, in[0]->sql, in[1]->sql), 1, kDaysMax});
    case Opcode::add_days: {
      // Neither a part of a day nor a day beyond the years there are.
      const Number& n = in[1]->number;
      if (n.denominator != Rational(1) || n.bound > narrow_max()) return refuse(Reason::Operation);
      const std::string first = std::to_string(value::make_date(value::kMinYear, 1, 1)->days);
      const std::string last = std::to_string(value::make_date(value::kMaxYear, 12, 31)->days);
      return of_sql(Type::Date,
                    build("CASE WHEN $2 BETWEEN -$3 AND $3 AND $1 + $2 BETWEEN $4 AND $5"
                          " THEN $1 + $2 END",
                          {in[0]->sql, n.numerator, {kDaysMax.to_string()}, {first}, {last}}));
    }
    default: return month(op, *in[0]);
  }
}

// The months since 1970-01 of a date, counted in years that begin in March.
Expressions::Result Expressions::month(const Op& op, const Term& of) {
  const auto quotient = [&](const Sql& a, std::string_view b) {
    return build(dialect_.narrow_quotient, {a, {std::string(b)}});
  };
  Sql months = of.sql;
  if (of.type == Type::Date) {
    const Sql day = query_.define(build("($1 + 719468)", {of.sql}));
    const Sql era = query_.define(quotient(day, "146097"));
    const Sql in_era = query_.define(build("($1 - $2 * 146097)", {day, era}));
    const Sql leap = build(
        "($1 - $2 + $3 - $4)",
        {in_era, quotient(in_era, "1460"), quotient(in_era, "36524"), quotient(in_era, "146096")});
    const Sql year = query_.define(quotient(leap, "365"));
    const Sql in_year = build("($1 - ($2 * 365 + $3 - $4))",
                              {in_era, year, quotient(year, "4"), quotient(year, "100")});
    const Sql month = quotient(build("($1 * 5 + 2)", {in_year}), "153");
    months = build("(($1 * 400 + $2) * 12 + $3 + 2 - 23640)", {era, year, month});
  }
  if (op.code == Opcode::month_of) return of_sql(Type::Month, months);
  const Sql since_zero = query_.define(build("($1 + 23640)", {months}));
  const Sql year = quotient(since_zero, "12");
  if (op.code == Opcode::year_of) return of_number(Number{year, 1, value::kMaxYear});
  return of_number(Number{build("($1 - $2 * 12 + 1)", {since_zero, year}), 1, 12});
}

// As builtins/workdays.cpp counts them: the working days before one day less those before another.
Sql Expressions::workdays(const Op& op, const Sql& from, const Sql& to) {
  const bool counts_first = (op.imm & program::kFirstDayCounts) != 0;
  const Sql early = query_.define(build("CASE WHEN $1 <= $2 THEN $1 ELSE $2 END", {from, to}));
  const Sql late = query_.define(build("CASE WHEN $1 <= $2 THEN $2 ELSE $1 END", {from, to}));
  const Sql begin = query_.define(counts_first ? early : build("($1 + 1)", {early}));
  const Sql end = query_.define(build("($1 + 1)", {late}));
  const Sql count =
      query_.define(build("($1 - $2)", {workdays_before(end), workdays_before(begin)}));
  return build("CASE WHEN $1 <= $2 THEN $3 ELSE -$3 END", {from, to, count});
}

// Weekdays since a Monday long before the first date, and what holidays take from them or give.
Sql Expressions::workdays_before(const Sql& day) {
  constexpr std::string_view kMondayBefore = "719470";  // days from a Monday before the year 1
  const Sql since = query_.define(build("($1 + $2)", {day, {std::string(kMondayBefore)}}));
  const Sql weeks = query_.define(build(dialect_.narrow_quotient, {since, {"7"}}));
  const Sql rest = query_.define(build("($1 - $2 * 7)", {since, weeks}));
  const Sql weekdays = build("($1 * 5 + CASE WHEN $2 < 5 THEN $2 ELSE 5 END)", {weeks, rest});
  const std::size_t count = setting_.calendar.exceptions().size();
  if (count == 0) return query_.define(weekdays);
  return query_.define(build("($1 + $2)", {weekdays, {balance(day.text, 0, count), day.depth}}));
}

// A search by halves: the balance of all exceptions before the day.
std::string Expressions::balance(const std::string& day, std::size_t begin, std::size_t end) const {
  const auto& exceptions = setting_.calendar.exceptions();
  if (begin == end) {
    return integer(dialect_, Rational(begin == 0 ? 0 : exceptions[begin - 1].balance));
  }
  const std::size_t middle = begin + (end - begin) / 2;
  return "CASE WHEN " + day + " <= " + integer(dialect_, Rational(exceptions[middle].day.days)) +
         " THEN " + balance(day, begin, middle) + " ELSE " + balance(day, middle + 1, end) + " END";
}

}  // namespace xize::sql

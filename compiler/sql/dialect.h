// dialect: what differs between databases, as facts. Every hook is a pattern: `$1`, `$2` … are
// replaced by expressions. Nothing else in this room knows the name of a database.
// Must hold: all arithmetic is on integers. `narrow` is a 64-bit integer; `wide` is the widest
// exact integer there is, and holds every integer of `wide_digits` digits.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/rational.h"

namespace xize::sql {

struct Dialect {
  std::string_view name;
  bool backslash = false;  // a backslash escapes in names and texts
  bool aliases = false;    // expressions of one SELECT may use each other's names
  bool columns_are_typed = true;
  int wide_digits = 0;
  int count_digits = 15;  // that a plain whole number may have
  std::string_view as_text, as_narrow, as_wide;
  std::string_view narrow_literal;                  // an integer, to be counted with
  std::string_view long_literal;                    // an integer beyond 32 bits, from its digits
  std::string_view wide_literal;                    // an integer beyond 64 bits, from its digits
  std::string_view narrow_quotient, wide_quotient;  // of integers, towards zero; $2 > 0
  std::string_view remainder;                       // with the sign of $1
  std::string_view sum;           // exact, of narrow integers; an error where it does not fit
  std::string_view sum_wide;      // the same of wide ones
  std::string_view substring;     // of text $1, $3 characters from the $2-th
  std::string_view plain_number;  // is text $1 a number of at most $2 and $3 digits around the
                                  // point; $4: the decimals as a regular expression
  std::string_view scaled_number;  // such a text as a narrow integer of $2 decimals; $3: $2 zeros
  std::string_view date_form, month_form;  // is text $1 made like 2023-11-30, like 2023-11
  std::string_view distinct;               // how many different values of $1, exactly; NULL is none
  std::string_view plain_text;      // has text $1 only characters that are plain (see cells.h)
  std::string_view decimal_column;  // a decimal column as a narrow integer of $2 decimals (10^$2 =
                                    // $3), NULL if it has more or is not below $4
  std::string_view date_column;  // a date column as days since 1970
  std::string_view decimal;      // the decimal text $1 of $2 places as a number
  std::string_view join = "LEFT JOIN";
  std::string_view fence;        // behind a subquery, so that it is computed once
  std::size_t name_bytes_max = 0;       // longer names are cut; 0: none
  std::size_t statement_bytes_max = 0;  // of one statement; 0: any
  std::string_view longer_statements = {};  // lets statements have $1 bytes
};

// The dialect of that name: postgresql, clickhouse, duckdb, sqlite.
const Dialect* find_dialect(std::string_view name);

// The pattern with `$1` … replaced.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments);

// A name or text between quotes, so that nothing in it is read as SQL.
std::string quote_name(const Dialect& dialect, std::string_view name);
std::string quote_text(const Dialect& dialect, std::string_view text);
// As much of a name as the dialect keeps, less `room` bytes.
std::string cut_name(const Dialect& dialect, const std::string& name, std::size_t room = 0);
// An integer as a literal, to be compared with; one that is counted with has the width it needs.
std::string integer(const Dialect& dialect, const value::Rational& n);
std::string operand(const Dialect& dialect, const value::Rational& n);

// 10 to the power n >= 0.
value::Rational power_of_ten(int n);
// The largest integer that `narrow` holds for sure, with room for one addition.
const value::Rational& narrow_max();

}  // namespace xize::sql

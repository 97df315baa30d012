#include "compiler/sql/dialect.h"

#include <array>

namespace xize::sql {
namespace {

// Visible ASCII, Chinese ideographs and the punctuation of Chinese texts: what is the same in every
// normal form, so that equal texts are equal bytes.
#define XIZE_PLAIN " -~·‘’“”…、-〩㐀-鿿！（），：；？"

// $2 digits before the point; $4 is what may follow.
#define XIZE_NUMBER "^-?[0-9]{1,$2}$4$"

constexpr Dialect kPostgresql{
    .name = "postgresql",
    .wide_digits = 1000,
    .as_text = "CAST($1 AS TEXT) COLLATE \"C\"",
    .as_narrow = "CAST($1 AS BIGINT)",
    .as_wide = "CAST($1 AS NUMERIC)",
    .narrow_literal = "$1::BIGINT",
    .long_literal = "$1",
    .wide_literal = "$1",
    .narrow_quotient = "($1 / $2)",
    .wide_quotient = "div($1, $2)",
    .remainder = "mod($1, $2)",
    .sum = "SUM($1)",
    .sum_wide = "SUM($1)",
    .substring = "substr($1, $2, $3)",
    .plain_number = "($1 ~ '" XIZE_NUMBER "')",
    .scaled_number =
        "CAST(split_part($1, '.', 1) || rpad(split_part($1, '.', 2), $2, '0') AS BIGINT)",
    .date_form = "($1 ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')",
    .month_form = "($1 ~ '^[0-9]{4}-[0-9]{2}$')",
    .distinct = "COUNT(DISTINCT $1)",
    .plain_text = "($1 ~ '^[" XIZE_PLAIN "]+$')",
    .decimal_column =
        "CASE WHEN abs($1) < $4 AND $1 * $3 = trunc($1 * $3)"
        " THEN CAST($1 * $3 AS BIGINT) END",
    .date_column = "(CAST($1 AS DATE) - DATE '1970-01-01')",
    .decimal = "CAST($1 AS NUMERIC)",
    .fence = " OFFSET 0",
    .name_bytes_max = 63};

constexpr Dialect kClickhouse{.name = "clickhouse",
                              .backslash = true,
                              .aliases = true,
                              .wide_digits = 76,
                              .as_text = "toString($1)",
                              .as_narrow = "toInt64($1)",
                              .as_wide = "toInt256($1)",
                              .narrow_literal = "toInt64($1)",
                              .long_literal = "toInt64($1)",
                              .wide_literal = "toInt256('$1')",
                              .narrow_quotient = "intDiv($1, $2)",
                              .wide_quotient = "intDiv($1, $2)",
                              .remainder = "($1 % $2)",
                              .sum = "sum(toInt128($1))",
                              .sum_wide = "sum(toInt256($1))",
                              .substring = "substringUTF8($1, $2, $3)",
                              .plain_number = "match($1, '" XIZE_NUMBER "')",
                              .scaled_number =
                                  "toInt64OrNull(concat(splitByChar('.', assumeNotNull($1))[1],"
                                  " rightPad(splitByChar('.', assumeNotNull($1))[2], $2, '0')))",
                              .date_form = "match($1, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')",
                              .month_form = "match($1, '^[0-9]{4}-[0-9]{2}$')",
                              .distinct = "uniqExact($1)",
                              .plain_text = "match($1, '^[" XIZE_PLAIN "]+$')",
                              .decimal_column =
                                  "CASE WHEN abs(toDecimal256($1, $2)) < $4"
                                  " THEN toInt64(toDecimal256($1, $2) * $3) END",
                              .date_column = "toInt64(toInt32(toDate32($1)))",
                              .decimal = "toDecimal256($1, $2)",
                              .join = "GLOBAL LEFT JOIN",
                              .fence = "",
                              .statement_bytes_max = 262'144,
                              .longer_statements = "SET max_query_size = $1;"};

constexpr Dialect kDuckdb{
    .name = "duckdb",
    .wide_digits = 37,
    .as_text = "CAST($1 AS VARCHAR)",
    .as_narrow = "CAST($1 AS BIGINT)",
    .as_wide = "CAST($1 AS HUGEINT)",
    .narrow_literal = "$1::BIGINT",
    .long_literal = "$1",
    .wide_literal = "CAST('$1' AS HUGEINT)",
    .narrow_quotient = "($1 // $2)",
    .wide_quotient = "($1 // $2)",
    .remainder = "($1 % $2)",
    .sum = "SUM($1)",
    .sum_wide = "SUM($1)",
    .substring = "substr($1, $2, $3)",
    .plain_number = "regexp_full_match($1, '" XIZE_NUMBER "')",
    .scaled_number =
        "CAST(split_part($1, '.', 1) || rpad(split_part($1, '.', 2), $2, '0') AS BIGINT)",
    .date_form = "regexp_full_match($1, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')",
    .month_form = "regexp_full_match($1, '^[0-9]{4}-[0-9]{2}$')",
    .distinct = "COUNT(DISTINCT $1)",
    .plain_text = "regexp_full_match($1, '^[" XIZE_PLAIN "]+$')",
    .decimal_column = "",
    .date_column = "(CAST($1 AS DATE) - DATE '1970-01-01')",
    .decimal = "CAST($1 AS DECIMAL(38, $2))",
    .fence = ""};

#define XIZE_YEAR "[0-9][0-9][0-9][0-9]"

// A cell of SQLite has a type of its own, so all are read by their text.
constexpr Dialect kSqlite{
    .name = "sqlite",
    .columns_are_typed = false,
    .wide_digits = 18,
    .count_digits = 9,
    .as_text = "CAST($1 AS TEXT) COLLATE BINARY",
    .as_narrow = "CAST($1 AS INTEGER)",
    .as_wide = "CAST($1 AS INTEGER)",
    .narrow_literal = "$1",
    .long_literal = "$1",
    .wide_literal = "$1",
    .narrow_quotient = "($1 / $2)",
    .wide_quotient = "($1 / $2)",
    .remainder = "($1 % $2)",
    .sum = "SUM($1)",
    .sum_wide = "SUM($1)",
    .substring = "substr($1, $2, $3)",
    .plain_number =
        "(ltrim($1, '-') NOT GLOB '*[^0-9.]*' AND ltrim($1, '-') GLOB '[0-9]*'"
        " AND ltrim($1, '-') NOT GLOB '*.*.*' AND $1 NOT GLOB '--*' AND $1 NOT GLOB '*.'"
        " AND instr(ltrim($1, '-') || '.', '.') <= $2 + 1"
        " AND length(ltrim($1, '-')) - instr(ltrim($1, '-') || '.', '.') <= $3)",
    .scaled_number =
        "CAST(substr($1, 1, instr($1 || '.', '.') - 1)"
        " || substr(substr($1, instr($1 || '.', '.') + 1) || '$3', 1, $2) AS INTEGER)",
    .date_form = "($1 GLOB '" XIZE_YEAR "-[0-9][0-9]-[0-9][0-9]')",
    .month_form = "($1 GLOB '" XIZE_YEAR "-[0-9][0-9]')",
    .distinct = "COUNT(DISTINCT $1)",
    .plain_text = "($1 NOT GLOB '*[^" XIZE_PLAIN "]*')",
    .decimal_column = "",
    .date_column = "",
    .decimal = "$1",
    .fence = " LIMIT -1 OFFSET 0"};

#undef XIZE_YEAR
#undef XIZE_PLAIN
#undef XIZE_NUMBER

constexpr std::array<const Dialect*, 4> kDialects = {&kPostgresql, &kClickhouse, &kDuckdb,
                                                     &kSqlite};

std::string quoted(const Dialect& dialect, std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out.push_back(dialect.backslash ? '\\' : quote);
    if (c == '\\' && dialect.backslash) out.push_back('\\');
    out.push_back(c);
  }
  out.push_back(quote);
  return out;
}

}  // namespace

const Dialect* find_dialect(std::string_view name) {
  for (const Dialect* dialect : kDialects) {
    if (dialect->name == name) return dialect;
  }
  return nullptr;
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '$' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                       pattern[i + 1] <= '9';
    if (place) {
      out += arguments.begin()[pattern[++i] - '1'];
    } else {
      out.push_back(pattern[i]);
    }
  }
  return out;
}

std::string quote_name(const Dialect& dialect, std::string_view name) {
  return quoted(dialect, name, '"');
}

std::string quote_text(const Dialect& dialect, std::string_view text) {
  return quoted(dialect, text, '\'');
}

std::string cut_name(const Dialect& dialect, const std::string& name, std::size_t room) {
  if (dialect.name_bytes_max == 0 || name.size() + room <= dialect.name_bytes_max) return name;
  std::size_t end = dialect.name_bytes_max - room;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0u) == 0x80u) --end;
  return name.substr(0, end);
}

std::string integer(const Dialect& dialect, const value::Rational& n) {
  const std::string digits = n.to_string();
  if (value::abs(n) > narrow_max()) return fill(dialect.wide_literal, {digits});
  if (value::abs(n) > value::Rational(0x7fffffff)) return fill(dialect.long_literal, {digits});
  return n.sign() < 0 ? "(" + digits + ")" : digits;
}

std::string operand(const Dialect& dialect, const value::Rational& n) {
  if (value::abs(n) > narrow_max()) return integer(dialect, n);
  return fill(dialect.narrow_literal, {n.sign() < 0 ? "(" + n.to_string() + ")" : n.to_string()});
}

value::Rational power_of_ten(int n) { return value::power(value::Rational(10), n); }

const value::Rational& narrow_max() {
  static const value::Rational max(std::int64_t{1} << 62);
  return max;
}

}  // namespace xize::sql

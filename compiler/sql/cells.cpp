#include "compiler/sql/cells.h"

#include <algorithm>
#include <vector>

namespace xize::sql {
namespace {

using table::ColumnType;
using value::Rational;

constexpr int kDigits = 12;   // before the point of a plain number
constexpr int kDecimals = 6;  // behind the point, where nothing says how many
constexpr std::string_view kTrue = "'是', 'true', '1', '√', '有', 'y', 'yes', '✓', '✔'";
constexpr std::string_view kFalse = "'否', 'false', '0', '×', '无', 'n', 'no', '✗', '✘'";


// Spellings that are compared with a text must be what folding leaves alone.
bool is_plain_spelling(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool mark = std::string_view("(),:;!? ").find(c) != std::string_view::npos;
    return byte >= 0x80 || (byte > 0x20 && !mark && !(c >= 'A' && c <= 'Z'));
  });
}

// How many decimals a terminating number has; empty if it does not end.
std::optional<int> decimals_of(const Rational& n) {
  for (int k = 0; k <= kDecimals; ++k) {
    if ((n * power_of_ten(k)).is_integer()) return k;
  }
  return std::nullopt;
}

// Reads the cells of one column; see cells.h.
class CellSql {
 public:
  CellSql(Query& query, const table::ColumnSchema& schema, const StoredColumn& stored)
      : query_(query), dialect_(query.dialect()), schema_(schema), stored_(stored) {
    if (stored.name.empty()) {
      raw_ = query.define(build(dialect_.as_text, {{"NULL"}}));
      stored_.storage = Storage::Text;
    } else {
      raw_ = query.define(query.column(stored.name, stored.table));
    }
    cell_.text = query.define(build(dialect_.as_text, {raw_}));
    blank_ = build("($1 IS NULL OR $1 = '')", {cell_.text});
    if (stored_.storage != Storage::Text) blank_ = build("($1 IS NULL)", {raw_});
  }

  Cell read() {
    switch (schema_.type) {
      case ColumnType::Number: read_number(); break;
      case ColumnType::Bool: read_bool(); break;
      case ColumnType::Date: read_date(); break;
      case ColumnType::Month: read_month(); break;
      case ColumnType::Choice: read_choice(); break;
      case ColumnType::Text: read_text(); break;
      case ColumnType::Unit: {
        sound_ = truth(true);
        break;
      }
    }
    finish_states();
    return std::move(cell_);
  }

 private:
  [[nodiscard]] Sql text(std::string_view t) const { return {quote_text(dialect_, t)}; }

  void read_number() {
    int scale = kDecimals;
    const auto& format = schema_.number;
    if (format.step) scale = decimals_of(*format.step).value_or(kDecimals);
    if (format.integer_only || stored_.storage == Storage::Integer) scale = 0;
    if (stored_.storage == Storage::Decimal) scale = std::max(scale, stored_.scale);
    if (scale > kDecimals) stored_.storage = Storage::Text;
    scale = std::min(scale, kDecimals);
    const int digits = scale == 0 ? dialect_.count_digits : kDigits;
    Number& number = cell_.term.number;
    number.denominator = power_of_ten(scale);
    number.bound = power_of_ten(digits + scale);
    number.numerator = query_.define(scaled(digits, scale));
    cell_.term.type = program::Type::Number;
    cell_.readable = true;
    const Sql& n = number.numerator;
    sound_ = build("$1 IS NOT NULL", {n});
    if (format.non_negative) sound_ = build("$1 AND $2 >= 0", {sound_, n});
    Rational step = format.integer_only ? Rational(1) : format.step.value_or(0);
    step = step * number.denominator;
    if (!step.is_integer()) cell_.readable = false;
    if (!step.is_zero() && step != Rational(1)) {
      const Sql rest = build(dialect_.remainder, {n, {integer(dialect_, step)}});
      sound_ = build("$1 AND $2 = 0", {sound_, rest});
    }
    check_range([&](const value::Value& end) { return std::get<Rational>(end); });
  }

  [[nodiscard]] Sql scaled(int digits, int scale) const {
    const std::string limit = integer(dialect_, power_of_ten(digits));
    const std::string decimals = "([.][0-9]{1," + std::to_string(scale) + "})?";
    const std::string factor = integer(dialect_, power_of_ten(scale));
    switch (stored_.storage) {
      case Storage::Integer:
        return build("CASE WHEN $1 > -$2 AND $1 < $2 THEN $3 END",
                     {raw_, {limit}, build(dialect_.as_narrow, {raw_})});
      case Storage::Decimal:
        return build(dialect_.decimal_column, {raw_, {std::to_string(scale)}, {factor}, {limit}});
      default: break;
    }
    const Sql plain = build(dialect_.plain_number, {cell_.text,
                                                    {std::to_string(digits)},
                                                    {std::to_string(scale)},
                                                    {scale == 0 ? "" : decimals}});
    const Sql number = build(
        dialect_.scaled_number,
        {cell_.text, {std::to_string(scale)}, {std::string(static_cast<std::size_t>(scale), '0')}});
    return build("CASE WHEN $1 THEN $2 END", {plain, number});
  }

  // Both ends of the declared range, each in units of the term.
  template <class NumberOf>
  void check_range(NumberOf number_of) {
    Rational most(0);
    bool bounded = true;
    const auto check = [&](const std::optional<table::Bound>& end, std::string_view sign) {
      bounded = bounded && end.has_value();
      if (!end) return;
      const Rational limit = number_of(end->value) * cell_.term.number.denominator;
      most = std::max(most, value::ceil(value::abs(limit)));
      // Integers: the limit itself need not be one.
      const bool low = sign == ">";
      const bool whole = limit.is_integer();
      const Rational edge = low ? value::ceil(limit) : value::floor(limit);
      const std::string compare = std::string(sign) + (end->closed || !whole ? "=" : "");
      sound_ = build("$1 AND $2 " + compare + " $3",
                     {sound_, cell_.term.main(), {integer(dialect_, edge)}});
    };
    check(schema_.range.low, ">");
    check(schema_.range.high, "<");
    Rational& bound = cell_.term.number.bound;
    if (bounded && most < bound) bound = most;
  }

  void read_bool() {
    cell_.term.type = program::Type::Bool;
    cell_.readable = true;
    const Sql lower = build("lower($1)", {cell_.text});
    const Sql by_text = build("CASE WHEN $1 IN ($2) THEN TRUE WHEN $1 IN ($3) THEN FALSE END",
                              {lower, {std::string(kTrue)}, {std::string(kFalse)}});
    cell_.term.sql = stored_.storage == Storage::Bool ? raw_ : query_.define(by_text);
    sound_ = build("$1 IS NOT NULL", {cell_.term.sql});
  }

  void read_date() {
    cell_.term.type = program::Type::Date;
    cell_.readable = true;
    Sql valid = truth(true);
    if (stored_.storage == Storage::Date) {
      cell_.term.sql = query_.define(build(dialect_.date_column, {raw_}));
    } else {
      const Sql form = build(dialect_.date_form, {cell_.text});
      const Sql formed = query_.define(build("CASE WHEN $1 THEN $2 END", {form, cell_.text}));
      const DateParts date = date_of(query_, formed);
      cell_.term.sql = query_.define(date.days);
      valid = date.valid;
    }
    sound_ = build("$1 IS NOT NULL AND $2", {cell_.term.sql, valid});
    check_range([](const value::Value& end) { return Rational(std::get<value::Date>(end).days); });
  }

  void read_month() {
    cell_.term.type = program::Type::Month;
    const bool quarter = schema_.months_each == kQuarter;
    cell_.readable = (quarter || schema_.months_each == 1) && schema_.months_or == 1;
    const Sql text = quarter ? quarter_as_month() : cell_.text;
    const Sql form = build(dialect_.month_form, {text});
    const Sql formed = query_.define(build("CASE WHEN $1 THEN $2 END", {form, text}));
    const Sql year = query_.define(build(dialect_.as_narrow, {part(formed, "1", "4")}));
    const Sql month = query_.define(build(dialect_.as_narrow, {part(formed, "6", "2")}));
    cell_.term.sql = query_.define(build(
        quarter ? "($1 * 12 + $2 * 3 - 23643)" : "($1 * 12 + $2 - 23641)", {year, month}));
    sound_ = build("$1 >= 1 AND $2 BETWEEN 1 AND $3", {year, month, {quarter ? "4" : "12"}});
    check_range(
        [](const value::Value& end) { return Rational(std::get<value::Month>(end).months); });
  }

  [[nodiscard]] Sql part(const Sql& of, std::string_view from, std::string_view count) const {
    return build(dialect_.substring, {of, {std::string(from)}, {std::string(count)}});
  }

  // `2023Q1` as `2023-01`, so that the form of months fits; NULL for everything else.
  [[nodiscard]] Sql quarter_as_month() {
    const Sql year = part(cell_.text, "1", "4");
    const Sql number = part(cell_.text, "6", "1");
    return query_.define(build("CASE WHEN $1 = $2 || 'Q' || $3 THEN $2 || '-0' || $3 END",
                               {cell_.text, year, number}));
  }

  void read_choice() {
    cell_.term.type = program::Type::Text;
    cell_.readable = true;
    cell_.term.sql = cell_.text;
    std::string labels;
    for (const std::string& label : schema_.choices) {
      labels += (labels.empty() ? "" : ", ") + quote_text(dialect_, label);
    }
    sound_ = build("$1 IN ($2)", {cell_.text, {labels}});
  }

  // `#REF!` and `1.23E+11` are what a spreadsheet left of a text.
  void read_text() {
    cell_.term.type = program::Type::Text;
    cell_.term.sql = cell_.text;
    cell_.readable = true;
    sound_ = build(
        "$1 NOT LIKE '#%' AND $1 NOT LIKE '%E+%' AND $1 NOT LIKE '%e+%'"
        " AND $1 NOT LIKE '%\uFFFD%' AND $1 NOT LIKE ' %'",
        {cell_.text});
    if (!schema_.needed) return;
    sound_ = build("$1 AND $2 NOT LIKE '% ' AND $3",
                   {sound_, cell_.text, build(dialect_.plain_text, {cell_.text})});
  }

  // What is not a plain value: blank, 不涉及, or odd.
  void finish_states() {
    std::string spellings = "'不涉及', 'n/a'";
    for (const std::string& spelling : schema_.not_applicable) {
      if (!is_plain_spelling(spelling)) cell_.readable = false;
      spellings += ", " + quote_text(dialect_, spelling);
    }
    const bool typed = stored_.storage != Storage::Text;
    const Sql na = typed
                       ? truth(false)
                       : query_.define(build("CASE WHEN lower($1) IN ($2) THEN TRUE ELSE FALSE END",
                                             {cell_.text, {spellings}}));
    const bool blank_is_sound = !schema_.judged && (schema_.optional || schema_.default_value);
    cell_.odd = query_.define(build(
        "CASE WHEN $1 THEN $2 WHEN $3 THEN $4 WHEN $5 THEN FALSE ELSE TRUE END",
        {blank_, truth(!blank_is_sound), na, truth(!schema_.accepts_not_applicable), sound_}));
    if (!cell_.readable) return;
    Term& term = cell_.term;
    term.may_fault = false;
    if (schema_.default_value) {
      cell_.readable = use_default(*schema_.default_value);
    } else if (schema_.optional) {
      term.missing = query_.define(build("CASE WHEN $1 THEN TRUE ELSE FALSE END", {blank_}));
    }
    if (!typed && schema_.accepts_not_applicable) term.na = na;
    // A text is its cell only where that is neither.
    if (term.type != program::Type::Text) return;
    term.sql =
        query_.define(build("CASE WHEN $1 OR $2 THEN NULL ELSE $3 END", {blank_, na, term.sql}));
  }

  // A blank cell is the default where that is a number or a truth value.
  bool use_default(const value::Value& value) {
    if (const auto* b = std::get_if<bool>(&value)) {
      cell_.term.sql = query_.define(
          build("CASE WHEN $1 THEN $2 ELSE $3 END", {blank_, truth(*b), cell_.term.sql}));
      return true;
    }
    const auto* n = std::get_if<Rational>(&value);
    if (n == nullptr) return false;
    Number& number = cell_.term.number;
    const Rational scaled = *n * number.denominator;
    if (!scaled.is_integer() || value::abs(scaled) > narrow_max()) return false;
    number.bound = std::max(number.bound, value::abs(scaled));
    number.numerator =
        query_.define(build("CASE WHEN $1 THEN $2 ELSE $3 END",
                            {blank_, {integer(dialect_, scaled)}, number.numerator}));
    return true;
  }

  Query& query_;
  const Dialect& dialect_;
  const table::ColumnSchema& schema_;
  StoredColumn stored_;
  Cell cell_;
  Sql raw_, blank_;
  Sql sound_;  // a cell that is not blank and not 不涉及 keeps the rules of its column
};

}  // namespace

Cell read_cells(Query& query, const table::ColumnSchema& schema, const StoredColumn& stored) {
  return CellSql(query, schema, stored).read();
}

// Years begin in March, so that the day that leap years add is their last.
DateParts date_of(Query& query, const Sql& text) {
  const Dialect& dialect = query.dialect();
  const auto part = [&](std::string_view from, std::string_view count) {
    const Sql digits = build(dialect.substring, {text, {std::string(from)}, {std::string(count)}});
    return query.define(build(dialect.as_narrow, {digits}));
  };
  const auto quotient = [&](const Sql& a, std::string_view b) {
    return build(dialect.narrow_quotient, {a, {std::string(b)}});
  };
  const Sql y = part("1", "4");
  const Sql m = part("6", "2");
  const Sql d = part("9", "2");
  const Sql year = query.define(build("CASE WHEN $1 <= 2 THEN $2 - 1 ELSE $2 END", {m, y}));
  const Sql month = query.define(build("CASE WHEN $1 <= 2 THEN $1 + 9 ELSE $1 - 3 END", {m}));
  const Sql leap_days =
      build("$1 - $2 + $3", {quotient(year, "4"), quotient(year, "100"), quotient(year, "400")});
  const Sql in_year = quotient(build("($1 * 153 + 2)", {month}), "5");
  const auto rest = [&](std::string_view b) {
    return build(dialect.remainder, {y, {std::string(b)}});
  };
  const Sql leap = build("($1 = 0 AND $2 <> 0 OR $3 = 0)", {rest("4"), rest("100"), rest("400")});
  const Sql last = build(
      "CASE WHEN $1 IN (4, 6, 9, 11) THEN 30 WHEN $1 <> 2 THEN 31 WHEN $2 THEN 29 ELSE 28 END",
      {m, leap});
  return {build("($1 * 365 + $2 + $3 + $4 - 719469)", {year, leap_days, in_year, d}),
          build("$1 >= 1 AND $2 BETWEEN 1 AND 12 AND $3 BETWEEN 1 AND $4", {y, m, d, last})};
}

}  // namespace xize::sql

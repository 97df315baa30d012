#include "runtime/io/cell_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/io/name_match.h"
#include "runtime/value/decimal_text.h"

namespace xize::io {
namespace {

using table::ColumnType;
using table::NumberKind;

struct BoolSpelling {
  std::string_view text;
  bool value;
};
constexpr std::array<BoolSpelling, 18> kBoolSpellings = {{{"是", true},
                                                          {"否", false},
                                                          {"true", true},
                                                          {"false", false},
                                                          {"1", true},
                                                          {"0", false},
                                                          {"√", true},
                                                          {"×", false},
                                                          {"有", true},
                                                          {"无", false},
                                                          {"y", true},
                                                          {"n", false},
                                                          {"yes", true},
                                                          {"no", false},
                                                          {"✓", true},
                                                          {"✗", false},
                                                          {"✔", true},
                                                          {"✘", false}}};
constexpr std::array<std::string_view, 7> kSpreadsheetErrors = {
    "#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#null!", "#num!"};
constexpr std::array<std::string_view, 2> kCurrencyMarks = {"¥", "￥"};

std::string lower_ascii(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

bool is_spreadsheet_error(const std::string& lower) {
  const bool hashes = lower.size() >= 3 && lower.find_first_not_of('#') == std::string::npos;
  return hashes || std::find(kSpreadsheetErrors.begin(), kSpreadsheetErrors.end(), lower) !=
                       kSpreadsheetErrors.end();
}

ProblemKind problem_kind(value::NumberFault fault) {
  switch (fault) {
    case value::NumberFault::Empty: return ProblemKind::BlankCell;
    case value::NumberFault::NotANumber: return ProblemKind::NotANumber;
    case value::NumberFault::Grouping: return ProblemKind::BadGrouping;
    case value::NumberFault::Scientific: return ProblemKind::ScientificNumber;
    case value::NumberFault::TooManyDigits: return ProblemKind::TooManyDigits;
  }
  return ProblemKind::NotANumber;
}

std::size_t digit_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// True for a number with a word behind it: `3天`, `12 ms`; not for `2023-11-30`.
bool has_word_behind(std::string_view folded) {
  const auto end = folded.find_first_not_of("+-0123456789.,");
  if (end == std::string_view::npos || end == 0) return false;
  const auto number = value::parse_number(folded.substr(0, end));
  const std::string_view word = trim(folded.substr(end));
  const bool letter =
      !word.empty() && (static_cast<signed char>(word[0]) < 0 ||
                        (word[0] >= 'A' && word[0] <= 'Z') || (word[0] >= 'a' && word[0] <= 'z'));
  return letter && std::holds_alternative<value::NumberText>(number);
}

// `1.23E+11`: what a spreadsheet leaves of a long identifier.
bool is_scientific(std::string_view text) {
  const auto exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos || text.substr(exponent + 1, 1) != "+") return false;
  const std::string_view digits = text.substr(exponent + 2);
  const auto number = value::parse_number(text.substr(0, exponent));
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos &&
         std::holds_alternative<value::NumberText>(number);
}

// The number of a text that ends in one of the column's units of measure.
std::optional<value::Rational> parse_with_unit(std::string_view folded,
                                               const table::NumberFormat& format) {
  for (const auto& spelling : format.spellings) {
    const std::string unit = fold_name(spelling.text);
    if (unit.empty() || !folded.ends_with(unit)) continue;
    const auto number = value::parse_number(folded.substr(0, folded.size() - unit.size()));
    const auto* found = std::get_if<value::NumberText>(&number);
    if (found != nullptr && !found->percent) return found->value * spelling.factor;
  }
  return std::nullopt;
}

bool take(std::string_view& text, std::string_view head) {
  if (!text.starts_with(head)) return false;
  text.remove_prefix(head.size());
  return true;
}

// Which quarter or half of the year a text names: `Q1`, `第一季度`, `H2`, `下半年`; 0 if none.
int part_of_year(std::string_view text, std::uint8_t months_each) {
  if (months_each == 6) {
    if (text == "上半年" || text == "H1" || text == "h1") return 1;
    if (text == "下半年" || text == "H2" || text == "h2") return 2;
    return 0;
  }
  if (text.size() == 2 && (text[0] == 'Q' || text[0] == 'q')) {
    return text[1] >= '1' && text[1] <= '4' ? text[1] - '0' : 0;
  }
  take(text, "第");
  constexpr std::array<std::string_view, 4> kNumerals = {"一", "二", "三", "四"};
  for (int i = 0; i < 4; ++i) {
    const std::string digit = std::to_string(i + 1);
    if (text == digit + "季度") return i + 1;
    if (text == std::string(kNumerals[static_cast<std::size_t>(i)]) + "季度") return i + 1;
  }
  return 0;
}

}  // namespace

std::optional<value::Month> parse_period(std::string_view folded, std::uint8_t months_each) {
  if (folded.size() < 4) return std::nullopt;
  const std::string_view digits = folded.substr(0, 4);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const int year = std::stoi(std::string(digits));
  folded.remove_prefix(4);
  if (!take(folded, "年") && months_each != 12) take(folded, "-");
  folded = trim(folded);
  if (months_each == 12) return folded.empty() ? value::make_month(year, 1) : std::nullopt;
  const int part = part_of_year(folded, months_each);
  if (part == 0) return std::nullopt;
  return value::make_month(year, (part - 1) * months_each + 1);
}

CellReader::CellReader(const table::ColumnSchema& column, base::StringPool& pool)
    : column_(&column), pool_(&pool), not_applicable_{"不涉及", "n/a"} {
  for (const auto& spelling : column.not_applicable) {
    not_applicable_.insert(lower_ascii(fold_name(spelling)));
  }
  for (const auto& spelling : not_applicable_) {
    not_applicable_bytes_max_ = std::max(not_applicable_bytes_max_, spelling.size());
  }
  for (const auto& label : column.choices) {
    choices_.emplace(fold_name(label), value::Text{pool.intern(label)});
  }
  for (const auto& label : column.number.labels) {
    choices_.emplace(fold_name(label.text), label.value);
  }
}

CellResult CellReader::read(std::string_view text) {
  if (const value::Value* known = memo_.find(text)) return *known;
  auto result = read_anew(text);
  if (const auto* v = std::get_if<value::Value>(&result)) memo_.keep(text, *v);
  return result;
}

CellResult CellReader::read_anew(std::string_view text) const {
  const std::string folded = fold_name(text);
  if (folded.empty()) return read_blank();
  if (folded.front() == '#' && is_spreadsheet_error(lower_ascii(folded))) {
    return CellFault{ProblemKind::SpreadsheetError};
  }
  if (is_not_applicable(folded)) {
    if (column_->accepts_not_applicable) return value::NotApplicable{};
    return CellFault{ProblemKind::NotApplicableNotExpected};
  }
  auto result = read_typed(text, folded);
  if (const auto* v = std::get_if<value::Value>(&result)) {
    if (!table::contains(column_->range, *v)) return CellFault{ProblemKind::OutOfRange};
  }
  return result;
}

bool CellReader::is_not_applicable(const std::string& folded) const {
  return folded.size() <= not_applicable_bytes_max_ &&
         not_applicable_.contains(lower_ascii(folded));
}

CellResult CellReader::read_blank() const {
  if (column_->judged) return value::Pending{};
  if (column_->default_value) return *column_->default_value;
  if (column_->optional) return value::Missing{};
  return CellFault{ProblemKind::BlankCell};
}

CellResult CellReader::read_typed(std::string_view text, const std::string& folded) const {
  switch (column_->type) {
    case ColumnType::Number: return read_number(folded);
    case ColumnType::Choice: return read_choice(text, folded);
    case ColumnType::Date: return read_date(folded);
    case ColumnType::Month: return read_month(folded);
    case ColumnType::Unit: return value::Missing{};
    case ColumnType::Text: return read_text(text);
    case ColumnType::Bool: break;
  }
  const std::string lower = lower_ascii(folded);
  for (const auto& spelling : kBoolSpellings) {
    if (lower == spelling.text) return spelling.value;
  }
  return CellFault{ProblemKind::NotABool};
}

CellResult CellReader::read_number(const std::string& folded) const {
  const table::NumberFormat& format = column_->number;
  if (const auto it = choices_.find(folded); it != choices_.end()) return it->second;
  if (digit_count(folded) > kCellDigitsMax) return CellFault{ProblemKind::TooManyDigits};
  std::string_view text = folded;
  if (format.kind == NumberKind::Money) {
    for (const auto mark : kCurrencyMarks) take(text, mark);
  }
  auto parsed = value::parse_number(text);
  if (auto* number = std::get_if<value::NumberText>(&parsed)) {
    if (number->percent && format.kind != NumberKind::Ratio) {
      return CellFault{ProblemKind::PercentNotExpected};
    }
    return check_number(std::move(number->value));
  }
  if (auto number = parse_with_unit(text, format)) return check_number(std::move(*number));
  const auto fault = std::get<value::NumberFault>(parsed);
  if (fault == value::NumberFault::NotANumber && has_word_behind(text)) {
    return CellFault{ProblemKind::UnitNotExpected};
  }
  return CellFault{problem_kind(fault)};
}

CellResult CellReader::check_number(value::Rational number) const {
  const table::NumberFormat& format = column_->number;
  if (format.integer_only && !number.is_integer()) return CellFault{ProblemKind::NotAnInteger};
  if (format.non_negative && number.sign() < 0) return CellFault{ProblemKind::NegativeNumber};
  if (format.step && !(number / *format.step).is_integer()) return CellFault{ProblemKind::OffStep};
  return value::Value(std::move(number));
}

CellResult CellReader::read_choice(std::string_view text, const std::string& folded) const {
  if (const auto it = choices_.find(folded); it != choices_.end()) return it->second;
  return CellFault{ProblemKind::NotAChoice,
                   std::string(nearest_name(normalize(text), column_->choices))};
}

CellResult CellReader::read_date(std::string_view text) const {
  const auto parsed = value::parse_date(text);
  if (const auto* date = std::get_if<value::Date>(&parsed)) return value::Value(*date);
  const bool impossible = std::get<value::DateFault>(parsed) == value::DateFault::Impossible;
  return CellFault{impossible ? ProblemKind::ImpossibleDate : ProblemKind::NotADate};
}

CellResult CellReader::read_month(const std::string& folded) const {
  const auto each = std::max(column_->months_each, column_->months_or);
  if (each != 1) {
    if (const auto month = parse_period(folded, each)) return value::Value(*month);
    if (column_->months_each != 1) return CellFault{ProblemKind::NotAMonth};
  }
  const auto parsed = value::parse_month(folded);
  if (const auto* month = std::get_if<value::Month>(&parsed)) return value::Value(*month);
  const bool impossible = std::get<value::DateFault>(parsed) == value::DateFault::Impossible;
  return CellFault{impossible ? ProblemKind::ImpossibleDate : ProblemKind::NotAMonth};
}

CellResult CellReader::read_text(std::string_view text) const {
  if (is_scientific(trim(text))) return CellFault{ProblemKind::ScientificNumber};
  if (!column_->needed) return value::Missing{};
  return value::Value(value::Text{pool_->intern(normalize(text))});
}

}  // namespace xize::io

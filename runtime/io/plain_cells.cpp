#include "runtime/io/plain_cells.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include "runtime/columns/block_builder.h"
#include "runtime/io/name_match.h"

namespace xize::io {
namespace {

using columns::CellState;
using columns::kPowersOfTen;
using columns::kScaleMax;
using table::ColumnType;
using value::Rational;
using value::Value;

constexpr std::size_t kDigitsMax = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool looks_like_number(const std::string& spelling) {
  const std::string folded = fold_name(spelling);
  return !folded.empty() && (is_digit(folded.front()) || folded.front() == '-');
}

// Spellings that mean something else than the number or date they look like.
bool has_number_like_words(const table::ColumnSchema& column) {
  const auto& labels = column.number.labels;
  return std::any_of(column.not_applicable.begin(), column.not_applicable.end(),
                     looks_like_number) ||
         std::any_of(labels.begin(), labels.end(),
                     [](const auto& label) { return looks_like_number(label.text); });
}

// The least integer n with n / 10^decimals inside the low end; the lowest where there is none.
std::int64_t least_inside(const std::optional<table::Bound>& low, int decimals) {
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  if (!low) return kLowest;
  if (const auto* date = std::get_if<value::Date>(&low->value)) {
    return date->days + (low->closed ? 0 : 1);
  }
  const auto* number = std::get_if<Rational>(&low->value);
  if (number == nullptr) return kLowest;
  const Rational scaled = *number * Rational(kPowersOfTen[static_cast<std::size_t>(decimals)]);
  Rational least = value::ceil(scaled);
  if (!low->closed && least == scaled) least += Rational(1);
  if (const auto n = least.to_int64()) return *n;
  return least.sign() < 0 ? kLowest : std::numeric_limits<std::int64_t>::max();
}

std::optional<table::Bound> mirrored(const std::optional<table::Bound>& bound) {
  if (!bound || !std::holds_alternative<Rational>(bound->value)) return std::nullopt;
  return table::Bound{-std::get<Rational>(bound->value), bound->closed};
}

std::int64_t most_inside(const std::optional<table::Bound>& high, int decimals) {
  if (high) {
    if (const auto* date = std::get_if<value::Date>(&high->value)) {
      return date->days - (high->closed ? 0 : 1);
    }
  }
  const std::int64_t least = least_inside(mirrored(high), decimals);
  if (least == std::numeric_limits<std::int64_t>::min()) {
    return std::numeric_limits<std::int64_t>::max();
  }
  return -least;
}

// Digits at the head as a number, at most kDigitsMax; how many there were.
struct Digits {
  std::int64_t number = 0;
  std::size_t count = 0;
};
Digits take_digits(std::string_view& text, std::int64_t head) {
  Digits digits{head, 0};
  while (digits.count < text.size() && digits.count < kDigitsMax && is_digit(text[digits.count])) {
    digits.number = digits.number * 10 + (text[digits.count] - '0');
    ++digits.count;
  }
  text.remove_prefix(digits.count);
  return digits;
}

// What a block of one row makes of the value, which must outlive the cell.
PlainCell plain_cell(const Value& v, ColumnType type) {
  columns::Column column;
  column.type = type;
  column.cells.resize(1);
  column.states.resize(1);
  columns::put(column, 0, v);
  return {column.states[0], column.cells[0], column.scale, &v};
}

}  // namespace

const TextTable::Entry* TextTable::find(std::string_view text) const {
  const std::uint64_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
    const Entry& entry = *entries_[slots_[at] - 1];
    if (entry.hash == hash && entry.text == text) return &entry;
  }
  return nullptr;
}

const TextTable::Entry* TextTable::add(std::string_view text, Value v, ColumnType type) {
  if (entries_.size() >= kTextsMax) return nullptr;
  const std::uint64_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  auto& entry = entries_.emplace_back(std::make_unique<Entry>());
  slots_[at] = static_cast<std::uint32_t>(entries_.size());
  entry->text = text;
  entry->hash = hash;
  entry->value = std::move(v);
  entry->cell = plain_cell(entry->value, type);
  return entry.get();
}

std::uint64_t TextTable::hash_of(std::string_view text) {
  std::uint64_t hash = text.size() * 0x9e3779b97f4a7c15u;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  };
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    mix(word);
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, text.data() + at, text.size() - at);
  mix(rest);
  return hash;
}

PlainColumn::PlainColumn(const table::ColumnSchema& column, SharedReading& shared)
    : column_(column), shared_(shared), reader_(column, shared.pool) {
  const bool is_read = column.type == ColumnType::Number || column.type == ColumnType::Date;
  reads_plain_ = is_read && !column.number.step && !has_number_like_words(column);
  not_applicable_bytes_ = std::string_view("不涉及").size();
  for (const std::string& spelling : column.not_applicable) {
    not_applicable_bytes_ = std::max(not_applicable_bytes_, spelling.size());
  }
  for (int decimals = 0; decimals <= kScaleMax; ++decimals) {
    ends_[static_cast<std::size_t>(decimals)] = {least_inside(column.range.low, decimals),
                                                 most_inside(column.range.high, decimals)};
  }
}

std::optional<PlainCell> PlainColumn::read(std::string_view text) {
  if (reads_plain_) {
    const auto cell = column_.type == ColumnType::Number ? read_number(text) : read_date(text);
    if (cell) return cell;
  } else if (is_unread_text(text)) {
    return PlainCell{.state = CellState::Missing};
  }
  return read_any(text);
}

// `12`, `-3.50`; of a ratio also `85%`. Empty: it is for the cell reader.
std::optional<PlainCell> PlainColumn::read_number(std::string_view text) const {
  const auto& format = column_.number;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) {
    if (format.non_negative) return std::nullopt;
    text.remove_prefix(1);
  }
  const Digits whole = take_digits(text, 0);
  if (whole.count == 0) return std::nullopt;
  PlainCell cell{.num = whole.number};
  std::size_t decimals = 0;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    if (whole.count + text.size() > kDigitsMax) return std::nullopt;
    const Digits part = take_digits(text, cell.num);
    if (part.count == 0) return std::nullopt;
    cell.num = part.number;
    decimals = part.count;
  }
  if (text == "%" && format.kind == table::NumberKind::Ratio) {
    decimals += 2;
    text.remove_prefix(1);
  }
  if (!text.empty() || (decimals > 0 && format.integer_only)) return std::nullopt;
  if (decimals > static_cast<std::size_t>(kScaleMax)) return std::nullopt;
  if (negative) cell.num = -cell.num;
  const Ends& ends = ends_[decimals];
  if (cell.num < ends.low || cell.num > ends.high) return std::nullopt;
  cell.decimals = static_cast<int>(decimals);
  return cell;
}

// `2023-11-30`, `2023/11/30`.
std::optional<PlainCell> PlainColumn::read_date(std::string_view text) const {
  if (text.size() != 10 || text[4] != text[7] || (text[4] != '-' && text[4] != '/')) {
    return std::nullopt;
  }
  const auto number = [text](std::size_t begin, std::size_t count) {
    std::string_view part = text.substr(begin, count);
    const Digits digits = take_digits(part, 0);
    return digits.count == count ? static_cast<int>(digits.number) : -1;
  };
  const auto date = value::make_date(number(0, 4), number(5, 2), number(8, 2));
  if (!date || date->days < ends_[0].low || date->days > ends_[0].high) return std::nullopt;
  return PlainCell{.num = date->days};
}

// A text that nobody reads, if it certainly says something: not blank, not 不涉及 in any spelling,
// no number that a spreadsheet cut, no spreadsheet error. Folding makes ASCII without blanks no
// shorter, and other texts at most to a quarter.
bool PlainColumn::is_unread_text(std::string_view text) const {
  if (column_.needed || column_.type != ColumnType::Text || text.empty()) return false;
  const auto head = static_cast<unsigned char>(text.front());
  const bool is_word = is_digit(text.front()) || (head >= 'A' && head <= 'Z') ||
                       (head >= 'a' && head <= 'z') || (head >= 0xe4 && head <= 0xe9);
  if (!is_word || text.size() <= not_applicable_bytes_) return false;
  bool is_ascii = true;
  for (const char c : text) {
    if (c == '+') return false;
    is_ascii = is_ascii && c > ' ';
  }
  return is_ascii || text.size() > 4 * not_applicable_bytes_;
}

std::optional<PlainCell> PlainColumn::read_any(std::string_view text) {
  if (const auto* entry = known_.find(text)) return entry->cell;
  const bool interns = column_.needed &&
                       (column_.type == ColumnType::Text || column_.type == ColumnType::Unit);
  std::unique_lock lock(shared_.mutex, std::defer_lock);
  if (interns) lock.lock();
  auto result = reader_.read(text);
  if (std::holds_alternative<CellFault>(result)) return std::nullopt;
  Value v = std::move(std::get<Value>(result));
  const bool names_unit =
      column_.type == ColumnType::Unit && !std::holds_alternative<value::NotApplicable>(v);
  if (names_unit && column_.needed) {
    v = value::Text{shared_.pool.intern(shared_.names.resolve(text))};
  }
  if (const auto* entry = known_.add(text, v, column_.type)) return entry->cell;
  last_ = std::move(v);
  return plain_cell(last_, column_.type);
}

void put(columns::Column& column, std::size_t row, const PlainCell& cell) {
  if (cell.state != CellState::Plain) {
    if (cell.state == CellState::Odd) return columns::put(column, row, *cell.value);
    return column.set_state(row, cell.state);
  }
  if (cell.decimals == column.scale) return column.set(row, cell.num);
  std::int64_t num = 0;
  const bool fits =
      columns::raise_scale(column, row, cell.decimals) && cell.decimals <= column.scale &&
      !__builtin_mul_overflow(
          cell.num, kPowersOfTen[static_cast<std::size_t>(column.scale - cell.decimals)], &num);
  if (fits && num != std::numeric_limits<std::int64_t>::min()) return column.set(row, num);
  columns::put(column, row, value_of(cell, column.type));
}

Value value_of(const PlainCell& cell, ColumnType type) {
  if (cell.value != nullptr) return *cell.value;
  if (cell.state == CellState::Missing) return value::Missing{};
  if (type == ColumnType::Date) return value::Date{static_cast<std::int32_t>(cell.num)};
  return Rational(cell.num, kPowersOfTen[static_cast<std::size_t>(cell.decimals)]);
}

}  // namespace xize::io

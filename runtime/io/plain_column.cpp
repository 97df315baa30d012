#include "runtime/io/plain_column.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "runtime/columns/block_builder.h"
#include "runtime/io/name_match.h"
#include "runtime/io/short_cell.h"

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

}  // namespace

std::optional<std::int32_t> MonthTable::days(const value::CivilDate& date) {
  const int month = date.year * 12 + date.month;
  Entry& entry = months_[static_cast<std::size_t>(month) % kMonths];
  if (entry.month != month) {
    const auto first = value::make_date(date.year, date.month, 1);
    if (!first) return std::nullopt;
    const value::Date last = value::last_day(value::month_of(*first));
    entry = {month, last.days - first->days + 1, first->days - 1};
  }
  if (date.day < 1 || date.day > entry.length) return std::nullopt;
  return entry.before_first + date.day;
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

void PlainColumn::read(const CutRows& rows, std::uint32_t place, columns::Column& out,
                       RowFlags& handed) {
  const Task task{rows, place, out, handed};
  std::fill_n(out.states.begin(), rows.count, CellState::Plain);
  std::fill_n(decimals_.begin(), rows.count, std::uint8_t{0});
  most_decimals_ = 0;
  if (place == table::kNoColumn) {
    read_blanks(task);
  } else if (!reads_plain_) {
    read_words(task);
  } else if (column_.type == ColumnType::Number) {
    read_numbers(task);
  } else {
    read_dates(task);
  }
  if (column_.type == ColumnType::Number) scale(task);
  const auto [least, most] =
      std::minmax_element(out.cells.begin(), out.cells.begin() + static_cast<long>(rows.count));
  if (rows.count == 0) return;
  out.least = std::min<std::int64_t>(*least, 0);
  out.most = std::max<std::int64_t>(*most, 0);
}

void PlainColumn::read_blanks(const Task& task) {
  constexpr std::string_view kBlank("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0);
  static_assert(kShortCellSlack == 16);
  for (std::size_t row = 0; row < task.rows.count; ++row) read_word(task, row, kBlank);
}

void PlainColumn::read_numbers(const Task& task) {
  const bool integer_only = column_.number.integer_only;
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    const std::string_view text = task.text(row);
    const auto number = read_short_number(text.data(), text.size());
    if (number && is_inside(number->num, number->decimals) &&
        !(integer_only && number->decimals != 0)) {
      task.out.cells[row] = number->num;
      decimals_[row] = number->decimals;
      most_decimals_ = std::max(most_decimals_, number->decimals);
      continue;
    }
    Cell cell;
    if (read_number(text, cell)) {
      put(task, row, cell);
    } else {
      read_word(task, row, text);
    }
  }
}

void PlainColumn::read_dates(const Task& task) {
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    const std::string_view text = task.text(row);
    const auto date = read_short_date(text.data(), text.size());
    const auto days = date ? months_.days(*date) : std::nullopt;
    if (days && is_inside(*days, 0)) {
      task.out.cells[row] = *days;
    } else {
      read_word(task, row, text);
    }
  }
}

void PlainColumn::read_words(const Task& task) {
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    const std::string_view text = task.text(row);
    if (is_unread_text(text)) {
      task.out.set_state(row, CellState::Missing);
    } else {
      read_word(task, row, text);
    }
  }
}

// What the cell reader makes of it, now or before.
void PlainColumn::read_word(const Task& task, std::size_t row, std::string_view text) {
  const std::uint32_t known = known_.find(text);
  if (known != TextTable::kNone) return put(task, row, known_cells_[known]);
  Cell cell;
  if (!read_anew(text, cell)) {
    task.handed[row] = 1;
    task.out.set_state(row, CellState::Missing);
    return;
  }
  put(task, row, cell);
  if (known_.add(text, static_cast<std::uint32_t>(known_cells_.size()))) {
    known_cells_.push_back(std::move(cell));
  }
}

// `12`, `-3.50`; of a ratio also `85%`. False: it is for the cell reader.
bool PlainColumn::read_number(std::string_view text, Cell& cell) const {
  const auto& format = column_.number;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) {
    if (format.non_negative) return false;
    text.remove_prefix(1);
  }
  const Digits whole = take_digits(text, 0);
  if (whole.count == 0) return false;
  cell.num = whole.number;
  std::size_t decimals = 0;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    if (whole.count + text.size() > kDigitsMax) return false;
    const Digits part = take_digits(text, cell.num);
    if (part.count == 0) return false;
    cell.num = part.number;
    decimals = part.count;
  }
  if (text == "%" && format.kind == table::NumberKind::Ratio) {
    decimals += 2;
    text.remove_prefix(1);
  }
  if (!text.empty() || (decimals > 0 && format.integer_only)) return false;
  if (decimals > static_cast<std::size_t>(kScaleMax)) return false;
  if (negative) cell.num = -cell.num;
  cell.decimals = static_cast<std::uint8_t>(decimals);
  return is_inside(cell.num, decimals);
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

bool PlainColumn::read_anew(std::string_view text, Cell& cell) {
  const bool interns = column_.needed &&
                       (column_.type == ColumnType::Text || column_.type == ColumnType::Unit);
  std::unique_lock lock(shared_.mutex, std::defer_lock);
  if (interns) lock.lock();
  auto result = reader_.read(text);
  if (std::holds_alternative<CellFault>(result)) return false;
  cell.value = std::move(std::get<Value>(result));
  const bool names_unit = column_.type == ColumnType::Unit &&
                          !std::holds_alternative<value::NotApplicable>(cell.value);
  if (names_unit && column_.needed) {
    cell.value = value::Text{shared_.pool.intern(shared_.names.resolve(text))};
  }
  columns::Column one;  // of a block of one row
  one.type = column_.type;
  one.cells.resize(1);
  one.states.resize(1);
  columns::put(one, 0, cell.value);
  cell.state = one.states[0];
  cell.num = one.cells[0];
  cell.decimals = static_cast<std::uint8_t>(one.scale);
  return true;
}

void PlainColumn::put(const Task& task, std::size_t row, const Cell& cell) {
  if (cell.state != CellState::Plain) {
    task.out.set_state(row, cell.state);
    if (cell.state == CellState::Odd) {
      task.out.odd.emplace_back(static_cast<std::uint32_t>(row), cell.value);
    }
    return;
  }
  task.out.cells[row] = cell.num;
  decimals_[row] = cell.decimals;
  most_decimals_ = std::max(most_decimals_, cell.decimals);
}

// Gives all numbers of the block the column's scale, which grows if need be.
void PlainColumn::scale(const Task& task) {
  columns::Column& out = task.out;
  out.scale = std::max(out.scale, static_cast<int>(most_decimals_));
  if (out.scale == 0) return;
  const auto scale = static_cast<std::size_t>(out.scale);
  bool makes_odd = false;
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    const std::int64_t num = out.cells[row];
    std::int64_t& cell = out.cells[row];
    const bool overflows =
        __builtin_mul_overflow(num, kPowersOfTen[scale - decimals_[row]], &cell);
    if (overflows || cell == std::numeric_limits<std::int64_t>::min()) {
      make_odd(task, row, num);
      makes_odd = true;
    }
  }
  if (!makes_odd) return;
  std::sort(out.odd.begin(), out.odd.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
}

void PlainColumn::make_odd(const Task& task, std::size_t row, std::int64_t num) {
  task.out.set_state(row, CellState::Odd);
  task.out.odd.emplace_back(static_cast<std::uint32_t>(row),
                            Rational(num, kPowersOfTen[decimals_[row]]));
}

}  // namespace xize::io

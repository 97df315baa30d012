#include "runtime/io/plain_column.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "runtime/base/per_machine.h"
#include "runtime/columns/block_builder.h"
#include "runtime/io/name_match.h"
#include "runtime/io/short_cell.h"
#include "runtime/io/whole_numbers.h"

namespace xize::io {
namespace {

using columns::CellState;
using columns::kPowersOfTen;
using columns::kScaleMax;
using table::ColumnType;
using value::Rational;
using value::Value;

constexpr std::size_t kDigitsMax = 18;

XIZE_PER_MACHINE bool are_all(std::span<const std::uint8_t> bytes, std::uint8_t byte) {
  std::uint8_t different = 0;
  for (const std::uint8_t other : bytes) different |= other ^ byte;
  return different == 0;
}

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

PlainColumn::PlainColumn(const table::ColumnSchema& column, SharedReading& shared)
    : column_(column), shared_(shared), reader_(column, shared.pool), is_certain_(column) {
  const bool is_read = column.type == ColumnType::Number || column.type == ColumnType::Date;
  reads_plain_ = is_read && !column.number.step && !has_number_like_words(column);
  leaves_texts_ = column.type == ColumnType::Text && !column.needed;
  for (int decimals = 0; decimals <= kScaleMax; ++decimals) {
    ends_[static_cast<std::size_t>(decimals)] = {least_inside(column.range.low, decimals),
                                                 most_inside(column.range.high, decimals)};
  }
}

void PlainColumn::read(const CutRows& rows, std::uint32_t place, columns::Column& out,
                       RowFlags& handed) {
  const bool is_there = place != table::kNoColumn;
  const Task task{rows, rows.cells(is_there ? place : 0), out, handed};
  std::fill_n(out.states.begin(), rows.count, CellState::Plain);
  std::fill_n(decimals_.begin(), rows.count, std::uint8_t{0});
  others_.count = 0;
  if (!is_there) {
    static constexpr std::array<char, kShortCellSlack> kBlank{};
    for (std::size_t r = 0; r < rows.count; ++r) read_word(task, r, {kBlank.data(), 0});
  } else if (leaves_texts_) {
    read_unread_texts(task);
  } else if (!reads_plain_) {
    read_words(task);
  } else if (column_.type == ColumnType::Number) {
    read_numbers(task);
  } else {
    read_short_dates({task.texts, rows.count, ends_[0].low, ends_[0].high}, months_,
                     out.cells.data(), others_);
  }
  if (is_there) read_others(task);
  if (column_.type == ColumnType::Number) scale(task);
  if (out.scale == 0 && has_few_numbers()) {
    out.most = ends_[0].high;
  } else {
    const base::Range range = base::wide_range_of(std::span(out.cells).first(rows.count));
    out.least = range.least;
    out.most = range.most;
  }
}

// So few numbers may be plain that it does not matter which of them there are. What a blank cell
// stands for may lie outside the range.
bool PlainColumn::has_few_numbers() const {
  return reads_plain_ && column_.type == ColumnType::Number && !column_.default_value &&
         ends_[0].low >= 0 && ends_[0].high >= 0 && ends_[0].high <= 0xffff;
}

void PlainColumn::read_numbers(const Task& task) {
  if (has_decimals_) return read_decimals(task);
  read_whole_numbers({task.texts, task.rows.count, ends_[0].low, ends_[0].high},
                     task.out.cells.data(), others_);
  has_decimals_ = 4 * others_.count > task.rows.count;
}

void PlainColumn::read_decimals(const Task& task) {
  const CellTexts texts = task.texts;
  std::int64_t* const cells = task.out.cells.data();
  const unsigned decimals_max = column_.number.integer_only ? 0 : kShortNumberBytes;
  std::size_t whole = 0;
  for (std::size_t row = 0, count = task.rows.count; row < count; ++row) {
    const std::string_view text = texts[row];
    const auto found = read_short_number(text.data(), text.size());
    const ShortNumber number = found.value_or(ShortNumber());
    cells[row] = number.num;
    decimals_[row] = number.decimals;
    whole += number.decimals == 0 ? 1 : 0;
    others_.add_if(!found || number.decimals > decimals_max ||
                       !is_inside(number.num, number.decimals),
                   row);
  }
  has_decimals_ = 4 * whole < 3 * task.rows.count;
}

// First which text each cell is, then what that means: bytes that are written may be anything the
// search reads, for all that the compiler knows.
void PlainColumn::read_words(const Task& task) {
  const std::size_t count = task.rows.count;
  const bool are_known = known_.find_all(task.texts, count, numbers_.data());
  if (!are_known || knows_odd_) return read_some_words(task);
  std::int64_t* const cells = task.out.cells.data();
  const Cell* const known = known_cells_.data();
  for (std::size_t row = 0; row < count; ++row) cells[row] = known[numbers_[row]].num;
  if (knows_plain_) {
    std::fill_n(decimals_.begin(), count, known_decimals_);
    return;
  }
  CellState* const states = task.out.states.data();
  CellState most_state = CellState::Plain;
  for (std::size_t row = 0; row < count; ++row) {
    const Cell& cell = known[numbers_[row]];
    states[row] = cell.state;
    decimals_[row] = cell.decimals;
    most_state = std::max(most_state, cell.state);
  }
  task.out.most_state = std::max(task.out.most_state, most_state);
}

// Where not all are known.
void PlainColumn::read_some_words(const Task& task) {
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    const std::uint32_t number = numbers_[row];
    if (number == TextTable::kNone || known_cells_[number].state == CellState::Odd) {
      others_.add_if(true, row);
    } else {
      put(task, row, known_cells_[number]);
    }
  }
}

void PlainColumn::read_unread_texts(const Task& task) {
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    if (is_certain_(task.texts[row])) {
      put(task, row, {.state = CellState::Missing});
    } else {
      others_.add_if(true, row);
    }
  }
}

void PlainColumn::read_others(const Task& task) {
  const bool may_be_number = reads_plain_ && column_.type == ColumnType::Number;
  for (std::size_t i = 0; i < others_.count; ++i) {
    const std::size_t row = others_.rows[i];
    const std::string_view text = task.texts[row];
    const auto number = may_be_number ? read_number(text) : std::nullopt;
    if (number) {
      put(task, row, *number);
    } else {
      read_word(task, row, text);
    }
  }
}

// What the cell reader makes of it, now or before.
void PlainColumn::read_word(const Task& task, std::size_t row, std::string_view text) {
  const std::uint32_t known = known_.find(text);
  if (known == TextTable::kNone) return read_new_word(task, row, text);
  const Cell& cell = known_cells_[known];
  if (cell.state == CellState::Odd) {
    return put_odd(task, row, odd_cells_[static_cast<std::size_t>(cell.num)]);
  }
  put(task, row, cell);
}

void PlainColumn::read_new_word(const Task& task, std::size_t row, std::string_view text) {
  auto v = read_anew(text);
  if (!v) {
    task.handed[row] = 1;
    return put(task, row, {.state = CellState::Missing});
  }
  Cell cell = cell_of(*v);
  if (cell.state == CellState::Odd) {
    cell.num = static_cast<std::int64_t>(odd_cells_.size());
    put_odd(task, row, *v);
  } else {
    put(task, row, cell);
  }
  if (!known_.add(text, static_cast<std::uint32_t>(known_cells_.size()))) return;
  note(cell);
  if (cell.state == CellState::Odd) odd_cells_.push_back(std::move(*v));
}

// Known numbers are kept with the same decimals, as far as they fit, so that those of a block
// mostly have the same.
void PlainColumn::note(const Cell& cell) {
  const std::uint8_t decimals = std::max(known_decimals_, cell.decimals);
  const std::size_t begin = decimals == known_decimals_ ? known_cells_.size() : 0;
  known_decimals_ = decimals;
  known_cells_.push_back(cell);
  for (std::size_t i = begin; i < known_cells_.size(); ++i) {
    Cell& known = known_cells_[i];
    std::int64_t num = 0;
    const std::int64_t factor = kPowersOfTen[static_cast<std::size_t>(decimals - known.decimals)];
    if (known.state != CellState::Odd && !__builtin_mul_overflow(known.num, factor, &num)) {
      known.num = num;
      known.decimals = decimals;
    }
    const bool is_plain = known.state == CellState::Plain && known.decimals == decimals;
    knows_plain_ = knows_plain_ && is_plain;
    knows_odd_ = knows_odd_ || known.state == CellState::Odd;
  }
}

// `12`, `-3.50`; of a ratio also `85%`.
std::optional<PlainColumn::Cell> PlainColumn::read_number(std::string_view text) const {
  const auto& format = column_.number;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) {
    if (format.non_negative) return std::nullopt;
    text.remove_prefix(1);
  }
  const Digits whole = take_digits(text, 0);
  if (whole.count == 0) return std::nullopt;
  Cell cell{.num = whole.number};
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
  cell.decimals = static_cast<std::uint8_t>(decimals);
  if (!is_inside(cell.num, decimals)) return std::nullopt;
  return cell;
}

std::optional<Value> PlainColumn::read_anew(std::string_view text) {
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
  return v;
}

// What a block of one row makes of the value.
PlainColumn::Cell PlainColumn::cell_of(const Value& v) const {
  columns::Column column;
  column.type = column_.type;
  column.cells.resize(1);
  column.states.resize(1);
  columns::put(column, 0, v);
  return {column.cells[0], column.states[0], static_cast<std::uint8_t>(column.scale)};
}

void PlainColumn::put(const Task& task, std::size_t row, const Cell& cell) {
  task.out.cells[row] = cell.num;
  task.out.states[row] = cell.state;
  decimals_[row] = cell.decimals;
  task.out.most_state = std::max(task.out.most_state, cell.state);
}

void PlainColumn::put_odd(const Task& task, std::size_t row, Value v) {
  put(task, row, {.state = CellState::Odd});
  task.out.odd.emplace_back(static_cast<std::uint32_t>(row), std::move(v));
}

// Gives all numbers of the block the column's scale, which grows if need be.
void PlainColumn::scale(const Task& task) {
  columns::Column& out = task.out;
  const auto decimals_end = decimals_.begin() + static_cast<std::ptrdiff_t>(task.rows.count);
  std::uint8_t decimals_max = 0;  // not through a pointer: a byte might be any of its bytes
  for (auto at = decimals_.begin(); at != decimals_end; ++at) {
    decimals_max = std::max(decimals_max, *at);
  }
  out.scale = std::max(out.scale, int{decimals_max});
  const auto scale = static_cast<std::size_t>(out.scale);
  if (are_all(std::span(decimals_).first(task.rows.count), static_cast<std::uint8_t>(scale))) {
    return;
  }
  const auto [least, most] = base::wide_range_of(std::span(out.cells).first(task.rows.count));
  if (least == 0 && most <= std::numeric_limits<std::int64_t>::max() / kPowersOfTen[scale]) {
    for (std::size_t row = 0; row < task.rows.count; ++row) {
      out.cells[row] *= kPowersOfTen[scale - decimals_[row]];
    }
    return;
  }
  const std::size_t odd_before = out.odd.size();
  for (std::size_t row = 0; row < task.rows.count; ++row) {
    const std::int64_t num = out.cells[row];
    std::int64_t& cell = out.cells[row];
    const bool overflows =
        __builtin_mul_overflow(num, kPowersOfTen[scale - decimals_[row]], &cell);
    if (overflows || cell == std::numeric_limits<std::int64_t>::min()) {
      put_odd(task, row, Rational(num, kPowersOfTen[decimals_[row]]));
    }
  }
  if (out.odd.size() == odd_before) return;
  std::sort(out.odd.begin(), out.odd.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
}

}  // namespace xize::io

#include "runtime/io/plain_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "runtime/io/name_match.h"
#include "runtime/io/record_period.h"
#include "runtime/io/text_marks.h"

namespace xize::io {
namespace {

using columns::CellState;
using table::ColumnType;
using table::kNoColumn;
using value::Value;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr char kKeySeparator = '\x1f';

// Normalised already: ASCII without blanks at its ends.
bool is_normal(std::string_view text) {
  if (text.empty() || text.front() <= ' ' || text.back() <= ' ') return text.empty();
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

// Of a number, date or month; empty of anything else.
std::string plain_text(const Value& v) {
  if (const auto* number = std::get_if<value::Rational>(&v)) return number->to_string();
  if (const auto* date = std::get_if<value::Date>(&v)) return to_string(*date);
  if (const auto* month = std::get_if<value::Month>(&v)) return to_string(*month);
  return {};
}

}  // namespace

// One thread's readers, and the block it fills.
class PlainRows::Worker {
 public:
  // Construct under the shared mutex.
  explicit Worker(PlainRows& rows)
      : rows_(rows),
        table_(rows.table_),
        unit_reader_(rows.table_.columns[rows.table_.unit_column], rows.shared_.pool),
        block_(rows.table_, rows.target_.sink.wanted()),
        aside_(rows.table_.columns.size()) {
    cut_.width = rows.form_.header.column_of_cell.size();
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      columns_.push_back(std::make_unique<PlainColumn>(table_.columns[i], rows.shared_));
      if (block_.columns[i].wanted) continue;
      aside_[i].type = table_.columns[i].type;
      aside_[i].wanted = true;
      aside_[i].allocate();
    }
    for (std::size_t place = 0; place < cut_.width; ++place) {
      if (rows.form_.header_names[place].empty()) unnamed_.push_back(place);
    }
  }

  void read(PlainPiece& piece) {
    piece_ = &piece;
    find_marks(piece.text, rows_.form_.delimiter, marks_);
    cut_.text = piece.text.data();
    cut_.ends = marks_.ends.data();
    // Damaged bytes are the row reader's business wherever they stand.
    damage_ = piece.text.find(kReplacement);
    for (std::size_t line = 0; line < marks_.row_count;) {
      line = cut_lines(line);
      if (cut_.count > 0) read_block();
    }
    std::sort(piece.handed.begin(), piece.handed.end(),
              [](const HandedLine& a, const HandedLine& b) { return a.begin < b.begin; });
  }

 private:
  // Takes lines from this one on, as many as a block holds; gives the one behind them. Blank lines
  // are no rows; those that do not have the header's cells are for the row reader.
  std::size_t cut_lines(std::size_t line) {
    cut_.count = 0;
    // A whole row of three cells has more bytes than a blank line.
    const bool may_be_blank = cut_.width < 3;
    for (; line < marks_.row_count && cut_.count < columns::kBlockRows; ++line) {
      const std::uint32_t before = marks_.last_cells[line];
      const bool is_whole = marks_.last_cells[line + 1] - before == cut_.width;
      if ((!is_whole || may_be_blank) && is_blank(line)) continue;
      if (!is_whole || (damage_ != std::string_view::npos && is_damaged(line))) {
        hand(line);
        continue;
      }
      lines_[cut_.count] = static_cast<std::uint32_t>(line);
      cut_.first_cells[cut_.count++] = before + 1;
    }
    return line;
  }

  [[nodiscard]] std::size_t begin_of(std::size_t line) const {
    return marks_.ends[marks_.last_cells[line]] + 1;
  }
  [[nodiscard]] std::size_t end_of(std::size_t line) const { return begin_of(line + 1); }
  [[nodiscard]] bool is_blank(std::size_t line) const {
    const std::size_t bytes = end_of(line) - begin_of(line);
    return bytes == 1 || (bytes == 2 && piece_->text[begin_of(line)] == '\r');
  }
  bool is_damaged(std::size_t line) {
    const std::size_t end = end_of(line);
    if (damage_ >= end) return false;
    damage_ = piece_->text.find(kReplacement, end);
    return true;
  }
  void hand(std::size_t line) {
    piece_->handed.push_back({begin_of(line), end_of(line), piece_->first_line + line});
  }

  void read_block() {
    std::fill_n(handed_.begin(), cut_.count, std::uint8_t{0});
    read_units();
    for (std::uint32_t i = 0; i < columns_.size(); ++i) {
      // The unit was read, unless somebody wants its text.
      if (i == table_.unit_column && !block_.columns[i].wanted) continue;
      columns_[i]->read(cut_, place_of(i), column(i), handed_);
    }
    for (const std::size_t place : unnamed_) {
      const CellTexts texts = cut_.cells(place);
      for (std::size_t r = 0; r < cut_.count; ++r) {
        if (!texts[r].empty()) handed_[r] = 1;
      }
    }
    choose_rows();
    take_rows();
  }

  void read_units() {
    const CellTexts texts = cut_.cells(place_of(table_.unit_column));
    std::uint32_t* const units = block_.units.data();
    units_.find_all(texts, cut_.count, units);
    for (std::size_t r = 0, count = cut_.count; r < count; ++r) {
      if (units[r] != TextTable::kNone) continue;
      units[r] = units_.find(texts[r]);  // perhaps another row of the block named it first
      if (units[r] == TextTable::kNone) units[r] = find_unit(texts[r]);
      handed_[r] = units[r] == TextTable::kNone ? 1 : 0;
    }
  }

  // kNone: it names no unit.
  std::uint32_t find_unit(std::string_view text) {
    const auto result = unit_reader_.read(text);
    const auto* named = std::get_if<Value>(&result);
    if (named == nullptr || std::holds_alternative<value::NotApplicable>(*named) ||
        trim(text).empty()) {
      return TextTable::kNone;
    }
    const auto unit = rows_.target_.units.find_unit(rows_.shared_.names.resolve(text));
    if (!unit) return TextTable::kNone;
    units_.add(text, *unit);
    return *unit;
  }

  // Which rows go on in the block: those that are not handed to the row reader, nor late.
  void choose_rows() {
    kept_.clear();
    const PlainTarget& target = rows_.target_;
    const auto fixed = fixed_period({target.unit_schema, table_.period_column, target.period});
    if (fixed && takes_all_rows()) {
      std::fill_n(block_.periods.begin(), cut_.count, *fixed);
      piece_->rows += cut_.count;
      return;
    }
    for (std::uint32_t r = 0; r < cut_.count; ++r) {
      if (handed_[r] != 0) {
        hand(lines_[r]);
        continue;
      }
      const bool late = is_late(r);
      const auto period = late ? 0u : fixed ? fixed : find_period(r);
      if (!period) {
        hand(lines_[r]);
        continue;
      }
      block_.periods[r] = *period;
      ++piece_->rows;
      piece_->late_rows += late ? 1 : 0;
      if (!table_.keys.empty()) {
        note_keys(r, {block_.units[r], *period, piece_->first_line + lines_[r], late});
      }
      if (!late) kept_.push_back(r);
    }
  }

  // The plainest case: nobody needs to look at each row.
  [[nodiscard]] bool takes_all_rows() {
    const auto end = handed_.begin() + static_cast<std::ptrdiff_t>(cut_.count);
    if (table_.cutoff || !table_.keys.empty()) return false;
    if (std::find(handed_.begin(), end, 1) != end) return false;
    kept_.resize(cut_.count);
    std::iota(kept_.begin(), kept_.end(), 0u);
    return true;
  }

  void take_rows() {
    const std::uint64_t before = rows_.target_.first_line + piece_->first_line;
    for (std::size_t r = 0; r < kept_.size(); ++r) block_.lines[r] = before + lines_[kept_[r]];
    if (kept_.size() < cut_.count) {
      for (std::size_t r = 0; r < kept_.size(); ++r) {
        block_.units[r] = block_.units[kept_[r]];
        block_.periods[r] = block_.periods[kept_[r]];
      }
      for (columns::Column& column : block_.columns) {
        if (column.wanted) column.keep(kept_);
      }
    }
    block_.size = kept_.size();
    if (block_.size > 0) give_block();
    block_.clear();
    for (columns::Column& column : aside_) column.clear();
  }

  void give_block() {
    left_.clear();
    rows_.target_.sink.take(block_, left_);
    for (const std::uint32_t row : left_) {
      LeftRow& left = piece_->left.emplace_back();
      const table::RowView view = block_.row_view(row, left.cells);
      left.unit = view.unit;
      left.period = view.period;
      left.line = view.line - rows_.target_.first_line;
    }
  }

  [[nodiscard]] std::uint32_t place_of(std::uint32_t column) const {
    return rows_.form_.header.cell_of_column[column];
  }
  [[nodiscard]] columns::Column& column(std::uint32_t i) {
    return block_.columns[i].wanted ? block_.columns[i] : aside_[i];
  }

  [[nodiscard]] bool is_late(std::size_t row) {
    if (!table_.cutoff || table_.cutoff_column == kNoColumn) return false;
    return is_after(column(table_.cutoff_column).value(row), *table_.cutoff);
  }

  std::optional<std::uint32_t> find_period(std::size_t row) {
    const PlainTarget& target = rows_.target_;
    const Value cell = column(table_.period_column).value(row);
    if (!period_ || cell != period_cell_) {
      period_cell_ = cell;
      period_ = period_of({target.unit_schema, table_.period_column, target.period}, target.units,
                          cell);
    }
    if (!*period_ || !target.units.find_row(block_.units[row], **period_)) return std::nullopt;
    return **period_;
  }

  void note_keys(std::size_t row, const KeyedRow& keyed) {
    piece_->keyed.push_back(keyed);
    for (const auto& columns : table_.keys) {
      const bool whole = std::all_of(columns.begin(), columns.end(),
                                     [&](std::uint32_t c) { return place_of(c) != kNoColumn; });
      const std::size_t begin = piece_->key_bytes.size();
      for (std::size_t i = 0; whole && i < columns.size(); ++i) {
        if (piece_->key_bytes.size() > begin) piece_->key_bytes.push_back(kKeySeparator);
        add_key_part(row, columns[i]);
      }
      piece_->key_ends.push_back(piece_->key_bytes.size());
    }
  }

  // As RowReader::key_part.
  void add_key_part(std::size_t row, std::uint32_t i) {
    const std::string_view text = cut_.cells(place_of(i))[row];
    std::string& to = piece_->key_bytes;
    const ColumnType type = table_.columns[i].type;
    if (type == ColumnType::Number || type == ColumnType::Date || type == ColumnType::Month) {
      const std::string number = plain_text(column(i).value(row));
      to += number;
      if (!number.empty()) return;
    }
    if (type == ColumnType::Unit) {
      to += i == table_.unit_column ? rows_.target_.units.unit_name(block_.units[row])
                                    : rows_.shared_.names.resolve(text);
    } else if (is_normal(text)) {
      to += text;
    } else {
      to += normalize(text);
    }
  }

  PlainRows& rows_;
  const table::TableSchema& table_;
  CellReader unit_reader_;
  TextTable units_;
  std::vector<std::unique_ptr<PlainColumn>> columns_;
  std::vector<std::size_t> unnamed_;  // places without a name in the header
  columns::Block block_;
  std::vector<columns::Column> aside_;  // of columns that nobody wants
  PlainPiece* piece_ = nullptr;
  TextMarks marks_;
  std::size_t damage_ = 0;  // where the next damage stands
  CutRows cut_;
  std::array<std::uint32_t, columns::kBlockRows> lines_{};  // of the cut rows, in the piece
  RowFlags handed_{};
  std::vector<std::uint32_t> kept_;
  std::vector<std::uint32_t> left_;

  // The period that was found last, and by which cell.
  Value period_cell_;
  std::optional<std::optional<std::uint32_t>> period_;
};

PlainRows::PlainRows(const FileForm& form, const CsvContext& context, const PlainTarget& target)
    : form_(form),
      table_(context.table),
      target_(target),
      shared_{.mutex = {}, .pool = context.pool, .names = context.names} {
  for (std::uint32_t column = 0; column < table_.columns.size(); ++column) {
    const bool absent = form.header.cell_of_column[column] == kNoColumn;
    const auto blank = CellReader(table_.columns[column], context.pool).read({});
    const bool blank_is_wrong = std::holds_alternative<CellFault>(blank);
    if (form.header.in_error[column] || (absent && blank_is_wrong)) possible_ = false;
  }
}

PlainRows::~PlainRows() = default;

void PlainRows::read(PlainPiece& piece) {
  auto& worker = workers_.local();
  if (!worker) {
    const std::lock_guard lock(shared_.mutex);
    worker = std::make_unique<Worker>(*this);
  }
  worker->read(piece);
}

}  // namespace xize::io

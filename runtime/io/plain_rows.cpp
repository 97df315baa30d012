#include "runtime/io/plain_rows.h"

#include <algorithm>
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
        cells_(rows.table_.columns.size()),
        texts_(rows.form_.header.column_of_cell.size()) {
    for (const auto& column : table_.columns) {
      columns_.push_back(std::make_unique<PlainColumn>(column, rows.shared_));
    }
  }

  void read(PlainPiece& piece) {
    piece_ = &piece;
    const std::string_view text = piece.text;
    // Damaged bytes are the row reader's business wherever they stand.
    std::size_t damage = text.find(kReplacement);
    marks_.clear();
    find_marks(text, rows_.form_.delimiter, marks_);
    std::size_t mark = 0;
    std::uint64_t line = piece.first_line;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
      const std::size_t end = cut(text, begin, mark);
      const bool blank = cell_count_ == 1 && texts_[0].empty();
      const bool damaged = damage < end;
      if (damaged) damage = text.find(kReplacement, end);
      if (!blank && (damaged || cell_count_ != texts_.size() || !read_row(line))) {
        piece.handed.push_back({begin, end, line});
      }
      begin = end;
    }
    flush();
  }

 private:
  // The cells of the line that begins at `begin`; gives where the next one begins. Cells beyond
  // those of the header are only counted.
  std::size_t cut(std::string_view text, std::size_t begin, std::size_t& mark) {
    cell_count_ = 0;
    for (;;) {
      const std::size_t end = marks_[mark++];  // every piece ends with LF
      const bool last = text[end] == '\n';
      const std::size_t cr = last && end > begin && text[end - 1] == '\r' ? 1 : 0;
      if (cell_count_ < texts_.size()) texts_[cell_count_] = text.substr(begin, end - cr - begin);
      ++cell_count_;
      begin = end + 1;
      if (last) return begin;
    }
  }

  // False: the row is for the row reader, and nothing of it has been kept.
  bool read_row(std::uint64_t line) {
    const std::size_t at = block_.size;
    const auto unit = find_unit();
    if (!unit || !read_cells(at)) return drop(at);
    const bool late = is_late();
    std::uint32_t period = 0;
    if (!late) {
      const auto found = find_period(*unit);
      if (!found) return drop(at);
      period = *found;
    }
    ++piece_->rows;
    piece_->late_rows += late ? 1 : 0;
    if (!table_.keys.empty()) note_keys({*unit, period, line, late});
    if (late) {
      drop(at);
      return true;
    }
    block_.units[at] = *unit;
    block_.periods[at] = period;
    block_.lines[at] = rows_.target_.first_line + line;
    if (++block_.size == columns::kBlockRows) flush();
    return true;
  }

  bool drop(std::size_t at) {
    for (columns::Column& column : block_.columns) {
      if (!column.odd.empty() && column.odd.back().first == at) column.odd.pop_back();
    }
    return false;
  }

  std::optional<std::uint32_t> find_unit() {
    const std::string_view text = texts_[place_of(table_.unit_column)];
    if (const auto* known = units_.find(text)) {
      return static_cast<std::uint32_t>(known->cell.num);
    }
    const auto result = unit_reader_.read(text);
    const auto* named = std::get_if<Value>(&result);
    if (named == nullptr || std::holds_alternative<value::NotApplicable>(*named) ||
        trim(text).empty()) {
      return std::nullopt;
    }
    const auto unit = rows_.target_.units.find_unit(rows_.shared_.names.resolve(text));
    if (unit) units_.add(text, value::Rational(std::int64_t{*unit}), ColumnType::Number);
    return unit;
  }

  bool read_cells(std::size_t at) {
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      if (rows_.form_.header_names[i].empty() && !texts_[i].empty()) return false;
    }
    for (std::uint32_t column = 0; column < cells_.size(); ++column) {
      const std::uint32_t place = place_of(column);
      const auto cell =
          columns_[column]->read(place == kNoColumn ? std::string_view() : texts_[place]);
      if (!cell) return false;
      cells_[column] = *cell;
      if (block_.columns[column].wanted) put(block_.columns[column], at, *cell);
    }
    return true;
  }

  [[nodiscard]] std::uint32_t place_of(std::uint32_t column) const {
    return rows_.form_.header.cell_of_column[column];
  }
  [[nodiscard]] Value cell_value(std::uint32_t column) const {
    return value_of(cells_[column], table_.columns[column].type);
  }

  [[nodiscard]] bool is_late() const {
    if (!table_.cutoff || table_.cutoff_column == kNoColumn) return false;
    return is_after(cell_value(table_.cutoff_column), *table_.cutoff);
  }

  std::optional<std::uint32_t> find_period(std::uint32_t unit) {
    const PlainTarget& target = rows_.target_;
    const PeriodColumns where{target.unit_schema, table_.period_column, target.period};
    if (const auto fixed = fixed_period(where)) return *fixed;
    const Value cell = cell_value(table_.period_column);
    if (!period_ || cell != period_cell_) {
      period_cell_ = cell;
      period_ = period_of(where, target.units, cell);
    }
    if (!*period_ || !target.units.find_row(unit, **period_)) return std::nullopt;
    return **period_;
  }

  void note_keys(const KeyedRow& row) {
    piece_->keyed.push_back(row);
    for (const auto& columns : table_.keys) {
      const bool whole = std::all_of(columns.begin(), columns.end(),
                                     [&](std::uint32_t c) { return place_of(c) != kNoColumn; });
      const std::size_t begin = piece_->key_bytes.size();
      for (std::size_t i = 0; whole && i < columns.size(); ++i) {
        if (piece_->key_bytes.size() > begin) piece_->key_bytes.push_back(kKeySeparator);
        add_key_part(columns[i], row.unit);
      }
      piece_->key_ends.push_back(piece_->key_bytes.size());
    }
  }

  // As RowReader::key_part.
  void add_key_part(std::uint32_t column, std::uint32_t unit) {
    const std::string_view text = texts_[place_of(column)];
    std::string& to = piece_->key_bytes;
    const ColumnType type = table_.columns[column].type;
    if (cells_[column].state == CellState::Plain || cells_[column].state == CellState::Odd) {
      if (type == ColumnType::Number || type == ColumnType::Date || type == ColumnType::Month) {
        const Value v = cell_value(column);
        if (const auto* number = std::get_if<value::Rational>(&v)) to += number->to_string();
        if (const auto* date = std::get_if<value::Date>(&v)) to += to_string(*date);
        if (const auto* month = std::get_if<value::Month>(&v)) to += to_string(*month);
        return;
      }
    }
    if (type == ColumnType::Unit) {
      to += column == table_.unit_column ? rows_.target_.units.unit_name(unit)
                                         : rows_.shared_.names.resolve(text);
    } else if (is_normal(text)) {
      to += text;
    } else {
      to += normalize(text);
    }
  }

  void flush() {
    if (block_.size == 0) return;
    left_.clear();
    rows_.target_.sink.take(block_, left_);
    for (const std::uint32_t row : left_) {
      LeftRow& left = piece_->left.emplace_back();
      const table::RowView view = block_.row_view(row, left.cells);
      left.unit = view.unit;
      left.period = view.period;
      left.line = view.line - rows_.target_.first_line;
    }
    block_.clear();
  }

  PlainRows& rows_;
  const table::TableSchema& table_;
  CellReader unit_reader_;
  TextTable units_;
  std::vector<std::unique_ptr<PlainColumn>> columns_;
  columns::Block block_;
  PlainPiece* piece_ = nullptr;
  std::vector<std::uint32_t> marks_;
  std::vector<std::uint32_t> left_;

  // Of the row at hand.
  std::vector<PlainCell> cells_;        // by column
  std::vector<std::string_view> texts_;  // by cell
  std::size_t cell_count_ = 0;

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

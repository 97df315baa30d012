#include "runtime/io/plain_records.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "runtime/io/key_set.h"
#include "runtime/io/name_match.h"
#include "runtime/io/plain_lines.h"
#include "runtime/io/record_period.h"
#include "runtime/io/text_table.h"

namespace xize::io {
namespace {

using table::ColumnType;
using table::kNoColumn;
using value::Value;

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
class PlainRecords::Reader final : public PlainRows::Worker {
 public:
  explicit Reader(PlainRecords& rows)
      : target_(rows.target_),
        table_(rows.table()),
        names_(rows.shared().names),
        lines_(rows.form(), rows.table(), rows.shared()),
        unit_reader_(table_.columns[table_.unit_column], rows.shared().pool),
        block_(table_, target_.sink.wanted()),
        aside_(table_.columns.size()) {
    for (std::size_t i = 0; i < aside_.size(); ++i) {
      if (block_.columns[i].wanted) continue;
      aside_[i].type = table_.columns[i].type;
      aside_[i].wanted = true;
      aside_[i].allocate();
    }
  }

  void read(PlainPiece& piece) override {
    piece_ = &piece;
    lines_.begin(piece);
    while (lines_.next()) read_block();
  }

 private:
  void read_block() {
    read_units();
    for (std::uint32_t i = 0; i < aside_.size(); ++i) {
      // The unit was read, unless somebody wants its text.
      if (i == table_.unit_column && !block_.columns[i].wanted) continue;
      lines_.read(i, column(i));
    }
    lines_.check_unnamed();
    choose_rows();
    take_rows();
  }

  void read_units() {
    const CellTexts texts = lines_.cells(table_.unit_column);
    RowFlags& handed = lines_.handed();
    std::uint32_t* const units = block_.units.data();
    units_.find_all(texts, lines_.count(), units);
    for (std::size_t r = 0, count = lines_.count(); r < count; ++r) {
      if (units[r] != TextTable::kNone) continue;
      units[r] = units_.find(texts[r]);  // perhaps another row of the block named it first
      if (units[r] == TextTable::kNone) units[r] = find_unit(texts[r]);
      handed[r] = units[r] == TextTable::kNone ? 1 : 0;
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
    const auto unit = target_.units.find_unit(names_.resolve(text));
    if (!unit) return TextTable::kNone;
    units_.add(text, *unit);
    return *unit;
  }

  // Which rows go on in the block: those that are not handed to the row reader, nor late.
  void choose_rows() {
    kept_.clear();
    const RowFlags& handed = lines_.handed();
    const auto fixed = fixed_period(period_columns());
    if (fixed && takes_all_rows()) {
      std::fill_n(block_.periods.begin(), lines_.count(), *fixed);
      piece_->rows += lines_.count();
      return;
    }
    for (std::uint32_t r = 0, count = static_cast<std::uint32_t>(lines_.count()); r < count; ++r) {
      if (handed[r] != 0) {
        lines_.hand_row(r);
        continue;
      }
      const bool late = is_late(r);
      const auto period = late ? 0u : fixed ? fixed : find_period(r);
      if (!period) {
        lines_.hand_row(r);
        continue;
      }
      block_.periods[r] = *period;
      ++piece_->rows;
      piece_->late_rows += late ? 1 : 0;
      if (!table_.keys.empty()) {
        note_keys(r, {block_.units[r], *period, lines_.line(r), late});
      }
      if (!late) kept_.push_back(r);
    }
  }

  // The plainest case: nobody needs to look at each row.
  [[nodiscard]] bool takes_all_rows() {
    if (table_.cutoff || !table_.keys.empty() || lines_.hands_some()) return false;
    kept_.resize(lines_.count());
    std::iota(kept_.begin(), kept_.end(), 0u);
    return true;
  }

  void take_rows() {
    for (std::size_t r = 0; r < kept_.size(); ++r) {
      block_.lines[r] = target_.first_line + lines_.line(kept_[r]);
    }
    if (kept_.size() < lines_.count()) {
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
    target_.sink.take(block_, left_);
    for (const std::uint32_t row : left_) {
      LeftRow& left = piece_->left.emplace_back();
      const table::RowView view = block_.row_view(row, left.cells);
      left.unit = view.unit;
      left.period = view.period;
      left.line = view.line - target_.first_line;
    }
  }

  [[nodiscard]] PeriodColumns period_columns() const {
    return {target_.unit_schema, table_.period_column, target_.period};
  }
  [[nodiscard]] columns::Column& column(std::uint32_t i) {
    return block_.columns[i].wanted ? block_.columns[i] : aside_[i];
  }

  [[nodiscard]] bool is_late(std::size_t row) {
    if (!table_.cutoff || table_.cutoff_column == kNoColumn) return false;
    return is_after(column(table_.cutoff_column).value(row), *table_.cutoff);
  }

  std::optional<std::uint32_t> find_period(std::size_t row) {
    const Value cell = column(table_.period_column).value(row);
    if (!period_ || cell != period_cell_) {
      period_cell_ = cell;
      period_ = period_of(period_columns(), target_.units, cell);
    }
    if (!*period_ || !target_.units.find_row(block_.units[row], **period_)) return std::nullopt;
    return **period_;
  }

  void note_keys(std::size_t row, const KeyedRow& keyed) {
    piece_->keyed.push_back(keyed);
    for (const auto& columns : table_.keys) {
      const bool whole = std::all_of(columns.begin(), columns.end(), [&](std::uint32_t c) {
        return lines_.place_of(c) != kNoColumn;
      });
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
    const std::string_view text = lines_.cells(i)[row];
    std::string& to = piece_->key_bytes;
    const ColumnType type = table_.columns[i].type;
    if (type == ColumnType::Number || type == ColumnType::Date || type == ColumnType::Month) {
      const std::string number = plain_text(column(i).value(row));
      to += number;
      if (!number.empty()) return;
    }
    if (type == ColumnType::Unit) {
      to += i == table_.unit_column ? target_.units.unit_name(block_.units[row])
                                    : names_.resolve(text);
    } else if (is_normal(text)) {
      to += text;
    } else {
      to += normalize(text);
    }
  }

  const PlainTarget& target_;
  const table::TableSchema& table_;
  const UnitNames& names_;
  PlainLines lines_;
  CellReader unit_reader_;
  TextTable units_;
  columns::Block block_;
  std::vector<columns::Column> aside_;  // of columns that nobody wants
  PlainPiece* piece_ = nullptr;
  std::vector<std::uint32_t> kept_;
  std::vector<std::uint32_t> left_;

  // The period that was found last, and by which cell.
  Value period_cell_;
  std::optional<std::optional<std::uint32_t>> period_;
};

PlainRecords::PlainRecords(const FileForm& form, const CsvContext& context,
                           const PlainTarget& target)
    : PlainRows(form, context), target_(target) {}

std::unique_ptr<PlainRows::Worker> PlainRecords::make_worker() {
  return std::make_unique<Reader>(*this);
}

}  // namespace xize::io

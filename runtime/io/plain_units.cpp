#include "runtime/io/plain_units.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/io/name_match.h"
#include "runtime/io/plain_lines.h"

namespace xize::io {

using columns::CellState;
using table::kNoColumn;

std::vector<bool> columns_to_read(const table::TableSchema& table) {
  std::vector<bool> read(table.columns.size(), true);
  read[table.unit_column] = false;
  return read;
}

// One thread's readers.
class PlainUnits::Reader final : public PlainRows::Worker {
 public:
  explicit Reader(PlainUnits& rows)
      : table_(rows.table()),
        free_(rows.free_),
        names_(rows.shared().names),
        lines_(rows.form(), rows.table(), rows.shared()),
        unit_reader_(unit_column(), rows.shared().pool),
        is_certain_(unit_column()),
        rows_(table_, columns_to_read(table_)) {}

  void read(PlainPiece& piece) override {
    lines_.begin(piece);
    while (lines_.next()) {
      NamedRows& named = *piece.named.emplace_back(free_.take(std::make_unique<NamedRows>));
      rows_.clear();
      read_names(named.names);
      read_columns();
      lines_.check_unnamed();
      choose_rows(named.names.texts);
      named.rows.pack(rows_);
      piece.rows += rows_.size;
    }
  }

 private:
  [[nodiscard]] const table::ColumnSchema& unit_column() const {
    return table_.columns[table_.unit_column];
  }

  void read_names(CellNames& names) {
    const CellTexts texts = lines_.cells(table_.unit_column);
    names.texts.assign(lines_.count(), [&](std::size_t r) { return texts[r]; });
    names.are_plain = names_.are_plain(names.texts);
    names.ascend = names.texts.ascends();
    for (std::size_t r = 0; r < lines_.count(); ++r) {
      const std::string_view text = names.texts[r];
      const bool is_certain = names.are_plain ? is_certain_.is_folded_one(text) : is_certain_(text);
      if (!is_certain && !is_name(text)) lines_.handed()[r] = 1;
    }
  }

  [[nodiscard]] bool is_name(std::string_view text) {
    if (trim(text).empty()) return false;
    const auto result = unit_reader_.read(text);
    const auto* named = std::get_if<value::Value>(&result);
    return named != nullptr && !std::holds_alternative<value::NotApplicable>(*named);
  }

  void read_columns() {
    for (std::uint32_t i = 0; i < rows_.columns.size(); ++i) {
      if (i != table_.unit_column) lines_.read(i, rows_.columns[i]);
    }
    if (table_.period_column == kNoColumn) return;
    // What is no period is for the row reader.
    const columns::Column& periods = rows_.columns[table_.period_column];
    for (std::size_t r = 0; r < lines_.count(); ++r) {
      if (periods.states[r] != CellState::Plain) lines_.handed()[r] = 1;
    }
  }

  void choose_rows(table::NameList& names) {
    rows_.size = lines_.count();
    for (std::size_t r = 0; r < rows_.size; ++r) rows_.lines[r] = lines_.line(r);
    if (lines_.hands_some()) keep_rows(names);
  }

  void keep_rows(table::NameList& names) {
    kept_.clear();
    kept_names_.clear();
    for (std::uint32_t r = 0; r < rows_.size; ++r) {
      if (lines_.handed()[r] != 0) {
        lines_.hand_row(r);
        continue;
      }
      kept_names_.push_back(names[r]);
      rows_.lines[kept_.size()] = rows_.lines[r];
      kept_.push_back(r);
    }
    for (columns::Column& column : rows_.columns) {
      if (column.wanted) column.keep(kept_);
    }
    rows_.size = kept_.size();
    std::swap(names, kept_names_);
  }

  const table::TableSchema& table_;
  base::Pool<NamedRows>& free_;
  const UnitNames& names_;
  PlainLines lines_;
  CellReader unit_reader_;
  CertainText is_certain_;
  columns::Block rows_;
  std::vector<std::uint32_t> kept_;
  table::NameList kept_names_;
};

bool PlainUnits::possible() const {
  for (std::uint32_t i = 0; i < table().columns.size(); ++i) {
    const table::ColumnSchema& column = table().columns[i];
    const bool names_units = column.type == table::ColumnType::Unit && column.needed;
    if (names_units && i != table().unit_column) return false;
  }
  return PlainRows::possible() && table().keys.empty();
}

std::unique_ptr<PlainRows::Worker> PlainUnits::make_worker() {
  return std::make_unique<Reader>(*this);
}

}  // namespace xize::io

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
        wanted_(columns_to_read(table_)) {}

  void read(PlainPiece& piece) override {
    lines_.begin(piece);
    while (lines_.next()) {
      NamedRows& named = next_of(piece);
      read_names(named);
      read_columns(named.rows);
      lines_.check_unnamed();
      choose_rows(named);
      piece.rows += named.rows.size;
    }
  }

 private:
  [[nodiscard]] const table::ColumnSchema& unit_column() const {
    return table_.columns[table_.unit_column];
  }

  NamedRows& next_of(PlainPiece& piece) {
    const auto make = [&] { return std::make_unique<NamedRows>(NamedRows{{table_, wanted_}, {}}); };
    NamedRows& named = *piece.named.emplace_back(free_.take(make));
    named.rows.clear();
    return named;
  }

  void read_names(NamedRows& named) {
    const CellTexts texts = lines_.cells(table_.unit_column);
    named.names.resize(lines_.count());
    named.names_are_plain = true;
    for (std::size_t r = 0; r < named.names.size(); ++r) {
      const std::string_view text = texts[r];
      named.names[r] = text;
      const bool is_plain = names_.is_plain(text);
      named.names_are_plain = named.names_are_plain && is_plain;
      const bool is_certain = is_plain ? is_certain_.is_folded_one(text) : is_certain_(text);
      if (!is_certain && !is_name(text)) lines_.handed()[r] = 1;
    }
  }

  [[nodiscard]] bool is_name(std::string_view text) {
    if (trim(text).empty()) return false;
    const auto result = unit_reader_.read(text);
    const auto* named = std::get_if<value::Value>(&result);
    return named != nullptr && !std::holds_alternative<value::NotApplicable>(*named);
  }

  void read_columns(columns::Block& rows) {
    for (std::uint32_t i = 0; i < rows.columns.size(); ++i) {
      if (i != table_.unit_column) lines_.read(i, rows.columns[i]);
    }
    if (table_.period_column == kNoColumn) return;
    // What is no period is for the row reader.
    const columns::Column& periods = rows.columns[table_.period_column];
    for (std::size_t r = 0; r < lines_.count(); ++r) {
      if (periods.states[r] != CellState::Plain) lines_.handed()[r] = 1;
    }
  }

  void choose_rows(NamedRows& named) {
    named.rows.size = named.names.size();
    for (std::size_t r = 0; r < named.rows.size; ++r) named.rows.lines[r] = lines_.line(r);
    if (lines_.hands_some()) keep_rows(named);
  }

  void keep_rows(NamedRows& named) {
    kept_.clear();
    for (std::uint32_t r = 0; r < named.rows.size; ++r) {
      if (lines_.handed()[r] != 0) {
        lines_.hand_row(r);
        continue;
      }
      named.names[kept_.size()] = named.names[r];
      named.rows.lines[kept_.size()] = named.rows.lines[r];
      kept_.push_back(r);
    }
    for (columns::Column& column : named.rows.columns) {
      if (column.wanted) column.keep(kept_);
    }
    named.rows.size = kept_.size();
    named.names.resize(kept_.size());
  }

  const table::TableSchema& table_;
  base::Pool<NamedRows>& free_;
  const UnitNames& names_;
  PlainLines lines_;
  CellReader unit_reader_;
  CertainText is_certain_;
  std::vector<bool> wanted_;
  std::vector<std::uint32_t> kept_;
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

#include "compiler/driver/listed_rows.h"

#include <algorithm>
#include <map>
#include <span>

#include "compiler/diagnostics/kinds/data.h"
#include "runtime/io/cell_text.h"

namespace xize::driver {
namespace {

void add_bytes(std::string& key, std::int64_t number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// Equal for equal cells, and never the head of another.
void add_cell(std::string& key, const value::Value& cell) {
  key += static_cast<char>(cell.index());
  if (const auto* text = std::get_if<value::Text>(&cell)) {
    add_bytes(key, text->id);
  } else if (const auto* month = std::get_if<value::Month>(&cell)) {
    add_bytes(key, month->months);
  } else if (const auto* date = std::get_if<value::Date>(&cell)) {
    add_bytes(key, date->days);
  } else {
    static const base::StringPool kNoTexts;  // they were taken care of
    const std::string shown = io::cell_text(cell, kNoTexts);
    add_bytes(key, static_cast<std::int64_t>(shown.size()));
    key += shown;
  }
}

void set_key(std::string& key, std::uint32_t unit, std::span<const value::Value> cells,
             const std::vector<std::uint32_t>& columns) {
  key.clear();
  add_bytes(key, unit);
  for (const std::uint32_t column : columns) add_cell(key, cells[column]);
}

}  // namespace

void ListedRows::watch(const ListKey& key, const table::Table& rows) {
  Watched watched{key, {}, {}};
  std::vector<value::Value> cells(rows.column_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Row listed{rows.line(row), rows.unit(row), {}};
    for (const std::uint32_t column : key.in_list) {
      listed.cells.push_back(cells[column] = rows.at(row, column));
    }
    set_key(watched.row_key, rows.unit(row), cells, key.in_list);
    watched.open.try_emplace(watched.row_key, std::move(listed));
  }
  watched_.push_back(std::move(watched));
}

bool ListedRows::watches(std::uint16_t table) const {
  return std::any_of(watched_.begin(), watched_.end(), [&](const Watched& one) {
    return one.key.from == table && !one.open.empty();
  });
}

void ListedRows::want(std::uint16_t table, std::vector<bool>& wanted) const {
  for (const Watched& one : watched_) {
    if (one.key.from != table) continue;
    for (const std::uint32_t column : one.key.in_from) wanted[column] = true;
  }
}

void ListedRows::note(std::uint16_t table, const table::RowView& row) {
  for (Watched& one : watched_) {
    if (one.key.from != table || one.open.empty()) continue;
    set_key(one.row_key, row.unit, row.cells, one.key.in_from);
    one.open.erase(one.row_key);
  }
}

void ListedRows::report(const io::DataSet& data, diagnostics::Sink& sink) const {
  for (const Watched& one : watched_) {
    std::map<std::uint64_t, std::string> missing;
    for (const auto& [key, row] : one.open) {
      std::string name(data.units.unit_name(row.unit));
      for (const value::Value& cell : row.cells) name += ' ' + io::cell_text(cell, *data.pool);
      missing.emplace(row.line, std::move(name));
    }
    for (const auto& [line, name] : missing) {
      const io::FileLine at = io::file_line(data.files, one.key.list, line);
      sink.report_at<diagnostics::kinds::ListedRowUnknown>(
          diagnostics::InData{at.path, at.line, 0, {}, {}}, name,
          data.schema->records[one.key.from].name);
    }
  }
}

void NotingRows::add(const table::RowView& row) {
  listed_.note(table_, row);
  if (sink_ != nullptr) sink_->add(row);
}

NotingBlocks::NotingBlocks(ListedRows& listed, std::uint16_t table, columns::BlockSink& sink)
    : listed_(listed), table_(table), sink_(sink), wanted_(sink.wanted()) {
  listed.want(table, wanted_);
}

void NotingBlocks::take(const columns::Block& block, std::vector<std::uint32_t>& left) {
  sink_.take(block, left);
  const std::lock_guard lock(noting_);
  if (!listed_.watches(table_)) return;
  std::vector<value::Value> cells;
  for (std::size_t row = 0; row < block.size; ++row) {
    listed_.note(table_, block.row_view(row, cells));
  }
}

void NotingBlocks::take_row(const table::RowView& row) {
  const std::lock_guard lock(noting_);
  listed_.note(table_, row);
  sink_.take_row(row);
}

}  // namespace xize::driver

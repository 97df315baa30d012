#include "compiler/driver/listed_rows.h"

#include <algorithm>
#include <map>
#include <span>

#include "compiler/diagnostics/kinds/data.h"
#include "runtime/io/cell_text.h"

namespace xize::driver {
namespace {

// Equal for equal cells; texts and months by their numbers, which is quick.
void add_cell(std::string& key, const value::Value& cell) {
  static const base::StringPool kNoTexts;  // they were taken care of
  key += ' ';
  if (const auto* text = std::get_if<value::Text>(&cell)) {
    key += std::to_string(text->id);
  } else if (const auto* month = std::get_if<value::Month>(&cell)) {
    key += std::to_string(month->months);
  } else {
    key += io::cell_text(cell, kNoTexts);
  }
}

std::string key_of(std::uint32_t unit, std::span<const value::Value> cells,
                   const std::vector<std::uint32_t>& columns) {
  std::string key = std::to_string(unit);
  for (const std::uint32_t column : columns) add_cell(key, cells[column]);
  return key;
}

}  // namespace

void ListedRows::watch(const ListKey& key, const table::Table& rows, const io::DataSet& data) {
  Watched watched{key, {}};
  std::vector<value::Value> cells(rows.column_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    std::string name = data.units.unit_name(rows.unit(row));
    for (const std::uint32_t column : key.in_list) {
      cells[column] = rows.at(row, column);
      name += ' ' + io::cell_text(cells[column], *data.pool);
    }
    watched.open.try_emplace(key_of(rows.unit(row), cells, key.in_list),
                             Row{rows.line(row), std::move(name)});
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
    one.open.erase(key_of(row.unit, row.cells, one.key.in_from));
  }
}

void ListedRows::report(const io::DataSet& data, diagnostics::Sink& sink) const {
  for (const Watched& one : watched_) {
    std::map<std::uint64_t, std::string> missing;
    for (const auto& [key, row] : one.open) missing.emplace(row.line, row.name);
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

#include "runtime/engine/engine.h"

#include <algorithm>

#include "runtime/columns/block_builder.h"

namespace xize::engine {

bool RecordSource::scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                               columns::BlockSink& sink) {
  columns::BlockBuilder builder(schema, sink);
  const bool complete = scan(table, builder);
  builder.finish();
  return complete;
}

bool TableSource::scan(std::uint16_t table, table::RowSink& sink) {
  if (table >= tables_.size()) return true;
  const table::Table& rows = tables_[table];
  std::vector<value::Value> cells(rows.column_count());
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = rows.at(r, c);
    sink.add({rows.unit(r), rows.period(r), rows.line(r), cells});
  }
  return true;
}

value::Value Outcome::value(program::OpId op, std::size_t row) const {
  const value::PackedValues& column = columns[op.index];
  if (!column.empty()) return column.at(column.size() == 1 ? 0 : row);
  const auto it = std::find(traced_rows.begin(), traced_rows.end(), row);
  return traces[static_cast<std::size_t>(it - traced_rows.begin())][op.index];
}

bool Outcome::has(program::OpId op, std::size_t row) const {
  if (!columns[op.index].empty()) return true;
  return std::find(traced_rows.begin(), traced_rows.end(), row) != traced_rows.end();
}

}  // namespace xize::engine

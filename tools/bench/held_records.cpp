#include "tools/bench/held_records.h"

#include <mutex>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>

namespace xize::bench {
namespace {

void add_rows(const table::Table& rows, const std::function<void(const table::RowView&)>& add) {
  std::vector<value::Value> cells(rows.column_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
      cells[column] = rows.at(row, column);
    }
    add({rows.unit(row), rows.period(row), rows.line(row), cells});
  }
}

}  // namespace

// Asks for the beginning of each column, so that it is there when its block is read.
void prefetch(const columns::Block& block) {
  for (const columns::Column& column : block.columns) {
    if (!column.wanted) continue;
    __builtin_prefetch(column.packed.data());
    if (!column.all_plain()) __builtin_prefetch(column.states.data());
  }
  __builtin_prefetch(block.units.data());
}

// Copies what the reader gives, of the columns that the engine wants.
class HeldRecords::Collector final : public columns::BlockSink {
 public:
  Collector(Held& held, const std::vector<bool>& wanted) : held_(held), wanted_(wanted) {}
  [[nodiscard]] const std::vector<bool>& wanted() const override { return wanted_; }
  void take(const columns::Block& block, std::vector<std::uint32_t>&) override {
    columns::Block kept;
    kept.pack(block);
    const std::lock_guard lock(mutex_);
    held_.blocks.push_back(std::move(kept));
  }
  void take_row(const table::RowView& row) override { held_.rows.add(row); }

 private:
  Held& held_;
  const std::vector<bool>& wanted_;
  std::mutex mutex_;
};

HeldRecords::HeldRecords(io::DataSet& data)
    : data_(data), blocks_(data.schema->records.size()), rows_(data.schema->records.size()) {}

bool HeldRecords::scan(std::uint16_t table, table::RowSink& sink) {
  if (!rows_[table]) rows_[table] = io::collect_records(data_, table);
  add_rows(*rows_[table], [&sink](const table::RowView& row) { sink.add(row); });
  return true;
}

bool HeldRecords::scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                              columns::BlockSink& sink) {
  if (!blocks_[table]) {
    blocks_[table] = Held{{}, table::Table(schema.columns.size())};
    Collector collector(*blocks_[table], sink.wanted());
    io::read_record_blocks(data_, table, collector);
  }
  const Held& held = *blocks_[table];
  std::mutex one_row;
  using Range = tbb::blocked_range<std::size_t>;
  tbb::parallel_for(Range(0, held.blocks.size(), 16), [&](const Range& range) {
    std::vector<std::uint32_t> left;
    std::vector<value::Value> cells;
    for (std::size_t i = range.begin(); i < range.end(); ++i) {
      left.clear();
      if (i + 1 < held.blocks.size()) prefetch(held.blocks[i + 1]);
      sink.take(held.blocks[i], left);
      const std::lock_guard lock(one_row);
      for (const auto row : left) sink.take_row(held.blocks[i].row_view(row, cells));
    }
  });
  add_rows(held.rows, [&sink](const table::RowView& row) { sink.take_row(row); });
  return true;
}

bool FileRecords::scan(std::uint16_t table, table::RowSink& sink) {
  io::read_records(data_, table, &sink);
  return true;
}

bool FileRecords::scan_blocks(std::uint16_t table, const table::TableSchema&,
                              columns::BlockSink& sink) {
  io::read_record_blocks(data_, table, sink);
  return true;
}

}  // namespace xize::bench

// table_builder: rows and blocks to a table, packed on all cores.
// In: rows in the order of the table, one by one or a block's at once. Out: the table.
// Memory: the packed table, and a few parts of kPartRows rows for each core.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include <oneapi/tbb/task_group.h>

#include "runtime/base/pool.h"
#include "runtime/columns/block.h"

namespace xize::columns {

// One table; `finish` ends it. Never waits for other threads before that.
class TableBuilder {
 public:
  // By column: `wanted`; a column that nobody wants is Missing in all rows.
  TableBuilder(const table::TableSchema& schema, std::vector<bool> wanted);
  ~TableBuilder() noexcept;
  TableBuilder(const TableBuilder&) = delete;
  TableBuilder& operator=(const TableBuilder&) = delete;
  TableBuilder(TableBuilder&&) = delete;
  TableBuilder& operator=(TableBuilder&&) = delete;

  void add(const table::RowView& row);
  // The rows [begin, end) of a block, which is written no more.
  void add(const std::shared_ptr<const Block>& rows, std::size_t begin, std::size_t end);
  [[nodiscard]] std::size_t row_count() const { return places_.lines.size(); }
  [[nodiscard]] std::uint32_t unit(std::size_t row) const { return places_.units[row]; }
  [[nodiscard]] std::uint64_t line(std::size_t row) const { return places_.lines[row]; }
  // Cells for a column that was not wanted, packed, as many as there are rows in the end.
  void set_column(std::size_t index, table::Column column) {
    given_.emplace_back(index, std::move(column));
  }
  table::Table finish();

 private:
  // Rows of a block.
  struct Run {
    std::shared_ptr<const Block> rows;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  // kPartRows rows, the last one fewer: runs, of which one block holds all that came by themselves.
  struct Part {
    std::vector<Run> runs;
    std::shared_ptr<Block> single;
    std::size_t size = 0;
  };
  using Packed = std::vector<value::PackedPart>;  // by column

  [[nodiscard]] std::shared_ptr<Block> new_block();
  void pack_open();
  [[nodiscard]] Packed pack(const Part& part) const;

  const table::TableSchema& schema_;
  std::vector<bool> wanted_;
  base::Pool<Block> blocks_;
  Part open_;  // not full yet
  table::RowPlaces places_;
  std::deque<Packed> packed_;
  std::vector<std::pair<std::size_t, table::Column>> given_;

  std::atomic<std::size_t> waiting_ = 0;  // parts that nobody has packed yet
  tbb::task_group packing_;
};

}  // namespace xize::columns

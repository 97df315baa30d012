// block_builder: rows one after another to blocks.
// In: the rows of one table, as every reader gives them. Out: blocks to a sink, in order, and the
// rows that the sink leaves back to it, each behind its block.
// A column's scale grows with the decimals it meets and stays for the blocks behind.
#pragma once

#include <vector>

#include "runtime/columns/block.h"

namespace xize::columns {

// Collects rows; `finish` hands on the last ones.
class BlockBuilder final : public table::RowSink {
 public:
  BlockBuilder(const table::TableSchema& schema, BlockSink& sink);

  void add(const table::RowView& row) override;
  void finish();

 private:
  BlockSink& sink_;
  Block block_;
  std::vector<std::uint32_t> left_;
  std::vector<value::Value> cells_;
};

// Puts a value into a column of the row that is being filled, as plain a cell as it can be.
void put(Column& column, std::size_t row, const value::Value& value);

// Gives the column at least this scale, if all cells of rows before `row` can be written in it.
bool raise_scale(Column& column, std::size_t row, int scale);

}  // namespace xize::columns

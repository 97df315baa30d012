// listed_rows: every row of a list is one of the records it was drawn from. It is looked for while
// the run reads the records, so that nothing is read twice and only the lists are held.
// Private to this room.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "runtime/columns/block.h"
#include "runtime/io/data_set.h"
#include "runtime/table/table.h"

namespace xize::driver {

// The columns that tell the rows of a list apart, there and in the records.
struct ListKey {
  std::uint16_t list = 0, from = 0;  // tables of records
  std::vector<std::uint32_t> in_list, in_from;
};

class ListedRows {
 public:
  // Looks for these rows from now on.
  void watch(const ListKey& key, const table::Table& rows);
  // Whether rows of the table are still looked for.
  [[nodiscard]] bool watches(std::uint16_t table) const;
  // Marks the columns of the table that must be read.
  void want(std::uint16_t table, std::vector<bool>& wanted) const;
  // A row of the table is there.
  void note(std::uint16_t table, const table::RowView& row);
  // Reports the rows that were not there.
  void report(const io::DataSet& data, diagnostics::Sink& sink) const;

 private:
  struct Row {
    std::uint64_t line = 0;
    std::uint32_t unit = 0;
    std::vector<value::Value> cells;  // those of the key
  };
  struct Watched {
    ListKey key;
    std::unordered_map<std::string, Row> open;  // rows not found yet
    std::string row_key;                        // of the row at hand
  };
  std::vector<Watched> watched_;
};

// Notes rows and hands them on to `sink`, if there is one.
class NotingRows final : public table::RowSink {
 public:
  NotingRows(ListedRows& listed, std::uint16_t table, table::RowSink* sink)
      : listed_(listed), table_(table), sink_(sink) {}
  void add(const table::RowView& row) override;

 private:
  ListedRows& listed_;
  std::uint16_t table_;
  table::RowSink* sink_;
};

// The same for blocks.
class NotingBlocks final : public columns::BlockSink {
 public:
  NotingBlocks(ListedRows& listed, std::uint16_t table, columns::BlockSink& sink);
  [[nodiscard]] const std::vector<bool>& wanted() const override { return wanted_; }
  void take(const columns::Block& block, std::vector<std::uint32_t>& left) override;
  void take_row(const table::RowView& row) override;

 private:
  ListedRows& listed_;
  std::uint16_t table_;
  columns::BlockSink& sink_;
  std::vector<bool> wanted_;
  std::mutex noting_;
};

}  // namespace xize::driver

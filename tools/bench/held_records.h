// Records in memory as a source: read once, in the form that the engine asks for, and given again
// and again. So an engine can be timed without its reader.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/columns/block.h"
#include "runtime/engine/engine.h"
#include "runtime/io/data_set.h"

namespace xize::bench {

class HeldRecords final : public engine::RecordSource {
 public:
  // `data` outlives it.
  explicit HeldRecords(io::DataSet& data);

  bool scan(std::uint16_t table, table::RowSink& sink) override;
  // Blocks come on as many threads as TBB may use.
  bool scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                   columns::BlockSink& sink) override;

 private:
  // What a reader gives for one table: blocks, and rows that are not plain.
  struct Held {
    std::vector<columns::Block> blocks;
    table::Table rows;
  };
  class Collector;

  io::DataSet& data_;
  std::vector<std::optional<Held>> blocks_;        // by table
  std::vector<std::optional<table::Table>> rows_;  // by table
};

// Records from the files, read again each time.
class FileRecords final : public engine::RecordSource {
 public:
  explicit FileRecords(io::DataSet& data) : data_(data) {}
  bool scan(std::uint16_t table, table::RowSink& sink) override;
  bool scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                   columns::BlockSink& sink) override;

 private:
  io::DataSet& data_;
};

}  // namespace xize::bench

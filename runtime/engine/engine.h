// engine: what every engine takes and gives. An engine runs a verified program over the units of
// one data set and gives the same Outcome, to the last digit and fault, as runtime/interpreter.
// In: program, unit table, a source of records, options. Out: Outcome.
// Must hold: the texts of the data are numbered in the program's string pool; unit and period
// numbers of records are those of the unit table.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runtime/builtins/workdays.h"
#include "runtime/program/program.h"
#include "runtime/table/table.h"
#include "runtime/value/packed_values.h"

namespace xize::columns {
class BlockSink;
}

namespace xize::engine {

// The values of the folds of an aggregate stage: by op of the stage, then by unit row.
using Folds = std::vector<std::vector<value::Value>>;

// Gives the rows of records tables, as often as asked: a file is read again, so that records need
// not be held in memory.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  // Pushes every row of `table` (index into the schema's records) into `sink`. False if reading
  // stopped early; the source knows why.
  virtual bool scan(std::uint16_t table, table::RowSink& sink) = 0;
  // The same rows in blocks; `schema` is that of the table. Unless a source knows better, the rows
  // of `scan` are collected.
  virtual bool scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                           columns::BlockSink& sink);
  // The folds of a stage, where the rows are kept by something that folds them itself; then no row
  // breaks a check. Empty: the rows have to be scanned.
  virtual std::optional<Folds> fold(const program::Stage& stage) {
    static_cast<void>(stage);
    return std::nullopt;
  }
};

// Rows in memory as a source, for tests and small data.
class TableSource : public RecordSource {
 public:
  explicit TableSource(std::vector<table::Table> tables) : tables_(std::move(tables)) {}
  bool scan(std::uint16_t table, table::RowSink& sink) override;

 private:
  std::vector<table::Table> tables_;
};

// How far a run is.
struct Progress {
  std::size_t stage = 0;
  std::size_t stages = 0;
  std::uint64_t rows = 0;  // records read in this stage
};

// What a run is told beside the data.
struct RunOptions {
  std::vector<std::optional<value::Value>> parameters;      // by slot; absent: its default
  const builtins::WorkdayCalendar* calendar = nullptr;      // null: Monday to Friday
  std::vector<std::size_t> trace_rows;                      // unit rows to keep every value of
  bool only_results = false;                                // keep no more than program::result_ops
  std::function<void(const Progress&)> progress;            // if set: called as each stage begins,
                                                            // now and then, after the last record
};

// A data check that is false: the unit row, and the record's line for a check of records.
struct Violation {
  std::uint32_t check = 0;
  std::size_t row = 0;
  std::uint16_t table = program::kNoTable;
  std::uint64_t line = 0;
};

// A row of records that takes part in a row selection.
struct RowChoice {
  std::size_t row = 0;                 // unit row it belongs to
  std::uint64_t line = 0;              // where it stands in its file
  value::Value key;                    // the class it competes in
  std::vector<value::Value> measures;
  value::Value taken;                  // Bool; a fault where the policy leaves it open
};

// What came out. A unit row is a row of the unit table (a unit in a period).
class Outcome {
 public:
  // The value of a kept op (program::kept_ops, or result_ops) for a unit row; of any op for a
  // traced row.
  [[nodiscard]] value::Value value(program::OpId op, std::size_t row) const;
  [[nodiscard]] bool has(program::OpId op, std::size_t row) const;

  std::vector<value::PackedValues> columns;        // by op; empty if not kept, one if constant
  std::vector<std::size_t> traced_rows;
  std::vector<std::vector<value::Value>> traces;   // for each traced row, by op; row ops Missing

  std::vector<bool> faulty;                        // by unit row: its data are in error, no score
  std::vector<Violation> violations;               // in the order of checks, rows, lines
  std::vector<std::vector<RowChoice>> selections;  // by row selection, best first in each class
  bool complete = true;                            // false: a source stopped early
};

}  // namespace xize::engine

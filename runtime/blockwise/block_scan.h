// block_scan: one aggregate stage over blocks of records, on as many threads as bring them.
// In: blocks of the stage's table. Out: folds merged into the interpreter's scan, which also takes
// the rows that are left: those with a number that does not fit, or with a false data check.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "runtime/blockwise/fused_ops.h"
#include "runtime/blockwise/stage_folds.h"
#include "runtime/blockwise/unit_lanes.h"
#include "runtime/interpreter/scan.h"

namespace xize::blockwise {

class BlockScan final : public columns::BlockSink {
 public:
  BlockScan(interpreter::State& state, const program::Stage& stage, const Machine& machine);
  ~BlockScan() override;
  BlockScan(const BlockScan&) = delete;
  BlockScan& operator=(const BlockScan&) = delete;
  BlockScan(BlockScan&&) = delete;
  BlockScan& operator=(BlockScan&&) = delete;

  [[nodiscard]] const std::vector<bool>& wanted() const override { return wanted_; }
  void take(const columns::Block& block, std::vector<std::uint32_t>& left) override;
  void take_row(const table::RowView& row) override;
  // After the last row: the values of the folds are in the state.
  void finish();

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t rows_left() const { return rows_left_; }
  // What compiled code did.
  [[nodiscard]] const FusedOps& kernels() const { return fused_; }

 private:
  class Worker;

  // Where the values of an op come from.
  struct Slot {
    OpId op;
    bool is_row_op = false;
    std::unique_ptr<UnitLanes> unit_values;  // of a unit op
  };

  void add_slot(OpId op, bool is_row_op);
  void fuse();
  [[nodiscard]] bool has_row_for_each_unit() const;
  bool settle(std::size_t i);
  void count(std::uint64_t rows);
  void report(std::uint64_t rows) const;

  interpreter::State& state_;
  const program::Stage& stage_;
  interpreter::Scan scan_;
  std::vector<bool> wanted_;
  std::vector<Slot> slots_;  // operands before those that use them
  std::vector<std::uint32_t> slot_of_;  // by op
  bool rows_are_units_ = false;  // each unit's only row has the unit's number
  FusedOps fused_;
  tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers_;
  std::atomic<std::uint64_t> rows_ = 0;
  std::atomic<std::uint64_t> rows_left_ = 0;
  mutable std::mutex report_mutex_;
};

}  // namespace xize::blockwise

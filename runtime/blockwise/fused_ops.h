// fused_ops: the scalar ops of a stage in one kernel, whose lanes need not be written between them.
// In: lanes of what the ops read. Out: lanes of the ops that somebody else reads, and totals.
// A kernel is proved for lanes of certain types, denominators and ranges; for a block of other
// lanes there is none, until it has been compiled again for both.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "runtime/blockwise/machine.h"
#include "runtime/blockwise/packed_folds.h"
#include "runtime/blockwise/proof.h"

namespace xize::blockwise {

// The lanes of ops, by op; null where there are none.
using LanesByOp = std::vector<Lanes*>;

// What a thread needs to run kernels.
struct FusedSpace {
  std::vector<const void*> inputs;
  std::vector<void*> outputs;
  std::vector<std::vector<std::int64_t>> converted;  // inputs in the width that the kernel reads
  std::vector<std::uint8_t> alarms;                  // by row
};

// A kernel, and what it was proved for: functions that write lanes, and that add up words.
class FusedKernel {
 public:
  // What the lanes of an input are.
  struct Input {
    OpId op;
    bool is_read = false;  // lanes with denominators of their own are not
    program::Type type = program::Type::Any;
    std::int64_t den = 1;
    kernel::Range range;
    kernel::Element element = kernel::Element::Signed64;
    RowState most_state = kPlain;
    kernel::Element state_element = kernel::Element::Unsigned32;
  };
  // Lanes that it writes.
  struct Output {
    OpId op;
    program::Type type = program::Type::Any;
    std::int64_t den = 1;  // of all rows, or 0
    kernel::Range range;
    kernel::Element element = kernel::Element::Signed64;
    bool has_states = false;
  };

  [[nodiscard]] bool fits(const LanesByOp& lanes) const;
  // Writes its lanes. True if a row is not to be added up as the kernel would.
  bool write(const LanesByOp& lanes, std::size_t count, FusedSpace& space) const;
  // Adds the rows' words to those of their places; places behind the last row name one as well.
  void add_words(std::size_t count, const std::uint32_t* places, std::int64_t* words,
                 FusedSpace& space) const;
  // Is the op one of its steps; if not, its lanes are still to be computed.
  [[nodiscard]] bool has(OpId op) const { return has_[op.index]; }
  [[nodiscard]] bool has_all() const { return proof_.unproved.empty(); }
  // Does it pack the i-th fold of the stage.
  [[nodiscard]] bool packs(std::size_t i) const {
    return packs_any() && layout_.folds[i].is_packed;
  }
  [[nodiscard]] bool packs_any() const { return layout_.words > 0; }
  [[nodiscard]] bool packs_all() const { return packs_all_; }
  [[nodiscard]] const PackedLayout& layout() const { return layout_; }

 private:
  friend class FusedOps;

  void find_inputs(const LanesByOp& lanes, std::size_t count, FusedSpace& space) const;

  kernel::Function write_ = nullptr;      // null: there is nothing to write
  kernel::Function add_words_ = nullptr;  // null: it packs none
  bool has_alarm_ = false;
  bool packs_all_ = false;
  std::vector<Input> inputs_;
  std::vector<Output> outputs_;
  PackedLayout layout_;
  Proof proof_;
  std::vector<bool> has_;  // by op
};

// What is known of a stage beforehand.
struct FusedUse {
  std::uint64_t rows = 0;                // so many will come at least
  const program::Stage* folds = nullptr; // whose folds are to be packed, if any
  std::size_t unit_rows = 0;             // which they belong to
  const table::TableSchema* table = nullptr;  // whose columns its ops are
};

class FusedOps {
 public:
  FusedOps(const program::Program& program, const Machine& machine)
      : program_(program), machine_(machine) {}

  // Before anything is found: the ops, in order; scalar ones. `read`: those of them whose lanes
  // somebody else reads; operands of folds to be packed, and of the stage's checks, are not.
  void set(std::vector<OpId> ops, const std::vector<OpId>& read, const FusedUse& use);
  // For blocks of such lanes, of so many rows; null if there is none (yet). For all threads.
  const FusedKernel* find(const LanesByOp& lanes, std::size_t count);
  // Notes rows that a kernel computed.
  void add_rows(std::uint64_t rows) { fused_rows_ += rows; }
  [[nodiscard]] std::uint64_t fused_rows() const { return fused_rows_; }
  // When all is computed: whether kernels did it, and what the latest was proved for.
  [[nodiscard]] Compiled compiled() const;
  [[nodiscard]] Proof proof() const;

 private:
  void compile(const LanesByOp& lanes);
  void widen(FusedKernel::Input& input, const Lanes& lanes, bool is_first) const;
  [[nodiscard]] std::optional<kernel::Range> declared(const FusedKernel::Input& input) const;
  void give(OpPlan& plan, const FusedKernel::Input& input, const Lanes& lanes) const;
  PackedPlan plan_words(OpPlan& plan, FusedKernel& fused) const;
  void plan_outputs(OpPlan& plan, FusedKernel& fused) const;
  // False if the compiler cannot.
  static bool build(OpPlan& plan, const PackedPlan& packed, kernel::Compiler& compiler,
                    FusedKernel& fused);
  void add_lanes(OpPlan& plan, OpId op, FusedKernel& fused) const;
  void prove(OpPlan& plan, FusedKernel& fused) const;

  const program::Program& program_;
  std::vector<OpId> ops_;
  std::vector<bool> read_;  // by op
  FusedUse use_;
  std::vector<FusedKernel::Input> inputs_;
  const Machine& machine_;
  std::atomic<std::uint64_t> rows_ = 0;
  std::atomic<std::uint64_t> fused_rows_ = 0;
  std::atomic<const FusedKernel*> latest_ = nullptr;
  std::mutex mutex_;  // of what follows
  std::vector<std::unique_ptr<FusedKernel>> kernels_;
  int attempts_left_ = 6;
  bool has_compiler_ = true;  // as far as is known
};

}  // namespace xize::blockwise

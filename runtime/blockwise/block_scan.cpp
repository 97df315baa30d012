#include "runtime/blockwise/block_scan.h"

#include <algorithm>
#include <array>

#include <oneapi/tbb/parallel_for.h>

#include "runtime/blockwise/compute.h"

namespace xize::blockwise {
namespace {

using columns::Block;
using columns::CellState;
using program::Level;
using program::Op;
using program::Opcode;
using program::Type;

constexpr std::uint32_t kNoSlot = 0xffffffffu;
constexpr std::size_t kUnitsMost = 1 << 16;
constexpr std::uint64_t kRowsBetweenReports = 1u << 16;

Type lane_type(table::ColumnType type) {
  switch (type) {
    case table::ColumnType::Number: return Type::Number;
    case table::ColumnType::Bool: return Type::Bool;
    case table::ColumnType::Date: return Type::Date;
    case table::ColumnType::Month: return Type::Month;
    default: return Type::Text;
  }
}

std::span<const OpId> row_operands_of(const Op& op) {
  return std::span(op.operands).first(interpreter::row_operands(op.code));
}

// The first ones have the same numbers.
static_assert(static_cast<RowState>(CellState::Missing) == kMissing);
static_assert(static_cast<RowState>(CellState::NotApplicable) == kNotApplicable);
static_assert(static_cast<RowState>(CellState::Pending) == kPending);

RowState row_state(CellState state, OpId column) {
  switch (state) {
    case CellState::Plain: return kPlain;
    case CellState::Missing: return kMissing;
    case CellState::NotApplicable: return kNotApplicable;
    case CellState::Pending: return kPending;
    case CellState::Bad: return fault_state(FaultKind::BadCell, column);
    case CellState::Odd: break;
  }
  return kLeft;
}

void load_column(const columns::Column& column, OpId id, std::size_t count, Lanes& out) {
  out.write(lane_type(column.type), columns::kPowersOfTen[static_cast<std::size_t>(column.scale)]);
  out.read(column.view());
  out.least = column.least;
  out.most = column.most;
  out.all_plain = column.all_plain();
  if (out.all_plain) return;
  if (column.most_state <= CellState::Pending) {
    return out.read_states({column.states.data(), base::Element::Unsigned8},
                           static_cast<RowState>(column.most_state));
  }
  out.open_states();
  for (std::size_t r = 0; r < count; ++r) out.states[r] = row_state(column.states[r], id);
}

}  // namespace

// What one thread needs: lanes for each op, and its folds.
class BlockScan::Worker {
 public:
  explicit Worker(BlockScan& scan)
      : scan_(scan), state_(scan.state_), by_op_(scan.state_.program.ops.size()),
        nowhere_(static_cast<std::uint32_t>(state_.units.rows().row_count())),
        totals_(nowhere_) {
    for (const Slot& slot : scan.slots_) {
      auto& lanes = lanes_.emplace_back(std::make_unique<Lanes>());
      by_op_[slot.op.index] = lanes.get();
      const Op& op = state_.op(slot.op);
      if (op.level == Level::Constant) {
        fill(*lanes, op.type, state_.storage.column(slot.op).at(0));
      }
    }
    for (std::size_t i = 0; i < scan.stage_.ops.size(); ++i) {
      const Op& op = state_.op(scan.stage_.ops[i]);
      folds_.emplace_back(op, nowhere_);
      FoldInput& input = inputs_.emplace_back();
      for (const OpId operand : row_operands_of(op)) {
        input.operands.push_back({lanes_of(operand), operand});
      }
      if (const OpId key = scan.scan_.keys()[i]) input.key = {lanes_of(key), key};
    }
  }

  // Computes the rows as those of a period (kNoPeriod: each row its own) and adds to `left`. A
  // block with rows that a kernel cannot tell of, or that are left, is computed without it.
  void compute(const Block& block, std::uint32_t period) {
    find_unit_rows(block, period);
    for (const Slot& slot : scan_.slots_) read_slot(block, slot);
    kernel_ = scan_.fused_.find(by_op_, count_);
    if (kernel_ != nullptr && kernel_->write(by_op_, count_, space_)) kernel_ = nullptr;
    compute_slots();
    find_left();
  }

  void fold() {
    if (kernel_ == nullptr || !kernel_->packs_all()) fold_lanes();
    if (kernel_ == nullptr) return;
    scan_.fused_.add_rows(count_);
    if (!kernel_->packs_any()) return;
    kernel_->add_words(count_, places_of_words(),
                       totals_.room_for(kernel_->layout(), count_, folds_), space_);
  }

  void begin(const Block& block) {
    count_ = block.size;
    if (has_left_) left_.fill(0);
    has_left_ = false;
  }
  void list_left(std::vector<std::uint32_t>& left) const {
    if (!has_left_) return;
    for (std::size_t r = 0; r < count_; ++r) {
      if (left_[r] != 0) left.push_back(static_cast<std::uint32_t>(r));
    }
  }
  StageFold& fold(std::size_t i) { return folds_[i]; }
  // At the end, once for each fold: what it came to, totals included.
  StageFold& finish(std::size_t i) {
    totals_.hand_on_last(i, folds_[i]);
    return folds_[i];
  }

 private:
  [[nodiscard]] Lanes* lanes_of(OpId op) const {
    return lanes_[scan_.slot_of_[op.index]].get();
  }

  void find_unit_rows(const Block& block, std::uint32_t period) {
    places_ = own_places_.data();
    if (scan_.rows_are_units_ && count_ == kBlockRows) {
      places_ = block.units.data();
    } else if (period == table::kNoPeriod) {
      for (std::size_t r = 0; r < count_; ++r) {
        own_places_[r] = state_.units.row_or_end(block.units[r], block.periods[r]);
      }
    } else {
      for (std::size_t r = 0; r < count_; ++r) {
        own_places_[r] = state_.units.row_or_end(block.units[r], period);
      }
    }
  }

  // Rows that are left go nowhere, as do those behind the last one.
  const std::uint32_t* places_of_words() {
    if (!has_left_ && count_ == kBlockRows) return places_;
    for (std::size_t r = 0; r < count_; ++r) {
      own_places_[r] = left_[r] != 0 ? nowhere_ : places_[r];
    }
    std::fill(own_places_.begin() + static_cast<std::ptrdiff_t>(count_), own_places_.end(),
              nowhere_);
    return own_places_.data();
  }

  void fold_lanes() {
    for (std::size_t r = 0; r < count_; ++r) {
      skipped_[r] = static_cast<std::uint8_t>((places_[r] == nowhere_ ? 1 : 0) | left_[r]);
    }
    const FoldRows rows{{places_, count_}, {skipped_.data(), count_}};
    for (std::size_t i = 0; i < folds_.size(); ++i) {
      if (kernel_ == nullptr || !kernel_->packs(i)) folds_[i].add(inputs_[i], rows);
    }
  }

  // The lanes of an op, with its numbers.
  Lanes* wide_lanes_of(OpId op) {
    Lanes* lanes = lanes_of(op);
    lanes->widen(count_);
    return lanes;
  }

  void read_slot(const Block& block, const Slot& slot) {
    const Op& op = state_.op(slot.op);
    Lanes& out = *by_op_[slot.op.index];
    if (slot.unit_values) slot.unit_values->gather({places_, count_}, out);
    if (slot.is_row_op && op.code == Opcode::column) {
      load_column(block.columns[op.imm], slot.op, count_, out);
    }
  }

  void compute_slots() {
    for (const Slot& slot : scan_.slots_) {
      if (kernel_ == nullptr || !kernel_->has(slot.op)) compute_slot(slot);
    }
  }

  void compute_slot(const Slot& slot) {
    const Op& op = state_.op(slot.op);
    if (!slot.is_row_op || op.code == Opcode::column) return;
    Lanes& out = *by_op_[slot.op.index];
    operands_.clear();
    for (const OpId operand : op.operands) operands_.push_back({wide_lanes_of(operand), operand});
    const Task task{op, slot.op, operands_, count_};
    if (op.code == Opcode::row_in_keys) return find_in_keys(task, out);
    blockwise::compute(task, state_.calendar, out);
  }

  void find_in_keys(const Task& task, Lanes& out) const {
    join_states(task.operands, count_, out);
    const auto& keys_of = state_.top_keys.at(task.operands[1].id);
    std::int64_t* to = out.write(Type::Bool);
    for (std::size_t r = 0; r < count_; ++r) {
      to[r] = 0;
      if (out.state(r) != kPlain || places_[r] == nowhere_) continue;
      const auto& keys = keys_of[places_[r]];
      to[r] = std::binary_search(keys.begin(), keys.end(), task.lanes(0).value(r),
                                 value::ValueBefore())
                  ? 1
                  : 0;
    }
    out.least = 0;
    out.most = 1;
    out.settle(count_);
  }

  void leave(std::size_t row) {
    if (places_[row] == nowhere_) return;
    left_[row] = 1;
    has_left_ = true;
  }

  // A row is left if a fold would use a value of it that only the interpreter knows.
  void find_left() {
    for (std::size_t f = 0; f < inputs_.size(); ++f) {
      const FoldInput& input = inputs_[f];
      if (kernel_ != nullptr && kernel_->packs(f)) continue;
      const Lanes& where = *wide_lanes_of(input.operands.front().id);
      leave_unknown(where, nullptr);
      if (input.key.lanes != nullptr) leave_unknown(*wide_lanes_of(input.key.id), nullptr);
      for (std::size_t i = 1; i < input.operands.size(); ++i) {
        leave_unknown(*wide_lanes_of(input.operands[i].id), &where);
      }
    }
    for (const std::uint32_t check : scan_.stage_.checks) {
      const OpId condition = state_.program.checks[check].condition;
      if (kernel_ != nullptr && kernel_->packs_any() && kernel_->has(condition)) continue;
      const Lanes& holds = *wide_lanes_of(condition);
      leave_unknown(holds, nullptr);
      for (std::size_t r = 0; r < count_; ++r) {
        if (holds.nums[r] == 0 && holds.state(r) == kPlain) leave(r);
      }
    }
  }

  void leave_unknown(const Lanes& lanes, const Lanes* where) {
    if (lanes.all_plain) return;
    for (std::size_t r = 0; r < count_; ++r) {
      if (lanes.states[r] == kLeft && (where == nullptr || where->nums[r] != 0)) leave(r);
    }
  }

  BlockScan& scan_;
  const interpreter::State& state_;
  std::vector<std::unique_ptr<Lanes>> lanes_;  // by slot
  LanesByOp by_op_;
  std::vector<StageFold> folds_;               // by op of the stage
  std::vector<FoldInput> inputs_;
  std::vector<Operand> operands_;
  const FusedKernel* kernel_ = nullptr;  // that computed the block
  FusedSpace space_;
  std::uint32_t nowhere_;  // the place of rows whose unit has none in the period
  PackedTotals totals_;
  std::size_t count_ = 0;
  const std::uint32_t* places_ = nullptr;  // the unit row of each row
  std::array<std::uint32_t, kBlockRows> own_places_{};
  bool has_left_ = false;
  std::array<std::uint8_t, kBlockRows> left_{};
  std::array<std::uint8_t, kBlockRows> skipped_{};
};

BlockScan::BlockScan(interpreter::State& state, const program::Stage& stage,
                     const Machine& machine)
    : state_(state),
      stage_(stage),
      scan_(state, stage),
      wanted_(state.program.schema.records[stage.table].columns.size(), false),
      slot_of_(state.program.ops.size(), kNoSlot),
      fused_(state.program, machine) {
  for (const OpId id : stage.rows) {
    const Op& op = state.op(id);
    if (op.code == Opcode::column) wanted_[op.imm] = true;
    for (const OpId operand : op.operands) add_slot(operand, false);
    add_slot(id, true);
  }
  for (const OpId id : stage.ops) {
    for (const OpId operand : row_operands_of(state.op(id))) add_slot(operand, false);
  }
  for (const std::uint32_t check : stage.checks) {
    add_slot(state.program.checks[check].condition, false);
  }
  fuse();
  rows_are_units_ = has_row_for_each_unit();
}

BlockScan::~BlockScan() = default;

bool BlockScan::has_row_for_each_unit() const {
  const table::UnitTable& units = state_.units;
  if (units.period_count() != 1 || units.unit_count() > kUnitsMost) return false;
  for (std::uint32_t unit = 0; unit < units.unit_count(); ++unit) {
    if (units.row_or_end(unit, 0) != unit) return false;
  }
  return true;
}

void BlockScan::add_slot(OpId op, bool is_row_op) {
  if (slot_of_[op.index] != kNoSlot) return;
  slot_of_[op.index] = static_cast<std::uint32_t>(slots_.size());
  Slot& slot = slots_.emplace_back();
  slot.op = op;
  slot.is_row_op = is_row_op;
  const Op& what = state_.op(op);
  if (is_row_op || what.level == Level::Constant) return;
  state_.storage.pack(op);
  slot.unit_values = std::make_unique<UnitLanes>(what.type, state_.storage.column(op));
}

// Totals of very many units would take more memory than they save time; then kernels give lanes.
void BlockScan::fuse() {
  const std::size_t unit_rows = state_.units.rows().row_count();
  const bool packs = unit_rows <= kUnitsMost;
  std::vector<OpId> ops;
  std::vector<OpId> read;
  for (const OpId id : stage_.rows) {
    if (program::facts(state_.op(id).code).shape == program::Shape::Scalar) ops.push_back(id);
  }
  for (std::size_t i = 0; i < stage_.ops.size(); ++i) {
    const auto operands = row_operands_of(state_.op(stage_.ops[i]));
    if (!packs) read.insert(read.end(), operands.begin(), operands.end());
    if (const OpId key = scan_.keys()[i]) read.push_back(key);
  }
  for (const std::uint32_t check : stage_.checks) {
    if (!packs) read.push_back(state_.program.checks[check].condition);
  }
  fused_.set(std::move(ops), read, {.folds = packs ? &stage_ : nullptr,
                               .unit_rows = unit_rows,
                               .table = &state_.program.schema.records[stage_.table]});
}

void BlockScan::take(const Block& block, std::vector<std::uint32_t>& left) {
  if (state_.units.rows().row_count() == 0 || block.size == 0) return;
  auto& worker = workers_.local();
  if (!worker) worker = std::make_unique<Worker>(*this);
  worker->begin(block);
  if (block.period(0) != table::kNoPeriod) {
    worker->compute(block, table::kNoPeriod);
    worker->fold();
  } else if (state_.units.period_count() == 1) {
    worker->compute(block, 0);
    worker->fold();
  } else {
    // A row of all periods is left in all of them or in none.
    for (std::uint32_t p = 0; p < state_.units.period_count(); ++p) worker->compute(block, p);
    for (std::uint32_t p = 0; p < state_.units.period_count(); ++p) {
      worker->compute(block, p);
      worker->fold();
    }
  }
  const std::size_t left_before = left.size();
  worker->list_left(left);
  count(block.size - (left.size() - left_before));
}

void BlockScan::take_row(const table::RowView& row) {
  ++rows_left_;
  count(1);
  scan_.take(row);
}

// What all threads folded in arrays becomes the op's values; false if it has to be merged.
bool BlockScan::settle(std::size_t i) {
  StageFold* joined = nullptr;
  bool are_joined = true;
  for (auto& worker : workers_) {
    StageFold& fold = worker->finish(i);
    if (joined == nullptr) joined = &fold;
    if (joined != &fold) are_joined = joined->join(fold) && are_joined;
  }
  if (!are_joined || !joined->is_plain() || !scan_.is_untouched(i)) return false;
  joined->settle(scan_, i);
  return true;
}

void BlockScan::finish() {
  const std::size_t folds = workers_.empty() ? 0 : stage_.ops.size();
  std::vector<std::uint8_t> is_settled(folds, 0);
  tbb::parallel_for(std::size_t{0}, folds, [&](std::size_t i) {
    is_settled[i] = settle(i) ? 1 : 0;
  });
  for (std::size_t i = 0; i < folds; ++i) {
    if (is_settled[i] != 0) continue;
    for (auto& worker : workers_) worker->fold(i).merge_into(scan_, i);
  }
  scan_.finish();
  report(rows_);
}

void BlockScan::count(std::uint64_t rows) {
  const std::uint64_t before = rows_.fetch_add(rows);
  const std::uint64_t after = before + rows;
  if (before / kRowsBetweenReports != after / kRowsBetweenReports) report(after);
}

void BlockScan::report(std::uint64_t rows) const {
  if (!state_.options.progress) return;
  const std::lock_guard lock(report_mutex_);
  const auto stage = static_cast<std::size_t>(&stage_ - state_.program.stages.data());
  state_.options.progress({stage, state_.program.stages.size(), rows});
}

}  // namespace xize::blockwise

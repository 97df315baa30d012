#include "runtime/blockwise/fused_ops.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace xize::blockwise {

using kernel::Element;
using kernel::Range;
using kernel::ValueId;
using program::Level;
using program::Op;

namespace {

// The least of some ranges that holds x; so a further block seldom lies outside.
std::int64_t bound_above(std::int64_t x) {
  constexpr std::array kBits{7, 8, 15, 16, 23, 31, 39, 47, 55};
  for (const int bits : kBits) {
    const std::int64_t bound = (std::int64_t{1} << bits) - 1;
    if (x <= bound) return bound;
  }
  return std::numeric_limits<std::int64_t>::max();
}

// So that rows of other states, of which there are few kinds, seldom need another kernel.
RowState bound_of_states(RowState most) {
  return most <= kMissing ? most : most <= kLeft ? kLeft : kAnyState;
}

Range wide_range(program::Type type, std::int64_t least, std::int64_t most) {
  if (type == program::Type::Bool) return {0, 1};
  return {least < 0 ? -bound_above(-least) : 0, bound_above(most)};
}

// With its sign.
unsigned bits_of(const kernel::Kernel& kernel) {
  unsigned bits = 0;
  for (const kernel::Step& step : kernel.steps) {
    const auto most = static_cast<std::uint64_t>(std::max(step.range.most, -step.range.least));
    bits = std::max(bits, static_cast<unsigned>(std::bit_width(most)) + 1);
  }
  return bits;
}

}  // namespace

bool FusedKernel::fits(const LanesByOp& lanes) const {
  return std::all_of(inputs_.begin(), inputs_.end(), [&](const Input& input) {
    const Lanes& in = *lanes[input.op.index];
    return !input.is_read ||
           (in.type == input.type && in.one_den && in.den == input.den &&
            in.least >= input.range.least && in.most <= input.range.most &&
            (in.all_plain || in.most_state <= input.most_state));
  });
}

void FusedKernel::find_inputs(const LanesByOp& lanes, std::size_t count,
                              FusedSpace& space) const {
  static const std::vector<std::uint32_t> kAllPlain(kBlockRows, kPlain);
  space.inputs.clear();
  space.converted.resize(2 * inputs_.size());
  const auto add = [&](base::Cells cells, Element element) {
    if (cells.element != element) {
      auto& converted = space.converted[space.inputs.size()];
      converted.resize(kBlockRows);
      base::convert(cells, count, element, converted.data());
      cells.data = converted.data();
    }
    space.inputs.push_back(cells.data);
  };
  for (const Input& input : inputs_) {
    if (!input.is_read) continue;
    const Lanes& from = *lanes[input.op.index];
    add(from.cells(), input.element);
    if (input.most_state == kPlain) continue;
    // All bits of plain states are zero in whatever width.
    const base::Cells plain{kAllPlain.data(), input.state_element};
    add(from.all_plain ? plain : from.state_cells(), input.state_element);
  }
}

bool FusedKernel::write(const LanesByOp& lanes, std::size_t count, FusedSpace& space) const {
  find_inputs(lanes, count, space);
  if (write_ == nullptr) return false;
  space.outputs.clear();
  for (const Output& output : outputs_) {
    Lanes& to = *lanes[output.op.index];
    space.outputs.push_back(to.write_narrow(output.type, output.element));
    to.den = output.den == 0 ? 1 : output.den;
    to.least = output.range.least;
    to.most = output.range.most;
    to.all_plain = !output.has_states;
    if (output.den == 0) {
      to.write_dens();
      space.outputs.push_back(to.dens.data());
    }
    if (output.has_states) {
      to.states.resize(kBlockRows);
      space.outputs.push_back(to.states.data());
    }
  }
  space.alarms.resize(kBlockRows);
  if (has_alarm_) space.outputs.push_back(space.alarms.data());
  const kernel::Arrays arrays{space.inputs.data(), space.outputs.data(), nullptr, nullptr};
  write_(&arrays, count);
  const auto end = space.alarms.begin() + static_cast<std::ptrdiff_t>(count);
  return has_alarm_ && std::find(space.alarms.begin(), end, 1) != end;
}

void FusedKernel::add_words(std::size_t count, const std::uint32_t* places, std::int64_t* words,
                            FusedSpace& space) const {
  const kernel::Arrays arrays{space.inputs.data(), nullptr, places, words};
  add_words_(&arrays, count);
}

void FusedOps::set(std::vector<OpId> ops, const std::vector<OpId>& read, const FusedUse& use) {
  ops_ = std::move(ops);
  rows_ = use.rows;
  use_ = use;
  read_.assign(program_.ops.size(), false);
  for (const OpId op : read) read_[op.index] = true;
  std::vector<bool> seen(program_.ops.size(), false);
  for (const OpId op : ops_) seen[op.index] = true;
  const auto add_input = [&](OpId op) {
    if (!seen[op.index]) inputs_.emplace_back().op = op;
    seen[op.index] = true;
  };
  const auto add_operands = [&](OpId op) {
    for (const OpId operand : program_.ops[op].operands) add_input(operand);
  };
  for (const OpId op : ops_) add_operands(op);
  if (use_.folds == nullptr) return;
  for (const OpId fold : use_.folds->ops) {
    if (is_packable(program_.ops[fold])) add_operands(fold);
  }
  for (const std::uint32_t check : use_.folds->checks) {
    add_input(program_.checks[check].condition);
  }
}

const FusedKernel* FusedOps::find(const LanesByOp& lanes, std::size_t count) {
  if (!machine_.open || inputs_.empty()) return nullptr;
  rows_ += count;
  const FusedKernel* found = latest_.load();
  if (found == nullptr || !found->fits(lanes)) {
    if (rows_ <= machine_.rows_before) return nullptr;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || attempts_left_ == 0) return nullptr;
    --attempts_left_;
    compile(lanes);
    found = latest_.load();
  }
  return found != nullptr && found->fits(lanes) ? found : nullptr;
}

// For what the kernels before were for, and for these lanes.
void FusedOps::compile(const LanesByOp& lanes) {
  kernel::Compiler* compiler = machine_.open();
  has_compiler_ = compiler != nullptr;
  if (!has_compiler_) {
    attempts_left_ = 0;
    return;
  }
  OpPlan plan(program_);
  for (FusedKernel::Input& input : inputs_) {
    const Lanes& in = *lanes[input.op.index];
    widen(input, in, kernels_.empty());
    give(plan, input, in);
  }
  auto fused = std::make_unique<FusedKernel>();
  fused->inputs_ = inputs_;
  fused->has_.resize(program_.ops.size(), false);
  for (const OpId op : ops_) fused->has_[op.index] = plan.add(op);
  const PackedPlan packed = plan_words(plan, *fused);
  plan_outputs(plan, *fused);
  prove(plan, *fused);
  if (!build(plan, packed, *compiler, *fused)) {
    attempts_left_ = 0;
    return;
  }
  latest_ = kernels_.emplace_back(std::move(fused)).get();
}

bool FusedOps::build(OpPlan& plan, const PackedPlan& packed, kernel::Compiler& compiler,
                     FusedKernel& fused) {
  kernel::Builder& steps = plan.steps();
  fused.has_alarm_ = fused.packs_any() && steps.range(packed.alarm).most != 0;
  if (fused.has_alarm_) steps.output(packed.alarm, Element::Unsigned8);
  const auto compiled = [&](const kernel::Kernel& kernel) {
    fused.proof_.steps += kernel.steps.size();
    fused.proof_.bits = std::max(fused.proof_.bits, bits_of(kernel));
    return compiler.compile(kernel);
  };
  if (const kernel::Kernel kernel = steps.take(); !kernel.outputs.empty()) {
    fused.write_ = compiled(kernel);
    if (fused.write_ == nullptr) return false;
  }
  for (const ValueId word : packed.words) steps.word(word);
  if (fused.packs_any()) fused.add_words_ = compiled(steps.take());
  return fused.write_ != nullptr || fused.add_words_ != nullptr;
}

// What the kernel reads and writes.
void FusedOps::prove(OpPlan& plan, FusedKernel& fused) const {
  Proof& proof = fused.proof_;
  for (const FusedKernel::Input& in : fused.inputs_) {
    if (!in.is_read) continue;
    proof.inputs.push_back({in.op, in.type, in.range.least, in.range.most, in.den});
  }
  for (const FusedKernel::Output& out : fused.outputs_) {
    proof.results.push_back({out.op, out.type, out.range.least, out.range.most, out.den});
  }
  for (std::size_t i = 0; i < fused.layout_.folds.size(); ++i) {
    const OpId id = use_.folds->ops[i];
    if (!fused.layout_.folds[i].has_sum) continue;
    const Planned& element = *plan.find(program_.ops[id].operands[1]);
    const Ratios::Fraction fraction = plan.ratios().fraction(element.number);
    const Range& range = plan.steps().range(fraction.num);
    proof.results.push_back({id, element.type, range.least, range.most,
                             plan.steps().range(fraction.den).least});
  }
  for (const OpId op : ops_) {
    if (!fused.has(op)) proof.unproved.push_back(op);
  }
}

Compiled FusedOps::compiled() const {
  if (fused_rows_ > 0) return Compiled::Yes;
  if (!machine_.open || !has_compiler_) return Compiled::Nobody;
  return rows_ <= machine_.rows_before ? Compiled::FewRows : Compiled::NothingProved;
}

Proof FusedOps::proof() const {
  const FusedKernel* kernel = latest_.load();
  return kernel == nullptr ? Proof{} : kernel->proof_;
}

void FusedOps::widen(FusedKernel::Input& input, const Lanes& lanes, bool is_first) const {
  if (program_.ops[input.op].level == Level::Constant) return;
  const std::int64_t least = is_first ? lanes.least : std::min(lanes.least, input.range.least);
  const std::int64_t most = is_first ? lanes.most : std::max(lanes.most, input.range.most);
  input.den = lanes.den;
  input.range = wide_range(lanes.type, least, most);
  if (const auto known = declared(input); known && known->least <= least && known->most >= most) {
    input.range = *known;
  }
  const RowState state = lanes.all_plain ? kPlain : lanes.most_state;
  input.most_state = bound_of_states(is_first ? state : std::max(state, input.most_state));
  input.element = lanes.nums == nullptr
                      ? base::element_for(input.range.least, input.range.most)
                      : Element::Signed64;
  input.state_element = lanes.all_plain ? input.state_element : lanes.state_cells().element;
  input.is_read = lanes.one_den;
  input.type = lanes.type;
}

// What the policy says of a column of numbers, and of cells that are none.
std::optional<Range> FusedOps::declared(const FusedKernel::Input& input) const {
  const Op& op = program_.ops[input.op];
  if (op.code != program::Opcode::column || use_.table == nullptr) return std::nullopt;
  const table::ColumnSchema& column = use_.table->columns[op.imm];
  const auto& [low, high] = column.range;
  const value::Rational zero;
  const auto* least = low ? std::get_if<value::Rational>(&low->value) : nullptr;
  if (!low && column.number.non_negative) least = &zero;
  const auto* most = high ? std::get_if<value::Rational>(&high->value) : nullptr;
  if (least == nullptr || most == nullptr) return std::nullopt;
  const value::Rational den(input.den);
  const auto first = value::ceil(*least * den).to_int64();
  const auto last = value::floor(*most * den).to_int64();
  if (!first || !last || *first <= -kernel::kQuotientLimit || *last >= kernel::kQuotientLimit) {
    return std::nullopt;
  }
  return Range{*first, *last};
}

void FusedOps::give(OpPlan& plan, const FusedKernel::Input& input, const Lanes& lanes) const {
  kernel::Builder& steps = plan.steps();
  const auto number = [&](ValueId num, std::int64_t den) -> Ratio {
    return {num, {1, lanes.type == program::Type::Number ? den : 1}};
  };
  if (program_.ops[input.op].level == Level::Constant) {
    const bool is_number = lanes.type == program::Type::Number;
    plan.give(input.op, {lanes.type,
                         is_number ? plan.ratios().constant(lanes.nums[0], lanes.den_at(0))
                                   : number(steps.constant(lanes.nums[0]), 1),
                         steps.constant(lanes.state(0))});
    return;
  }
  if (!input.is_read) return;
  const auto all_faults = static_cast<std::int64_t>(kFaults + program_.ops.size() * 16);
  const ValueId num = steps.input(input.element, input.range);
  const std::int64_t most_state = std::min<std::int64_t>(input.most_state, all_faults);
  const ValueId state = most_state == kPlain
                            ? steps.constant(kPlain)
                            : steps.input(input.state_element, {0, most_state});
  plan.give(input.op, {input.type, number(num, input.den), state});
}

PackedPlan FusedOps::plan_words(OpPlan& plan, FusedKernel& fused) const {
  if (use_.folds == nullptr) return {};
  PackedPlan packed = pack_folds(plan, program_, *use_.folds, use_.unit_rows);
  fused.layout_ = packed.layout;
  const auto& folds = fused.layout_.folds;
  fused.packs_all_ = std::all_of(folds.begin(), folds.end(),
                                 [](const PackedFold& fold) { return fold.is_packed; });
  return packed;
}

// What others read: results, operands of folds that are not packed and of ops that are no steps.
void FusedOps::plan_outputs(OpPlan& plan, FusedKernel& fused) const {
  std::vector<bool> read = read_;
  const auto read_operands = [&](OpId op) {
    for (const OpId operand : program_.ops[op].operands) read[operand.index] = true;
  };
  for (std::size_t i = 0; use_.folds != nullptr && i < use_.folds->ops.size(); ++i) {
    if (!fused.packs(i)) read_operands(use_.folds->ops[i]);
  }
  if (use_.folds != nullptr && !fused.packs_any()) {
    for (const std::uint32_t check : use_.folds->checks) {
      read[program_.checks[check].condition.index] = true;
    }
  }
  for (const OpId op : ops_) {
    if (!fused.has(op)) read_operands(op);
  }
  for (const OpId op : ops_) {
    if (fused.has(op) && read[op.index]) add_lanes(plan, op, fused);
  }
}

// A row that is not plain is 0 / 1.
void FusedOps::add_lanes(OpPlan& plan, OpId op, FusedKernel& fused) const {
  kernel::Builder& steps = plan.steps();
  const Planned& planned = *plan.find(op);
  const ValueId plain = steps.equal(planned.state, steps.constant(kPlain));
  const Ratios::Fraction fraction = plan.ratios().fraction(planned.number);
  const ValueId num = steps.select(plain, fraction.num, steps.constant(0));
  const bool has_one_den = steps.is_constant(fraction.den);
  FusedKernel::Output& output = fused.outputs_.emplace_back();
  output.op = op;
  output.type = planned.type;
  output.den = has_one_den ? steps.range(fraction.den).least : 0;
  output.range = steps.range(num);
  output.has_states = steps.range(planned.state).most != kPlain;
  output.element = base::element_for(output.range.least, output.range.most);
  steps.output(num, output.element);
  if (!has_one_den) {
    steps.output(steps.select(plain, fraction.den, steps.constant(1)), Element::Signed64);
  }
  if (output.has_states) steps.output(planned.state, Element::Unsigned32);
}

}  // namespace xize::blockwise

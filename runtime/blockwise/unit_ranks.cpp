#include "runtime/blockwise/unit_ranks.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_sort.h>

#include "runtime/blockwise/unit_lanes.h"

namespace xize::blockwise {
namespace {

using program::Op;

// How many participants are better than a measure, by the measure.
class PlaceTable {
 public:
  // Higher is better. `dense`: those with the same measure count as one.
  PlaceTable(std::vector<std::int64_t> measures, bool dense) {
    if (measures.empty()) return;
    const auto [least, most] = std::minmax_element(measures.begin(), measures.end());
    least_ = *least;
    most_ = *most;
    const auto span = static_cast<std::uint64_t>(most_) - static_cast<std::uint64_t>(least_);
    if (span < 4 * measures.size()) {
      count(measures, static_cast<std::size_t>(span), dense);
    } else {
      sort(std::move(measures), dense);
    }
  }

  // From 1 on; of anybody, whether he takes part or not.
  [[nodiscard]] std::int64_t place(std::int64_t measure) const {
    if (measure >= most_ || (better_.empty() && sorted_.empty())) return 1;
    if (!better_.empty()) {
      if (measure < least_) return all_ + 1;
      return better_[static_cast<std::size_t>(measure - least_)] + 1;
    }
    return sorted_.end() - std::upper_bound(sorted_.begin(), sorted_.end(), measure) + 1;
  }

 private:
  void count(const std::vector<std::int64_t>& measures, std::size_t span, bool dense) {
    better_.resize(span + 1);
    for (const std::int64_t measure : measures) {
      std::int64_t& here = better_[static_cast<std::size_t>(measure - least_)];
      here = dense ? 1 : here + 1;
    }
    for (std::size_t i = better_.size(); i-- > 0;) {
      all_ += std::exchange(better_[i], all_);
    }
  }
  void sort(std::vector<std::int64_t> measures, bool dense) {
    sorted_ = std::move(measures);
    tbb::parallel_sort(sorted_.begin(), sorted_.end());
    if (dense) sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
  }

  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  std::int64_t all_ = 0;
  std::vector<std::int64_t> better_;  // by measure from the least on; or:
  std::vector<std::int64_t> sorted_;
};

// One rank.
class Ranks {
 public:
  Ranks(interpreter::State& state, OpId id)
      : state_(state), id_(id), op_(state.op(id)), rows_(state.units.rows().row_count()),
        measures_(rows_), takes_part_(rows_), states_(rows_, kPlain) {}

  bool compute() {
    for (const OpId operand : op_.operands) state_.storage.pack(operand);
    if (!find_den()) return false;
    for_blocks([this](std::size_t first, std::size_t count) { load_block(first, count); });
    const bool dense = (op_.imm & program::kDense) != 0;
    std::vector<std::vector<std::int64_t>> by_period(state_.units.period_count());
    for (std::size_t row = 0; row < rows_; ++row) {
      if (takes_part_[row] != 0) by_period[period(row)].push_back(measures_[row]);
    }
    for (auto& measures : by_period) places_.emplace_back(std::move(measures), dense);
    for_blocks([this](std::size_t first, std::size_t count) { write_block(first, count); });
    return true;
  }

 private:
  template <class Do>
  void for_blocks(const Do& what) const {
    tbb::parallel_for(std::size_t{0}, (rows_ + kBlockRows - 1) / kBlockRows, [&](std::size_t i) {
      what(i * kBlockRows, std::min(kBlockRows, rows_ - i * kBlockRows));
    });
  }

  [[nodiscard]] std::uint32_t period(std::size_t row) const {
    return state_.units.rows().period(row);
  }

  // The lanes of an operand; a constant stands for all rows.
  void load_operand(std::size_t operand, std::size_t first, std::size_t count, Lanes& out) const {
    const OpId id = op_.operands[operand];
    const value::PackedValues& column = state_.storage.column(id);
    if (state_.op(id).level == program::Level::Constant) {
      fill(out, state_.op(id).type, column.at(0));
    } else {
      load(out, state_.op(id).type, column.part(first / kBlockRows), count);
    }
    out.widen(count);
  }

  // The denominator that all measures have in common, if these stay below half of 64 bits' range.
  bool find_den() {
    Lanes lanes;
    std::int64_t size = 1;
    for (std::size_t first = 0; first < rows_; first += kBlockRows) {
      const std::size_t count = std::min(kBlockRows, rows_ - first);
      load_operand(1, first, count, lanes);
      for (std::size_t row = 0; row < (lanes.one_den ? 1 : count); ++row) {
        const Wide shared = Wide{den_} / std::gcd(den_, lanes.den_at(row)) * lanes.den_at(row);
        if (!fits(shared)) return false;
        den_ = static_cast<std::int64_t>(shared);
      }
      for (std::size_t row = 0; !lanes.all_plain && row < count; ++row) {
        if (lanes.states[row] == kLeft) return false;
      }
      size = std::max({size, lanes.most, -lanes.least});
    }
    return Wide{size} * den_ < std::numeric_limits<std::int64_t>::max() / 2;
  }

  // Ascending ranks are those of the opposite numbers.
  void load_block(std::size_t first, std::size_t count) {
    Lanes who;
    Lanes measure;
    load_operand(0, first, count, who);
    load_operand(1, first, count, measure);
    const std::int64_t sign = (op_.imm & program::kAscending) != 0 ? -1 : 1;
    for (std::size_t r = 0; r < count; ++r) {
      const std::size_t row = first + r;
      states_[row] = used_state(measure.state(r), op_.operands[1]);
      measures_[row] = sign * measure.nums[r] * (den_ / measure.den_at(r));
      const bool is_in = who.state(r) == kPlain && who.nums[r] != 0 && states_[row] == kPlain;
      takes_part_[row] = is_in && !state_.faulty[row] ? 1 : 0;
    }
  }

  // A unit whose data are in error has no place.
  void write_block(std::size_t first, std::size_t count) {
    Lanes out;
    std::int64_t* to = out.write(program::Type::Number);
    for (std::size_t r = 0; r < count; ++r) {
      const std::size_t row = first + r;
      to[r] = places_[period(row)].place(measures_[row]);
    }
    for (std::size_t r = 0; r < count; ++r) {
      const std::size_t row = first + r;
      if (state_.faulty[row]) {
        out.mark(r, fault_state(FaultKind::BadCell, id_));
      } else if (states_[row] != kPlain) {
        out.mark(r, states_[row]);
      }
    }
    out.settle_and_measure(count);
    state_.storage.put(id_, first / kBlockRows, packed(out, count));
  }

  interpreter::State& state_;
  OpId id_;
  const Op& op_;
  std::size_t rows_;
  std::int64_t den_ = 1;
  std::vector<std::int64_t> measures_;     // numerators, higher is better
  std::vector<std::uint8_t> takes_part_;
  std::vector<RowState> states_;           // of using the measure
  std::vector<PlaceTable> places_;         // by period
};

}  // namespace

bool compute_ranks(interpreter::State& state, OpId id) {
  const Op& op = state.op(id);
  const bool is_plain_rank = op.code == program::Opcode::pop_rank && op.operands.size() == 2 &&
                             (op.imm & program::kAcrossPeriods) == 0;
  return is_plain_rank && Ranks(state, id).compute();
}

}  // namespace xize::blockwise

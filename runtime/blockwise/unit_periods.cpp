#include "runtime/blockwise/unit_periods.h"

#include <optional>
#include <vector>

#include <oneapi/tbb/parallel_for.h>

#include "runtime/blockwise/unit_blocks.h"
#include "runtime/blockwise/unit_lanes.h"

namespace xize::blockwise {
namespace {

using interpreter::State;
using program::PeriodMode;
using value::Rational;

// Where units stand so many months before.
class Earlier {
 public:
  Earlier(const table::UnitTable& units, std::uint32_t months) : units_(units) {
    for (std::uint32_t period = 0; period < units.period_count(); ++period) {
      const auto* month = std::get_if<value::Month>(&units.period_value(period));
      before_.push_back(month == nullptr ? std::nullopt
                                         : units.find_period(value::add_months(
                                               *month, -std::int64_t{months})));
    }
  }

  // The number of rows: nowhere.
  [[nodiscard]] std::size_t row(std::size_t now) const {
    const table::Table& rows = units_.rows();
    const auto period = before_[rows.period(now)];
    return period ? units_.row_or_end(rows.unit(now), *period) : rows.row_count();
  }

 private:
  const table::UnitTable& units_;
  std::vector<std::optional<std::uint32_t>> before_;  // by period
};

// The periods of units become one value each.
class Combination {
 public:
  Combination(const State& state, OpId id, std::span<const UnitNumbers> operands)
      : state_(state), id_(id), operands_(operands),
        mode_(static_cast<PeriodMode>(state.op(id).imm & 0xff)) {}

  // The same in all rows of the unit.
  void write(std::uint32_t unit, std::vector<Value>& by_row) const {
    const table::UnitTable& units = state_.units;
    std::vector<std::uint32_t> rows;
    for (std::uint32_t period = 0; period < units.period_count(); ++period) {
      const std::uint32_t row = units.row_or_end(unit, period);
      if (row < by_row.size()) rows.push_back(row);
    }
    const Value value = of_rows(rows);
    for (const std::uint32_t row : rows) by_row[row] = value;
  }

 private:
  // One period in error spoils the combination; of several the last is blamed.
  [[nodiscard]] Value of_rows(std::span<const std::uint32_t> rows) const {
    RowState spoilt = kPlain;
    std::vector<std::uint32_t> counted;
    for (const std::uint32_t row : rows) {
      if (state_.faulty[row]) spoilt = fault_state(FaultKind::BadCell, id_);
      const RowState who = operands_[0].state(row);
      if (who != kPlain) spoilt = who;
      if (who == kPlain && operands_[0].at(row).num != 0) counted.push_back(row);
    }
    if (spoilt != kPlain) return fault_of_state(spoilt);
    return counted.empty() ? interpreter::fault(FaultKind::EmptyAggregate, id_) : of(counted);
  }

  [[nodiscard]] Value of(std::span<const std::uint32_t> rows) const {
    Rational sum;
    Rational weights;
    for (const std::uint32_t row : rows) {
      for (const UnitNumbers& operand : operands_.subspan(1)) {
        if (operand.state(row) != kPlain) return fault_of_state(operand.state(row));
      }
      const bool is_weighted = mode_ == PeriodMode::Weighted;
      const Rational weight = is_weighted ? number(2, row) : Rational(1);
      sum += is_weighted ? number(1, row) * weight : number(1, row);
      weights += weight;
    }
    if (mode_ == PeriodMode::Last) return number(1, rows.back());
    if (mode_ == PeriodMode::Sum) return interpreter::limited(sum, id_);
    if (weights.is_zero()) return interpreter::fault(FaultKind::DivisionByZero, id_);
    return interpreter::limited(sum / weights, id_);
  }

  [[nodiscard]] Rational number(std::size_t operand, std::uint32_t row) const {
    const value::Fraction x = operands_[operand].at(row);
    return {x.num, x.den};
  }

  const State& state_;
  OpId id_;
  std::span<const UnitNumbers> operands_;
  PeriodMode mode_;
};

}  // namespace

void write_previous(State& state, OpId id, const UnitNumbers& numbers) {
  const std::size_t rows = state.units.rows().row_count();
  const Earlier earlier(state.units, state.op(id).imm);
  for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
    Lanes out;
    std::int64_t* nums = out.write(state.op(id).type);
    out.write_dens();
    for (std::size_t r = 0; r < count; ++r) {
      const std::size_t there = earlier.row(first + r);
      if (there == rows) {
        out.mark(r, kMissing);
      } else if (state.faulty[there]) {
        out.mark(r, fault_state(FaultKind::BadCell, id));
      } else {
        nums[r] = numbers.at(there).num;
        out.dens[r] = numbers.at(there).den;
        if (numbers.own_state(there) != kPlain) out.mark(r, numbers.own_state(there));
      }
    }
    out.settle_and_measure(count);
    state.storage.put(id, first / kBlockRows, packed(out, count));
  });
}

void write_combined(State& state, OpId id, std::span<const UnitNumbers> operands) {
  const std::size_t rows = state.units.rows().row_count();
  const Combination combination(state, id, operands);
  std::vector<Value> by_row(rows);
  oneapi::tbb::parallel_for(std::uint32_t{0}, state.units.unit_count(), [&](std::uint32_t unit) {
    combination.write(unit, by_row);
  });
  for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
    const auto values = std::span<const Value>(by_row).subspan(first, count);
    state.storage.put(id, first / kBlockRows, value::PackedPart(values));
  });
}

}  // namespace xize::blockwise

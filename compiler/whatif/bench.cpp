#include "compiler/whatif/bench.h"

#include <algorithm>

#include "runtime/interpreter/interpreter.h"

namespace xize::whatif {
namespace {

// The rows that `wanted` names.
template <class Wanted>
table::Table copied(const table::Table& from, Wanted wanted) {
  table::Table out(from.column_count());
  std::vector<value::Value> cells(from.column_count());
  for (std::size_t r = 0; r < from.row_count(); ++r) {
    if (!wanted(r)) continue;
    for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = from.at(r, c);
    out.add({from.unit(r), from.period(r), from.line(r), cells});
  }
  return out;
}

// A unit table of the same units and periods with other rows.
table::UnitTable same_units(const table::UnitTable& units, table::Table rows) {
  std::vector<value::Value> periods;
  for (std::uint32_t p = 0; p < units.period_count(); ++p) periods.push_back(units.period_value(p));
  table::UnitTable out(units.names(), std::move(periods), std::move(rows));
  for (std::uint32_t u = 0; u < units.unit_count(); ++u) {
    for (std::uint32_t p = 0; p < units.period_count(); ++p) {
      if (units.is_faulty(u, p)) out.mark_faulty(u, p);
    }
  }
  return out;
}

// Does some value of a unit come from another period?
bool looks_at_other_periods(const program::Program& program) {
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    const program::Op& op = program.ops[program::OpId(i)];
    const bool population = program::facts(op.code).shape == program::Shape::Population;
    const bool across = population && (op.imm & program::kAcrossPeriods) != 0;
    if (across || op.code == program::Opcode::pop_combine ||
        op.code == program::Opcode::pop_previous) {
      return true;
    }
  }
  return false;
}

}  // namespace

template <class Wanted>
Bench::Bench(const driver::Scoring& scoring, Wanted wanted)
    : scoring_(scoring), parameters_(scoring.parameters) {
  // Units and periods keep their numbers, so that no record has to change.
  const table::UnitTable& units = scoring.data.units;
  const auto of = [&wanted](const table::Table& table) {
    return [&](std::size_t r) { return wanted(table.unit(r), table.period(r)); };
  };
  for (std::size_t r = 0; r < units.rows().row_count(); ++r) {
    if (wanted(units.rows().unit(r), units.rows().period(r))) rows_.push_back(r);
  }
  units_ = same_units(units, copied(units.rows(), of(units.rows())));
  for (const table::Table& table : scoring.records) records_.push_back(copied(table, of(table)));
}

Bench::Bench(const driver::Scoring& scoring)
    : Bench(scoring, [](std::uint32_t, std::uint32_t) { return true; }) {}

Bench Bench::of_period(const driver::Scoring& scoring, std::size_t row) {
  const std::uint32_t own = scoring.data.units.rows().period(row);
  const bool all = looks_at_other_periods(scoring.lowered.program);
  return {scoring, [=](std::uint32_t, std::uint32_t period) {
    return all || period == own || period == table::kNoPeriod;
  }};
}

Bench Bench::of_unit(const driver::Scoring& scoring, std::size_t row) {
  const std::uint32_t own = scoring.data.units.rows().period(row);
  const std::uint32_t of = scoring.data.units.rows().unit(row);
  const bool all = looks_at_other_periods(scoring.lowered.program);
  return {scoring, [=](std::uint32_t unit, std::uint32_t period) {
    return unit == of && (all || period == own || period == table::kNoPeriod);
  }};
}

std::size_t Bench::row_of(std::size_t row) const {
  return static_cast<std::size_t>(std::find(rows_.begin(), rows_.end(), row) - rows_.begin());
}

void Bench::set_parameter(std::uint32_t slot, value::Value value) {
  parameters_[slot] = std::move(value);
}

void Bench::add(std::uint16_t table, const table::RowView& record) { records_[table].add(record); }

void Bench::drop(const RecordPlace& record) {
  table::Table& table = records_[record.table];
  table = copied(table, [&](std::size_t r) { return r != record.row; });
}

engine::Outcome Bench::run(const std::vector<std::size_t>& trace) { return run({}, trace); }

engine::Outcome Bench::run(const CellChanges& changes, const std::vector<std::size_t>& trace) {
  engine::RunOptions options;
  options.parameters = parameters_;
  options.calendar = &driver::calendar();
  options.trace_rows = trace;
  engine::TableSource records(records_);
  const program::Program& program = scoring_.lowered.program;
  if (changes.empty()) return interpreter::run(program, units_, records, options);
  return interpreter::run(program, with_cells(units_, changes), records, options);
}

table::UnitTable with_cells(const table::UnitTable& units, const CellChanges& changes) {
  const table::Table& rows = units.rows();
  table::Table out(rows.column_count());
  std::vector<value::Value> cells(rows.column_count());
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = rows.at(r, c);
    for (const CellChange& change : changes) {
      if (change.row == r) cells[change.column] = change.value;
    }
    out.add({rows.unit(r), rows.period(r), rows.line(r), cells});
  }
  return same_units(units, std::move(out));
}

}  // namespace xize::whatif

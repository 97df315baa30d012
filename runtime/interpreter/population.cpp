#include "runtime/interpreter/population.h"

#include <algorithm>
#include <map>

#include "runtime/interpreter/places.h"
#include "runtime/value/value_order.h"

namespace xize::interpreter {
namespace {

using program::Op;
using program::Opcode;
using Rows = std::vector<std::size_t>;

bool has_class(const Op& op) {
  return op.code == Opcode::pop_count || op.code == Opcode::pop_take;
}

// Rows that are compared with one another: those of a period, or all; of one class where the op
// has classes. A row whose class cannot be used stands alone with those of the same state.
std::vector<Rows> fields(const PopulationOp& p, const Population& population) {
  const Op& op = p.op;
  const table::Table& rows = population.units.rows();
  const bool across = (op.imm & program::kAcrossPeriods) != 0;
  std::vector<std::map<Value, Rows, value::ValueBefore>> by_class(
      across ? 1 : population.units.period_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const Value key = has_class(op) ? p.columns.at(1, row) : Value();
    by_class[across ? 0 : rows.period(row)][key].push_back(row);
  }
  std::vector<Rows> fields;
  for (auto& period : by_class) {
    for (auto& [key, field] : period) fields.push_back(std::move(field));
  }
  return fields;
}

// `value_at` is the operand from which on values must be usable.
bool takes_part(const Columns& columns, std::size_t row, std::size_t value_at,
                const Population& population) {
  if (population.faulty[row]) return false;
  const auto* who = std::get_if<bool>(&columns.at(0, row));
  if (who == nullptr || !*who) return false;
  for (std::size_t i = value_at; i < columns.size(); ++i) {
    if (fault_of(columns.at(i, row), columns.ids[i])) return false;
  }
  return true;
}

// The rows of a field that take part; across periods, the last of each unit.
Rows participants(const PopulationOp& p, const Rows& field, const Population& population) {
  const std::size_t value_at = p.op.code == Opcode::pop_take ? 3 : 1;
  Rows rows;
  for (const std::size_t row : field) {
    if (takes_part(p.columns, row, value_at, population)) rows.push_back(row);
  }
  if ((p.op.imm & program::kAcrossPeriods) == 0) return rows;
  const table::Table& table = population.units.rows();
  std::map<std::uint32_t, std::size_t> last;  // by unit
  for (const std::size_t row : rows) {
    const auto [it, first] = last.emplace(table.unit(row), row);
    if (!first && table.period(it->second) < table.period(row)) it->second = row;
  }
  rows.clear();
  for (const auto& [unit, row] : last) rows.push_back(row);
  return rows;
}

// Sum, average, min, max, median, count: one value for the whole field.
Value reduce(const PopulationOp& p, const Rows& rows) {
  const Opcode code = p.op.code;
  const auto n = static_cast<std::int64_t>(rows.size());
  if (code == Opcode::pop_count) return Rational(n);
  std::vector<Rational> values;
  for (const std::size_t row : rows) values.push_back(number(p.columns.at(1, row)));
  if (code != Opcode::pop_sum && values.empty()) return fault(FaultKind::EmptyAggregate, p.id);
  Rational sum;
  for (const Rational& x : values) sum += x;
  if (code == Opcode::pop_sum) return limited(sum, p.id);
  if (code == Opcode::pop_average) return limited(sum / Rational(n), p.id);
  std::sort(values.begin(), values.end());
  if (code == Opcode::pop_min) return values.front();
  if (code == Opcode::pop_max) return values.back();
  const std::size_t middle = values.size() / 2;  // median
  if (values.size() % 2 == 1) return values[middle];
  return limited((values[middle - 1] + values[middle]) / Rational(2), p.id);
}

// `percentile(x)`: the share of those taking part whose value is not above the unit's.
Value percentile(const Value& own, OpId own_op, const std::vector<Rational>& sorted, OpId id) {
  if (const auto f = fault_of(own, own_op)) return *f;
  if (sorted.empty()) return fault(FaultKind::EmptyAggregate, id);
  const auto above = std::upper_bound(sorted.begin(), sorted.end(), number(own));
  return Rational(above - sorted.begin(), static_cast<std::int64_t>(sorted.size()));
}

void apply_percentile(const PopulationOp& p, const Field& field, std::vector<Value>& out) {
  std::vector<Rational> sorted;
  for (const std::size_t row : field.participants) sorted.push_back(number(p.columns.at(1, row)));
  std::sort(sorted.begin(), sorted.end());
  for (const std::size_t row : field.rows) {
    out[row] = percentile(p.columns.at(1, row), p.columns.ids[1], sorted, p.id);
  }
}

// §6.6: the periods of one unit become one value, the same in each of its rows.
Value combine(const PopulationOp& p, const Rows& rows) {
  if (rows.empty()) return fault(FaultKind::EmptyAggregate, p.id);
  const auto mode = static_cast<program::PeriodMode>(p.op.imm & 0xff);
  Rational sum;
  Rational weights;
  for (const std::size_t row : rows) {
    for (std::size_t i = 1; i < 3; ++i) {
      if (const auto f = fault_of(p.columns.at(i, row), p.columns.ids[i])) return *f;
    }
    const Rational& x = number(p.columns.at(1, row));
    const bool weighted = mode == program::PeriodMode::Weighted;
    const Rational weight = weighted ? number(p.columns.at(2, row)) : Rational(1);
    sum += x * weight;
    weights += weight;
  }
  if (mode == program::PeriodMode::Last) return p.columns.at(1, rows.back());
  if (mode == program::PeriodMode::Sum) return limited(sum, p.id);
  if (weights.is_zero()) return fault(FaultKind::DivisionByZero, p.id);
  return limited(sum / weights, p.id);
}

// One period in error spoils the combination: it is not known what it would have been.
void apply_combine(const PopulationOp& p, const Population& population, std::vector<Value>& out) {
  const table::UnitTable& units = population.units;
  for (std::uint32_t unit = 0; unit < units.unit_count(); ++unit) {
    Rows all;
    Rows counted;
    std::optional<Fault> spoilt;
    for (std::uint32_t period = 0; period < units.period_count(); ++period) {
      const auto row = units.find_row(unit, period);
      if (!row) continue;
      all.push_back(*row);
      if (population.faulty[*row]) spoilt = Fault{FaultKind::BadCell, p.id.index};
      const Value& who = p.columns.at(0, *row);
      if (const auto f = fault_of(who, p.columns.ids[0])) spoilt = f;
      if (!spoilt && std::get<bool>(who)) counted.push_back(*row);
    }
    const Value value = spoilt ? Value(*spoilt) : combine(p, counted);
    for (const std::size_t row : all) out[row] = value;
  }
}

// `previous(x)`, `last_year(x)`: missing if the unit has no row in that period.
void apply_previous(const PopulationOp& p, const Population& population, std::vector<Value>& out) {
  const table::UnitTable& units = population.units;
  for (std::size_t row = 0; row < out.size(); ++row) {
    const Value& period = units.period_value(units.rows().period(row));
    const auto* month = std::get_if<value::Month>(&period);
    if (month == nullptr) continue;
    const auto before = units.find_period(value::add_months(*month, -std::int64_t{p.op.imm}));
    if (!before) continue;
    const auto there = units.find_row(units.rows().unit(row), *before);
    if (!there) continue;
    out[row] = p.columns.at(0, *there);
    if (population.faulty[*there]) out[row] = fault(FaultKind::BadCell, p.id);
  }
}

// One field: those of a period, or of a class, that are compared with one another.
void apply_field(const PopulationOp& p, const Field& field, std::vector<Value>& out) {
  switch (p.op.code) {
    case Opcode::pop_rank: return apply_rank(p, field, out);
    case Opcode::pop_take: return apply_take(p, field, out);
    case Opcode::pop_percentile: return apply_percentile(p, field, out);
    default: break;
  }
  const Value value = reduce(p, field.participants);
  for (const std::size_t row : field.rows) out[row] = value;
}

}  // namespace

std::vector<Value> apply_population(const PopulationOp& p, const Population& population) {
  std::vector<Value> out(population.units.rows().row_count());
  if (p.op.code == Opcode::pop_previous) {
    apply_previous(p, population, out);
    return out;
  }
  if (p.op.code == Opcode::pop_combine) {
    apply_combine(p, population, out);
    return out;
  }
  for (const Rows& field : fields(p, population)) {
    apply_field(p, {field, participants(p, field, population)}, out);
  }
  // A unit whose data are in error has no place among the others.
  const bool is_place = p.op.code == Opcode::pop_rank || p.op.code == Opcode::pop_take;
  for (std::size_t row = 0; is_place && row < out.size(); ++row) {
    if (population.faulty[row]) out[row] = fault(FaultKind::BadCell, p.id);
  }
  return out;
}

}  // namespace xize::interpreter

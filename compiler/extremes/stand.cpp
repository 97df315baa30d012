#include "compiler/extremes/stand.h"

#include <algorithm>

#include "compiler/testing/test_data.h"
#include "compiler/whatif/reach.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/roots.h"

namespace xize::extremes {
namespace {

using program::Level;
using program::Op;
using program::Opcode;
using program::OpId;

// Other units where the policy does not list those it compares.
constexpr std::size_t kOthers = 9;
// What the policy writes is looked at up to so many numbers and texts.
constexpr std::size_t kWrittenMax = 24;

bool is_population(const Op& op) {
  const bool own = op.code == Opcode::pop_combine || op.code == Opcode::pop_previous;
  return program::facts(op.code).shape == program::Shape::Population && !own;
}

template <class T>
bool holds(const std::vector<T>& list, const T& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

template <class T>
void add_once(std::vector<T>& list, const T& one) {
  if (!holds(list, one)) list.push_back(one);
}

}  // namespace

Stand::Stand(const driver::Compilation& compilation)
    : compilation_(compilation),
      neutral_(compilation.model(), scoring_.lowered.program.strings) {
  // Open rules count as 0: the report says where they stand.
  scoring_.lowered = lower::to_program(compilation.model(), {lower::UnspecifiedMode::Zero, false});
  scoring_.data.schema = &program().schema;
  scoring_.data.pool = &scoring_.lowered.program.strings;
  stages_ = program().stages;
  const testing::TestData data = testing::TestDataMaker(compilation, scoring_.lowered)
                                     .make(sema::TestInfo{}, {});
  scoring_.parameters = data.parameters;
  for (std::uint32_t i = 0; i < program().schema.units.columns.size(); ++i) {
    plain_.cells.push_back(data.units.rows().at(data.row, i));
  }
  plain_.others = plain_.cells;
  plain_.records.resize(program().schema.records.size());
}

// ---- what is looked at

bool Stand::is_input(const Op& op) const {
  const table::TableSchema& units = program().schema.units;
  return op.code == Opcode::column && op.level == Level::Unit && op.imm != units.unit_column &&
         op.imm != units.period_column;
}

void Stand::take_inputs(const whatif::Reach& reach) {
  std::vector<OpId> divisors;
  for (std::size_t i = 0; i < program().ops.size(); ++i) {
    const Op& op = program().ops[OpId(i)];
    if (!reach.has(OpId(i))) continue;
    if (is_input(op)) add_once(columns_, op.imm);
    if (op.table != program::kNoTable) add_once(tables_, op.table);
    if (is_population(op)) others_ = kOthers;
    if (op.code == Opcode::div) divisors.push_back(op.operands[1]);
    if (op.code != Opcode::constant) continue;
    const Value& value = program().constants[op.imm];
    const auto* number = std::get_if<Rational>(&value);
    if (number != nullptr && numbers_.size() < kWrittenMax) add_once(numbers_, *number);
    const bool text = std::holds_alternative<value::Text>(value);
    if (text && texts_.size() < kWrittenMax) add_once(texts_, value);
  }
  for (const OpId read : whatif::Reach(program(), divisors).reads()) {
    const Op& op = program().ops[read];
    if (is_input(op)) divisors_.insert(op.imm);
  }
}

bool Stand::shares_inputs(const whatif::Reach& reach) const {
  for (std::size_t i = 0; i < program().ops.size(); ++i) {
    const Op& op = program().ops[OpId(i)];
    if (!reach.has(OpId(i))) continue;
    if (is_input(op) && holds(columns_, op.imm)) return true;
    if (op.table != program::kNoTable && holds(tables_, op.table)) return true;
  }
  return false;
}

// The checks that concern what is looked at; what they read is looked at as well.
std::vector<std::uint32_t> Stand::find_inputs(const std::vector<OpId>& roots) {
  columns_.clear();
  tables_.clear();
  divisors_.clear();
  numbers_.clear();
  texts_.clear();
  others_ = 0;
  take_inputs({program(), roots});
  std::vector<std::uint32_t> checks;
  for (bool grown = true; grown;) {
    grown = false;
    for (std::uint32_t i = 0; i < program().checks.size(); ++i) {
      const whatif::Reach reach(program(), {program().checks[i].condition});
      if (holds(checks, i) || !shares_inputs(reach)) continue;
      grown = true;
      checks.push_back(i);
      take_inputs(reach);
    }
  }
  return checks;
}

// Leaves of each stage what the roots need; groups are kept together.
void Stand::restrict_to(const std::vector<OpId>& roots, const std::vector<std::uint32_t>& checks) {
  std::vector<OpId> all = roots;
  for (const std::uint32_t check : checks) all.push_back(program().checks[check].condition);
  std::vector<bool> needed = program::needed_ops(program(), all);
  for (std::size_t before = 0; before != all.size();) {
    before = all.size();
    std::set<std::uint16_t> groupings;
    for (std::size_t i = 0; i < needed.size(); ++i) {
      const std::uint16_t grouping = program().ops[OpId(i)].grouping;
      if (needed[i] && grouping != program::kNoGrouping) groupings.insert(grouping);
    }
    for (std::size_t i = 0; i < needed.size(); ++i) {
      const Op& op = program().ops[OpId(i)];
      if (!needed[i] && op.level == Level::Group && groupings.contains(op.grouping)) {
        all.emplace_back(i);
      }
    }
    if (all.size() != before) needed = program::needed_ops(program(), all);
  }
  auto& stages = scoring_.lowered.program.stages;
  stages = stages_;
  const std::set<std::uint32_t> kept(checks.begin(), checks.end());
  for (program::Stage& stage : stages) {
    const auto idle = [&](OpId op) { return !needed[op.index]; };
    std::erase_if(stage.ops, idle);
    std::erase_if(stage.rows, idle);
    std::erase_if(stage.checks, [&](std::uint32_t check) { return !kept.contains(check); });
    stage.selections.clear();
  }
}

void Stand::aim(const std::vector<OpId>& ops, const std::string& unit) {
  std::vector<OpId> roots;
  std::copy_if(ops.begin(), ops.end(), std::back_inserter(roots),
               [](OpId op) { return op.valid(); });
  const std::vector<std::uint32_t> checks = find_inputs(roots);
  restrict_to(roots, checks);
  name_units(unit);
}

void Stand::compute_all() {
  auto& stages = scoring_.lowered.program.stages;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const std::vector<std::uint32_t> checks = stages[i].checks;
    stages[i] = stages_[i];
    stages[i].checks = checks;
    stages[i].selections.clear();
  }
}

// The unit, and where it is compared the others of its group.
void Stand::name_units(const std::string& unit) {
  units_ = {unit};
  if (others_ == 0) return;
  const sema::Model& model = compilation_.model();
  for (std::size_t i = 0; i < model.groups.size(); ++i) {
    const auto& units = model.groups[sema::GroupId(i)].units;
    const auto named = [&](sema::UnitId id) { return model.units[id.index] == unit; };
    if (!units || std::none_of(units->begin(), units->end(), named)) continue;
    for (const sema::UnitId id : *units) add_once(units_, model.units[id.index]);
    break;
  }
  if (units_.size() == 1) {
    for (std::size_t i = 0; i < kOthers; ++i) units_.push_back(unit + std::to_string(i + 2));
  }
  others_ = units_.size() - 1;
}

// ---- data

sema::ColumnId Stand::column_at(sema::TableId table, std::uint32_t index) const {
  for (const sema::ColumnId id : compilation_.model().tables[table].columns) {
    if (lowered().columns[id.index] == index) return id;
  }
  return {};
}

Value Stand::neutral(std::uint16_t table, std::uint32_t column, std::size_t index) const {
  const sema::ColumnId id = column_at(sema::TableId(table + 1u), column);
  if (!id.valid()) return value::Missing{};
  const std::uint32_t at = program().schema.units.period_column;
  const auto* month =
      at == table::kNoColumn ? nullptr : std::get_if<value::Month>(&plain_.cells[at]);
  return neutral_.cell(compilation_.model().columns[id],
                       program().schema.records[table].columns[column],
                       {index, month == nullptr ? std::nullopt : std::optional(*month)});
}

void Stand::load(const Draft& draft) {
  const table::DataSchema& schema = program().schema;
  table::Table rows(schema.units.columns.size());
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    rows.add({unit, 0, unit + 1u, unit == 0 ? draft.cells : draft.others});
  }
  const bool dated = schema.units.period_column != table::kNoColumn;
  const Value period = dated ? draft.cells[schema.units.period_column] : Value(value::Missing{});
  scoring_.data.units = table::UnitTable(units_, {period}, std::move(rows));
  scoring_.records.clear();
  for (std::uint16_t t = 0; t < schema.records.size(); ++t) {
    const table::TableSchema& of = schema.records[t];
    auto& table = scoring_.records.emplace_back(of.columns.size());
    for (const RecordKind& kind : draft.records[t]) {
      for (std::int64_t i = 0; i < kind.times; ++i) {
        std::vector<Value> cells = kind.cells;
        // Keys differ from row to row, months follow each other.
        for (std::uint32_t c = 0; c < cells.size(); ++c) {
          if (std::holds_alternative<value::Missing>(cells[c]) && c != of.unit_column) {
            cells[c] = neutral(t, c, table.row_count());
          }
        }
        const bool in_period = of.period_column != table::kNoColumn;
        table.add({0, in_period ? 0 : table::kNoPeriod, table.row_count() + 1, cells});
      }
    }
  }
}

bool Stand::run(const Draft& draft) {
  ++runs_;
  load(draft);
  engine::RunOptions options;
  options.calendar = &driver::calendar();
  options.trace_rows = {0};
  options.parameters = scoring_.parameters;
  engine::TableSource records(scoring_.records);
  scoring_.outcome = interpreter::run(program(), scoring_.data.units, records, options);
  return !scoring_.outcome.faulty[0];
}

std::optional<Rational> Stand::number(OpId op) const {
  const Value found = scoring_.outcome.value(op, 0);
  const auto* number = std::get_if<Rational>(&found);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

}  // namespace xize::extremes

#include "compiler/testing/examples.h"

#include <algorithm>

#include "compiler/testing/test_unit.h"
#include "compiler/whatif/reach.h"

namespace xize::testing {
namespace {

using program::NodeId;
using program::NodeKind;
using program::OpId;
using value::Rational;
using value::Value;

constexpr std::int64_t kPlenty = 100;  // a round number to start from

bool is_comparison(program::Opcode code) {
  return code >= program::Opcode::eq && code <= program::Opcode::ge;
}

}  // namespace

ExampleFinder::ExampleFinder(const driver::Compilation& compilation)
    : compilation_(compilation), model_(compilation.model()) {
  scoring_.lowered = lower::to_program(model_, {lower::UnspecifiedMode::Error, true});
  scoring_.data.schema = &scoring_.lowered.program.schema;
  scoring_.data.pool = &scoring_.lowered.program.strings;
  for (const auto& stage : scoring_.lowered.program.stages) checks_.push_back(stage.checks);
}

std::vector<Example> ExampleFinder::run() {
  const program::Program& program = scoring_.lowered.program;
  for (std::size_t i = 0; i < program.nodes.size(); ++i) {
    const program::Node& node = program.nodes[NodeId(i)];
    const bool leaf = node.kind == NodeKind::Item || node.kind == NodeKind::BonusItem ||
                      node.kind == NodeKind::PenaltyItem;
    if (leaf && node.scored && !whatif::compares_units(program, NodeId(i))) search(NodeId(i));
  }
  return std::move(found_);
}

void ExampleFinder::load(const TestData& data) {
  scoring_.data.units = data.units;
  scoring_.records = data.records;
  scoring_.parameters = data.parameters;
  row_ = data.row;
}

// A check of the data counts where the examples name every column it reads, as in a test.
void ExampleFinder::limit_checks() {
  program::Program& program = scoring_.lowered.program;
  const auto named = [&](OpId id) {
    const program::Op& op = program.ops[id];
    return op.code == program::Opcode::column && op.level == program::Level::Unit &&
           std::find(columns_.begin(), columns_.end(), op.imm) != columns_.end();
  };
  const auto counts = [&](std::uint32_t check) {
    const auto reads = whatif::Reach(program, {program.checks[check].condition}).reads();
    return std::all_of(reads.begin(), reads.end(), named);
  };
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    auto& kept = program.stages[i].checks;
    kept.clear();
    std::copy_if(checks_[i].begin(), checks_[i].end(), std::back_inserter(kept), counts);
  }
}

// What decides an item: comparisons, whole parts, guards, conditions of clauses, rows.
std::vector<OpId> ExampleFinder::conditions_of(NodeId id) const {
  const program::Program& program = scoring_.lowered.program;
  const program::Node& node = program.nodes[id];
  std::vector<OpId> ops = whatif::turns_of(program, id);
  const auto add = [&](OpId op) {
    if (op.valid() && program.ops[op].level == program::Level::Unit) ops.push_back(op);
  };
  for (const program::Decision& decision : node.decisions) add(decision.condition);
  for (const program::Contribution& clause : node.contributions) add(clause.active);
  for (const program::RowHit& row : node.rows) add(row.chosen);
  add(node.applicable);
  return ops;
}

// The guard that decides, by its place in their order; as many as there are if none does.
std::size_t ExampleFinder::decided_by(const engine::Outcome& outcome) const {
  std::size_t index = 0;
  for (const program::Decision& decision : scoring_.lowered.program.nodes[node_].decisions) {
    if (outcome.value(decision.condition, row_) == Value(true)) break;
    ++index;
  }
  return index;
}

ExampleFinder::State ExampleFinder::state_of(const engine::Outcome& outcome) const {
  const program::Program& program = scoring_.lowered.program;
  const std::size_t guard = decided_by(outcome);
  State state;
  state.turns.emplace_back(Rational(static_cast<std::int64_t>(guard)));
  // Nothing else matters then.
  if (guard < program.nodes[node_].decisions.size()) return state;
  for (const OpId id : conditions_) {
    const Value& value = outcome.value(id, row_);
    // Of whole parts the first ones show what the others do.
    const auto* whole = std::get_if<Rational>(&value);
    state.turns.push_back(whole == nullptr ? value : Value(std::min(*whole, Rational(2))));
    const program::Op& op = program.ops[id];
    if (!is_comparison(op.code)) continue;
    const Value& left = outcome.value(op.operands[0], row_);
    state.even.push_back(whatif::number_of(left).has_value() &&
                         left == outcome.value(op.operands[1], row_));
  }
  return state;
}

// The same turn of every condition, and no comparison even that was not before.
bool ExampleFinder::is_known(const State& state) const {
  return std::any_of(known_.begin(), known_.end(), [&](const State& known) {
    return known.turns == state.turns && known.even == state.even;
  });
}

void ExampleFinder::look_at_tests(NodeId node) {
  const std::string& rubric = scoring_.lowered.program.rubrics
                                  [scoring_.lowered.program.nodes[node].rubric].name;
  const TestDataMaker maker(compilation_, scoring_.lowered);
  for (const sema::TestInfo& test : model_.tests) {
    const TestData data = maker.make(test, unit_for(model_, test));
    if (!data.problems.empty()) continue;
    const bool other = test.rubric.valid() && model_.nodes[test.rubric].name != rubric;
    // Only a test that names an input of the item is about it.
    const bool about = std::any_of(columns_.begin(), columns_.end(), [&](std::uint32_t column) {
      return data.given_columns.contains(column);
    });
    if (other || (!about && !columns_.empty())) continue;
    load(data);
    known_.push_back(state_of(whatif::Bench(scoring_).run({row_})));
  }
}

void ExampleFinder::search(NodeId id) {
  const program::Program& program = scoring_.lowered.program;
  node_ = id;
  columns_ = whatif::columns_read(program, id);
  conditions_ = conditions_of(id);
  limit_checks();
  known_.clear();
  look_at_tests(id);
  const lower::Place& place = scoring_.lowered.places[program.nodes[id].origin.index];
  unit_ = unit_in(model_, {place.node.valid() ? model_.nodes[place.node].rubric : model_.rubrics[0],
                           place.node});
  for (const Start& start :
       {Start{kPlenty, kPlenty, false}, Start{kPlenty, 0, false}, Start{kPlenty, kPlenty, true},
        Start{0, 0, false}}) {
    search_from(id, start);
  }
}

Value ExampleFinder::start_value(std::uint32_t column, const Start& start, bool first) const {
  const table::ColumnSchema& schema = scoring_.lowered.program.schema.units.columns[column];
  const Value& neutral = scoring_.data.units.rows().at(row_, column);
  if (schema.judged || schema.type == table::ColumnType::Text) return neutral;
  if (schema.type != table::ColumnType::Number) return neutral;
  const bool own = schema.name.find('.') != std::string::npos;
  std::int64_t amount = own ? start.own : start.shared;
  if (own && start.only_first && !first) amount = 0;
  const bool ratio = schema.number.kind == table::NumberKind::Ratio;
  const Value value = Rational(ratio ? std::min<std::int64_t>(amount, 1) : amount);
  return amount != 0 && table::contains(schema.range, value) ? value : neutral;
}

void ExampleFinder::search_from(NodeId id, const Start& start) {
  load(TestDataMaker(compilation_, scoring_.lowered).make(sema::TestInfo{}, unit_));
  whatif::CellChanges cells;
  bool first = true;
  for (const std::uint32_t column : columns_) {
    const Value value = start_value(column, start, first);
    const std::string& name = scoring_.lowered.program.schema.units.columns[column].name;
    if (name.find('.') != std::string::npos) first = false;
    cells.push_back({row_, column, value});
  }
  scoring_.data.units = whatif::with_cells(scoring_.data.units, cells);
  avoid_guards();
  whatif::Bench bench(scoring_);
  Example plain;
  plain.node = id;
  add(bench, plain, {}, false);
  const engine::Outcome outcome = bench.run({row_});
  const bool decided = decided_by(outcome) < scoring_.lowered.program.nodes[id].decisions.size();
  if (outcome.faulty[row_]) return;
  for (const std::uint32_t column : columns_) {
    const auto type = scoring_.lowered.program.schema.units.columns[column].type;
    if (!decided || type == table::ColumnType::Bool) add_around(bench, {row_, id, column});
  }
  if (!decided) add_records(id, bench);
}

// Turns every yes-or-no over that a guard stands on.
void ExampleFinder::avoid_guards() {
  const auto guard = [this] { return decided_by(whatif::Bench(scoring_).run({row_})); };
  for (const std::uint32_t column : columns_) {
    const Value cell = scoring_.data.units.rows().at(row_, column);
    const bool* yes = std::get_if<bool>(&cell);
    if (yes == nullptr) continue;
    const std::size_t before = guard();
    const table::UnitTable units = scoring_.data.units;
    scoring_.data.units = whatif::with_cells(units, {{row_, column, !*yes}});
    if (guard() <= before) scoring_.data.units = units;
  }
}

// The other values of a choice; of a number the places at its boundaries.
void ExampleFinder::add_around(whatif::Bench& bench, const whatif::ProbePlace& place) {
  const table::ColumnSchema& schema =
      scoring_.lowered.program.schema.units.columns[place.column];
  if (schema.judged || schema.type == table::ColumnType::Text) return;
  whatif::Probe probe(scoring_, bench, place);
  Example example;
  example.node = place.node;
  example.column = place.column;
  const auto try_place = [&](std::int64_t at, Where where, bool always) {
    const auto value = probe.axis().at(at);
    example.where = where;
    return value && add(bench, example, {{row_, place.column, *value}}, always);
  };
  for (const std::int64_t listed : probe.axis().listed()) try_place(listed, Where::Inside, false);
  for (const int direction : {-1, 1}) {
    for (const std::int64_t turn : probe.turns(direction)) {
      if (!probe.axis().ordered()) continue;
      // The boundary itself lies on one of its sides: where a comparison is even.
      const auto even = [&](std::int64_t at) {
        const auto& gaps = probe.sample(at).gaps;
        return std::any_of(gaps.begin(), gaps.end(),
                           [](const auto& gap) { return gap && gap->is_zero(); });
      };
      const std::int64_t before = turn - direction;
      const std::int64_t edge = even(before) ? before : turn;
      const bool exact = try_place(edge, even(edge) ? Where::At : Where::Behind, false);
      // What is new at the boundary is shown beside it as well.
      try_place(edge - 1, Where::Before, exact);
      try_place(edge + 1, Where::Behind, exact && even(edge));
    }
  }
}

// One record: with every yes-or-no at no, then each of them at yes.
void ExampleFinder::add_records(NodeId id, whatif::Bench& bench) {
  const table::DataSchema& schema = scoring_.lowered.program.schema;
  for (const std::uint16_t table : whatif::records_read(scoring_.lowered.program, id)) {
    const auto& columns = schema.records[table].columns;
    std::vector<std::uint32_t> flags;
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      if (columns[i].type == table::ColumnType::Bool) flags.push_back(i);
    }
    for (std::size_t yes = 0; yes <= flags.size(); ++yes) {
      Example example;
      example.node = id;
      example.record = table;
      for (std::size_t i = 0; i < flags.size(); ++i) {
        example.record_cells.emplace_back(flags[i], Value(i + 1 == yes));
      }
      add(bench, example, {}, false);
    }
  }
}

// Keeps the example if it has a score and shows something new; or `always`, unless it is there.
bool ExampleFinder::add(whatif::Bench& bench, Example example,
                        const whatif::CellChanges& changes, bool always) {
  whatif::Bench trial = bench;
  if (!changes.empty()) trial.set_units(whatif::with_cells(bench.units(), changes));
  if (example.record) {
    const table::TableSchema& schema = scoring_.lowered.program.schema.records[*example.record];
    const Neutral neutral(model_, scoring_.lowered.program.strings);
    std::vector<Value> cells(schema.columns.size());
    for (std::size_t c = 0; c < model_.columns.size(); ++c) {
      const sema::Column& column = model_.columns[sema::ColumnId(c)];
      const std::uint32_t at = scoring_.lowered.columns[c];
      if (column.table.index != *example.record + 1u || at == table::kNoColumn) continue;
      if (at != schema.unit_column) cells[at] = neutral.cell(column, schema.columns[at], {});
    }
    for (const auto& [column, value] : example.record_cells) cells[column] = value;
    const table::Table& rows = trial.units().rows();
    const bool dated = schema.period_column != table::kNoColumn;
    trial.add(*example.record, {rows.unit(row_), dated ? rows.period(row_) : table::kNoPeriod,
                                1, cells});
  }
  const engine::Outcome outcome = trial.run({row_});
  if (outcome.faulty[row_]) return false;
  const program::Node& node = scoring_.lowered.program.nodes[example.node];
  example.score = outcome.value(node.score, row_);
  const bool scored = std::holds_alternative<Rational>(example.score) ||
                      std::holds_alternative<value::NotApplicable>(example.score);
  State state = state_of(outcome);
  // Another number of records is another state where nothing but their count is read.
  if (example.record) state.turns.push_back(example.score);
  if (!scored || (!always && is_known(state))) return false;
  example.unit = unit_;
  for (const std::uint32_t column : columns_) {
    example.cells.emplace_back(column, trial.units().rows().at(row_, column));
  }
  const bool doubled = std::any_of(found_.begin(), found_.end(), [&](const Example& other) {
    return other.node == example.node && other.cells == example.cells &&
           other.record == example.record && other.record_cells == example.record_cells;
  });
  if (doubled) return false;
  known_.push_back(std::move(state));
  found_.push_back(std::move(example));
  return true;
}

}  // namespace xize::testing

#include "compiler/verify/replay.h"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/whatif/reach.h"
#include "runtime/interpreter/interpreter.h"

namespace xize::verify {

using value::Value;

namespace {

// Round numbers that are easier to read than others.
constexpr std::array<std::int64_t, 4> kRound = {1, 10, 100, 1000};

}  // namespace

Replay::Replay(const driver::Compilation& compilation, Workspace& space)
    : compilation_(compilation),
      space_(space),
      neutral_(compilation.model(), scoring_.lowered.program.strings) {
  scoring_.lowered =
      lower::to_program(compilation.model(), {lower::UnspecifiedMode::Error, true});
  for (const auto& names : program().unit_sets) {
    for (const std::string& name : names) space.mention_unit(name);
  }
}

bool Replay::holds(program::OpId op) const {
  return value(op) == Value(true);
}

std::optional<Rational> Replay::number(program::OpId op) const {
  const Value found = value(op);
  const auto* number = std::get_if<Rational>(&found);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

Datum Replay::datum(program::OpId op) const { return results::datum_of(program(), value(op)); }

// ---- data

Value Replay::neutral(sema::TableId table, std::uint32_t column) {
  const sema::Model& model = compilation_.model();
  const auto& schema = table == sema::kUnitTable ? program().schema.units
                                                 : program().schema.records[table.index - 1];
  for (const sema::ColumnId id : model.tables[table].columns) {
    if (lowered().columns[id.index] != column) continue;
    return neutral_.cell(model.columns[id], schema.columns[column],
                         {0, space_.period_of_example()});
  }
  return value::Missing{};
}

Value Replay::cell(const Cell& cell, const table::ColumnSchema& schema) {
  const auto is_so = [&](TermId state) {
    return state.valid() && !smt::evaluate(space_.terms, state, values_).is_zero();
  };
  if (is_so(cell.missing)) return value::Missing{};
  if (is_so(cell.not_applicable)) return value::NotApplicable{};
  const Rational number = smt::evaluate(space_.terms, cell.value, values_);
  const auto whole = number.to_int64().value_or(0);
  switch (schema.type) {
    case table::ColumnType::Number: return number;
    case table::ColumnType::Bool: return !number.is_zero();
    case table::ColumnType::Date: return value::Date{static_cast<std::int32_t>(whole)};
    case table::ColumnType::Month: return value::Month{static_cast<std::int32_t>(whole)};
    default: break;
  }
  const auto known = static_cast<std::int64_t>(space_.texts.size());
  const std::string text = whole >= 0 && whole < known
                               ? std::string(space_.texts.text(static_cast<std::uint32_t>(whole)))
                               : std::to_string(whole);
  return value::Text{scoring_.lowered.program.strings.intern(text)};
}

void Replay::make_unit(Encoder& encoder) {
  const table::TableSchema& schema = program().schema.units;
  unit_cells_.clear();
  for (std::uint32_t i = 0; i < schema.columns.size(); ++i) {
    if (i == schema.period_column) {
      unit_cells_.emplace_back(space_.period_of_example());
    } else {
      const auto& c = encoder.cell(i);
      const auto known = smt::unknowns(space_.terms, {c.value, c.missing, c.not_applicable});
      const bool any = std::any_of(known.begin(), known.end(),
                                   [&](TermId id) { return values_.contains(id); });
      unit_cells_.push_back(any ? cell(c, schema.columns[i]) : neutral(sema::kUnitTable, i));
    }
  }
  parameters_.clear();
  for (std::uint32_t i = 0; i < program().parameters.size(); ++i) {
    parameters_.emplace_back(cell(encoder.parameter(i), program().parameters[i].schema));
  }
}

// Rows that no condition reads hold what is neutral; keys are numbered.
void Replay::make_records(std::uint16_t table) {
  const table::TableSchema& schema = program().schema.records[table];
  auto& kinds = kinds_.emplace_back();
  for (int row = 0; row < kWitnessRows; ++row) {
    const Rational times =
        smt::evaluate(space_.terms, space_.occurs(schema.name, row), values_);
    Kind kind{std::vector<Value>(schema.columns.size()), times.to_int64().value_or(0)};
    if (kind.times <= 0) continue;
    for (std::uint32_t i = 0; i < schema.columns.size(); ++i) {
      const Cell& c = space_.cell(schema.name, row, schema.columns[i]);
      if (i == schema.unit_column) {
        kind.cells[i] = unit_cells_[program().schema.units.unit_column];
      } else if (values_.contains(c.value)) {
        kind.cells[i] = cell(c, schema.columns[i]);
      } else {
        kind.cells[i] = neutral(sema::TableId(std::size_t{table} + 1), i);
      }
    }
    kinds.push_back(std::move(kind));
  }
}

void Replay::run(Encoder& encoder, const smt::Assignment& values) {
  values_ = values;
  make_unit(encoder);
  const table::DataSchema& schema = program().schema;
  table::Table rows(schema.units.columns.size());
  rows.add({.unit = 0, .period = 0, .line = 1, .cells = unit_cells_});
  Value period = value::Missing{};
  if (schema.units.period_column != table::kNoColumn) period = space_.period_of_example();
  std::string name = space_.unit_names().back();
  if (schema.units.unit_column != table::kNoColumn) {
    name = text(unit_cells_[schema.units.unit_column]);
  }
  kinds_.clear();
  std::vector<table::Table> records;
  for (std::uint16_t t = 0; t < schema.records.size(); ++t) {
    make_records(t);
    auto& table = records.emplace_back(schema.records[t].columns.size());
    const bool dated = schema.records[t].period_column != table::kNoColumn;
    for (const Kind& kind : kinds_.back()) {
      for (std::int64_t i = 0; i < kind.times; ++i) {
        table.add({.unit = 0, .period = dated ? 0 : table::kNoPeriod,
                   .line = table.row_count() + 1, .cells = kind.cells});
      }
    }
  }
  scoring_.data.schema = &schema;
  scoring_.data.pool = &scoring_.lowered.program.strings;
  scoring_.data.units = table::UnitTable({name}, {period}, std::move(rows));
  engine::TableSource source(std::move(records));
  engine::RunOptions options;
  options.calendar = &driver::calendar();
  options.parameters = parameters_;
  options.trace_rows = {0};
  scoring_.outcome = interpreter::run(program(), scoring_.data.units, source, options);
}

// ---- what is shown

std::string Replay::text(const Value& value) const {
  if (std::holds_alternative<value::NotApplicable>(value)) return "不涉及";
  if (const auto* number = std::get_if<Rational>(&value)) return number->to_string();
  if (const auto* b = std::get_if<bool>(&value)) return *b ? "是" : "否";
  if (const auto* date = std::get_if<value::Date>(&value)) return value::to_string(*date);
  if (const auto* month = std::get_if<value::Month>(&value)) return value::to_string(*month);
  if (const auto* t = std::get_if<value::Text>(&value)) {
    return std::string(program().strings.text(t->id));
  }
  return {};
}

void Replay::add_tables(const std::vector<program::OpId>& roots,
                        std::vector<ExampleTable>& tables) const {
  const whatif::Reach reach(program(), roots, scoring_.outcome, 0);
  const table::DataSchema& schema = program().schema;
  std::set<std::uint32_t> columns;
  if (schema.units.unit_column != table::kNoColumn) columns.insert(schema.units.unit_column);
  if (schema.units.period_column != table::kNoColumn) columns.insert(schema.units.period_column);
  std::map<std::uint16_t, std::set<std::uint32_t>> of_records;
  for (const program::OpId id : reach.reads()) {
    const Op& op = program().ops[id];
    if (op.code != Opcode::column) continue;
    (op.level == program::Level::Row ? of_records[op.table] : columns).insert(op.imm);
  }
  const auto start = [](const table::TableSchema& of, const std::set<std::uint32_t>& shown) {
    ExampleTable out{of.name, {}, {}};
    for (const std::uint32_t i : shown) out.columns.push_back(of.columns[i].name);
    return out;
  };
  if (tables.empty()) tables.push_back(start(schema.units, columns));
  ExampleTable::Row unit;
  for (const std::uint32_t i : columns) {
    unit.cells.push_back(text(unit_cells_[i]));
  }
  tables.front().rows.push_back(std::move(unit));
  for (auto& [t, shown] : of_records) {
    const table::TableSchema& of = schema.records[t];
    for (const std::uint32_t i : {of.unit_column, of.period_column}) {
      if (i != table::kNoColumn) shown.insert(i);
    }
    ExampleTable out = start(of, shown);
    for (const Kind& kind : kinds_[t]) {
      ExampleTable::Row row{{}, kind.times};
      for (const std::uint32_t i : shown) row.cells.push_back(text(kind.cells[i]));
      out.rows.push_back(std::move(row));
    }
    const bool known = std::any_of(tables.begin() + 1, tables.end(),
                                   [&](const ExampleTable& o) { return o.name == out.name; });
    if (!known) tables.push_back(std::move(out));
  }
}

void Replay::add_parameters(const std::vector<program::OpId>& roots,
                            std::vector<std::pair<std::string, std::string>>& parameters) const {
  const whatif::Reach reach(program(), roots, scoring_.outcome, 0);
  for (const program::OpId id : reach.reads()) {
    const Op& op = program().ops[id];
    if (op.code != Opcode::parameter) continue;
    const program::ParameterSlot& slot = program().parameters[op.imm];
    parameters.emplace_back(slot.name, text(*parameters_[op.imm]));
  }
}

// ---- wishes

std::vector<std::pair<TermId, Rational>> Replay::wishes(Encoder& encoder,
                                                        const std::vector<TermId>& unknowns) {
  std::vector<std::pair<TermId, Rational>> wishes;
  const std::set<TermId> asked(unknowns.begin(), unknowns.end());
  const auto wish = [&](TermId id, const Rational& x) {
    if (asked.contains(id)) wishes.emplace_back(id, x);
  };
  const auto wish_cell = [&](const Cell& c, const Value& like) {
    const bool blank = std::holds_alternative<value::Missing>(like);
    if (c.not_applicable) wish(c.not_applicable, 0);
    if (c.missing) wish(c.missing, blank ? 1 : 0);
    const smt::Term& term = space_.terms[c.value];
    const bool scaled = term.kind == smt::TermKind::Scale;
    const TermId id = scaled ? term.a : c.value;
    const Rational step = scaled ? term.number : Rational(1);
    if (const auto* b = std::get_if<bool>(&like)) return wish(id, *b ? 1 : 0);
    if (const auto* text = std::get_if<value::Text>(&like)) {
      return wish(id, std::int64_t{space_.texts.intern(program().strings.text(text->id))});
    }
    if (const auto x = as_number(like)) wish(id, *x / step);
    if (c.type != table::ColumnType::Number) return;
    for (const std::int64_t n : kRound) wish(id, Rational(n) / step);
  };
  for (const table::TableSchema& table : program().schema.records) {
    for (int row = 0; row < kWitnessRows; ++row) {
      const TermId times = space_.occurs(table.name, row);
      const smt::Term& term = space_.terms[times];
      wish(term.kind == smt::TermKind::Choose ? term.a : times, 0);
      if (row < kManyRows) wish(times, 1);
    }
  }
  for (std::uint32_t i = 0; i < program().schema.units.columns.size(); ++i) {
    if (i != program().schema.units.period_column) {
      wish_cell(encoder.cell(i), neutral(sema::kUnitTable, i));
    }
  }
  for (std::size_t t = 0; t < program().schema.records.size(); ++t) {
    const table::TableSchema& table = program().schema.records[t];
    for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
      for (int row = 0; row < kWitnessRows; ++row) {
        wish_cell(space_.cell(table.name, row, table.columns[i]),
                  neutral(sema::TableId(t + 1), i));
      }
    }
  }
  return wishes;
}

}  // namespace xize::verify

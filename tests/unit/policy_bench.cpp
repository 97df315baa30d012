#include "tests/unit/policy_bench.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "compiler/diagnostics/render_words.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"
#include "runtime/blockwise/blockwise.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/print.h"
#include "runtime/program/verify.h"
#include "tests/differential/same_outcome.h"

namespace xize::bench {

// A policy from text to model, with everything the model points into.
struct PolicyBench::Checked {
  explicit Checked(std::string text)
      : file("test.xize", std::move(text)), sink(file), module(syntax::parse(file, sink)),
        model(sema::check(module, sink)) {
    for (const auto* d : sink.by_place()) {
      if (diagnostics::row(d->kind).severity != diagnostics::Severity::Error) continue;
      const auto* place = std::get_if<diagnostics::InSource>(&d->where);
      const auto line = place == nullptr ? 0 : file.line_column(place->span.begin).line;
      FAIL_CHECK(line << ": " << diagnostics::message_text(*d, diagnostics::Language::English));
    }
  }
  source::File file;
  diagnostics::Sink sink;
  ast::Module module;
  sema::Model model;
};

PolicyBench::PolicyBench(const std::string& text, lower::Options options)
    : checked_(std::make_unique<Checked>(text)) {
  REQUIRE(checked_->sink.by_place().size() < 1000);
  lowered = lower::to_program(checked_->model, options);
  REQUIRE(program::verify(lowered.program) == std::vector<std::string>());
  const auto& schema = lowered.program.schema;
  units_ = table::Table(schema.units.columns.size());
  for (const auto& table : schema.records) records_.emplace_back(table.columns.size());
}

PolicyBench::~PolicyBench() = default;

Value PolicyBench::text(const std::string& s) {
  return value::Text{lowered.program.strings.intern(s)};
}

Value PolicyBench::blank(const table::ColumnSchema& column) {
  if (column.judged) return value::Pending{};
  if (column.optional) return value::Missing{};
  switch (column.type) {
    case table::ColumnType::Number: return Rational(0);
    case table::ColumnType::Bool: return false;
    case table::ColumnType::Choice: return text(column.choices.front());
    default: return value::Missing{};
  }
}

std::vector<Value> PolicyBench::cells_of(const table::TableSchema& table, const Cells& cells) {
  std::vector<Value> row;
  for (const auto& column : table.columns) row.push_back(blank(column));
  for (const auto& [name, value] : cells) {
    const std::uint32_t place = table::find_column(table, name);
    INFO(name);
    REQUIRE(place != table::kNoColumn);
    row[place] = value;
  }
  return row;
}

void PolicyBench::unit(const std::string& name, const Cells& cells) {
  const auto& table = lowered.program.schema.units;
  if (periods_.empty()) periods_.emplace_back(value::Missing{});
  auto row = cells_of(table, cells);
  row[table.unit_column] = text(name);
  names_.push_back(name);
  units_.add({static_cast<std::uint32_t>(names_.size() - 1), 0, units_.row_count() + 2, row});
}

void PolicyBench::unit_in(const std::string& name, value::Month month, const Cells& cells) {
  const auto& table = lowered.program.schema.units;
  REQUIRE(table.period_column != table::kNoColumn);
  auto row = cells_of(table, cells);
  row[table.unit_column] = text(name);
  row[table.period_column] = month;
  if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
  if (std::find(periods_.begin(), periods_.end(), Value(month)) == periods_.end()) {
    periods_.emplace_back(month);
  }
  const auto unit = std::find(names_.begin(), names_.end(), name) - names_.begin();
  const auto period = std::find(periods_.begin(), periods_.end(), Value(month)) - periods_.begin();
  units_.add({static_cast<std::uint32_t>(unit), static_cast<std::uint32_t>(period),
              units_.row_count() + 2, row});
}

void PolicyBench::record(const std::string& table, const std::string& unit, const Cells& cells) {
  const auto index = table::find_records(lowered.program.schema, table);
  REQUIRE(index);
  const auto& schema = lowered.program.schema.records[*index];
  auto row = cells_of(schema, cells);
  row[schema.unit_column] = text(unit);
  const auto at = std::find(names_.begin(), names_.end(), unit) - names_.begin();
  records_[*index].add({static_cast<std::uint32_t>(at), table::kNoPeriod,
                        records_[*index].row_count() + 2, row});
}

void PolicyBench::run() {
  const table::UnitTable units(names_, periods_, units_);
  engine::TableSource source(records_);
  outcome = interpreter::run(lowered.program, units, source, {});
  const auto by_blocks = blockwise::run(lowered.program, units, source, {});
  CHECK(differential::difference(lowered.program, outcome, by_blocks.outcome) == "");
}

Value PolicyBench::at(program::OpId op, std::size_t row) const {
  REQUIRE(op.valid());
  return outcome.value(op, row);
}

const program::Node& PolicyBench::node(const std::string& name) const {
  const auto& nodes = lowered.program.nodes;
  const auto it = std::find_if(nodes.begin(), nodes.end(),
                               [&](const program::Node& n) { return n.name == name; });
  INFO(name);
  REQUIRE(it != nodes.end());
  return *it;
}

const program::Rubric& PolicyBench::rubric() const { return lowered.program.rubrics.front(); }

Value PolicyBench::score(const std::string& n, std::size_t row) const {
  return at(node(n).score, row);
}
Value PolicyBench::worth(const std::string& n, std::size_t row) const {
  return at(node(n).worth, row);
}
Value PolicyBench::raw(const std::string& n, std::size_t row) const { return at(node(n).raw, row); }
Value PolicyBench::total(std::size_t row) const { return at(rubric().total, row); }
Value PolicyBench::rank(std::size_t row) const { return at(rubric().rank, row); }
Value PolicyBench::taken(std::size_t selection, std::size_t row) const {
  return at(rubric().selections[selection].taken, row);
}

Value PolicyBench::report(const std::string& name, std::size_t row) const {
  for (const auto& report : rubric().reports) {
    if (report.name == name) return at(report.value, row);
  }
  for (const auto& report : lowered.program.reports) {
    if (report.name == name) return at(report.value, row);
  }
  FAIL("no such report");
  return {};
}

std::string PolicyBench::grade(std::size_t row) const {
  REQUIRE(rubric().grade);
  const Value value = at(rubric().grade->grade, row);
  if (const auto* fault = std::get_if<value::Fault>(&value)) {
    return std::string(program::name(fault->kind));
  }
  const auto* index = std::get_if<Rational>(&value);
  if (index == nullptr) return "-";
  return rubric().grade->labels[static_cast<std::size_t>(*index->to_int64())];
}

bool is_fault(const Value& value, value::FaultKind kind) {
  const auto* fault = std::get_if<value::Fault>(&value);
  return fault != nullptr && fault->kind == kind;
}

}  // namespace xize::bench

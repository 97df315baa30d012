// Values as a reader of the document knows them: by name and with the word of their measure.
#include <algorithm>

#include "compiler/results/explanation_reader.h"
#include "runtime/program/print.h"

namespace xize::results {
namespace {

using ast::TypeKind;
using diagnostics::Term;

// The measure of a cell as its column declares it.
Term measure_of(const sema::Column& column) {
  switch (column.kind) {
    case TypeKind::Points: return {"points", "分"};
    case TypeKind::Days: return {"days", "天"};
    case TypeKind::Workdays: return {"workdays", "个工作日"};
    case TypeKind::Hours: return {"hours", "小时"};
    case TypeKind::Minutes: return {"minutes", "分钟"};
    case TypeKind::Money: return {"yuan", "元"};
    case TypeKind::Number: return {column.measure_name, column.measure_name};
    default: return {};
  }
}

// The measure of a computed value, which is in base units.
Term measure_of(const sema::Model& model, sema::DimensionId dimension) {
  switch (dimension.index) {
    case sema::kPoints.index: return {"points", "分"};
    case sema::kMinutes.index: return {"minutes", "分钟"};
    case sema::kDays.index: return {"days", "天"};
    case sema::kWorkdays.index: return {"workdays", "个工作日"};
    case sema::kMonths.index: return {"months", "个月"};
    case sema::kMoney.index: return {"yuan", "元"};
    default: break;
  }
  const auto& named = model.dimensions[dimension].named;
  if (named.size() != 1 || named.front().second != 1) return {};
  const std::string unit(model.dimensions.kind_name(named.front().first));
  return {unit, unit};
}

}  // namespace

Datum datum_of(const program::Program& program, const value::Value& value) {
  Datum datum;
  if (const auto* number = std::get_if<value::Rational>(&value)) {
    datum.kind = DatumKind::Number;
    datum.number = *number;
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    datum.kind = DatumKind::Bool;
    datum.yes = *yes;
  } else if (const auto* text = std::get_if<value::Text>(&value)) {
    datum.kind = DatumKind::Text;
    datum.text = std::string(program.strings.text(text->id));
  } else if (const auto* date = std::get_if<value::Date>(&value)) {
    datum.kind = DatumKind::Text;
    datum.text = value::to_string(*date);
  } else if (const auto* month = std::get_if<value::Month>(&value)) {
    datum.kind = DatumKind::Text;
    datum.text = value::to_string(*month);
  } else if (const auto* fault = std::get_if<value::Fault>(&value)) {
    datum.kind = DatumKind::Fault;
    datum.fault = fault->kind;
  } else if (std::holds_alternative<value::NotApplicable>(value)) {
    datum.kind = DatumKind::NotApplicable;
  } else if (std::holds_alternative<value::Pending>(value)) {
    datum.kind = DatumKind::Pending;
  } else {
    datum.kind = DatumKind::Missing;
  }
  return datum;
}

Datum datum_of(const sema::Model& model, const program::Program& program, const value::Value& value,
               const sema::Type& type) {
  Datum datum = datum_of(program, value);
  if (datum.kind != DatumKind::Number) return datum;
  if (type.is(sema::Base::Grade) && type.choice.valid()) {
    const auto& labels = model.choices[type.choice].labels;
    const auto index = datum.number.to_int64();
    if (index && *index >= 0 && static_cast<std::size_t>(*index) < labels.size()) {
      datum.kind = DatumKind::Text;
      datum.text = labels[static_cast<std::size_t>(*index)];
    }
    return datum;
  }
  datum.percent = type.ratio();
  if (type.is(sema::Base::Number)) datum.measure = measure_of(model, type.dimension);
  return datum;
}

Datum datum_of(const program::Program& program, const value::Value& value,
               const sema::Column& column) {
  Datum datum = datum_of(program, value);
  datum.percent = column.kind == TypeKind::Ratio;
  datum.measure = measure_of(column);
  return datum;
}

std::string ExplanationReader::cell_name(const program::Op& op, sema::NodeId node) const {
  if (op.level == program::Level::Row) {
    const table::TableSchema& table = program().schema.records[op.table];
    return table.name + "." + table.columns[op.imm].name;
  }
  const sema::ColumnId id = unit_column(op.imm);
  if (!id.valid()) return program().schema.units.columns[op.imm].name;
  const sema::Column& column = model().columns[id];
  // Inside its item an input goes by its bare name.
  return column.item.valid() && column.item == node ? column.name : column.qualified;
}

Reading ExplanationReader::reading(program::OpId op, sema::NodeId node) const {
  const std::optional<value::Value> found = value(op);
  if (!found) return {};
  const program::Op& read = program().ops[op];
  if (read.code != program::Opcode::column) {
    const lower::Place* at = place(read.origin);
    return at == nullptr ? Reading{} : fold_reading(op, *at);
  }
  const sema::ColumnId id = unit_column(read.imm);
  const std::string name = cell_name(read, node);
  if (!id.valid()) return {name, datum_of(program(), *found)};
  return {name, datum_of(program(), *found, model().columns[id])};
}

Reading ExplanationReader::reading(program::OpId op, ast::ExprId expr) const {
  const std::optional<value::Value> found = value(op);
  if (!found || !expr.valid()) return {};
  std::string name = text(model().expr(expr).span);
  for (const sema::Define& define : model().defines) {
    if (define.body == expr) name = define.name;
  }
  return {std::move(name), datum_of(model(), program(), *found, model().type(expr))};
}

// The rows of a sample are counted where deductions are scaled; else the expression itself.
Reading ExplanationReader::expression_reading(program::OpId op, ast::ExprId expr) const {
  for (const sema::Source& source : model().sources) {
    if (!source.sample.valid()) continue;
    const auto& sample = model().entry_as<ast::Sample>(source.sample);
    if (sample.take != expr) continue;
    Reading rows{source.name, datum_of(program(), *value(op))};
    const auto take = sema::constant_value(model(), sample.take);
    const bool fewer = rows.value.kind == DatumKind::Number && take && rows.value.number < *take;
    if (fewer) rows.fewer_than = text(model().expr(sample.take).span);
    return rows;
  }
  return reading(op, expr);
}

Reading ExplanationReader::fold_reading(program::OpId op, const lower::Place& at) const {
  if (at.kind == lower::PlaceKind::Expression) return expression_reading(op, at.expr);
  // `per R` counts records; what it adds up is the clause itself.
  if (at.kind != lower::PlaceKind::Clause || !at.entry.valid()) return {};
  if (program().ops[op].code != program::Opcode::fold_count) return {};
  const auto* clause = std::get_if<ast::Clause>(&model().entry(at.entry).node);
  if (clause == nullptr || !clause->per) return {};
  return {counted(*clause->per), count(*clause->per, datum_of(program(), *value(op)))};
}

std::string ExplanationReader::counted(const ast::Per& per) const {
  if (!per.what.valid()) return text(per.span);
  const ast::Span what = model().expr(per.what).span;
  return text({what.begin, std::max(what.end, per.where.valid() ? per.span.end : what.end)});
}

Datum ExplanationReader::count(const ast::Per& per, Datum number) {
  number.measure = {per.measure, per.measure};
  return number;
}

}  // namespace xize::results

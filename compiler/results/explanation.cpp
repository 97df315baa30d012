#include "compiler/results/explanation.h"

#include "compiler/results/explanation_reader.h"
#include "runtime/program/print.h"

namespace xize::results {
namespace {

// `2023`, `2023H1`, `2023Q1` or `2023-01`.
std::string period_name(value::Month month, const table::TableSchema& units) {
  const int each = units.columns[units.period_column].months_each;
  const value::CivilDate day = value::to_civil(value::first_day(month));
  const int place = (day.month - 1) / each + 1;
  if (each == 1) return value::to_string(month);
  const std::string year = std::to_string(day.year);
  if (each == 12) return year;
  return year + (each == 3 ? "Q" : "H") + std::to_string(place);
}

std::string period_of(const driver::Scoring& scoring, std::size_t row) {
  const table::UnitTable& units = scoring.data.units;
  const std::uint32_t period = units.rows().period(row);
  if (period >= units.period_count()) return {};
  const value::Value& value = units.period_value(period);
  if (std::holds_alternative<value::Missing>(value)) return {};
  const program::Program& program = scoring.lowered.program;
  const auto* month = std::get_if<value::Month>(&value);
  if (month == nullptr) return program::print_value(program, value);
  return period_name(*month, program.schema.units);
}

std::string_view sign_of(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::Eq: return "=";
    case ast::BinaryOp::Ne: return "!=";
    case ast::BinaryOp::Lt: return "<";
    case ast::BinaryOp::Le: return "<=";
    case ast::BinaryOp::Gt: return ">";
    default: return ">=";
  }
}

// What a check says: its own words, `办结数 <= 事项数` for a constraint, else as it is written.
std::string words_of(const ExplanationReader& reader, const lower::Place& place) {
  const sema::Model& model = reader.model();
  const std::string text = reader.text(place.span);
  if (place.entry.valid()) {
    const auto* check = std::get_if<ast::Check>(&model.entry(place.entry).node);
    if (check != nullptr && !check->text.empty()) return check->text;
  }
  if (!place.column.valid()) return text;
  const sema::Column& column = model.columns[place.column];
  for (const sema::ColumnCheck& check : column.checks) {
    if (check.value != place.expr) continue;
    return column.name + " " + std::string(sign_of(check.op)) + " " +
           reader.text(model.expr(check.value).span);
  }
  return column.qualified;  // a cell that must not be blank
}

std::vector<BrokenCheck> broken_checks(const ExplanationReader& reader) {
  std::vector<BrokenCheck> found;
  const driver::Scoring& scoring = reader.scoring();
  for (const engine::Violation& violation : scoring.outcome.violations) {
    if (violation.row != reader.row()) continue;
    BrokenCheck broken;
    const program::Origin origin = reader.program().checks[violation.check].origin;
    broken.check = reader.written(origin);
    const lower::Place* place = reader.place(origin);
    if (place != nullptr) broken.blank = place->kind == lower::PlaceKind::BlankCell;
    if (place != nullptr) broken.check.text = words_of(reader, *place);
    if (violation.table != program::kNoTable) {
      broken.table = reader.program().schema.records[violation.table].name;
      broken.line = violation.line;
    }
    found.push_back(std::move(broken));
  }
  return found;
}

std::string path_of(const program::Program& program, program::NodeId id) {
  const program::Node& node = program.nodes[id];
  return node.parent.valid() ? path_of(program, node.parent) + "." + node.name : node.name;
}

}  // namespace

std::vector<BrokenCheck> broken_checks(const driver::Compilation& compilation,
                                       const driver::Scoring& scoring, std::size_t row) {
  return broken_checks(ExplanationReader(compilation, scoring, row));
}

RubricExplanation explain_rubric(const driver::Compilation& compilation,
                                 const driver::Scoring& scoring, std::size_t row,
                                 std::size_t rubric) {
  const ExplanationReader reader(compilation, scoring, row);
  RubricExplanation out = explain_rubric(reader, rubric);
  const table::UnitTable& units = scoring.data.units;
  out.unit = units.unit_name(units.rows().unit(row));
  out.period = period_of(scoring, row);
  out.row = row;
  out.data_in_error = scoring.outcome.faulty[row];
  if (out.data_in_error) {
    out.total = {MarkState::Faulty, {}};
    out.broken = broken_checks(reader);
  }
  return out;
}

NodeExplanation explain_node(const driver::Compilation& compilation, const driver::Scoring& scoring,
                             std::size_t row, program::NodeId node) {
  return explain_node(ExplanationReader(compilation, scoring, row), node);
}

Explanation explain(const driver::Compilation& compilation, const driver::Scoring& scoring,
                    const ExplanationRequest& request) {
  Explanation out;
  out.item = request.item;
  const program::Program& program = scoring.lowered.program;
  const table::UnitTable& units = scoring.data.units;
  for (const std::size_t row : scoring.outcome.traced_rows) {
    if (units.unit_name(units.rows().unit(row)) != request.unit) continue;
    const ExplanationReader reader(compilation, scoring, row);
    for (std::size_t i = 0; i < program.rubrics.size(); ++i) {
      if (!request.rubric.empty() && program.rubrics[i].name != request.rubric) continue;
      if (!reader.holds(program.rubrics[i].member)) continue;
      out.rubrics.push_back(explain_rubric(compilation, scoring, row, i));
      if (request.item.empty()) continue;
      auto& nodes = out.rubrics.back().nodes;
      nodes.clear();
      const auto node = find_node(program, program.rubrics[i].name, request.item);
      if (node) nodes.push_back(explain_node(reader, *node));
      if (!node) out.rubrics.pop_back();
    }
  }
  return out;
}

std::optional<program::NodeId> find_node(const program::Program& program, const std::string& rubric,
                                         const std::string& path) {
  for (std::size_t i = 0; i < program.nodes.size(); ++i) {
    const program::NodeId id(i);
    const program::Node& node = program.nodes[id];
    const std::string& own = program.rubrics[node.rubric].name;
    if (!rubric.empty() && own != rubric) continue;
    const std::string whole = path_of(program, id);
    if (node.name == path || whole == path || own + "." + whole == path ||
        own + "." + node.name == path) {
      return id;
    }
  }
  return std::nullopt;
}

}  // namespace xize::results

#include "compiler/results/explanation.h"

#include "compiler/driver/report_outcome.h"
#include "compiler/results/explanation_reader.h"

namespace xize::results {
namespace {

std::vector<BrokenCheck> broken_checks(const ExplanationReader& reader,
                                       const driver::Compilation& compilation) {
  std::vector<BrokenCheck> found;
  for (const engine::Violation& violation : reader.scoring().outcome.violations) {
    if (violation.row != reader.row()) continue;
    BrokenCheck broken;
    const program::Origin origin = reader.program().checks[violation.check].origin;
    broken.check = reader.written(origin);
    if (const lower::Place* place = reader.place(origin)) {
      broken.blank = place->kind == lower::PlaceKind::BlankCell;
      broken.check.text = driver::check_text(compilation, *place);
    }
    if (violation.table != program::kNoTable) {
      broken.table = reader.program().schema.records[violation.table].name;
      broken.line = violation.line % io::kLinesOfFile;
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
  return broken_checks(ExplanationReader(compilation, scoring, row), compilation);
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
    out.broken = broken_checks(reader, compilation);
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
    if (!request.period.empty() && period_of(scoring, row) != request.period) continue;
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

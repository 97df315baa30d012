#include "compiler/driver/report_outcome.h"

#include <string>

#include "compiler/diagnostics/report.h"

namespace xize::driver {
namespace {

using diagnostics::InData;
using diagnostics::InSource;
using diagnostics::Kind;

// The file a table was read from.
std::string file_of(const io::DataSet& data, std::uint32_t table) {
  for (const io::FileReport& report : data.reports) {
    if (report.table == table) return report.file;
  }
  return {};
}

InData place_of(const Scoring& scoring, const engine::Violation& violation) {
  const bool of_record = violation.table != program::kNoTable;
  const table::Table& rows = scoring.data.units.rows();
  InData place;
  place.path = file_of(scoring.data, of_record ? violation.table + 1u : io::kUnitTable);
  place.line = of_record ? violation.line : rows.line(violation.row);
  place.unit = scoring.data.units.unit_name(rows.unit(violation.row));
  return place;
}

void report_one(const Compilation& compilation, const Scoring& scoring,
                const engine::Violation& violation, diagnostics::Sink& sink) {
  const program::Origin origin = scoring.lowered.program.checks[violation.check].origin;
  const lower::Place& place = scoring.lowered.places[origin.index];
  const std::string_view written = compilation.file().slice(place.span);
  std::string text(written);
  if (place.entry.valid()) {
    if (const auto* check =
            std::get_if<ast::Check>(&compilation.module().entries[place.entry].node)) {
      text = check->text;
    }
  }
  sink.report_at<Kind::DataCheck>(place_of(scoring, violation), text)
      .note_at<diagnostics::Note::DeclaredHere>(InSource{&compilation.file(), place.span}, written);
}

}  // namespace

void report_violations(const Compilation& compilation, const Scoring& scoring,
                       diagnostics::Sink& sink) {
  for (const engine::Violation& violation : scoring.outcome.violations) {
    report_one(compilation, scoring, violation, sink);
  }
}

void report_faults(const Compilation& compilation, const Scoring& scoring, std::size_t row,
                   diagnostics::Sink& sink) {
  const program::Program& program = scoring.lowered.program;
  const table::Table& rows = scoring.data.units.rows();
  const std::string& unit = scoring.data.units.unit_name(rows.unit(row));
  const auto report = [&](program::OpId op, const std::string& name, program::Origin fallback) {
    if (!op.valid() || !scoring.outcome.has(op, row)) return false;
    const auto* fault = std::get_if<value::Fault>(&scoring.outcome.value(op, row));
    if (fault == nullptr) return false;
    if (fault->kind == value::FaultKind::BadCell) return true;  // the cell itself was reported
    program::Origin origin = fallback;
    if (fault->op < program.ops.size()) {
      const program::Origin own = program.ops[program::OpId(fault->op)].origin;
      if (own.valid()) origin = own;
    }
    const source::Span span =
        origin.valid() ? scoring.lowered.places[origin.index].span : source::Span{};
    diagnostics::report_fault(sink, fault->kind, InSource{&compilation.file(), span}, {unit, name});
    return true;
  };
  bool some_item = false;
  for (const program::Node& node : program.nodes) {
    const bool is_item = node.children.empty();
    if (is_item && report(node.score, node.name, node.origin)) some_item = true;
  }
  if (some_item) return;
  for (const program::Rubric& rubric : program.rubrics) {
    if (report(rubric.total, rubric.name, rubric.origin)) continue;
    // What the policy leaves open about places: ties at a cut, fractions of a place.
    if (rubric.grade) report(rubric.grade->grade, rubric.name, rubric.origin);
    for (const program::Selection& selection : rubric.selections) {
      report(selection.taken, selection.name, selection.origin);
    }
  }
}

}  // namespace xize::driver

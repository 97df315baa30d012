#include "compiler/results/sheet.h"

#include <algorithm>

#include "runtime/program/print.h"

namespace xize::results {
namespace {

// Reads the values of one run.
class Reader {
 public:
  explicit Reader(const driver::Scoring& scoring)
      : scoring_(scoring), program_(scoring.lowered.program) {}

  [[nodiscard]] bool faulty(std::size_t row) const { return scoring_.outcome.faulty[row]; }

  [[nodiscard]] Mark mark(program::OpId op, std::size_t row) const {
    if (!op.valid() || !scoring_.outcome.has(op, row)) return {};
    if (faulty(row)) return {MarkState::Faulty, {}};
    return mark_of(scoring_.outcome.value(op, row));
  }
  [[nodiscard]] bool holds(program::OpId op, std::size_t row) const {
    if (!op.valid() || !scoring_.outcome.has(op, row)) return false;
    const auto* yes = std::get_if<bool>(&scoring_.outcome.value(op, row));
    return yes != nullptr && *yes;
  }
  [[nodiscard]] std::optional<std::int64_t> whole(program::OpId op, std::size_t row) const {
    const Mark found = mark(op, row);
    if (found.state != MarkState::Score) return std::nullopt;
    return found.value.to_int64();
  }
  [[nodiscard]] std::string text(program::OpId op, std::size_t row) const {
    if (!op.valid() || !scoring_.outcome.has(op, row)) return {};
    return program::print_value(program_, scoring_.outcome.value(op, row));
  }
  [[nodiscard]] std::string period(std::size_t row) const {
    const auto& units = scoring_.data.units;
    const std::uint32_t period = units.rows().period(row);
    if (period >= units.period_count()) return {};
    const value::Value& value = units.period_value(period);
    if (std::holds_alternative<value::Missing>(value)) return {};
    return program::print_value(program_, value);
  }

 private:
  const driver::Scoring& scoring_;
  const program::Program& program_;
};

void add_columns(const program::Program& program, const std::vector<program::NodeId>& nodes,
                 const std::string& prefix, std::vector<NodeColumn>& columns) {
  const int depth = static_cast<int>(std::count(prefix.begin(), prefix.end(), '.'));
  for (const program::NodeId id : nodes) {
    const program::Node& node = program.nodes[id];
    NodeColumn column;
    column.node = id;
    column.name = node.name;
    column.path = prefix + node.name;
    column.depth = depth;
    column.is_penalty =
        node.kind == program::NodeKind::PenaltyBlock || node.kind == program::NodeKind::PenaltyItem;
    columns.push_back(column);
    add_columns(program, node.children, column.path + ".", columns);
  }
}

SheetRow make_row(const Reader& reader, const program::Program& program, const RubricSheet& sheet,
                  std::size_t row) {
  const program::Rubric& rubric = program.rubrics[sheet.rubric];
  SheetRow out;
  out.row = row;
  out.period = reader.period(row);
  out.reference = reader.holds(rubric.reference, row);
  out.rank = reader.whole(rubric.rank, row);
  out.total = reader.mark(rubric.total, row);
  out.combined = reader.mark(rubric.combined, row);
  out.converted = reader.mark(rubric.converted, row);
  if (rubric.grade) {
    const auto grade = reader.whole(rubric.grade->grade, row);
    const auto count = static_cast<std::int64_t>(rubric.grade->labels.size());
    if (grade && *grade >= 0 && *grade < count) {
      out.grade = rubric.grade->labels[static_cast<std::size_t>(*grade)];
    }
  }
  for (const program::Selection& selection : rubric.selections) {
    if (reader.holds(selection.taken, row)) out.selections.push_back(selection.name);
  }
  for (const NodeColumn& column : sheet.columns) {
    out.nodes.push_back(reader.mark(program.nodes[column.node].score, row));
  }
  for (const program::Report& report : rubric.reports) {
    out.reports.emplace_back(report.name, reader.text(report.value, row));
  }
  return out;
}

// Best first: ranked units by rank, then by total, reference units in between by their total,
// units without a total last, in the order of the data.
bool before(const SheetRow& a, const SheetRow& b) {
  if (a.period != b.period) return a.period < b.period;
  const bool a_scored = a.total.state == MarkState::Score;
  const bool b_scored = b.total.state == MarkState::Score;
  if (a_scored != b_scored) return a_scored;
  if (a_scored && a.total.value != b.total.value) return a.total.value > b.total.value;
  if (a.rank && b.rank && *a.rank != *b.rank) return *a.rank < *b.rank;
  return false;
}

bool wanted(const SheetFilter& filter, const std::string& unit) {
  return filter.units.empty() ||
         std::find(filter.units.begin(), filter.units.end(), unit) != filter.units.end();
}

RubricSheet make_rubric(const driver::Scoring& scoring, const Reader& reader, std::size_t index,
                        const SheetFilter& filter) {
  const program::Program& program = scoring.lowered.program;
  const program::Rubric& rubric = program.rubrics[index];
  RubricSheet sheet;
  sheet.rubric = index;
  sheet.name = rubric.name;
  sheet.title = rubric.title;
  sheet.has_total = rubric.has_total;
  sheet.has_grade = rubric.grade.has_value();
  sheet.has_combined = rubric.combined.valid();
  sheet.has_converted = rubric.converted.valid();
  sheet.has_selections = !rubric.selections.empty();
  for (const program::Report& report : rubric.reports) sheet.report_names.push_back(report.name);
  add_columns(program, rubric.top, {}, sheet.columns);
  const table::UnitTable& units = scoring.data.units;
  for (std::size_t row = 0; row < units.rows().row_count(); ++row) {
    if (!reader.holds(rubric.member, row)) continue;
    const std::string& unit = units.unit_name(units.rows().unit(row));
    if (sheet.declared_total.state == MarkState::Absent) {
      sheet.declared_total = reader.mark(rubric.declared_total, row);
      for (NodeColumn& column : sheet.columns) {
        column.points = reader.mark(program.nodes[column.node].points, row);
      }
    }
    if (!wanted(filter, unit)) continue;
    sheet.rows.push_back(make_row(reader, program, sheet, row));
    sheet.rows.back().unit = unit;
    sheet.has_periods = sheet.has_periods || !sheet.rows.back().period.empty();
  }
  std::stable_sort(sheet.rows.begin(), sheet.rows.end(), before);
  return sheet;
}

RowSelectionSheet make_selection(const driver::Scoring& scoring, std::size_t index) {
  const program::Program& program = scoring.lowered.program;
  RowSelectionSheet sheet;
  sheet.name = program.row_selections[index].name;
  const table::UnitTable& units = scoring.data.units;
  for (const engine::RowChoice& choice : scoring.outcome.selections[index]) {
    const auto* taken = std::get_if<bool>(&choice.taken);
    if (taken == nullptr || !*taken) continue;
    RowSelectionSheet::Taken entry;
    entry.unit = units.unit_name(units.rows().unit(choice.row));
    entry.key = program::print_value(program, choice.key);
    if (!choice.measures.empty()) entry.measure = program::print_value(program, choice.measures[0]);
    entry.line = choice.line;
    sheet.taken.push_back(std::move(entry));
  }
  return sheet;
}

}  // namespace

Mark mark_of(const value::Value& value) {
  if (const auto* number = std::get_if<value::Rational>(&value)) return {MarkState::Score, *number};
  if (std::holds_alternative<value::Missing>(value)) return {MarkState::Unscored, {}};
  if (std::holds_alternative<value::NotApplicable>(value)) return {MarkState::NotApplicable, {}};
  if (std::holds_alternative<value::Pending>(value)) return {MarkState::Pending, {}};
  if (const auto* fault = std::get_if<value::Fault>(&value)) {
    const bool pending = fault->kind == value::FaultKind::PendingMark;
    return {pending ? MarkState::Pending : MarkState::Faulty, {}};
  }
  return {};
}

ScoreSheet make_sheet(const driver::Scoring& scoring, const SheetFilter& filter) {
  const Reader reader(scoring);
  ScoreSheet sheet;
  for (std::size_t i = 0; i < scoring.lowered.program.rubrics.size(); ++i) {
    if (!filter.rubric.empty() && scoring.lowered.program.rubrics[i].name != filter.rubric)
      continue;
    sheet.rubrics.push_back(make_rubric(scoring, reader, i, filter));
  }
  for (std::size_t i = 0; i < scoring.outcome.selections.size(); ++i) {
    sheet.selections.push_back(make_selection(scoring, i));
  }
  return sheet;
}

}  // namespace xize::results

#include "compiler/results/sheet.h"

#include <algorithm>

#include "compiler/results/plain_mark.h"
#include "compiler/results/sheet_order.h"
#include "compiler/results/sheet_rows.h"
#include "runtime/io/cell_text.h"

namespace xize::results {
namespace {

void add_columns(const program::Program& program, const std::vector<program::NodeId>& nodes,
                 const std::string& prefix, std::vector<NodeColumn>& columns) {
  const int depth = static_cast<int>(std::count(prefix.begin(), prefix.end(), '.'));
  for (const program::NodeId id : nodes) {
    const program::Node& node = program.nodes[id];
    if (!node.scored) continue;
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

std::string period_text(const driver::Scoring& scoring, std::uint32_t period) {
  const program::Program& program = scoring.lowered.program;
  const table::TableSchema& schema = program.schema.units;
  return io::cell_text(scoring.data.units.period_value(period),
                       schema.columns[schema.period_column], program.strings);
}

// The row whose declarations stand for all: the first member with a declared total, else the last.
std::optional<std::size_t> declaring_row(const driver::Scoring& scoring,
                                         const program::Rubric& rubric) {
  const MarkColumn totals(scoring.outcome, rubric.declared_total);
  std::optional<std::size_t> last;
  for (std::size_t row = 0; row < scoring.data.units.rows().row_count(); ++row) {
    if (!holds(scoring.outcome, rubric.member, row)) continue;
    last = row;
    if (totals.given_at(row).state != MarkState::Absent) break;
  }
  return last;
}

// The sheet without its rows.
RubricSheet make_frame(const driver::Scoring& scoring, std::size_t index) {
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
  if (const auto row = declaring_row(scoring, rubric)) {
    const auto declared = [&](program::OpId op) {
      return MarkColumn(scoring.outcome, op).given_at(*row).exact();
    };
    sheet.declared_total = declared(rubric.declared_total);
    for (NodeColumn& column : sheet.columns) {
      column.points = declared(program.nodes[column.node].points);
    }
  }
  return sheet;
}

// Columns that tell a record from others: texts and choices but for its class.
std::vector<std::uint32_t> telling_columns(const program::Program& program,
                                           const program::RowSelection& selection) {
  std::vector<std::uint32_t> columns;
  const auto& all = program.schema.records[selection.table].columns;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const bool is_text = all[i].type == table::ColumnType::Text;
    const bool is_class = selection.key.valid() &&
                          program.ops[selection.key].code == program::Opcode::column &&
                          program.ops[selection.key].imm == i;
    if (is_text && !is_class) columns.push_back(i);
  }
  return columns;
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

RowSelectionSheet make_selection(const driver::Scoring& scoring, std::size_t index) {
  const program::Program& program = scoring.lowered.program;
  const program::RowSelection& selection = program.row_selections[index];
  const std::vector<std::uint32_t> columns = telling_columns(program, selection);
  RowSelectionSheet sheet;
  sheet.name = selection.name;
  sheet.has_classes = selection.key.valid();
  sheet.has_measure = !selection.measures.empty() &&
                      program.ops[selection.measures[0]].level != program::Level::Constant;
  for (const std::uint32_t column : columns) {
    sheet.text_names.push_back(program.schema.records[selection.table].columns[column].name);
  }
  const table::UnitTable& units = scoring.data.units;
  const driver::RowsByLine picked = index < scoring.taken.size() ? scoring.taken[index]
                                                                 : driver::RowsByLine{};
  for (const engine::RowChoice& choice : scoring.outcome.selections[index]) {
    const auto* taken = std::get_if<bool>(&choice.taken);
    if (taken == nullptr || !*taken) continue;
    RowSelectionSheet::Taken entry;
    entry.row = choice.row;
    entry.unit = units.unit_name(units.rows().unit(choice.row));
    if (sheet.has_classes) entry.key = datum_of(program, choice.key);
    const value::Value none;
    for (const std::uint32_t column : columns) {
      const auto row = picked.find(choice.line);
      const value::Value& cell = row == picked.end() ? none : row->second[column];
      const auto* text = std::get_if<value::Text>(&cell);
      entry.texts.emplace_back(text == nullptr ? "" : program.strings.text(text->id));
    }
    if (sheet.has_measure) entry.measure = datum_of(program, choice.measures[0]);
    entry.line = choice.line % io::kLinesOfFile;
    sheet.taken.push_back(std::move(entry));
  }
  return sheet;
}

std::vector<std::string> periods_of(const driver::Scoring& scoring) {
  std::vector<std::string> periods;
  if (scoring.lowered.program.schema.units.period_column == table::kNoColumn) return periods;
  for (std::uint32_t i = 0; i < scoring.data.units.period_count(); ++i) {
    periods.push_back(period_text(scoring, i));
  }
  return periods;
}

std::string period_of(const driver::Scoring& scoring, std::size_t row) {
  const std::uint32_t period = scoring.data.units.rows().period(row);
  const bool has_periods =
      scoring.lowered.program.schema.units.period_column != table::kNoColumn;
  if (!has_periods || period >= scoring.data.units.period_count()) return {};
  return period_text(scoring, period);
}

LongSheet::LongSheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
                     const SheetFilter& filter)
    : compilation_(compilation), scoring_(scoring), periods_(periods_of(scoring)) {
  const program::Program& program = scoring.lowered.program;
  for (std::size_t i = 0; i < program.rubrics.size(); ++i) {
    if (!filter.rubric.empty() && program.rubrics[i].name != filter.rubric) continue;
    RubricSheet& sheet = frame_.rubrics.emplace_back(make_frame(scoring, i));
    orders_.push_back(best_first(scoring, program.rubrics[i], filter, periods_));
    sheet.has_periods = std::any_of(orders_.back().begin(), orders_.back().end(),
                                    [&](std::size_t row) { return !period(row).empty(); });
  }
  for (std::size_t i = 0; i < scoring.outcome.selections.size(); ++i) {
    const std::string& name = program.rubrics[program.row_selections[i].rubric].name;
    if (!filter.rubric.empty() && name != filter.rubric) continue;
    RowSelectionSheet selection = make_selection(scoring, i);
    std::erase_if(selection.taken, [&](const RowSelectionSheet::Taken& taken) {
      const bool other = !filter.period.empty() && period(taken.row) != filter.period;
      return other || !wanted(filter, taken.unit);
    });
    frame_.selections.push_back(std::move(selection));
  }
}

std::vector<std::size_t> LongSheet::rows() const {
  std::vector<bool> shown(scoring_.data.units.rows().row_count());
  for (const auto& order : orders_) {
    for (const std::size_t row : order) shown[row] = true;
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < shown.size(); ++row) {
    if (shown[row]) rows.push_back(row);
  }
  return rows;
}

const std::string& LongSheet::period(std::size_t unit_row) const {
  static const std::string kNone;
  const std::uint32_t number = scoring_.data.units.rows().period(unit_row);
  return number < periods_.size() ? periods_[number] : kNone;
}

ScoreSheet LongSheet::whole() const {
  ScoreSheet sheet = frame_;
  for (std::size_t i = 0; i < sheet.rubrics.size(); ++i) {
    const SheetColumns columns(*this, i);
    SheetRows::each_part(orders_[i], [&](std::span<const std::size_t> part) {
      const SheetRows rows(columns, part);
      for (std::size_t n = 0; n < rows.size(); ++n) sheet.rubrics[i].rows.push_back(rows.row(n));
    });
  }
  return sheet;
}

ScoreSheet make_sheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
                      const SheetFilter& filter) {
  return LongSheet(compilation, scoring, filter).whole();
}

}  // namespace xize::results

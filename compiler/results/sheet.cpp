#include "compiler/results/sheet.h"

#include <algorithm>

#include "runtime/io/cell_text.h"

namespace xize::results {
namespace {

// Reads the values of one run.
class Reader {
 public:
  Reader(const driver::Compilation& compilation, const driver::Scoring& scoring)
      : model_(compilation.model()), scoring_(scoring), program_(scoring.lowered.program) {}

  [[nodiscard]] bool faulty(std::size_t row) const { return scoring_.outcome.faulty[row]; }

  [[nodiscard]] Mark mark(program::OpId op, std::size_t row) const {
    if (!op.valid() || !scoring_.outcome.has(op, row)) return {};
    if (faulty(row)) return {MarkState::Faulty, {}};
    return mark_of(scoring_.outcome.value(op, row));
  }
  [[nodiscard]] bool holds(program::OpId op, std::size_t row) const {
    if (!op.valid() || !scoring_.outcome.has(op, row)) return false;
    return scoring_.outcome.value(op, row) == value::Value(true);
  }
  [[nodiscard]] std::optional<std::int64_t> whole(program::OpId op, std::size_t row) const {
    const Mark found = mark(op, row);
    if (found.state != MarkState::Score) return std::nullopt;
    return found.value.to_int64();
  }
  [[nodiscard]] Datum report(const program::Report& report, std::size_t row) const {
    if (!report.value.valid() || !scoring_.outcome.has(report.value, row)) return {};
    if (faulty(row)) return Datum{.kind = DatumKind::Fault};
    const value::Value value = scoring_.outcome.value(report.value, row);
    const lower::Place* place =
        report.origin.valid() ? &scoring_.lowered.places[report.origin.index] : nullptr;
    if (place == nullptr || !place->entry.valid()) return datum_of(program_, value);
    const auto& written = model_.entry_as<ast::Report>(place->entry);
    return datum_of(model_, program_, value, model_.type(written.value));
  }

 private:
  const sema::Model& model_;
  const driver::Scoring& scoring_;
  const program::Program& program_;
};

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

SheetRow make_row(const Reader& reader, const program::Program& program, const RubricSheet& sheet,
                  std::size_t row) {
  const program::Rubric& rubric = program.rubrics[sheet.rubric];
  SheetRow out;
  out.row = row;
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
    out.reports.push_back(reader.report(report, row));
  }
  return out;
}

// Best first: ranked units by rank, then by total, reference units in between by their total,
// units without a total last, in the order of the data.
struct Standing {
  std::size_t row = 0;
  std::string period;
  Mark total;
  std::optional<std::int64_t> rank;
};
bool before(const Standing& a, const Standing& b) {
  if (a.period != b.period) return a.period < b.period;
  const bool a_scored = a.total.state == MarkState::Score;
  const bool b_scored = b.total.state == MarkState::Score;
  if (a_scored != b_scored) return a_scored;
  if (a_scored && a.total.value != b.total.value) return a.total.value > b.total.value;
  if (a.rank && b.rank && *a.rank != *b.rank) return *a.rank < *b.rank;
  return false;
}

bool wanted(const SheetFilter& filter, std::string_view unit) {
  return filter.units.empty() ||
         std::find(filter.units.begin(), filter.units.end(), unit) != filter.units.end();
}

std::string period_text(const driver::Scoring& scoring, std::uint32_t period) {
  const program::Program& program = scoring.lowered.program;
  const table::TableSchema& schema = program.schema.units;
  return io::cell_text(scoring.data.units.period_value(period),
                       schema.columns[schema.period_column], program.strings);
}

// The sheet without its rows; what it declares is that of its first member.
RubricSheet make_frame(const driver::Scoring& scoring, const Reader& reader, std::size_t index) {
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
  for (std::size_t row = 0; row < scoring.data.units.rows().row_count(); ++row) {
    if (!reader.holds(rubric.member, row)) continue;
    if (sheet.declared_total.state != MarkState::Absent) break;
    sheet.declared_total = reader.mark(rubric.declared_total, row);
    for (NodeColumn& column : sheet.columns) {
      column.points = reader.mark(program.nodes[column.node].points, row);
    }
  }
  return sheet;
}

// The members that are wanted, best first.
std::vector<Standing> standings(const driver::Scoring& scoring, const Reader& reader,
                                const program::Rubric& rubric, const SheetFilter& filter) {
  const table::UnitTable& units = scoring.data.units;
  std::vector<Standing> standings;
  for (std::size_t row = 0; row < units.rows().row_count(); ++row) {
    if (!reader.holds(rubric.member, row)) continue;
    if (!wanted(filter, units.unit_name(units.rows().unit(row)))) continue;
    std::string period = period_of(scoring, row);
    if (!filter.period.empty() && period != filter.period) continue;
    standings.push_back({row, std::move(period), reader.mark(rubric.total, row),
                         reader.whole(rubric.rank, row)});
  }
  std::stable_sort(standings.begin(), standings.end(), before);
  return standings;
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
    : compilation_(compilation), scoring_(scoring) {
  const Reader reader(compilation, scoring);
  for (std::size_t i = 0; i < scoring.lowered.program.rubrics.size(); ++i) {
    if (!filter.rubric.empty() && scoring.lowered.program.rubrics[i].name != filter.rubric)
      continue;
    RubricSheet& sheet = frame_.rubrics.emplace_back(make_frame(scoring, reader, i));
    auto& order = orders_.emplace_back();
    for (const Standing& at :
         standings(scoring, reader, scoring.lowered.program.rubrics[i], filter)) {
      order.push_back(at.row);
      sheet.has_periods = sheet.has_periods || !at.period.empty();
    }
  }
  for (std::size_t i = 0; i < scoring.outcome.selections.size(); ++i) {
    const std::uint32_t rubric = scoring.lowered.program.row_selections[i].rubric;
    const std::string& name = scoring.lowered.program.rubrics[rubric].name;
    if (!filter.rubric.empty() && name != filter.rubric) continue;
    RowSelectionSheet selection = make_selection(scoring, i);
    std::erase_if(selection.taken, [&](const RowSelectionSheet::Taken& taken) {
      const bool other = !filter.period.empty() && period_of(scoring, taken.row) != filter.period;
      return other || !wanted(filter, taken.unit);
    });
    frame_.selections.push_back(std::move(selection));
  }
}

SheetRow LongSheet::row(std::size_t rubric, std::size_t unit_row) const {
  const table::UnitTable& units = scoring_.data.units;
  SheetRow row = make_row({compilation_, scoring_}, scoring_.lowered.program,
                          frame_.rubrics[rubric], unit_row);
  row.unit = units.unit_name(units.rows().unit(unit_row));
  row.period = period_of(scoring_, unit_row);
  return row;
}

ScoreSheet LongSheet::whole() const {
  ScoreSheet sheet = frame_;
  for (std::size_t i = 0; i < sheet.rubrics.size(); ++i) {
    for (const std::size_t at : orders_[i]) sheet.rubrics[i].rows.push_back(row(i, at));
  }
  return sheet;
}

ScoreSheet make_sheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
                      const SheetFilter& filter) {
  return LongSheet(compilation, scoring, filter).whole();
}

}  // namespace xize::results

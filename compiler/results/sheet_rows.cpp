#include "compiler/results/sheet_rows.h"

#include <algorithm>
#include <numeric>

namespace xize::results {
namespace {

// What a report says, as it was written; null where nothing was.
const ast::Report* written(const LongSheet& sheet, const program::Report& report) {
  if (!report.origin.valid()) return nullptr;
  const lower::Place& place = sheet.scoring().lowered.places[report.origin.index];
  if (!place.entry.valid()) return nullptr;
  return &sheet.compilation().model().entry_as<ast::Report>(place.entry);
}

// Its label is printed, not its number.
bool is_grade(const LongSheet& sheet, const program::Report& report) {
  const ast::Report* const text = written(sheet, report);
  return text != nullptr && sheet.compilation().model().type(text->value).is(sema::Base::Grade);
}

// The numbers by their keys, which are below `keys`; those of one key stay in their order.
template <class Key>
std::vector<std::uint32_t> counted(const std::vector<std::uint32_t>& numbers, std::size_t keys,
                                   const Key& key) {
  std::vector<std::uint32_t> begins(keys + 1);
  for (const std::uint32_t number : numbers) ++begins[key(number) + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::uint32_t> order(numbers.size());
  for (const std::uint32_t number : numbers) order[begins[key(number)]++] = number;
  return order;
}

}  // namespace

SheetColumns::SheetColumns(const LongSheet& sheet, std::size_t rubric)
    : sheet_(sheet),
      frame_(sheet.frame().rubrics[rubric]),
      rubric_(sheet.scoring().lowered.program.rubrics[frame_.rubric]) {
  const program::OpId none;
  const auto add = [&](program::OpId op) { marks_.emplace_back(sheet.scoring().outcome, op); };
  add(rubric_.rank);
  add(rubric_.total);
  add(rubric_.combined);
  add(rubric_.converted);
  add(rubric_.grade ? rubric_.grade->grade : none);
  for (const NodeColumn& column : frame_.columns) {
    add(sheet.scoring().lowered.program.nodes[column.node].score);
  }
  for (const program::Report& report : rubric_.reports) {
    add(is_grade(sheet, report) ? none : report.value);
  }
}

Datum SheetColumns::report(std::size_t report, std::size_t unit_row) const {
  const driver::Scoring& scoring = sheet_.scoring();
  const program::Report& from = rubric_.reports[report];
  if (!from.value.valid() || !scoring.outcome.has(from.value, unit_row)) return {};
  if (scoring.outcome.faulty[unit_row]) return Datum{.kind = DatumKind::Fault};
  const value::Value value = scoring.outcome.value(from.value, unit_row);
  const ast::Report* const text = written(sheet_, from);
  if (text == nullptr) return datum_of(scoring.lowered.program, value);
  const sema::Model& model = sheet_.compilation().model();
  return datum_of(model, scoring.lowered.program, value, model.type(text->value));
}

std::vector<std::uint32_t> ascending(std::span<const std::size_t> rows) {
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0u);
  if (rows.empty()) return order;
  const std::size_t last = *std::max_element(rows.begin(), rows.end());
  const auto in_part = [&](std::uint32_t i) { return rows[i] % value::kPartRows; };
  const auto part = [&](std::uint32_t i) { return rows[i] / value::kPartRows; };
  order = counted(order, value::kPartRows, in_part);
  return counted(order, last / value::kPartRows + 1, part);
}

SheetRows::SheetRows(const SheetColumns& columns, std::span<const std::size_t> rows)
    : columns_(columns), rows_(rows), units_(rows.size()) {
  const table::UnitTable& units = columns.sheet().scoring().data.units;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    units_[i] = units.unit_name(units.rows().unit(rows[i]));
  }
  const std::vector<MarkColumn>& all = columns.marks();
  marks_.resize(rows.size() * all.size());
  for (std::size_t c = 0; c < all.size(); ++c) {
    PlainMark* mark = &marks_[c];
    for (std::size_t i = 0; i < rows.size(); ++i, mark += all.size()) all[c].read(rows[i], *mark);
  }
  const std::vector<bool>& faulty = columns.sheet().scoring().outcome.faulty;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!faulty[rows[i]]) continue;
    for (std::size_t c = 0; c < all.size(); ++c) {
      marks_[i * all.size() + c] = all[c].given_at(rows[i]);
    }
  }
}

const std::string& SheetRows::period(std::size_t i) const {
  return columns_.sheet().period(rows_[i]);
}

bool SheetRows::reference(std::size_t i) const {
  return holds(columns_.sheet().scoring().outcome, columns_.rubric().reference, rows_[i]);
}

const std::string& SheetRows::grade(std::size_t i) const {
  static const std::string kNone;
  const auto grade = at(i, kGrade).whole();
  if (!grade || *grade < 0) return kNone;
  const auto& labels = columns_.rubric().grade->labels;
  const auto place = static_cast<std::size_t>(*grade);
  return place < labels.size() ? labels[place] : kNone;
}

std::vector<std::string> SheetRows::selections(std::size_t i) const {
  std::vector<std::string> names;
  for (const program::Selection& selection : columns_.rubric().selections) {
    const bool taken = holds(columns_.sheet().scoring().outcome, selection.taken, rows_[i]);
    if (taken) names.push_back(selection.name);
  }
  return names;
}

SheetRow SheetRows::row(std::size_t i) const {
  SheetRow out;
  out.row = rows_[i];
  out.unit = unit(i);
  out.period = period(i);
  out.reference = reference(i);
  out.rank = rank(i);
  out.total = total(i).exact();
  out.combined = combined(i).exact();
  out.converted = converted(i).exact();
  out.grade = grade(i);
  out.selections = selections(i);
  const RubricSheet& frame = columns_.frame();
  for (std::size_t c = 0; c < frame.columns.size(); ++c) out.nodes.push_back(node(i, c).exact());
  for (std::size_t r = 0; r < frame.report_names.size(); ++r) out.reports.push_back(report(i, r));
  return out;
}

}  // namespace xize::results

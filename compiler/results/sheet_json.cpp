#include <nlohmann/json.hpp>

#include "compiler/results/sheet.h"

namespace xize::results {
namespace {

using Json = nlohmann::ordered_json;

const char* state_name(MarkState state) {
  switch (state) {
    case MarkState::Score: return "score";
    case MarkState::Unscored: return "unscored";
    case MarkState::NotApplicable: return "not applicable";
    case MarkState::Pending: return "pending";
    case MarkState::Faulty: return "error";
    case MarkState::Absent: break;
  }
  return "absent";
}

// An exact number as text (`12.5`, `300/7`); another state as an object.
Json mark_json(const Mark& mark) {
  if (mark.state == MarkState::Score) return mark.value.to_string();
  if (mark.state == MarkState::Absent) return nullptr;
  return Json{{"state", state_name(mark.state)}};
}

// A number as exact text, a word or a truth as it is; another state as an object.
Json datum_json(const Datum& datum) {
  switch (datum.kind) {
    case DatumKind::Number: return datum.number.to_string();
    case DatumKind::Bool: return datum.yes;
    case DatumKind::Text: return datum.text;
    case DatumKind::Absent: return nullptr;
    default: return Json{{"state", print_datum(datum, {Language::English})}};
  }
}

Json row_json(const RubricSheet& sheet, const SheetRow& row) {
  Json out{{"unit", row.unit}};
  if (sheet.has_periods) out["period"] = row.period;
  if (row.reference) out["reference"] = true;
  if (sheet.has_total) {
    out["rank"] = row.rank ? Json(*row.rank) : Json(nullptr);
    out["total"] = mark_json(row.total);
  }
  if (sheet.has_combined) out["combined"] = mark_json(row.combined);
  if (sheet.has_converted) out["converted"] = mark_json(row.converted);
  if (sheet.has_grade) out["grade"] = row.grade.empty() ? Json(nullptr) : Json(row.grade);
  if (sheet.has_selections) out["selected"] = row.selections;
  Json nodes = Json::object();
  for (std::size_t i = 0; i < row.nodes.size(); ++i) {
    nodes[sheet.columns[i].path] = mark_json(row.nodes[i]);
  }
  out["items"] = std::move(nodes);
  for (std::size_t i = 0; i < row.reports.size(); ++i) {
    out["reports"][sheet.report_names[i]] = datum_json(row.reports[i]);
  }
  return out;
}

Json taken_json(const RowSelectionSheet& selection, const RowSelectionSheet::Taken& taken) {
  Json one{{"unit", taken.unit}};
  if (selection.has_classes) one["class"] = datum_json(taken.key);
  for (std::size_t i = 0; i < taken.texts.size(); ++i) {
    one["record"][selection.text_names[i]] = taken.texts[i];
  }
  if (selection.has_measure) one["measure"] = datum_json(taken.measure);
  one["line"] = taken.line;
  return one;
}

// A line that says first what it is of.
std::string line(const char* of, const std::string& name, const Json& what) {
  Json all{{of, name}};
  all.update(what);
  return all.dump() + "\n";
}

}  // namespace

void sheet_json_lines(const LongSheet& sheet, const TakeText& take) {
  for (std::size_t i = 0; i < sheet.frame().rubrics.size(); ++i) {
    const RubricSheet& rubric = sheet.frame().rubrics[i];
    for (const std::size_t row : sheet.order(i)) {
      take(line("rubric", rubric.name, row_json(rubric, sheet.row(i, row))));
    }
  }
  for (const RowSelectionSheet& selection : sheet.frame().selections) {
    for (const auto& taken : selection.taken) {
      take(line("selection", selection.name, taken_json(selection, taken)));
    }
  }
}

std::string sheet_json(const ScoreSheet& sheet) {
  Json out{{"rubrics", Json::array()}, {"selections", Json::array()}};
  for (const RubricSheet& rubric : sheet.rubrics) {
    Json units = Json::array();
    for (const SheetRow& row : rubric.rows) units.push_back(row_json(rubric, row));
    out["rubrics"].push_back({{"name", rubric.name},
                              {"title", rubric.title},
                              {"points", mark_json(rubric.declared_total)},
                              {"units", std::move(units)}});
  }
  for (const RowSelectionSheet& selection : sheet.selections) {
    Json taken = Json::array();
    for (const auto& entry : selection.taken) taken.push_back(taken_json(selection, entry));
    out["selections"].push_back({{"name", selection.name}, {"taken", std::move(taken)}});
  }
  return out.dump(2) + "\n";
}

}  // namespace xize::results

// Explanations for programs: every value exact, every place with its line.
#include <nlohmann/json.hpp>

#include "compiler/results/explanation_words.h"
#include "compiler/results/json.h"

namespace xize::results {
namespace {

using Json = nlohmann::ordered_json;

constexpr ExplanationStyle kExact{Language::English, true, false, false};

void put(Json& out, const char* name, const Mark& mark) {
  if (mark.state != MarkState::Absent) out[name] = mark_json(mark);
}

Json written_json(const Written& written) {
  Json out{{"text", written.text}, {"line", written.line}};
  if (!written.file.empty()) out["file"] = written.file;
  return out;
}
void put(Json& out, const char* name, const Written& written) {
  if (written.present()) out[name] = written_json(written);
}
void put(Json& out, const char* name, const std::vector<Written>& all) {
  for (const Written& each : all) out[name].push_back(written_json(each));
}

Json reading_json(const Reading& reading) {
  Json out{{"name", reading.name}, {"value", datum_json(reading.value)}};
  if (!reading.fewer_than.empty()) out["fewer_than"] = reading.fewer_than;
  if (!reading.value.measure.english.empty()) out["measure"] = reading.value.measure.english;
  return out;
}
void put(Json& out, const char* name, const std::vector<Reading>& all) {
  for (const Reading& each : all) out[name].push_back(reading_json(each));
}

void put(Json& out, const char* name, const std::vector<ReportNote>& all) {
  for (const ReportNote& each : all) {
    Json one = reading_json(each.result);
    put(one, "quote", each.quote);
    put(one, "data", each.inputs);
    out[name].push_back(std::move(one));
  }
}

const char* name_of(program::DecisionKind kind) {
  using program::DecisionKind;
  switch (kind) {
    case DecisionKind::Zero: return "zero";
    case DecisionKind::Full: return "full";
    case DecisionKind::Give: return "give";
    case DecisionKind::Unscored: return "unscored";
    case DecisionKind::NotApplicable: return "not applicable";
    case DecisionKind::Veto: return "veto";
  }
  return "";
}

const char* name_of(program::NodeKind kind) {
  using program::NodeKind;
  switch (kind) {
    case NodeKind::Section: return "section";
    case NodeKind::Item: return "item";
    case NodeKind::BonusBlock: return "bonus block";
    case NodeKind::BonusItem: return "bonus item";
    case NodeKind::PenaltyBlock: return "penalty block";
    case NodeKind::PenaltyItem: return "penalty item";
  }
  return "";
}

Json verdict_json(const Verdict& verdict) {
  Json out{{"kind", name_of(verdict.kind)}};
  put(out, "guard", verdict.guard);
  put(out, "quote", verdict.quote);
  put(out, "read_as", verdict.assumed);
  return out;
}

Json clause_json(const ClauseStep& step) {
  Json out{{"depth", step.depth}, {"active", step.active}, {"amount", mark_json(step.amount)}};
  put(out, "clause", step.clause);
  if (!step.measure.name.empty()) out["measure"] = reading_json(step.measure);
  put(out, "rows", step.rows);
  put(out, "not_met", step.missed);
  put(out, "quote", step.quote);
  put(out, "read_as", step.assumed);
  put(out, "criteria", step.criteria);
  if (step.open) out["unspecified"] = true;
  return out;
}

Json fault_json(const FaultNote& fault) {
  Json out{{"fault", print_fault({fault.kind, {}, {}}, Language::English)}};
  if (!fault.name.empty()) out["cell"] = fault.name;
  put(out, "place", fault.place);
  return out;
}

Json open_json(const std::vector<OpenNote>& notes) {
  Json out = Json::array();
  for (const OpenNote& note : notes) {
    Json one = written_json(note.what);
    if (!note.accepted.empty()) one["accepted"] = note.accepted;
    out.push_back(std::move(one));
  }
  return out;
}

Json grade_json(const GradeNote& grade) {
  Json out{{"grade", grade.grade.empty() ? Json(nullptr) : Json(grade.grade)}};
  put(out, "row", grade.row);
  for (const auto& [rule, after] : grade.rules) {
    out["rules"].push_back({{"rule", written_json(rule)}, {"after", after}});
  }
  if (grade.fault) out["error"] = fault_json(*grade.fault);
  return out;
}

Json json_of(const NodeExplanation& node) {
  Json out{{"name", node.name}, {"kind", name_of(node.kind)}, {"line", node.line}};
  if (!node.title.empty()) out["title"] = node.title;
  put(out, "points", node.points);
  put(out, "worth", node.worth);
  put(out, "score", node.score);
  if (node.lost) out["lost"] = node.lost->to_string();
  put(out, "factor", node.factor);
  put(out, "before_redistribution", node.before_factor);
  put(out, "before_limit", node.before_cap);
  put(out, "before_rounding", node.before_round);
  put(out, "rounding", node.round);
  if (node.not_applicable) {
    out["not_applicable"] = ExplanationWords(kExact).not_applicable(*node.not_applicable);
  }
  if (node.fault) out["error"] = fault_json(*node.fault);
  if (node.verdict) out["decided_by"] = verdict_json(*node.verdict);
  for (const ClauseStep& step : node.steps) out["clauses"].push_back(clause_json(step));
  put(out, "data", node.inputs);
  put(out, "reports", node.reports);
  if (!node.open.empty()) out["unspecified"] = open_json(node.open);
  if (node.grade) out["grade"] = grade_json(*node.grade);
  for (const NodeExplanation& child : node.children) out["children"].push_back(json_of(child));
  return out;
}

void put_result(Json& out, const RubricExplanation& rubric) {
  const ExplanationWords words(kExact);
  for (const TotalStep& step : rubric.steps) {
    Json one{{"step", words.part(step.part)}, {"value", mark_json(step.value)}};
    put(one, "rule", step.rule);
    out["steps"].push_back(std::move(one));
  }
  if (rubric.verdict) out["decided_by"] = verdict_json(*rubric.verdict);
  if (rubric.fault) out["error"] = fault_json(*rubric.fault);
  if (rubric.rank) out["rank"] = {{"place", *rubric.rank}, {"of", rubric.ranked}};
  if (rubric.grade) out["grade"] = grade_json(*rubric.grade);
  for (const auto& [name, taken] : rubric.selections) out["selected"][name] = datum_json(taken);
  for (const auto& [name, taken] : rubric.taken) {
    Json row{{"name", name}, {"record", taken.texts}};
    if (taken.measure.kind != DatumKind::Absent) row["measure"] = datum_json(taken.measure);
    row["line"] = taken.line;
    out["selected_rows"].push_back(std::move(row));
  }
  put(out, "reports", rubric.reports);
  if (!rubric.open.empty()) out["unspecified"] = open_json(rubric.open);
}

Json rubric_json(const RubricExplanation& rubric) {
  Json out{{"unit", rubric.unit}, {"rubric", rubric.rubric}};
  if (!rubric.period.empty()) out["period"] = rubric.period;
  if (rubric.reference) out["reference"] = true;
  if (rubric.data_in_error) {
    out["data_in_error"] = true;
    for (const BrokenCheck& broken : rubric.broken) {
      Json one = written_json(broken.check);
      if (!broken.table.empty()) one["records"] = {{"table", broken.table}, {"line", broken.line}};
      out["broken"].push_back(std::move(one));
    }
    return out;
  }
  if (rubric.has_total) {
    put(out, "points", rubric.declared_total);
    out["total"] = mark_json(rubric.total);
  }
  for (const NodeExplanation& node : rubric.nodes) out["items"].push_back(json_of(node));
  put_result(out, rubric);
  return out;
}

}  // namespace

std::string explanation_json(const Explanation& explanation) {
  Json out = Json::array();
  for (const RubricExplanation& rubric : explanation.rubrics) out.push_back(rubric_json(rubric));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string node_json(const NodeExplanation& node) {
  return json_of(node).dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace xize::results

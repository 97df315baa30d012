// Advice for programs: every value exact.
#include <nlohmann/json.hpp>

#include "compiler/results/json.h"
#include "compiler/whatif/improvement.h"

namespace xize::whatif {
namespace {

using Json = nlohmann::ordered_json;
using results::datum_json;
using results::mark_json;

Json standing_json(const Standing& standing) {
  return {{"total", mark_json(standing.total)},
          {"rank", standing.rank ? Json(*standing.rank) : Json(nullptr)}};
}

Json step_json(const Suggestion& step) {
  return {{"input", step.input},
          {"before", datum_json(step.before)},
          {"after", datum_json(step.after)},
          {"effort", step.effort.to_string()},
          {"score", mark_json(step.score)},
          {"gain", step.gain.to_string()},
          {"total_gain", step.total_gain.to_string()},
          {"highest", step.highest},
          {"then", standing_json(step.then)},
          {"also", step.also}};
}

Json item_advice_json(const ItemAdvice& item) {
  Json out{{"name", item.name},
           {"score", mark_json(item.score)},
           {"worth", mark_json(item.worth)},
           {"missing", item.missing ? Json(item.missing->to_string()) : Json(nullptr)},
           {"suggestions", Json::array()}};
  for (const Suggestion& step : item.suggestions) out["suggestions"].push_back(step_json(step));
  for (const RecordAdvice& records : item.records) {
    out["records"].push_back({{"table", records.table},
                              {"costing_points", records.count},
                              {"one_less_gains", records.gain.to_string()}});
  }
  if (!item.marks.empty()) out["given_by_assessors"] = item.marks;
  if (!item.checks.empty()) out["refused_by"] = item.checks;
  for (const auto& note : item.open) out["unspecified"].push_back(note.what.text);
  if (item.compared) out["depends_on_other_units"] = true;
  return out;
}

}  // namespace

std::string advice_json(const Advice& advice) {
  Json out{{"unit", advice.unit}};
  if (!advice.period.empty()) out["period"] = advice.period;
  out["rubrics"] = Json::array();
  for (const RubricAdvice& rubric : advice.rubrics) {
    Json one{{"rubric", rubric.rubric},
             {"points", mark_json(rubric.declared_total)},
             {"now", standing_json(rubric.now)},
             {"items", Json::array()}};
    for (const ItemAdvice& item : rubric.items) one["items"].push_back(item_advice_json(item));
    if (rubric.plan) {
      one["plan"] = {{"wanted", rubric.plan->wanted.to_string()},
                     {"reached", rubric.plan->reached},
                     {"gain", rubric.plan->gain.to_string()},
                     {"then", standing_json(rubric.plan->then)},
                     {"steps", Json::array()}};
      for (const Suggestion& step : rubric.plan->steps) {
        one["plan"]["steps"].push_back(step_json(step));
      }
    }
    out["rubrics"].push_back(std::move(one));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xize::whatif

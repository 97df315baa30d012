// A comparison for programs: every value exact.
#include <nlohmann/json.hpp>

#include "compiler/results/json.h"
#include "compiler/whatif/comparison.h"

namespace xize::whatif {
namespace {

using Json = nlohmann::ordered_json;
using results::datum_json;
using results::mark_json;

Json place_json(const std::optional<std::int64_t>& rank) {
  return rank ? Json(*rank) : Json(nullptr);
}

Json result_json(const results::RubricExplanation& rubric) {
  Json out = Json::object();
  if (rubric.has_total) out["total"] = mark_json(rubric.total);
  for (const results::TotalStep& step : rubric.steps) {
    if (step.part == results::TotalPart::Combined) out["combined"] = mark_json(step.value);
    if (step.part == results::TotalPart::Converted) out["converted"] = mark_json(step.value);
  }
  out["rank"] = place_json(rubric.rank);
  if (rubric.grade) {
    out["grade"] = rubric.grade->grade.empty() ? Json(nullptr) : Json(rubric.grade->grade);
  }
  return out;
}

}  // namespace

std::string comparison_json(const Comparison& comparison) {
  Json out{{"unit", comparison.unit}};
  if (!comparison.period.empty()) out["period"] = comparison.period;
  out["changes"] = Json::array();
  for (const ChangedInput& input : comparison.inputs) {
    out["changes"].push_back({{"name", input.name},
                              {"before", datum_json(input.before)},
                              {"after", datum_json(input.after)}});
  }
  out["rubrics"] = Json::array();
  for (const RubricComparison& rubric : comparison.rubrics) {
    Json one{{"rubric", rubric.before.rubric},
             {"before", result_json(rubric.before)},
             {"after", result_json(rubric.after)},
             {"items", Json::array()},
             {"other_units", Json::array()}};
    for (const ChangedNode& node : rubric.nodes) {
      if (!node.leaf) continue;
      one["items"].push_back({{"name", node.before.name},
                              {"before", Json::parse(results::node_json(node.before))},
                              {"after", Json::parse(results::node_json(node.after))}});
    }
    for (const MovedUnit& unit : rubric.moved) {
      one["other_units"].push_back({{"unit", unit.unit},
                                    {"rank_before", place_json(unit.before)},
                                    {"rank_after", place_json(unit.after)}});
    }
    out["rubrics"].push_back(std::move(one));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xize::whatif

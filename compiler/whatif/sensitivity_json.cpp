// What is at stake, for programs: every value exact.
#include <nlohmann/json.hpp>

#include "compiler/results/json.h"
#include "compiler/whatif/sensitivity.h"

namespace xize::whatif {
namespace {

using Json = nlohmann::ordered_json;
using results::datum_json;
using results::mark_json;

Json stake_json(const ItemStake& item) {
  Json out{{"item", item.name}, {"points", mark_json(item.points)}, {"units", item.units}};
  if (item.penalty) out["penalty"] = true;
  if (item.units == 0) return out;
  out["average"] = item.average.to_string();
  out["lowest"] = item.lowest.to_string();
  out["highest"] = item.highest.to_string();
  out["lost"] = item.lost.to_string();
  out["units_losing"] = item.losing;
  out["units_whole"] = item.whole;
  out["ranks_moved"] = item.moved ? Json(*item.moved) : Json(nullptr);
  return out;
}

Json edge_json(const Edge& edge) {
  return {{"item", edge.item},
          {"unit", edge.unit},
          {"input", edge.input},
          {"now", datum_json(edge.now)},
          {"edge", datum_json(edge.beyond)},
          {"score", edge.score.to_string()},
          {"score_beyond", edge.score_beyond.to_string()}};
}

}  // namespace

std::string stakes_json(const std::vector<RubricStakes>& stakes) {
  Json out = Json::array();
  for (const RubricStakes& rubric : stakes) {
    Json one{{"rubric", rubric.rubric}};
    if (!rubric.period.empty()) one["period"] = rubric.period;
    one["units_ranked"] = rubric.ranked;
    one["items"] = Json::array();
    for (const ItemStake& item : rubric.items) one["items"].push_back(stake_json(item));
    one["edges"] = Json::array();
    for (const Edge& edge : rubric.edges) one["edges"].push_back(edge_json(edge));
    one["not_searched"] = rubric.not_searched;
    out.push_back(std::move(one));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xize::whatif

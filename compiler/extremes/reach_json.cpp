// Both ends for programs: every value exact.
#include <nlohmann/json.hpp>

#include "compiler/extremes/extremes.h"

namespace xize::extremes {
namespace {

using Json = nlohmann::ordered_json;

Json readings_json(const std::vector<Reading>& readings) {
  Json out = Json::object();
  for (const Reading& one : readings) {
    if (one.value.kind == results::DatumKind::Bool) {
      out[one.name] = one.value.yes;
    } else if (one.value.kind == results::DatumKind::Number) {
      out[one.name] = one.value.number.to_string();
    } else {
      out[one.name] = results::print_datum(one.value, {results::Language::Chinese, true});
    }
  }
  return out;
}

Json end_json(const End& end) {
  if (!end.found) return nullptr;
  Json out{{"score", end.score.to_string()}, {"proved", end.proved}};
  if (end.endless) out["endless"] = true;
  if (end.of_parts) {
    out["parts"] = end.away.empty() ? "all at their ends" : "not all at their ends";
    for (const PartAway& part : end.away) {
      out["away"].push_back({{"name", part.name},
                             {"here", part.here.to_string()},
                             {"alone", part.own.to_string()}});
    }
    return out;
  }
  out["inputs"] = readings_json(end.inputs);
  if (!end.measures.empty()) out["measures"] = readings_json(end.measures);
  for (const RecordsRead& records : end.records) {
    out["records"].push_back({{"table", records.table},
                              {"count", records.times},
                              {"cells", readings_json(records.cells)}});
  }
  if (end.other_units > 0) {
    out["others"] = {{"count", end.other_units}, {"inputs", readings_json(end.others)}};
  }
  if (end.verdict) {
    out["guard"] = {{"text", end.verdict->guard.text}, {"line", end.verdict->guard.line}};
  }
  return out;
}

Json subject_json(const Subject& subject) {
  Json out{{"kind", results::subject_code(subject.kind)},
           {"name", subject.name},
           {"path", subject.path},
           {"line", subject.line},
           {"points", subject.points ? Json(subject.points->to_string()) : Json(nullptr)},
           {"penalty", subject.penalty},
           {"judged", subject.judged},
           {"open", subject.open},
           {"most", end_json(subject.most)},
           {"least", end_json(subject.least)}};
  if (!subject.unit.empty()) out["unit"] = subject.unit;
  return out;
}

}  // namespace

std::string reach_json(const std::vector<PolicyReach>& reports) {
  Json out{{"policies", Json::array()}};
  for (const PolicyReach& report : reports) {
    Json subjects = Json::array();
    for (const Subject& subject : report.subjects) subjects.push_back(subject_json(subject));
    out["policies"].push_back({{"path", report.path}, {"subjects", std::move(subjects)}});
  }
  return out.dump(2) + "\n";
}

}  // namespace xize::extremes

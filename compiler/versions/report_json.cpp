// A comparison as JSON: enumerators in English, numbers as exact text.
#include <nlohmann/json.hpp>

#include "compiler/results/json.h"
#include "compiler/versions/report.h"

namespace xize::versions {
namespace {

using Json = nlohmann::ordered_json;
using results::mark_json;

Json number_json(const std::optional<value::Rational>& number) {
  return number ? Json(number->to_string()) : Json(nullptr);
}

Json version_json(const Version& version) {
  return {{"file", version.path},
          {"name", version.name},
          {"title", version.title},
          {"numbers", version.numbers}};
}

Json things_json(const Outline& outline, const std::vector<int>& things) {
  Json list = Json::array();
  for (const int i : things) {
    const Thing& thing = outline[static_cast<std::size_t>(i)];
    Json one{{"name", thing.name}, {"path", thing.path}, {"line", thing.line}};
    if (is_node(thing.subject)) one["points"] = number_json(thing.points);
    list.push_back(std::move(one));
  }
  return list;
}

Json names_json(const Outline& outline, const std::vector<int>& things) {
  Json list = Json::array();
  for (const int i : things) list.push_back(outline[static_cast<std::size_t>(i)].path);
  return list;
}

Json detail_json(const Detail& detail) {
  Json out{{"aspect", term_of(detail.aspect).english}};
  const auto add = [&](const char* text_key, const char* line_key, const std::string& text,
                       std::uint32_t line) {
    out[text_key] = text.empty() ? Json(nullptr) : Json(text);
    out[line_key] = line == 0 ? Json(nullptr) : Json(line);
  };
  add("before", "line_before", detail.before, detail.line_before);
  add("after", "line_after", detail.after, detail.line_after);
  return out;
}

Json change_json(const Comparison& c, const Change& change) {
  const Thing& thing = change.news.empty() ? c.was(change.olds.front()) : c.is(change.news.front());
  Json out{{"subject", term_of(thing.subject).english},
           {"fate", change.fate == Fate::Kept ? "kept" : term_of(change.fate).english},
           {"renamed", change.renamed},
           {"moved", change.moved},
           {"old", things_json(c.old, change.olds)},
           {"new", things_json(c.now, change.news)}};
  out["details"] = Json::array();
  for (const Detail& detail : change.details) out["details"].push_back(detail_json(detail));
  if (!change.users.empty()) out["changes"] = change.users;
  for (const Flow& flow : change.flows) {
    const Thing& other = change.news.empty() ? c.is(flow.thing) : c.was(flow.thing);
    out["wording"].push_back({{"path", other.path}, {"sentences", flow.sentences}});
  }
  return out;
}

Json balance_json(const Comparison& c, const Balance& balance) {
  const auto rubric = [](const Outline& outline, int i) {
    return i < 0 ? Json(nullptr) : Json(outline[static_cast<std::size_t>(i)].name);
  };
  Json out{{"part", term_of(balance.part).english},
           {"old_rubric", rubric(c.old, balance.old_rubric)},
           {"new_rubric", rubric(c.now, balance.new_rubric)}};
  out["rows"] = Json::array();
  for (const BalanceRow& row : balance.rows) {
    out["rows"].push_back({{"old", names_json(c.old, row.olds)},
                           {"new", names_json(c.now, row.news)},
                           {"before", number_json(row.before)},
                           {"after", number_json(row.after)}});
  }
  out["before"] = balance.before.to_string();
  out["after"] = balance.after.to_string();
  out["change"] = (balance.after - balance.before).to_string();
  out["stated_before"] = number_json(balance.total_before);
  out["stated_after"] = number_json(balance.total_after);
  return out;
}

Json unit_json(const Comparison& c, const UnitEffect& unit) {
  const auto rank = [](const auto& place) { return place ? Json(*place) : Json(nullptr); };
  const auto grade = [](const std::string& label) {
    return label.empty() ? Json(nullptr) : Json(label);
  };
  Json out{{"unit", unit.unit},
           {"period", unit.period.empty() ? Json(nullptr) : Json(unit.period)},
           {"before", mark_json(unit.before)},
           {"after", mark_json(unit.after)},
           {"change", number_json(unit.difference)},
           {"rank_before", rank(unit.rank_before)},
           {"rank_after", rank(unit.rank_after)},
           {"grade_before", grade(unit.grade_before)},
           {"grade_after", grade(unit.grade_after)}};
  out["items"] = Json::array();
  for (const ItemEffect& item : unit.items) {
    out["items"].push_back({{"old", names_json(c.old, item.olds)},
                            {"new", names_json(c.now, item.news)},
                            {"before", mark_json(item.before)},
                            {"after", mark_json(item.after)},
                            {"change", number_json(item.difference)}});
  }
  out["rest"] = unit.rest.to_string();
  return out;
}

Json effect_json(const Comparison& c, const RubricEffect& effect) {
  Json out{{"old_rubric", c.was(effect.old_rubric).name},
           {"new_rubric", c.is(effect.new_rubric).name}};
  out["units"] = Json::array();
  for (const UnitEffect& unit : effect.units) out["units"].push_back(unit_json(c, unit));
  out["unchanged"] = effect.unchanged;
  out["only_old"] = effect.only_before;
  out["only_new"] = effect.only_after;
  return out;
}

}  // namespace

std::string comparison_json(const Comparison& comparison, const Effect* effect) {
  Json out{{"old", version_json(comparison.old_version)},
           {"new", version_json(comparison.new_version)},
           {"same", comparison.same()}};
  out["balances"] = Json::array();
  for (const Balance& balance : comparison.balances) {
    out["balances"].push_back(balance_json(comparison, balance));
  }
  out["changes"] = Json::array();
  for (const Change& change : comparison.changes) {
    out["changes"].push_back(change_json(comparison, change));
  }
  if (effect != nullptr) {
    out["effect"] = Json::array();
    for (const RubricEffect& rubric : effect->rubrics) {
      out["effect"].push_back(effect_json(comparison, rubric));
    }
  }
  return out.dump(2) + "\n";
}

}  // namespace xize::versions

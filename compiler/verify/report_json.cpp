#include <nlohmann/json.hpp>

#include "compiler/verify/words.h"

namespace xize::verify {
namespace {

using Json = nlohmann::ordered_json;

Json example_json(const Answer& answer, const Refutation& refutation) {
  Json out = Json::object();
  for (const ExampleTable& table : refutation.tables) {
    Json rows = Json::array();
    for (const ExampleTable::Row& row : table.rows) {
      Json cells = Json::object();
      for (std::size_t i = 0; i < row.cells.size(); ++i) cells[table.columns[i]] = row.cells[i];
      rows.push_back({{"cells", std::move(cells)}, {"times", row.times}});
    }
    out["tables"].push_back({{"name", table.name}, {"rows", std::move(rows)}});
  }
  for (const auto& [name, value] : refutation.parameters) out["parameters"][name] = value;
  for (const Written& place : refutation.places) {
    out["places"].push_back({{"text", place.text}, {"line", place.line}});
  }
  out["result"] = result_words(answer, refutation, Language::English);
  return out;
}

Json answer_json(const Answer& answer) {
  Json out{{"promise", promise_code(answer.promise)}, {"state", state_code(answer.state)}};
  if (answer.state == State::Undecided) out["why"] = why_code(answer.why);
  if (answer.about.present()) {
    out["about"] = {{"text", answer.about.text}, {"line", answer.about.line}};
  }
  for (const Refutation& refutation : answer.refutations) {
    out["counterexamples"].push_back(example_json(answer, refutation));
  }
  return out;
}

Json policy_json(const PolicyReport& report) {
  Json out{{"path", report.path}};
  out["subjects"] = Json::array();
  for (const Subject& subject : report.subjects) {
    Json answers = Json::array();
    for (const Answer& answer : subject.answers) answers.push_back(answer_json(answer));
    out["subjects"].push_back({{"kind", results::subject_code(subject.kind)},
                               {"name", subject.name},
                               {"line", subject.line},
                               {"answers", std::move(answers)}});
  }
  if (!report.only_here.empty()) out["only_in_first"] = report.only_here;
  if (!report.only_there.empty()) out["only_in_second"] = report.only_there;
  const Tally count = tally({report});
  out["proved"] = count.proved;
  out["refuted"] = count.refuted;
  out["not_decided"] = count.undecided;
  return out;
}

}  // namespace

std::string report_json(const std::vector<PolicyReport>& reports) {
  Json out{{"policies", Json::array()}};
  for (const PolicyReport& report : reports) out["policies"].push_back(policy_json(report));
  return out.dump(2) + "\n";
}

}  // namespace xize::verify

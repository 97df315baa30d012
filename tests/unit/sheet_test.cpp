// compiler/results: sheets of many rows — their marks, their order, their text from all cores.
#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/driver/scoring.h"
#include "compiler/results/plain_mark.h"
#include "compiler/results/row_texts.h"
#include "compiler/results/sheet.h"
#include "tests/support/text.h"

using namespace xize;
using value::Rational;
using value::Value;

namespace {

Value some_value(std::mt19937_64& random, unsigned kinds) {
  const auto n = static_cast<std::int64_t>(random() % 1000);
  switch (random() % kinds) {
    case 0: return Rational(n);
    case 1: return Rational(n, 90);
    case 2: return value::NotApplicable{};
    case 3: return value::Missing{};
    case 4: return value::Fault{value::FaultKind::DivisionByZero, 1};
    case 5: return Rational(n + 1, static_cast<std::int64_t>(random() >> 8) + 1);
    case 6: return *Rational::from_decimal("123456789012345678901234567890.5");
    case 7: return value::Pending{};
    case 8: return value::Fault{value::FaultKind::PendingMark, 1};
    case 9: return n % 2 == 0;
    default: return value::Text{static_cast<std::uint32_t>(n)};
  }
}

constexpr const char* kPolicy = R"(policy p { period yearly }
table offices { name : unit; done : count of matter <= 1001; spoilt : bool }
rubric r for all offices total 20 {
  item share points 10 { ratio done to 1001 }
  item calm points 10 { not applicable when spoilt; base 10; deduct 1/3 per 100 done }
  report per_seven = done / 7
  report broken = spoilt
  redistribute proportionally within rubric
}
)";

// The policy with so many offices, scored.
struct Run {
  explicit Run(int offices) {
    std::string data = "name,done,spoilt\n";
    for (int i = 0; i < offices; ++i) {
      data += (i % 5 == 0 ? "\"o, " : "o") + std::to_string(i) + (i % 5 == 0 ? "\"," : ",");
      data += std::to_string(i * 7919 % 1000) + (i % 3 == 0 ? ",yes\n" : ",no\n");
    }
    REQUIRE(support::write_file(folder.path() / "offices.csv", data));
    policy = driver::compile(source::File("policy.xize", kPolicy), sink);
    REQUIRE(policy->sound());
    driver::ScoringRequest request;
    request.data = {folder.path().string()};
    scoring = driver::score(*policy, request, sink);
    REQUIRE(scoring != nullptr);
  }

  support::TemporaryFolder folder;
  diagnostics::Sink sink;
  std::unique_ptr<driver::Compilation> policy;
  std::unique_ptr<driver::Scoring> scoring;
};

std::vector<std::string> lines_of(const std::string& text) {
  return support::split_lines(support::replace_all(text, "\r\n", "\n"));
}

}  // namespace

TEST_CASE("a column of marks says of each row what the value says") {
  std::mt19937_64 random(5);
  for (unsigned kinds = 1; kinds <= 11; ++kinds) {
    std::vector<Value> values;
    for (int i = 0; i < 2500; ++i) values.push_back(some_value(random, kinds));
    engine::Outcome outcome;
    outcome.columns.emplace_back(values);
    outcome.columns.emplace_back(std::span(values).first(1));
    outcome.faulty.assign(values.size(), false);
    outcome.faulty[7] = true;
    const results::MarkColumn column(outcome, program::OpId(0u));
    const results::MarkColumn constant(outcome, program::OpId(1u));
    for (std::size_t i = 0; i < values.size(); ++i) {
      REQUIRE(column.at(i).exact() == results::mark_of(values[i]));
      REQUIRE(constant.at(i).exact() == results::mark_of(values[0]));
      const auto* number = std::get_if<Rational>(&values[i]);
      REQUIRE(column.at(i).whole() == (number ? number->to_int64() : std::nullopt));
    }
    CHECK(column.given_at(7).state == results::MarkState::Faulty);
    CHECK(column.given_at(8).state == column.at(8).state);
  }
}

TEST_CASE("pieces of text are handed on in the order of their rows") {
  for (const std::size_t count : {0u, 1u, 1024u, 1025u, 100'000u}) {
    std::string all;
    const auto take = [&](std::string_view text) { all += text; };
    results::take_pieces(count, take, [](std::size_t first, std::size_t last, std::string& out) {
      // Early pieces take longest.
      if (first < 20'000) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      for (std::size_t row = first; row < last; ++row) out += std::to_string(row) + "\n";
    });
    std::string expected;
    for (std::size_t row = 0; row < count; ++row) expected += std::to_string(row) + "\n";
    CHECK(all == expected);
  }
}

TEST_CASE("CSV and JSON lines of many units say what the sheet says") {
  const Run run(5000);
  const results::LongSheet sheet(*run.policy, *run.scoring, {});
  const results::ScoreSheet whole = sheet.whole();
  const results::RubricSheet& rubric = whole.rubrics.at(0);
  REQUIRE(rubric.rows.size() == 5000);

  std::string csv;
  results::sheet_csv(sheet, results::Language::English, [&](auto text) { csv += text; });
  const auto rows = lines_of(csv);
  REQUIRE(rows.size() == 5001);
  CHECK(rows[0] == "rubric,unit,rank,total,share,calm,per_seven,broken");
  const auto text = [](const results::Mark& mark) {
    if (mark.state == results::MarkState::NotApplicable) return std::string("n/a");
    return value::round(mark.value, 10, value::Rounding::HalfUp).to_string();
  };

  std::string json;
  results::sheet_json_lines(sheet, [&](auto part) { json += part; });
  const auto objects = lines_of(json);
  REQUIRE(objects.size() == 5000);
  const auto document = nlohmann::ordered_json::parse(results::sheet_json(sheet));

  for (std::size_t i = 0; i < rubric.rows.size(); ++i) {
    const results::SheetRow& row = rubric.rows[i];
    const bool quoted = row.unit.find(',') != std::string::npos;
    const std::string unit = quoted ? "\"" + row.unit + "\"" : row.unit;
    REQUIRE(rows[i + 1] == "r," + unit + "," + std::to_string(row.rank.value()) + "," +
                               text(row.total) + "," + text(row.nodes[0]) + "," +
                               text(row.nodes[1]) + "," +
                               text({results::MarkState::Score, row.reports[0].number}) + "," +
                               (row.reports[1].yes ? "yes" : "no"));
    auto object = nlohmann::ordered_json::parse(objects[i]);
    REQUIRE(object.at("unit") == row.unit);
    REQUIRE(object.at("total") == row.total.value.to_string());
    REQUIRE(object.at("items").at("share") == row.nodes[0].value.to_string());
    REQUIRE(object.at("reports").at("per_seven") == row.reports[0].number.to_string());
    REQUIRE(object.at("rubric") == "r");
    object.erase("rubric");
    REQUIRE(object == document.at("rubrics").at(0).at("units").at(i));
    if (i == 0) continue;
    const results::SheetRow& before = rubric.rows[i - 1];
    const bool in_order = before.total.value > row.total.value ||
                          (before.total == row.total && before.row < row.row);
    REQUIRE(in_order);
  }
}

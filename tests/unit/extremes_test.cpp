// The least and the most of items, sections and totals, with the data that give them.
#include "compiler/extremes/extremes.h"

#include <doctest/doctest.h>

#include <memory>

using namespace xize;
using extremes::End;
using extremes::Subject;

namespace {

// A policy with one rubric, looked at.
struct Look {
  explicit Look(const std::string& text) {
    policy = driver::compile(source::File("policy.xize", text), sink);
    REQUIRE(policy->runnable());
    reach = *extremes::find_extremes(*policy, {});
  }

  const Subject& operator[](const std::string& name) const {
    for (const Subject& subject : reach.subjects) {
      if (subject.name == name) return subject;
    }
    FAIL("no subject " << name);
    return reach.subjects.front();
  }

  diagnostics::Sink sink;
  std::unique_ptr<driver::Compilation> policy;
  extremes::PolicyReach reach;
};

std::string rubric(const std::string& items, const std::string& columns = {},
                   const std::string& more = {}) {
  return "policy p { period yearly }\n"
         "table offices {\n  name : unit\n  matters : count of matter >= 1\n" + columns + "}\n" +
         more + "rubric r for all offices {\n" + items + "}\n";
}

std::string data(const End& end) {
  return extremes::data_words(end, diagnostics::Language::English);
}

bool is(const End& end, const value::Rational& score, bool proved) {
  CHECK(end.found);
  CHECK(end.score.to_string() == score.to_string());
  CHECK(end.proved == proved);
  return end.found && end.score == score && end.proved == proved;
}

}  // namespace

TEST_CASE("a boundary gives the best, with round numbers") {
  const Look look(rubric("item a points 5 {\n"
                         "  input done : count of matter <= matters\n"
                         "  define rate = done / matters\n"
                         "  tier rate { < 5% => 0; [5%, 10%) => 2; >= 10% => 5 }\n}\n"));
  CHECK(is(look["a"].most, 5, true));
  CHECK(data(look["a"].most) == "rate = 10% (done = 10, matters = 100)");
  CHECK(is(look["a"].least, 0, true));
  CHECK(data(look["a"].least) == "rate = 0% (done = 0, matters = 100)");
}

TEST_CASE("an item that cannot reach its points is proved not to") {
  const Look look(rubric("item a points 10 { tier grade { < 60% => 0; >= 60% => 8 } }\n",
                         "  grade : ratio in [0, 100%]\n"));
  CHECK(is(look["a"].most, 8, true));
  CHECK(data(look["a"].most) == "grade = 60%");
  REQUIRE(look["a"].points);
  CHECK(*look["a"].points == value::Rational(10));
}

TEST_CASE("columns that add up to another one change together") {
  const Look look(rubric("item a points 10 {\n"
                         "  input n1, n2, n3 : count of matter\n"
                         "  partition n1 + n2 + n3 = matters\n"
                         "  (n1 * 10% + n2 * 50% + n3 * 100%) / matters * 10 points\n}\n"));
  CHECK(is(look["a"].most, 10, true));
  CHECK(data(look["a"].most) == "n1 = 0, n2 = 0, n3 = 100, matters = 100");
  // The text alone does not tell that not all can be 0.
  CHECK(is(look["a"].least, 1, false));
}

TEST_CASE("a guard that decides is named, and only what it reads is shown") {
  const Look look(rubric("item a points 10 {\n"
                         "  zero when complaint\n"
                         "  award 4 when law\n  award 6 when plan\n}\n",
                         "  complaint, law, plan : bool\n"));
  CHECK(is(look["a"].most, 10, true));
  CHECK(data(look["a"].most) == "complaint = no, law = yes, plan = yes");
  CHECK(is(look["a"].least, 0, true));
}

TEST_CASE("records are counted") {
  const Look look(rubric("penalty items points 10 {\n"
                         "  item late points 10 { deduct 2 per cases where overdue }\n}\n",
                         {},
                         "records cases { office : unit; number : text key; overdue : bool }\n"));
  CHECK(look["late"].penalty);
  CHECK(is(look["late"].most, 10, true));
  REQUIRE(look["late"].most.records.size() == 1);
  CHECK(look["late"].most.records.front().times == 5);
  CHECK(is(look["late"].least, 0, true));
  CHECK(look["late"].least.records.front().times == 0);
}

TEST_CASE("a section and a total are made of their parts, unless these exclude each other") {
  const std::string both = "item low points 5 { award 5 when cost < 10 }\n"
                           "item high points 5 { award 5 when cost >= 10 }\n";
  const Look look(rubric("section s points 10 {\n" + both + "}\n"
                         "section t points 5 { item law points 5 { award 5 when rule } }\n",
                         "  cost : number >= 0\n  rule : bool\n"));
  CHECK(is(look["t"].most, 5, true));
  CHECK(look["t"].most.of_parts);
  CHECK(look["t"].most.away.empty());
  CHECK(is(look["s"].most, 5, false));
  CHECK(is(look["s"].least, 5, false));
  REQUIRE(look["s"].most.away.size() == 1);
  CHECK(look["s"].most.away.front().own == value::Rational(5));
  CHECK(is(look["r"].most, 10, false));
  CHECK(is(look["r"].least, 5, false));
}

TEST_CASE("penalties and bonuses count in a total, each at its end") {
  const Look look(rubric("item law points 5 { award 5 when rule }\n"
                         "bonus more max 3 { item prize points 3 { award 1 per prizes } }\n"
                         "penalty less max 4 {\n"
                         "  item complaint points 4 { deduct 1 per complaints }\n}\n",
                         "  rule : bool\n  prizes, complaints : count\n"));
  CHECK(is(look["r"].most, 8, true));
  CHECK(is(look["r"].least, -4, true));
  CHECK(is(look["less"].most, 4, true));
  CHECK(is(look["more"].most, 3, true));
}

TEST_CASE("what has no ceiling goes on") {
  const Look look(rubric("item law points 5 { award 5 when rule }\n"
                         "bonus more uncapped { item prize uncapped { award 1 per prizes } }\n",
                         "  rule : bool\n  prizes : count\n"));
  CHECK(look["prize"].most.endless);
  CHECK_FALSE(look["prize"].least.endless);
  CHECK(look["r"].most.endless);
}

TEST_CASE("the others of a comparison are part of the data") {
  const Look look(rubric("item share points 10 { relative works to best }\n",
                         "  works : count\n"));
  CHECK(is(look["share"].most, 10, true));
  CHECK(is(look["share"].least, 0, true));
  CHECK(look["share"].least.other_units > 0);
}

TEST_CASE("a finding about points names data that give the best") {
  diagnostics::Sink sink;
  const auto policy = driver::compile(
      source::File("policy.xize",
                   rubric("item a points 10 { award 6 when law; award 6 when plan }\n",
                          "  law, plan : bool\n")),
      sink);
  const std::size_t count = sink.findings().size();
  extremes::note_best(*policy, sink, 0);
  REQUIRE(sink.findings().size() == count);
  bool noted = false;
  for (const auto& finding : sink.findings()) {
    for (const auto& related : finding.related) {
      for (const auto& argument : related.arguments) {
        const auto* term = std::get_if<diagnostics::Term>(&argument);
        noted = noted || (term != nullptr && term->english == "law = yes, plan = yes");
      }
    }
  }
  CHECK(noted);
}

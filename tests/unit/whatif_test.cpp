// What other data would bring: axes of columns, probes of items, advice, comparisons, stakes.
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>

#include "compiler/whatif/changes.h"
#include "compiler/whatif/comparison.h"
#include "compiler/whatif/improvement.h"
#include "compiler/whatif/probe.h"
#include "compiler/whatif/reach.h"
#include "compiler/whatif/sensitivity.h"
#include "tests/support/text.h"

using namespace xize;
using value::Rational;
using value::Value;
using whatif::Axis;

namespace {

constexpr const char* kPolicy = R"(policy p { period yearly }
table offices {
  name : unit
  matters : count of matter >= 1
  open : bool
}
records cases { office : unit; number : text key; late : bool }
rubric r for all offices total 20 {
  item quick points 10 {
    input done : count of matter <= matters
    tier done / matters { < 20% => 0; [20%, 40%) => 4; >= 40% => full }
  }
  item prompt points 10 {
    zero when open
    deduct 2 per cases where late
  }
}
)";

// The policy with three units, scored.
struct Run {
  Run() {
    const auto write = [&](const char* name, const char* text) {
      REQUIRE(support::write_file(folder.path() / name, text));
    };
    write("offices.csv",
          "name,matters,open,quick.done\nA,10,no,3\nB,10,no,4\nC,10,yes,10\n");
    write("cases.csv", "office,number,late\nA,1,yes\nA,2,no\nB,3,yes\nB,4,yes\n");
    policy = driver::compile(source::File("policy.xize", kPolicy), sink);
    REQUIRE(policy->sound());
    driver::ScoringRequest request;
    request.data = {folder.path().string()};
    request.trace_units = {"A"};
    request.keep_records = true;
    scoring = driver::score(*policy, request, sink);
    REQUIRE(scoring != nullptr);
    REQUIRE_FALSE(sink.has_errors());
  }

  [[nodiscard]] const program::Program& program() const { return scoring->lowered.program; }
  [[nodiscard]] program::NodeId node(const std::string& name) const {
    return *results::find_node(program(), "", name);
  }
  [[nodiscard]] std::uint32_t column(const std::string& name) const {
    return table::find_column(program().schema.units, name);
  }

  support::TemporaryFolder folder;
  diagnostics::Sink sink;
  std::unique_ptr<driver::Compilation> policy;
  std::unique_ptr<driver::Scoring> scoring;
};

Rational number(const std::optional<Value>& value) { return std::get<Rational>(*value); }

}  // namespace

TEST_CASE("an axis walks through what a column may hold") {
  base::StringPool pool;
  auto count = table::count_column("n");
  count.range.high = table::Bound{Rational(12), false};
  const Axis axis(count, Rational(10), pool);
  CHECK(axis.ordered());
  CHECK(number(axis.at(0)) == Rational(10));
  CHECK(number(axis.at(1)) == Rational(11));
  CHECK_FALSE(axis.at(2));
  CHECK_FALSE(axis.at(-11));
  CHECK(axis.end(1) == std::optional<std::int64_t>(1));
  CHECK(axis.end(-1) == std::optional<std::int64_t>(-10));
  CHECK(axis.place_of(Rational(21, 2)) == Rational(1, 2));
}

TEST_CASE("ratios move by per cents, labels one after the other, texts not at all") {
  base::StringPool pool;
  const auto ratio = table::number_column("x", table::NumberKind::Ratio);
  CHECK(number(Axis(ratio, Rational(1, 2), pool).at(1)) == Rational(51, 100));
  CHECK(number(Axis(ratio, Rational(1, 8), pool).at(1)) == Rational(126, 1000));
  const auto choice = table::choice_column("c", {"good", "fair", "poor"});
  const Axis labels(choice, value::Text{pool.intern("fair")}, pool);
  CHECK(labels.listed() == std::vector<std::int64_t>{-1, 1});
  CHECK(labels.at(1) == std::optional<Value>(value::Text{pool.intern("poor")}));
  CHECK_FALSE(labels.at(2));
  const auto text = table::typed_column("t", table::ColumnType::Text);
  const Axis none(text, value::Text{pool.intern("a")}, pool);
  CHECK_FALSE(none.ordered());
  CHECK(none.listed().empty());
  const Axis blank(ratio, value::Missing{}, pool);
  CHECK_FALSE(blank.ordered());
}

TEST_CASE("a probe finds the places where an item turns, and no others") {
  Run run;
  whatif::Bench bench = whatif::Bench::of_unit(*run.scoring, 0);
  whatif::Probe probe(*run.scoring, bench, {0, run.node("quick"), run.column("quick.done")});
  CHECK(probe.sample(0).score == std::optional(Rational(4)));
  CHECK(probe.turns(1) == std::vector<std::int64_t>{1});
  CHECK(probe.turns(-1) == std::vector<std::int64_t>{-2});
  const auto up = probe.steps_up(1);
  REQUIRE(up.size() == 1);
  CHECK(up.front().place == 1);
  CHECK(up.front().score == Rational(10));
  CHECK(probe.steps_up(-1).empty());
  CHECK_FALSE(probe.sample(8).allowed);  // more than there are matters
  const auto jump = probe.jump(1, 3);
  REQUIRE(jump);
  CHECK(jump->place == 1);
}

TEST_CASE("what a probe looks at may be any result") {
  Run run;
  whatif::Bench bench = whatif::Bench::of_unit(*run.scoring, 0);
  const program::OpId total = run.program().rubrics.front().total;
  whatif::Probe probe(*run.scoring, bench, {0, {}, run.column("quick.done"), total});
  CHECK(probe.sample(0).score == std::optional(Rational(12)));
  CHECK(probe.sample(1).score == std::optional(Rational(18)));
}

TEST_CASE("an item reads its columns and records; a traced row only what it used") {
  Run run;
  const auto& program = run.program();
  CHECK(whatif::columns_read(program, run.node("quick")) ==
        std::vector<std::uint32_t>{run.column("quick.done"), run.column("matters")});
  CHECK(whatif::records_read(program, run.node("quick")).empty());
  CHECK(whatif::records_read(program, run.node("prompt")) == std::vector<std::uint16_t>{0});
  CHECK_FALSE(whatif::compares_units(program, run.node("prompt")));

  whatif::Bench bench(*run.scoring);
  const auto outcome = bench.run({0, 2});
  const program::OpId score = program.nodes[run.node("prompt")].score;
  const auto reads = [&](std::size_t row) {
    return whatif::Reach(program, {score}, outcome, row).reads().size();
  };
  CHECK(reads(0) > reads(2));  // the guard of the third decides before its records do
}

TEST_CASE("changes are read like cells, and are refused like cells") {
  Run run;
  diagnostics::Sink fine;
  const auto changes = whatif::read_changes(
      *run.scoring, 0, {{"quick.done=5"}, {"cases: late=yes"}, {"cases: late=no"}}, fine);
  CHECK_FALSE(fine.has_errors());
  CHECK(changes.cells.size() == 1);
  CHECK(changes.added.size() == 1);
  CHECK(changes.dropped.size() == 1);
  for (const char* wrong : {"quick.done=many", "quick.dne=5", "quick.done=-1", "quick.done"}) {
    diagnostics::Sink sink;
    CHECK(whatif::read_changes(*run.scoring, 0, {{wrong}, {}, {}}, sink).empty());
    CHECK(sink.has_errors());
  }
}

TEST_CASE("a comparison lists what differs, for the unit and for others") {
  Run run;
  whatif::Changes changes;
  changes.cells.emplace_back(run.column("quick.done"), Rational(4));
  diagnostics::Sink sink;
  const auto compared = whatif::compare(*run.policy, *run.scoring, 0, changes, sink);
  REQUIRE(compared);
  CHECK(compared->unit == "A");
  REQUIRE(compared->inputs.size() == 1);
  CHECK(compared->inputs.front().after.number == Rational(4));
  REQUIRE(compared->rubrics.size() == 1);
  const auto& rubric = compared->rubrics.front();
  CHECK(rubric.before.total.value == Rational(12));
  CHECK(rubric.after.total.value == Rational(18));
  REQUIRE(rubric.nodes.size() == 1);
  CHECK(rubric.nodes.front().after.name == "quick");
  REQUIRE(rubric.moved.size() == 1);  // B is overtaken
  CHECK(rubric.moved.front().unit == "B");
}

TEST_CASE("data that break a check are not compared") {
  Run run;
  whatif::Changes changes;
  changes.cells.emplace_back(run.column("quick.done"), Rational(11));
  diagnostics::Sink sink;
  CHECK_FALSE(whatif::compare(*run.policy, *run.scoring, 0, changes, sink));
  CHECK(sink.has_errors());
}

TEST_CASE("advice names the smallest change, records that cost points, and a plan") {
  Run run;
  whatif::AdviceRequest request;
  request.wanted = Rational(6);
  const auto advice = whatif::advise(*run.policy, *run.scoring, 0, request);
  REQUIRE(advice.rubrics.size() == 1);
  const auto& rubric = advice.rubrics.front();
  REQUIRE(rubric.items.size() == 2);
  REQUIRE_FALSE(rubric.items[0].suggestions.empty());
  const auto& step = rubric.items[0].suggestions.front();
  CHECK(step.gain == Rational(6));
  CHECK(step.total_gain == Rational(6));
  REQUIRE(rubric.items[1].records.size() == 1);
  CHECK(rubric.items[1].records.front().count == 1);
  CHECK(rubric.items[1].records.front().gain == Rational(2));
  REQUIRE(rubric.plan);
  CHECK(rubric.plan->reached);
  CHECK(rubric.plan->gain == Rational(6));
  CHECK(rubric.plan->steps.size() == 1);
}

TEST_CASE("columns that shall stay are not advised") {
  Run run;
  whatif::AdviceRequest request;
  request.fixed = {run.column("quick.done"), run.column("matters")};
  const auto advice = whatif::advise(*run.policy, *run.scoring, 0, request);
  CHECK(advice.rubrics.front().items.front().suggestions.empty());
}

TEST_CASE("stakes add up over the units, and edges lie beside a unit") {
  Run run;
  whatif::StakesRequest request;
  request.within = Rational(1, 2);
  const auto stakes = whatif::find_stakes(*run.policy, *run.scoring, request);
  REQUIRE(stakes.size() == 1);
  REQUIRE(stakes.front().items.size() == 2);
  const auto& quick = stakes.front().items.front();
  CHECK(quick.units == 3);
  CHECK(quick.lowest == Rational(4));
  CHECK(quick.highest == Rational(10));
  CHECK(quick.average == Rational(8));
  CHECK(quick.lost == Rational(6));
  CHECK(quick.whole == 2);
  const auto& edges = stakes.front().edges;
  const bool found = std::any_of(edges.begin(), edges.end(), [](const whatif::Edge& edge) {
    return edge.unit == "A" && edge.item == "quick" && edge.score_beyond == Rational(10);
  });
  CHECK(found);
}

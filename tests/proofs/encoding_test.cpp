// The encoding against the interpreter: at random data every op must come to what was computed.
// What is known only in part (a median, the calendar) is left out; counts, sums of records, ranks
// of a unit that stands alone and everything made of them are compared.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>

#include "compiler/verify/replay.h"

namespace xize::verify {
namespace {

using smt::Assignment;
using smt::TermKind;
using smt::Terms;

constexpr unsigned kSeed = 20240601;
constexpr int kRuns = 12;

TEST_CASE("terms: what is compared with a number becomes linear") {
  Terms terms;
  const TermId n = terms.variable({Rational(0), std::nullopt}, true);
  const TermId m = terms.variable({Rational(1), std::nullopt}, true);
  const TermId share = terms.divide(n, m);
  const TermId low = terms.less(share, terms.number({1, 20}));
  CHECK(low == terms.less(n, terms.scale({1, 20}, m)));
  const Assignment five{{n, 5}, {m, 100}};
  CHECK(smt::evaluate(terms, low, five) == Rational(0));
  CHECK(smt::evaluate(terms, low, {{n, 4}, {m, 100}}) == Rational(1));
}

TEST_CASE("terms: a clamped number never leaves its ends") {
  Terms terms;
  const TermId x = terms.variable({}, false);
  const TermId clamped = terms.min(terms.max(x, terms.number(0)), terms.number(5));
  CHECK(terms.is_true(terms.at_most(clamped, terms.number(5))));
  CHECK(terms.is_false(terms.less(clamped, terms.number(0))));
  CHECK_FALSE(terms.is_true(terms.at_most(clamped, terms.number(4))));
}

TEST_CASE("terms: a product with a choice of numbers is a choice of products") {
  Terms terms;
  const TermId x = terms.variable({}, false);
  const TermId flag = terms.truth();
  const TermId points = terms.choose(flag, terms.number(3), terms.number(0));
  CHECK(terms.multiply(points, x) == terms.choose(flag, terms.scale(3, x), terms.number(0)));
}

// Random data for one policy, and what the encoding makes of them.
class Trial {
 public:
  Trial(Replay& replay, Encoder& encoder, std::mt19937& random)
      : replay_(replay), encoder_(encoder), space_(encoder.space()), random_(random) {}

  std::size_t run() {
    fill();
    replay_.run(encoder_, values_);
    std::size_t compared = 0;
    const program::Program& program = replay_.program();
    for (const program::Rubric& rubric : program.rubrics) check_shares(rubric);
    for (std::size_t i = 0; i < program.ops.size(); ++i) {
      const OpId id(i);
      if (program.ops[id].level > program::Level::Unit) continue;
      const Meaning& m = encoder_(id);
      if (!is_known(m) || left_to_data(id)) continue;
      ++compared;
      compare(id, m);
    }
    return compared;
  }

 private:
  [[nodiscard]] std::int64_t pick(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }

  Rational any_in(const smt::Term& unknown) {
    if (unknown.kind == TermKind::Truth) return pick(0, 1);
    const Rational low = unknown.bounds.low.value_or(Rational(-5));
    const Rational high = unknown.bounds.high.value_or(low + Rational(40));
    const Rational x = low + Rational(pick(0, unknown.whole ? 40 : 4000), unknown.whole ? 1 : 100);
    return x <= high ? x : high;
  }

  // Cells are ordinary or random; folds and comparisons are what the links say of them.
  void fill() {
    std::vector<TermId> all;
    for (std::size_t i = 0; i < space_.terms.size(); ++i) all.emplace_back(i);
    for (const auto& [id, x] : replay_.wishes(encoder_, all)) {
      if (!values_.contains(id)) values_[id] = pick(0, 2) == 0 ? any_in(space_.terms[id]) : x;
    }
    for (const Site& site : encoder_.sites()) values_[site.enabled] = 1;
    for (const TermId id : smt::unknowns(space_.terms, all)) {
      known_.insert(id);
      if (space_.reasons.contains(id)) known_.erase(id);
    }
    for (const Link& link : space_.links) {
      const smt::Term& t = space_.terms[link.formula];
      if (t.kind != TermKind::Equal) continue;
      for (const auto& [about, other] : {std::pair(t.a, t.b), std::pair(t.b, t.a)}) {
        if (about != link.about || !only_known(other)) continue;
        values_[about] = smt::evaluate(space_.terms, other, values_);
        known_.insert(about);
        break;
      }
    }
  }

  [[nodiscard]] bool only_known(TermId term) const {
    if (!term.valid()) return true;
    const auto of = smt::unknowns(space_.terms, {term});
    return std::all_of(of.begin(), of.end(), [&](TermId id) { return known_.contains(id); });
  }
  [[nodiscard]] bool is_known(const Meaning& m) const {
    return only_known(m.value) && only_known(m.missing) && only_known(m.not_applicable) &&
           only_known(m.pending) && only_known(m.fault);
  }
  // The encoding takes data to be sound, and marks to be given, in their bands.
  [[nodiscard]] bool left_to_data(OpId id) const {
    const value::Value value = replay_.value(id);
    const auto* fault = std::get_if<value::Fault>(&value);
    return fault != nullptr && (fault->kind == value::FaultKind::BadCell ||
                                fault->kind == value::FaultKind::MarkOutOfRange ||
                                fault->kind == value::FaultKind::PendingMark ||
                                fault->kind == value::FaultKind::Unspecified);
  }
  [[nodiscard]] bool holds(TermId term) const {
    return !smt::evaluate(space_.terms, term, values_).is_zero();
  }

  // Redistribution hands points on: all parts together are worth no more than the total.
  void check_shares(const program::Rubric& rubric) const {
    Rational worth(0);
    for (const program::NodeId id : rubric.top) {
      const program::Node& node = replay_.program().nodes[id];
      const bool ordinary = node.kind == program::NodeKind::Section ||
                            node.kind == program::NodeKind::Item;
      const auto x = ordinary ? replay_.number(node.worth) : std::nullopt;
      if (x) worth = worth + *x;
    }
    const auto total = rubric.has_total ? replay_.number(rubric.declared_total) : std::nullopt;
    if (total) CHECK(worth <= *total);
  }

  void compare(OpId id, const Meaning& m) const {
    const value::Value& v = replay_.value(id);
    INFO("op ", id.index, " ", std::string(program::facts(replay_.program().ops[id].code).name));
    CHECK(holds(m.fault) == std::holds_alternative<value::Fault>(v));
    if (holds(m.fault)) return;
    CHECK(holds(m.missing) == std::holds_alternative<value::Missing>(v));
    CHECK(holds(m.not_applicable) == std::holds_alternative<value::NotApplicable>(v));
    if (const auto* b = std::get_if<bool>(&v)) CHECK(holds(m.value) == *b);
    if (const auto x = as_number(v)) {
      CHECK(smt::evaluate(space_.terms, m.value, values_) == *x);
    }
  }

  Replay& replay_;
  Encoder& encoder_;
  Workspace& space_;
  std::mt19937& random_;
  Assignment values_;
  std::set<TermId> known_;
};

void hold_to_interpreter(const std::string& path, std::size_t least) {
  diagnostics::Sink sink;
  const auto policy = driver::compile(path, sink);
  REQUIRE(policy != nullptr);
  REQUIRE(policy->sound());
  Workspace space(testing::season_of(policy->model()).first);
  Replay replay(*policy, space);
  Encoder encoder(space, replay.program());
  encoder.add_checks();
  const program::Program& program = replay.program();
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    if (program.ops[OpId(i)].level <= program::Level::Unit) encoder(OpId(i));
  }
  replay.wishes(encoder, {});
  std::mt19937 random(kSeed);
  std::size_t compared = 0;
  for (int run = 0; run < kRuns; ++run) compared += Trial(replay, encoder, random).run();
  CHECK(compared >= least * kRuns);
}

TEST_CASE("encoding: every construct at random data") {
  hold_to_interpreter("tests/proofs/everything.policy", 60);
}
TEST_CASE("encoding: the policies at random data") {
  hold_to_interpreter("policies/city-departments", 200);
  hold_to_interpreter("policies/baoshan-2023", 100);
}

}  // namespace
}  // namespace xize::verify

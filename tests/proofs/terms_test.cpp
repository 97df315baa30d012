// Terms against plain arithmetic: however a comparison is simplified, it must come to what the two
// sides come to.
#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "compiler/smt/term.h"

namespace xize::smt {
namespace {

constexpr unsigned kSeed = 20240602;
constexpr int kRounds = 300;
constexpr int kTerms = 40;
constexpr int kTrials = 12;

// Terms made of terms, at random; divisors are never 0.
class AnyTerms {
 public:
  explicit AnyTerms(std::mt19937& random) : random_(random) {
    unknown({Rational(-5), Rational(5)}, false);
    unknown({Rational(0), Rational(10)}, true);
    unknown({Rational(0), std::nullopt}, false);
    positive_ = unknown({Rational(1), Rational(8)}, true);
    for (int i = 0; i < 3; ++i) truths_.push_back(terms.truth());
    for (int i = 0; i < kTerms; ++i) numbers_.push_back(make());
  }

  Terms terms;

  TermId number() { return numbers_[pick(numbers_.size())]; }
  [[nodiscard]] Assignment values() {
    Assignment values;
    for (const TermId id : unknowns_) {
      const Bounds& bounds = terms[id].bounds;
      const Rational low = bounds.low.value_or(Rational(-5));
      const Rational high = bounds.high.value_or(Rational(12));
      const Rational share(static_cast<std::int64_t>(pick(5)), 4);
      const Rational x = low + share * (high - low);
      values[id] = terms[id].whole ? value::floor(x) : x;
    }
    for (const TermId id : truths_) values[id] = static_cast<std::int64_t>(pick(2));
    return values;
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  TermId unknown(Bounds bounds, bool whole) {
    unknowns_.push_back(terms.variable(std::move(bounds), whole));
    numbers_.push_back(unknowns_.back());
    return unknowns_.back();
  }

  TermId make() {
    const TermId a = number();
    const TermId b = number();
    const TermId constant = terms.number(Rational(static_cast<std::int64_t>(pick(13)) - 3, 2));
    switch (pick(10)) {
      case 0: return terms.add(a, b);
      case 1: return terms.subtract(a, b);
      case 2: return terms.scale(Rational(static_cast<std::int64_t>(pick(7)) - 3), a);
      case 3: return terms.multiply(a, b);
      case 4: return terms.divide(a, positive_);
      case 5: return terms.min(a, pick(2) == 0 ? constant : b);
      case 6: return terms.max(a, pick(2) == 0 ? constant : b);
      case 7: return terms.floor(a);
      case 8: return terms.choose(truths_[pick(truths_.size())], a, constant);
      default: return terms.choose(terms.at_most(a, constant), b, a);
    }
  }

  std::mt19937& random_;
  TermId positive_;
  std::vector<TermId> unknowns_, numbers_, truths_;
};

TEST_CASE("terms: a comparison is what its sides are, however it is simplified") {
  std::mt19937 random(kSeed);
  std::size_t simplified = 0;
  for (int round = 0; round < kRounds; ++round) {
    AnyTerms any(random);
    const TermId a = any.number();
    const TermId b = any.number();
    const TermId at_most = any.terms.at_most(a, b);
    const Term& made = any.terms[at_most];
    simplified += made.kind != TermKind::AtMost || made.a != a || made.b != b ? 1 : 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const Assignment values = any.values();
      const bool holds = !evaluate(any.terms, at_most, values).is_zero();
      CHECK(holds == (evaluate(any.terms, a, values) <= evaluate(any.terms, b, values)));
    }
  }
  CHECK(simplified > kRounds / 3);
}

TEST_CASE("terms: what both sides hold falls away") {
  Terms terms;
  const TermId x = terms.variable({Rational(0), Rational(10)}, false);
  const TermId f = terms.variable({Rational(1), std::nullopt}, false);
  const TermId y = terms.variable({}, false);
  CHECK(terms.is_true(terms.at_most(terms.multiply(x, f), terms.scale(10, f))));
  CHECK(terms.at_most(terms.add(x, y), terms.add(f, y)) == terms.at_most(x, f));
  const TermId tier = terms.choose(terms.truth(), terms.scale(3, f), terms.scale(10, f));
  CHECK(terms.is_true(terms.at_most(tier, terms.scale(10, f))));
}

}  // namespace
}  // namespace xize::smt

// Formulas over numbers and booleans: what a solver is asked, and what can be computed by hand.
// In: the encoder builds terms bottom-up. Out: each term once, simplified, with bounds that its
// value never leaves. Nothing here knows a solver.
// Must hold: simplification never changes a value, except of a quotient whose divisor is 0: that
// one is arbitrary, and whoever divides says so beside it.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "runtime/base/id.h"
#include "runtime/base/store.h"
#include "runtime/value/rational.h"

namespace xize::smt {

using TermId = base::Id<struct TermTag>;
using value::Rational;

// A closed range; a missing end is open to infinity.
struct Bounds {
  std::optional<Rational> low = {}, high = {};
};

enum class TermKind : std::uint8_t {
  // numbers
  Number, Variable, Add, Scale, Multiply, Divide, Floor, Min, Max, Choose,
  // booleans
  True, False, Truth, Not, And, Or, AtMost, Equal,
};

// One term; which operands are valid follows from its kind. `Choose` is a ? b : c.
struct Term {
  TermKind kind = TermKind::Number;
  TermId a = {}, b = {}, c = {};
  Rational number = 0;  // Number: its value; Scale: the factor
  Bounds bounds = {};   // of a number
  bool whole = false;   // of a number: only integers
};

// Makes terms.
class Terms {
 public:
  Terms();

  // A new unknown.
  TermId variable(Bounds bounds, bool whole);
  TermId truth();

  TermId number(const Rational& x);
  TermId boolean(bool b) const { return b ? true_ : false_; }

  TermId add(TermId a, TermId b);
  TermId scale(const Rational& factor, TermId a);
  TermId subtract(TermId a, TermId b) { return add(a, scale(-1, b)); }
  TermId multiply(TermId a, TermId b);
  TermId divide(TermId a, TermId b);
  TermId floor(TermId a);
  TermId ceil(TermId a) { return scale(-1, floor(scale(-1, a))); }
  TermId min(TermId a, TermId b);
  TermId max(TermId a, TermId b);
  // Of numbers or of booleans.
  TermId choose(TermId condition, TermId a, TermId b);

  TermId not_(TermId a);
  TermId and_(TermId a, TermId b);
  TermId or_(TermId a, TermId b);
  TermId implies(TermId a, TermId b) { return or_(not_(a), b); }
  TermId at_most(TermId a, TermId b);
  TermId less(TermId a, TermId b) { return not_(at_most(b, a)); }
  TermId equal(TermId a, TermId b);

  [[nodiscard]] const Term& operator[](TermId id) const { return terms_[id]; }
  [[nodiscard]] std::size_t size() const { return terms_.size(); }
  [[nodiscard]] bool is_boolean(TermId id) const { return terms_[id].kind >= TermKind::True; }
  [[nodiscard]] bool is_true(TermId id) const { return id == true_; }
  [[nodiscard]] bool is_false(TermId id) const { return id == false_; }
  [[nodiscard]] const Rational* constant(TermId id) const;
  // The numbers that a quotient was compared with.
  [[nodiscard]] const std::vector<Rational>& compared_with(TermId quotient) const;

 private:
  using Key = std::tuple<TermKind, TermId, TermId, TermId, Rational>;
  TermId intern(Term term);
  [[nodiscard]] bool joins(TermId id, TermKind kind, TermId part) const;
  TermId distribute(TermId sum, TermId factor);
  TermId compare(TermId a, TermId b);
  std::optional<TermId> without_common_parts(TermId a, TermId b);
  std::optional<TermId> without_common_factor(TermId a, TermId b);
  std::optional<TermId> limits_apart(TermId a, TermId b);
  [[nodiscard]] bool is_discrete(TermId id, int depth) const;
  TermId at_most_number(TermId a, const Rational& limit);
  TermId at_least_number(TermId a, const Rational& limit);
  TermId quotient_at_most(TermId quotient, const Rational& limit, bool turned);

  base::Store<TermId, Term> terms_;
  std::map<Key, TermId> known_;
  std::map<std::pair<TermId, TermId>, TermId> at_most_;  // between numbers that are not constants
  std::unordered_map<TermId, std::vector<Rational>> compared_;
  TermId true_, false_;
};

// The unknowns that some terms depend on, in order.
std::vector<TermId> unknowns(const Terms& terms, const std::vector<TermId>& roots);

// Values of the unknowns: booleans are 0 and 1. What is not given is 0.
using Assignment = std::unordered_map<TermId, Rational>;
// The value of a term; a quotient by 0 is 0.
Rational evaluate(const Terms& terms, TermId term, const Assignment& assignment);

}  // namespace xize::smt

// The solver is Z3. The only file that names its types.
#include <string>
#include <unordered_set>

#include <z3++.h>

#include "compiler/smt/bounds.h"
#include "compiler/smt/solver.h"

namespace xize::smt {
namespace {

using Clock = std::chrono::steady_clock;

// Terms of one kind in a question that are compared in pairs; more would slow it down.
constexpr std::size_t kComparedMax = 12;

// Terms as expressions of Z3. A number that Z3 does not have, such as a quotient, is a new unknown
// with facts beside it; the facts of what was used are asserted with each question.
class Translation {
 public:
  Translation(const Terms& terms, z3::context& context) : terms_(terms), context_(context) {}

  z3::expr operator()(TermId id) {
    const auto it = known_.find(id);
    if (it != known_.end()) return it->second;
    const z3::expr made = translate(id);
    known_.emplace(id, made);
    return made;
  }

  // The facts of everything below the roots.
  void add_facts(z3::solver& solver, const std::vector<TermId>& roots, Exactness exactness) {
    std::vector<TermId> open = roots;
    std::unordered_set<TermId> seen;
    std::vector<TermId> quotients, products, floors;
    while (!open.empty()) {
      const TermId id = open.back();
      open.pop_back();
      if (!id.valid() || !seen.insert(id).second) continue;
      add_own_facts(solver, id, exactness);
      const Term& t = terms_[id];
      if (t.kind == TermKind::Divide) quotients.push_back(id);
      if (t.kind == TermKind::Multiply) products.push_back(id);
      if (t.kind == TermKind::Floor) floors.push_back(id);
      open.insert(open.end(), {t.a, t.b, t.c});
    }
    in_pairs(quotients, [&](TermId a, TermId b) { compare_quotients(solver, a, b); });
    in_pairs(products, [&](TermId a, TermId b) { compare_products(solver, a, b); });
    in_pairs(floors, [&](TermId a, TermId b) {
      const z3::expr no_more = (*this)(terms_[a].a) <= (*this)(terms_[b].a);
      solver.add(z3::implies(no_more, (*this)(a) <= (*this)(b)));
    });
  }

  z3::expr number(const Rational& x) {
    return context_.real_val((x.numerator_text() + "/" + x.denominator_text()).c_str());
  }

 private:
  template <class Compare>
  static void in_pairs(const std::vector<TermId>& terms, const Compare& compare) {
    if (terms.size() > kComparedMax) return;
    for (const TermId a : terms) {
      for (const TermId b : terms) {
        if (a != b) compare(a, b);
      }
    }
  }

  z3::expr fresh(TermId id, bool whole) {
    const std::string name = "t" + std::to_string(id.index);
    if (!whole) return context_.real_const(name.c_str());
    return z3::to_real(context_.int_const(name.c_str()));
  }

  z3::expr translate(TermId id) {
    const Term& t = terms_[id];
    Translation& of = *this;
    switch (t.kind) {
      case TermKind::Number: return number(t.number);
      case TermKind::Variable: return fresh(id, t.whole);
      case TermKind::Add: return of(t.a) + of(t.b);
      case TermKind::Scale: return number(t.number) * of(t.a);
      case TermKind::Multiply:
      case TermKind::Divide: return fresh(id, false);
      case TermKind::Floor: return fresh(id, true);
      case TermKind::Min: return z3::ite(of(t.a) <= of(t.b), of(t.a), of(t.b));
      case TermKind::Max: return z3::ite(of(t.a) <= of(t.b), of(t.b), of(t.a));
      case TermKind::Choose: return z3::ite(of(t.a), of(t.b), of(t.c));
      case TermKind::True: return context_.bool_val(true);
      case TermKind::False: return context_.bool_val(false);
      case TermKind::Truth: return context_.bool_const(("t" + std::to_string(id.index)).c_str());
      case TermKind::Not: return !of(t.a);
      case TermKind::And: return of(t.a) && of(t.b);
      case TermKind::Or: return of(t.a) || of(t.b);
      case TermKind::AtMost: return of(t.a) <= of(t.b);
      case TermKind::Equal: return of(t.a) == of(t.b);
    }
    return context_.bool_val(false);
  }

  void add_own_facts(z3::solver& solver, TermId id, Exactness exactness) {
    const Term& t = terms_[id];
    switch (t.kind) {
      case TermKind::Variable: return add_bounds(solver, id);
      case TermKind::Floor:
        solver.add((*this)(id) <= (*this)(t.a));
        solver.add((*this)(t.a) < (*this)(id) + 1);
        return;
      case TermKind::Multiply:
        add_bounds(solver, id);
        add_envelope(solver, id, t.a, t.b);
        if (exactness == Exactness::Exact) solver.add((*this)(id) == (*this)(t.a) * (*this)(t.b));
        return;
      case TermKind::Divide: return add_quotient(solver, id, exactness);
      default: return;
    }
  }

  void add_bounds(z3::solver& solver, TermId id) {
    const Bounds& bounds = terms_[id].bounds;
    if (bounds.low) solver.add((*this)(id) >= number(*bounds.low));
    if (bounds.high) solver.add((*this)(id) <= number(*bounds.high));
  }

  // p = a b lies between the lines through the ends of each factor.
  void add_envelope(z3::solver& solver, TermId p, TermId a, TermId b) {
    const z3::expr x = (*this)(a);
    const z3::expr y = (*this)(b);
    const Bounds& s = terms_[a].bounds;
    const Bounds& t = terms_[b].bounds;
    const auto line = [&](const Rational& u, const Rational& v) {
      return number(u) * y + number(v) * x - number(u * v);
    };
    if (s.low && t.low) solver.add((*this)(p) >= line(*s.low, *t.low));
    if (s.high && t.high) solver.add((*this)(p) >= line(*s.high, *t.high));
    if (s.low && t.high) solver.add((*this)(p) <= line(*s.low, *t.high));
    if (s.high && t.low) solver.add((*this)(p) <= line(*s.high, *t.low));
  }

  // q = n / d: against the numbers it is compared with, q <= k is n <= k d.
  void add_quotient(z3::solver& solver, TermId q, Exactness exactness) {
    const Term& t = terms_[q];
    const z3::expr n = (*this)(t.a);
    const z3::expr d = (*this)(t.b);
    const z3::expr x = (*this)(q);
    add_bounds_where(solver, q, d != 0);
    std::vector<Rational> limits = terms_.compared_with(q);
    limits.insert(limits.end(), {Rational(0), Rational(1)});
    for (const Rational& limit : limits) {
      const z3::expr k = number(limit);
      solver.add(z3::implies(d > 0, (x <= k) == (n <= k * d)));
      solver.add(z3::implies(d > 0, (x >= k) == (n >= k * d)));
    }
    if (exactness == Exactness::Exact) solver.add(z3::implies(d != 0, x * d == n));
  }

  // A larger share of the same, or the same share of less, is no smaller.
  void compare_quotients(z3::solver& solver, TermId a, TermId b) {
    const Term& s = terms_[a];
    const Term& t = terms_[b];
    if (s.a != t.a && s.b != t.b) return;
    const z3::expr positive = (*this)(s.b) > 0 && (*this)(t.b) > 0;
    const z3::expr grows = (*this)(a) <= (*this)(b);
    if (s.b == t.b) {
      solver.add(z3::implies(positive && (*this)(s.a) <= (*this)(t.a), grows));
    } else if (never_negative(terms_[s.a].bounds)) {
      solver.add(z3::implies(positive && (*this)(s.b) >= (*this)(t.b), grows));
    }
  }

  // The same times more is no less.
  void compare_products(z3::solver& solver, TermId a, TermId b) {
    const Term& s = terms_[a];
    const Term& t = terms_[b];
    for (const auto& [x, common] : {std::pair(s.a, s.b), std::pair(s.b, s.a)}) {
      for (const auto& [y, other] : {std::pair(t.a, t.b), std::pair(t.b, t.a)}) {
        if (common != other || !never_negative(terms_[common].bounds)) continue;
        solver.add(z3::implies((*this)(x) <= (*this)(y), (*this)(a) <= (*this)(b)));
      }
    }
  }

  void add_bounds_where(z3::solver& solver, TermId id, const z3::expr& condition) {
    const Bounds& bounds = terms_[id].bounds;
    if (bounds.low) solver.add(z3::implies(condition, (*this)(id) >= number(*bounds.low)));
    if (bounds.high) solver.add(z3::implies(condition, (*this)(id) <= number(*bounds.high)));
  }

  const Terms& terms_;
  z3::context& context_;
  std::unordered_map<TermId, z3::expr> known_;
};

std::optional<Rational> rational_of(const z3::expr& value) {
  if (value.is_true()) return Rational(1);
  if (value.is_false()) return Rational(0);
  if (!value.is_numeral()) return std::nullopt;
  const std::string text = value.to_string();  // only to see that it is no root
  if (text.find("root") != std::string::npos) return std::nullopt;
  const std::string number = Z3_get_numeral_string(value.ctx(), value);
  const auto bar = number.find('/');
  const auto top = Rational::from_decimal(number.substr(0, bar));
  if (!top || bar == std::string::npos) return top;
  const auto bottom = Rational::from_decimal(number.substr(bar + 1));
  if (!bottom || bottom->is_zero()) return std::nullopt;
  return *top / *bottom;
}

class Z3Solver : public Solver {
 public:
  explicit Z3Solver(const Terms& terms) : terms_(terms), translation_(terms, context_) {}

  Result ask(const Query& query) override {
    try {
      return answer(query);
    } catch (const z3::exception&) {  // out of memory, or interrupted: no answer
      return {};
    }
  }

 private:
  Result answer(const Query& query) {
    const auto end = Clock::now() + query.limit;
    z3::solver solver(context_);
    for (const TermId formula : query.formulas) solver.add(translation_(formula));
    translation_.add_facts(solver, query.formulas, query.exactness);
    limit(solver, end);
    switch (solver.check()) {
      case z3::unsat: return {Reply::Never, {}};
      case z3::unknown: return {};
      default: break;
    }
    Result result{Reply::Possible, {}};
    read(solver, query.formulas, result.values);
    grant(solver, query, Clock::now() + query.wish_limit, result.values);
    return result;
  }

  static void limit(z3::solver& solver, Clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    z3::params params(solver.ctx());
    params.set("timeout", static_cast<unsigned>(std::max<std::int64_t>(left.count(), 1)));
    solver.set(params);
  }

  void read(z3::solver& solver, const std::vector<TermId>& roots, Assignment& values) {
    const z3::model model = solver.get_model();
    values.clear();
    for (const TermId id : unknowns(terms_, roots)) {
      const auto value = rational_of(model.eval(translation_(id), true));
      if (value) values[id] = *value;
    }
  }

  using Wishes = std::vector<std::pair<TermId, Rational>>;

  // The first wish for each unknown, as many at once as can be had; then what else is wished for
  // those that could not have it.
  void grant(z3::solver& solver, const Query& query, Clock::time_point end, Assignment& values) {
    Wishes first, others;
    std::unordered_set<TermId> wished;
    for (const auto& wish : query.wishes) {
      if (!values.contains(wish.first)) continue;
      (wished.insert(wish.first).second ? first : others).push_back(wish);
    }
    std::unordered_set<TermId> granted;
    Granting granting{solver, query, end, values, granted};
    grant_all(granting, first);
    for (const auto& wish : others) {
      if (!granted.contains(wish.first)) grant_all(granting, {wish});
    }
  }

  // What the granting of one answer's wishes works on.
  struct Granting {
    z3::solver& solver;
    const Query& query;
    Clock::time_point end;
    Assignment& values;
    std::unordered_set<TermId>& granted;
  };

  // All of them, or by halves those that are possible.
  void grant_all(Granting& g, const Wishes& wishes) {
    if (wishes.empty() || Clock::now() >= g.end) return;
    g.solver.push();
    for (const auto& [id, x] : wishes) g.solver.add(has_value(id, x));
    limit(g.solver, g.end);
    if (g.solver.check() == z3::sat) {
      read(g.solver, g.query.formulas, g.values);
      for (const auto& wish : wishes) g.granted.insert(wish.first);
      return;
    }
    g.solver.pop();
    if (wishes.size() == 1) return;
    const auto half = wishes.begin() + static_cast<std::ptrdiff_t>(wishes.size() / 2);
    grant_all(g, {wishes.begin(), half});
    grant_all(g, {half, wishes.end()});
  }

  z3::expr has_value(TermId id, const Rational& x) {
    const z3::expr of = translation_(id);
    if (!terms_.is_boolean(id)) return of == translation_.number(x);
    return x.is_zero() ? !of : of;
  }

  const Terms& terms_;
  z3::context context_;
  Translation translation_;
};

}  // namespace

bool has_solver() { return true; }

std::unique_ptr<Solver> make_solver(const Terms& terms) {
  return std::make_unique<Z3Solver>(terms);
}

}  // namespace xize::smt

// The solver is Z3. The only file that names its types.
#include <string>
#include <unordered_set>

#include <z3++.h>

#include "compiler/smt/bounds.h"
#include "compiler/smt/solver.h"

namespace xize::smt {
namespace {

using Clock = std::chrono::steady_clock;

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
    while (!open.empty()) {
      const TermId id = open.back();
      open.pop_back();
      if (!id.valid() || !seen.insert(id).second) continue;
      add_own_facts(solver, id, exactness);
      const Term& t = terms_[id];
      open.insert(open.end(), {t.a, t.b, t.c});
    }
  }

  z3::expr number(const Rational& x) {
    return context_.real_val((x.numerator_text() + "/" + x.denominator_text()).c_str());
  }

 private:
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
    grant(solver, query, end, result.values);
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

  // Wishes one after another, as long as they can be had and there is time.
  void grant(z3::solver& solver, const Query& query, Clock::time_point end, Assignment& values) {
    for (const auto& [id, wish] : query.wishes) {
      if (Clock::now() >= end) return;
      const auto it = values.find(id);
      if (it == values.end()) continue;
      const z3::expr wished = terms_.is_boolean(id)
                                  ? (wish.is_zero() ? !translation_(id) : translation_(id))
                                  : translation_(id) == translation_.number(wish);
      if (it->second == wish) {
        solver.add(wished);
        continue;
      }
      solver.push();
      solver.add(wished);
      limit(solver, end);
      if (solver.check() == z3::sat) {
        read(solver, query.formulas, values);
      } else {
        solver.pop();
      }
    }
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

#include "compiler/smt/term.h"

#include <algorithm>

#include "compiler/smt/bounds.h"

namespace xize::smt {
namespace {

// How deep a number is looked into to see whether it takes few values.
constexpr int kDiscreteDepth = 64;

bool is_whole(const Rational& x) { return x.is_integer(); }

}  // namespace

Terms::Terms() {
  true_ = intern({.kind = TermKind::True});
  false_ = intern({.kind = TermKind::False});
}

TermId Terms::intern(Term term) {
  if (term.kind == TermKind::Variable || term.kind == TermKind::Truth) {
    return terms_.add(std::move(term));
  }
  const Key key(term.kind, term.a, term.b, term.c, term.number);
  const auto it = known_.find(key);
  if (it != known_.end()) return it->second;
  const TermId id = terms_.add(std::move(term));
  known_.emplace(key, id);
  return id;
}

TermId Terms::variable(Bounds bounds, bool whole) {
  return intern({.kind = TermKind::Variable, .bounds = std::move(bounds), .whole = whole});
}

TermId Terms::truth() { return intern({.kind = TermKind::Truth}); }

const Rational* Terms::constant(TermId id) const {
  const Term& term = terms_[id];
  return term.kind == TermKind::Number ? &term.number : nullptr;
}

const std::vector<Rational>& Terms::compared_with(TermId quotient) const {
  static const std::vector<Rational> kNone;
  const auto it = compared_.find(quotient);
  return it == compared_.end() ? kNone : it->second;
}

// ---- numbers

TermId Terms::number(const Rational& x) {
  return intern({.kind = TermKind::Number, .number = x, .bounds = {x, x}, .whole = is_whole(x)});
}

TermId Terms::add(TermId a, TermId b) {
  const Rational* x = constant(a);
  const Rational* y = constant(b);
  if (x != nullptr && y != nullptr) return number(*x + *y);
  if (x != nullptr) return add(b, a);  // a constant stands behind
  if (y != nullptr && y->is_zero()) return a;
  const Term& left = terms_[a];
  const Term& right = terms_[b];
  if (y != nullptr && left.kind == TermKind::Add && constant(left.b) != nullptr) {
    return add(left.a, number(*constant(left.b) + *y));
  }
  if (left.kind == TermKind::Scale && left.a == b) return scale(left.number + Rational(1), b);
  if (right.kind == TermKind::Scale && right.a == a) return scale(right.number + Rational(1), a);
  return intern({.kind = TermKind::Add, .a = a, .b = b, .bounds = sum(left.bounds, right.bounds),
                 .whole = left.whole && right.whole});
}

TermId Terms::scale(const Rational& factor, TermId a) {
  if (factor.is_zero()) return number(0);
  if (factor == Rational(1)) return a;
  const Term term = terms_[a];
  switch (term.kind) {
    case TermKind::Number: return number(factor * term.number);
    case TermKind::Scale: return scale(factor * term.number, term.a);
    case TermKind::Add: return add(scale(factor, term.a), scale(factor, term.b));
    default: break;
  }
  return intern({.kind = TermKind::Scale, .a = a, .number = factor,
                 .bounds = scaled(factor, term.bounds), .whole = term.whole && is_whole(factor)});
}

// Does a number take few values: sums and choices of constants?
bool Terms::is_discrete(TermId id, int depth) const {
  const Term& term = terms_[id];
  if (depth == 0) return false;
  switch (term.kind) {
    case TermKind::Number: return true;
    case TermKind::Scale: return is_discrete(term.a, depth - 1);
    case TermKind::Add: return is_discrete(term.a, depth - 1) && is_discrete(term.b, depth - 1);
    case TermKind::Choose: return is_discrete(term.b, depth - 1) && is_discrete(term.c, depth - 1);
    default: return false;
  }
}

// A product with such a number is a sum of choices: no product is left.
TermId Terms::distribute(TermId id, TermId factor) {
  const Term term = terms_[id];
  switch (term.kind) {
    case TermKind::Number: return scale(term.number, factor);
    case TermKind::Scale: return scale(term.number, distribute(term.a, factor));
    case TermKind::Add: return add(distribute(term.a, factor), distribute(term.b, factor));
    default: return choose(term.a, distribute(term.b, factor), distribute(term.c, factor));
  }
}

TermId Terms::multiply(TermId a, TermId b) {
  if (is_discrete(a, kDiscreteDepth)) return distribute(a, b);
  if (is_discrete(b, kDiscreteDepth)) return distribute(b, a);
  if (b < a) std::swap(a, b);
  const Term& left = terms_[a];
  const Term& right = terms_[b];
  return intern({.kind = TermKind::Multiply, .a = a, .b = b,
                 .bounds = product(left.bounds, right.bounds), .whole = left.whole && right.whole});
}

TermId Terms::divide(TermId a, TermId b) {
  const Rational* divisor = constant(b);
  if (divisor != nullptr) {
    return divisor->is_zero() ? number(0) : scale(Rational(1) / *divisor, a);
  }
  if (const Rational* x = constant(a); x != nullptr && x->is_zero()) return number(0);
  return intern({.kind = TermKind::Divide, .a = a, .b = b,
                 .bounds = quotient(terms_[a].bounds, terms_[b].bounds)});
}

TermId Terms::floor(TermId a) {
  const Term& term = terms_[a];
  if (term.whole) return a;
  if (term.kind == TermKind::Number) return number(value::floor(term.number));
  Bounds bounds;
  if (term.bounds.low) bounds.low = value::floor(*term.bounds.low);
  if (term.bounds.high) bounds.high = value::floor(*term.bounds.high);
  return intern({.kind = TermKind::Floor, .a = a, .bounds = bounds, .whole = true});
}

TermId Terms::min(TermId a, TermId b) {
  const Term& x = terms_[a];
  const Term& y = terms_[b];
  if (a == b || (x.bounds.high && y.bounds.low && *x.bounds.high <= *y.bounds.low)) return a;
  if (y.bounds.high && x.bounds.low && *y.bounds.high <= *x.bounds.low) return b;
  if (b < a) return min(b, a);
  return intern({.kind = TermKind::Min, .a = a, .b = b, .bounds = smaller(x.bounds, y.bounds),
                 .whole = x.whole && y.whole});
}

TermId Terms::max(TermId a, TermId b) {
  const Term& x = terms_[a];
  const Term& y = terms_[b];
  if (a == b || (x.bounds.low && y.bounds.high && *x.bounds.low >= *y.bounds.high)) return a;
  if (y.bounds.low && x.bounds.high && *y.bounds.low >= *x.bounds.high) return b;
  if (b < a) return max(b, a);
  return intern({.kind = TermKind::Max, .a = a, .b = b, .bounds = larger(x.bounds, y.bounds),
                 .whole = x.whole && y.whole});
}

TermId Terms::choose(TermId condition, TermId a, TermId b) {
  if (is_true(condition) || a == b) return a;
  if (is_false(condition)) return b;
  if (terms_[condition].kind == TermKind::Not) return choose(terms_[condition].a, b, a);
  if (is_boolean(a)) {
    if (is_true(a) || is_false(b)) return is_true(a) ? or_(condition, b) : and_(condition, a);
    if (is_true(b) || is_false(a)) {
      return is_true(b) ? or_(not_(condition), a) : and_(not_(condition), b);
    }
    return or_(and_(condition, a), and_(not_(condition), b));
  }
  if (terms_[a].kind == TermKind::Choose && terms_[a].a == condition) {
    return choose(condition, terms_[a].b, b);
  }
  if (terms_[b].kind == TermKind::Choose && terms_[b].a == condition) {
    return choose(condition, a, terms_[b].c);
  }
  const Term& x = terms_[a];
  const Term& y = terms_[b];
  return intern({.kind = TermKind::Choose, .a = condition, .b = a, .c = b,
                 .bounds = either(x.bounds, y.bounds), .whole = x.whole && y.whole});
}

// ---- booleans

TermId Terms::not_(TermId a) {
  if (is_true(a)) return false_;
  if (is_false(a)) return true_;
  if (terms_[a].kind == TermKind::Not) return terms_[a].a;
  return intern({.kind = TermKind::Not, .a = a});
}

bool Terms::joins(TermId id, TermKind kind, TermId part) const {
  const Term& term = terms_[id];
  return term.kind == kind && (term.a == part || term.b == part);
}

TermId Terms::and_(TermId a, TermId b) {
  if (is_false(a) || is_false(b)) return false_;
  if (is_true(a) || a == b) return b;
  if (is_true(b)) return a;
  if (a == not_(b)) return false_;
  for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
    if (joins(y, TermKind::And, x)) return y;
    if (joins(y, TermKind::And, not_(x))) return false_;
    if (joins(y, TermKind::Or, x)) return x;
  }
  if (b < a) std::swap(a, b);
  return intern({.kind = TermKind::And, .a = a, .b = b});
}

TermId Terms::or_(TermId a, TermId b) {
  if (is_true(a) || is_true(b)) return true_;
  if (is_false(a) || a == b) return b;
  if (is_false(b)) return a;
  if (a == not_(b)) return true_;
  for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
    if (joins(y, TermKind::Or, x)) return y;
    if (joins(y, TermKind::Or, not_(x))) return true_;
    if (joins(y, TermKind::And, x)) return x;
  }
  if (b < a) std::swap(a, b);
  return intern({.kind = TermKind::Or, .a = a, .b = b});
}

TermId Terms::at_most(TermId a, TermId b) {
  const Bounds& x = terms_[a].bounds;
  const Bounds& y = terms_[b].bounds;
  if (a == b || (x.high && y.low && *x.high <= *y.low)) return true_;
  if (x.low && y.high && *x.low > *y.high) return false_;
  if (const Rational* limit = constant(b)) return at_most_number(a, Rational(*limit));
  if (const Rational* limit = constant(a)) return at_least_number(b, Rational(*limit));
  const auto it = at_most_.find({a, b});
  if (it != at_most_.end()) return it->second;
  const TermId made = compare(a, b);
  at_most_.emplace(std::pair(a, b), made);
  return made;
}

// Comparisons with a number are carried down to where they become linear: n / d <= k is n <= k d.
TermId Terms::at_most_number(TermId a, const Rational& limit) {
  const Term term = terms_[a];
  switch (term.kind) {
    case TermKind::Add:
      if (const Rational* x = constant(term.b)) return at_most(term.a, number(limit - *x));
      break;
    case TermKind::Scale: {
      const TermId inner = number(limit / term.number);
      return term.number.sign() > 0 ? at_most(term.a, inner) : at_most(inner, term.a);
    }
    case TermKind::Min:
      return or_(at_most(term.a, number(limit)), at_most(term.b, number(limit)));
    case TermKind::Max:
      return and_(at_most(term.a, number(limit)), at_most(term.b, number(limit)));
    case TermKind::Choose:
      return choose(term.a, at_most(term.b, number(limit)), at_most(term.c, number(limit)));
    case TermKind::Divide: return quotient_at_most(a, limit, false);
    default: break;
  }
  return intern({.kind = TermKind::AtMost, .a = a, .b = number(limit)});
}

TermId Terms::at_least_number(TermId a, const Rational& limit) {
  const Term term = terms_[a];
  switch (term.kind) {
    case TermKind::Add:
      if (const Rational* x = constant(term.b)) return at_most(number(limit - *x), term.a);
      break;
    case TermKind::Scale: {
      const TermId inner = number(limit / term.number);
      return term.number.sign() > 0 ? at_most(inner, term.a) : at_most(term.a, inner);
    }
    case TermKind::Min:
      return and_(at_most(number(limit), term.a), at_most(number(limit), term.b));
    case TermKind::Max:
      return or_(at_most(number(limit), term.a), at_most(number(limit), term.b));
    case TermKind::Choose:
      return choose(term.a, at_most(number(limit), term.b), at_most(number(limit), term.c));
    case TermKind::Divide: return quotient_at_most(a, limit, true);
    default: break;
  }
  return intern({.kind = TermKind::AtMost, .a = number(limit), .b = a});
}

// `turned`: at least. A divisor that may be negative leaves the comparison as it is.
TermId Terms::quotient_at_most(TermId quotient, const Rational& limit, bool turned) {
  auto& compared = compared_[quotient];
  if (std::find(compared.begin(), compared.end(), limit) == compared.end()) {
    compared.push_back(limit);
  }
  const Term term = terms_[quotient];
  if (never_negative(terms_[term.b].bounds)) {
    const TermId other = scale(limit, term.b);
    return turned ? at_most(other, term.a) : at_most(term.a, other);
  }
  const TermId constant = number(limit);
  return turned ? intern({.kind = TermKind::AtMost, .a = constant, .b = quotient})
                : intern({.kind = TermKind::AtMost, .a = quotient, .b = constant});
}

TermId Terms::equal(TermId a, TermId b) {
  if (a == b) return true_;
  if (is_boolean(a)) return or_(and_(a, b), and_(not_(a), not_(b)));
  const Bounds& x = terms_[a].bounds;
  const Bounds& y = terms_[b].bounds;
  const bool apart = (x.high && y.low && *x.high < *y.low) || (x.low && y.high && *x.low > *y.high);
  if (apart) return false_;
  if (b < a) std::swap(a, b);
  const bool known = constant(a) != nullptr || constant(b) != nullptr;
  const TermKind kind = terms_[constant(a) != nullptr ? b : a].kind;
  if (known && (kind == TermKind::Divide || kind == TermKind::Choose || kind == TermKind::Scale ||
                kind == TermKind::Add || kind == TermKind::Min || kind == TermKind::Max)) {
    return and_(at_most(a, b), at_most(b, a));
  }
  return intern({.kind = TermKind::Equal, .a = a, .b = b});
}

}  // namespace xize::smt

// Comparisons of two numbers, brought to where their bounds may decide them, or where they become
// linear: what both sides hold falls away, limits are compared apart, and choices are looked into
// where a branch is decided.
#include <algorithm>

#include "compiler/smt/bounds.h"
#include "compiler/smt/term.h"

namespace xize::smt {
namespace {

// A sum as its parts with their factors.
using Parts = std::map<TermId, Rational>;

void add_parts(const Terms& terms, TermId id, const Rational& factor, Parts& parts) {
  const Term& t = terms[id];
  if (t.kind == TermKind::Add) {
    add_parts(terms, t.a, factor, parts);
    add_parts(terms, t.b, factor, parts);
  } else if (t.kind == TermKind::Scale) {
    add_parts(terms, t.a, factor * t.number, parts);
  } else {
    parts[id] = parts[id] + factor;
  }
}

// A product, and what it is divided by.
struct Product {
  Rational number = 1;
  std::vector<TermId> factors, divisors;
};

void add_factors(const Terms& terms, TermId id, Product& product) {
  const Term& t = terms[id];
  switch (t.kind) {
    case TermKind::Multiply:
      add_factors(terms, t.a, product);
      add_factors(terms, t.b, product);
      return;
    case TermKind::Scale:
      product.number = product.number * t.number;
      return add_factors(terms, t.a, product);
    case TermKind::Divide:
      product.divisors.push_back(t.b);
      return add_factors(terms, t.a, product);
    default: product.factors.push_back(id);
  }
}

// Takes out one that both hold and that is never negative.
TermId take_common(const Terms& terms, std::vector<TermId>& a, std::vector<TermId>& b) {
  for (auto i = a.begin(); i != a.end(); ++i) {
    const auto j = std::find(b.begin(), b.end(), *i);
    const TermId common = *i;
    if (j == b.end() || !never_negative(terms[common].bounds)) continue;
    a.erase(i);
    b.erase(j);
    return common;
  }
  return {};
}

TermId unscaled(const Terms& terms, TermId id) {
  return terms[id].kind == TermKind::Scale ? terms[id].a : id;
}

}  // namespace

TermId Terms::compare(TermId a, TermId b) {
  if (const auto rest = without_common_parts(a, b)) return *rest;
  if (const auto rest = without_common_factor(a, b)) return *rest;
  if (const auto apart = limits_apart(a, b)) return *apart;
  const Term left = terms_[a];
  const Term right = terms_[b];
  const auto decided = [&](TermId x) { return is_true(x) || is_false(x); };
  if (left.kind == TermKind::Choose) {
    const TermId yes = at_most(left.b, b);
    const TermId no = at_most(left.c, b);
    if (decided(yes) || decided(no)) return choose(left.a, yes, no);
  }
  if (right.kind == TermKind::Choose) {
    const TermId yes = at_most(a, right.b);
    const TermId no = at_most(a, right.c);
    if (decided(yes) || decided(no)) return choose(right.a, yes, no);
  }
  return intern({.kind = TermKind::AtMost, .a = a, .b = b});
}

// x + y <= x + z is y <= z.
std::optional<TermId> Terms::without_common_parts(TermId a, TermId b) {
  const bool sums = terms_[a].kind == TermKind::Add || terms_[b].kind == TermKind::Add;
  if (!sums && unscaled(*this, a) != unscaled(*this, b)) return std::nullopt;
  Parts left, right;
  add_parts(*this, a, 1, left);
  add_parts(*this, b, 1, right);
  bool common = false;
  for (auto& [id, factor] : left) {
    const auto same = right.find(id);
    if (same == right.end()) continue;
    common = true;
    factor = factor - same->second;
    right.erase(same);
  }
  if (!common) return std::nullopt;
  const auto sum = [&](const Parts& parts) {
    TermId total = number(0);
    for (const auto& [id, factor] : parts) total = add(total, scale(factor, id));
    return total;
  };
  return at_most(sum(left), sum(right));
}

// x y <= x z is y <= z where x is positive; so is y / x <= z / x.
std::optional<TermId> Terms::without_common_factor(TermId a, TermId b) {
  Product left, right;
  add_factors(*this, a, left);
  add_factors(*this, b, right);
  const TermId factor = take_common(*this, left.factors, right.factors);
  const TermId divisor = take_common(*this, left.divisors, right.divisors);
  if (!factor && !divisor) return std::nullopt;
  const auto whole = [&](const Product& of) {
    TermId x = number(of.number);
    for (const TermId y : of.factors) x = multiply(x, y);
    for (const TermId y : of.divisors) x = divide(x, y);
    return x;
  };
  const TermId rest = at_most(whole(left), whole(right));
  return factor ? or_(at_most(factor, number(0)), rest) : rest;
}

// What is held between constants: min(k, x) <= y where k <= y or x <= y.
std::optional<TermId> Terms::limits_apart(TermId a, TermId b) {
  const auto limits = [&](const Term& t) {
    return (t.kind == TermKind::Min || t.kind == TermKind::Max) &&
           (constant(t.a) != nullptr || constant(t.b) != nullptr);
  };
  const Term left = terms_[a];
  const Term right = terms_[b];
  if (limits(left)) {
    const TermId x = at_most(left.a, b);
    const TermId y = at_most(left.b, b);
    return left.kind == TermKind::Min ? or_(x, y) : and_(x, y);
  }
  if (limits(right)) {
    const TermId x = at_most(a, right.a);
    const TermId y = at_most(a, right.b);
    return right.kind == TermKind::Min ? and_(x, y) : or_(x, y);
  }
  return std::nullopt;
}

}  // namespace xize::smt

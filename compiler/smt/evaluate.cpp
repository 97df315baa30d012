// What a term comes to, and what it depends on.
#include <algorithm>

#include "compiler/smt/term.h"

namespace xize::smt {
namespace {

// Computes each term once, operands first.
class Evaluation {
 public:
  Evaluation(const Terms& terms, const Assignment& assignment)
      : terms_(terms), assignment_(assignment) {}

  Rational operator()(TermId id) {
    if (!id.valid()) return 0;
    const auto it = known_.find(id);
    if (it != known_.end()) return it->second;
    const Rational value = compute(id);
    known_.emplace(id, value);
    return value;
  }

 private:
  bool holds(TermId id) { return !(*this)(id).is_zero(); }

  Rational compute(TermId id) {
    const Term& t = terms_[id];
    switch (t.kind) {
      case TermKind::Number: return t.number;
      case TermKind::Variable:
      case TermKind::Truth: {
        const auto it = assignment_.find(id);
        return it == assignment_.end() ? Rational(0) : it->second;
      }
      case TermKind::Add: return (*this)(t.a) + (*this)(t.b);
      case TermKind::Scale: return t.number * (*this)(t.a);
      case TermKind::Multiply: return (*this)(t.a) * (*this)(t.b);
      case TermKind::Divide: {
        const Rational divisor = (*this)(t.b);
        return divisor.is_zero() ? Rational(0) : (*this)(t.a) / divisor;
      }
      case TermKind::Floor: return value::floor((*this)(t.a));
      case TermKind::Min: return std::min((*this)(t.a), (*this)(t.b));
      case TermKind::Max: return std::max((*this)(t.a), (*this)(t.b));
      case TermKind::Choose: return holds(t.a) ? (*this)(t.b) : (*this)(t.c);
      case TermKind::True: return 1;
      case TermKind::False: return 0;
      case TermKind::Not: return holds(t.a) ? 0 : 1;
      case TermKind::And: return holds(t.a) && holds(t.b) ? 1 : 0;
      case TermKind::Or: return holds(t.a) || holds(t.b) ? 1 : 0;
      case TermKind::AtMost: return (*this)(t.a) <= (*this)(t.b) ? 1 : 0;
      case TermKind::Equal: return (*this)(t.a) == (*this)(t.b) ? 1 : 0;
    }
    return 0;
  }

  const Terms& terms_;
  const Assignment& assignment_;
  std::unordered_map<TermId, Rational> known_;
};

}  // namespace

Rational evaluate(const Terms& terms, TermId term, const Assignment& assignment) {
  return Evaluation(terms, assignment)(term);
}

std::vector<TermId> unknowns(const Terms& terms, const std::vector<TermId>& roots) {
  std::vector<bool> seen(terms.size(), false);
  std::vector<TermId> open = roots;
  std::vector<TermId> found;
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    if (!id.valid() || seen[id.index]) continue;
    seen[id.index] = true;
    const Term& term = terms[id];
    if (term.kind == TermKind::Variable || term.kind == TermKind::Truth) found.push_back(id);
    open.insert(open.end(), {term.a, term.b, term.c});
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace xize::smt

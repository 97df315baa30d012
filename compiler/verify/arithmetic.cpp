// Arithmetic as formulas: rounding by whole unknowns, products and quotients as they are.
#include <algorithm>

#include "compiler/smt/bounds.h"
#include "compiler/verify/encoder.h"

namespace xize::verify {

using value::FaultKind;
using value::Rounding;

namespace {

constexpr std::int64_t kExponentMax = 8;

Rational ten_to(std::int64_t n) {
  const Rational power = value::power(Rational(10), n < 0 ? -n : n);
  return n < 0 ? Rational(1) / power : power;
}

}  // namespace

std::optional<Meaning> Encoder::arithmetic(OpId id, const Operands& x) {
  const Op& op = program_.ops[id];
  const TermId a = x[0].value;
  const TermId b = x.size() > 1 ? x[1].value : TermId();
  switch (op.code) {
    case Opcode::neg: return plain(terms_.scale(-1, a));
    case Opcode::add: return plain(terms_.add(a, b));
    case Opcode::sub: return plain(terms_.subtract(a, b));
    case Opcode::mul: return plain(terms_.multiply(a, b));
    case Opcode::div: {
      const TermId zero = terms_.equal(b, terms_.number(0));
      return faulty(terms_.divide(a, b), raise(id, FaultKind::DivisionByZero, zero));
    }
    case Opcode::min:
    case Opcode::max: {
      TermId best = a;
      for (std::size_t i = 1; i < x.size(); ++i) {
        best = op.code == Opcode::min ? terms_.min(best, x[i].value)
                                      : terms_.max(best, x[i].value);
      }
      return plain(best);
    }
    case Opcode::abs: return plain(terms_.max(a, terms_.scale(-1, a)));
    case Opcode::floor: return plain(terms_.floor(a));
    case Opcode::ceil: return plain(terms_.ceil(a));
    case Opcode::round:
      return plain(rounded(a, b, static_cast<Rounding>(op.imm), id));
    case Opcode::power: return plain(raised_to(a, x[1], id));
    case Opcode::sum_best: return plain(best_of(x));
    case Opcode::check_mark: return checked_mark(id, x);
    case Opcode::check_count: {
      const TermId negative = terms_.less(a, terms_.number(0));
      return faulty(a, raise(id, FaultKind::NegativeCount, negative));
    }
    default: return std::nullopt;
  }
}

TermId Encoder::rounded_to_whole(TermId x, Rounding mode) {
  const TermId half = terms_.number(Rational(1, 2));
  const TermId down = terms_.floor(x);
  const auto away = [&](auto positive) {  // a mode that mirrors at 0
    if (smt::never_negative(terms_[x].bounds)) return positive(x);
    const TermId mirrored = terms_.scale(-1, positive(terms_.scale(-1, x)));
    return terms_.choose(terms_.at_most(terms_.number(0), x), positive(x), mirrored);
  };
  switch (mode) {
    case Rounding::HalfUp:
      return away([&](TermId y) { return terms_.floor(terms_.add(y, half)); });
    case Rounding::HalfDown:
      return away([&](TermId y) { return terms_.ceil(terms_.subtract(y, half)); });
    case Rounding::Down: return away([&](TermId y) { return terms_.floor(y); });
    case Rounding::Up: return away([&](TermId y) { return terms_.ceil(y); });
    case Rounding::Floor: return down;
    case Rounding::Ceiling: return terms_.ceil(x);
    case Rounding::HalfEven: break;
  }
  const TermId above = terms_.subtract(x, down);
  const TermId halves = terms_.floor(terms_.scale(Rational(1, 2), down));
  const TermId even = terms_.equal(down, terms_.scale(2, halves));
  const TermId up = terms_.or_(terms_.less(half, above),
                               terms_.and_(terms_.equal(above, half), terms_.not_(even)));
  return terms_.add(down, terms_.choose(up, terms_.number(1), terms_.number(0)));
}

TermId Encoder::rounded(TermId x, TermId places, Rounding mode, OpId op) {
  const Rational* n = terms_.constant(places);
  const auto digits = n == nullptr ? std::nullopt : n->to_int64();
  if (!digits || *digits > kExponentMax || *digits < -kExponentMax) {
    return space_.unknown({}, false, {ReasonKind::Power, program_.ops[op].origin});
  }
  const Rational unit = ten_to(*digits);
  return terms_.scale(Rational(1) / unit, rounded_to_whole(terms_.scale(unit, x), mode));
}

TermId Encoder::raised_to(TermId base, const Meaning& exponent, OpId op) {
  const Rational* n = terms_.constant(exponent.value);
  const auto times = n == nullptr ? std::nullopt : n->to_int64();
  if (!times || *times < 0 || *times > kExponentMax) {
    return space_.unknown({}, false, {ReasonKind::Power, program_.ops[op].origin});
  }
  TermId power = terms_.number(1);
  for (std::int64_t i = 0; i < *times; ++i) power = terms_.multiply(power, base);
  return power;
}

// The sum of the n largest: n times the largest of what is left.
TermId Encoder::best_of(const Operands& x) {
  std::vector<TermId> left;
  for (std::size_t i = 1; i < x.size(); ++i) left.push_back(x[i].value);
  TermId sum = terms_.number(0);
  for (std::size_t taken = 0; taken + 1 < x.size(); ++taken) {
    for (std::size_t i = taken + 1; i < left.size(); ++i) {  // the largest comes first
      const TermId best = terms_.max(left[taken], left[i]);
      left[i] = terms_.min(left[taken], left[i]);
      left[taken] = best;
    }
    const TermId counts =
        terms_.less(terms_.number(static_cast<std::int64_t>(taken)), x[0].value);
    sum = terms_.add(sum, terms_.choose(counts, left[taken], terms_.number(0)));
  }
  return sum;
}

// Of a mark that is entered, what its band excludes is an error of the data, not of the policy.
Meaning Encoder::checked_mark(OpId id, const Operands& x) {
  const Op& op = program_.ops[id];
  const TermId mark = x[0].value;
  const TermId step = x[3].value;
  TermId sound =
      terms_.and_(terms_.at_most(x[1].value, mark), terms_.at_most(mark, x[2].value));
  const TermId steps = terms_.divide(mark, step);
  const TermId on_step = terms_.or_(terms_.equal(step, terms_.number(0)),
                                    terms_.equal(steps, terms_.floor(steps)));
  sound = terms_.and_(sound, on_step);
  if (op.level != program::Level::Row && reads_only_cells(op.operands[0])) {
    space_.facts.push_back(terms_.or_(any_unusable(x), sound));
    return plain(mark);
  }
  return faulty(mark, raise(id, FaultKind::MarkOutOfRange, terms_.not_(sound)));
}

}  // namespace xize::verify

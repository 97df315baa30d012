// Comparisons with other units and other periods: an unknown with what is known of it, and beside
// it what it is for a unit that stands alone.
#include "compiler/smt/bounds.h"
#include "compiler/verify/encoder.h"

namespace xize::verify {

using value::FaultKind;

namespace {

// What takes part is known of the first operand; the value compared is the second.
bool of_nobody_is_an_error(Opcode code) {
  return code == Opcode::pop_average || code == Opcode::pop_min || code == Opcode::pop_max ||
         code == Opcode::pop_median || code == Opcode::pop_percentile;
}

}  // namespace

Meaning Encoder::population(OpId id) {
  const Op& op = program_.ops[id];
  Operands x;
  std::vector<std::uint32_t> key = {static_cast<std::uint32_t>(op.code), op.imm};
  for (const OpId operand : op.operands) {
    const Meaning& m = x.emplace_back((*this)(operand));
    key.insert(key.end(), {m.value.index, usable(m).index});
  }
  return shared(key, [&] { return compared(id, x); });
}

Meaning Encoder::compared(OpId id, const Operands& x) {
  const Op& op = program_.ops[id];
  const bool periods = op.code == Opcode::pop_combine || op.code == Opcode::pop_previous;
  const Reason reason{periods ? ReasonKind::Periods : ReasonKind::Population, op.origin};
  const Meaning& of = x[op.code == Opcode::pop_previous ? 0 : op.code == Opcode::pop_take ? 3 : 1];
  const TermId own = of.value;
  const bool numeric = own && !terms_.is_boolean(own);
  const Bounds range = numeric ? terms_[own].bounds : Bounds();
  if (op.code == Opcode::pop_previous) return previous_of(of, reason);

  TermId takes_part = is_true(op.operands[0]);
  for (std::size_t i = 1; i < x.size(); ++i) takes_part = terms_.and_(takes_part, usable(x[i]));
  const auto link = [&](TermId value, TermId alone) {
    space_.links.push_back({value, terms_.equal(value, alone)});
    return value;
  };
  const TermId one = terms_.number(1);
  const TermId zero = terms_.number(0);
  const auto fact = [&](TermId formula) {
    space_.facts.push_back(terms_.implies(takes_part, formula));
  };
  const Bounds from_one{Rational(1), std::nullopt};
  const Bounds from_zero{Rational(0), std::nullopt};
  switch (op.code) {
    case Opcode::pop_count: {
      const TermId n = space_.unknown(from_zero, true, reason);
      fact(terms_.at_most(one, n));
      return plain(link(n, terms_.choose(takes_part, one, zero)));
    }
    case Opcode::pop_rank:
      return faulty(link(space_.unknown(from_one, true, reason), one),
                    terms_.not_(usable(of)));
    case Opcode::pop_take: {
      const TermId taken = space_.unknown_truth(reason);
      const TermId fault = terms_.or_(any_unusable(x), raise(id, FaultKind::TieAtCut,
                                                            space_.unknown_truth(reason)));
      const TermId candidate = is_true(op.operands[0]);
      return faulty(link(terms_.and_(candidate, taken),
                         terms_.and_(takes_part, terms_.at_most(one, x[2].value))),
                    terms_.and_(candidate, fault));
    }
    case Opcode::pop_percentile: {
      const TermId share = space_.unknown({Rational(0), Rational(1)}, false, reason);
      fact(terms_.less(zero, share));
      link(share, terms_.choose(takes_part, one, zero));
      const TermId nobody = space_.unknown_truth(reason);
      space_.links.push_back({nobody, terms_.equal(nobody, terms_.not_(takes_part))});
      return faulty(share, terms_.or_(terms_.not_(usable(of)),
                                      raise(id, FaultKind::EmptyAggregate,
                                            terms_.and_(terms_.not_(takes_part), nobody))));
    }
    case Opcode::pop_combine: {
      const TermId value = space_.unknown(range, false, reason);
      if (own) link(value, own);
      return faulty(value, any_unusable(x));
    }
    default: break;
  }
  // Sum, average, least, most, median of all.
  const bool adds = op.code == Opcode::pop_sum;
  const bool positive = smt::never_negative(range);
  const Bounds summed{positive ? std::optional(Rational(0)) : std::nullopt, std::nullopt};
  const TermId value = space_.unknown(adds ? summed : range, false, reason);
  if (numeric) {
    if (op.code == Opcode::pop_max || (adds && positive)) fact(terms_.at_most(own, value));
    if (op.code == Opcode::pop_min) fact(terms_.at_most(value, own));
    link(value, terms_.choose(takes_part, own, adds ? zero : value));
  }
  if (!of_nobody_is_an_error(op.code)) return plain(value);
  const TermId nobody = space_.unknown_truth(reason);
  space_.links.push_back({nobody, terms_.equal(nobody, terms_.not_(takes_part))});
  return faulty(value, raise(id, FaultKind::EmptyAggregate,
                             terms_.and_(terms_.not_(takes_part), nobody)));
}

// The same result in another period: missing where there is none, as in a counterexample.
Meaning Encoder::previous_of(const Meaning& of, const Reason& reason) {
  const bool truth = of.value && terms_.is_boolean(of.value);
  const smt::Term now = of.value ? terms_[of.value] : smt::Term();
  Meaning m = plain(truth ? space_.unknown_truth(reason)
                          : space_.unknown(now.bounds, now.whole, reason));
  m.missing = space_.unknown_truth(reason);
  space_.links.push_back({m.missing, m.missing});
  if (!terms_.is_false(of.not_applicable)) {
    m.not_applicable = terms_.and_(terms_.not_(m.missing), space_.unknown_truth(reason));
  }
  return m;
}

}  // namespace xize::verify

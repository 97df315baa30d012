// Dates and months are whole numbers; the month of a day is known only roughly.
#include "compiler/verify/encoder.h"

namespace xize::verify {

Meaning Encoder::date(OpId id, const Operands& x) {
  const Op& op = program_.ops[id];
  std::vector<std::uint32_t> key = {static_cast<std::uint32_t>(op.code), op.imm};
  for (const Meaning& m : x) key.push_back(m.value.index);
  return shared(key, [&] { return dated(op, x); });
}

Meaning Encoder::dated(const Op& op, const Operands& x) {
  const Reason calendar{ReasonKind::Calendar, op.origin};
  const TermId first =
      terms_.number((op.imm & program::kFirstDayCounts) != 0 ? Rational(1) : Rational(0));
  const TermId a = x[0].value;
  const bool of_months = program_.ops[op.operands[0]].type == program::Type::Month;
  // A whole number that lies about here.
  const auto about = [&](TermId middle, TermId distance) {
    const TermId made = space_.unknown({}, true, calendar);
    space_.facts.push_back(terms_.at_most(terms_.subtract(middle, distance), made));
    space_.facts.push_back(terms_.at_most(made, terms_.add(middle, distance)));
    return made;
  };
  const Rational months_a_day(4800, 146097);  // 400 years are 146097 days
  const auto month = [&] {
    return of_months ? a : about(terms_.scale(months_a_day, a), terms_.number(2));
  };
  switch (op.code) {
    case Opcode::add_days: return plain(terms_.add(a, x[1].value));
    case Opcode::days_between: {
      const TermId days = terms_.subtract(x[1].value, a);
      const TermId backwards = terms_.less(x[1].value, a);
      return plain(terms_.choose(backwards, terms_.subtract(days, first), terms_.add(days, first)));
    }
    case Opcode::month_of: return plain(month());
    case Opcode::add_months:
      if (of_months) return plain(terms_.add(a, x[1].value));
      return plain(about(terms_.add(a, terms_.scale(Rational(1) / months_a_day, x[1].value)),
                         terms_.number(8)));
    case Opcode::year_of:
      return plain(terms_.add(terms_.number(1970), terms_.floor(terms_.scale({1, 12}, month()))));
    case Opcode::month_number: {
      const TermId months = month();
      const TermId year = terms_.scale(12, terms_.floor(terms_.scale({1, 12}, months)));
      return plain(terms_.add(terms_.subtract(months, year), terms_.number(1)));
    }
    default: break;  // workdays_between
  }
  const TermId days = terms_.subtract(x[1].value, a);
  const TermId most = terms_.max(days, terms_.scale(-1, days));
  return plain(about(terms_.number(0), terms_.add(most, first)));
}

}  // namespace xize::verify

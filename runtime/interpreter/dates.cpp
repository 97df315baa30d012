#include "runtime/interpreter/scalar.h"
#include "runtime/value/date.h"

namespace xize::interpreter {
namespace {

using program::Op;
using program::Opcode;
using value::Date;
using value::Month;

constexpr std::int64_t kDaysMax = 4'000'000;  // more than lie between the years a date can have

// `d + 10 days`, held within the years a date can have.
Value add_days(Date day, const Rational& count, OpId id) {
  const auto n = count.to_int64();
  if (!count.is_integer()) return fault(FaultKind::NotAnInteger, id);
  if (!n || *n > kDaysMax || *n < -kDaysMax) return fault(FaultKind::TooManyDigits, id);
  const std::int64_t days = day.days + *n;
  const Date first = *value::make_date(value::kMinYear, 1, 1);
  const Date last = *value::make_date(value::kMaxYear, 12, 31);
  if (days < first.days || days > last.days) return fault(FaultKind::TooManyDigits, id);
  return Date{static_cast<std::int32_t>(days)};
}

// `d + 3 months`: the same day of that month, or its last day.
Value add_months(const Value& from, const Rational& count, OpId id) {
  if (!count.is_integer()) return fault(FaultKind::NotAnInteger, id);
  const auto n = count.to_int64();
  if (!n) return fault(FaultKind::TooManyDigits, id);
  if (const auto* day = std::get_if<Date>(&from)) return value::add_months(*day, *n);
  return value::add_months(std::get<Month>(from), *n);
}

Month month_of(const Value& when) {
  if (const auto* day = std::get_if<Date>(&when)) return value::month_of(*day);
  return std::get<Month>(when);
}

}  // namespace

Value apply_date(const Op& op, OpId id, const Operands& operands,
                 const builtins::WorkdayCalendar& calendar) {
  const bool counts_first = (op.imm & program::kFirstDayCounts) != 0;
  switch (op.code) {
    case Opcode::add_days:
      return add_days(std::get<Date>(operands[0]), number(operands[1]), id);
    case Opcode::add_months: return add_months(operands[0], number(operands[1]), id);
    case Opcode::days_between:
      return Rational(builtins::days_between(std::get<Date>(operands[0]),
                                             std::get<Date>(operands[1]), counts_first));
    case Opcode::workdays_between:
      return Rational(calendar.between(std::get<Date>(operands[0]), std::get<Date>(operands[1]),
                                       counts_first));
    case Opcode::month_of: return month_of(operands[0]);
    default: break;
  }
  const value::CivilDate civil = value::to_civil(value::first_day(month_of(operands[0])));
  return Rational(std::int64_t{op.code == Opcode::year_of ? civil.year : civil.month});
}

}  // namespace xize::interpreter

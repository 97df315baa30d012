// One value of the language, as engines compute it and tables hold it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "runtime/base/id.h"
#include "runtime/value/date.h"
#include "runtime/value/rational.h"

namespace xize::value {

struct Missing {  // a blank cell of an optional column
  friend constexpr bool operator==(Missing, Missing) = default;
};
struct NotApplicable {  // 不涉及
  friend constexpr bool operator==(NotApplicable, NotApplicable) = default;
};
struct Pending {  // a judged mark not yet given
  friend constexpr bool operator==(Pending, Pending) = default;
};

// What went wrong while scoring; the place is the op that raised it.
enum class FaultKind : std::uint8_t {
  DivisionByZero,
  MissingValue,        // a missing cell was used
  NotApplicableValue,  // a 不涉及 cell was used where nothing tests for it
  PendingMark,
  NoTierRow,           // no row of a tier, case or lookup matches
  EmptyAggregate,      // average, min, max of nothing
  MarkOutOfRange,      // a judged mark outside its band or off its step
  NegativeCount,       // `per N` with N < 0
  Unspecified,         // the document gives no rule here
  NotAnInteger,        // power, round places
  BadCell,             // the unit's data are in error
  TooManyDigits,       // a limit of arithmetic
  TieAtCut,            // a selection or quota cuts through equal values and no rule says how
  FractionOfPlace,     // a share of the places is not whole and no rounding is written
};
inline constexpr unsigned kFaultKinds = static_cast<unsigned>(FaultKind::FractionOfPlace) + 1;

// A fault: its kind and the op (index into the program) that raised it first.
struct Fault {
  FaultKind kind = FaultKind::DivisionByZero;
  std::uint32_t op = 0;
  friend constexpr bool operator==(Fault, Fault) = default;
};

// Text is an index into the program's or the data set's string pool, equal iff the texts are equal.
struct Text {
  std::uint32_t id = 0;
  friend constexpr auto operator<=>(Text, Text) = default;
};

using Value =
    std::variant<Missing, NotApplicable, Pending, Fault, Rational, bool, Text, Date, Month>;

}  // namespace xize::value

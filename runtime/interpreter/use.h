// use: what happens when a value is used. A fault stays the fault it is; a missing, 不涉及 or
// pending value becomes a fault of the op that gave it (language §3, three states of a cell).
#pragma once

#include <optional>
#include <span>

#include "runtime/program/op.h"
#include "runtime/value/value.h"

namespace xize::interpreter {

using program::OpId;
using value::Fault;
using value::FaultKind;
using value::Rational;
using value::Value;

// The operands of an op at one place: its handles and the values they have there.
struct Operands {
  std::span<const OpId> ids;
  std::span<const Value* const> values;

  [[nodiscard]] std::size_t size() const { return values.size(); }
  [[nodiscard]] const Value& operator[](std::size_t i) const { return *values[i]; }
};

// The fault that using `value`, which op `from` gave, is; empty if it can be used.
inline std::optional<Fault> fault_of(const Value& value, OpId from) {
  if (const auto* fault = std::get_if<Fault>(&value)) return *fault;
  if (std::holds_alternative<value::Missing>(value)) {
    return Fault{FaultKind::MissingValue, from.index};
  }
  if (std::holds_alternative<value::NotApplicable>(value)) {
    return Fault{FaultKind::NotApplicableValue, from.index};
  }
  if (std::holds_alternative<value::Pending>(value)) {
    return Fault{FaultKind::PendingMark, from.index};
  }
  return std::nullopt;
}

inline Value fault(FaultKind kind, OpId raised_by) { return Fault{kind, raised_by.index}; }

inline const Rational& number(const Value& value) { return std::get<Rational>(value); }

// A number, unless it has more digits than arithmetic allows.
inline Value limited(Rational x, OpId raised_by) {
  if (value::too_large(x)) return fault(FaultKind::TooManyDigits, raised_by);
  return x;
}

// The value with its fault named, if it cannot be used: for results that pass a value on.
inline Value usable(const Value& value, OpId from) {
  if (const auto f = fault_of(value, from)) return *f;
  return value;
}

// Of two faults met in no particular order, the one that is reported: the earlier op, so that the
// order of rows and units does not matter.
inline Fault earlier(Fault a, Fault b) {
  if (a.op != b.op) return a.op < b.op ? a : b;
  return a.kind <= b.kind ? a : b;
}

}  // namespace xize::interpreter

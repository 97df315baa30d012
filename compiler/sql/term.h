// term: one value of the program as SQL.
// An expression is NULL exactly where the value cannot be used: a fault, missing, 不涉及, pending.
// What is not a fault then says so in `missing` and `na`. Numbers are fractions of two integers, so
// that nothing is ever rounded; the bounds say how large the integers can get.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/sql/dialect.h"
#include "runtime/program/op.h"

namespace xize::sql {

// Text of an expression, and how many subqueries must stand below it for its names to be known.
struct Sql {
  std::string text;
  int depth = 0;
};

// The pattern (see dialect.h) with `$1` … replaced; as deep as its deepest part.
Sql build(std::string_view pattern, std::initializer_list<Sql> parts);

inline Sql truth(bool b) { return {b ? "TRUE" : "FALSE"}; }

// A fraction: `numerator` over the fixed integer `denominator` > 0 and, where it divides by a
// value, over the integer `divisor` > 0; |numerator| <= bound.
struct Number {
  Sql numerator;
  value::Rational denominator = 1;
  value::Rational bound = 0;
  Sql divisor = {};  // no text: 1; NULL where the numerator is
  value::Rational divisor_bound = 1;
  std::optional<value::Rational> fixed = {};  // the numerator, where it is known
};

// A value. `number` for numbers; else `sql`: a truth value, a text, days or months since 1970.
struct Term {
  program::Type type = program::Type::Any;
  Number number;
  Sql sql;
  Sql missing, na;        // truth values that are never NULL; no text: never
  bool may_fault = true;  // false: where it is NULL, `missing` or `na` holds

  [[nodiscard]] const Sql& main() const {
    return type == program::Type::Number ? number.numerator : sql;
  }
};

// Arithmetic of fractions in one dialect. Operations widen where 64 bits do not do; empty where no
// integer of the dialect holds the result.
class Arithmetic {
 public:
  explicit Arithmetic(const Dialect& dialect) : dialect_(dialect) {}

  using Result = std::optional<Number>;
  [[nodiscard]] Result constant(const value::Rational& n) const;
  [[nodiscard]] Result negate(const Number& a) const;
  [[nodiscard]] Result add(const Number& a, const Number& b) const;
  [[nodiscard]] Result multiply(const Number& a, const Number& b) const;
  // NULL where b is zero.
  [[nodiscard]] Result divide(const Number& a, const Number& b) const;
  [[nodiscard]] Result absolute(const Number& a) const;
  // The greatest integer <= a.
  [[nodiscard]] Result floor(const Number& a) const;
  [[nodiscard]] Result round(const Number& a, int places, value::Rounding mode) const;
  // Two numbers over one denominator, so that their numerators can be compared.
  [[nodiscard]] std::optional<std::pair<Number, Number>> align(const Number& a,
                                                               const Number& b) const;
  // a where the condition holds, else b.
  [[nodiscard]] Result choose(const Sql& condition, const Number& a, const Number& b) const;
  // Numerator and denominator times a whole number.
  [[nodiscard]] Result scale(const Number& a, const value::Rational& factor) const;
  // All that the numerator is divided by.
  [[nodiscard]] Result whole_divisor(const Number& a) const;

 private:
  [[nodiscard]] bool fits(const value::Rational& bound) const;
  // `pattern` over operands, widened first if its result needs it.
  [[nodiscard]] std::optional<Sql> integers(std::string_view pattern, const value::Rational& bound,
                                            const Number& a, const Number& b) const;
  // The product of two integers: numerators, or divisors seen as such.
  [[nodiscard]] Result product(const Number& a, const Number& b) const;
  [[nodiscard]] Sql magnitude(const Number& a) const;
  [[nodiscard]] Sql quotient(const Sql& a, const Sql& b, bool wide) const;

  const Dialect& dialect_;
};

// CASE of a condition; NULL where the condition is.
Sql case_of(const Sql& condition, const Sql& then, const Sql& otherwise);

// The least denominator that both divide.
value::Rational common_denominator(const value::Rational& a, const value::Rational& b);

}  // namespace xize::sql

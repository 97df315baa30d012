// How types combine: what adds, multiplies, divides and compares, and what comes out.
// In: the types of the operands. Out: the type of the result, or nothing where they do not mix.
// Must hold: no reports here, no names; Invalid operands are the caller's concern.
#pragma once

#include <optional>

#include "compiler/sema/type.h"

namespace xize::sema {

Type number(DimensionId dimension, Flavour flavour = Flavour::Plain);
Type simple(Base base);

// The common type of two values: of the operands of + - and comparisons, of branches, of min and
// max. A plain literal takes the other's unit of measure. Empty where they do not mix.
std::optional<Type> unify(DimensionTable& dimensions, const Type& a, const Type& b);
Type multiply(DimensionTable& dimensions, const Type& a, const Type& b);
Type divide(DimensionTable& dimensions, const Type& a, const Type& b);

// The type of a literal with its unit, and of `number of UNIT` (元/人 is money for each count).
Type literal_type(DimensionTable& dimensions, const ast::NumberLit& literal);
DimensionId unit_dimension(DimensionTable& dimensions, std::string_view unit);
// 1 of that unit in base units: 万元 is 10000.
value::Rational unit_factor(std::string_view unit);

}  // namespace xize::sema

#include "tests/oracles/decimal_operation.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace xize::oracles {

using value::Rational;
using value::Rounding;

namespace {

struct Arguments {
  const std::vector<Decimal>& operands;
  int precision;
  Rounding mode;

  [[nodiscard]] const Rational& x() const { return operands[0].number; }
  [[nodiscard]] const Rational& y() const { return operands[1].number; }
};

using Operation = Answer (*)(const Arguments&);

struct Row {
  std::size_t operands;
  Operation run;
};

Answer exact(Rational number) { return {std::move(number), std::nullopt, {}}; }
Answer skip(std::string_view why) { return {{}, std::nullopt, why}; }

// One rounding of an exact number to the precision of the context.
Answer rounded(const Rational& number, const Arguments& a) {
  Rational result = round_significant(number, a.precision, a.mode);
  const bool inexact = result != number;
  return {std::move(result), inexact, {}};
}

Answer rounded_to_exponent(const Rational& number, std::int64_t exponent, Rounding mode) {
  if (exponent > value::kMaxPlaces || exponent < -value::kMaxPlaces) {
    return skip("beyond the limit of digits");
  }
  Rational result = round(number, static_cast<int>(-exponent), mode);
  const bool inexact = result != number;
  return {std::move(result), inexact, {}};
}

Rational truncated(const Rational& x) { return round(x, 0, Rounding::Down); }
Rational order(const Rational& x, const Rational& y) { return x < y ? -1 : (x > y ? 1 : 0); }
Rational ten_to(std::int64_t n) { return power(Rational(10), n); }

Answer total_order(const Rational& x, const Rational& y) {
  if (x == y) return skip("order of two spellings of one number");
  return exact(order(x, y));
}

Answer divide(const Arguments& a) {
  if (a.y().is_zero()) return skip("division by zero");
  return rounded(a.x() / a.y(), a);
}

Answer remainder(const Arguments& a, Rounding quotient_mode) {
  if (a.y().is_zero()) return skip("division by zero");
  return rounded(a.x() - a.y() * round(a.x() / a.y(), 0, quotient_mode), a);
}

Answer divide_integer(const Arguments& a) {
  if (a.y().is_zero()) return skip("division by zero");
  return exact(truncated(a.x() / a.y()));
}

Answer rescale(const Arguments& a) {
  const auto exponent = a.y().to_int64();
  if (!exponent) return skip("exponent is no integer");
  return rounded_to_exponent(a.x(), *exponent, a.mode);
}

Answer scale_by_power_of_ten(const Arguments& a) {
  const auto n = a.y().to_int64();
  if (!n || *n > value::kMaxDigits || *n < -value::kMaxDigits) {
    return skip("beyond the limit of digits");
  }
  return rounded(a.x() * ten_to(*n), a);
}

Answer integer_power(const Arguments& a) {
  const auto n = a.y().to_int64();
  if (!a.y().is_integer()) return skip("power that is no integer: irrational");
  if (!n || power_too_large(a.x(), *n)) return skip("beyond the limit of digits");
  if (a.x().is_zero() && *n < 0) return skip("division by zero");
  return rounded(power(a.x(), *n), a);
}

Answer exponent_of(const Arguments& a) {
  if (a.x().is_zero()) return skip("exponent of zero");
  return rounded(decimal_exponent(a.x()), a);
}

Answer integral(const Arguments& a, bool says_inexact) {
  Answer result = rounded_to_exponent(a.x(), 0, a.mode);
  if (!says_inexact) result.inexact.reset();
  return result;
}

const Rational& larger(const Rational& x, const Rational& y) { return x < y ? y : x; }
const Rational& smaller(const Rational& x, const Rational& y) { return y < x ? y : x; }

Answer by_magnitude(const Arguments& a, bool largest) {
  const Rational x = abs(a.x());
  const Rational y = abs(a.y());
  if (x == y) return rounded(largest ? larger(a.x(), a.y()) : smaller(a.x(), a.y()), a);
  return rounded((x > y) == largest ? a.x() : a.y(), a);
}

const std::unordered_map<std::string, Row>& rows() {
  using A = const Arguments&;
  static const std::unordered_map<std::string, Row> kRows{
      {"add", {2, [](A a) { return rounded(a.x() + a.y(), a); }}},
      {"subtract", {2, [](A a) { return rounded(a.x() - a.y(), a); }}},
      {"multiply", {2, [](A a) { return rounded(a.x() * a.y(), a); }}},
      {"divide", {2, divide}},
      {"divideint", {2, divide_integer}},
      {"remainder", {2, [](A a) { return remainder(a, Rounding::Down); }}},
      {"remaindernear", {2, [](A a) { return remainder(a, Rounding::HalfEven); }}},
      {"fma", {3, [](A a) { return rounded(a.x() * a.y() + a.operands[2].number, a); }}},
      {"power", {2, integer_power}},
      {"abs", {1, [](A a) { return rounded(abs(a.x()), a); }}},
      {"minus", {1, [](A a) { return rounded(-a.x(), a); }}},
      {"plus", {1, [](A a) { return rounded(a.x(), a); }}},
      {"apply", {1, [](A a) { return rounded(a.x(), a); }}},
      {"reduce", {1, [](A a) { return rounded(a.x(), a); }}},
      {"tosci", {1, [](A a) { return rounded(a.x(), a); }}},
      {"toeng", {1, [](A a) { return rounded(a.x(), a); }}},
      {"max", {2, [](A a) { return rounded(larger(a.x(), a.y()), a); }}},
      {"min", {2, [](A a) { return rounded(smaller(a.x(), a.y()), a); }}},
      {"maxmag", {2, [](A a) { return by_magnitude(a, true); }}},
      {"minmag", {2, [](A a) { return by_magnitude(a, false); }}},
      {"max_mag", {2, [](A a) { return by_magnitude(a, true); }}},
      {"min_mag", {2, [](A a) { return by_magnitude(a, false); }}},
      {"compare", {2, [](A a) { return exact(order(a.x(), a.y())); }}},
      {"comparesig", {2, [](A a) { return exact(order(a.x(), a.y())); }}},
      {"comparetotal", {2, [](A a) { return total_order(a.x(), a.y()); }}},
      {"comparetotmag", {2, [](A a) { return total_order(abs(a.x()), abs(a.y())); }}},
      {"quantize",
       {2, [](A a) { return rounded_to_exponent(a.x(), a.operands[1].exponent, a.mode); }}},
      {"rescale", {2, rescale}},
      {"tointegral", {1, [](A a) { return integral(a, false); }}},
      {"tointegralx", {1, [](A a) { return integral(a, true); }}},
      {"scaleb", {2, scale_by_power_of_ten}},
      {"logb", {1, exponent_of}},
      {"canonical", {1, [](A a) { return exact(a.x()); }}},
      {"copy", {1, [](A a) { return exact(a.x()); }}},
      {"copyabs", {1, [](A a) { return exact(abs(a.x())); }}},
      {"copynegate", {1, [](A a) { return exact(-a.x()); }}},
      {"copysign",
       {2, [](A a) { return exact(a.operands[1].negative ? -abs(a.x()) : abs(a.x())); }}},
      {"iszero", {1, [](A a) { return exact(a.x().is_zero() ? 1 : 0); }}},
  };
  return kRows;
}

const std::unordered_map<std::string, std::string_view>& foreign_operations() {
  static const std::unordered_map<std::string, std::string_view> kForeign = [] {
    std::unordered_map<std::string, std::string_view> made;
    for (const char* name : {"exp", "ln", "log10", "squareroot"}) {
      made[name] = "irrational operation: exp, ln, log10, squareroot";
    }
    for (const char* name : {"and", "or", "xor", "invert", "shift", "rotate"}) {
      made[name] = "operation on digits: and, or, xor, invert, shift, rotate";
    }
    for (const char* name :
         {"nextplus", "nextminus", "nexttoward", "samequantum", "class", "iscanonical", "isfinite",
          "isinfinite", "isnan", "isnormal", "isqnan", "issigned", "issnan", "issubnormal"}) {
      made[name] = "operation on the representation: next…, class, is…, samequantum";
    }
    return made;
  }();
  return kForeign;
}

}  // namespace

std::optional<Rounding> rounding_mode(std::string_view name) {
  if (name == "half_up") return Rounding::HalfUp;
  if (name == "half_even") return Rounding::HalfEven;
  if (name == "half_down") return Rounding::HalfDown;
  if (name == "down") return Rounding::Down;
  if (name == "up") return Rounding::Up;
  if (name == "ceiling") return Rounding::Ceiling;
  if (name == "floor") return Rounding::Floor;
  return std::nullopt;
}

std::string_view why_no_counterpart(const std::string& operation) {
  const auto found = foreign_operations().find(operation);
  return found == foreign_operations().end() ? std::string_view() : found->second;
}

Answer answer(const DecimalCase& c, const std::vector<Decimal>& operands, Rounding mode) {
  const auto row = rows().find(c.operation);
  if (row == rows().end()) return skip("unknown operation");
  if (c.operation == "power" && operands.size() == 3) return skip("power with a modulus");
  if (row->second.operands != operands.size()) return skip("malformed case");
  return row->second.run({operands, c.context.precision, mode});
}

}  // namespace xize::oracles

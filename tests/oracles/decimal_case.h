// The text format of the General Decimal Arithmetic test cases: directives that set a context,
// then `id operation operand... -> result condition...`.
// In: one .decTest file, line by line. Out: its cases, each with the context it stands in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/rational.h"

namespace xize::oracles {

// What the directives before a case set.
struct Context {
  int precision = 9;
  std::string rounding = "half_up";
  bool extended = true;
};

// One line of the suite.
struct DecimalCase {
  std::string id;
  std::string operation;  // lower case
  std::vector<std::string> operands;
  std::string result;
  std::vector<std::string> conditions;  // lower case
  Context context;

  [[nodiscard]] bool has_condition(std::string_view name) const;
};

// A finite number as the suite writes it: `-1.50E+3`, with the exponent of its last digit.
struct Decimal {
  value::Rational number;
  bool negative = false;  // also of a zero
  int exponent = 0;
};

// Why a text is no `Decimal`.
enum class NotDecimal { Special, Malformed, TooLarge };

// A text as a finite number, or why it is none.
struct DecimalReading {
  std::optional<Decimal> decimal;
  NotDecimal why = NotDecimal::Malformed;  // where `decimal` is empty
};

DecimalReading read_decimal(std::string_view text);

// Reads the lines of one file; a directive holds for the cases after it.
class CaseReader {
 public:
  // A case, or empty for a blank line, a comment or a directive.
  std::optional<DecimalCase> read_line(std::string_view line);

 private:
  void set_directive(const std::string& name, const std::string& setting);
  Context context_;
};

}  // namespace xize::oracles

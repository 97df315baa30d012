// The values a diagnostic speaks of: what a call site passes, and what a row declares it takes.
// In: domain values (a name, a number, a count …), never sentences. Out: `Argument`, kept until
// the diagnostic is rendered in one of the two languages.
// Must hold: an argument owns its text; converting from a wrong type does not compile.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/value/date.h"
#include "runtime/value/rational.h"

namespace xize::diagnostics {

// The language a diagnostic is rendered in.
enum class Language : std::uint8_t { English, Chinese };

template <class S>
concept TextLike = std::convertible_to<const S&, std::string_view>;

template <class I>
concept WholeNumber = std::integral<I> && !std::same_as<std::remove_cv_t<I>, bool>;

// Words printed as they are, e.g. a path or a system's own message.
struct Text {
  std::string value;
  template <TextLike S>
  Text(const S& s) : value(std::string_view(s)) {}  // NOLINT: implicit by design
};

// Text of the policy or of a cell; the row itself writes the backticks around its placeholder.
struct Code {
  std::string value;
  template <TextLike S>
  Code(const S& s) : value(std::string_view(s)) {}  // NOLINT: implicit by design
};

// An exact number, printed as a decimal or a fraction.
struct Number {
  value::Rational value;
  Number(value::Rational n) : value(std::move(n)) {}  // NOLINT: implicit by design
  template <WholeNumber I>
  Number(I n) : value(static_cast<std::int64_t>(n)) {}  // NOLINT: implicit by design
};

// How many; `{0}` prints the number, `{0:row|rows}` the number with the fitting English word.
struct Count {
  std::int64_t value = 0;
  template <WholeNumber I>
  Count(I n) : value(static_cast<std::int64_t>(n)) {}  // NOLINT: implicit by design
};

// A calendar day, printed as 2023-11-30.
struct Day {
  value::Date value;
  Day(value::Date d) : value(d) {}  // NOLINT: implicit by design
};

// A concept that has a word in each language, e.g. a type or a kind of token.
struct Term {
  std::string english;
  std::string chinese;
};

// Alternatives: `a, b or c`, in Chinese `a、b 或 c`.
struct Terms {
  std::vector<Term> value;
};

// Names, each in backticks: `` `a`, `b` ``, in Chinese `` `a`、`b` ``.
struct List {
  std::vector<std::string> value;
};

using Argument = std::variant<Text, Code, Number, Count, Day, Term, Terms, List>;

// The types a row can name, in the order of `Argument`.
enum class ParameterType : std::uint8_t { Text, Code, Number, Count, Day, Term, Terms, List };

}  // namespace xize::diagnostics

// fraction_text: numbers over one denominator as decimal text, without a number made for each.
// In: a denominator, then numerators in any terms. Out: characters where the caller has room.
// Must hold: it is what `Rational::to_string` says of num / den, or of that rounded half up.
// Cost: a division or two and the digits; GMP only beyond 18 decimals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "runtime/value/rational.h"

namespace xize::value {

// Prints num / den for one den.
class FractionPrinter {
 public:
  // As many decimals as `places` may ask for.
  static constexpr int kPlacesMax = 18;
  // No text is longer: a sign, 19 digits, a point, 62 decimals, as those of n / 2^62.
  static constexpr std::size_t kTextMax = 96;

  // den > 0. Rounded to at most `places` decimals; without, exactly.
  FractionPrinter(std::int64_t den, std::optional<int> places);

  [[nodiscard]] std::int64_t den() const { return den_; }
  // Left to GMP.
  [[nodiscard]] bool is_long() const { return way_ == Way::Long; }
  // Writes num / den to `to`, where there is room for `kTextMax`; gives the end of the text.
  char* print(std::int64_t num, char* to) const;

 private:
  char* print_ratio(std::int64_t num, char* to) const;

  // How the text of a number is found.
  enum class Way : std::uint8_t {
    Whole,    // den is 1
    Decimal,  // den divides the power of ten, so the decimals end
    Rounded,  // to the power of ten
    Ratio,    // exactly, and the decimals end for some numerators only, or for none
    Long,     // exactly, beyond `kPlacesMax`
  };

  std::int64_t den_;
  Way way_ = Way::Whole;
  int places_ = 0;           // digits written after the point, zeros at the end left out
  std::uint64_t scale_ = 1;  // Decimal: 10^places / den; Rounded: 10^places
  std::uint64_t odd_ = 1;    // Ratio: den without its factors 2 and 5
};

// The same of a single number, appended.
void print(const Rational& number, std::optional<int> places, std::string& out);

}  // namespace xize::value

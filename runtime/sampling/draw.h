// draw: which rows inspectors look at, reproducibly.
// In: the rows that may be drawn, of one unit in one period, and how. Out: positions of the rows.
// Must hold: the same rows and lots give the same result in whatever order the rows stand and on
// whatever machine. Cost: sorting the rows.
//
// Chance comes from SHA-256: each row's lot is the digest of the seed and of what tells the row
// apart, and the smallest lots are drawn. So anybody can draw again with sha256sum, a row that is
// added or removed moves no other, and nobody who does not know the seed can tell what is drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/sampling/sha256.h"
#include "runtime/value/rational.h"

namespace xize::sampling {

// A row in a draw by lot.
struct Ticket {
  Digest lot{};
  std::uint32_t last_drawn = 0;  // the number of the last earlier list it stood in; 0: in none
  std::uint32_t times_drawn = 0;
};

// `take` rows: those never drawn first, then those drawn longest ago, of these the ones drawn less
// often; among equals the smallest lots. So lists that follow one another cover all rows before one
// comes again, and a new row is drawn soon. All rows where there are not more. Positions ascend.
std::vector<std::size_t> draw_by_lot(std::span<const Ticket> tickets, std::size_t take);

// A draw at equal steps: the numbers ending, ending + step, ending + 2 step …
struct Steps {
  value::Rational ending;
  value::Rational step;        // at least 1
  std::size_t take = 0;
  bool else_previous = false;  // a number that no row has stands for the one before it
};

// Rows by their numbers, the lowest number first, at most `take`. The series begins at its first
// number that is not below the smallest row's and ends at its first that is not below the largest
// row's. With `else_previous` a number that no row has stands for the nearest smaller
// row that was not drawn before it; if there is none, nothing is drawn for it.
std::vector<std::size_t> draw_by_steps(std::span<const value::Rational> numbers,
                                       const Steps& steps);

// The ending where the policy leaves it open: the digest as a number, modulo `step`.
value::Rational ending_of(const Digest& lot, const value::Rational& step);

// The number that the digits at the end of a text make: 17 of `JS-2023-0017`. Empty without one.
std::optional<value::Rational> number_at_end(std::string_view text);

}  // namespace xize::sampling

// Small mistakes made in a policy on purpose, to see whether somebody would notice.
// In: the text of a policy in the Chinese surface. Out: every place where one of the kinds fits.
// Must hold: only what scores is changed: not quotes, readings, claims, comments or tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace xize::mutation {

enum class Kind : std::uint8_t { Point, Bound, Operator, DroppedRow, SwappedRows };
inline constexpr Kind kKinds[] = {Kind::Point, Kind::Bound, Kind::Operator, Kind::DroppedRow,
                                  Kind::SwappedRows};
const char* name_of(Kind kind);

// One mistake: the lines from `line` on (zero-based) that are replaced, and what by.
struct Mutation {
  Kind kind = Kind::Point;
  std::size_t line = 0;
  std::vector<std::string> before, after;
};

std::vector<Mutation> mutations_of(const std::vector<std::string>& lines);
// The whole text with the mistake in it.
std::string mutated(std::vector<std::string> lines, const Mutation& mutation);

}  // namespace xize::mutation

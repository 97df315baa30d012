#include "tests/tidy/console_block.h"

#include <algorithm>

#include "tests/support/text.h"

namespace xize::tidy {
namespace {

using Lines = std::vector<std::string>;
using Place = Lines::const_iterator;

bool is_gap(const std::string& line) { return support::trim(line) == "..."; }

bool fits_from(Place expected, Place expected_end, Place actual, Place actual_end) {
  for (; expected != expected_end; ++expected, ++actual) {
    if (is_gap(*expected)) {
      for (auto skip = actual; skip != actual_end; ++skip) {
        if (fits_from(expected + 1, expected_end, skip, actual_end)) return true;
      }
      return fits_from(expected + 1, expected_end, actual_end, actual_end);
    }
    if (actual == actual_end || *expected != *actual) return false;
  }
  return actual == actual_end;
}

}  // namespace

std::vector<Step> steps_of(const Lines& block) {
  std::vector<Step> steps;
  bool continued = false;
  for (std::size_t k = 0; k < block.size(); ++k) {
    const auto& line = block[k];
    if (continued) {
      steps.back().command += "\n" + line;
    } else if (line.starts_with("$ ")) {
      steps.push_back({k + 1, line.substr(2), {}});
    } else {
      if (!steps.empty()) steps.back().expected.push_back(line);
      continue;
    }
    continued = steps.back().command.ends_with("\\");
  }
  return steps;
}

bool fits(const Lines& expected, const Lines& actual) {
  return fits_from(expected.begin(), expected.end(), actual.begin(), actual.end());
}

std::optional<Lines> refreshed(const Lines& expected, const Lines& actual) {
  Lines fresh;
  auto from = actual.begin();
  for (auto chunk = expected.begin(); chunk != expected.end();) {
    if (is_gap(*chunk)) {
      fresh.push_back(*chunk++);
      continue;
    }
    const auto chunk_end = std::find_if(chunk, expected.end(), is_gap);
    if (chunk != expected.begin()) from = std::find(from, actual.end(), *chunk);
    if (from == actual.end()) return std::nullopt;
    auto to = actual.end();
    if (chunk_end != expected.end()) {
      const auto first = chunk_end - chunk > 1 ? from + 1 : from;
      to = std::find(first, actual.end(), *(chunk_end - 1));
      if (to == actual.end()) return std::nullopt;
      ++to;
    }
    fresh.insert(fresh.end(), from, to);
    from = to;
    chunk = chunk_end;
  }
  if (expected.empty()) return actual;
  return fresh;
}

}  // namespace xize::tidy

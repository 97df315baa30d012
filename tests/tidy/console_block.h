// A console block of a page: `$ command` lines, each followed by what it prints.
// In: the block's lines. Out: its steps; whether an output fits; the expectation brought up to
// date.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xize::tidy {

// A command of a console block and the lines that follow it; `line` counts from 1 in the block.
struct Step {
  std::size_t line = 0;
  std::string command;
  std::vector<std::string> expected;
};

// A line that ends in `\` goes on in the next one.
std::vector<Step> steps_of(const std::vector<std::string>& block);

// A line `...` stands for any lines.
bool fits(const std::vector<std::string>& expected, const std::vector<std::string>& actual);

// What to expect instead: the actual output, shortened by `...` where the expectation was. The
// lines between two `...` are found by their first and their last line; nothing where they are
// gone.
std::optional<std::vector<std::string>> refreshed(const std::vector<std::string>& expected,
                                                  const std::vector<std::string>& actual);

}  // namespace xize::tidy

// proof: what a stage's kernel was proved for, so that people can see it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/program/op.h"

namespace xize::blockwise {

// The values of an op: numbers num / den with num in [least, most], or other types as in lanes.h.
struct Interval {
  program::OpId op;
  program::Type type = program::Type::Any;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::int64_t den = 1;  // 0: each row has its own
};

// For rows whose inputs lie within their intervals, no number on the way takes more than `bits`
// bits, its sign among them; and the results lie within theirs.
struct Proof {
  std::vector<Interval> inputs;
  std::vector<Interval> results;        // what is written; of a packed fold, the element
  std::vector<program::OpId> unproved;  // ops that are computed in blocks, one after another
  std::size_t steps = 0;
  unsigned bits = 0;
};

// Did compiled code compute rows of a stage; if not, why.
enum class Compiled : std::uint8_t {
  Yes,
  Nobody,         // there is no compiler
  FewRows,        // compiling takes longer
  NothingProved,  // no kernel, or none for the blocks that came
};

}  // namespace xize::blockwise

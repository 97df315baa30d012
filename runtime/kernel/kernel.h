// kernel: one loop over the rows of a block, as straight-line integer code without branches.
// In: `Builder` makes it. Out: a `Compiler` turns it into machine code (compiler/jit has one).
// Must hold: every step's value lies in its range for every row whose inputs lie in theirs, and so
// does every intermediate result; so no step can overflow, and each may be computed in as few bits
// as its range needs. A step reads steps before it. Conditions are 0 or 1.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/base/cells.h"

namespace xize::kernel {

using base::Element;
using ValueId = std::uint32_t;

enum class Code : std::uint8_t {
  Constant,  // imm
  Input,     // the row's element of input imm
  Add, Sub, Mul, Min, Max,
  Quotient,  // a / b without the rest; 0 <= a < 2^52, 0 < b < 2^52
  Equal, Less, And, Or,
  Select,    // a ? b : c
};

// The least and the greatest value of a step.
struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
  auto operator<=>(const Range&) const = default;
};

struct Step {
  Code code = Code::Constant;
  ValueId a = 0;
  ValueId b = 0;
  ValueId c = 0;
  std::int64_t imm = 0;
  Range range;
  auto operator<=>(const Step&) const = default;
};

// A value that is written for every row.
struct Output {
  ValueId value = 0;
  Element element = Element::Signed64;
  auto operator<=>(const Output&) const = default;
};

struct Kernel {
  std::vector<Step> steps;
  std::vector<Element> inputs;
  std::vector<Output> outputs;
  std::vector<ValueId> words;  // of each row; they are added to those of its place
  auto operator<=>(const Kernel&) const = default;
};

// How many words a place has, if rows have so many.
constexpr std::size_t words_of_place(std::size_t words) {
  std::size_t room = 1;
  while (room < words) room *= 2;
  return words == 0 ? 0 : room;
}

// Arrays have room for a whole number of these rows; elements behind the last row may be read, and
// written, and mean nothing.
inline constexpr std::size_t kRowsAtOnce = 64;

// Where a kernel reads and writes; the arrays do not overlap.
struct Arrays {
  const void* const* inputs = nullptr;
  void* const* outputs = nullptr;
  const std::uint32_t* places = nullptr;  // by row; if rows have words
  std::int64_t* words = nullptr;          // by place, words_of_place() of them each
};

// Computes `count` rows.
using Function = void (*)(const Arrays* arrays, std::uint64_t count);

// Turns kernels into machine code; what it made lives as long as it does.
class Compiler {
 public:
  virtual ~Compiler() = default;
  // Null where it cannot; several threads may call.
  virtual Function compile(const Kernel& kernel) = 0;
};

}  // namespace xize::kernel

// kernel: one loop over the rows of a block, as straight-line integer code without branches.
// In: `Builder` makes it. Out: a `Compiler` turns it into machine code (compiler/jit has one).
// Must hold: every step's value lies in its range for every row whose inputs lie in theirs, and so
// does every intermediate result; so no step can overflow, and each may be computed in as few bits
// as its range needs. A step reads steps before it. Conditions are 0 or 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace xize::kernel {

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
};

struct Step {
  Code code = Code::Constant;
  ValueId a = 0;
  ValueId b = 0;
  ValueId c = 0;
  std::int64_t imm = 0;
  Range range;
};

// What an array's elements are.
enum class Element : std::uint8_t { Signed64, Unsigned32 };

// A value that is written for every row.
struct Output {
  ValueId value = 0;
  Element element = Element::Signed64;
};

struct Kernel {
  std::vector<Step> steps;
  std::vector<Element> inputs;
  std::vector<Output> outputs;
};

// Reads `count` elements of each input, writes as many of each output; they do not overlap.
using Function = void (*)(const void* const* inputs, void* const* outputs, std::uint64_t count);

// Turns kernels into machine code; what it made lives as long as it does.
class Compiler {
 public:
  virtual ~Compiler() = default;
  // Null where it cannot; several threads may call.
  virtual Function compile(const Kernel& kernel) = 0;
};

}  // namespace xize::kernel

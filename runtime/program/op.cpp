#include "runtime/program/op.h"

#include <array>

namespace xize::program {

const OpFacts& facts(Opcode code) {
  static constexpr std::array kFacts = {
#define XIZE_OP(name, shape, result, operands, meaning) \
  OpFacts{#name, Shape::shape, Type::result, operands, meaning},
#include "runtime/program/ops.def"
#undef XIZE_OP
  };
  return kFacts[static_cast<std::size_t>(code)];
}

std::string_view name(Type type) {
  static constexpr std::array<std::string_view, 7> kNames = {"any",  "same", "number", "bool",
                                                             "text", "date", "month"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view name(Level level) {
  static constexpr std::array<std::string_view, 4> kNames = {"constant", "unit", "group", "row"};
  return kNames[static_cast<std::size_t>(level)];
}

}  // namespace xize::program

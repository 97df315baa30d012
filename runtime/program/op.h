// op: one operation of a program, and the facts that ops.def states of its code.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/base/id.h"

namespace xize::program {

using OpId = base::Id<struct OpTag>;
// An index into the compiler's list of places; invalid where nothing was written.
using Origin = base::Id<struct OriginTag>;

// The operations of ops.def.
enum class Opcode : std::uint8_t {
#define XIZE_OP(name, shape, result, operands, meaning) name,
#include "runtime/program/ops.def"
#undef XIZE_OP
};
enum class Type : std::uint8_t { Any, Same, Number, Bool, Text, Date, Month };
enum class Shape : std::uint8_t { Leaf, Scalar, Fold, Population };
// What one value of the op belongs to: nothing, one row of the unit table (a unit in a period), a
// group of records of a unit, or one row of records.
enum class Level : std::uint8_t { Constant, Unit, Group, Row };

// The imm of pop_take: what happens to equal values at the cut.
enum class Ties : std::uint8_t { Unstated, Share, Exclude };
// The imm of pop_combine.
enum class PeriodMode : std::uint8_t { Average, Sum, Last, Weighted };

inline constexpr std::uint32_t kFirstDayCounts = 1;   // days_between, workdays_between
inline constexpr std::uint32_t kAscending = 1;        // pop_rank
inline constexpr std::uint32_t kDense = 2;            // pop_rank
inline constexpr std::uint32_t kAcrossPeriods = 256;  // population ops

inline constexpr std::uint16_t kNoTable = 0xffff;
inline constexpr std::uint16_t kNoGrouping = 0xffff;

// One operation; its operands stand before it.
struct Op {
  Opcode code = Opcode::constant;
  Type type = Type::Any;
  Level level = Level::Constant;
  std::uint16_t table = kNoTable;        // records table of a row op, or of a fold over rows
  std::uint16_t grouping = kNoGrouping;  // of a group op, or of a fold over groups
  std::uint32_t imm = 0;
  std::vector<OpId> operands = {};
  Origin origin = {};
};

// One row of ops.def.
struct OpFacts {
  std::string_view name;
  Shape shape = Shape::Leaf;
  Type result = Type::Any;
  std::string_view operands;
  std::string_view meaning;
};

const OpFacts& facts(Opcode code);

// The name of a type or level in printed programs and violations.
std::string_view name(Type type);
std::string_view name(Level level);

}  // namespace xize::program

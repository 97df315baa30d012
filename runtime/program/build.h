// build: makes a program op by op, then prunes and stages it.
// In: a program whose schema is set. Out: ops in order, each once for equal code and operands, with
// its type and level computed; `finish` leaves a complete program for verify.h.
// Must hold: operands come from this builder and fit the op's row in ops.def (asserted by verify).
// Ops that can raise a fault are shared only within one origin, so that a fault names its place.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "runtime/program/program.h"
#include "runtime/value/value_order.h"

namespace xize::program {

// The type of a column's cells.
Type type_of(const table::ColumnSchema& column);

// Which rows a fold reads: those of a table, each group of them apart where there is a grouping.
struct RowsOf {
  RowsOf(std::uint16_t t, std::uint16_t g = kNoGrouping) : table(t), grouping(g) {}  // NOLINT
  std::uint16_t table;
  std::uint16_t grouping;
};

// Makes ops; see above.
class Builder {
 public:
  explicit Builder(Program& program) : program_(program) {}

  OpId constant(const value::Value& value);
  OpId number(value::Rational number) { return constant(std::move(number)); }
  OpId boolean(bool b) { return constant(b); }
  OpId text(std::string_view text) { return constant(value::Text{program_.strings.intern(text)}); }
  OpId missing() { return constant(value::Missing{}); }
  OpId not_applicable() { return constant(value::NotApplicable{}); }
  OpId fault(value::FaultKind kind, Origin origin);

  // A column of the unit table, or of records table `table` at row level.
  OpId unit_column(std::uint32_t column, Origin origin);
  OpId row_column(std::uint16_t table, std::uint32_t column, Origin origin);
  OpId parameter(std::uint32_t slot);
  OpId is_unit_in(std::vector<std::string> units);
  OpId period();
  OpId group_key(std::uint16_t grouping);
  std::uint16_t grouping(std::vector<GroupKey> keys);

  // A scalar or population op. `origin` is where it is written.
  OpId op(Opcode code, std::vector<OpId> operands, Origin origin = {}, std::uint32_t imm = 0);
  // A fold over the rows of a table; with a grouping its value belongs to a group of them.
  OpId fold(Opcode code, RowsOf rows, std::vector<OpId> operands, Origin origin);
  // A fold over the groups of a unit.
  OpId group_fold(Opcode code, std::uint16_t grouping, std::vector<OpId> operands, Origin origin);

  // Shorthands that fold literal booleans away.
  OpId not_(OpId a);
  OpId and_(OpId a, OpId b);
  OpId or_(OpId a, OpId b);
  OpId select(OpId condition, OpId then, OpId otherwise);
  OpId clamp(OpId x, OpId low, OpId high);
  OpId sum(const std::vector<OpId>& terms);  // 0 of none

  [[nodiscard]] Level level(OpId id) const { return program_.ops[id].level; }
  [[nodiscard]] const Op& at(OpId id) const { return program_.ops[id]; }
  [[nodiscard]] bool is_constant(OpId id, const value::Value& value) const;

  // Drops what nothing reads, renumbers, and assigns the stages.
  void finish();

 private:
  using Key = std::tuple<Opcode, Level, std::uint16_t, std::uint16_t, std::uint32_t,
                         std::vector<OpId>, Origin>;
  OpId add(Op op);
  void join_levels(Op& op) const;

  Program& program_;
  std::map<Key, OpId> known_;
  std::map<value::Value, std::uint32_t, value::ValueBefore> constants_;
};

// Drops ops that nothing needs and renumbers the rest in order.
void prune(Program& program);

// Assigns every op to a stage: units as soon as possible, then scans, then populations. Scans come
// first so that data errors are known; a table is scanned again only where a fold of it needs the
// result of a population or of another fold of the same table.
void schedule(Program& program);

}  // namespace xize::program

#include "runtime/program/build.h"

#include <algorithm>

namespace xize::program {
namespace {

Type type_of(const value::Value& value) {
  static constexpr Type kTypes[] = {Type::Any,    Type::Any,  Type::Any,  Type::Any,  Type::Number,
                                    Type::Bool,   Type::Text, Type::Date, Type::Month};
  return kTypes[value.index()];
}

bool can_fault(Opcode code) {
  switch (code) {
    case Opcode::div:
    case Opcode::fault:
    case Opcode::round:
    case Opcode::power:
    case Opcode::check_mark:
    case Opcode::check_count:
    case Opcode::add_days:
    case Opcode::add_months: return true;
    default: return facts(code).shape == Shape::Fold || facts(code).shape == Shape::Population;
  }
}

}  // namespace

Type type_of(const table::ColumnSchema& column) {
  switch (column.type) {
    case table::ColumnType::Number: return Type::Number;
    case table::ColumnType::Bool: return Type::Bool;
    case table::ColumnType::Date: return Type::Date;
    case table::ColumnType::Month: return Type::Month;
    case table::ColumnType::Unit:
    case table::ColumnType::Text:
    case table::ColumnType::Choice: return Type::Text;
  }
  return Type::Any;
}

OpId Builder::add(Op op) {
  Key key{op.code,     op.level, op.table,
          op.grouping, op.imm,   op.operands,
          can_fault(op.code) ? op.origin : Origin{}};
  if (const auto it = known_.find(key); it != known_.end()) return it->second;
  const OpId id = program_.ops.add(std::move(op));
  known_.emplace(std::move(key), id);
  return id;
}

OpId Builder::constant(const value::Value& value) {
  const auto next = static_cast<std::uint32_t>(program_.constants.size());
  const auto [it, added] = constants_.emplace(value, next);
  if (added) program_.constants.push_back(value);
  return add({.code = Opcode::constant, .type = type_of(value), .imm = it->second});
}

OpId Builder::fault(value::FaultKind kind, Origin origin) {
  return add({.code = Opcode::fault, .imm = static_cast<std::uint32_t>(kind), .origin = origin});
}

OpId Builder::unit_column(std::uint32_t column, Origin origin) {
  return add({.code = Opcode::column,
              .type = type_of(program_.schema.units.columns[column]),
              .level = Level::Unit,
              .imm = column,
              .origin = origin});
}

OpId Builder::row_column(std::uint16_t table, std::uint32_t column, Origin origin) {
  return add({.code = Opcode::column,
              .type = type_of(program_.schema.records[table].columns[column]),
              .level = Level::Row,
              .table = table,
              .imm = column,
              .origin = origin});
}

OpId Builder::parameter(std::uint32_t slot) {
  return add({.code = Opcode::parameter, .type = program_.parameters[slot].type, .imm = slot});
}

OpId Builder::is_unit_in(std::vector<std::string> units) {
  std::sort(units.begin(), units.end());
  auto& sets = program_.unit_sets;
  auto it = std::find(sets.begin(), sets.end(), units);
  if (it == sets.end()) it = sets.insert(sets.end(), std::move(units));
  return add({.code = Opcode::is_unit_in,
              .type = Type::Bool,
              .level = Level::Unit,
              .imm = static_cast<std::uint32_t>(it - sets.begin())});
}

OpId Builder::period() {
  const auto& units = program_.schema.units;
  const Type type = units.period_column == table::kNoColumn
                        ? Type::Any
                        : type_of(units.columns[units.period_column]);
  return add({.code = Opcode::period, .type = type, .level = Level::Unit});
}

std::uint16_t Builder::grouping(std::vector<GroupKey> keys) {
  program_.groupings.push_back({std::move(keys)});
  return static_cast<std::uint16_t>(program_.groupings.size() - 1);
}

OpId Builder::group_key(std::uint16_t grouping) {
  Type type = Type::Any;
  for (const GroupKey& key : program_.groupings[grouping].keys) type = at(key.key).type;
  return add({.code = Opcode::group_key,
              .type = type,
              .level = Level::Group,
              .grouping = grouping});
}

// The deepest level of the operands, with the table or grouping that goes with it.
void Builder::join_levels(Op& op) const {
  for (const OpId id : op.operands) {
    const Op& operand = program_.ops[id];
    if (operand.level < op.level) continue;
    op.level = operand.level;
    if (operand.level == Level::Row) op.table = operand.table;
    if (operand.level == Level::Group) op.grouping = operand.grouping;
  }
}

OpId Builder::op(Opcode code, std::vector<OpId> operands, Origin origin, std::uint32_t imm) {
  const OpFacts& fact = facts(code);
  Op op{.code = code,
        .type = fact.result,
        .imm = imm,
        .operands = std::move(operands),
        .origin = origin};
  if (fact.shape == Shape::Population) {
    op.level = Level::Unit;
  } else {
    join_levels(op);
  }
  if (fact.result == Type::Same) {
    op.type = Type::Any;
    for (std::size_t i = 0; i < op.operands.size() && i < fact.operands.size(); ++i) {
      const Type type = program_.ops[op.operands[i]].type;
      if (fact.operands[i] == 's' && type != Type::Any) op.type = type;
    }
  }
  return add(std::move(op));
}

OpId Builder::fold(Opcode code, RowsOf rows, std::vector<OpId> operands, Origin origin) {
  Op op{.code = code,
        .type = facts(code).result,
        .level = rows.grouping == kNoGrouping ? Level::Unit : Level::Group,
        .table = rows.table,
        .grouping = rows.grouping,
        .operands = std::move(operands),
        .origin = origin};
  if (op.type == Type::Same) op.type = program_.ops[op.operands[1]].type;
  return add(std::move(op));
}

OpId Builder::group_fold(Opcode code, std::uint16_t grouping, std::vector<OpId> operands,
                         Origin origin) {
  Op op{.code = code,
        .type = facts(code).result,
        .level = Level::Unit,
        .grouping = grouping,
        .operands = std::move(operands),
        .origin = origin};
  if (op.type == Type::Same) op.type = program_.ops[op.operands[1]].type;
  return add(std::move(op));
}

bool Builder::is_constant(OpId id, const value::Value& value) const {
  const Op& op = program_.ops[id];
  return op.code == Opcode::constant && program_.constants[op.imm] == value;
}

OpId Builder::not_(OpId a) {
  if (is_constant(a, true)) return boolean(false);
  if (is_constant(a, false)) return boolean(true);
  if (at(a).code == Opcode::not_) return at(a).operands[0];
  return op(Opcode::not_, {a});
}

OpId Builder::and_(OpId a, OpId b) {
  if (is_constant(a, false)) return a;
  if (is_constant(a, true) || a == b) return b;
  if (is_constant(b, true)) return a;
  return op(Opcode::and_, {a, b});
}

OpId Builder::or_(OpId a, OpId b) {
  if (is_constant(a, true)) return a;
  if (is_constant(a, false) || a == b) return b;
  if (is_constant(b, false)) return a;
  return op(Opcode::or_, {a, b});
}

OpId Builder::select(OpId condition, OpId then, OpId otherwise) {
  if (is_constant(condition, true)) return then;
  if (is_constant(condition, false)) return otherwise;
  // The same question asked again has the same answer.
  if (at(then).code == Opcode::select && at(then).operands[0] == condition) {
    then = at(then).operands[1];
  }
  if (at(otherwise).code == Opcode::select && at(otherwise).operands[0] == condition) {
    otherwise = at(otherwise).operands[2];
  }
  return op(Opcode::select, {condition, then, otherwise});
}

OpId Builder::clamp(OpId x, OpId low, OpId high) {
  return op(Opcode::min, {op(Opcode::max, {x, low}), high});
}

OpId Builder::sum(const std::vector<OpId>& terms) {
  if (terms.empty()) return number(0);
  OpId total = terms.front();
  for (std::size_t i = 1; i < terms.size(); ++i) total = op(Opcode::add, {total, terms[i]});
  return total;
}

void Builder::finish() {
  prune(program_);
  schedule(program_);
  known_.clear();
}

}  // namespace xize::program

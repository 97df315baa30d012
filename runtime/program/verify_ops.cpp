#include "runtime/program/verify_ops.h"

#include <fmt/format.h>

namespace xize::program {
namespace {

// Does a value of `type` fit the operand letter `kind`? Any fits everywhere.
bool type_fits(char kind, Type type) {
  if (type == Type::Any) return true;
  switch (kind) {
    case 'n': return type == Type::Number;
    case 'b': return type == Type::Bool;
    case 't': return type == Type::Text;
    case 'd': return type == Type::Date;
    case 'm': return type == Type::Month;
    case 'o': return type == Type::Number || type == Type::Date || type == Type::Month;
    default: return true;  // a, s
  }
}

// Checks one op; `say` collects.
class OpCheck {
 public:
  OpCheck(const Program& program, OpId id, std::vector<std::string>& out)
      : program_(program), id_(id), op_(program.ops[id]), fact_(facts(op_.code)), out_(out) {}

  void run() {
    if (!operands_precede()) return;
    arity();
    immediate();
    switch (fact_.shape) {
      case Shape::Leaf: leaf(); break;
      case Shape::Scalar: scalar(); break;
      case Shape::Fold: fold(); break;
      case Shape::Population: population(); break;
    }
  }

 private:
  void say(std::string_view what) {
    out_.push_back(fmt::format("%{} ({}): {}", id_.index, fact_.name, what));
  }
  [[nodiscard]] const Op& operand(std::size_t i) const { return program_.ops[op_.operands[i]]; }

  bool operands_precede() {
    for (const OpId operand : op_.operands) {
      if (operand.valid() && operand < id_) continue;
      say("an operand does not stand before it");
      return false;
    }
    return true;
  }

  void arity() {
    std::string_view wanted = fact_.operands;
    const bool repeats = !wanted.empty() && (wanted.back() == '+' || wanted.back() == '*');
    const bool may_be_none = repeats && wanted.back() == '*';
    if (repeats) wanted.remove_suffix(1);
    const std::size_t least = wanted.size() - (may_be_none ? 1 : 0);
    const std::size_t count = op_.operands.size();
    if (count < least || (!repeats && count > wanted.size())) {
      say(fmt::format("has {} operands, takes `{}`", count, fact_.operands));
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const char kind = i < wanted.size() ? wanted[i] : wanted.back();
      if (!type_fits(kind, operand(i).type)) {
        say(fmt::format("operand {} is a {}, takes `{}`", i, name(operand(i).type), kind));
      }
    }
  }

  void immediate() {
    const std::size_t imm = op_.imm;
    const auto need = [&](std::size_t limit) {
      if (imm >= limit) say("its immediate is out of range");
    };
    switch (op_.code) {
      case Opcode::constant: return need(program_.constants.size());
      case Opcode::parameter: return need(program_.parameters.size());
      case Opcode::is_unit_in: return need(program_.unit_sets.size());
      case Opcode::fault: return need(std::size_t{value::kFaultKinds});
      case Opcode::column: return column();
      default: return;
    }
  }

  void column() {
    if (op_.level == Level::Unit && op_.imm < program_.schema.units.columns.size()) return;
    if (op_.level == Level::Row && op_.table < program_.schema.records.size() &&
        op_.imm < program_.schema.records[op_.table].columns.size()) {
      return;
    }
    say("names no column");
  }

  void leaf() {
    const bool unit = op_.code == Opcode::is_unit_in || op_.code == Opcode::period;
    if (unit && op_.level != Level::Unit) say("must be at unit level");
    if (op_.code != Opcode::group_key) return;
    if (op_.level != Level::Group || op_.grouping >= program_.groupings.size()) {
      say("must be at group level");
    }
  }

  void scalar() {
    Level deepest = Level::Constant;
    for (std::size_t i = 0; i < op_.operands.size(); ++i) {
      const Op& o = operand(i);
      if (o.level > deepest) deepest = o.level;
      if (o.level == Level::Row && o.table != op_.table) say("reads rows of another table");
      if (o.level == Level::Group && o.grouping != op_.grouping) say("reads another grouping");
      if (o.level == Level::Group && op_.level == Level::Row) say("mixes rows and groups");
    }
    if (deepest != op_.level) say(fmt::format("must be at {} level", name(deepest)));
    if (op_.code == Opcode::row_in_keys && operand(1).code != Opcode::fold_top_keys) {
      say("reads no fold_top_keys");
    }
  }

  void fold() {
    if (op_.table == kNoTable) return group_fold();
    if (op_.table >= program_.schema.records.size()) return say("folds no table");
    const bool grouped = op_.grouping != kNoGrouping;
    if (op_.level != (grouped ? Level::Group : Level::Unit)) say("is at the wrong level");
    for (std::size_t i = 0; i < op_.operands.size(); ++i) {
      const Op& o = operand(i);
      if (o.level == Level::Group) say("folds rows, but reads a group");
      if (o.level == Level::Row && o.table != op_.table) say("reads rows of another table");
    }
    if (grouped && !key_of_table()) say("its grouping has no key for its table");
    if (grouped && op_.code == Opcode::fold_top_keys) say("cannot be grouped");
  }

  [[nodiscard]] bool key_of_table() const {
    for (const GroupKey& key : program_.groupings[op_.grouping].keys) {
      if (key.table == op_.table) return key.key.valid() && key.key < id_;
    }
    return false;
  }

  void group_fold() {
    if (op_.grouping >= program_.groupings.size()) return say("folds no table and no grouping");
    if (op_.level != Level::Unit) say("must be at unit level");
    if (op_.code == Opcode::fold_top_keys) say("folds only rows");
    for (std::size_t i = 0; i < op_.operands.size(); ++i) {
      const Op& o = operand(i);
      if (o.level == Level::Row) say("folds groups, but reads a row");
      if (o.level == Level::Group && o.grouping != op_.grouping) say("reads another grouping");
    }
  }

  void population() {
    if (op_.level != Level::Unit) say("must be at unit level");
    for (std::size_t i = 0; i < op_.operands.size(); ++i) {
      if (operand(i).level > Level::Unit) say("reads something that is no unit value");
    }
  }

  const Program& program_;
  OpId id_;
  const Op& op_;
  const OpFacts& fact_;
  std::vector<std::string>& out_;
};

}  // namespace

void verify_ops(const Program& program, std::vector<std::string>& out) {
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    OpCheck(program, program.ops.id_at(i), out).run();
  }
}

}  // namespace xize::program

// encoder: the program of a policy as formulas over one unit in one period. Each op becomes what
// the interpreter makes of it: a value and the states it may be in.
// In: a program, a workspace. Out: the meaning of any op, on demand; what holds of sound data.
// Must hold: for every admissible unit there are values of the unknowns under which each meaning is
// what the interpreter computes. So what can never hold here never happens; what can hold here may
// still not happen, where a reason says that an unknown is known only in part.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "compiler/verify/workspace.h"
#include "runtime/program/program.h"

namespace xize::verify {

using program::Op;
using program::Opcode;
using program::OpId;

// An op that may raise a fault, and the switch that lets it.
struct Site {
  OpId op;
  value::FaultKind kind = value::FaultKind::DivisionByZero;
  TermId enabled;
};

// Rows of a records table: those of `source` for which `also` holds (or does not).
struct RowsWhere {
  std::uint16_t table = program::kNoTable;
  OpId where;
  OpId also = {};
  bool negated = false;
};

// Columns that stand for another one's cell, so that two items read the same unit.
using Renames = std::map<std::string, std::string>;

class Encoder {
 public:
  Encoder(Workspace& space, const program::Program& program, Renames renames = {});

  // The same unit but for the value of one cell: `input` is a column or parameter op. What does not
  // depend on it is what `base` says of it.
  Encoder(Encoder& base, OpId input);
  // The same unit, with some ops that are not looked into: each is what `cut` says of it.
  Encoder(Encoder& base, const std::map<OpId, Meaning>& cut);

  // Of a constant or unit op.
  const Meaning& operator()(OpId op) { return at(op, kUnit); }
  // The checks of the data become facts.
  void add_checks();

  // Neither missing, 不涉及, pending nor a fault.
  TermId usable(const Meaning& m);
  TermId is_true(OpId op);  // a usable boolean that holds

  // Is it another value than in the base?
  [[nodiscard]] bool differs(OpId op) const { return base_ != nullptr && depends_[op.index]; }

  [[nodiscard]] const std::vector<Site>& sites() const { return sites_; }
  [[nodiscard]] const program::Program& program() const { return program_; }
  [[nodiscard]] Workspace& space() { return space_; }
  // The cell of a column of the unit table; of a parameter.
  const Cell& cell(std::uint32_t column) { return input(column, false); }
  const Cell& parameter(std::uint32_t slot) { return input(slot, true); }

 private:
  static constexpr int kUnit = -1;
  using Operands = std::vector<Meaning>;

  // Made once in the workspace for equal keys.
  template <class Make>
  const Meaning& shared(std::vector<std::uint32_t> key, Make&& make) {
    const auto it = space_.shared.find(key);
    if (it != space_.shared.end()) return it->second;
    Meaning made = make();
    return space_.shared.emplace(std::move(key), made).first->second;
  }
  const Cell& input(std::uint32_t index, bool parameter);
  const Meaning& at(OpId op, int row);
  Meaning encode(OpId op, int row);
  Meaning leaf(OpId op, int row);
  Meaning constant(const value::Value& value);
  Meaning of_cell(const Cell& cell);
  Meaning lazy(const Op& op, const Operands& x);
  Meaning choice(TermId condition, const Meaning& a, const Meaning& b);
  Meaning scalar(OpId id, const Operands& x);
  Meaning comparison(const Op& op, const Operands& x);
  Meaning plain(TermId value);
  Meaning faulty(TermId value, TermId fault);
  TermId any_unusable(const Operands& x);
  // A fault that this op raises where `condition` holds and its operands can be used.
  TermId raise(OpId op, value::FaultKind kind, TermId condition);
  void assume_mark(const Op& op, TermId condition);
  [[nodiscard]] bool reads_only_cells(OpId op) const;
  // From `depends_`, where some ops are set, to all that rest on them.
  void spread_dependence();

  // arithmetic.cpp
  std::optional<Meaning> arithmetic(OpId id, const Operands& x);
  TermId rounded(TermId x, TermId places, value::Rounding mode, OpId op);
  TermId rounded_to_whole(TermId x, value::Rounding mode);
  TermId raised_to(TermId base, const Meaning& exponent, OpId op);
  TermId best_of(const Operands& x);
  Meaning checked_mark(OpId id, const Operands& x);
  // dates.cpp
  Meaning date(OpId id, const Operands& x);
  Meaning dated(const Op& op, const Operands& x);
  // folds.cpp
  Meaning fold(OpId id, int row);
  Meaning group_fold(OpId id);
  Meaning unknown_fold(OpId id);
  void add_grouping(std::uint16_t grouping, std::vector<std::uint32_t>& key);
  TermId count_of(const RowsWhere& rows, program::Origin origin);
  TermId holds_in(const RowsWhere& rows, int row);
  TermId fold_value(OpId id, Opcode as, TermId count);
  TermId fold_fault(OpId id, const Operands& unit);
  void link_fold(OpId id, Opcode as, TermId value);
  TermId row_occurs(std::uint16_t table, int row);
  const std::string& table_name(std::uint16_t table) const;
  void relate_sums(const std::vector<std::uint32_t>& key, TermId sum);
  void relate_counts(std::uint16_t table, TermId where, TermId count);
  // population.cpp
  Meaning population(OpId id);
  Meaning compared(OpId id, const Operands& x);
  Meaning previous_of(const Meaning& of, const Reason& reason);

  Workspace& space_;
  smt::Terms& terms_;
  const program::Program& program_;
  Renames renames_;
  std::map<std::pair<OpId, int>, Meaning> known_;
  Encoder* base_ = nullptr;
  std::optional<Op> replaced_;
  Cell replacement_;
  std::vector<bool> depends_;  // by op: on what is not as in the base
  std::vector<Site> sites_;
};

}  // namespace xize::verify

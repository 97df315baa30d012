#include "compiler/verify/encoder.h"

#include <algorithm>
#include <unordered_set>

namespace xize::verify {

using program::Level;
using program::Shape;
using value::FaultKind;

Encoder::Encoder(Workspace& space, const program::Program& program, Renames renames)
    : space_(space), terms_(space.terms), program_(program), renames_(std::move(renames)) {}

Encoder::Encoder(Encoder& base, OpId input)
    : space_(base.space_),
      terms_(base.terms_),
      program_(base.program_),
      renames_(base.renames_),
      base_(&base),
      depends_(base.program_.ops.size(), false) {
  const Op& of = program_.ops[input];
  const bool parameter = of.code == Opcode::parameter;
  Cell other = base.input(of.imm, parameter);
  replaced_ = of;
  other.value = this->input(of.imm, parameter).value;
  replacement_ = other;
  for (std::size_t i = 0; i < program_.ops.size(); ++i) {
    const Op& op = program_.ops[OpId(i)];
    depends_[i] = op.code == of.code && op.level == of.level && op.imm == of.imm;
  }
  spread_dependence();
}

Encoder::Encoder(Encoder& base, const std::map<OpId, Meaning>& cut)
    : space_(base.space_),
      terms_(base.terms_),
      program_(base.program_),
      renames_(base.renames_),
      base_(&base),
      depends_(base.program_.ops.size(), false) {
  for (const auto& [op, meaning] : cut) {
    known_.emplace(std::pair(op, kUnit), meaning);
    depends_[op.index] = true;
  }
  spread_dependence();
}

void Encoder::spread_dependence() {
  for (std::size_t i = 0; i < program_.ops.size(); ++i) {
    const Op& op = program_.ops[OpId(i)];
    for (const OpId operand : op.operands) depends_[i] = depends_[i] || depends_[operand.index];
    if (op.grouping == program::kNoGrouping) continue;
    for (const program::GroupKey& key : program_.groupings[op.grouping].keys) {
      depends_[i] = depends_[i] || depends_[key.key.index];
    }
  }
}

// ---- cells

const Cell& Encoder::input(std::uint32_t index, bool parameter) {
  const auto code = parameter ? Opcode::parameter : Opcode::column;
  const bool here = replaced_ && replaced_->code == code && replaced_->imm == index;
  if (here && replacement_.value) return replacement_;
  table::ColumnSchema schema =
      parameter ? program_.parameters[index].schema : program_.schema.units.columns[index];
  if (parameter) schema.name = program_.parameters[index].name;
  const auto renamed = renames_.find(schema.name);
  if (renamed != renames_.end()) schema.name = renamed->second;
  return space_.cell(parameter ? kParameters : "", here ? 1 : 0, schema);
}

void Encoder::add_checks() {
  for (const program::DataCheck& check : program_.checks) {
    const Op& op = program_.ops[check.condition];
    if (op.level == Level::Row) {
      for (int row = 0; row < kWitnessRows; ++row) {
        const Meaning m = at(check.condition, row);
        const TermId times = row_occurs(op.table, row);
        space_.links.push_back(
            {times, terms_.implies(terms_.less(terms_.number(0), times),
                                   terms_.or_(terms_.not_(usable(m)), m.value))});
      }
      continue;
    }
    const Meaning m = (*this)(check.condition);
    if (m.value) space_.facts.push_back(terms_.or_(terms_.not_(usable(m)), m.value));
  }
}

// ---- states

Meaning Encoder::plain(TermId value) {
  const TermId no = terms_.boolean(false);
  return {value, no, no, no, no};
}

Meaning Encoder::faulty(TermId value, TermId fault) {
  Meaning m = plain(value);
  m.fault = fault;
  return m;
}

TermId Encoder::usable(const Meaning& m) {
  return terms_.not_(
      terms_.or_(terms_.or_(m.missing, m.not_applicable), terms_.or_(m.pending, m.fault)));
}

TermId Encoder::is_true(OpId op) {
  const Meaning m = (*this)(op);
  if (!m.value || !terms_.is_boolean(m.value)) return terms_.boolean(false);
  return terms_.and_(usable(m), m.value);
}

TermId Encoder::any_unusable(const Operands& x) {
  TermId any = terms_.boolean(false);
  for (const Meaning& m : x) any = terms_.or_(any, terms_.not_(usable(m)));
  return any;
}

TermId Encoder::raise(OpId op, FaultKind kind, TermId condition) {
  if (terms_.is_false(condition)) return condition;
  for (const Site& site : sites_) {
    if (site.op == op && site.kind == kind) return terms_.and_(condition, site.enabled);
  }
  sites_.push_back({op, kind, terms_.truth()});
  return terms_.and_(condition, sites_.back().enabled);
}

// ---- ops

const Meaning& Encoder::at(OpId op, int row) {
  if (base_ != nullptr && !depends_[op.index]) return base_->at(op, row);
  if (program_.ops[op].level != Level::Row) row = kUnit;
  const auto it = known_.find({op, row});
  if (it != known_.end()) return it->second;
  Meaning made = encode(op, row);
  return known_.emplace(std::pair(op, row), made).first->second;
}

Meaning Encoder::encode(OpId id, int row) {
  const Op& op = program_.ops[id];
  const Shape shape = program::facts(op.code).shape;
  if (shape == Shape::Leaf) return leaf(id, row);
  if (shape == Shape::Fold) return fold(id, row);
  if (shape == Shape::Population) return population(id);
  Operands x;
  for (const OpId operand : op.operands) x.push_back(at(operand, row));
  switch (op.code) {
    case Opcode::select:
    case Opcode::coalesce:
    case Opcode::and_:
    case Opcode::or_: return lazy(op, x);
    case Opcode::is_missing: return faulty(x[0].missing, x[0].fault);
    case Opcode::is_na: return faulty(x[0].not_applicable, x[0].fault);
    case Opcode::is_pending: return faulty(x[0].pending, x[0].fault);
    case Opcode::row_in_keys:
      return faulty(space_.unknown_truth({ReasonKind::Records, op.origin}), any_unusable(x));
    default: return scalar(id, x);
  }
}

Meaning Encoder::constant(const value::Value& value) {
  Meaning m = plain({});
  const TermId yes = terms_.boolean(true);
  if (const auto* b = std::get_if<bool>(&value)) {
    m.value = terms_.boolean(*b);
  } else if (std::holds_alternative<value::Missing>(value)) {
    m.missing = yes;
  } else if (std::holds_alternative<value::NotApplicable>(value)) {
    m.not_applicable = yes;
  } else if (std::holds_alternative<value::Pending>(value)) {
    m.pending = yes;
  } else if (std::holds_alternative<value::Fault>(value)) {
    m.fault = yes;
  } else {
    m.value = space_.number_of(value, program_.strings);
  }
  return m;
}

Meaning Encoder::of_cell(const Cell& cell) {
  Meaning m = plain(cell.value);
  if (cell.missing) m.missing = cell.missing;
  // A cell has one state: a blank one says nothing else.
  if (cell.not_applicable) {
    m.not_applicable = terms_.and_(terms_.not_(m.missing), cell.not_applicable);
  }
  return m;
}

Meaning Encoder::leaf(OpId id, int row) {
  const Op& op = program_.ops[id];
  switch (op.code) {
    case Opcode::constant: return constant(program_.constants[op.imm]);
    case Opcode::period: return plain(space_.period());
    case Opcode::group_key: {
      std::vector<std::uint32_t> key = {kGroupKey};
      add_grouping(op.grouping, key);
      return shared(key, [&] {
        return plain(space_.unknown({}, true, {ReasonKind::Groups, op.origin}));
      });
    }
    case Opcode::parameter: return of_cell(parameter(op.imm));
    case Opcode::is_unit_in: {
      TermId any = terms_.boolean(false);
      for (const std::string& name : program_.unit_sets[op.imm]) {
        const auto number = std::int64_t{space_.texts.intern(name)};
        any = terms_.or_(any, terms_.equal(space_.unit_name(), terms_.number(number)));
      }
      return plain(any);
    }
    case Opcode::fault: {
      const auto kind = static_cast<FaultKind>(op.imm);
      const Reason open{ReasonKind::Unspecified, op.origin};
      if (kind == FaultKind::Unspecified) return plain(space_.unknown({}, false, open));
      return faulty({}, raise(id, kind, terms_.boolean(true)));
    }
    default: break;  // column
  }
  if (op.level == Level::Row) {
    const table::TableSchema& table = program_.schema.records[op.table];
    return of_cell(space_.cell(table.name, row, table.columns[op.imm]));
  }
  if (op.imm == program_.schema.units.period_column) return plain(space_.period());
  return of_cell(cell(op.imm));
}

Meaning Encoder::choice(TermId condition, const Meaning& a, const Meaning& b) {
  Meaning m;
  m.value = !a.value ? b.value : !b.value ? a.value : terms_.choose(condition, a.value, b.value);
  m.missing = terms_.choose(condition, a.missing, b.missing);
  m.not_applicable = terms_.choose(condition, a.not_applicable, b.not_applicable);
  m.pending = terms_.choose(condition, a.pending, b.pending);
  m.fault = terms_.choose(condition, a.fault, b.fault);
  return m;
}

// What is not used cannot be at fault.
Meaning Encoder::lazy(const Op& op, const Operands& x) {
  if (op.code == Opcode::coalesce) return choice(x[0].missing, x[1], x[0]);
  const TermId usable_first = usable(x[0]);
  const TermId first = x[0].value ? x[0].value : terms_.boolean(false);
  const Meaning unusable = faulty({}, terms_.boolean(true));
  if (op.code == Opcode::select) {
    assume_mark(op, terms_.or_(terms_.not_(usable_first), first));
    return choice(usable_first, choice(first, x[1], x[2]), unusable);
  }
  const TermId second = x[1].value ? x[1].value : terms_.boolean(false);
  const bool both = op.code == Opcode::and_;
  const TermId needs_second = both ? first : terms_.not_(first);
  const TermId fault = terms_.or_(terms_.not_(usable_first),
                                  terms_.and_(needs_second, terms_.not_(usable(x[1]))));
  return faulty(both ? terms_.and_(first, second) : terms_.or_(first, second), fault);
}

Meaning Encoder::scalar(OpId id, const Operands& x) {
  const Op& op = program_.ops[id];
  const TermId unusable = any_unusable(x);
  // An operand that never has a value leaves none here.
  if (std::any_of(x.begin(), x.end(), [](const Meaning& m) { return !m.value.valid(); })) {
    return faulty({}, unusable);
  }
  Meaning m = faulty({}, terms_.boolean(false));
  switch (op.code) {
    case Opcode::not_: m.value = terms_.not_(x[0].value); break;
    case Opcode::eq:
    case Opcode::ne:
    case Opcode::lt:
    case Opcode::le:
    case Opcode::gt:
    case Opcode::ge: m = comparison(op, x); break;
    default:
      if (auto made = arithmetic(id, x)) {
        m = *made;
      } else {
        m = date(id, x);
      }
  }
  m.fault = terms_.or_(unusable, m.fault);
  return m;
}

Meaning Encoder::comparison(const Op& op, const Operands& x) {
  const TermId a = x[0].value;
  const TermId b = x[1].value;
  switch (op.code) {
    case Opcode::eq: return plain(terms_.equal(a, b));
    case Opcode::ne: return plain(terms_.not_(terms_.equal(a, b)));
    case Opcode::lt: return plain(terms_.less(a, b));
    case Opcode::le: return plain(terms_.at_most(a, b));
    case Opcode::gt: return plain(terms_.less(b, a));
    default: return plain(terms_.at_most(b, a));
  }
}

// ---- marks

bool Encoder::reads_only_cells(OpId root) const {
  std::vector<OpId> open = {root};
  std::unordered_set<OpId> seen;
  while (!open.empty()) {
    const OpId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const Op& op = program_.ops[id];
    const Shape shape = program::facts(op.code).shape;
    if (shape == Shape::Fold || shape == Shape::Population) return false;
    open.insert(open.end(), op.operands.begin(), op.operands.end());
  }
  return true;
}

// Marks are given, and one that an assessor enters lies in its band: what does not is an error of
// the data.
void Encoder::assume_mark(const Op& op, TermId condition) {
  const Op& otherwise = program_.ops[op.operands[2]];
  if (op.level == Level::Row || otherwise.code != Opcode::fault) return;
  const auto kind = static_cast<FaultKind>(otherwise.imm);
  const bool banded = kind == FaultKind::MarkOutOfRange && reads_only_cells(op.operands[0]);
  if (banded || kind == FaultKind::PendingMark) space_.facts.push_back(condition);
}

}  // namespace xize::verify

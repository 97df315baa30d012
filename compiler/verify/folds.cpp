// Records: a fold is an unknown with what is known of it over any records, and beside it what it is
// over the few kinds of rows that a counterexample may hold.
#include <algorithm>

#include "compiler/smt/bounds.h"
#include "compiler/verify/encoder.h"

namespace xize::verify {

using program::Level;
using value::FaultKind;

namespace {

// What a fold is not defined without.
bool needs_rows(Opcode code) {
  switch (code) {
    case Opcode::fold_average:
    case Opcode::fold_min:
    case Opcode::fold_max:
    case Opcode::fold_median:
    case Opcode::fold_last:
    case Opcode::fold_trim:
    case Opcode::fold_trim_share: return true;
    default: return false;
  }
}

// How many operands are read on each row (as in the interpreter's fold).
std::size_t row_operands(Opcode code) {
  if (code == Opcode::fold_count) return 1;
  const bool three = code == Opcode::fold_last || code == Opcode::fold_highest ||
                     code == Opcode::fold_top_keys;
  return three ? 3 : 2;
}

}  // namespace

const std::string& Encoder::table_name(std::uint16_t table) const {
  return program_.schema.records[table].name;
}

TermId Encoder::row_occurs(std::uint16_t table, int row) {
  const TermId times = space_.occurs(table_name(table), row);
  // A record of a counterexample lies in the period that is looked at.
  const table::TableSchema& schema = program_.schema.records[table];
  const auto column = schema.period_column;
  if (column == table::kNoColumn) return times;
  const TermId value = space_.cell(schema.name, row, schema.columns[column]).value;
  const table::TableSchema& units = program_.schema.units;
  const auto each = static_cast<int>(units.columns[units.period_column].months_each);
  const value::Month first = space_.period_of_example();
  Rational low(first.months);
  Rational high(first.months + each - 1);
  if (schema.columns[column].type == table::ColumnType::Date) {
    low = Rational(value::first_day(first).days);
    high = Rational(value::last_day({first.months + each - 1}).days);
  }
  const std::vector<std::uint32_t> key = {kRowsOf, times.index, value.index};
  if (space_.known.emplace(key, times).second) {
    space_.links.push_back({times, terms_.and_(terms_.at_most(terms_.number(low), value),
                                               terms_.at_most(value, terms_.number(high)))});
  }
  return times;
}

TermId Encoder::holds_in(const RowsWhere& rows, int row) {
  const Meaning where = at(rows.where, row);
  TermId holds = terms_.and_(usable(where), where.value);
  if (!rows.also) return holds;
  const Meaning also = at(rows.also, row);
  const TermId second = rows.negated ? terms_.not_(also.value) : also.value;
  return terms_.and_(holds, terms_.and_(usable(also), second));
}

// ---- counts

namespace {

// The parts of a conjunction.
void add_parts(const smt::Terms& terms, TermId id, std::vector<TermId>& parts) {
  if (terms[id].kind == smt::TermKind::And) {
    add_parts(terms, terms[id].a, parts);
    add_parts(terms, terms[id].b, parts);
  } else if (!terms.is_true(id)) {
    parts.push_back(id);
  }
}

std::vector<TermId> parts_of(const smt::Terms& terms, TermId id) {
  std::vector<TermId> parts;
  add_parts(terms, id, parts);
  std::sort(parts.begin(), parts.end());
  return parts;
}

bool includes(const std::vector<TermId>& all, const std::vector<TermId>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

}  // namespace

// Rows that hold more conditions are no more of them; two kinds that exclude each other are
// together no more than what holds both.
void Encoder::relate_counts(std::uint16_t table, TermId where, TermId count) {
  const std::uint32_t name = space_.texts.intern(table_name(table));
  struct Known {
    std::vector<TermId> parts;
    TermId count;
  };
  std::vector<Known> others;
  const auto first = space_.known.lower_bound({kCount, name});
  for (auto it = first; it != space_.known.end(); ++it) {
    if (it->first[0] != kCount || it->first[1] != name) break;
    if (it->second != count) {
      others.push_back({parts_of(terms_, TermId(it->first[2])), it->second});
    }
  }
  const Known own{parts_of(terms_, where), count};
  const auto excludes = [&](const Known& a, const Known& b) {
    return std::any_of(a.parts.begin(), a.parts.end(), [&](TermId part) {
      return std::binary_search(b.parts.begin(), b.parts.end(), terms_.not_(part));
    });
  };
  const auto fact = [&](TermId less, TermId more) {
    space_.facts.push_back(terms_.at_most(less, more));
  };
  for (const Known& a : others) {
    if (includes(a.parts, own.parts)) fact(a.count, count);
    if (includes(own.parts, a.parts)) fact(count, a.count);
    for (const Known& b : others) {
      if (b.count < a.count && excludes(a, b) && includes(a.parts, own.parts) &&
          includes(b.parts, own.parts)) {
        fact(terms_.add(a.count, b.count), count);
      }
      if (excludes(own, a) && includes(own.parts, b.parts) && includes(a.parts, b.parts)) {
        fact(terms_.add(count, a.count), b.count);
      }
    }
  }
}

// Of numbers that are not negative, more rows sum up to more.
void Encoder::relate_sums(const std::vector<std::uint32_t>& key, TermId sum) {
  const auto own = parts_of(terms_, TermId(key[2]));
  for (const auto& [other, value] : space_.known) {
    const bool alike = other.size() == 4 && key.size() == 4 && other[0] == key[0] &&
                       other[1] == key[1] && other[3] == key[3] && value != sum;
    if (!alike) continue;
    const auto parts = parts_of(terms_, TermId(other[2]));
    if (includes(parts, own)) space_.facts.push_back(terms_.at_most(value, sum));
    if (includes(own, parts)) space_.facts.push_back(terms_.at_most(sum, value));
  }
}

TermId Encoder::count_of(const RowsWhere& rows, program::Origin origin) {
  const TermId where = holds_in(rows, kAnyRow);
  if (terms_.is_false(where)) return terms_.number(0);
  const std::uint32_t name = space_.texts.intern(table_name(rows.table));
  TermId& known = space_.known[{kCount, name, where.index}];
  if (known) return known;
  const TermId count =
      space_.unknown({Rational(0), std::nullopt}, true, {ReasonKind::Records, origin});
  known = count;
  relate_counts(rows.table, where, count);
  TermId sum = terms_.number(0);
  for (int row = 0; row < kWitnessRows; ++row) {
    const TermId times = row_occurs(rows.table, row);
    sum = terms_.add(sum, terms_.choose(holds_in(rows, row), times, terms_.number(0)));
  }
  space_.links.push_back({count, terms_.equal(count, sum)});
  return count;
}

// ---- values

// `as`: the fold's own operation, or the sum behind an average.
TermId Encoder::fold_value(OpId id, Opcode as, TermId count) {
  const Op& op = program_.ops[id];
  const Reason reason{ReasonKind::Records, op.origin};
  const Meaning element = at(op.operands[1], kAnyRow);
  if (element.value && terms_.is_boolean(element.value)) return space_.unknown_truth(reason);
  const smt::Term each = element.value ? terms_[element.value] : smt::Term();
  const bool positive = smt::never_negative(each.bounds);
  const bool negative = smt::never_positive(each.bounds);
  const auto at_most_each = [&](TermId value, bool adds) {  // of `count` elements, each in range
    if (each.bounds.high && (adds || !negative)) {
      space_.facts.push_back(terms_.at_most(value, terms_.scale(*each.bounds.high, count)));
    }
    if (each.bounds.low && (adds || !positive)) {
      space_.facts.push_back(terms_.at_most(terms_.scale(*each.bounds.low, count), value));
    }
  };
  const Bounds sum{positive ? std::optional(Rational(0)) : std::nullopt,
                   negative ? std::optional(Rational(0)) : std::nullopt};
  switch (as) {
    case Opcode::fold_distinct:
    case Opcode::fold_top_keys: {
      const TermId value = space_.unknown({Rational(0), std::nullopt}, true, reason);
      space_.facts.push_back(terms_.at_most(value, count));
      return value;
    }
    case Opcode::fold_sum: {
      const TermId value = space_.unknown(sum, each.whole, reason);
      at_most_each(value, true);
      return value;
    }
    case Opcode::fold_highest:
    case Opcode::fold_best_sum: {
      const TermId value = space_.unknown(sum, each.whole, reason);
      at_most_each(value, false);
      return value;
    }
    case Opcode::fold_min:
    case Opcode::fold_max:
    case Opcode::fold_last: return space_.unknown(each.bounds, each.whole, reason);
    default: return space_.unknown(each.bounds, false, reason);  // averages of some kind
  }
}

// What the value is over the rows of a counterexample.
void Encoder::link_fold(OpId id, Opcode as, TermId value) {
  const Op& op = program_.ops[id];
  const RowsWhere rows{op.table, op.operands[0]};
  TermId sum = terms_.number(0);
  TermId bounded = terms_.boolean(true);
  TermId reached = terms_.boolean(false);
  for (int row = 0; row < kWitnessRows; ++row) {
    const TermId times = row_occurs(op.table, row);
    const TermId here = holds_in(rows, row);
    const TermId element = at(op.operands[1], row).value;
    if (!element || terms_.is_boolean(element)) return;
    if (as == Opcode::fold_sum) {
      const TermId part = terms_.multiply(times, element);
      sum = terms_.add(sum, terms_.choose(here, part, terms_.number(0)));
      continue;
    }
    const TermId present = terms_.and_(here, terms_.less(terms_.number(0), times));
    const TermId fits = as == Opcode::fold_min ? terms_.at_most(value, element)
                                                    : terms_.at_most(element, value);
    bounded = terms_.and_(bounded, terms_.implies(present, fits));
    reached = terms_.or_(reached, terms_.and_(present, terms_.equal(value, element)));
  }
  const TermId empty = terms_.equal(count_of(rows, op.origin), terms_.number(0));
  switch (as) {
    case Opcode::fold_sum: space_.links.push_back({value, terms_.equal(value, sum)}); return;
    case Opcode::fold_min:
    case Opcode::fold_max:
      space_.links.push_back({value, terms_.or_(empty, terms_.and_(bounded, reached))});
      return;
    default: return;
  }
}

// ---- faults

TermId Encoder::fold_fault(OpId id, const Operands& unit) {
  const Op& op = program_.ops[id];
  const auto unusable_in = [&](int row) {
    const Meaning where = at(op.operands[0], row);
    TermId bad = terms_.boolean(false);
    for (std::size_t i = 1; i < row_operands(op.code); ++i) {
      bad = terms_.or_(bad, terms_.not_(usable(at(op.operands[i], row))));
    }
    return terms_.or_(terms_.not_(usable(where)), terms_.and_(where.value, bad));
  };
  TermId fault = any_unusable(unit);
  const TermId any = unusable_in(kAnyRow);
  if (!terms_.is_false(any)) {
    TermId& flag = space_.known[{kRowFault, any.index}];
    if (!flag) {
      flag = space_.unknown_truth({ReasonKind::Records, op.origin});
      const TermId raised = flag;
      space_.facts.push_back(terms_.implies(raised, unusable_in(space_.next_single_row())));
      TermId some = terms_.boolean(false);
      for (int row = 0; row < kWitnessRows; ++row) {
        const TermId there = terms_.less(terms_.number(0), row_occurs(op.table, row));
        some = terms_.or_(some, terms_.and_(there, unusable_in(row)));
      }
      space_.links.push_back({raised, terms_.equal(raised, some)});
      fault = terms_.or_(fault, raise(id, FaultKind::MissingValue, raised));
    } else {
      fault = terms_.or_(fault, raise(id, FaultKind::MissingValue, flag));
    }
  }
  if (!needs_rows(op.code)) return fault;
  const RowsWhere rows{op.table, op.operands[0]};
  TermId empty = terms_.equal(count_of(rows, op.origin), terms_.number(0));
  if (op.code == Opcode::fold_trim || op.code == Opcode::fold_trim_share) {
    empty = terms_.or_(empty, space_.unknown_truth({ReasonKind::Records, op.origin}));
  }
  return terms_.or_(fault, raise(id, FaultKind::EmptyAggregate, empty));
}

Meaning Encoder::fold(OpId id, int row) {
  const Op& op = program_.ops[id];
  if (op.level == Level::Group || op.table == program::kNoTable) return group_fold(id);
  Operands unit;
  for (std::size_t i = row_operands(op.code); i < op.operands.size(); ++i) {
    unit.push_back(at(op.operands[i], row));
  }
  const TermId fault = fold_fault(id, unit);
  const RowsWhere rows{op.table, op.operands[0]};
  if (op.code == Opcode::fold_any || op.code == Opcode::fold_all) {
    const bool all = op.code == Opcode::fold_all;
    const TermId count = count_of({op.table, op.operands[0], op.operands[1], all}, op.origin);
    const TermId none = terms_.equal(count, terms_.number(0));
    return faulty(all ? none : terms_.not_(none), fault);
  }
  const TermId count = count_of(rows, op.origin);
  if (op.code == Opcode::fold_count) return faulty(count, fault);
  std::vector<std::uint32_t> key = {static_cast<std::uint32_t>(op.code),
                                    space_.texts.intern(table_name(op.table)),
                                    holds_in(rows, kAnyRow).index};
  for (std::size_t i = 1; i < op.operands.size(); ++i) {
    key.push_back(at(op.operands[i], kAnyRow).value.index);
  }
  const auto made = [&](Opcode as) {
    key[0] = static_cast<std::uint32_t>(as);
    const auto [it, fresh] = space_.known.try_emplace(key);
    if (fresh) {
      it->second = fold_value(id, as, count);
      link_fold(id, as, it->second);
      const TermId element = at(op.operands[1], kAnyRow).value;
      const bool grows = element.valid() && smt::never_negative(terms_[element].bounds);
      if (as == Opcode::fold_sum && grows) relate_sums(key, it->second);
    }
    return std::pair(it->second, fresh);
  };
  const auto [value, fresh] = made(op.code);
  if (fresh && op.code == Opcode::fold_average) {
    const TermId sum = made(Opcode::fold_sum).first;
    space_.facts.push_back(terms_.equal(terms_.multiply(value, count), sum));
  }
  return faulty(value, fault);
}

void Encoder::add_grouping(std::uint16_t grouping, std::vector<std::uint32_t>& key) {
  for (const program::GroupKey& of : program_.groupings[grouping].keys) {
    key.push_back(space_.texts.intern(table_name(of.table)));
    key.push_back(at(of.key, kAnyRow).value.index);
  }
}

// Groups of records are known only by their ranges.
Meaning Encoder::group_fold(OpId id) {
  const Op& op = program_.ops[id];
  std::vector<std::uint32_t> key = {kGroups + static_cast<std::uint32_t>(op.code),
                                    op.level == Level::Group ? 1u : 0u};
  if (op.table != program::kNoTable) key.push_back(space_.texts.intern(table_name(op.table)));
  add_grouping(op.grouping, key);
  for (const OpId operand : op.operands) {
    const Meaning& m = at(operand, kAnyRow);
    key.insert(key.end(), {m.value.index, m.fault.index, m.missing.index});
  }
  return shared(key, [&] { return unknown_fold(id); });
}

Meaning Encoder::unknown_fold(OpId id) {
  const Op& op = program_.ops[id];
  const Reason reason{ReasonKind::Groups, op.origin};
  TermId bad = terms_.boolean(needs_rows(op.code));
  for (const OpId operand : op.operands) {
    bad = terms_.or_(bad, terms_.not_(usable(at(operand, kAnyRow))));
  }
  for (const program::GroupKey& key : program_.groupings[op.grouping].keys) {
    bad = terms_.or_(bad, terms_.not_(usable(at(key.key, kAnyRow))));
  }
  const TermId fault =
      terms_.is_false(bad) ? bad
                           : raise(id, FaultKind::EmptyAggregate, space_.unknown_truth(reason));
  const bool truth = op.type == program::Type::Bool;
  if (truth) return faulty(space_.unknown_truth(reason), fault);
  const bool counts = op.code == Opcode::fold_count || op.code == Opcode::fold_distinct ||
                      op.code == Opcode::fold_top_keys;
  if (counts) return faulty(space_.unknown({Rational(0), std::nullopt}, true, reason), fault);
  const TermId element = at(op.operands[1], kAnyRow).value;
  Bounds bounds = element && !terms_.is_boolean(element) ? terms_[element].bounds : Bounds();
  const bool adds = op.code == Opcode::fold_sum || op.code == Opcode::fold_highest ||
                    op.code == Opcode::fold_best_sum;
  if (adds) {
    const bool positive = smt::never_negative(bounds);
    bounds = {positive ? std::optional(Rational(0)) : std::nullopt, std::nullopt};
  }
  return faulty(space_.unknown(bounds, false, reason), fault);
}

}  // namespace xize::verify

#include "compiler/sql/expressions.h"

#include <algorithm>

namespace xize::sql {
namespace {

using program::Level;
using program::Op;
using program::Opcode;
using program::OpId;
using program::Type;
using value::Rational;

// The signs of the comparisons.
std::string_view sign_of(Opcode code) {
  switch (code) {
    case Opcode::eq: return "($1 = $2)";
    case Opcode::ne: return "($1 <> $2)";
    case Opcode::lt: return "($1 < $2)";
    case Opcode::le: return "($1 <= $2)";
    case Opcode::gt: return "($1 > $2)";
    default: return "($1 >= $2)";
  }
}

}  // namespace

Sql unit_name(const Setting& setting, const Dialect& dialect, const Sql& text) {
  if (setting.aliases.empty()) return text;
  std::string cases;
  for (const auto& [alias, name] : setting.aliases) {
    cases += " WHEN " + quote_text(dialect, alias) + " THEN " + quote_text(dialect, name);
  }
  return build("CASE $1$2 ELSE $1 END", {text, {cases}});
}

const Term* Expressions::term(OpId id) {
  if (const auto known = known_.find(id); known != known_.end()) return &known->second;
  auto made = make(id);
  if (!made) return nullptr;
  // What is longer than a name gets one: it may be used more than once.
  if (program_.ops[id].level == level_) {
    Sql& main = made->type == Type::Number ? made->number.numerator : made->sql;
    main = query_.define(main);
    made->number.divisor = query_.define(made->number.divisor);
  }
  return &known_.emplace(id, std::move(*made)).first->second;
}

Expressions::Result Expressions::make(OpId id) {
  const Op& op = program_.ops[id];
  at_ = id;
  // Folds are given; what they are made of belongs to another table.
  if (program::facts(op.code).shape == program::Shape::Fold) return refuse(Reason::Operation);
  Operands in;
  for (const OpId operand : op.operands) {
    in.push_back(term(operand));
    if (in.back() == nullptr) return std::nullopt;
  }
  at_ = id;
  const bool states = op.code == Opcode::select || op.code == Opcode::coalesce ||
                      program::facts(op.code).result == Type::Bool;
  for (const Term* operand : in) {
    if (operand->type == Type::Any && !states) return refuse(Reason::Operation);
  }
  const bool of_unit = op.level == Level::Unit && op.code != Opcode::is_unit_in;
  if (of_unit && level_ != Level::Unit) return refuse(Reason::UnitValue);
  switch (op.code) {
    case Opcode::constant:
    case Opcode::column:
    case Opcode::parameter:
    case Opcode::fault:
    case Opcode::is_unit_in: return leaf(op);
    case Opcode::is_missing:
    case Opcode::is_na:
    case Opcode::is_pending:
    case Opcode::coalesce: return state(op, in);
    case Opcode::not_:
    case Opcode::and_:
    case Opcode::or_:
    case Opcode::select: return logic(op, in);
    case Opcode::eq:
    case Opcode::ne:
    case Opcode::lt:
    case Opcode::le:
    case Opcode::gt:
    case Opcode::ge: return comparison(op, in);
    case Opcode::min:
    case Opcode::max: return extreme(op, in);
    case Opcode::add_days:
    case Opcode::days_between:
    case Opcode::workdays_between:
    case Opcode::month_of:
    case Opcode::year_of:
    case Opcode::month_number: return date(op, in);
    case Opcode::neg:
    case Opcode::add:
    case Opcode::sub:
    case Opcode::mul:
    case Opcode::div:
    case Opcode::abs:
    case Opcode::floor:
    case Opcode::ceil:
    case Opcode::check_count: return arithmetic(op, in);
    case Opcode::check_mark: return mark(op, in);
    case Opcode::round: return round(op, in);
    case Opcode::pop_count:
    case Opcode::pop_sum:
    case Opcode::pop_average:
    case Opcode::pop_min:
    case Opcode::pop_max:
    case Opcode::pop_rank: return population(op, in);
    default: return refuse(Reason::Operation);
  }
}

Expressions::Result Expressions::leaf(const Op& op) {
  switch (op.code) {
    case Opcode::constant: return literal(program_.constants[op.imm]);
    case Opcode::parameter: {
      const auto& given = setting_.parameters;
      if (op.imm < given.size() && given[op.imm]) return literal(*given[op.imm]);
      const auto& fallback = program_.parameters[op.imm].default_value;
      return literal(fallback ? *fallback : value::Value(value::Missing{}));
    }
    case Opcode::is_unit_in: {
      compares_units_ = true;
      std::string names;
      for (const std::string& name : program_.unit_sets[op.imm]) {
        names += (names.empty() ? "" : ", ") + quote_text(dialect_, name);
      }
      if (names.empty()) return of_sql(Type::Bool, truth(false));
      return of_sql(Type::Bool, build("($1 IN ($2))", {unit_, {names}}));
    }
    case Opcode::fault: return of_sql(Type::Any, {"NULL"});
    default: break;
  }
  if (!cells_[op.imm].readable) return refuse(Reason::Column);
  return cells_[op.imm].term;
}

Expressions::Result Expressions::literal(const value::Value& value) {
  Term term;
  term.may_fault = false;
  if (const auto* n = std::get_if<Rational>(&value)) {
    auto number = arithmetic_.constant(*n);
    if (!number) return refuse(Reason::TooLarge);
    term.type = Type::Number;
    term.number = std::move(*number);
  } else if (const auto* b = std::get_if<bool>(&value)) {
    term.type = Type::Bool;
    term.sql = truth(*b);
  } else if (const auto* t = std::get_if<value::Text>(&value)) {
    term.type = Type::Text;
    term.sql = {quote_text(dialect_, program_.strings.text(t->id))};
  } else if (const auto* d = std::get_if<value::Date>(&value)) {
    term.type = Type::Date;
    term.sql = {integer(dialect_, Rational(d->days))};
  } else if (const auto* m = std::get_if<value::Month>(&value)) {
    term.type = Type::Month;
    term.sql = {integer(dialect_, Rational(m->months))};
  } else {  // a state
    term.sql = {"NULL"};
    if (std::holds_alternative<value::Missing>(value)) term.missing = truth(true);
    else if (std::holds_alternative<value::NotApplicable>(value)) term.na = truth(true);
    else return refuse(Reason::Operation);
  }
  return term;
}

Expressions::Result Expressions::state(const Op& op, const Operands& in) {
  const Term& a = *in[0];
  if (op.code == Opcode::coalesce) {
    if (a.missing.text.empty()) return a;
    return choose(a.missing, *in[1], a);
  }
  const Sql& is = op.code == Opcode::is_missing ? a.missing : a.na;
  const bool never = op.code == Opcode::is_pending || is.text.empty();
  const Sql said = never ? truth(false) : is;
  if (!a.may_fault) return of_sql(Type::Bool, said);
  // A fault has none of the states and stays a fault.
  Sql sound = build("$1 IS NOT NULL", {a.main()});
  for (const Sql& other : {a.missing, a.na}) {
    if (!other.text.empty()) sound = build("$1 OR $2", {sound, other});
  }
  return of_sql(Type::Bool, build("CASE WHEN $1 THEN $2 END", {sound, said}));
}

// `AND` and `OR` of SQL would forgive a NULL on the left.
Expressions::Result Expressions::logic(const Op& op, const Operands& in) {
  const Sql& a = in[0]->sql;
  switch (op.code) {
    case Opcode::not_: return of_sql(Type::Bool, build("(NOT $1)", {a}));
    case Opcode::and_:
      return of_sql(Type::Bool,
                    build("CASE WHEN $1 THEN $2 WHEN NOT $1 THEN FALSE END", {a, in[1]->sql}));
    case Opcode::or_:
      return of_sql(Type::Bool,
                    build("CASE WHEN $1 THEN TRUE WHEN NOT $1 THEN $2 END", {a, in[1]->sql}));
    default: return choose(a, *in[1], *in[2]);
  }
}

// Without a value it is NULL as a number, too.
Number Expressions::number_of(const Term& term) const {
  if (term.type != Type::Any) return term.number;
  return {build(dialect_.as_narrow, {term.sql}), 1, 0};
}

// The chosen one may be in any state.
Expressions::Result Expressions::choose(const Sql& condition, const Term& then,
                                        const Term& otherwise) {
  Term term;
  term.type = then.type == Type::Any ? otherwise.type : then.type;
  for (const Type type : {then.type, otherwise.type}) {
    if (type != term.type && type != Type::Any) return refuse(Reason::Operation);
  }
  if (term.type == Type::Number) {
    auto number = arithmetic_.choose(condition, number_of(then), number_of(otherwise));
    if (!number) return refuse(Reason::TooLarge);
    term.number = std::move(*number);
  } else {
    term.sql = case_of(condition, then.sql, otherwise.sql);
  }
  const auto pick_state = [&](const Sql& a, const Sql& b) {
    if (a.text.empty() && b.text.empty()) return Sql{};
    return query_.define(
        build("CASE WHEN $1 THEN $2 WHEN NOT $1 THEN $3 ELSE FALSE END",
              {condition, a.text.empty() ? truth(false) : a, b.text.empty() ? truth(false) : b}));
  };
  term.missing = pick_state(then.missing, otherwise.missing);
  term.na = pick_state(then.na, otherwise.na);
  return term;
}

Expressions::Result Expressions::comparison(const Op& op, const Operands& in) {
  const Term& a = *in[0];
  const Term& b = *in[1];
  if (a.type != b.type) return refuse(Reason::Operation);
  if (a.type != Type::Number) return of_sql(Type::Bool, build(sign_of(op.code), {a.sql, b.sql}));
  const auto both = arithmetic_.align(a.number, b.number);
  if (!both) return refuse(Reason::TooLarge);
  return of_sql(Type::Bool,
                build(sign_of(op.code), {both->first.numerator, both->second.numerator}));
}

Expressions::Result Expressions::arithmetic(const Op& op, const Operands& in) {
  const Number& a = in[0]->number;
  switch (op.code) {
    case Opcode::neg: return of_number(arithmetic_.negate(a));
    case Opcode::abs: return of_number(arithmetic_.absolute(a));
    case Opcode::floor: return of_number(arithmetic_.floor(a));
    case Opcode::add: return of_number(arithmetic_.add(a, in[1]->number));
    case Opcode::mul: return of_number(arithmetic_.multiply(a, in[1]->number));
    case Opcode::div: {
      // By a fixed number, a quotient is a product.
      const Rational* by = fixed(op.operands[1]);
      const auto factor =
          by == nullptr || by->is_zero() ? std::nullopt : arithmetic_.constant(Rational(1) / *by);
      if (factor) return of_number(arithmetic_.multiply(a, *factor));
      return of_number(arithmetic_.divide(a, in[1]->number));
    }
    case Opcode::sub: return of_number(arithmetic_.add(a, *arithmetic_.negate(in[1]->number)));
    case Opcode::ceil: {
      const auto below = arithmetic_.floor(*arithmetic_.negate(a));
      return below ? of_number(arithmetic_.negate(*below)) : refuse(Reason::TooLarge);
    }
    default: {  // check_count: a negative one is a fault
      Number counted = a;
      counted.numerator = build("CASE WHEN $1 >= 0 THEN $1 END", {a.numerator});
      counted.fixed.reset();
      return of_number(counted);
    }
  }
}

const Rational* Expressions::fixed(OpId id) const {
  const Op& op = program_.ops[id];
  if (op.code != Opcode::constant) return nullptr;
  return std::get_if<Rational>(&program_.constants[op.imm]);
}

Expressions::Result Expressions::round(const Op& op, const Operands& in) {
  const Rational* places = fixed(op.operands[1]);
  const auto digits = places == nullptr ? std::nullopt : places->to_int64();
  if (!digits || *digits > 18 || *digits < -18) return refuse(Reason::Operation);
  return of_number(arithmetic_.round(in[0]->number, static_cast<int>(*digits),
                                     static_cast<value::Rounding>(op.imm)));
}

// A judged mark within its band and on its step.
Expressions::Result Expressions::mark(const Op& op, const Operands& in) {
  const Rational* step = fixed(op.operands[3]);
  if (step == nullptr) return refuse(Reason::Operation);
  const auto low = arithmetic_.align(in[0]->number, in[1]->number);
  const auto high = arithmetic_.align(in[0]->number, in[2]->number);
  if (!low || !high) return refuse(Reason::TooLarge);
  Sql sound = build("$1 >= $2 AND $3 <= $4", {low->first.numerator, low->second.numerator,
                                              high->first.numerator, high->second.numerator});
  if (!step->is_zero()) {
    const auto steps =
        arithmetic_.multiply(in[0]->number, *arithmetic_.constant(Rational(1) / *step));
    const auto whole = steps ? arithmetic_.floor(*steps) : std::nullopt;
    const auto both = whole ? arithmetic_.align(*steps, *whole) : std::nullopt;
    if (!both) return refuse(Reason::TooLarge);
    sound = build("$1 AND $2 = $3", {sound, both->first.numerator, both->second.numerator});
  }
  Number checked = in[0]->number;
  checked.numerator = build("CASE WHEN $1 THEN $2 END", {sound, checked.numerator});
  checked.fixed.reset();
  if (in[1]->number.divisor.text.empty() && in[2]->number.divisor.text.empty() &&
      checked.divisor.text.empty()) {
    const Rational most = std::max(in[1]->number.bound / in[1]->number.denominator,
                                   in[2]->number.bound / in[2]->number.denominator);
    checked.bound = std::min(checked.bound, value::ceil(most * checked.denominator));
  }
  return of_number(checked);
}

// Not LEAST and GREATEST, which forgive NULL in some databases.
Expressions::Result Expressions::extreme(const Op& op, const Operands& in) {
  Result best = *in[0];
  const std::string_view better = op.code == Opcode::min ? "($1 <= $2)" : "($1 >= $2)";
  for (std::size_t i = 1; i < in.size() && best; ++i) {
    if (best->type != Type::Number) {
      const Sql first = query_.define(best->sql);
      best = of_sql(best->type, case_of(build(better, {first, in[i]->sql}), first, in[i]->sql));
      continue;
    }
    best->number.numerator = query_.define(best->number.numerator);
    best->number.divisor = query_.define(best->number.divisor);
    const auto both = arithmetic_.align(best->number, in[i]->number);
    if (!both) return refuse(Reason::TooLarge);
    const Sql wins = query_.define(build(better, {both->first.numerator, both->second.numerator}));
    best = of_number(arithmetic_.choose(wins, best->number, in[i]->number));
  }
  return best;
}

Expressions::Result Expressions::of_number(Arithmetic::Result number) {
  if (!number) return refuse(Reason::TooLarge);
  Term term;
  term.type = Type::Number;
  term.number = std::move(*number);
  return term;
}

Expressions::Result Expressions::of_sql(Type type, Sql sql) {
  Term term;
  term.type = type;
  term.sql = std::move(sql);
  return term;
}

Expressions::Result Expressions::refuse(Reason reason) {
  refusal_ = {at_, reason};
  return std::nullopt;
}

}  // namespace xize::sql

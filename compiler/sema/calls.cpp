// Calls: builtin functions over their arguments, functions and lookups of the policy.

#include <algorithm>
#include <array>

#include "compiler/ast/visit.h"
#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/collect.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::Builtin;

// How many arguments a builtin takes; `most` 0: any number.
struct Arity {
  std::size_t least, most;
};
Arity arity_of(Builtin builtin) {
  switch (builtin) {
    case Builtin::Min:
    case Builtin::Max:
    case Builtin::Sum: return {1, 0};
    case Builtin::Round: return {1, 2};
    case Builtin::Clamp: return {3, 3};
    case Builtin::Power: return {2, 2};
    default: return {1, 1};
  }
}

bool check_arity(Checker& c, ExprId id, const ast::Call& call) {
  const auto arity = arity_of(call.builtin);
  const auto n = call.args.size();
  if (n >= arity.least && (arity.most == 0 || n <= arity.most)) return true;
  c.report<kinds::WrongArgumentCount>(c.span(id), call.name.text,
                                     n < arity.least ? arity.least : arity.most, n);
  return false;
}

// A whole number known before any data, such as decimal places.
void check_places(Checker& c, ExprId id, const Place& place) {
  const Type type = check_number(c, id, place);
  if (!type.invalid() && !type.pure()) {
    c.report<kinds::WrongType>(c.span(id), Term{"a plain number", "不带单位的数"},
                              type_word(c.model, type));
  }
}

Type check_power(Checker& c, const ast::Call& call, const Place& place) {
  const Type base = check_number(c, call.args[0], place);
  check_places(c, call.args[1], place);
  if (base.invalid() || base.pure()) return base;
  c.report<kinds::WrongType>(c.span(call.args[0]), Term{"a plain number", "不带单位的数"},
                            type_word(c.model, base));
  return {};
}

Type check_common_numbers(Checker& c, const ast::Call& call, const Place& place) {
  const Type common = check_common(c, call.args, place, nullptr);
  const bool dates = common.is(Base::Date) || common.is(Base::Month);
  const bool extremum = call.builtin == Builtin::Min || call.builtin == Builtin::Max;
  if (common.invalid() || common.is(Base::Number) || (dates && extremum)) return common;
  c.report<kinds::ExpectedNumber>(c.span(call.args[0]), type_word(c.model, common));
  return {};
}

Type check_date_part(Checker& c, const ast::Call& call, const Place& place) {
  const Type date = check_expr(c, call.args[0], place);
  if (!date.invalid() && !date.is(Base::Date) && !date.is(Base::Month)) {
    c.report<kinds::WrongType>(c.span(call.args[0]), Term{"a date", "日期"},
                              type_word(c.model, date));
  }
  if (call.builtin == Builtin::MonthOf) return simple(Base::Month);
  Type year = number(kPure);
  year.whole = true;
  return year;
}

Type check_builtin(Checker& c, ExprId id, const ast::Call& call, const Place& place) {
  if (!check_arity(c, id, call)) return {};
  switch (call.builtin) {
    case Builtin::Min:
    case Builtin::Max:
    case Builtin::Sum:
    case Builtin::Clamp: return check_common_numbers(c, call, place);
    case Builtin::Abs: return check_number(c, call.args[0], place);
    case Builtin::Floor:
    case Builtin::Ceil: {
      Type type = check_number(c, call.args[0], place);
      type.whole = type.is(Base::Number);
      return type;
    }
    case Builtin::Round:
      if (call.args.size() > 1) check_places(c, call.args[1], place);
      return check_number(c, call.args[0], place);
    case Builtin::Power: return check_power(c, call, place);
    case Builtin::Previous:
    case Builtin::LastYear: return check_expr(c, call.args[0], place);
    case Builtin::MonthOf:
    case Builtin::YearOf: return check_date_part(c, call, place);
    case Builtin::None: break;
  }
  return {};
}

// Names columns of records where no row is at hand: meant for an aggregate inside the function.
bool reads_row(Checker& c, ExprId id, const Place& place) {
  const auto& node = c.node(id);
  if (const auto* member = std::get_if<ast::Member>(&node)) {
    const auto* base = std::get_if<ast::NameRef>(&c.node(member->base));
    return base != nullptr && source_named(c, base->name, place).has_value();
  }
  if (std::holds_alternative<ast::RecordOf>(node)) return true;
  if (std::holds_alternative<ast::Aggregate>(node)) return false;
  bool found = false;
  ast::for_each_child(node, [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), ExprId>) {
      found = found || reads_row(c, child, place);
    }
  });
  return found;
}

// Arguments mean what they mean where the call stands, wherever the body uses them.
void check_arguments(Checker& c, const ast::Call& call, const Place& place) {
  for (const auto arg : call.args) {
    c.homes.emplace(arg, place.scope);
    if (place.row.valid() || !reads_row(c, arg, place)) check_expr(c, arg, place);
  }
}

void report_unknown_function(Checker& c, const ast::Call& call) {
  if (lacks_import(c)) return;
  std::vector<std::string> known;
  for (const auto& [name, callable] : c.callables) known.emplace_back(name);
  std::ranges::sort(known);
  c.report<kinds::UnknownFunction>(call.name.span, call.name.text)
      .suggest(diagnostics::did_you_mean(call.name.text, known));
}

Type check_function(Checker& c, ExprId id, const Callable& callable, const Place& place) {
  const auto& call = std::get<ast::Call>(c.node(id));
  const auto& define = c.entry<ast::Define>(callable.function);
  if (define.params.size() != call.args.size()) {
    c.report<kinds::WrongArgumentCount>(c.span(id), call.name.text, define.params.size(),
                                       call.args.size());
    return {};
  }
  check_arguments(c, call, place);
  const auto expansion = c.expansions.find(id);
  if (expansion == c.expansions.end()) return {};  // recursive or too large: reported
  c.fact(id).binding = Expansion{expansion->second};
  Place body = place;
  body.scope = callable.scope;
  body.row = {};
  if (place.row.valid()) body.arguments_row = place.row;
  return check_expr(c, expansion->second, body);
}

}  // namespace

Type check_call(Checker& c, ExprId id, const ast::Call& call, const Place& place) {
  if (call.builtin != Builtin::None) return check_builtin(c, id, call, place);
  const auto it = c.callables.find(call.name.text);
  if (it == c.callables.end()) {
    report_unknown_function(c, call);
    for (const auto arg : call.args) check_expr(c, arg, place);
    return {};
  }
  if (it->second.function.valid()) return check_function(c, id, it->second, place);
  c.fact(id).binding = LookupCall{it->second.lookup};
  return check_lookup_call(c, it->second.lookup, call, place);
}

}  // namespace xize::sema

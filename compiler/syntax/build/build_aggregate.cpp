// Calls: aggregates, functions of plain arguments, days between two dates.
#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/expr_builder.h"

namespace xize::syntax {
namespace {

using ast::AggregateKind;
using ast::Builtin;

// What a function of keywords.def is over rows, units or a series; None: never an aggregate.
std::optional<AggregateKind> aggregate_kind(Function f) {
  switch (f) {
    case Function::Count: return AggregateKind::Count;
    case Function::Sum: return AggregateKind::Sum;
    case Function::Average: return AggregateKind::Average;
    case Function::Min: return AggregateKind::Min;
    case Function::Max: return AggregateKind::Max;
    case Function::Median: return AggregateKind::Median;
    case Function::Distinct: return AggregateKind::Distinct;
    case Function::Any: return AggregateKind::Any;
    case Function::All: return AggregateKind::All;
    case Function::Highest: return AggregateKind::Highest;
    case Function::Last: return AggregateKind::Last;
    case Function::Rank: return AggregateKind::Rank;
    case Function::Percentile: return AggregateKind::Percentile;
    case Function::Share: return AggregateKind::Share;
    default: return std::nullopt;
  }
}

// What it is over its arguments alone.
Builtin builtin(Function f) {
  switch (f) {
    case Function::Sum: return Builtin::Sum;
    case Function::Min: return Builtin::Min;
    case Function::Max: return Builtin::Max;
    case Function::Abs: return Builtin::Abs;
    case Function::Floor: return Builtin::Floor;
    case Function::Ceil: return Builtin::Ceil;
    case Function::Round: return Builtin::Round;
    case Function::Clamp: return Builtin::Clamp;
    case Function::Power: return Builtin::Power;
    case Function::Previous: return Builtin::Previous;
    case Function::LastYear: return Builtin::LastYear;
    case Function::MonthOf: return Builtin::MonthOf;
    case Function::YearOf: return Builtin::YearOf;
    default: return Builtin::None;
  }
}

// The child that begins where the expression itself begins, or an invalid handle.
ast::ExprId leftmost_child(const ast::Module& module, ast::ExprId id) {
  const auto& node = module.exprs[id].node;
  if (const auto* n = std::get_if<ast::Binary>(&node)) return n->left;
  if (const auto* n = std::get_if<ast::Member>(&node)) return n->base;
  if (const auto* n = std::get_if<ast::InInterval>(&node)) return n->operand;
  if (const auto* n = std::get_if<ast::InSet>(&node)) return n->operand;
  if (const auto* n = std::get_if<ast::InTop>(&node)) return n->operand;
  if (const auto* n = std::get_if<ast::IsState>(&node)) return n->operand;
  if (const auto* n = std::get_if<ast::Unary>(&node)) {
    // `x not in …` begins with x, `not x` does not.
    const bool begins = module.exprs[n->operand].span.begin == module.exprs[id].span.begin;
    return begins ? n->operand : ast::ExprId();
  }
  return {};
}

bool is_bare_name(const ast::ExprNode& node) {
  return std::holds_alternative<ast::NameRef>(node) ||
         std::holds_alternative<ast::TotalRef>(node) || std::holds_alternative<ast::GradeRef>(node);
}

// The kind of an argument tail: the type of its word, one for both forms of `over units`.
std::size_t argument_tail_kind(Grammar::ArgumentTailContext* tail) {
  if (tail->SEPARATELY() != nullptr) return Grammar::BY;
  return tail->overTail() != nullptr ? std::size_t{Grammar::OVER} : head_type(tail);
}

bool among(const std::vector<std::size_t>& list, std::size_t one) {
  return std::ranges::find(list, one) != list.end();
}

}  // namespace

ast::ExprId ExprBuilder::function(Grammar::FunctionPrimaryContext* ctx) {
  const auto* head = token(ctx->FUNCTION());
  if (head == nullptr || head->role < 0) return invalid(ctx);
  const Span span = span_of(ctx);
  const auto role = static_cast<Function>(head->role);
  auto given = arguments(ctx->arguments(), role == Function::Highest);
  if (role == Function::Days || role == Function::Workdays) return days_between(*head, given, span);
  const auto kind = aggregate_kind(role);
  const bool listed = given.parts.args.size() > 1 && given.tails.empty();
  if (kind && !(listed && builtin(role) != Builtin::None)) {
    only_tails(
        given, head->text,
        {Grammar::WHERE, Grammar::OVER, Grammar::BY, Grammar::PER, Grammar::BEST, Grammar::TRIM,
         Grammar::DROP, Grammar::DEFAULT, Grammar::ASCENDING, Grammar::DENSE, Grammar::TIES_BY});
    given.parts.kind = *kind;
    return add(std::move(given.parts), span);
  }
  if (role == Function::Round) {
    only_tails(given, head->text, {Grammar::ROUNDING, Grammar::PLACES});
  } else {
    only_tails(given, head->text, {});
  }
  ast::Call result{builtin(role), {head->text, head->span}, std::move(given.parts.args), {}};
  if (role == Function::Round) result.rounding = given.rounding;
  return add(std::move(result), span);
}

ast::ExprId ExprBuilder::call(Grammar::NamePrimaryContext* ctx) {
  auto callee = name(ctx->name());
  auto given = arguments(ctx->arguments());
  only_tails(given, callee.text, {});
  return add(ast::Call{Builtin::None, std::move(callee), std::move(given.parts.args), {}},
             span_of(ctx));
}

ast::ExprId ExprBuilder::days_between(const Token& head, Arguments& given, Span span) {
  only_tails(given, head.text, {Grammar::COUNTING_FIRST});
  const auto& args = given.parts.args;
  if (args.size() != 2) {
    sink_.report<diagnostics::kinds::TwoDatesExpected>(span, head.text, args.size());
    return add(ast::InvalidExpr{}, span);
  }
  const bool workdays = static_cast<Function>(head.role) == Function::Workdays;
  return add(ast::DaysBetween{args[0], args[1], workdays, given.counts_first}, span);
}

Arguments ExprBuilder::arguments(Grammar::ArgumentsContext* ctx, bool measured) {
  Arguments result;
  result.measured = measured;
  if (ctx == nullptr) return result;
  for (auto* one : ctx->argument()) argument(one, result);
  SeenTails seen;
  for (auto* tail : ctx->argumentTail()) {
    if (broken(tail)) continue;
    const auto kind = argument_tail_kind(tail);
    const bool repeats = kind == Grammar::TIES_BY || kind == Grammar::DROP;
    if (!repeats && !first_time(seen, kind, tail)) continue;
    result.tails.push_back(tail);
    argument_tail(tail, result);
  }
  return result;
}

void ExprBuilder::argument(Grammar::ArgumentContext* ctx, Arguments& into) {
  auto& args = into.parts.args;
  if (broken(ctx)) {
    args.push_back(invalid(ctx));
    return;
  }
  const auto parts = ctx->expr();
  if (ctx->MONTH() != nullptr) {
    into.parts.by_month = true;
    if (!parts.empty()) args.push_back(expr(parts[0]));
  } else if (ctx->DE() != nullptr) {
    if (into.measured) {
      auto records = name(ctx->name());
      const Span span = records.span;
      args.push_back(add(ast::NameRef{std::move(records)}, span));
      into.parts.by = expr(at(parts, 0));
    } else {
      args.push_back(element_of(ctx->name(), at(parts, 0)));
    }
  } else {
    // 限于（x，l 至 h）: both ends are arguments.
    for (auto* part : parts) args.push_back(expr(part));
  }
}

// `R 的 e` is `R.e` up to the first name of e, else `R.(e)`.
ast::ExprId ExprBuilder::element_of(Grammar::NameContext* records, Grammar::ExprContext* element) {
  auto of = name(records);
  const auto built = expr(element);
  const auto* first = element != nullptr ? token(element->start) : nullptr;
  const bool begins_with_name = first != nullptr && first->type == Grammar::NAME;
  std::vector<ast::ExprId> spine;
  auto leaf = built;
  for (auto next = leftmost_child(module_, leaf); next.valid();
       next = leftmost_child(module_, leaf)) {
    spine.push_back(leaf);
    leaf = next;
  }
  const Span span = source::join(of.span, span_of(built));
  if (!begins_with_name || !is_bare_name(module_.exprs[leaf].node) ||
      span_of(leaf).begin != first->span.begin) {
    return add(ast::RecordOf{std::move(of), built}, span);
  }
  const auto begin = of.span.begin;
  const Span of_span = of.span;
  const auto base = add(ast::NameRef{std::move(of)}, of_span);
  module_.exprs[leaf].node = ast::Member{base, {first->text, first->span}};
  spine.push_back(leaf);
  for (const auto id : spine) module_.exprs[id].span.begin = begin;
  return built;
}

void ExprBuilder::argument_tail(Grammar::ArgumentTailContext* ctx, Arguments& into) {
  switch (head_type(ctx)) {
    case Grammar::COUNTING_FIRST: into.counts_first = true; break;
    case Grammar::ROUNDING: into.rounding = rounding(ctx->ROUNDING()); break;
    case Grammar::PLACES: break;
    default: aggregate_tail(ctx, into.parts);
  }
}

void ExprBuilder::aggregate_tail(Grammar::ArgumentTailContext* ctx, ast::Aggregate& into) {
  if (auto* over = ctx->overTail()) {
    if (auto* units = over->groupExpr()) into.over = group(units);
    into.over_units = !into.over;
    return;
  }
  switch (head_type(ctx)) {
    case Grammar::WHERE: into.where = expr(ctx->expr()); break;
    case Grammar::BY:
      into.by_month = into.by_month || ctx->MONTH() != nullptr;
      into.by = optional_expr(ctx->expr());
      break;
    case Grammar::PER: {
      auto& key = ctx->SEPARATELY() != nullptr ? into.by : into.per;
      key = expr(ctx->expr());
      break;
    }
    case Grammar::BEST: into.best = number(at(ctx->NUMBER(), 0), at(ctx->UNIT(), 0)); break;
    case Grammar::TRIM: into.trim = expr(ctx->expr()); break;
    case Grammar::DROP: drop_tail(ctx, into); break;
    case Grammar::DEFAULT: into.default_value = expr(ctx->expr()); break;
    case Grammar::ASCENDING: into.ascending = true; break;
    case Grammar::DENSE: into.dense = true; break;
    case Grammar::TIES_BY: into.tie_breaks.push_back(expr(ctx->expr())); break;
    default: break;
  }
}

// `drop 1 highest 1 lowest`: each number goes with the word after it.
void ExprBuilder::drop_tail(Grammar::ArgumentTailContext* ctx, ast::Aggregate& into) {
  Terminal* digits = nullptr;
  Terminal* unit = nullptr;
  for (auto* child : ctx->children) {
    const auto type = type_of(child);
    if (type == Grammar::NUMBER) digits = as<Terminal>(child), unit = nullptr;
    if (type == Grammar::UNIT) unit = as<Terminal>(child);
    if (type != Grammar::HIGHEST && type != Grammar::LOWEST) continue;
    auto& place = type == Grammar::HIGHEST ? into.drop_highest : into.drop_lowest;
    if (place.valid()) {
      sink_.report<diagnostics::kinds::TailGivenTwice>(span_of(as<Terminal>(child)),
                                                      text(as<Terminal>(child)));
    } else {
      place = number(digits, unit);
    }
  }
}

// Reports the tails that this function does not take.
void ExprBuilder::only_tails(const Arguments& given, const std::string& callee,
                             const std::vector<std::size_t>& allowed) {
  for (auto* tail : given.tails) {
    if (among(allowed, argument_tail_kind(tail))) continue;
    sink_.report<diagnostics::kinds::TailOutOfPlace>(span_of(tail), word_of(tail), callee);
  }
}

}  // namespace xize::syntax

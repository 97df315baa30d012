// Primaries: literals, names, members, tables as values.
#include <variant>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/expr_builder.h"
#include "runtime/value/decimal_text.h"

namespace xize::syntax {
namespace {

// The rubric's own results, where no column can be meant.
bool means_total(std::string_view name) { return name == "total" || name == "总分"; }
bool means_grade(std::string_view name) {
  return name == "grade" || name == "等次" || name == "等第" || name == "等级";
}
// A name in backticks is a name and nothing else.
bool quoted(const ast::Name& name) { return name.span.size() > name.text.size(); }

}  // namespace

// `base.member`, `R.(e)`, each applied to what stands before it.
ast::ExprId ExprBuilder::postfix(Grammar::PostfixContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const auto dots = ctx->DOT().size();
  const bool fits = chain(dots, ctx);
  auto result = fits ? primary(ctx->primary()) : invalid(ctx);
  const auto begin = span_of(ctx).begin;
  for (auto* child : ctx->children) {
    auto* part = fits ? as<Context>(child) : nullptr;
    if (part == nullptr || as<Grammar::PrimaryContext>(part) != nullptr) continue;
    result = member(result, part, {begin, std::max(begin, span_of(part).end)});
  }
  unchain(dots);
  return result;
}

ast::ExprId ExprBuilder::member(ast::ExprId base, Context* ctx, Span span) {
  if (auto* column = as<Grammar::NameContext>(ctx)) {
    auto written = name(column);
    return written.present() ? add(ast::Member{base, std::move(written)}, span) : invalid(ctx);
  }
  const auto element = expr(as<Grammar::ExprContext>(ctx));
  const auto& node = module_.exprs[base].node;
  if (const auto* records = std::get_if<ast::NameRef>(&node)) {
    auto of = records->name;
    return add(ast::RecordOf{std::move(of), element}, span);
  }
  if (!std::holds_alternative<ast::InvalidExpr>(node)) {
    sink_.report<diagnostics::kinds::RecordsExpected>(span_of(base));
  }
  return add(ast::InvalidExpr{}, span);
}

ast::ExprId ExprBuilder::name_expr(ast::Name written) {
  const Span span = written.span;
  if (results_ && !quoted(written)) {
    if (means_total(written.text)) return add(ast::TotalRef{}, span);
    if (means_grade(written.text)) return add(ast::GradeRef{}, span);
  }
  return add(ast::NameRef{std::move(written)}, span);
}

// `即办程度.N` in a test.
ast::ExprId ExprBuilder::path(Grammar::PathContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const auto parts = names(ctx->nameOrString());
  if (!chain(parts.size(), ctx)) {
    unchain(parts.size());
    return invalid(ctx);
  }
  if (parts.empty()) return invalid(ctx);
  const auto begin = parts[0].span.begin;
  auto result = name_expr(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Span span{begin, std::max(begin, parts[i].span.end)};
    result = add(ast::Member{result, parts[i]}, span);
  }
  unchain(parts.size());
  return result;
}

// `x 分`: x times 1 point.
ast::ExprId ExprBuilder::in_points(ast::ExprId value, Terminal* unit, Span span) {
  ast::NumberLit one;
  one.value = value::Rational(1);
  one.spelling = "1";
  one.unit = ast::UnitWord::Points;
  return add(ast::Binary{ast::BinaryOp::Mul, value, add(std::move(one), span_of(unit))}, span);
}

ast::ExprId ExprBuilder::primary(Grammar::PrimaryContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  if (auto* named = as<Grammar::NamePrimaryContext>(ctx)) {
    if (named->LPAREN() != nullptr) return call(named);
    auto written = name(named->name());
    if (!written.present()) return invalid(ctx);
    const auto value = name_expr(std::move(written));
    return named->UNIT() != nullptr ? in_points(value, named->UNIT(), span_of(ctx)) : value;
  }
  if (auto* digits = as<Grammar::NumberPrimaryContext>(ctx)) {
    return number(digits->NUMBER(), at(digits->UNIT(), 0), at(digits->UNIT(), 1));
  }
  if (auto* built_in = as<Grammar::FunctionPrimaryContext>(ctx)) return function(built_in);
  if (auto* grouped = as<Grammar::GroupedPrimaryContext>(ctx)) return expr(grouped->expr());
  return literal(ctx, head_type(ctx));
}

ast::ExprId ExprBuilder::literal(Grammar::PrimaryContext* ctx, std::size_t type) {
  const Span span = span_of(ctx);
  switch (type) {
    case Grammar::DATE:
    case Grammar::MONTH_LIT: return moment(ctx);
    case Grammar::STRING: return add(ast::StringLit{text(find(ctx, type))}, span);
    case Grammar::TRUE: return add(ast::BoolLit{true}, span);
    case Grammar::FALSE: return add(ast::BoolLit{false}, span);
    case Grammar::NA: return add(ast::NotApplicableLit{}, span);
    case Grammar::IS_MISSING:
    case Grammar::MISSING: return add(ast::MissingLit{}, span);
    case Grammar::OWN_POINTS: return add(ast::OwnPoints{}, span);
    case Grammar::CASE:
    case Grammar::CASE_PER:
    case Grammar::TIER_VALUE: return table_value(ctx);
    default: return invalid(ctx);
  }
}

// A day or a month; an impossible one was reported when it was scanned.
ast::ExprId ExprBuilder::moment(Grammar::PrimaryContext* ctx) {
  const Span span = span_of(ctx);
  if (auto* day = find(ctx, Grammar::DATE)) {
    const auto parsed = value::parse_date(text(day));
    if (const auto* date = std::get_if<value::Date>(&parsed)) return add(ast::DateLit{*date}, span);
  }
  if (auto* written = find(ctx, Grammar::MONTH_LIT)) {
    const auto parsed = value::parse_month(text(written));
    if (const auto* month = std::get_if<value::Month>(&parsed)) {
      return add(ast::MonthLit{*month}, span);
    }
  }
  return invalid(ctx);
}

// `case x { … }`, 按 x 取值 { … }, `tier x { … }`.
ast::ExprId ExprBuilder::table_value(Grammar::PrimaryContext* ctx) {
  const Span span = span_of(ctx);
  if (auto* cases = as<Grammar::CasePrimaryContext>(ctx)) {
    const auto scrutinee = expr(cases->expr());
    return add(ast::Case{scrutinee, rows(cases->rowBlock())}, span);
  }
  if (auto* tier = as<Grammar::TierPrimaryContext>(ctx)) {
    const auto scrutinee = expr(tier->expr());
    return add(ast::TierValue{scrutinee, rows(tier->rowBlock())}, span);
  }
  return invalid(ctx);
}

}  // namespace xize::syntax

// Operators: from `if` down to the sign of a number.
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/expr_builder.h"

namespace xize::syntax {
namespace {

using ast::BinaryOp;
namespace kinds = diagnostics::kinds;

std::optional<BinaryOp> binary_op(std::size_t type) {
  switch (type) {
    case Grammar::OR: return BinaryOp::Or;
    case Grammar::AND: return BinaryOp::And;
    case Grammar::PLUS: return BinaryOp::Add;
    case Grammar::MINUS: return BinaryOp::Sub;
    case Grammar::STAR: return BinaryOp::Mul;
    case Grammar::SLASH: return BinaryOp::Div;
    case Grammar::EQ: return BinaryOp::Eq;
    case Grammar::NE: return BinaryOp::Ne;
    case Grammar::LT: return BinaryOp::Lt;
    case Grammar::LE: return BinaryOp::Le;
    case Grammar::GT: return BinaryOp::Gt;
    case Grammar::GE: return BinaryOp::Ge;
    default: return std::nullopt;
  }
}

std::size_t count_operators(Context* ctx) {
  std::size_t count = 0;
  for (auto* child : ctx->children) count += binary_op(type_of(child)) ? 1 : 0;
  return count;
}

// `in top 10 事项 by count`, 按 个数: the number of rows, which is what no `by` means.
bool means_row_count(const ast::ExprNode& node) {
  const auto* ref = std::get_if<ast::NameRef>(&node);
  return ref != nullptr && (ref->name.text == "count" || ref->name.text == "个数");
}

}  // namespace

// Operands with operators between them, as a tree that leans left.
template <class Operand>
ast::ExprId ExprBuilder::fold_chain(Context* ctx, ast::ExprId (ExprBuilder::*build)(Operand*)) {
  ast::ExprId left;
  auto op = BinaryOp::Add;
  const auto begin = span_of(ctx).begin;
  for (auto* child : ctx->children) {
    if (auto* operand = as<Operand>(child)) {
      const auto right = (this->*build)(operand);
      const Span span{begin, std::max(begin, span_of(operand).end)};
      left = left.valid() ? add(ast::Binary{op, left, right}, span) : right;
    } else if (const auto written = binary_op(type_of(child))) {
      op = *written;
    }
  }
  return left.valid() ? left : invalid(ctx);
}

template <class Operand>
ast::ExprId ExprBuilder::fold(Context* ctx, ast::ExprId (ExprBuilder::*build)(Operand*)) {
  if (broken(ctx)) return invalid(ctx);
  const auto operators = count_operators(ctx);
  const bool fits = chain(operators, ctx);
  const auto result = fits ? fold_chain(ctx, build) : invalid(ctx);
  unchain(operators);
  return result;
}

// The prefix marks around an operand, the nearest innermost.
ast::ExprId ExprBuilder::prefixed(Context* ctx, const std::vector<Terminal*>& marks,
                                  ast::UnaryOp op, ast::ExprId inner) {
  const auto end = span_of(ctx).end;
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    inner = add(ast::Unary{op, inner}, {span_of(*mark).begin, end});
  }
  return inner;
}

ast::ExprId ExprBuilder::expr(Grammar::ExprContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const bool fits = enter(ctx);
  const auto result = fits ? if_chain(ctx) : invalid(ctx);
  leave();
  return result;
}

// `if A then B else if C then D else E`: the conditions and branches come in pairs.
ast::ExprId ExprBuilder::if_chain(Grammar::ExprContext* ctx) {
  const auto marks = ctx->IF();
  if (marks.empty()) return or_expr(ctx->orExpr());
  const auto parts = ctx->expr();
  const bool fits = chain(marks.size(), ctx);
  auto result = fits ? or_expr(ctx->orExpr()) : invalid(ctx);
  const auto end = span_of(ctx).end;
  for (std::size_t i = fits ? marks.size() : 0; i-- > 0;) {
    const auto condition = expr(at(parts, 2 * i));
    const auto then = expr(at(parts, 2 * i + 1));
    result = add(ast::If{condition, then, result}, {span_of(marks[i]).begin, end});
  }
  unchain(marks.size());
  return result;
}

ast::ExprId ExprBuilder::optional_expr(Grammar::ExprContext* ctx) {
  return ctx != nullptr ? expr(ctx) : ast::ExprId();
}

ast::ExprId ExprBuilder::result_expr(Grammar::ExprContext* ctx) {
  const bool outer = std::exchange(results_, true);
  const auto result = expr(ctx);
  results_ = outer;
  return result;
}

std::vector<ast::ExprId> ExprBuilder::exprs(const std::vector<Grammar::ExprContext*>& list) {
  std::vector<ast::ExprId> result;
  result.reserve(list.size());
  for (auto* ctx : list) result.push_back(expr(ctx));
  return result;
}

std::vector<ast::ExprId> ExprBuilder::exprs(Grammar::ExprListContext* ctx) {
  return ctx != nullptr ? exprs(ctx->expr()) : std::vector<ast::ExprId>();
}

ast::ExprId ExprBuilder::or_expr(Grammar::OrExprContext* ctx) {
  return fold<Grammar::AndExprContext>(ctx, &ExprBuilder::and_expr);
}

ast::ExprId ExprBuilder::and_expr(Grammar::AndExprContext* ctx) {
  return fold<Grammar::NotExprContext>(ctx, &ExprBuilder::not_expr);
}

ast::ExprId ExprBuilder::not_expr(Grammar::NotExprContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const auto marks = ctx->NOT();
  const bool fits = chain(marks.size(), ctx);
  ast::ExprId result;
  if (!fits) {
    result = invalid(ctx);
  } else {
    auto inner = ctx->compared() != nullptr ? compared(ctx->compared()) : exists(ctx);
    if (ctx->NONE() != nullptr) {
      const Span span = source::join(span_of(ctx->NONE()), span_of(inner));
      inner = add(ast::Unary{ast::UnaryOp::Not, inner}, span);
    }
    result = prefixed(ctx, marks, ast::UnaryOp::Not, inner);
  }
  unchain(marks.size());
  return result;
}

// 存在 A、B: `any(A, B)`; with conditions of their own, `any(A where C) or any(B where D)`.
ast::ExprId ExprBuilder::exists(Grammar::NotExprContext* ctx) {
  const Span head = span_of(ctx->NONE() != nullptr ? ctx->NONE() : ctx->EXISTS());
  const auto list = ctx->existing();
  bool plain = true;
  for (auto* one : list) plain = plain && one->expr() == nullptr;
  if (plain && !list.empty()) {
    ast::Aggregate any;
    any.kind = ast::AggregateKind::Any;
    for (auto* one : list) any.args.push_back(operand(one->operand()));
    return add(std::move(any), source::join(head, span_of(list.back())));
  }
  ast::ExprId result;
  for (auto* one : list) {
    ast::Aggregate any;
    any.kind = ast::AggregateKind::Any;
    any.args.push_back(operand(one->operand()));
    any.where = optional_expr(one->expr());
    const Span span = source::join(head, span_of(one));
    const auto id = add(std::move(any), result.valid() ? span_of(one) : span);
    result = result.valid() ? add(ast::Binary{BinaryOp::Or, result, id}, span) : id;
  }
  return result.valid() ? result : invalid(ctx);
}

ast::BinaryOp ExprBuilder::comparison(Grammar::ComparisonContext* ctx) {
  return binary_op(head_type(ctx)).value_or(BinaryOp::Eq);
}

ast::ExprId ExprBuilder::compared(Grammar::ComparedContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const auto operands = ctx->operand();
  const auto left = operand(at(operands, 0));
  const Span span = span_of(ctx);
  if (auto* op = ctx->comparison()) {
    return add(ast::Binary{comparison(op), left, operand(at(operands, 1))}, span);
  }
  if (ctx->IN() != nullptr) return membership(ctx->membership(), left, span);
  if (ctx->NOT_IN() != nullptr) {
    return add(ast::Unary{ast::UnaryOp::Not, membership(ctx->membership(), left, span)}, span);
  }
  if (auto* range = ctx->between()) return add(ast::InInterval{left, interval(range)}, span);
  return state_test(ctx, left);
}

// `is [not] missing`, 未填报, 待评, 不涉及; the operand alone where none is written.
ast::ExprId ExprBuilder::state_test(Grammar::ComparedContext* ctx, ast::ExprId left) {
  using ast::StateTest;
  const Span span = span_of(ctx);
  std::optional<StateTest> state;
  if (ctx->MISSING() != nullptr || ctx->IS_MISSING() != nullptr) state = StateTest::Missing;
  if (ctx->PENDING() != nullptr || ctx->IS_PENDING() != nullptr) state = StateTest::Pending;
  if (ctx->IS_PRESENT() != nullptr) state = StateTest::Missing;
  if (ctx->NA() != nullptr) state = StateTest::NotApplicable;
  if (!state) return ctx->IS() != nullptr ? invalid(ctx) : left;
  const auto test = add(ast::IsState{left, *state}, span);
  const bool negated = ctx->NOT() != nullptr || ctx->IS_PRESENT() != nullptr;
  return negated ? add(ast::Unary{ast::UnaryOp::Not, test}, span) : test;
}

ast::ExprId ExprBuilder::membership(Grammar::MembershipContext* ctx, ast::ExprId left, Span span) {
  if (broken(ctx)) return invalid(ctx);
  if (auto* range = ctx->interval()) return add(ast::InInterval{left, interval(range)}, span);
  if (ctx->TOP() != nullptr) return in_top(ctx, left, span);
  if (ctx->LBRACE() != nullptr) return add(ast::InSet{left, exprs(ctx->expr())}, span);
  return add(ast::InSet{left, {operand(at(ctx->operand(), 0))}}, span);
}

ast::ExprId ExprBuilder::in_top(Grammar::MembershipContext* ctx, ast::ExprId left, Span span) {
  ast::InTop top{left, operand(at(ctx->operand(), 0)), name(ctx->name()), {}};
  auto* measure = at(ctx->operand(), 1);
  const auto by = measure == nullptr ? ast::ExprId{} : operand(measure);
  if (by.valid() && !means_row_count(module_.exprs[by].node)) top.by = by;
  return add(std::move(top), span);
}

// `a 至 b 的工作日数` is `workdays(a, b)`.
ast::ExprId ExprBuilder::operand(Grammar::OperandContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const auto ends = ctx->sum();
  const auto from = sum(at(ends, 0));
  const bool workdays = ctx->WORKDAYS_OF() != nullptr;
  if (!workdays && ctx->DAYS_OF() == nullptr) return from;
  const auto to = sum(at(ends, 1));
  return add(ast::DaysBetween{from, to, workdays, ctx->COUNTING_FIRST() != nullptr}, span_of(ctx));
}

// `8-10` without blanks looks like a range.
void ExprBuilder::check_minus(Grammar::SumContext* ctx) {
  for (auto* mark : ctx->MINUS()) {
    const Token* minus = token(mark);
    if (minus == nullptr || minus == &tokens_.front() || minus == &tokens_.back()) continue;
    const Token &left = *(minus - 1), &right = *(minus + 1);
    const bool tight = left.type == Grammar::NUMBER && right.type == Grammar::NUMBER &&
                       left.span.end == minus->span.begin && minus->span.end == right.span.begin;
    if (!tight) continue;
    sink_.report<kinds::MinusLooksLikeRange>(source::join(left.span, right.span),
                                            left.text + minus->text + right.text)
        .fix(minus->span, " " + minus->text + " ");
  }
}

ast::ExprId ExprBuilder::sum(Grammar::SumContext* ctx) {
  if (!broken(ctx)) check_minus(ctx);
  return fold<Grammar::TermContext>(ctx, &ExprBuilder::term);
}

ast::ExprId ExprBuilder::term(Grammar::TermContext* ctx) {
  return fold<Grammar::FactorContext>(ctx, &ExprBuilder::factor);
}

ast::ExprId ExprBuilder::factor(Grammar::FactorContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  const auto marks = ctx->MINUS();
  const bool fits = chain(marks.size(), ctx);
  const auto result =
      fits ? prefixed(ctx, marks, ast::UnaryOp::Negate, postfix(ctx->postfix())) : invalid(ctx);
  unchain(marks.size());
  return result;
}

ast::ExprId ExprBuilder::bound(Grammar::BoundContext* ctx) {
  return broken(ctx) ? invalid(ctx) : term(ctx->term());
}

}  // namespace xize::syntax

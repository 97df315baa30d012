// The rows of tables, intervals with stated ends, and groups of units.
#include "compiler/syntax/build/expr_builder.h"

namespace xize::syntax {
namespace {

using ast::BinaryOp;
using ast::RowResultKind;
using ast::RowTestKind;

// The ends of a range written with （含）, （不含）: which mark follows which bound.
struct Ends {
  std::vector<bool> closed, stated;
};

template <class Bound>
Ends read_ends(Context* ctx) {
  Ends ends;
  for (auto* child : ctx->children) {
    if (as<Bound>(child) != nullptr) {
      ends.closed.push_back(true);
      ends.stated.push_back(false);
      continue;
    }
    const auto type = type_of(child);
    if (ends.closed.empty() || (type != Grammar::INCL && type != Grammar::EXCL)) continue;
    ends.closed.back() = type == Grammar::INCL;
    ends.stated.back() = true;
  }
  ends.closed.resize(2, true);
  ends.stated.resize(2, false);
  return ends;
}

void apply(const Ends& ends, ast::Interval& interval) {
  interval.low_closed = ends.closed[0];
  interval.high_closed = ends.closed[1];
  interval.low_stated = ends.stated[0];
  interval.high_stated = ends.stated[1];
}

// `a 及以上`, `a 以上（含）`, `a 以下` …: the comparison it means.
BinaryOp order_of(Grammar::OrderWordContext* word) {
  const bool exclusive = find(word, Grammar::EXCL) != nullptr;
  if (word->OR_MORE() != nullptr || word->ABOVE() != nullptr) {
    return exclusive ? BinaryOp::Gt : BinaryOp::Ge;
  }
  return exclusive ? BinaryOp::Lt : BinaryOp::Le;
}

ast::GroupExpr group_of(ast::GroupOp op, Span span) {
  ast::GroupExpr group;
  group.op = op;
  group.span = span;
  return group;
}

}  // namespace

std::vector<ast::Row> ExprBuilder::rows(Grammar::RowBlockContext* ctx) {
  std::vector<ast::Row> result;
  if (ctx == nullptr) return result;
  for (auto* one : ctx->row()) {
    const bool tested = !broken(one) && (one->OTHERWISE() != nullptr || !broken(one->rowTest()));
    if (tested) result.push_back(row(one));
  }
  return result;
}

ast::Row ExprBuilder::row(Grammar::RowContext* ctx) {
  ast::Row result;
  result.span = span_of(ctx);
  if (auto* amount = ctx->amountResult()) {
    // `otherwise 5` needs no `=>`.
    auto* rest = ctx->OTHERWISE() != nullptr ? ctx->OTHERWISE() : ctx->ELSE();
    result.test = row_test_of(RowTestKind::Otherwise, span_of(rest));
    result.result = amount_result(amount);
    return result;
  }
  result.test = row_test(ctx->rowTest());
  result.result = result_of(ctx->bareResult(), ctx->rowResult());
  return result;
}

ast::Row ExprBuilder::row(Grammar::CompareRowContext* ctx) {
  ast::Row result;
  result.span = span_of(ctx);
  const auto op = comparison(ctx->comparison());
  const Span span = source::join(span_of(ctx->comparison()), span_of(ctx->bound()));
  result.test = test_of(op, bound(ctx->bound()), span);
  result.result = result_of(ctx->bareResult(), ctx->rowResult());
  return result;
}

ast::Row ExprBuilder::row(Grammar::CaseRowContext* ctx) {
  if (auto* compares = ctx->compareRow()) return row(compares);
  ast::Row result;
  result.span = span_of(ctx);
  auto* rest = ctx->OTHERWISE() != nullptr ? ctx->OTHERWISE() : ctx->ELSE();
  result.test = row_test_of(RowTestKind::Otherwise, span_of(rest));
  result.result = result_of(ctx->bareResult(), ctx->rowResult());
  return result;
}

ast::RowResult ExprBuilder::result_of(Grammar::BareResultContext* bare,
                                      Grammar::RowResultContext* other) {
  return bare != nullptr ? bare_result(bare) : row_result(other);
}

ast::RowTest ExprBuilder::row_test(Grammar::RowTestContext* ctx) {
  const Span span = span_of(ctx);
  if (as<Grammar::OtherwiseTestContext>(ctx) != nullptr) {
    return row_test_of(RowTestKind::Otherwise, span);
  }
  if (auto* top = as<Grammar::TopTestContext>(ctx)) return top_test(top->bound(), span);
  if (auto* against = as<Grammar::CompareTestContext>(ctx)) {
    return compare_test(comparison(against->comparison()), against->bound(), span);
  }
  if (auto* within = as<Grammar::IntervalTestContext>(ctx)) {
    return interval_test(interval(within->interval()));
  }
  if (auto* range = as<Grammar::RangeTestContext>(ctx)) {
    return interval_test(interval(range->chineseRange()));
  }
  if (auto* order = as<Grammar::OrderTestContext>(ctx)) {
    return order_test(order->bound(), order->orderWord());
  }
  auto equals = row_test_of(RowTestKind::Equals, span);
  if (auto* values = as<Grammar::EqualsTestContext>(ctx)) {
    for (auto* one : values->bound()) equals.values.push_back(bound(one));
  }
  return equals;
}

ast::RowTest ExprBuilder::row_test_of(RowTestKind kind, Span span) {
  ast::RowTest test;
  test.kind = kind;
  test.span = span;
  return test;
}

// `top 3`, `top 30%`.
ast::RowTest ExprBuilder::top_test(Grammar::BoundContext* ctx, Span span) {
  auto test = row_test_of(RowTestKind::Top, span);
  test.bound = bound(ctx);
  const auto* literal = std::get_if<ast::NumberLit>(&module_.exprs[test.bound].node);
  if (literal != nullptr && literal->percent) test.kind = RowTestKind::TopShare;
  return test;
}

// A comparison as it stands in a sentence, where `=` is a value and no limit.
ast::RowTest ExprBuilder::test_of(BinaryOp op, ast::ExprId limit, Span span) {
  const bool equal = op == BinaryOp::Eq;
  auto test = row_test_of(equal ? RowTestKind::Equals : RowTestKind::Compare, span);
  if (equal) {
    test.values.push_back(limit);
  } else {
    test.op = op;
    test.bound = limit;
  }
  return test;
}

ast::RowTest ExprBuilder::compare_test(BinaryOp op, Grammar::BoundContext* ctx, Span span) {
  auto test = row_test_of(RowTestKind::Compare, span);
  test.op = op;
  test.bound = bound(ctx);
  return test;
}

// The first of the rows on one line: `5%（含）-7%（不含）`, `90% 及以上`, `5`.
ast::RowTest ExprBuilder::first_test(Grammar::FirstTestContext* ctx) {
  const auto ends = ctx->quantity();
  if (ends.size() > 1) {
    ast::Interval range;
    range.span = span_of(ctx);
    range.low = quantity(ends[0]);
    range.high = quantity(ends[1]);
    apply(read_ends<Grammar::QuantityContext>(ctx), range);
    return interval_test(std::move(range));
  }
  const auto bound = quantity(at(ends, 0));
  if (auto* word = ctx->orderWord()) return order_test(bound, span_of(ctx), word);
  auto equals = row_test_of(RowTestKind::Equals, span_of(ctx));
  equals.values.push_back(bound);
  return equals;
}

ast::RowTest ExprBuilder::order_test(Grammar::BoundContext* ctx, Grammar::OrderWordContext* word) {
  return order_test(bound(ctx), source::join(span_of(ctx), span_of(word)), word);
}

ast::RowTest ExprBuilder::order_test(ast::ExprId bound, Span span,
                                     Grammar::OrderWordContext* word) {
  auto test = row_test_of(RowTestKind::Compare, span);
  test.bound = bound;
  test.op = broken(word) ? BinaryOp::Ge : order_of(word);
  if (broken(word)) return test;
  const bool open_word = word->ABOVE() != nullptr || word->BELOW() != nullptr;
  const bool stated = find(word, Grammar::INCL) != nullptr || find(word, Grammar::EXCL) != nullptr;
  if (open_word && !stated) test.kind = RowTestKind::Unstated;
  return test;
}

ast::RowTest ExprBuilder::interval_test(ast::Interval interval) {
  auto test = row_test_of(RowTestKind::Interval, interval.span);
  test.interval = std::move(interval);
  return test;
}

// `[a, b)`; a bound that is left out is open to infinity.
ast::Interval ExprBuilder::interval(Grammar::IntervalContext* ctx) {
  ast::Interval result;
  result.span = span_of(ctx);
  if (broken(ctx)) return result;
  bool past_comma = false;
  for (auto* child : ctx->children) {
    if (type_of(child) == Grammar::COMMA) past_comma = true;
    auto* value = as<Grammar::ExprContext>(child);
    if (value != nullptr) (past_comma ? result.high : result.low) = expr(value);
  }
  result.low_closed = ctx->LBRACK() != nullptr;
  result.high_closed = ctx->RBRACK() != nullptr;
  return result;
}

// `5%（含）-7%（不含）`.
ast::Interval ExprBuilder::interval(Grammar::ChineseRangeContext* ctx) {
  ast::Interval result;
  result.span = span_of(ctx);
  if (broken(ctx)) return result;
  const auto bounds = ctx->bound();
  result.low = bound(at(bounds, 0));
  result.high = bound(at(bounds, 1));
  apply(read_ends<Grammar::BoundContext>(ctx), result);
  return result;
}

// `介于 a（含）至 b（含）`.
ast::Interval ExprBuilder::interval(Grammar::BetweenContext* ctx) {
  ast::Interval result;
  result.span = span_of(ctx);
  if (broken(ctx)) return result;
  const auto bounds = ctx->sum();
  result.low = sum(at(bounds, 0));
  result.high = sum(at(bounds, 1));
  apply(read_ends<Grammar::SumContext>(ctx), result);
  return result;
}

ast::RowResult ExprBuilder::bare_result(Grammar::BareResultContext* ctx) {
  ast::RowResult result;
  result.span = span_of(ctx);
  switch (head_type(ctx)) {
    case Grammar::FULL:
    case Grammar::GET_FULL: result.kind = RowResultKind::Full; break;
    case Grammar::ZERO: result.kind = RowResultKind::Zero; break;
    case Grammar::JUDGE_DEDUCTION: result.kind = RowResultKind::JudgedDeduction; break;
    default: result.amount = invalid(ctx);
  }
  return result;
}

ast::RowResult ExprBuilder::row_result(Grammar::RowResultContext* ctx) {
  ast::RowResult result;
  result.span = span_of(ctx);
  if (broken(ctx)) {
    result.amount = invalid(ctx);
    return result;
  }
  if (auto* bare = ctx->bareResult()) return bare_result(bare);
  return amount_result(ctx->amountResult());
}

// `5`, `2 to 4`, `[60%, 80%]`.
ast::RowResult ExprBuilder::amount_result(Grammar::AmountResultContext* ctx) {
  ast::RowResult result;
  result.span = span_of(ctx);
  if (broken(ctx)) {
    result.amount = invalid(ctx);
    return result;
  }
  const auto amounts = ctx->expr();
  result.amount = expr(at(amounts, 0));
  if (amounts.size() > 1) {
    result.kind = RowResultKind::Range;
    result.high = expr(amounts[1]);
  }
  return result;
}

ast::GroupExpr ExprBuilder::group(Grammar::PopulationContext* ctx) {
  if (ctx != nullptr && ctx->groupExpr() != nullptr) return group(ctx->groupExpr());
  auto all = group_of(ast::GroupOp::All, span_of(ctx));
  if (broken(ctx)) return all;
  if (auto* of = ctx->name()) all.names.push_back(name(of));
  all.where = optional_expr(ctx->expr());
  return all;
}

// `甲 + 乙 - 丙`, from left to right.
ast::GroupExpr ExprBuilder::group(Grammar::GroupExprContext* ctx) {
  const auto terms = ctx != nullptr ? ctx->groupTerm() : std::vector<Grammar::GroupTermContext*>();
  if (broken(ctx) || terms.empty()) return group_of(ast::GroupOp::Units, span_of(ctx));
  const auto ops = ctx->groupOp();
  if (!chain(ops.size(), ctx)) {
    unchain(ops.size());
    return group_of(ast::GroupOp::Units, span_of(ctx));
  }
  auto result = group_term(terms[0]);
  for (std::size_t i = 1; i < terms.size(); ++i) {
    auto right = group_term(terms[i]);
    auto both = group_of(ast::GroupOp::Union, source::join(result.span, right.span));
    const auto type = head_type(at(ops, i - 1));
    if (type == Grammar::MINUS || type == Grammar::GROUP_MINUS) both.op = ast::GroupOp::Difference;
    if (type == Grammar::AMP || type == Grammar::GROUP_AND) both.op = ast::GroupOp::Intersection;
    both.operands.push_back(std::move(result));
    both.operands.push_back(std::move(right));
    result = std::move(both);
  }
  unchain(ops.size());
  return result;
}

// `{ 甲, 乙 }`, 甲、乙, `all 部门`, a named group, or a group in parentheses.
ast::GroupExpr ExprBuilder::group_term(Grammar::GroupTermContext* ctx) {
  auto result = group_of(ast::GroupOp::Units, span_of(ctx));
  if (broken(ctx)) return result;
  if (ctx->ALL() != nullptr) {
    result.op = ast::GroupOp::All;
    if (auto* of = ctx->name()) result.names.push_back(name(of));
    result.where = optional_expr(ctx->expr());
    return result;
  }
  if (auto* inner = ctx->groupExpr()) {
    if (enter(ctx)) result = group(inner);
    leave();
    return result;
  }
  result.names = names(ctx->nameOrString());
  const bool listed = ctx->LBRACE() != nullptr || result.names.size() > 1;
  if (!listed) result.op = ast::GroupOp::Named;
  return result;
}

}  // namespace xize::syntax

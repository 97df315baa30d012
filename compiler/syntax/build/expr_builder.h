// Expressions of the parse tree as expressions of the tree; also the rows of tables, intervals and
// groups, which stand in expressions and in entries alike.
// In: contexts; null or broken ones give InvalidExpr. Out: handles into ast::Module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/syntax/build/reader.h"

namespace xize::syntax {

// What stands in the parentheses of a call, read before it is known what the call is.
struct Arguments {
  ast::Aggregate parts;  // the arguments and every tail of an aggregate
  std::optional<value::Rounding> rounding;
  bool counts_first = false;
  bool measured = false;  // `R 的 e` is R by e, as in 就高合计
  std::vector<Grammar::ArgumentTailContext*> tails;
};

// Builds expressions. `results_` is set where `total` and `grade` are results and not columns.
class ExprBuilder : protected Reader {
 protected:
  using Reader::Reader;

  // ---- operators (build_expr.cpp)
  ast::ExprId expr(Grammar::ExprContext* ctx);
  // Invalid where nothing is written.
  ast::ExprId optional_expr(Grammar::ExprContext* ctx);
  std::vector<ast::ExprId> exprs(const std::vector<Grammar::ExprContext*>& list);
  std::vector<ast::ExprId> exprs(Grammar::ExprListContext* ctx);
  ast::ExprId operand(Grammar::OperandContext* ctx);
  ast::ExprId sum(Grammar::SumContext* ctx);
  ast::ExprId term(Grammar::TermContext* ctx);
  ast::ExprId bound(Grammar::BoundContext* ctx);
  // An expression in which bare `total` and `grade` are the rubric's.
  ast::ExprId result_expr(Grammar::ExprContext* ctx);

  // ---- primaries (build_primary.cpp)
  ast::ExprId postfix(Grammar::PostfixContext* ctx);
  ast::ExprId name_expr(ast::Name written);
  ast::ExprId path(Grammar::PathContext* ctx);
  // R 的 e (build_aggregate.cpp).
  ast::ExprId element_of(Grammar::NameContext* records, Grammar::ExprContext* element);

  // ---- rows, intervals, groups (build_row.cpp)
  std::vector<ast::Row> rows(Grammar::RowBlockContext* ctx);
  ast::RowResult bare_result(Grammar::BareResultContext* ctx);
  ast::RowResult amount_result(Grammar::AmountResultContext* ctx);
  ast::RowResult row_result(Grammar::RowResultContext* ctx);
  static ast::RowTest row_test_of(ast::RowTestKind kind, Span span);
  ast::RowTest top_test(Grammar::BoundContext* ctx, Span span);
  static ast::RowTest test_of(ast::BinaryOp op, ast::ExprId limit, Span span);
  ast::RowTest compare_test(ast::BinaryOp op, Grammar::BoundContext* ctx, Span span);
  ast::RowTest order_test(Grammar::BoundContext* ctx, Grammar::OrderWordContext* word);
  ast::RowTest order_test(ast::ExprId bound, Span span, Grammar::OrderWordContext* word);
  ast::RowTest interval_test(ast::Interval interval);
  ast::RowTest first_test(Grammar::FirstTestContext* ctx);
  ast::Row row(Grammar::RowContext* ctx);
  ast::Row row(Grammar::CompareRowContext* ctx);
  ast::Row row(Grammar::CaseRowContext* ctx);
  ast::RowResult result_of(Grammar::BareResultContext* bare, Grammar::RowResultContext* other);
  ast::Interval interval(Grammar::IntervalContext* ctx);
  ast::Interval interval(Grammar::ChineseRangeContext* ctx);
  ast::Interval interval(Grammar::BetweenContext* ctx);
  ast::GroupExpr group(Grammar::GroupExprContext* ctx);
  ast::GroupExpr group(Grammar::PopulationContext* ctx);
  static ast::BinaryOp comparison(Grammar::ComparisonContext* ctx);

  bool results_ = false;

 private:
  template <class Operand>
  ast::ExprId fold(Context* ctx, ast::ExprId (ExprBuilder::*build)(Operand*));
  template <class Operand>
  ast::ExprId fold_chain(Context* ctx, ast::ExprId (ExprBuilder::*build)(Operand*));
  ast::ExprId prefixed(Context* ctx, const std::vector<Terminal*>& marks, ast::UnaryOp op,
                       ast::ExprId inner);

  ast::ExprId if_chain(Grammar::ExprContext* ctx);
  ast::ExprId or_expr(Grammar::OrExprContext* ctx);
  ast::ExprId and_expr(Grammar::AndExprContext* ctx);
  ast::ExprId not_expr(Grammar::NotExprContext* ctx);
  ast::ExprId exists(Grammar::NotExprContext* ctx);
  ast::ExprId compared(Grammar::ComparedContext* ctx);
  ast::ExprId state_test(Grammar::ComparedContext* ctx, ast::ExprId left);
  ast::ExprId membership(Grammar::MembershipContext* ctx, ast::ExprId left, Span span);
  ast::ExprId in_top(Grammar::MembershipContext* ctx, ast::ExprId left, Span span);
  ast::ExprId factor(Grammar::FactorContext* ctx);
  void check_minus(Grammar::SumContext* ctx);

  ast::ExprId in_points(ast::ExprId value, Terminal* unit, Span span);
  ast::ExprId primary(Grammar::PrimaryContext* ctx);
  ast::ExprId literal(Grammar::PrimaryContext* ctx, std::size_t type);
  ast::ExprId moment(Grammar::PrimaryContext* ctx);
  ast::ExprId table_value(Grammar::PrimaryContext* ctx);
  ast::ExprId member(ast::ExprId base, Context* ctx, Span span);

  // ---- calls (build_aggregate.cpp)
  ast::ExprId function(Grammar::FunctionPrimaryContext* ctx);
  ast::ExprId call(Grammar::NamePrimaryContext* ctx);
  ast::ExprId days_between(const Token& head, Arguments& arguments, Span span);
  Arguments arguments(Grammar::ArgumentsContext* ctx, bool measured = false);
  void argument(Grammar::ArgumentContext* ctx, Arguments& into);
  void argument_tail(Grammar::ArgumentTailContext* ctx, Arguments& into);
  void aggregate_tail(Grammar::ArgumentTailContext* ctx, ast::Aggregate& into);
  void drop_tail(Grammar::ArgumentTailContext* ctx, ast::Aggregate& into);
  void only_tails(const Arguments& arguments, const std::string& callee,
                  const std::vector<std::size_t>& allowed);

  ast::RowTest row_test(Grammar::RowTestContext* ctx);
  ast::GroupExpr group_term(Grammar::GroupTermContext* ctx);
};

}  // namespace xize::syntax

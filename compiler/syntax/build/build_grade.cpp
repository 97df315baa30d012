// Grades: the table, its rows, and the rules that change a grade.
#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {
namespace {

using ast::RowTestKind;

bool is_place(const ast::RowTest& test) {
  return test.kind == RowTestKind::Top || test.kind == RowTestKind::TopShare;
}

}  // namespace

// The table, then each rule of its block as an entry of its own.
void TreeBuilder::grade(Grammar::GradeContext* ctx, Entries& out) {
  ast::Grade result;
  Entries rules;
  if (ctx->UNSPECIFIED() != nullptr) result.unspecified = text(ctx->STRING());
  if (auto* inside = ctx->gradeBlock()) {
    for (auto* one : inside->gradeEntry()) {
      auto* row = one->gradeRow();
      if (row == nullptr) {
        entry(one, rules);
      } else if (!broken(row)) {
        result.rows.push_back(grade_row(row));
      }
    }
  }
  out.push_back(add_entry(std::move(result), span_of(ctx)));
  out.insert(out.end(), rules.begin(), rules.end());
}

ast::GradeRow TreeBuilder::grade_row(Grammar::GradeRowContext* ctx) {
  ast::GradeRow result;
  result.name = name(ctx->nameOrString());
  result.span = span_of(ctx);
  SeenTails seen;
  if (auto* within = ctx->interval()) {
    grade_test(interval_test(interval(within)), within, seen, result);
  }
  for (auto* tail : ctx->gradeTail()) {
    if (!broken(tail)) grade_tail(tail, seen, result);
  }
  if (auto* tied = ctx->tiesTail()) result.ties = ties(tied, result.tie_breaks);
  if (auto* when = ctx->expr()) result.when = result_expr(when);
  return result;
}

void TreeBuilder::grade_tail(Grammar::GradeTailContext* ctx, SeenTails& seen, ast::GradeRow& into) {
  if (auto test = score_test(ctx)) return grade_test(std::move(*test), ctx, seen, into);
  if (auto* mode = ctx->ROUNDING()) {
    if (first_time(seen, Grammar::ROUNDING, ctx)) into.round = rounding(mode);
    return;
  }
  const auto kind = head_type(ctx);
  const Span span = span_of(ctx);
  switch (kind) {
    case Grammar::TOP: grade_test(top_test(ctx->bound(), span), ctx, seen, into); break;
    case Grammar::QUOTA: {
      auto test = top_test(ctx->bound(), span);
      into.quota = true;
      grade_test(std::move(test), ctx, seen, into);
      break;
    }
    case Grammar::OTHERWISE:
      grade_test(row_test_of(RowTestKind::Otherwise, span), ctx, seen, into);
      break;
    case Grammar::UNSPECIFIED:
      if (!first_time(seen, kind, ctx)) break;
      into.unspecified = true;
      into.unspecified_text = text(ctx->STRING());
      break;
    default: break;
  }
}

// `>= 90`, 90 分及以上, `[80, 90)`: a condition on the score.
std::optional<ast::RowTest> TreeBuilder::score_test(Grammar::GradeTailContext* ctx) {
  const Span span = span_of(ctx);
  if (auto* op = ctx->comparison()) return compare_test(comparison(op), ctx->bound(), span);
  if (auto* word = ctx->orderWord()) return order_test(ctx->bound(), word);
  if (auto* within = ctx->interval()) return interval_test(interval(within));
  if (auto* range = ctx->chineseRange()) return interval_test(interval(range));
  return std::nullopt;
}

// A row has at most one condition on the score and one on the place. 不超过 20% of the places is
// a quota, for scores are no shares.
void TreeBuilder::grade_test(ast::RowTest test, Context* tail, SeenTails& seen,
                             ast::GradeRow& into) {
  if (test.kind == RowTestKind::Compare && test.op == ast::BinaryOp::Le && test.bound.valid()) {
    const auto* literal = std::get_if<ast::NumberLit>(&module_.exprs[test.bound].node);
    if (literal != nullptr && literal->percent) {
      test.kind = RowTestKind::TopShare;
      test.op = ast::BinaryOp::Ge;
      into.quota = true;
    }
  }
  const bool place = is_place(test);
  const auto kind = place ? std::size_t{Grammar::TOP} : std::size_t{Grammar::GE};
  if (!first_time(seen, kind, tail)) return;
  if (!into.test) {
    into.test = std::move(test);
  } else if (place) {
    into.score = std::exchange(into.test, std::move(test));
  } else {
    into.score = std::move(test);
  }
}

ast::Ties TreeBuilder::ties(Grammar::TiesTailContext* ctx, std::vector<ast::ExprId>& keys) {
  switch (head_type(ctx)) {
    case Grammar::TIES_SHARE: return ast::Ties::Share;
    case Grammar::TIES_EXCLUDE: return ast::Ties::Exclude;
    case Grammar::TIES_BY:
      for (auto* key : ctx->operand()) keys.push_back(operand(key));
      return ast::Ties::By;
    default: return ast::Ties::Unstated;
  }
}

ast::EntryNode TreeBuilder::grade_rule(Grammar::GradeRuleContext* ctx) {
  using ast::GradeRuleKind;
  if (auto* set = as<Grammar::SetRuleContext>(ctx)) {
    return ast::GradeRule{GradeRuleKind::Set, name(set->nameOrString()), result_expr(set->expr())};
  }
  if (auto* least = as<Grammar::AtLeastRuleContext>(ctx)) {
    return ast::GradeRule{GradeRuleKind::AtLeast, name(least->nameOrString()),
                          result_expr(least->expr())};
  }
  if (auto* most = as<Grammar::AtMostRuleContext>(ctx)) {
    return ast::GradeRule{GradeRuleKind::AtMost, name(most->nameOrString()),
                          result_expr(most->expr())};
  }
  if (auto* lower = as<Grammar::LowerRuleContext>(ctx)) {
    const bool limited = lower->nameOrString() != nullptr;
    return ast::GradeRule{GradeRuleKind::LowerOneStep,
                          limited ? name(lower->nameOrString()) : ast::Name(),
                          result_expr(lower->expr())};
  }
  return ast::InvalidEntry{};
}

// C 的，等次定为 G
ast::EntryNode TreeBuilder::grade_phrase(Grammar::ExprContext* condition,
                                         Grammar::GradeOutcomeContext* ctx) {
  using ast::GradeRuleKind;
  if (broken(ctx)) return ast::InvalidEntry{};
  ast::GradeRule result;
  result.when = result_expr(condition);
  if (auto* limit = ctx->nameOrString()) result.grade = name(limit);
  switch (head_type(ctx)) {
    case Grammar::GRADE_AT_LEAST: result.kind = GradeRuleKind::AtLeast; break;
    case Grammar::GRADE_AT_MOST: result.kind = GradeRuleKind::AtMost; break;
    case Grammar::GRADE_LOWER: result.kind = GradeRuleKind::LowerOneStep; break;
    default: result.kind = GradeRuleKind::Set;
  }
  return result;
}

}  // namespace xize::syntax

// Entries that begin with an expression: the Chinese phrases, and a bare amount.
#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {

using ast::GuardKind;

ast::EntryNode TreeBuilder::phrase(Grammar::ExprEntryContext* ctx) {
  // 得分 = E
  if (ctx->SCORE() != nullptr) return bare_amount(ctx->expr(), ctx->clauseTail());
  auto* head = ctx->expr();
  auto* rest = ctx->exprRest();
  if (broken(rest)) return ast::InvalidEntry{};
  if (auto* sum = as<Grammar::SumRestContext>(rest)) return sum_phrase(head, sum);
  if (auto* condition = as<Grammar::ConditionRestContext>(rest)) {
    return condition_phrase(head, condition->outcome());
  }
  if (auto* blocks = as<Grammar::BlockRestContext>(rest)) return block_phrase(head, blocks);
  if (auto* ratio = as<Grammar::RatioRestContext>(rest)) return ratio_phrase(head, ratio);
  if (auto* plain = as<Grammar::AmountRestContext>(rest)) {
    return bare_amount(head, plain->clauseTail());
  }
  return ast::InvalidEntry{};
}

ast::EntryNode TreeBuilder::bare_amount(Grammar::ExprContext* amount_ctx,
                                        const std::vector<Grammar::ClauseTailContext*>& tails) {
  ast::Clause result;
  result.scale = amount(amount_ctx);
  read_tails(tails, result);
  return result;
}

// N1、N2 之和等于 M.
ast::EntryNode TreeBuilder::sum_phrase(Grammar::ExprContext* first, Grammar::SumRestContext* rest) {
  std::vector<ast::ExprId> parts{expr(first)};
  const auto others = exprs(rest->expr());
  parts.insert(parts.end(), others.begin(), others.end());
  if (parts.size() < 2) return ast::InvalidEntry{};
  const auto whole = parts.back();
  parts.pop_back();
  const bool at_most = rest->SUM_AT_MOST() != nullptr;
  return partition(parts, at_most ? ast::BinaryOp::Le : ast::BinaryOp::Eq, whole);
}

// C 的 { … } 否则 { … }
ast::EntryNode TreeBuilder::block_phrase(Grammar::ExprContext* condition,
                                         Grammar::BlockRestContext* rest) {
  const auto blocks = rest->itemBlock();
  const auto test = expr(condition);
  auto then = block(at(blocks, 0));
  return ast::When{test, std::move(then), block(at(blocks, 1))};
}

// X 按比例得分，达到 T 得满分，低于 L 不得分，最多得 E 分
ast::EntryNode TreeBuilder::ratio_phrase(Grammar::ExprContext* x, Grammar::RatioRestContext* rest) {
  ast::Clause result;
  ast::RatioScale scale;
  scale.x = expr(x);
  ratio_tails(rest->ratioTail(), scale);
  result.scale = scale;
  read_tails(rest->clauseTail(), result);
  return result;
}

// C 的，…: a guard, a clause or a rule of grades, by what follows.
ast::EntryNode TreeBuilder::condition_phrase(Grammar::ExprContext* condition,
                                             Grammar::OutcomeContext* ctx) {
  if (broken(ctx)) return ast::InvalidEntry{};
  if (auto* rule = as<Grammar::GradeRuleOutcomeContext>(ctx)) {
    return grade_phrase(condition, rule->gradeOutcome());
  }
  const auto when = expr(condition);
  if (auto decided = guard_outcome(ctx)) {
    decided->when = when;
    return *decided;
  }
  return clause_outcome(when, ctx);
}

std::optional<ast::Guard> TreeBuilder::guard_outcome(Grammar::OutcomeContext* ctx) {
  if (as<Grammar::ZeroOutcomeContext>(ctx) != nullptr)
    return ast::Guard{GuardKind::Zero, {}, {}, {}};
  if (as<Grammar::FullOutcomeContext>(ctx) != nullptr)
    return ast::Guard{GuardKind::Full, {}, {}, {}};
  if (auto* give = as<Grammar::GiveOutcomeContext>(ctx)) {
    return ast::Guard{GuardKind::Give, expr(give->expr()), {}, {}};
  }
  if (as<Grammar::NotApplicableOutcomeContext>(ctx) != nullptr) {
    return ast::Guard{GuardKind::NotApplicable, {}, {}, {}};
  }
  if (as<Grammar::UnscoredOutcomeContext>(ctx) != nullptr) {
    return ast::Guard{GuardKind::Unscored, {}, {}, {}};
  }
  if (auto* veto = as<Grammar::VetoOutcomeContext>(ctx)) {
    return ast::Guard{GuardKind::Veto, {}, {}, scope(veto->scope())};
  }
  return std::nullopt;
}

// C 的，得 E 分; C 的，扣 E 分; C 的，酌情扣分.
ast::EntryNode TreeBuilder::clause_outcome(ast::ExprId condition, Grammar::OutcomeContext* ctx) {
  if (auto* plain = as<Grammar::AmountOutcomeContext>(ctx)) {
    const auto sign = plain->DEDUCT() != nullptr ? ast::Sign::Deduct : ast::Sign::Award;
    auto result = amount_clause(sign, plain->amount());
    result.when = condition;
    read_tails(plain->clauseTail(), result);
    return result;
  }
  if (auto* scaled = as<Grammar::ScaleOutcomeContext>(ctx)) {
    ast::Clause result;
    result.when = condition;
    read_scale(scaled->scale(), result);
    read_tails(scaled->clauseTail(), result);
    return result;
  }
  return ast::InvalidEntry{};
}

}  // namespace xize::syntax

// Scales: ratio, linear, tier, rank, relative, judge, checklist.
#include "compiler/syntax/build/clause_builder.h"

namespace xize::syntax {

void ClauseBuilder::read_scale(Grammar::ScaleContext* ctx, ast::Clause& into) {
  if (auto* ratio = as<Grammar::RatioScaleContext>(ctx)) {
    ast::RatioScale scale;
    const auto parts = ratio->expr();
    std::size_t next = 0;
    scale.x = expr(at(parts, next++));
    if (ratio->OF() != nullptr) into.worth = expr(at(parts, next++));
    if (ratio->TO() != nullptr) scale.to = expr(at(parts, next++));
    if (ratio->FROM() != nullptr) scale.from = expr(at(parts, next++));
    into.scale = scale;
  } else if (auto* linear = as<Grammar::LinearScaleContext>(ctx)) {
    const auto x = expr(linear->expr());
    into.scale = ast::LinearScale{x, rows(linear->rowBlock())};
  } else if (auto* tier = as<Grammar::TierScaleContext>(ctx)) {
    const auto x = expr(tier->expr());
    into.scale = ast::TierScale{x, rows(tier->rowBlock())};
  } else if (auto* ranked = as<Grammar::RankScaleContext>(ctx)) {
    into.scale = rank(ranked->expr(), ranked->rankTail(), ranked->rowBlock());
  } else if (auto* phrase = as<Grammar::RankScaleZhContext>(ctx)) {
    into.scale = rank(phrase->expr(), phrase->rankTail(), phrase->rowBlock());
  } else if (auto* against = as<Grammar::RelativeScaleContext>(ctx)) {
    into.scale = relative(against);
  } else if (auto* boxes = as<Grammar::ChecklistScaleContext>(ctx)) {
    into.scale = checklist(boxes);
  } else if (auto* mark = as<Grammar::JudgeScaleContext>(ctx)) {
    auto scale = judge(mark->judgeTail());
    scale.as_deduction = into.sign == ast::Sign::Deduct;
    into.scale = std::move(scale);
  } else if (auto* loss = as<Grammar::JudgeDeductionContext>(ctx)) {
    // 酌情扣分 says what `deduct judge` says.
    auto scale = judge(loss->judgeTail());
    scale.as_deduction = true;
    into.scale = std::move(scale);
    into.sign = ast::Sign::Deduct;
    into.sign_written = true;
  } else {
    into.scale = ast::Amount{invalid(ctx), false};
  }
}

ast::Scale ClauseBuilder::rank(Grammar::ExprContext* x,
                               const std::vector<Grammar::RankTailContext*>& tails,
                               Grammar::RowBlockContext* table) {
  ast::RankScale scale;
  scale.x = expr(x);
  SeenTails seen;
  for (auto* tail : tails) {
    if (broken(tail)) continue;
    const auto kind = tail->overTail() != nullptr ? std::size_t{Grammar::OVER} : head_type(tail);
    if (kind == Grammar::TIES_BY) {
      scale.tie_breaks.push_back(expr(tail->expr()));
      continue;
    }
    if (!first_time(seen, kind, tail)) continue;
    if (kind == Grammar::ASCENDING) scale.ascending = true;
    if (kind == Grammar::DENSE) scale.dense = true;
    if (auto* over = tail->overTail(); over != nullptr && over->groupExpr() != nullptr) {
      scale.over = group(over->groupExpr());
    }
  }
  scale.rows = rows(table);
  return scale;
}

ast::Scale ClauseBuilder::relative(Grammar::RelativeScaleContext* ctx) {
  ast::RelativeScale scale;
  scale.x = expr(ctx->expr());
  if (ctx->TO_AVERAGE() != nullptr) scale.to = ast::RelativeTo::Average;
  if (ctx->TO_SUM() != nullptr) scale.to = ast::RelativeTo::Sum;
  auto* over = ctx->overTail();
  if (over != nullptr && over->groupExpr() != nullptr) scale.over = group(over->groupExpr());
  return scale;
}

ast::JudgeScale ClauseBuilder::judge(const std::vector<Grammar::JudgeTailContext*>& tails) {
  ast::JudgeScale scale;
  SeenTails seen;
  for (auto* tail : tails) {
    if (broken(tail)) continue;
    const bool banded = tail->levelBlock() != nullptr;
    if (!first_time(seen, banded ? std::size_t{Grammar::LEVELS} : head_type(tail), tail)) continue;
    if (banded) scale.levels = levels(tail->levelBlock());
    if (tail->DE() != nullptr) {
      scale.from = element_of(tail->name(), tail->expr());
    } else if (tail->FROM() != nullptr) {
      scale.from = expr(tail->expr());
    }
    if (tail->STEP() != nullptr) scale.step = expr(tail->expr());
    if (tail->REQUIRES_EVIDENCE() != nullptr) scale.requires_evidence = true;
  }
  return scale;
}

std::vector<ast::Level> ClauseBuilder::levels(Grammar::LevelBlockContext* ctx) {
  std::vector<ast::Level> result;
  for (auto* one : ctx->level()) {
    if (broken(one)) continue;
    auto* bare = one->bareResult();
    auto given = bare != nullptr ? bare_result(bare) : row_result(one->rowResult());
    result.push_back({name(one->nameOrString()), std::move(given), span_of(one)});
  }
  return result;
}

ast::Scale ClauseBuilder::checklist(Grammar::ChecklistScaleContext* ctx) {
  ast::ChecklistScale scale;
  for (auto* one : ctx->box()) {
    if (broken(one)) continue;
    const auto parts = one->expr();
    const auto condition = expr(at(parts, 0));
    const auto amount = optional_expr(at(parts, 1));
    scale.boxes.push_back({text(one->STRING()), condition, amount, span_of(one)});
  }
  return scale;
}

}  // namespace xize::syntax

// From items to a result: redistribution, totals, rounding, periods, selections, reports.
#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {

ast::EntryNode TreeBuilder::redistribute(Grammar::RedistributeContext* ctx) {
  using ast::RedistributeMode;
  ast::Redistribute result;
  if (auto* plain = as<Grammar::RedistributeEntryContext>(ctx)) {
    result.mode_written = plain->PROPORTIONALLY() != nullptr || plain->EQUALLY() != nullptr;
    if (plain->EQUALLY() != nullptr) result.mode = RedistributeMode::Equally;
    if (const auto written = scope(plain->scope())) result.scope = *written;
    result.to = names(plain->nodeNames());
    return result;
  }
  result.mode_written = true;
  if (auto* share = as<Grammar::ShareEntryContext>(ctx)) {
    const bool equally = share->SPREAD_RUBRIC() != nullptr || share->SPREAD_SECTION() != nullptr;
    const bool section = share->SHARE_SECTION() != nullptr || share->SPREAD_SECTION() != nullptr;
    if (equally) result.mode = RedistributeMode::Equally;
    if (section) result.scope = ast::Scope::Section;
    return result;
  }
  if (auto* named = as<Grammar::ShareToEntryContext>(ctx)) {
    if (named->SPREAD_TO() != nullptr) result.mode = RedistributeMode::Equally;
    result.to = names(named->nodeNames());
    return result;
  }
  return ast::InvalidEntry{};
}

ast::EntryNode TreeBuilder::section_mode(Grammar::SectionModeContext* ctx) {
  switch (head_type(ctx)) {
    case Grammar::AVERAGE_OF: return ast::Combine{ast::SectionMode::Average, false};
    case Grammar::LOWEST_OF: return ast::Combine{ast::SectionMode::Lowest, false};
    case Grammar::WEIGHTED: return ast::Combine{ast::SectionMode::Weighted, false};
    case Grammar::EQUAL_WEIGHTS: return ast::Combine{ast::SectionMode::Weighted, true};
    default: return ast::InvalidEntry{};
  }
}

ast::EntryNode TreeBuilder::total(Grammar::TotalEntryContext* ctx) {
  if (ctx->NO_TOTAL() != nullptr) return ast::NoTotal{};
  if (ctx->roundEntry() != nullptr) return round(ctx->roundEntry());
  return total_fact(ctx->totalFact());
}

ast::EntryNode TreeBuilder::total_fact(Grammar::TotalFactContext* ctx) {
  if (broken(ctx)) return ast::InvalidEntry{};
  const bool floor = ctx->FLOOR() != nullptr;
  if (ctx->UNSPECIFIED() != nullptr) {
    return ast::Unspecified{
        floor ? ast::About::Floor : ast::About::Ceiling, text(ctx->STRING()), {}, {}};
  }
  if (ctx->NO_FLOOR() != nullptr) return ast::Floor{{}, true};
  if (ctx->MAY_EXCEED() != nullptr) return ast::Ceiling{expr(ctx->expr()), true};
  if (floor) return ast::Floor{expr(ctx->expr()), false};
  return ast::Ceiling{expr(ctx->expr()), false};
}

ast::Round TreeBuilder::round(Grammar::RoundEntryContext* ctx) {
  ast::Round result;
  result.places = expr(ctx->expr());
  if (auto* mode = ctx->ROUNDING()) result.mode = rounding(mode);
  return result;
}

std::optional<ast::Round> TreeBuilder::optional_round(Grammar::RoundEntryContext* ctx) {
  if (broken(ctx)) return std::nullopt;
  return round(ctx);
}

ast::EntryNode TreeBuilder::combine(Grammar::CombineContext* ctx) {
  ast::CombinePeriods result;
  if (ctx->BY_SUM() != nullptr) result.mode = ast::PeriodMode::Sum;
  if (ctx->BY_LAST() != nullptr) result.mode = ast::PeriodMode::Last;
  if (ctx->BY_WEIGHTS() != nullptr) result.mode = ast::PeriodMode::Weights;
  result.weights = exprs(ctx->exprList());
  result.round = optional_round(ctx->roundEntry());
  return result;
}

ast::EntryNode TreeBuilder::convert(Grammar::ConvertContext* ctx) {
  if (ctx->UNSPECIFIED() != nullptr) {
    return ast::Unspecified{ast::About::Conversion, text(ctx->STRING()), {}, {}};
  }
  const auto target = expr(ctx->expr());
  return ast::Convert{target, optional_round(ctx->roundEntry())};
}

ast::EntryNode TreeBuilder::select(Grammar::SelectContext* ctx) {
  ast::Select result;
  result.name = name(ctx->nameOrString());
  if (auto* of = ctx->name()) result.of = name(of);
  SeenTails seen;
  if (result.of.present()) seen.list.emplace_back(Grammar::OF, result.of.span);
  for (auto* tail : ctx->selectTail()) {
    if (!broken(tail)) select_tail(tail, seen, result);
  }
  return result;
}

void TreeBuilder::select_tail(Grammar::SelectTailContext* ctx, SeenTails& seen, ast::Select& into) {
  if (auto* tied = ctx->tiesTail()) {
    if (first_time(seen, Grammar::TIES_BY, ctx)) into.ties = ties(tied, into.tie_breaks);
    return;
  }
  if (auto* mode = ctx->ROUNDING()) {
    if (first_time(seen, Grammar::ROUNDING, ctx)) into.round = rounding(mode);
    return;
  }
  auto kind = head_type(ctx);
  if (kind == Grammar::PER) {
    // 按 k 分别 takes each k apart; 按 x alone is the measure, as `by x` is.
    const auto* word = token(ctx->PER());
    const bool measure = word != nullptr && word->chinese && ctx->SEPARATELY() == nullptr;
    if (measure) kind = Grammar::BY;
  }
  if (!first_time(seen, kind, ctx)) return;
  switch (kind) {
    case Grammar::TOP: into.top = top_test(ctx->bound(), span_of(ctx)); break;
    case Grammar::OF: into.of = name(ctx->name()); break;
    case Grammar::PER: into.per = expr(ctx->expr()); break;
    case Grammar::BY: into.by = expr(ctx->expr()); break;
    case Grammar::WHERE: into.where = expr(ctx->expr()); break;
    case Grammar::EVERY_PERIOD: into.every_period = true; break;
    default: break;
  }
}

ast::EntryNode TreeBuilder::report(Grammar::ReportContext* ctx) {
  return ast::Report{name(ctx->name()), result_expr(ctx->expr())};
}

}  // namespace xize::syntax

// Amendments to a former version, and samples for inspectors.
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {

using ast::AmendKind;
namespace kinds = diagnostics::kinds;

ast::EntryNode TreeBuilder::amends(Grammar::AmendsContext* ctx) {
  ast::Amends result;
  result.documents = texts(ctx->STRING());
  for (auto* one : ctx->amendment()) {
    if (!broken(one)) amendment(one, result.actions);
  }
  return result;
}

void TreeBuilder::amendment(Grammar::AmendmentContext* ctx, std::vector<ast::Amendment>& out) {
  if (auto* phrases = as<Grammar::SubjectActionContext>(ctx)) {
    // 将 A 更名为 B，分值…: one amendment for each phrase, all of the former A.
    const auto subject = names(phrases->nodeNames());
    for (auto* one : phrases->amendPhrase()) {
      if (!broken(one)) out.push_back(phrase(subject, one));
    }
    return;
  }
  auto action = moved(ctx);
  if (!action) action = listed(ctx);
  if (!action) action = remark(as<Grammar::RemarkActionContext>(ctx));
  if (!action) return;
  action->span = span_of(ctx);
  out.push_back(std::move(*action));
}

std::optional<ast::Amendment> TreeBuilder::remark(Grammar::RemarkActionContext* ctx) const {
  if (ctx == nullptr) return std::nullopt;
  ast::Amendment result;
  const bool quotes = ctx->quote() != nullptr;
  result.kind = quotes ? AmendKind::Quote : AmendKind::Assume;
  result.text = quotes ? quote(ctx->quote()) : text(ctx->assume()->STRING());
  return result;
}

// Amendments that say what becomes of what.
std::optional<ast::Amendment> TreeBuilder::moved(Grammar::AmendmentContext* ctx) {
  ast::Amendment result;
  if (auto* rename = as<Grammar::RenameActionContext>(ctx)) {
    result.kind = AmendKind::Rename;
    result.from = {name(rename->nameOrString(0))};
    result.to = {name(rename->nameOrString(1))};
  } else if (auto* points = as<Grammar::PointsActionContext>(ctx)) {
    result.kind = AmendKind::Points;
    result.from = {name(points->nameOrString())};
    result.old_points = quantity(points->quantity(0));
    result.new_points = quantity(points->quantity(1));
  } else if (auto* split = as<Grammar::SplitActionContext>(ctx)) {
    result.kind = AmendKind::Split;
    result.from = {name(split->nameOrString())};
    result.to = names(split->nodeNames());
  } else if (auto* merge = as<Grammar::MergeActionContext>(ctx)) {
    result.kind = AmendKind::Merge;
    result.from = names(merge->nodeNames());
    result.to = {name(merge->nameOrString())};
  } else if (auto* replace = as<Grammar::ReplaceActionContext>(ctx)) {
    result.kind = AmendKind::Replace;
    result.from = names(replace->nodeNames(0));
    result.to = names(replace->nodeNames(1));
  } else {
    return std::nullopt;
  }
  return result;
}

// Amendments of a list of names.
std::optional<ast::Amendment> TreeBuilder::listed(Grammar::AmendmentContext* ctx) {
  ast::Amendment result;
  if (auto* keep = as<Grammar::KeepActionContext>(ctx)) {
    result.from = names(keep->nodeNames());
    if (auto* points = keep->quantity()) {
      result.kind = AmendKind::KeepPoints;
      result.old_points = result.new_points = quantity(points);
    }
  } else if (auto* reset = as<Grammar::ResetActionContext>(ctx)) {
    result.kind = AmendKind::Reset;
    result.from = names(reset->nodeNames());
  } else if (auto* remove = as<Grammar::RemoveActionContext>(ctx)) {
    result.kind = AmendKind::Remove;
    result.from = names(remove->nodeNames());
  } else if (auto* added = as<Grammar::AddActionContext>(ctx)) {
    result.kind = AmendKind::Add;
    result.to = names(added->nodeNames());
  } else {
    return std::nullopt;
  }
  return result;
}

ast::Amendment TreeBuilder::phrase(const std::vector<ast::Name>& subject,
                                   Grammar::AmendPhraseContext* ctx) {
  ast::Amendment result;
  result.from = subject;
  result.span = span_of(ctx);
  const auto points = ctx->quantity();
  if (ctx->POINTS_FROM() != nullptr) {
    result.kind = AmendKind::Points;
    result.old_points = quantity(at(points, 0));
    result.new_points = quantity(at(points, 1));
  } else if (ctx->POINTS_OF() != nullptr) {
    result.kind = AmendKind::KeepPoints;
    result.old_points = result.new_points = quantity(at(points, 0));
  } else if (ctx->SPLIT_INTO() != nullptr) {
    result.kind = AmendKind::Split;
    result.to = names(ctx->nodeNames());
  } else if (ctx->MERGED() != nullptr) {
    result.kind = AmendKind::Merge;
    result.to = {name(ctx->nameOrString())};
  } else if (ctx->RESET_CHILDREN() != nullptr) {
    result.kind = AmendKind::Reset;
  } else if (ctx->nodeNames() != nullptr) {
    // 调整为 between one name and one name gives it a new name, else it replaces the list.
    result.to = names(ctx->nodeNames());
    const bool one_to_one = result.from.size() == 1 && result.to.size() == 1;
    const bool renames = one_to_one && ctx->REPLACED() == nullptr;
    result.kind = renames ? AmendKind::Rename : AmendKind::Replace;
  }
  return result;
}

ast::EntryNode TreeBuilder::sample(Grammar::SampleContext* ctx) {
  ast::Sample result;
  const auto written = ctx->name();
  result.name = name(at(written, 0));
  result.from = name(at(written, 1));
  result.take = quantity(ctx->quantity());
  result.every_month = ctx->EVERY_MONTH_FROM() != nullptr;
  SeenTails seen;
  if (result.every_month) {
    seen.list.emplace_back(Grammar::EVERY_MONTH, span_of(ctx->EVERY_MONTH_FROM()));
  }
  for (auto* tail : ctx->sampleTail()) {
    if (!broken(tail)) sample_tail(tail, seen, result);
  }
  if (auto* inside = ctx->columnBlock()) result.columns = entries(inside->columnEntry());
  return result;
}

void TreeBuilder::sample_tail(Grammar::SampleTailContext* ctx, SeenTails& seen, ast::Sample& into) {
  auto kind = head_type(ctx);
  if (ctx->FULL_INSPECTION() != nullptr) kind = Grammar::FULL_INSPECTION;
  if (ctx->name() != nullptr) kind = Grammar::BY;
  if (!first_time(seen, kind, ctx)) return;
  switch (kind) {
    case Grammar::EVERY_MONTH: into.every_month = true; break;
    case Grammar::COVERING_ALL: into.covering_all = true; break;
    case Grammar::FULL_INSPECTION: full_inspection(ctx, into); break;
    case Grammar::BY: sample_by(ctx, into); break;
    case Grammar::WHERE: into.where = expr(ctx->expr()); break;
    case Grammar::ELSE_PREVIOUS: into.else_previous = true; break;
    default: break;
  }
}

// 不足 n 个的，全量检查，按比例扣分: the n is the number that is drawn.
void TreeBuilder::full_inspection(Grammar::SampleTailContext* ctx, ast::Sample& into) {
  into.scaled_to_full = true;
  if (ctx->quantity() == nullptr || !into.take.valid()) return;
  const auto below = quantity(ctx->quantity());
  const auto* number = std::get_if<ast::NumberLit>(&module_.exprs[below].node);
  const auto* drawn = std::get_if<ast::NumberLit>(&module_.exprs[into.take].node);
  if (number == nullptr || drawn == nullptr || number->value == drawn->value) return;
  sink_.report<kinds::FullInspectionDiffers>(span_of(ctx->quantity()), number->value,
                                             drawn->value);
}

// 按 k 尾号 N 每隔 100
void TreeBuilder::sample_by(Grammar::SampleTailContext* ctx, ast::Sample& into) {
  into.by = name(ctx->name());
  into.ending = optional_expr(ctx->expr());
  into.step = quantity(ctx->quantity());
}

}  // namespace xize::syntax

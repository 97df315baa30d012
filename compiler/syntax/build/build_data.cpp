// The document, its tables, and definitions.
#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {
namespace {

using ast::BinaryOp;
using ast::ConstraintKind;

ast::TypeKind type_kind(const Token* word) {
  const bool known = word != nullptr && word->role >= 0;
  return known ? static_cast<ast::TypeKind>(word->role) : ast::TypeKind::Invalid;
}

}  // namespace

ast::EntryNode TreeBuilder::policy(Grammar::PolicyContext* ctx) {
  ast::Policy result{name(ctx->name()), text(ctx->STRING()), {}};
  if (auto* inside = ctx->policyBlock()) result.entries = entries(inside->documentEntry());
  return result;
}

ast::EntryNode TreeBuilder::document(Grammar::DocumentEntryContext* ctx) {
  if (auto* number = as<Grammar::NumberEntryContext>(ctx)) {
    return ast::DocumentNumber{texts(number->STRING())};
  }
  if (auto* issuer = as<Grammar::IssuerEntryContext>(ctx)) {
    return ast::Issuer{text(issuer->STRING())};
  }
  if (auto* period = as<Grammar::PeriodEntryContext>(ctx)) {
    const auto* word = token(period->PERIOD_WORD());
    if (word == nullptr || word->role < 0) return ast::InvalidEntry{};
    return ast::Period{static_cast<ast::PeriodKind>(word->role)};
  }
  if (auto* from = as<Grammar::EffectiveEntryContext>(ctx)) return effective(from);
  if (auto* cutoff = as<Grammar::CutoffEntryContext>(ctx)) return ast::Cutoff{expr(cutoff->expr())};
  return ast::InvalidEntry{};
}

// `自 D 起施行，至 D 止`; the first day is left out of `自 印发之日 起施行`.
ast::EntryNode TreeBuilder::effective(Grammar::EffectiveEntryContext* ctx) {
  ast::Effective result;
  const auto days = ctx->expr();
  result.on_issue = ctx->ON_ISSUE() != nullptr;
  std::size_t next = 0;
  if (!result.on_issue) result.from = expr(at(days, next++));
  result.until = optional_expr(at(days, next));
  return result;
}

ast::EntryNode TreeBuilder::table(Grammar::TableContext* ctx) {
  ast::Table result{false, name(ctx->name()), text(ctx->STRING()), {}};
  if (auto* inside = ctx->columnBlock()) result.entries = entries(inside->columnEntry());
  return result;
}

ast::EntryNode TreeBuilder::records(Grammar::RecordsContext* ctx) {
  const auto written = ctx->name();
  if (ctx->EQ() != nullptr) {
    return ast::FilteredRecords{name(at(written, 0)), name(at(written, 1)), expr(ctx->expr())};
  }
  ast::Table result{true, name(at(written, 0)), text(ctx->STRING()), {}};
  if (auto* inside = ctx->columnBlock()) result.entries = entries(inside->columnEntry());
  return result;
}

ast::Column TreeBuilder::column(Grammar::ColumnContext* ctx) {
  ast::Column result;
  if (ctx == nullptr) return result;
  result.names = names(ctx->names());
  result.type = type_of_column(ctx->typeRef(), &result.constraints);
  SeenTails seen;
  for (const auto& prefix : result.constraints)
    seen.list.emplace_back(Grammar::OPTIONAL, prefix.span);
  for (auto* tail : ctx->columnTail()) {
    if (broken(tail)) continue;
    if (tail->constraint() != nullptr) {
      constraint(tail->constraint(), seen, result);
    } else if (first_time(seen, Grammar::STRING, tail)) {
      result.description = text(tail->STRING());
    }
  }
  for (auto* check : ctx->columnCheck()) {
    if (broken(check)) continue;
    ast::Constraint condition;
    condition.kind = ConstraintKind::Check;
    condition.spellings = {text(check->STRING())};
    condition.value = expr(check->expr());
    condition.span = span_of(check);
    result.constraints.push_back(std::move(condition));
  }
  if (ctx->STRING() != nullptr) describe(ctx->STRING(), result);
  return result;
}

// The description behind the checks, unless one stands before them.
void TreeBuilder::describe(Terminal* written, ast::Column& into) {
  if (into.description.empty()) {
    into.description = text(written);
  } else {
    sink_.report<diagnostics::kinds::TailGivenTwice>(span_of(written), text(written));
  }
}

ast::EntryNode TreeBuilder::computed(Grammar::ComputedColumnContext* ctx) {
  ast::Column result;
  result.names.push_back(name(ctx->name()));
  result.computed = expr(ctx->expr());
  return result;
}

// A type; `optional` in front of it is a constraint of the column.
ast::Type TreeBuilder::type_of_column(Grammar::TypeRefContext* ctx,
                                      std::vector<ast::Constraint>* optional) {
  ast::Type result;
  result.span = span_of(ctx);
  if (broken(ctx)) return result;
  if (auto* mark = ctx->OPTIONAL(); mark != nullptr && optional != nullptr) {
    ast::Constraint prefix;
    prefix.kind = ConstraintKind::Optional;
    prefix.span = span_of(mark);
    optional->push_back(std::move(prefix));
  }
  if (auto* of = ctx->kindOfThing()) result.of = kind_of_thing(of);
  if (ctx->TYPE_WORD() != nullptr) {
    result.kind = type_kind(token(ctx->TYPE_WORD()));
  } else if (result.of.present()) {
    result.kind = ast::TypeKind::Named;
  }
  if (auto* labels = ctx->choiceLabels()) result.labels = names(labels->nameOrString());
  return result;
}

// `件`, or a compound such as `次/月`.
ast::Name TreeBuilder::kind_of_thing(Grammar::KindOfThingContext* ctx) const {
  auto result = name(ctx->name(0));
  if (ctx->name(1) == nullptr) return result;
  const auto per = name(ctx->name(1));
  result.text += '/' + per.text;
  result.span = source::join(result.span, per.span);
  return result;
}

void TreeBuilder::constraint(Grammar::ConstraintContext* ctx, SeenTails& seen, ast::Column& into) {
  if (broken(ctx)) return;
  ast::Constraint result;
  result.span = span_of(ctx);
  bool repeats = false;
  if (auto* against = as<Grammar::CompareConstraintContext>(ctx)) {
    result.op = comparison(against->comparison());
    result.value = operand(against->operand());
    repeats = true;
  } else if (auto* within = as<Grammar::WithinConstraintContext>(ctx)) {
    result.kind = ConstraintKind::Within;
    result.interval = interval(within->interval());
  } else if (auto* between = as<Grammar::BetweenConstraintContext>(ctx)) {
    result.kind = ConstraintKind::Within;
    result.interval = interval(between->between());
  } else if (as<Grammar::KeyConstraintContext>(ctx) != nullptr) {
    result.kind = ConstraintKind::Key;
  } else if (as<Grammar::OptionalConstraintContext>(ctx) != nullptr) {
    result.kind = ConstraintKind::Optional;
  } else if (auto* preset = as<Grammar::DefaultConstraintContext>(ctx)) {
    result.kind = ConstraintKind::Default;
    result.value = operand(preset->operand());
  } else if (auto* step = as<Grammar::StepConstraintContext>(ctx)) {
    result.kind = ConstraintKind::Step;
    result.value = operand(step->operand());
  } else if (auto* spelled = as<Grammar::NaConstraintContext>(ctx)) {
    result.kind = ConstraintKind::NotApplicableAs;
    result.spellings = texts(spelled->STRING());
    repeats = true;
  } else {
    return;
  }
  const bool bounds = result.kind == ConstraintKind::Within;
  const auto kind = bounds ? std::size_t{Grammar::IN} : head_type(ctx);
  if (repeats || first_time(seen, kind, ctx)) into.constraints.push_back(std::move(result));
}

// `partition N1 + N2 = M` and `N1、N2 之和等于 M`.
ast::EntryNode TreeBuilder::partition(Grammar::PartitionContext* ctx) {
  if (ctx->PARTITION() != nullptr) {
    const auto op = ctx->LE() != nullptr ? BinaryOp::Le : BinaryOp::Eq;
    return partition({sum(ctx->sum())}, op, expr(at(ctx->expr(), 0)));
  }
  const auto op = ctx->SUM_AT_MOST() != nullptr ? BinaryOp::Le : BinaryOp::Eq;
  auto parts = exprs(ctx->expr());
  if (parts.size() < 2) return ast::InvalidEntry{};
  const auto whole = parts.back();
  parts.pop_back();
  return partition(parts, op, whole);
}

ast::EntryNode TreeBuilder::partition(Grammar::PartitionEntryContext* ctx) {
  const auto op = ctx->LE() != nullptr ? BinaryOp::Le : BinaryOp::Eq;
  return partition({sum(ctx->sum())}, op, expr(ctx->expr()));
}

ast::Partition TreeBuilder::partition(const std::vector<ast::ExprId>& terms, BinaryOp op,
                                      ast::ExprId whole) {
  ast::Partition result{{}, op, whole};
  for (const auto term : terms) flatten(term, result.terms);
  return result;
}

// The terms of a sum; what is subtracted is a negated term.
void TreeBuilder::flatten(ast::ExprId sum, std::vector<ast::ExprId>& terms) {
  const auto first = static_cast<std::ptrdiff_t>(terms.size());
  auto left = sum;
  for (;;) {
    const auto* both = std::get_if<ast::Binary>(&module_.exprs[left].node);
    if (both == nullptr || (both->op != BinaryOp::Add && both->op != BinaryOp::Sub)) break;
    const auto [op, next, right] = *both;
    terms.push_back(
        op == BinaryOp::Add ? right : add(ast::Unary{ast::UnaryOp::Negate, right}, span_of(right)));
    left = next;
  }
  terms.push_back(left);
  std::reverse(terms.begin() + first, terms.end());
}

ast::EntryNode TreeBuilder::check(Grammar::CheckEntryContext* ctx) {
  return ast::Check{text(ctx->STRING()), expr(ctx->expr())};
}

ast::EntryNode TreeBuilder::type_decl(Grammar::TypeDeclContext* ctx) {
  return ast::TypeDecl{name(ctx->name()), type_of_column(ctx->typeRef(), nullptr)};
}

ast::EntryNode TreeBuilder::define(Grammar::DefineContext* ctx) {
  auto called = name(ctx->name());
  if (!called.present()) return ast::InvalidEntry{};
  return ast::Define{std::move(called), names(ctx->names()), expr(ctx->expr())};
}

ast::EntryNode TreeBuilder::method(Grammar::MethodContext* ctx) {
  return ast::Method{name(ctx->name()), names(ctx->names()), block(ctx->itemBlock())};
}

ast::EntryNode TreeBuilder::use(Grammar::UseContext* ctx) {
  return ast::Use{name(ctx->name()), exprs(ctx->exprList())};
}

}  // namespace xize::syntax

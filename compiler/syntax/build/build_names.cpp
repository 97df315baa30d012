// Lookups, groups of units, aliases and claims.
#include "compiler/syntax/build/tree_builder.h"
#include "compiler/syntax/words.h"

namespace xize::syntax {

ast::EntryNode TreeBuilder::lookup(Grammar::LookupContext* ctx) {
  ast::Lookup result;
  result.name = name(ctx->name());
  result.params = names(ctx->names());
  auto* inside = ctx->lookupBlock();
  if (inside == nullptr) return result;
  result.grid_columns = exprs(inside->exprList());
  for (auto* one : inside->lookupRow()) {
    if (broken(one)) continue;
    ast::LookupRow row;
    row.span = span_of(one);
    for (auto* key : one->lookupKey()) row.keys.push_back(lookup_key(key));
    row.values = exprs(one->exprList());
    result.rows.push_back(std::move(row));
  }
  return result;
}

ast::RowTest TreeBuilder::lookup_key(Grammar::LookupKeyContext* ctx) {
  const Span span = span_of(ctx);
  auto equals = row_test_of(ast::RowTestKind::Equals, span);
  if (broken(ctx)) {
    equals.values.push_back(invalid(ctx));
    return equals;
  }
  if (ctx->OTHERWISE() != nullptr) return row_test_of(ast::RowTestKind::Otherwise, span);
  if (auto* op = ctx->comparison()) return compare_test(comparison(op), ctx->bound(), span);
  if (auto* within = ctx->interval()) return interval_test(interval(within));
  if (auto* range = ctx->chineseRange()) return interval_test(interval(range));
  if (auto* word = ctx->orderWord()) return order_test(ctx->bound(), word);
  equals.values.push_back(bound(ctx->bound()));
  return equals;
}

ast::EntryNode TreeBuilder::group_entry(Grammar::GroupContext* ctx) {
  const bool reference = ctx->REFERENCE_GROUP() != nullptr;
  return ast::Group{reference, name(ctx->name()), group(ctx->population())};
}

ast::EntryNode TreeBuilder::alias(Grammar::AliasContext* ctx) {
  return ast::Alias{names(ctx->names()), name(ctx->nameOrString())};
}

ast::EntryNode TreeBuilder::claims(Grammar::ClaimsContext* ctx) {
  ast::Claims result;
  for (auto* one : ctx->claim()) {
    if (!broken(one)) result.rows.push_back(claim(one));
  }
  return result;
}

ast::Claim TreeBuilder::claim(Grammar::ClaimContext* ctx) {
  ast::Claim result;
  result.span = span_of(ctx);
  const auto* word = token(ctx->CLAIM_WORD());
  const auto& words = claim_words();
  if (word != nullptr && word->role >= 0 && static_cast<std::size_t>(word->role) < words.size()) {
    const auto& row = words[static_cast<std::size_t>(word->role)];
    result.kind = row.kind;
    result.level = row.level;
  }
  if (auto* of = ctx->nameOrString()) result.of = name(of);
  result.value = number(ctx->NUMBER(), ctx->UNIT());
  return result;
}

}  // namespace xize::syntax

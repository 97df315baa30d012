// Entries that begin with an expression: the Chinese phrases, and a bare amount.
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/tree_builder.h"
#include "compiler/syntax/expectation.h"

namespace xize::syntax {

using ast::GuardKind;
namespace kinds = diagnostics::kinds;

ast::EntryNode TreeBuilder::phrase(Grammar::ExprEntryContext* ctx) {
  // 得分 = E
  if (ctx->SCORE() != nullptr) return bare_amount(ctx->expr(), ctx->clauseTail());
  auto* head = ctx->expr();
  auto* rest = ctx->exprRest();
  if (broken(rest)) return ast::InvalidEntry{};
  if (auto* sum = as<Grammar::SumRestContext>(rest)) return sum_phrase(head, sum);
  if (auto* condition = as<Grammar::ConditionRestContext>(rest)) {
    if (auto* rule = condition->gradeOutcome()) return grade_phrase(head, rule);
    return condition_phrase(head, condition->outcome());
  }
  if (auto* blocks = as<Grammar::BlockRestContext>(rest)) return block_phrase(head, blocks);
  if (auto* ratio = as<Grammar::RatioRestContext>(rest)) return ratio_phrase(head, ratio);
  if (auto* tiers = as<Grammar::TierRestContext>(rest)) return tier_phrase(head, tiers);
  if (auto* cases = as<Grammar::TierCaseRestContext>(rest)) return tier_phrase(head, cases);
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

// X 未达到 5% 不得分，5%（含）-7%（不含）得 2 分，…: tiers on one line.
ast::EntryNode TreeBuilder::tier_phrase(Grammar::ExprContext* head,
                                        Grammar::TierRestContext* rest) {
  ast::TierScale scale;
  ast::Row first;
  scale.x = expr(head);
  if (auto* test = rest->firstTest()) {
    first.test = first_test(test);
  } else if (!take_test(scale.x, first.test)) {
    auto* outcome = first_rule(rest);
    sink_.report<kinds::ConditionWithoutDe>(span_of(outcome), word_of(outcome))
        .fix({span_of(head).end, span_of(head).end}, " 的，");
    return ast::InvalidEntry{};
  }
  first.result = result_of(rest->bareResult(), rest->rowResult());
  first.span = source::join(first.test.span, first.result.span);
  scale.rows.push_back(std::move(first));
  for (auto* one : rest->row()) {
    if (!broken(one)) scale.rows.push_back(row(one));
  }
  ast::Clause result;
  result.scale = std::move(scale);
  return result;
}

// X 达到 90% 的，得 10 分；达到 80% 的，得 8 分；其余不得分: tiers, told by their missing measure.
ast::EntryNode TreeBuilder::tier_phrase(Grammar::ExprContext* head,
                                        Grammar::TierCaseRestContext* rest) {
  ast::TierScale scale;
  ast::Row first;
  scale.x = expr(head);
  if (!take_test(scale.x, first.test)) {
    auto* second = rest->compareRow();
    sink_.report<kinds::UnexpectedToken>(span_of(second), word_of(second), missing_measure());
    return ast::InvalidEntry{};
  }
  first.result = result_of(rest->bareResult(), rest->rowResult());
  first.span = source::join(first.test.span, first.result.span);
  scale.rows.push_back(std::move(first));
  if (!broken(rest->compareRow())) scale.rows.push_back(row(rest->compareRow()));
  for (auto* one : rest->caseRow()) {
    if (!broken(one)) scale.rows.push_back(row(one));
  }
  ast::Clause result;
  result.scale = std::move(scale);
  return result;
}

// The comparison that was read with the measure: `X < 5%` is the measure X and the test `< 5%`.
bool TreeBuilder::take_test(ast::ExprId& x, ast::RowTest& test) {
  const auto& node = module_.exprs[x].node;
  if (const auto* compared = std::get_if<ast::Binary>(&node)) {
    if (compared->op < ast::BinaryOp::Eq || compared->op == ast::BinaryOp::Ne) return false;
    const Span span{span_of(compared->left).end, span_of(compared->right).end};
    test = test_of(compared->op, compared->right, span);
    x = compared->left;
    return true;
  }
  const auto* within = std::get_if<ast::InInterval>(&node);
  if (within == nullptr) return false;
  test = interval_test(within->interval);
  x = within->operand;
  return true;
}

// C 的，…: a guard or a clause, by what follows.
ast::EntryNode TreeBuilder::condition_phrase(Grammar::ExprContext* condition,
                                             Grammar::OutcomeContext* ctx) {
  if (broken(ctx)) return ast::InvalidEntry{};
  return outcome(expr(condition), ctx);
}

ast::EntryNode TreeBuilder::outcome(ast::ExprId when, Grammar::OutcomeContext* ctx) {
  if (auto decided = guard_outcome(ctx)) {
    decided->when = when;
    return *decided;
  }
  return clause_outcome(when, ctx);
}

// From 否则, without the mark before it.
Span TreeBuilder::other_span(Grammar::OtherCaseContext* ctx) const {
  const Span whole = span_of(ctx);
  for (auto* child : ctx->children) {
    const auto type = type_of(child);
    if (type == Grammar::COMMA || type == Grammar::SEP) continue;
    auto* counted = as<Grammar::DifferenceContext>(child);
    const Span first = counted != nullptr ? span_of(counted) : span_of(as<Terminal>(child));
    return {first.begin, whole.end};
  }
  return whole;
}

bool TreeBuilder::follows_conditions(const Entries& entries) const {
  if (entries.size() < 2) return false;
  const auto* clause = std::get_if<ast::Clause>(&module_.entries[entries[entries.size() - 2]].node);
  return clause != nullptr && clause->when.valid();
}

// ，否则…: an entry of its own, under the opposite of the condition of the one before.
ast::EntryNode TreeBuilder::other_case(const Entries& before, Grammar::OtherCaseContext* ctx) {
  if (broken(ctx)) return ast::InvalidEntry{};
  auto* word = ctx->ELSE() != nullptr ? ctx->ELSE() : ctx->OTHERWISE();
  const bool same_sentence = type_of(ctx->children.front()) == Grammar::COMMA;
  if (word != nullptr && !same_sentence && follows_conditions(before)) {
    sink_.report<kinds::OtherwiseOfWhich>(span_of(word), text(word));
    return ast::InvalidEntry{};
  }
  const auto& last = module_.entries[before.back()].node;
  const auto* guard = std::get_if<ast::Guard>(&last);
  const auto* clause = std::get_if<ast::Clause>(&last);
  ast::ExprId when;
  if (guard != nullptr) when = guard->when;
  if (clause != nullptr) when = clause->when;
  if (!when.valid()) return ast::InvalidEntry{};
  const auto* negated = std::get_if<ast::Unary>(&module_.exprs[when].node);
  const bool twice = negated != nullptr && negated->op == ast::UnaryOp::Not;
  const auto opposite =
      twice ? negated->operand : add(ast::Unary{ast::UnaryOp::Not, when}, here_);
  if (auto* counted = ctx->difference()) return difference(counted, opposite);
  return broken(ctx->outcome()) ? ast::InvalidEntry{} : outcome(opposite, ctx->outcome());
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

// Whether the amount is the literal 0. `C 的，得 0 分` would add nothing, so it is 不得分; only a branch
// of 就高 starts at 0 and may give it.
bool TreeBuilder::is_zero(const ast::Clause& clause) const {
  const auto& amount = std::get<ast::Amount>(clause.scale);
  if (!amount.value.valid()) return false;
  const auto* number = std::get_if<ast::NumberLit>(&module_.exprs[amount.value].node);
  return number != nullptr && number->value.is_zero();
}

// C 的，得 E 分; C 的，扣 E 分; C 的，酌情扣分.
ast::EntryNode TreeBuilder::clause_outcome(ast::ExprId condition, Grammar::OutcomeContext* ctx) {
  if (auto* plain = as<Grammar::AmountOutcomeContext>(ctx)) {
    const auto sign = plain->DEDUCT() != nullptr ? ast::Sign::Deduct : ast::Sign::Award;
    auto result = amount_clause(sign, plain->amount());
    const bool gets = plain->DEDUCT() == nullptr && plain->AWARD() == nullptr &&
                      plain->clauseTail().empty();
    if (gets && !in_pick_ && is_zero(result)) return ast::Guard{GuardKind::Zero, {}, condition, {}};
    result.when = condition;
    read_tails(plain->clauseTail(), result);
    return result;
  }
  if (auto* formula = as<Grammar::ScoreOutcomeContext>(ctx)) {
    ast::Clause result;
    result.sign_written = true;
    result.scale = amount(formula->expr());
    result.when = condition;
    read_tails(formula->clauseTail(), result);
    return result;
  }
  if (auto* counted = as<Grammar::DifferenceOutcomeContext>(ctx)) {
    return difference(counted->difference(), condition);
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

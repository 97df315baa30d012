// Clauses: an amount or a scale, and its tails.
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build/clause_builder.h"
#include "compiler/syntax/words.h"

namespace xize::syntax {
namespace {

using ast::PerRounding;
namespace kinds = diagnostics::kinds;

ast::Sign sign_of(Terminal* deduct) {
  return deduct != nullptr ? ast::Sign::Deduct : ast::Sign::Award;
}

PerRounding rounding_of(Grammar::EachHeadContext* head) {
  switch (head_type(head)) {
    case Grammar::EACH_FULL: return PerRounding::Full;
    case Grammar::EACH_STARTED: return PerRounding::Started;
    default: return PerRounding::Exact;
  }
}

// What a tail is, so that it is not given twice; 扣完为止 is `max full`, and goes with a number.
std::size_t clause_tail_kind(Grammar::ClauseTailContext* tail) {
  auto* max = as<Grammar::MaxTailContext>(tail);
  return max != nullptr && max->FULL() != nullptr ? std::size_t{Grammar::UNTIL_GONE}
                                                 : head_type(tail);
}

}  // namespace

ast::EntryNode ClauseBuilder::clause(Grammar::ClauseContext* ctx) {
  if (auto* plain = as<Grammar::SignedClauseContext>(ctx)) {
    auto result = amount_clause(sign_of(plain->DEDUCT()), plain->amount());
    read_tails(plain->clauseTail(), result);
    return result;
  }
  if (auto* scaled = as<Grammar::ScaleClauseContext>(ctx)) {
    ast::Clause result;
    result.sign = sign_of(scaled->DEDUCT());
    result.sign_written = scaled->DEDUCT() != nullptr || scaled->AWARD() != nullptr;
    read_scale(scaled->scale(), result);
    read_tails(scaled->clauseTail(), result);
    return result;
  }
  if (auto* each = as<Grammar::EachClauseContext>(ctx)) return each_clause(each);
  return ast::InvalidEntry{};
}

ast::Clause ClauseBuilder::amount_clause(ast::Sign sign, Grammar::AmountContext* ctx) {
  ast::Clause result;
  result.sign = sign;
  result.sign_written = true;
  result.scale = amount(ctx);
  return result;
}

ast::Amount ClauseBuilder::amount(Grammar::AmountContext* ctx) {
  if (broken(ctx)) return {invalid(ctx), false};
  if (ctx->FULL() != nullptr) return {{}, true};
  return amount(ctx->expr());
}

// `每1个 指南错误 扣0.5分，最多扣10分`.
ast::Clause ClauseBuilder::each_clause(Grammar::EachClauseContext* ctx) {
  auto result = amount_clause(sign_of(ctx->DEDUCT()), ctx->amount());
  const Span span = source::join(span_of(ctx->eachHead()), span_of(ctx->perTarget()));
  auto counted = per(ctx->perTarget(), span);
  if (auto* every = ctx->countedStep()) count_in_steps(every, counted);
  counted.rounding = rounding_of(ctx->eachHead());
  if (auto* note = ctx->startedNote()) started_note(note, counted);
  result.per = std::move(counted);
  read_tails(ctx->clauseTail(), result);
  return result;
}

// 每低1个百分点扣0.5分, where the condition is `X < T`: for each of T - X.
ast::EntryNode ClauseBuilder::difference(Grammar::DifferenceContext* ctx, ast::ExprId when) {
  if (broken(ctx)) return ast::InvalidEntry{};
  auto result = amount_clause(sign_of(ctx->DEDUCT()), ctx->amount());
  result.when = when;
  ast::Per counted;
  counted.span = span_of(ctx);
  counted.what = shortfall(when, ctx->SHORT() != nullptr);
  if (!counted.what.valid()) {
    sink_.report<kinds::NoLimitToCountFrom>(counted.span, word_of(ctx));
    return ast::InvalidEntry{};
  }
  count_in_steps(ctx->countedStep(), counted);
  result.per = std::move(counted);
  read_tails(ctx->clauseTail(), result);
  return result;
}

// T - X of `X < T`, of `not X >= T`, `not X = T`; X - T for what is above. Invalid where the
// condition does not compare that way.
ast::ExprId ClauseBuilder::shortfall(ast::ExprId when, bool below) {
  const auto* negated = std::get_if<ast::Unary>(&module_.exprs[when].node);
  const bool opposite = negated != nullptr && negated->op == ast::UnaryOp::Not;
  const auto* test =
      std::get_if<ast::Binary>(&module_.exprs[opposite ? negated->operand : when].node);
  if (test == nullptr) return {};
  const bool less = test->op == ast::BinaryOp::Lt || test->op == ast::BinaryOp::Le;
  const bool more = test->op == ast::BinaryOp::Gt || test->op == ast::BinaryOp::Ge;
  const bool equal = opposite && test->op == ast::BinaryOp::Eq;
  if (!equal && (below != opposite ? !less : !more)) return {};
  const auto x = test->left, limit = test->right;
  return add(ast::Binary{ast::BinaryOp::Sub, below ? limit : x, below ? x : limit}, span_of(when));
}

ast::Per ClauseBuilder::per(Grammar::PerTargetContext* ctx, Span span) {
  ast::Per result;
  result.span = span;
  if (broken(ctx)) {
    result.what = invalid(ctx);
    return result;
  }
  result.what = operand(ctx->operand());
  result.where = optional_expr(ctx->expr());
  return result;
}

ast::Per ClauseBuilder::per_count(Grammar::PerTailContext* ctx) {
  auto* counted = ctx->perCount();
  if (broken(counted)) return per(nullptr, span_of(ctx));
  auto result = per(counted->perTarget(), span_of(ctx));
  if (counted->NUMBER() != nullptr) result.step = step(counted->NUMBER(), counted->UNIT());
  if (!result.step.valid()) result.measure = text(counted->UNIT());
  return result;
}

// `1个`, `5天` behind 每; a unit of time alone, 每天, is one of it.
void ClauseBuilder::count_in_steps(Grammar::CountedStepContext* ctx, ast::Per& into) {
  const Token* word = token(ctx->UNIT());
  const UnitRow* row =
      word == nullptr ? nullptr : &unit_words()[static_cast<std::size_t>(word->role)];
  if (ctx->NUMBER() == nullptr && row != nullptr && row->unit != ast::UnitWord::Measure) {
    ast::NumberLit one;
    one.value = value::Rational(row->scale);
    one.spelling = "1";
    one.unit = row->unit;
    if (row->scale != 1) one.measure = word->text;
    into.step = add(std::move(one), span_of(ctx));
    return;
  }
  into.step = step(ctx->NUMBER(), ctx->UNIT());
  if (!into.step.valid()) into.measure = text(ctx->UNIT());
}

// The 3 of `per 3 件`; one of what is counted is no step.
ast::ExprId ClauseBuilder::step(Terminal* digits, Terminal* unit) {
  const auto* word = token(unit);
  if (digits == nullptr) return {};
  const auto id = number(digits, unit);
  const auto* literal = std::get_if<ast::NumberLit>(&module_.exprs[id].node);
  if (literal == nullptr || literal->value != value::Rational(1)) return id;
  const bool counts = word == nullptr || literal->unit == ast::UnitWord::Measure;
  return counts ? ast::ExprId() : id;
}

// （不足 n 的按 n 计）: a started step counts as a whole one.
void ClauseBuilder::started_note(Grammar::StartedNoteContext* ctx, ast::Per& into) {
  into.rounding = PerRounding::Started;
  if (broken(ctx)) return;
  value::Rational written = 1;
  if (into.step.valid()) {
    const auto* literal = std::get_if<ast::NumberLit>(&module_.exprs[into.step].node);
    if (literal == nullptr) return;
    written = literal->value;
  }
  const auto units = ctx->UNIT();
  for (std::size_t i = 0; i < ctx->NUMBER().size(); ++i) {
    const auto id = number(ctx->NUMBER(i), at(units, i));
    const auto* literal = std::get_if<ast::NumberLit>(&module_.exprs[id].node);
    if (literal == nullptr || literal->value == written) continue;
    sink_.report<kinds::StartedStepDiffers>(span_of(ctx->NUMBER(i)), literal->value, written);
    return;
  }
}

void ClauseBuilder::read_tails(const std::vector<Grammar::ClauseTailContext*>& tails,
                               ast::Clause& into) {
  SeenTails seen;
  if (into.when.valid()) seen.list.emplace_back(Grammar::WHEN, span_of(into.when));
  if (into.worth.valid()) seen.list.emplace_back(Grammar::WORTH, span_of(into.worth));
  if (into.per) seen.list.emplace_back(Grammar::PER, into.per->span);
  if (into.per && into.per->where.valid()) {
    seen.list.emplace_back(Grammar::WHERE, span_of(into.per->where));
  }
  LooseTails loose;
  for (auto* tail : tails) {
    if (broken(tail)) continue;
    const bool multiplies = as<Grammar::TimesTailContext>(tail) != nullptr ||
                            as<Grammar::TimesTailZhContext>(tail) != nullptr;
    if (multiplies) {
      into.multipliers.push_back(multiplier(tail));
    } else if (first_time(seen, clause_tail_kind(tail), tail)) {
      read_tail(tail, into, loose);
    }
  }
  settle(loose, into);
}

void ClauseBuilder::read_tail(Grammar::ClauseTailContext* ctx, ast::Clause& into,
                              LooseTails& loose) {
  if (auto* per = as<Grammar::PerTailContext>(ctx)) {
    into.per = per_count(per);
  } else if (auto* where = as<Grammar::WhereTailContext>(ctx)) {
    loose.where = ctx;
    loose.condition = expr(where->expr());
  } else if (auto* when = as<Grammar::WhenTailContext>(ctx)) {
    into.when = expr(when->expr());
  } else if (auto* every = as<Grammar::EveryTailContext>(ctx)) {
    loose.every = ctx;
    loose.rounding = every->FULL() != nullptr ? PerRounding::Full : PerRounding::Started;
  } else if (auto* worth = as<Grammar::WorthTailContext>(ctx)) {
    into.worth = expr(worth->expr());
  } else {
    cap_tail(ctx, into);
  }
}

// `max M`, `max full`, 扣完为止; many documents write both a number and 扣完为止.
void ClauseBuilder::cap_tail(Grammar::ClauseTailContext* ctx, ast::Clause& into) {
  auto* max = as<Grammar::MaxTailContext>(ctx);
  if (max == nullptr || max->FULL() != nullptr) {
    into.max_full = true;
  } else {
    into.max = expr(max->expr());
  }
}

ast::Multiplier ClauseBuilder::multiplier(Grammar::ClauseTailContext* ctx) {
  ast::Multiplier result;
  result.span = span_of(ctx);
  if (auto* times = as<Grammar::TimesTailContext>(ctx)) {
    const auto parts = times->expr();
    const bool written = times->TIMES() != nullptr;
    result.factor = factor_of(ctx, written ? at(parts, 0) : nullptr);
    result.when = expr(at(parts, written ? 1 : 0));
  } else if (auto* phrase = as<Grammar::TimesTailZhContext>(ctx)) {
    const auto parts = phrase->expr();
    result.when = expr(at(parts, 0));
    result.factor = factor_of(ctx, at(parts, 1));
  }
  return result;
}

ast::ExprId ClauseBuilder::factor(value::Rational value, const char* spelling, Span span) {
  ast::NumberLit literal;
  literal.value = std::move(value);
  literal.spelling = spelling;
  return add(std::move(literal), span);
}

// 2 of `double`, 1/2 of `halve`, or the factor written after `times`.
ast::ExprId ClauseBuilder::factor_of(Grammar::ClauseTailContext* ctx,
                                     Grammar::ExprContext* written) {
  if (auto* twice = find(ctx, Grammar::DOUBLE)) {
    return factor(2, "2", span_of(twice));
  }
  if (auto* half = find(ctx, Grammar::HALVE)) {
    return factor({1, 2}, "0.5", span_of(half));
  }
  return expr(written);
}

// `where` and `every` belong to the `per` of the same clause.
void ClauseBuilder::settle(const LooseTails& loose, ast::Clause& into) {
  if (loose.where != nullptr) {
    if (!into.per) {
      alone(loose.where);
    } else if (into.per->where.valid()) {
      sink_.report<kinds::TailGivenTwice>(span_of(loose.where), word_of(loose.where))
          .note<diagnostics::kinds::FirstGivenHere>(span_of(into.per->where));
    } else {
      into.per->where = loose.condition;
    }
  }
  if (loose.every == nullptr) return;
  if (into.per) into.per->rounding = loose.rounding;
  if (!into.per) alone(loose.every);
}

void ClauseBuilder::alone(Context* tail) {
  sink_.report<kinds::TailWithoutPer>(span_of(tail), word_of(tail));
}

void ClauseBuilder::ratio_tails(const std::vector<Grammar::RatioTailContext*>& tails,
                                ast::RatioScale& into) {
  SeenTails seen;
  for (auto* tail : tails) {
    const auto kind = head_type(tail);
    if (broken(tail) || !first_time(seen, kind, tail)) continue;
    (find(tail, Grammar::GE) != nullptr ? into.to : into.from) = expr(tail->expr());
  }
}

}  // namespace xize::syntax

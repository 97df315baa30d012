// Scoring clauses and scales of the parse tree as ast::Clause.
// In: contexts; a broken tail is left out. Out: clauses, the same for both surfaces.
#pragma once

#include <vector>

#include "compiler/syntax/build/expr_builder.h"

namespace xize::syntax {

// Builds what scores: amounts, scales, and the tails of a clause.
class ClauseBuilder : protected ExprBuilder {
 protected:
  using ExprBuilder::ExprBuilder;

  // ---- clauses (build_clause.cpp)
  ast::EntryNode clause(Grammar::ClauseContext* ctx);
  // A clause under the condition `when` (may be invalid), of the given sign.
  ast::Clause amount_clause(ast::Sign sign, Grammar::AmountContext* ctx);
  ast::Amount amount(Grammar::AmountContext* ctx);
  ast::Amount amount(Grammar::ExprContext* ctx) { return {expr(ctx), false}; }
  // Under a condition that compares a measure with a limit.
  ast::EntryNode difference(Grammar::DifferenceContext* ctx, ast::ExprId when);
  void read_tails(const std::vector<Grammar::ClauseTailContext*>& tails, ast::Clause& into);
  void ratio_tails(const std::vector<Grammar::RatioTailContext*>& tails, ast::RatioScale& into);

  // ---- scales (build_scale.cpp)
  // Sets the scale, and the worth or sign that some forms of it bring along.
  void read_scale(Grammar::ScaleContext* ctx, ast::Clause& into);

 private:
  // Tails of a clause that only make sense with another one.
  struct LooseTails {
    Context* where = nullptr;
    ast::ExprId condition;
    Context* every = nullptr;
    ast::PerRounding rounding = ast::PerRounding::Exact;
  };

  ast::Clause each_clause(Grammar::EachClauseContext* ctx);
  void count_in_steps(Grammar::CountedStepContext* ctx, ast::Per& into);
  ast::ExprId shortfall(ast::ExprId when, bool below);
  ast::Per per(Grammar::PerTargetContext* ctx, Span span);
  ast::Per per_count(Grammar::PerTailContext* ctx);
  ast::ExprId step(Terminal* digits, Terminal* unit);
  void started_note(Grammar::StartedNoteContext* ctx, ast::Per& into);
  void read_tail(Grammar::ClauseTailContext* ctx, ast::Clause& into, LooseTails& loose);
  void cap_tail(Grammar::ClauseTailContext* ctx, ast::Clause& into);
  ast::Multiplier multiplier(Grammar::ClauseTailContext* ctx);
  ast::ExprId factor_of(Grammar::ClauseTailContext* ctx, Grammar::ExprContext* written);
  ast::ExprId factor(value::Rational value, const char* spelling, Span span);
  void settle(const LooseTails& loose, ast::Clause& into);
  void alone(Context* tail);

  ast::Scale rank(Grammar::ExprContext* x, const std::vector<Grammar::RankTailContext*>& tails,
                  Grammar::RowBlockContext* table);
  ast::Scale relative(Grammar::RelativeScaleContext* ctx);
  ast::JudgeScale judge(const std::vector<Grammar::JudgeTailContext*>& tails);
  std::vector<ast::Level> levels(Grammar::LevelBlockContext* ctx);
  ast::Scale checklist(Grammar::ChecklistScaleContext* ctx);
};

}  // namespace xize::syntax

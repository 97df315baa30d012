// The tree builder: one parse tree of the generated parser as one ast::Module.
// In: a FileContext, the tokens it was parsed from, a sink. Out: entries and expressions of the
// module; both surfaces give the same ones. What the parser could not read is an InvalidEntry or
// InvalidExpr and is not reported again.
// Must hold: any parse tree is accepted, however broken; the depth of what is built is limited.
#pragma once

#include <vector>

#include "compiler/ast/level.h"
#include "compiler/syntax/build/clause_builder.h"

namespace xize::syntax {

// Builds a module. One builder serves one file.
class TreeBuilder : private ClauseBuilder {
 public:
  TreeBuilder(ast::Module& out, const std::vector<Token>& tokens, diagnostics::Sink& sink)
      : ClauseBuilder(out, tokens, sink) {}

  // Adds to the module's `top`. A null file adds nothing.
  void build(Grammar::FileContext* file);

 private:
  using Entries = std::vector<ast::EntryId>;

  // ---- any entry (build_entry.cpp)
  void entry(Context* rule, Entries& out);
  ast::EntryNode entry_node(Context* rule);
  ast::EntryNode data_node(Context* rule);
  ast::EntryNode item_node(Context* rule);
  ast::EntryNode result_node(Context* rule);
  template <class Holder>
  Entries entries(const std::vector<Holder*>& holders) {
    Entries result;
    result.reserve(holders.size());
    for (auto* holder : holders) entry(holder, result);
    return result;
  }
  Entries block(Grammar::ItemBlockContext* ctx);

  // ---- the document, data, definitions (build_data.cpp)
  ast::EntryNode policy(Grammar::PolicyContext* ctx);
  ast::EntryNode document(Grammar::DocumentEntryContext* ctx);
  ast::EntryNode effective(Grammar::EffectiveEntryContext* ctx);
  ast::EntryNode table(Grammar::TableContext* ctx);
  ast::EntryNode records(Grammar::RecordsContext* ctx);
  ast::Column column(Grammar::ColumnContext* ctx);
  template <class Entry>
  ast::EntryNode declared(Grammar::ColumnContext* ctx);
  void describe(Terminal* written, ast::Column& into);
  ast::EntryNode computed(Grammar::ComputedColumnContext* ctx);
  ast::Type type_of_column(Grammar::TypeRefContext* ctx, std::vector<ast::Constraint>* optional);
  ast::Name kind_of_thing(Grammar::KindOfThingContext* ctx) const;
  void constraint(Grammar::ConstraintContext* ctx, SeenTails& seen, ast::Column& into);
  ast::EntryNode partition(Grammar::PartitionContext* ctx);
  ast::EntryNode partition(Grammar::PartitionEntryContext* ctx);
  ast::Partition partition(const std::vector<ast::ExprId>& terms, ast::BinaryOp op,
                           ast::ExprId whole);
  void flatten(ast::ExprId sum, std::vector<ast::ExprId>& terms);
  ast::EntryNode check(Grammar::CheckEntryContext* ctx);
  ast::EntryNode type_decl(Grammar::TypeDeclContext* ctx);
  ast::EntryNode define(Grammar::DefineContext* ctx);
  ast::EntryNode method(Grammar::MethodContext* ctx);
  ast::EntryNode use(Grammar::UseContext* ctx);

  // ---- lookups, groups, claims (build_names.cpp)
  ast::EntryNode lookup(Grammar::LookupContext* ctx);
  ast::RowTest lookup_key(Grammar::LookupKeyContext* ctx);
  ast::EntryNode group_entry(Grammar::GroupContext* ctx);
  ast::EntryNode alias(Grammar::AliasContext* ctx);
  ast::EntryNode claims(Grammar::ClaimsContext* ctx);
  ast::Claim claim(Grammar::ClaimContext* ctx);

  // ---- the rubric, its nodes and blocks (build_node.cpp)
  ast::EntryNode rubric(Grammar::RubricContext* ctx);
  ast::EntryNode node(Grammar::NodeContext* ctx);
  template <class NodeLike>
  void read_head(NodeLike* ctx, ast::Node& into);
  void node_tail(Grammar::NodeTailContext* ctx, SeenTails& seen, ast::Node& into);
  void node_fact(Grammar::NodeFactContext* ctx, SeenTails& seen, ast::Node& into);
  ast::Name node_name(Grammar::NodeContext* ctx) const;
  ast::Name node_name(Grammar::RubricContext* ctx) const { return name(ctx->nameOrString()); }
  [[nodiscard]] int level_of(Grammar::NodeContext* ctx) const;
  [[nodiscard]] bool holds_node(const Entries& list) const;
  ast::EntryNode unspecified(Grammar::UnspecifiedContext* ctx);
  ast::EntryNode guard(Grammar::GuardContext* ctx);
  static std::optional<ast::Scope> scope(Grammar::ScopeContext* ctx);
  ast::EntryNode when(Grammar::WhenContext* ctx);
  ast::EntryNode together(Grammar::TogetherContext* ctx);
  ast::EntryNode pick(Grammar::PickContext* ctx);

  // ---- entries that begin with an expression (build_phrase.cpp)
  ast::EntryNode phrase(Grammar::ExprEntryContext* ctx);
  ast::EntryNode sum_phrase(Grammar::ExprContext* first, Grammar::SumRestContext* rest);
  ast::EntryNode block_phrase(Grammar::ExprContext* condition, Grammar::BlockRestContext* rest);
  ast::EntryNode ratio_phrase(Grammar::ExprContext* x, Grammar::RatioRestContext* rest);
  ast::EntryNode bare_amount(Grammar::ExprContext* amount,
                             const std::vector<Grammar::ClauseTailContext*>& tails);
  ast::EntryNode tier_phrase(Grammar::ExprContext* head, Grammar::TierRestContext* rest);
  ast::EntryNode tier_phrase(Grammar::ExprContext* head, Grammar::TierCaseRestContext* rest);
  bool take_test(ast::ExprId& x, ast::RowTest& test);
  ast::EntryNode outcome(ast::ExprId when, Grammar::OutcomeContext* ctx);
  Span other_span(Grammar::OtherCaseContext* ctx) const;
  ast::EntryNode other_case(const Entries& before, Grammar::OtherCaseContext* ctx);
  // Whether the last but one of the entries adds or deducts under a condition of its own.
  [[nodiscard]] bool follows_conditions(const Entries& entries) const;
  ast::EntryNode condition_phrase(Grammar::ExprContext* condition, Grammar::OutcomeContext* ctx);
  std::optional<ast::Guard> guard_outcome(Grammar::OutcomeContext* ctx);
  [[nodiscard]] bool is_zero(const ast::Clause& clause) const;
  ast::EntryNode clause_outcome(ast::ExprId condition, Grammar::OutcomeContext* ctx);

  // ---- from items to a result (build_result.cpp, build_grade.cpp)
  ast::EntryNode redistribute(Grammar::RedistributeContext* ctx);
  ast::EntryNode section_mode(Grammar::SectionModeContext* ctx);
  ast::EntryNode total(Grammar::TotalEntryContext* ctx);
  ast::EntryNode total_fact(Grammar::TotalFactContext* ctx);
  ast::Round round(Grammar::RoundEntryContext* ctx);
  std::optional<ast::Round> optional_round(Grammar::RoundEntryContext* ctx);
  ast::EntryNode combine(Grammar::CombineContext* ctx);
  ast::EntryNode convert(Grammar::ConvertContext* ctx);
  ast::EntryNode select(Grammar::SelectContext* ctx);
  void select_tail(Grammar::SelectTailContext* ctx, SeenTails& seen, ast::Select& into);
  ast::EntryNode report(Grammar::ReportContext* ctx);
  void grade(Grammar::GradeContext* ctx, Entries& out);
  ast::GradeRow grade_row(Grammar::GradeRowContext* ctx);
  void grade_tail(Grammar::GradeTailContext* ctx, SeenTails& seen, ast::GradeRow& into);
  std::optional<ast::RowTest> score_test(Grammar::GradeTailContext* ctx);
  void grade_test(ast::RowTest test, Context* tail, SeenTails& seen, ast::GradeRow& into);
  ast::EntryNode grade_rule(Grammar::GradeRuleContext* ctx);
  ast::EntryNode grade_phrase(Grammar::ExprContext* condition, Grammar::GradeOutcomeContext* ctx);
  ast::Ties ties(Grammar::TiesTailContext* ctx, std::vector<ast::ExprId>& keys);

  // ---- versions, sampling (build_version.cpp)
  ast::EntryNode amends(Grammar::AmendsContext* ctx);
  void amendment(Grammar::AmendmentContext* ctx, std::vector<ast::Amendment>& out);
  std::optional<ast::Amendment> moved(Grammar::AmendmentContext* ctx);
  std::optional<ast::Amendment> listed(Grammar::AmendmentContext* ctx);
  std::optional<ast::Amendment> remark(Grammar::RemarkActionContext* ctx) const;
  [[nodiscard]] std::string quote(Grammar::QuoteContext* ctx) const {
    return text(ctx->STRING() != nullptr ? ctx->STRING() : ctx->TRIPLE());
  }
  ast::Amendment phrase(const std::vector<ast::Name>& subject, Grammar::AmendPhraseContext* ctx);
  ast::EntryNode sample(Grammar::SampleContext* ctx);
  void sample_tail(Grammar::SampleTailContext* ctx, SeenTails& seen, ast::Sample& into);
  void full_inspection(Grammar::SampleTailContext* ctx, ast::Sample& into);
  void sample_by(Grammar::SampleTailContext* ctx, ast::Sample& into);

  // ---- tests (build_test.cpp)
  ast::EntryNode test(Grammar::TestContext* ctx);
  ast::Given given(Grammar::GivenContext* ctx);
  ast::Expect expectation(Grammar::ExpectationContext* ctx);
  ast::Expect expected_fault(Grammar::FaultNameContext* ctx);
  ast::EntryNode property(Grammar::PropertyContext* ctx);

  ast::Place place_;  // of the node that is being read
  bool in_pick_ = false;  // among the branches of 就高 or 就低
};

}  // namespace xize::syntax

// Which builder an entry goes to, and the blocks that entries stand in.
#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {
namespace {

// Rules that only choose between others.
bool chooses(std::size_t rule) {
  return rule == Grammar::RuleTopEntry || rule == Grammar::RuleItemEntry ||
         rule == Grammar::RuleColumnEntry || rule == Grammar::RuleGradeEntry;
}

// Entries with a block of their own, or that declare a name: what could be read of them is kept,
// so that what is inside, and what uses the name, is no second mistake.
bool keeps_what_was_read(std::size_t rule) {
  switch (rule) {
    case Grammar::RuleColumn:
    case Grammar::RuleInput:
    case Grammar::RuleParameter:
    case Grammar::RuleDefine:
    case Grammar::RulePolicy:
    case Grammar::RuleTable:
    case Grammar::RuleRecords:
    case Grammar::RuleLookup:
    case Grammar::RuleClaims:
    case Grammar::RuleMethod:
    case Grammar::RuleRubric:
    case Grammar::RuleNode:
    case Grammar::RuleOrdered:
    case Grammar::RuleWhen:
    case Grammar::RuleTogether:
    case Grammar::RulePick:
    case Grammar::RuleGrade:
    case Grammar::RuleAmends:
    case Grammar::RuleTest: return true;
    default: return false;
  }
}

}  // namespace

void TreeBuilder::build(Grammar::FileContext* file) {
  if (file == nullptr) return;
  for (auto* one : file->topEntry()) entry(one, module_.top);
}

// A column as an entry of its kind, unless not even its name could be read.
template <class Entry>
ast::EntryNode TreeBuilder::declared(Grammar::ColumnContext* ctx) {
  auto built = column(ctx);
  if (built.names.empty()) return ast::InvalidEntry{};
  return Entry{std::move(built)};
}

TreeBuilder::Entries TreeBuilder::block(Grammar::ItemBlockContext* ctx) {
  if (ctx == nullptr) return {};
  Entries result;
  if (enter(ctx)) result = entries(ctx->itemEntry());
  leave();
  return result;
}

// Adds an entry; a table of grades is followed by the rules that stood in it.
void TreeBuilder::entry(Context* rule, Entries& out) {
  bool spoiled = false;
  while (rule != nullptr && chooses(rule->getRuleIndex())) {
    spoiled = spoiled || broken(rule);
    auto* chosen = first_rule(rule);
    if (chosen == nullptr) break;
    rule = chosen;
  }
  if (rule == nullptr) return;
  const Span outer = std::exchange(here_, span_of(rule));
  const Span span = here_;
  const auto index = rule->getRuleIndex();
  if ((spoiled || broken(rule)) && !keeps_what_was_read(index)) {
    out.push_back(add_entry(ast::InvalidEntry{}, span));
  } else if (index == Grammar::RuleGrade) {
    grade(as<Grammar::GradeContext>(rule), out);
  } else {
    auto* phrase = as<Grammar::ExprEntryContext>(rule);
    auto* rest =
        phrase != nullptr ? as<Grammar::ConditionRestContext>(phrase->exprRest()) : nullptr;
    auto* other = rest != nullptr ? rest->otherCase() : nullptr;
    auto built = entry_node(rule);
    if (other != nullptr) {
      const Span own{span.begin, span_of(rest->outcome()).end};
      out.push_back(add_entry(built, own));
      here_ = other_span(other);
      built = other_case(out, other);
    }
    out.push_back(add_entry(std::move(built), here_));
  }
  here_ = outer;
}

ast::EntryNode TreeBuilder::entry_node(Context* rule) {
  auto built = data_node(rule);
  if (!std::holds_alternative<ast::InvalidEntry>(built)) return built;
  built = item_node(rule);
  if (!std::holds_alternative<ast::InvalidEntry>(built)) return built;
  return result_node(rule);
}

ast::EntryNode TreeBuilder::data_node(Context* rule) {
  switch (rule->getRuleIndex()) {
    case Grammar::RulePolicy: return policy(as<Grammar::PolicyContext>(rule));
    case Grammar::RuleDocumentEntry: return document(as<Grammar::DocumentEntryContext>(rule));
    case Grammar::RuleImportEntry:
      return ast::Import{text(as<Grammar::ImportEntryContext>(rule)->STRING())};
    case Grammar::RuleTable: return table(as<Grammar::TableContext>(rule));
    case Grammar::RuleRecords: return records(as<Grammar::RecordsContext>(rule));
    case Grammar::RuleColumn: return declared<ast::Column>(as<Grammar::ColumnContext>(rule));
    case Grammar::RuleComputedColumn: return computed(as<Grammar::ComputedColumnContext>(rule));
    case Grammar::RulePartition: return partition(as<Grammar::PartitionContext>(rule));
    case Grammar::RulePartitionEntry: return partition(as<Grammar::PartitionEntryContext>(rule));
    case Grammar::RuleCheckEntry: return check(as<Grammar::CheckEntryContext>(rule));
    case Grammar::RuleTypeDecl: return type_decl(as<Grammar::TypeDeclContext>(rule));
    case Grammar::RuleLookup: return lookup(as<Grammar::LookupContext>(rule));
    case Grammar::RuleGroup: return group_entry(as<Grammar::GroupContext>(rule));
    case Grammar::RuleAlias: return alias(as<Grammar::AliasContext>(rule));
    case Grammar::RuleClaims: return claims(as<Grammar::ClaimsContext>(rule));
    case Grammar::RuleParameter:
      return declared<ast::Parameter>(as<Grammar::ParameterContext>(rule)->column());
    case Grammar::RuleInput:
      return declared<ast::Input>(as<Grammar::InputContext>(rule)->column());
    case Grammar::RuleDefine: return define(as<Grammar::DefineContext>(rule));
    case Grammar::RuleMethod: return method(as<Grammar::MethodContext>(rule));
    case Grammar::RuleUse: return use(as<Grammar::UseContext>(rule));
    case Grammar::RuleAmends: return amends(as<Grammar::AmendsContext>(rule));
    case Grammar::RuleSample: return sample(as<Grammar::SampleContext>(rule));
    case Grammar::RuleTest: return test(as<Grammar::TestContext>(rule));
    case Grammar::RuleProperty: return property(as<Grammar::PropertyContext>(rule));
    default: return ast::InvalidEntry{};
  }
}

ast::EntryNode TreeBuilder::item_node(Context* rule) {
  switch (rule->getRuleIndex()) {
    case Grammar::RuleRubric: return rubric(as<Grammar::RubricContext>(rule));
    case Grammar::RuleNode: return node(as<Grammar::NodeContext>(rule));
    case Grammar::RuleQuote: return ast::Quote{quote(as<Grammar::QuoteContext>(rule))};
    case Grammar::RuleCriterion:
      return ast::Criterion{text(as<Grammar::CriterionContext>(rule)->STRING())};
    case Grammar::RuleAssume: return ast::Assume{text(as<Grammar::AssumeContext>(rule)->STRING())};
    case Grammar::RuleUnspecified: return unspecified(as<Grammar::UnspecifiedContext>(rule));
    case Grammar::RuleAllow: {
      auto* allow = as<Grammar::AllowContext>(rule);
      return ast::Allow{name(allow->name()).text, text(allow->STRING())};
    }
    case Grammar::RuleGuard: return guard(as<Grammar::GuardContext>(rule));
    case Grammar::RuleOrdered:
      return ast::Ordered{block(as<Grammar::OrderedContext>(rule)->itemBlock())};
    case Grammar::RuleBase: {
      auto* base = as<Grammar::BaseContext>(rule);
      const bool full = base->FULL() != nullptr || base->DEDUCTING() != nullptr;
      return ast::Base{full, full ? ast::ExprId() : expr(base->expr())};
    }
    case Grammar::RuleWhen: return when(as<Grammar::WhenContext>(rule));
    case Grammar::RuleTogether: return together(as<Grammar::TogetherContext>(rule));
    case Grammar::RulePick: return pick(as<Grammar::PickContext>(rule));
    case Grammar::RuleClause: return clause(as<Grammar::ClauseContext>(rule));
    case Grammar::RuleExprEntry: return phrase(as<Grammar::ExprEntryContext>(rule));
    default: return ast::InvalidEntry{};
  }
}

ast::EntryNode TreeBuilder::result_node(Context* rule) {
  switch (rule->getRuleIndex()) {
    case Grammar::RuleRedistribute: return redistribute(as<Grammar::RedistributeContext>(rule));
    case Grammar::RuleSectionMode: return section_mode(as<Grammar::SectionModeContext>(rule));
    case Grammar::RuleTotalEntry: return total(as<Grammar::TotalEntryContext>(rule));
    case Grammar::RuleRoundEntry: return round(as<Grammar::RoundEntryContext>(rule));
    case Grammar::RuleCombine: return combine(as<Grammar::CombineContext>(rule));
    case Grammar::RuleConvert: return convert(as<Grammar::ConvertContext>(rule));
    case Grammar::RuleGradeRule: return grade_rule(as<Grammar::GradeRuleContext>(rule));
    case Grammar::RuleGradePhrase: {
      auto* phrase = as<Grammar::GradePhraseContext>(rule);
      return grade_phrase(phrase->expr(), phrase->gradeOutcome());
    }
    case Grammar::RuleSelect: return select(as<Grammar::SelectContext>(rule));
    case Grammar::RuleReport: return report(as<Grammar::ReportContext>(rule));
    default: return ast::InvalidEntry{};
  }
}

}  // namespace xize::syntax

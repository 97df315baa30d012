#include "compiler/syntax/expectation.h"

#include <XizeParser.h>

#include <array>
#include <string_view>

namespace xize::syntax {
namespace {

using P = grammar::XizeParser;

struct Form {
  std::size_t rule;
  std::string_view english, chinese;
};

constexpr std::array kForms = {
    Form{P::RuleFile, "a declaration such as `table`, `rubric` or `test`",
         "“数据表”“评分表”“算例”等开头的一句"},
    Form{P::RuleTopEntry, "a declaration such as `table`, `rubric` or `test`",
         "“数据表”“评分表”“算例”等开头的一句"},
    Form{P::RulePolicy, "`policy NAME \"title\" {`", "`办法 名称 “全称” {`"},
    Form{P::RuleDocumentEntry, "`number \"…\"`, `period monthly`, `issuer \"…\"` or `cutoff DATE`",
         "`文号 “…”`、`周期 每月`、`印发机关 “…”` 或 `采样截止 日期`"},
    Form{P::RuleTable, "`table NAME {` with one column a line", "`数据表 名称 {`，每行一列"},
    Form{P::RuleRecords, "`records NAME {` or `records NAME = OTHER where …`",
         "`台账 名称 {`，或 `台账 名称 = 另一台账（其中 …）`"},
    Form{P::RuleColumnEntry, "a column: `name : type`", "一列：`名称 ： 类型`"},
    Form{P::RuleColumn, "a column: `name : type`", "一列：`名称 ： 类型`"},
    Form{P::RuleTypeRef, "a type such as `count of 件`, `ratio`, `date`",
         "类型，如 `办件 的 个数`、`比率`、`日期`、`是否`"},
    Form{P::RuleConstraint, "a constraint such as `<= M`, `in [0, 1]`, `optional`",
         "约束，如 `不超过 M`、`选填`、`唯一`"},
    Form{P::RuleLookupRow, "a row: `key => value`", "一行：`键 得 值`"},
    Form{P::RuleGroup, "`group NAME = A, B`", "`考核对象 名称 = 甲、乙`"},
    Form{P::RuleGroupExpr, "names of units, a group, or `all TABLE`",
         "单位名单、对象名称，或 `全部 数据表`"},
    Form{P::RuleAlias, "`alias SHORT = FULL NAME`", "`简称 甲 = 全称`"},
    Form{P::RuleClaim, "a claim such as `items 10` or `total 100`",
         "载明的数，如 `二级指标 10 个`、`总分 100 分`"},
    Form{P::RuleDefine, "`define NAME = …`", "`定义 名称 = …`"},
    Form{P::RuleRubric, "`rubric NAME for … total 100 {`", "`评分表 名称（总分 100 分）适用 … {`"},
    Form{P::RuleNode, "`item NAME points 5 {`", "`二级指标 名称（5 分）{`"},
    Form{P::RuleNodeFact, "`points 5`, `for …`, `weight …`", "`5 分`、`最多 20 分`、`适用 …`"},
    Form{P::RuleItemEntry, "a clause, a guard or a quoted sentence", "计分的一句、原文或数据项"},
    Form{P::RuleOutcome, "an outcome: `zero`, `full`, an amount",
         "结果：`不得分`、`得 2 分`、`扣 1 分`、`不涉及` 等"},
    Form{P::RuleRow, "a row: `[5%, 7%) => 2`", "一行：`5%（含）至 7%（不含） 得 2 分`"},
    Form{P::RuleLevel, "a level: `好 => full`", "一档：`“好” 得满分`"},
    Form{P::RuleBox, "a box: `\"…\" : condition`", "一项：`“…” ： 条件`"},
    Form{P::RuleRedistribute, "`redistribute proportionally within rubric`",
         "`不涉及的，按比例分摊至全表其余`"},
    Form{P::RuleRoundEntry, "`round 2 half up`", "`保留 2 位小数，四舍五入`"},
    Form{P::RuleGradeEntry, "a grade: `优秀 >= 90`", "一等：`优秀 90 分及以上`"},
    Form{P::RuleSelect, "`select NAME top 3`", "`评选 名称 前 3 名`"},
    Form{P::RuleAmendment, "a change such as `rename A to B`", "一项修订，如 `将 A 更名为 B`"},
    Form{P::RuleSample, "`sample S from R take 6 …`", "`抽查 名称：从 台账 抽取 6 项，…`"},
    Form{P::RuleTest, "`test \"…\" {`", "`算例 “…” {`"},
    Form{P::RuleTestEntry, "`given name = value` or `expect name = value`",
         "`已知 名称 = 值` 或 `应得 名称 = 值`"},
    Form{P::RuleProperty, "`property \"…\" { condition }`", "`须满足 “…” { 条件 }`"},
    Form{P::RuleInterval, "an interval: `[a, b)`", "区间：`[a, b)`"},
    Form{P::RuleArguments, "arguments and `)`", "参数和右括号"},
    Form{P::RuleExpr, "a number, a name or a formula", "数、名称或算式"},
    Form{P::RuleOperand, "a number, a name or a formula", "数、名称或算式"},
};

}  // namespace

diagnostics::Term expectation(const antlr4::ParserRuleContext* context) {
  for (const antlr4::tree::ParseTree* at = context; at != nullptr; at = at->parent) {
    const auto* rule = dynamic_cast<const antlr4::ParserRuleContext*>(at);
    if (rule == nullptr) break;
    for (const Form& form : kForms) {
      if (form.rule == rule->getRuleIndex()) {
        return {std::string(form.english), std::string(form.chinese)};
      }
    }
  }
  return {"an entry", "一句"};
}

diagnostics::Term missing_measure() {
  return {"the measure before it; for tiers write `tier X { >= 90% => 10 }`",
          "指标写在比较之前；分几档、只取一档的写 `分档 网办率 { 达到 90% 得 10 分 }`"};
}

bool is_entry_rule(std::size_t rule) {
  switch (rule) {
    case P::RuleTopEntry:
    case P::RuleDocumentEntry:
    case P::RuleColumnEntry:
    case P::RuleItemEntry:
    case P::RuleRow:
    case P::RuleLookupRow:
    case P::RuleLevel:
    case P::RuleBox:
    case P::RuleClaim:
    case P::RuleGradeEntry:
    case P::RuleAmendment:
    case P::RuleTestEntry:
    case P::RulePropertyBody: return true;
    default: return false;
  }
}

bool is_list_rule(std::size_t rule) {
  switch (rule) {
    case P::RuleFile:
    case P::RulePolicyBlock:
    case P::RuleColumnBlock:
    case P::RuleLookupBlock:
    case P::RuleItemBlock:
    case P::RuleLevelBlock:
    case P::RuleRowBlock:
    case P::RuleGradeBlock:
    case P::RuleAmends:
    case P::RuleTest:
    case P::RuleClaims:
    case P::RuleChoiceLabels: return true;
    default: return false;
  }
}

}  // namespace xize::syntax

#include "compiler/versions/words.h"

namespace xize::versions {

using diagnostics::Term;

Term term_of(Subject subject) {
  switch (subject) {
    case Subject::Policy: return {"policy", "办法"};
    case Subject::Rubric: return {"rubric", "评分表"};
    case Subject::Section: return {"section", "指标"};
    case Subject::Item: return {"item", "评分项"};
    case Subject::Bonus: return {"bonus", "加分项"};
    case Subject::Penalty: return {"penalty", "减分项"};
    case Subject::Selection: return {"selection", "评选"};
    case Subject::Table: return {"table", "数据表"};
    case Subject::Records: return {"records", "台账"};
    case Subject::Column: return {"column", "数据列"};
    case Subject::Sample: return {"sample", "抽查"};
    case Subject::Parameter: return {"parameter", "参数"};
    case Subject::Filter: return {"filtered records", "台账"};
    case Subject::Type: return {"type", "类型"};
    case Subject::Group: return {"group", "考核对象"};
    case Subject::Definition: return {"definition", "定义"};
    case Subject::Lookup: return {"lookup", "对照表"};
  }
  return {};
}

Term term_of(Aspect aspect) {
  switch (aspect) {
    case Aspect::Title: return {"title", "标题"};
    case Aspect::Number: return {"number", "文号"};
    case Aspect::Issuer: return {"issuer", "印发机关"};
    case Aspect::Period: return {"period", "周期"};
    case Aspect::Effective: return {"in force", "施行"};
    case Aspect::Cutoff: return {"cutoff", "采样截止"};
    case Aspect::Points: return {"points", "分值"};
    case Aspect::Cap: return {"cap", "上限"};
    case Aspect::Weight: return {"weight", "权重"};
    case Aspect::Scope: return {"scope", "适用"};
    case Aspect::Base: return {"base", "起点"};
    case Aspect::Rule: return {"rule", "评分办法"};
    case Aspect::Guard: return {"guard", "特别规定"};
    case Aspect::Order: return {"order of guards", "特别规定的先后"};
    case Aspect::Open: return {"left open", "未明确"};
    case Aspect::Redistribution: return {"redistribution", "分摊"};
    case Aspect::Combination: return {"combination", "合成"};
    case Aspect::Rounding: return {"rounding", "取整"};
    case Aspect::Floor: return {"floor", "下限"};
    case Aspect::Ceiling: return {"ceiling", "总分上限"};
    case Aspect::Conversion: return {"conversion", "换算"};
    case Aspect::Grade: return {"grade", "等次"};
    case Aspect::Claim: return {"claims", "载明"};
    case Aspect::Value: return {"content", "内容"};
    case Aspect::Member: return {"units", "单位"};
    case Aspect::Report: return {"report", "另报"};
    case Aspect::Alias: return {"alias", "简称"};
    case Aspect::Check: return {"data check", "数据核对"};
    case Aspect::Property: return {"property", "须满足"};
    case Aspect::Quote: return {"wording", "原文"};
    case Aspect::Criterion: return {"criteria", "要点"};
    case Aspect::Assumption: return {"reading", "理解为"};
  }
  return {};
}

Term term_of(Fate fate) {
  switch (fate) {
    case Fate::Kept: return {"changed", "修改"};
    case Fate::Split: return {"split", "拆分"};
    case Fate::Merged: return {"merged", "合并"};
    case Fate::Regrouped: return {"regrouped", "调整"};
    case Fate::Added: return {"added", "新增"};
    case Fate::Removed: return {"removed", "删除"};
  }
  return {};
}

Term term_of(BalancePart part) {
  switch (part) {
    case BalancePart::Base: return {"points", "分值"};
    case BalancePart::Bonus: return {"bonus", "加分"};
    case BalancePart::Penalty: return {"penalty", "减分"};
  }
  return {};
}

Term fate_term(const Change& change) {
  if (change.fate != Fate::Kept) return term_of(change.fate);
  Term term;
  const auto add = [&](const char* english, const char* chinese) {
    term.english += (term.english.empty() ? "" : ", ") + std::string(english);
    term.chinese += (term.chinese.empty() ? "" : "、") + std::string(chinese);
  };
  if (change.renamed) add("renamed", "改名");
  if (change.moved) add("moved", "移动");
  if (!change.details.empty()) add("changed", "修改");
  return term;
}

}  // namespace xize::versions

#include "compiler/sema/words.h"

#include <array>
#include <string>
#include <utility>

namespace xize::sema {

using diagnostics::Term;

namespace {

Term power_word(std::size_t measure) {
  static const std::array<Term, kMeasures> kWords = {{
      {"points", "分数"}, {"minutes or hours", "时长（分钟、小时）"}, {"days", "天数"},
      {"workdays", "工作日数"}, {"months or years", "月数"}, {"money", "金额"},
  }};
  return kWords[measure];
}

Term count_word(const DimensionTable& dimensions, std::uint32_t kind) {
  if (kind == kAnyKind) return {"a count", "个数"};
  const std::string name(dimensions.kind_name(kind));
  return {"a count of `" + name + "`", "`" + name + "`的个数"};
}

// The factors with a positive (sign 1) or negative power, joined by ×.
Term factors_word(const DimensionTable& dimensions, const Dimension& d, int sign) {
  Term result;
  const auto append = [&](const Term& word) {
    result.english += (result.english.empty() ? "" : " x ") + word.english;
    result.chinese += (result.chinese.empty() ? "" : "×") + word.chinese;
  };
  for (std::size_t i = 0; i < kMeasures; ++i) {
    if (d.powers[i] * sign > 0) append(power_word(i));
  }
  if (d.count * sign > 0) append(count_word(dimensions, d.kind));
  for (const auto& [name, power] : d.named) {
    const std::string text = "`" + std::string(dimensions.kind_name(name)) + "`";
    if (power * sign > 0) append({text, text});
  }
  return result;
}

Term number_word(const Model& model, const Type& type) {
  if (type.literal()) return {"a plain number", "不带单位的数"};
  if (type.ratio()) return {"a ratio", "比率"};
  if (type.pure()) return {"a computed number", "算出的数"};
  const auto& d = model.dimensions[type.dimension];
  const Term above = factors_word(model.dimensions, d, 1);
  const Term below = factors_word(model.dimensions, d, -1);
  if (below.english.empty()) return above;
  const bool none = above.english.empty();
  return {(none ? "a number" : above.english) + " per " + below.english,
          "每" + below.chinese + "的" + (none ? "数" : above.chinese)};
}

}  // namespace

Term type_word(const Model& model, const Type& type) {
  switch (type.base) {
    case Base::Invalid: return {"something unreadable", "无法识别的内容"};
    case Base::Number: return number_word(model, type);
    case Base::Bool: return {"a yes or no", "是否"};
    case Base::Text: return {"a text", "文本"};
    case Base::Date: return {"a date", "日期"};
    case Base::Month: return {"a month", "月份"};
    case Base::Choice: return {"a choice", "选项"};
    case Base::Unit: return {"a unit", "单位"};
    case Base::Records: return {"records", "台账"};
    case Base::Group: return {"a group of units", "考核对象"};
    case Base::Grade: return {"a grade", "等次"};
    case Base::Missing: return {"`missing`", "“未填报”"};
    case Base::NotApplicable: return {"`n/a`", "“不涉及”"};
  }
  return {"a value", "值"};
}

Term entry_word(const ast::EntryNode& node) {
  static const std::array<Term, std::variant_size_v<ast::EntryNode>> kWords = {{
      {"an entry", "这一句"},
      {"a `policy`", "“办法”"},
      {"a document number", "“文号”"},
      {"an issuer", "“发文机关”"},
      {"a `period`", "“周期”"},
      {"an `effective` date", "“施行日期”"},
      {"a `cutoff`", "“采样截止”"},
      {"an `import`", "“引用”"},
      {"a column", "数据列"},
      {"a table", "数据表、台账"},
      {"filtered records", "筛选出的台账"},
      {"a `partition`", "“之和等于”的校验"},
      {"a `check`", "“校验”"},
      {"a `type`", "“类型”"},
      {"a `lookup`", "“对照表”"},
      {"a `group`", "“考核对象”"},
      {"an `alias`", "“简称”"},
      {"`claims`", "“载明”"},
      {"a `parameter`", "“参数”"},
      {"an `input`", "“数据项”"},
      {"a `define`", "“定义”"},
      {"a `method`", "“计分方法”"},
      {"a `use`", "“采用”"},
      {"an item, section or rubric", "指标或评分表"},
      {"a guard", "定分的情形"},
      {"`ordered`", "“以先列者为准”"},
      {"a `base`", "起算分"},
      {"a clause", "计分的句子"},
      {"a `when` block", "分情形的一段"},
      {"a `together` block", "“合计最多”的一段"},
      {"a `highest of` block", "“就高”“就低”的一段"},
      {"a `criterion`", "“要点”"},
      {"a quotation", "“原文”"},
      {"an `assume`", "“理解为”"},
      {"an `unspecified`", "“未明确”"},
      {"an `allow`", "“允许”"},
      {"a `round`", "“保留小数”"},
      {"a `redistribute`", "“分摊”"},
      {"`average of`, `weighted` or `lowest of`", "“取平均、按权重、取最低”"},
      {"a `floor`", "最低分"},
      {"a `ceiling`", "最高分"},
      {"`total none`", "“不计总分”"},
      {"a `combine by`", "“各期取”"},
      {"a `convert to`", "“换算”"},
      {"a grade rule", "定等次的规定"},
      {"a `grade`", "“等次”"},
      {"a `select`", "“评选”"},
      {"a `report`", "“另报”"},
      {"an `amends`", "“修订”"},
      {"a `sample`", "“抽查”"},
      {"a `test`", "“算例”"},
      {"a `property`", "“须满足”"},
  }};
  return kWords[node.index()];
}

Term node_word(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::Rubric: return {"a rubric", "评分表"};
    case ast::NodeKind::Section: return {"a section", "含下级指标的指标"};
    case ast::NodeKind::Item: return {"an item", "末级指标"};
    case ast::NodeKind::Bonus: return {"a bonus", "加分项"};
    case ast::NodeKind::Penalty: return {"a penalty", "扣分项"};
  }
  return {"an item", "指标"};
}

Term binding_word(const Binding& binding) {
  static const std::array<Term, std::variant_size_v<Binding>> kWords = {{
      {"a name", "名称"}, {"a column", "数据列"}, {"a define", "定义"}, {"a parameter", "参数"},
      {"a lookup", "对照表"}, {"a function", "函数"}, {"a result", "得分"}, {"a report", "另报的结果"},
      {"a selection", "评选"}, {"records", "台账"}, {"a group of units", "考核对象"},
      {"a unit", "单位"}, {"a label", "选项"}, {"a grade", "等次"},
  }};
  return kWords[binding.index()];
}

Term aggregate_word(ast::AggregateKind kind) {
  static const std::array<Term, 14> kWords = {{
      {"`count`", "“个数”"}, {"`sum`", "“合计”"}, {"`average`", "“平均”"}, {"`min`", "“最小”"},
      {"`max`", "“最大”"}, {"`median`", "“中位数”"}, {"`distinct`", "“去重个数”"},
      {"`any`", "“存在”"}, {"`all`", "“全部”"}, {"`highest`", "“就高”"}, {"`last`", "“最后一期”"},
      {"`rank`", "“名次”"}, {"`percentile`", "“百分位”"}, {"`share`", "“占比”"},
  }};
  return kWords[static_cast<std::size_t>(kind)];
}

}  // namespace xize::sema

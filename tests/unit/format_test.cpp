// format: the canonical layout in both surfaces, comments, quoting, and the equality of trees.
#include "compiler/format/format.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/format/page.h"
#include "compiler/format/print_tree.h"
#include "compiler/format/same_tree.h"
#include "compiler/format/words.h"
#include "compiler/source/unicode.h"
#include "tests/unit/format_reading.h"

namespace xize::format {
namespace {

// The same construct in both surfaces, as `fmt` prints it.
struct Pair {
  std::string_view chinese, english;
};

void check_pair(const std::string& zh, const std::string& en) {
  CHECK(chinese(zh) == zh);
  CHECK(english(zh) == en);
  CHECK(english(en) == en);
  CHECK(chinese(en) == zh);
  CHECK(print_meaning(Read(zh).module) == print_meaning(Read(en).module));
}

std::string indented(std::string_view lines, std::string_view blanks) {
  std::string text;
  std::istringstream in{std::string(lines)};
  for (std::string line; std::getline(in, line);) text.append(blanks).append(line) += '\n';
  return text;
}

// A second entry keeps the block from standing on one line.
void check_in_item(const Pair& pair) {
  check_pair("评分表 甲（总分 10 分）{\n  一级指标 乙（10 分）{\n    要点 “丙”\n" +
                 indented(pair.chinese, "    ") + "  }\n}\n",
             "rubric 甲 total 10 {\n  item 乙 points 10 {\n    criterion \"丙\"\n" +
                 indented(pair.english, "    ") + "  }\n}\n");
}

// Words that only Chinese has: they stay as they were written, and English has the plain form.
void check_kept(const Pair& pair) {
  const std::string zh = "评分表 甲（总分 10 分）{\n  一级指标 乙（10 分）{\n    要点 “丙”\n" +
                         indented(pair.chinese, "    ") + "  }\n}\n";
  const std::string en = "rubric 甲 total 10 {\n  item 乙 points 10 {\n    criterion \"丙\"\n" +
                         indented(pair.english, "    ") + "  }\n}\n";
  CHECK(chinese(zh) == zh);
  CHECK(english(zh) == en);
  CHECK(english(en) == en);
  CHECK(print_meaning(Read(zh).module) == print_meaning(Read(en).module));
}

void check_in_rubric(const Pair& pair) {
  check_pair(
      "评分表 甲（总分 10 分）{\n  一级指标 乙（10 分）\n" + indented(pair.chinese, "  ") + "}\n",
      "rubric 甲 total 10 {\n  item 乙 points 10\n" + indented(pair.english, "  ") + "}\n");
}

void check_on_top(const Pair& pair) {
  check_pair(indented(pair.chinese, ""), indented(pair.english, ""));
}

TEST_CASE("the document and its data read the same in both surfaces") {
  const std::vector<Pair> pairs = {
      {"办法 甲 “乙“丙”丁”", "policy 甲 \"乙“丙”丁\""},
      {"办法 甲 {\n  文号 “附件3”、“附件4”\n  印发机关 “市政府”\n  周期 每季度\n}",
       "policy 甲 {\n  number \"附件3\", \"附件4\"\n  issuer \"市政府\"\n  period quarterly\n}"},
      {"办法 甲 {\n  自 2023-11-30 起施行，至 2024-12-31 止\n  采样截止 2023-11-30\n}",
       "policy 甲 {\n  effective 2023-11-30 until 2024-12-31\n  cutoff 2023-11-30\n}"},
      {"办法 甲 { 自 印发之日 起施行 }", "policy 甲 { effective on issue }"},
      {"引用 “共用.xize”", "import \"共用.xize\""},
      {"数据表 部门 “部门表” {\n  名称     ： 单位\n  事项总数 ： 事项 的 个数，不低于 1\n}",
       "table 部门 \"部门表\" {\n  名称     : unit\n  事项总数 : count of 事项 >= 1\n}"},
      {"台账 办件 {\n  受理号 ： 文本 唯一\n  发起   ： 日期 选填 “何时”\n}",
       "records 办件 {\n  受理号 : text key\n  发起   : date optional \"何时\"\n}"},
      {"台账 奖项 {\n  级别、等次 ： 选项 { 优、良、差 }\n  分值 = 奖项分（级别，等次）\n}",
       "records 奖项 {\n  级别, 等次 : choice { 优, 良, 差 }\n  分值 = 奖项分(级别, 等次)\n}"},
      {"数据表 甲 {\n  乙 ： 次/月 的 数值\n  丙 ： 元/人 的 数值\n}",
       "table 甲 {\n  乙 : number of 次/月\n  丙 : number of 元/人\n}"},
      {"台账 有效 = 办件（其中 办结 不超过 截止）", "records 有效 = 办件 where 办结 <= 截止"},
      {"数据表 甲 { 乙 ： 比率，介于 0（含）至 1（不含） }", "table 甲 { 乙 : ratio in [0, 1) }"},
      {"数据表 甲 { 乙 ： 数值，精确到 0.1，缺省 0，不涉及记作 “－”、“/” }",
       "table 甲 { 乙 : number step 0.1 default 0 not applicable as \"－\", \"/\" }"},
      {"数据表 甲 {\n  乙、丙、丁 ： 个数\n  乙、丙 之和等于 丁\n  校验 “够” 乙 不低于 1\n}",
       "table 甲 {\n  乙, 丙, 丁 : count\n  partition 乙 + 丙 = 丁\n  check \"够\" 乙 >= 1\n}"},
      {"数据表 甲 { 乙 ： 个数，不超过 9，校验 “够” 乙 超过 1 且 丙 低于 2，校验 “少” 丙 “说明” }",
       "table 甲 { 乙 : count <= 9 check \"够\" 乙 > 1 and 丙 < 2 check \"少\" 丙 \"说明\" }"},
      {"类型 档 = 选项 { 优、良、差 }", "type 档 = choice { 优, 良, 差 }"},
      {"对照表 奖项分（级别、等次）{\n  “国家级”、“一等” 得 5\n  其余、其余 得 0\n}",
       "lookup 奖项分(级别, 等次) {\n  \"国家级\", \"一等\" => 5\n  otherwise, otherwise => 0\n}"},
      {"对照表 奖项分（级别、等次）{\n  列 一等、二等\n  国家级 得 5、3\n}",
       "lookup 奖项分(级别, 等次) {\n  columns 一等, 二等\n  国家级 => 5, 3\n}"},
      {"考核对象 甲类 = 侨办、档案局", "group 甲类 = { 侨办, 档案局 }"},
      {"考核对象 甲类 = { 侨办 }", "group 甲类 = { 侨办 }"},
      {"考核对象 丙 = 甲类 加 乙类 减 { 侨办、档案局 }", "group 丙 = 甲类 + 乙类 - { 侨办, 档案局 }"},
      {"考核对象 丙 = 全部 部门（其中 类别 等于 乡镇）", "group 丙 = all 部门 where 类别 = 乡镇"},
      {"考核对象 丙 = 甲 兼属 (乙 加 全部 部门（其中 小）)",
       "group 丙 = 甲 & (乙 + all 部门 (where 小))"},
      {"参照对象 丁 = 戊、己", "reference group 丁 = { 戊, 己 }"},
      {"简称 农委、农业委 = 农业农村委", "alias 农委, 农业委 = 农业农村委"},
      {"载明 {\n  单位 42 家\n  二级指标 16 个\n  附件1 的 评分项 10 项\n  总分 100 分\n}",
       "claims {\n  units 42\n  indicators 16\n  items of 附件1 10 项\n  total 100\n}"},
      {"参数 系数 ： 数值，缺省 1", "parameter 系数 : number default 1"},
      {"定义 率（甲、乙）= 甲 ÷ 乙", "define 率(甲, 乙) = 甲 / 乙"},
      {"计分方法 按率（率）{ 率 按比例得分 }", "method 按率(率) { ratio 率 }"},
      {"准许 X123 因为 “原文如此”", "allow X123 because \"原文如此\""},
  };
  for (const auto& pair : pairs) check_on_top(pair);
}

TEST_CASE("heads say points, caps and groups") {
  const std::vector<Pair> pairs = {
      {"一级指标 丙 “题”（5 分，权重 30%）适用 甲类 {\n  二级指标 丁（5 分）{ 扣制 按比例得分 }\n}",
       "section 丙 \"题\" points 5 weight 30% for 甲类 {\n  item 丁 points 5 { ratio 扣制 }\n}"},
      {"一级指标 丙（不计分）\n一级指标 丁（分值未明确 “若干”）",
       "item 丙 points none\nitem 丁 points unspecified \"若干\""},
      {"加分项 创新（不设上限）{ 视情况加分 }", "bonus 创新 uncapped { judge }"},
      {"加分项（不设上限）{ 视情况加分 }", "bonus `加分项` uncapped { judge }"},
      {"扣分项 `penalty`（5 分）{ 酌情扣分 }", "penalty points 5 { judge deduction }"},
      {"扣分项 违规（最多 40 分）{\n  评分项 错误（最多 10 分）{ 每1个 错误 扣0.5分，扣完为止 }\n}",
       "penalty 违规 max 40 {\n  item 错误 max 10 { deduct 0.5 per 错误 max full }\n}"},
      {"不计总分", "total none"},
      {"一级指标 “信息录用、新闻宣传”（5 分）", "item `信息录用、新闻宣传` points 5"},
      {"一级指标 “‘两页’、三页” “题”（5 分）适用 甲 加 乙",
       "item `‘两页’、三页` \"题\" points 5 for 甲 + 乙"},
      {"部分 庚（5 分）{\n  一级指标 辛（5 分）{ 扣分制 }\n}",
       "plain section 庚 points 5 {\n  item 辛 points 5 { base full }\n}"},
      {"评分项 戊（5 分）{ 扣分制 }", "plain item 戊 points 5 { base full }"},
      {"三级指标 己（5 分）{ 扣分制 }", "third level 己 points 5 { base full }"},
  };
  for (const auto& pair : pairs) check_in_rubric(pair);
}

TEST_CASE("guards and clauses are the phrases of a rubric") {
  const std::vector<Pair> pairs = {
      {"甲 的，不得分", "zero when 甲"},
      {"存在 甲、乙 的，不得分", "zero when any(甲, 乙)"},
      {"存在 办件（其中 超期）的，不得分", "zero when any(办件 where 超期)"},
      {"甲 等于 0 的，此项得满分", "full when 甲 = 0"},
      {"甲 的，此项得 8 分", "give 8 when 甲"},
      {"甲 的，不予评分", "unscored when 甲"},
      {"甲 未填报 的，不涉及", "not applicable when 甲 is missing"},
      {"甲 的，一票否决，及于 全表", "veto when 甲 on rubric"},
      {"甲 的，一票否决", "veto when 甲"},
      {"以先列者为准\n甲 的，不得分", "ordered\nzero when 甲"},
      {"以先列者为准 {\n  甲 的，不得分\n  乙 的，此项得满分\n}",
       "ordered {\n  zero when 甲\n  full when 乙\n}"},
      {"扣分制", "base full"},
      {"基础分 5 分", "base 5"},
      {"甲 的，得 2 分", "award 2 when 甲"},
      {"甲 的，扣 2 分，最多扣6分", "deduct 2 when 甲 max 6"},
      {"加 2 分", "award 2"},
      {"扣 甲 × 0.5 分", "deduct 甲 * 0.5 points"},
      {"得分 = 甲 × 本项分值 ÷ 0.6", "甲 * own points / 0.6"},
      {"得分 = 20%", "20%"},
      {"每1个 错误 扣0.5分，最多扣10分", "deduct 0.5 per 错误 max 10"},
      {"每1例 测试（其中 未 合格）扣2分，扣完为止",
       "deduct 2 per 1 例 测试 where not 合格 max full"},
      {"每满3件 甲 加1分，最多加5分", "award 1 per 3 件 甲 every full max 5"},
      {"每起5天 超期 扣1分，当 乙", "deduct 1 per 5 days 超期 every started when 乙"},
      {"每1件 办件（其中 超期）扣 天数 × 0.1 分，情节严重 的，加倍",
       "deduct 天数 * 0.1 points per 1 件 办件 where 超期 double when 情节严重"},
      {"甲 的，扣 1 分，乙 的，减半，丙 的，乘以 3",
       "deduct 1 when 甲 halve when 乙 times 3 when 丙"},
  };
  for (const auto& pair : pairs) check_in_item(pair);
}

TEST_CASE("scales and blocks are the phrases of a rubric") {
  const std::vector<Pair> pairs = {
      {"甲 按比例得分", "ratio 甲"},
      {"甲 ÷ 乙 按比例得分，达到 90% 得满分，低于 60% 不得分，最多得 5 分",
       "ratio 甲 / 乙 to 90% from 60% worth 5"},
      {"折线 甲 {\n  0% 得 0 分\n  60% 得满分\n}", "linear 甲 {\n  0% => 0\n  60% => full\n}"},
      {"分档 甲 {\n  低于 5% 不得分\n  5%（含）至 7%（不含）得 2 分\n  7%（含）至 "
       "10%（不含）得满分\n"
       "  60% 及以上 得 10 分\n  其余 得 2 至 4 分\n}",
       "tier 甲 {\n  < 5% => zero\n  [5%, 7%) => 2\n  [7%, 10%) => full\n  >= 60% => 10\n"
       "  otherwise => 2 to 4\n}"},
      {"分档 甲 {\n  超过 3 得 20%\n  3 及以下 得 1 分\n}，计 5 分",
       "tier 甲 {\n  > 3 => 20%\n  <= 3 => 1\n} worth 5"},
      {"按 甲 排名，从低到高，并列不占位，并列按 乙 {\n  前 3 名 得 10 分\n  前 30% 得 8 分\n"
       "  其余 得 5 分\n}",
       "rank 甲 ascending dense ties by 乙 {\n  top 3 => 10\n  top 30% => 8\n  otherwise => 5\n}"},
      {"横向对比 甲 占合计比例，最多得 2 分", "relative 甲 to sum worth 2"},
      {"视情况得分", "judge"},
      {"视情况得分，从 评委 的 分，精确到 0.5 分，须附佐证 {\n  “好” 得满分\n  “一般” 得 60% 至 80%\n"
       "  “差” 不得分\n}",
       "judge from 评委.分 step 0.5 requires evidence levels {\n  好 => full\n"
       "  一般 => 60% to 80%\n  差 => zero\n}"},
      {"酌情扣分", "judge deduction"},
      {"甲 的，酌情扣分，最多 2 分", "judge deduction when 甲 max 2"},
      {"逐项核对 {\n  “甲：有”：有\n  “乙”：乙 且 丙 得 2 分\n}",
       "checklist {\n  \"甲：有\": 有\n  \"乙\": 乙 and 丙 => 2\n}"},
      {"甲 的 { 加 1 分 } 否则 {\n  加 2 分\n  加 3 分\n}",
       "when 甲 { award 1 } otherwise {\n  award 2\n  award 3\n}"},
      {"合计最多 6 分，最少 2 分 { 加 1 分 }", "together max 6 min 2 { award 1 }"},
      {"就高 {\n  甲 按比例得分\n  加 2 分\n}", "highest of {\n  ratio 甲\n  award 2\n}"},
      {"就低 { 加 2 分 }", "lowest of { award 2 }"},
      {"采用 按率（甲 ÷ 乙）", "use 按率(甲 / 乙)"},
      {"理解为 “按季”", "assume \"按季\""},
      {"未明确 “空缺”，建议 甲 按比例得分，经确认 “某，2024”",
       "unspecified \"空缺\" suggest ratio 甲 accepted \"某，2024\""},
      {"数据项 子、丑 ： 事项 的 个数，不超过 寅 “说明”",
       "input 子, 丑 : count of 事项 <= 寅 \"说明\""},
      {"保留 2 位小数，四舍五入", "round 2 half up"},
      {"抽查 样：每月从 办件 抽取 20 个，逐步全覆盖，不足 20 个的，全量检查，按比例扣分",
       "sample 样 from 办件 take 20 every month covering all scaled to full inspection when fewer"},
      {"抽查 样：从 办件 抽取 6 项，按 受理号 尾号 每隔 100，其中 甲，不符合的往前找",
       "sample 样 from 办件 take 6 项 by 受理号 ending every 100 where 甲 else previous"},
  };
  for (const auto& pair : pairs) check_in_item(pair);
}

TEST_CASE("other words of Chinese are kept") {
  const std::vector<Pair> pairs = {
      {"甲 的，得满分\n否则不得分", "full when 甲\nzero when not 甲"},
      {"甲 的，此项得满分\n否则不得分", "full when 甲\nzero when not 甲"},
      {"未 甲 的，得 2 分\n否则得 4 分", "award 2 when not 甲\naward 4 when 甲"},
      {"甲 的，此项为 3 分", "give 3 when 甲"},
      {"甲 的，本项不得分", "zero when 甲"},
      {"甲 低于 90% 的，每低1个百分点扣0.5分，最多扣3分",
       "deduct 0.5 per 1 percentage points 90% - 甲 when 甲 < 90% max 3"},
      {"甲 达到 90% 的，此项得满分\n每少1个百分点扣0.5分",
       "full when 甲 >= 90%\ndeduct 0.5 per 1 percentage points 90% - 甲 when not 甲 >= 90%"},
      {"甲 超过 5 的，每超过1个扣1分", "deduct 1 per 甲 - 5 when 甲 > 5"},
      {"每发现1个 甲 扣1分，最高扣5分", "deduct 1 per 甲 max 5"},
      {"每1天 甲 扣1分，上限5分", "deduct 1 per 1 day 甲 max 5"},
      {"每1件 甲 扣1分，直至扣完", "deduct 1 per 1 件 甲 max full"},
      {"得 4 分", "award 4"},
      {"甲 时，得分 = 乙 × 该项分值", "award 乙 * own points when 甲"},
      {"酌情给分", "judge"},
      {"无 甲 的，得 2 分", "award 2 when not any(甲)"},
      {"有 甲 的，扣 2 分", "deduct 2 when any(甲)"},
      {"甲 已填报 的，得 2 分", "award 2 when not 甲 is missing"},
      {"甲 低于 5% 不得分，5%（含）至 7%（不含）得 2 分，其余 得满分",
       "tier 甲 {\n  < 5% => zero\n  [5%, 7%) => 2\n  otherwise => full\n}"},
      {"按 甲 排名，从高到低 {\n  前 3 名 得 10 分\n  其余 得 5 分\n}",
       "rank 甲 {\n  top 3 => 10\n  otherwise => 5\n}"},
  };
  for (const auto& pair : pairs) check_kept(pair);
}

TEST_CASE("sources are quoted on one line or as they stand") {
  check_in_item({"原文 “甲“乙”丙”", "\"\"\"甲“乙”丙\"\"\""});
  check_in_item({"\"\"\"甲“乙丙\"\"\"", "\"\"\"甲“乙丙\"\"\""});
  const std::string lines =
      "评分表 甲 {\n  一级指标 乙（10 分）{\n    \"\"\"一\n二\"\"\"\n  }\n}\n";
  CHECK(chinese(lines) == lines);
}

TEST_CASE("results, versions and tests read the same in both surfaces") {
  const std::vector<Pair> in_rubric = {
      {"不涉及的，按比例分摊至全表其余", "redistribute proportionally within rubric"},
      {"不涉及的，平均分摊至本级其余", "redistribute equally within section"},
      {"不涉及的，按比例分摊至 甲、乙", "redistribute proportionally within rubric to 甲, 乙"},
      {"分摊 全表", "redistribute within rubric"},
      {"取平均", "average of"},
      {"按权重", "weighted"},
      {"等权", "weights equal"},
      {"总分 最低 0 分", "floor 0"},
      {"总分 最高 120 分", "ceiling 120"},
      {"总分 不设下限", "no floor"},
      {"总分 可超过 100 分", "total may exceed 100"},
      {"总分 最低 未明确 “未写”", "floor unspecified \"未写\""},
      {"各期取 平均，保留 2 位小数，四舍五入", "combine by average round 2 half up"},
      {"各期取 按权重 0.3、0.7", "combine by weights 0.3, 0.7"},
      {"换算为 5 分，保留 1 位小数，舍去", "convert to 5 round 1 down"},
      {"换算为 未明确 “未写”", "convert to unspecified \"未写\""},
      {"等次 {\n  优秀 90 分及以上，前 20%，舍去小数，并列均取\n  良好 80（含）至 90（不含）\n"
       "  一般 其余\n}",
       "grade {\n  优秀 >= 90 top 20% round down ties share\n  良好 [80, 90)\n"
       "  一般 otherwise\n}"},
      {"等次 {\n  优秀 未明确 “未写”\n  良好 名额 30%，并列按 甲\n  一般 其余，当 总分 低于 60\n}",
       "grade {\n  优秀 unspecified \"未写\"\n  良好 quota 30% ties by 甲\n"
       "  一般 otherwise when total < 60\n}"},
      {"等次 未明确 “未写”", "grade unspecified \"未写\""},
      {"甲 的，等次定为 一般", "set 一般 when 甲"},
      {"甲 的，等次不高于 一般", "at most 一般 when 甲"},
      {"甲 的，等次不低于 一般", "at least 一般 when 甲"},
      {"甲 的，等次降一档，等次不低于 一般", "lower one step when 甲 not below 一般"},
      {"评选 先进集体 前 3 名，并列均取", "select 先进集体 top 3 ties share"},
      {"评选 服务明星 人员 按 类别 分别 前 10%，舍去小数",
       "select 服务明星 top 10% of 人员 per 类别 round down"},
      {"另报 差距 = 总分 - 60", "report 差距 = total - 60"},
  };
  for (const auto& pair : in_rubric) check_in_rubric(pair);
  const std::vector<Pair> on_top = {
      {"修订 “一号” {\n  原文 “甲改为乙”\n  理解为 “只改名”\n  将 甲 更名为 乙\n}",
       "amends \"一号\" {\n  \"\"\"甲改为乙\"\"\"\n  assume \"只改名\"\n  rename 甲 to 乙\n}"},
      {"修订 “一号”、“二号” {\n  将 甲 更名为 乙，分值 30 分不变\n  将 丙 拆分为 丁、戊\n"
       "  将 己 分值由 14 分调整为 30 分\n  将 子、丑 合并为 寅\n  将 卯、辰 调整为 巳、午\n  将 卯 替换为 巳\n"
       "  将 未来 下级指标重新设定\n  删除 申\n  新增 酉\n  保留 戌、亥\n}",
       "amends \"一号\", \"二号\" {\n  rename 甲 to 乙\n  keep 甲 points 30\n  split 丙 into 丁, "
       "戊\n"
       "  points 己 14 -> 30\n  merge 子, 丑 into 寅\n  replace 卯, 辰 with 巳, 午\n  replace 卯 with 巳\n"
       "  reset 未来\n  remove 申\n  add 酉\n  keep 戌, 亥\n}"},
      {"算例 “题” 适用 侨办 {\n  已知 甲 = 100，乙.子 = 9\n  已知 3 件 办件，其中 超期 = 是 且 级 "
       "= 2\n"
       "  应得 乙 = 4 分，总分 属于 [80，90]\n  应报 除数为零\n}",
       "test \"题\" for 侨办 {\n  given 甲 = 100, 乙.子 = 9\n"
       "  given 3 件 办件 with 超期 = true and 级 = 2\n"
       "  expect 乙 = 4 points, total in [80, 90]\n  expect error division by zero\n}"},
      {"算例 “题” { 应得 “甲、乙” = 300/7 分 }", "test \"题\" { expect `甲、乙` = 300/7 points }"},
      {"须满足 “上限” { 总分 不超过 120 }", "property \"上限\" { total <= 120 }"},
      {"须满足 “单调” { 甲 随 乙 只增不减 }", "property \"单调\" { 甲 increases with 乙 }"},
  };
  for (const auto& pair : on_top) check_on_top(pair);
}

TEST_CASE("expressions take only the parentheses they need") {
  const std::vector<Pair> pairs = {
      {"(甲 + 乙) × 丙 - (丁 - 戊)", "(甲 + 乙) * 丙 - (丁 - 戊)"},
      {"甲 - 乙 - 丙", "甲 - 乙 - 丙"},
      {"-(甲 + 乙) ÷ -丙", "-(甲 + 乙) / -丙"},
      {"甲 或 乙 且 未 (丙 或 丁)", "甲 or 乙 and not (丙 or 丁)"},
      {"(甲 低于 3) 等于 (乙 不等于 4)", "(甲 < 3) = (乙 != 4)"},
      {"甲 介于 1（含）至 2（不含）", "甲 in [1, 2)"},
      {"甲 不属于 [1，2)", "甲 not in [1, 2)"},
      {"甲 属于 [1，)", "甲 in [1, )"},
      {"甲 属于 { 乙、丙 }", "甲 in { 乙, 丙 }"},
      {"甲 不属于 { 乙、丙 }", "甲 not in { 乙, 丙 }"},
      {"事项 属于 前 10 事项", "事项 in top 10 事项"},
      {"甲 未填报 或 乙 不涉及 或 丙 待评",
       "甲 is missing or 乙 is not applicable or 丙 is pending"},
      {"若 甲 则 1 否则 若 乙 则 2 否则 3", "if 甲 then 1 else if 乙 then 2 else 3"},
      {"(若 甲 则 1 否则 2) × 3", "(if 甲 then 1 else 2) * 3"},
      {"按 级 取值 {\n  甲、乙 得 1.2\n  其余 得 1\n}",
       "case 级 {\n  甲, 乙 => 1.2\n  otherwise => 1\n}"},
      {"分档 甲 {\n  低于 3 得 1\n  其余 得 2\n}", "tier 甲 {\n  < 3 => 1\n  otherwise => 2\n}"},
      {"个数（办件，其中 超期）", "count(办件 where 超期)"},
      {"合计（事项 的 当月办件 × 证照数，其中 甲）", "sum(事项.当月办件 * 证照数 where 甲)"},
      {"合计（事项 的 (甲 + 乙) × 丙）", "sum(事项.((甲 + 乙) * 丙))"},
      {"平均（评委 的 分，截去两端 5%）", "average(评委.分 trim 5%)"},
      {"平均（评委 的 分，去掉 1 个最高 1 个最低，缺省 0）",
       "average(评委.分 drop 1 highest 1 lowest default 0)"},
      {"合计（奖项 的 分，取最高 3 个）", "sum(奖项.分 best 3)"},
      {"平均（甲，逐月）", "average(甲 by month)"},
      {"个数（逐月，其中 甲 低于 1）", "count(month where 甲 < 1)"},
      {"最大（甲，全部单位）", "max(甲 over units)"},
      {"平均（甲，于 乙 加 丙，缺省 0）", "average(甲 over 乙 + 丙 default 0)"},
      {"最大（甲，于 { 乙、丙 } 减 丁）", "max(甲 over { 乙, 丙 } - 丁)"},
      {"合计（办件 的 分，按 窗口 分别）", "sum(办件.分 by 窗口)"},
      {"就高合计（奖项 的 分值 × 2，按 赛项）", "highest(奖项 by 分值 * 2 per 赛项)"},
      {"300/7 + 甲 × 2/3 - 乙 ÷ 3 ÷ 4", "300/7 + 甲 * 2/3 - 乙 / 3 / 4"},
      {"甲 等于 300/7 分", "甲 = 300/7 points"},
      {"名次（甲，从低到高，并列不占位，并列按 乙）", "rank(甲 ascending dense ties by 乙)"},
      {"最大（甲，乙）", "max(甲, 乙)"},
      {"保留（甲，2 位小数，四舍五入）", "round(甲, 2, half up)"},
      {"发起 至 驳回 的工作日数（含首日）", "workdays(发起, 驳回, counting first)"},
      {"发起 至 驳回 的天数 超过 3 天", "days(发起, 驳回) > 3 days"},
      {"上期（甲）÷ 上年同期（甲）", "previous(甲) / last_year(甲)"},
      {"月份（发起）", "month of(发起)"},
      {"20 分钟 + 2 个工作日 + 1 天", "20 minutes + 2 workdays + 1 day"},
      {"2 万元 + 4万 + 5% + 4000 次/月", "2 万元 + 4万 + 5% + 4000 次/month"},
      {"2023-11 等于 月份（甲）", "2023-11 = month of(甲)"},
      {"“文” 等于 甲 且 乙 等于 是", "\"文\" = 甲 and 乙 = true"},
      {"甲.rate + 乙.raw", "甲.rate + 乙.raw"},
      {"存在 甲、乙 且 未 存在 丙", "any(甲, 乙) and not any(丙)"},
      {"查“无” + `甲、乙` + `且`", "查“无” + `甲、乙` + `且`"},
  };
  for (const auto& pair : pairs) {
    check_on_top(
        {"定义 甲甲 = " + std::string(pair.chinese), "define 甲甲 = " + std::string(pair.english)});
  }
}

TEST_CASE("comments and empty lines stay where they were") {
  const std::string text =
      "# 头\n"
      "\n"
      "办法 甲\n"
      "\n"
      "评分表 甲（总分 10 分）{  # 表\n"
      "  # 前\n"
      "  一级指标 乙（5 分）{\n"
      "    分档 率 {  # 档\n"
      "      低于 3 得 1 分  # 一\n"
      "      # 二前\n"
      "      其余 得 2 分\n"
      "      # 档末\n"
      "    }  # 档后\n"
      "    # 项末\n"
      "  }\n"
      "\n"
      "  # 后\n"
      "\n"
      "  一级指标 丙（5 分）{ 率 按比例得分 }  # 丙\n"
      "}\n"
      "# 尾\n";
  CHECK(chinese(text) == text);
  CHECK(chinese(english(text)) == text);
  const std::string loose =
      "办法 甲   #一\n\n\n\n   #  二   \n评分表 甲（总分 10 分）{\n\n  一级指标 乙（10 分）{\n 甲 "
      "+   # 三\n"
      " 乙 按比例得分 ; 扣分制 # 四\n}\n\n}";
  CHECK(chinese(loose) ==
        "办法 甲  # 一\n\n#  二\n评分表 甲（总分 10 分）{\n\n  一级指标 乙（10 分）{\n"
        "    甲 + 乙 按比例得分  # 三\n    扣分制              # 四\n  }\n}\n");
  const std::string blocks =
      "评分表 甲 {\n  一级指标 乙（9 分）{\n    丙 的 {\n      加 1 分\n      # 一\n    } 否则 {\n "
      "     # 二\n"
      "      加 2 分\n    }\n  }\n}\n";
  CHECK(chinese(blocks) == blocks);
  const std::string samples =
      "算例 “甲” {\n  # 一\n  已知 甲 = 1，乙 = 2  # 二\n\n  已知 丙 = 3\n  # 三\n  应得 丁 = "
      "4\n}\n";
  CHECK(chinese(samples) == samples);
  CHECK(chinese(english(samples)) == samples);
}

TEST_CASE("long lines are broken where the language lets them") {
  std::string names = "甲单位";
  for (int i = 0; i < 40; ++i) names += "、乙单位";
  const std::string group = "考核对象 全体 = " + names + "\n";
  const std::string once = chinese(group);
  CHECK(once.find("\n    乙单位") != std::string::npos);
  std::istringstream lines(once);
  for (std::string line; std::getline(lines, line);) CHECK(source::display_width(line) <= 100);
  CHECK(chinese(once) == once);
  CHECK(chinese(english(once)) == once);
  std::string sum = "办件数一";
  for (int i = 0; i < 20; ++i) sum += " + 办件数二";
  const std::string define = "定义 总数 = " + sum + "\n";
  const std::string broken = chinese(define);
  CHECK(broken.find("\n    + 办件数二") != std::string::npos);
  CHECK(chinese(broken) == broken);
  CHECK(same_tree(Read(define).module, Read(broken).module));
}

TEST_CASE("a long description stands below its column") {
  const std::string text =
      "数据表 甲 {\n  乙 ： 事项 的 个数，不超过 事项总数，不低于 办结事项数\n      “" +
      std::string(60, 'x') + "”\n  丁 ： 个数\n}\n";
  CHECK(chinese(text) == text);
  CHECK(same_tree(Read(text).module, Read(english(text)).module));
}

TEST_CASE("the synonyms of the author stay in their surface") {
  const std::string text =
      "函数 少（甲）= 甲 不足 3 或 甲 为 4 或 甲 大于等于 7\n"
      "数据表 乙 { 丙 ： 个数，不大于 9 }\n"
      "评分表 丁（总分 10 分）{\n"
      "  一级指标 戊（10 分）{\n"
      "    分档 己 {\n"
      "      未达到 5% 不得分\n"
      "      5% 以内 得 1 分\n"
      "      大于等于 10% 得 2 分\n"
      "    }\n"
      "    己 少于 2 的，横向对比 己 占最高值比例\n"
      "    己 按比例计分，达到 3 得满分\n"
      "  }\n"
      "  等第 { 优秀 90 分及以上 }\n"
      "  己 的，等第确定为 优秀\n"
      "  附加分（最多 5 分）{ 视情况加分 }\n"
      "  减分项（最多 5 分）{ 酌情扣分 }\n"
      "}\n";
  CHECK(chinese(text) == text);
  CHECK(same_tree(Read(text).module, Read(english(text)).module));
  CHECK(chinese("评分表 甲 {\n  一级指标 乙 { 丙 ≥ 3 的，不得分 }\n}\n") ==
        "评分表 甲 {\n  一级指标 乙 { 丙 不低于 3 的，不得分 }\n}\n");
}

TEST_CASE("comments behind lines that follow each other are aligned") {
  const std::string text =
      "算例 “甲” {\n"
      "  应得 乙 = 3   # 一\n"
      "  应得 丙 = 30  # 二\n"
      "\n"
      "  应得 丁 = 1  # 三\n"
      "  应得 戊 = 2\n"
      "  应得 己 = 3  # 四\n"
      "}\n";
  CHECK(chinese(text) == text);
}

// Every word of the table as a name, in the places where names stand.
TEST_CASE("a name that is a keyword is quoted where it must be") {
  std::vector<std::string_view> words;
  for (const auto& row : kKeywordRows) {
    for (const std::string_view spellings : {row.english, row.chinese}) {
      for (std::size_t from = 0; from < spellings.size();) {
        const auto to = std::min(spellings.find('|', from), spellings.size());
        const auto word = spellings.substr(from, to - from);
        from = to + 1;
        if (word != "-" && word.find(' ') == std::string_view::npos) words.push_back(word);
      }
    }
  }
  for (const auto word : words) {
    const std::string name = "`" + std::string(word) + "`";
    const std::string text =
        "数据表 甲 {\n  " + name + "、乙 ： 个数\n  丙、" + name + " ： 个数\n}\n定义 丁 = 1 + " +
        name + "\n定义 " + name + " = " + name + " × 2 + " + name + "（乙）\n评分表 " + name +
        "（总分 10 分）{\n  一级指标 " + name + "（10 分）{\n    " + name +
        " 等于 1 的，不得分\n    每1个 " + name + " 扣1分\n    得分 = " + name +
        "\n  }\n  等次 {\n    " + name + " 90 分及以上\n    丙 其余，当 " + name +
        " 等于 1\n  }\n  加分项 " + name + "（最多 10 分）{ 加 2 分 }\n}\n";
    const Read read(text);
    INFO(text);
    REQUIRE(read.errors == "");
    for (const auto surface : {Surface::Chinese, Surface::English}) {
      const Read again(to_text(read.module, read.file, {surface}));
      INFO(again.file.text());
      CHECK(again.errors == "");
      CHECK(print_meaning(again.module) == print_meaning(read.module));
    }
  }
}

TEST_CASE("strings are written so that they read back") {
  CHECK(quoted("甲", true) == "“甲”");
  CHECK(quoted("甲", false) == "\"甲\"");
  CHECK(english("引用 “甲\"乙”\n") == "import “甲\"乙”\n");
  CHECK(chinese("import \"甲“乙\"\n") == "引用 \"甲“乙\"\n");
}

TEST_CASE("trees are the same up to spans, comments and spelling") {
  const auto same = [](const std::string& a, const std::string& b) {
    return same_tree(Read(a).module, Read(b).module);
  };
  const std::string base = "评分表 甲（总分 10 分）{ 一级指标 乙（10 分）{ 每1个 丙 扣0.5分 } }";
  CHECK(same(base, "rubric 甲 total 10 { item 乙 points 10 { deduct 0.50 per 丙 } }  # x"));
  CHECK_FALSE(same(base, "rubric 甲 total 10 { item 乙 points 10 { deduct 0.6 per 丙 } }"));
  CHECK_FALSE(same(base, "rubric 甲 total 10 { item 乙 points 10 { award 0.5 per 丙 } }"));
  CHECK_FALSE(same(base, "rubric 甲 total 10 { item 乙 points 10 { deduct 5% per 丙 } }"));
  CHECK_FALSE(same("define a = 3 minutes", "define a = 3"));
  CHECK_FALSE(same("define a = 3 points", "define a = 3"));
  CHECK_FALSE(same("define a = (b + c) * d", "define a = b + c * d"));
}

TEST_CASE("the tree is shown as text") {
  CHECK(print_tree(Read("评分表 甲（总分 10 分）{ 一级指标 乙（10 分）{ 扣 5% } }").module) ==
        "(Node kind=Rubric name=甲 points_kind=Stated points=10Points entries:\n"
        "  (Node kind=Item level=1 name=乙 points_kind=Stated points=10Points entries:\n"
        "    (Clause sign=Deduct sign_written=yes scale=(Amount value=5%))))\n");
}

}  // namespace
}  // namespace xize::format

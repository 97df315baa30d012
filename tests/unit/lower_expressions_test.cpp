// What expressions mean (language §3, §4): one worked example for each construct.
#include <doctest/doctest.h>

#include "tests/unit/policy_bench.h"

namespace xize::bench {
namespace {

using value::FaultKind;
using value::Month;

const std::string kExpressionsData = R"(
table 部门 {
  名称 : unit
  错误数 : count of 错误
  用时 : hours
  经费 : number of 万元
  受理, 办结 : date
  属实 : bool
  备用 : days optional
  缺省值 : days default 3 days
  类别 : choice { 一类; 二类 }
}
records 办件 {
  部门 : unit
  编号 : text
  事项 : text
  日期 : date
  超期 : bool
  时限 : days
  双倍 = 时限 * 2
}
records 超期件 = 办件 where 超期
lookup 级别分(级, 等) {
  一类, 1 => 10 points
  一类, otherwise => 6 points
  二类, [1, 2] => 3 points
}
)";

// Reports of a policy with the given lines.
struct Reports {
  explicit Reports(const std::string& lines, const std::string& more = "")
      : bench(kExpressionsData + more +
              "rubric 考核 for all 部门 total 10 { item 质量 points 10 { award 5 }\n" + lines +
              "\n}\n") {}
  PolicyBench bench;
};

Value report(const std::string& expression, const Cells& cells = {}) {
  Reports r("report 值 = " + expression);
  r.bench.unit("甲", cells);
  r.bench.run();
  return r.bench.report("值");
}

value::Date date(int y, int m, int d) { return *value::make_date(y, m, d); }

// Records of two units with a date, a matter, a limit and a flag.
void add_records(PolicyBench& bench) {
  bench.unit("甲");
  bench.unit("乙");
  const auto add = [&](const char* unit, int month, const char* matter, int limit, bool late) {
    bench.record("办件", unit,
                 {{"日期", date(2023, month, 5)},
                  {"事项", bench.text(matter)},
                  {"时限", num(limit)},
                  {"超期", late}});
  };
  add("甲", 1, "户籍", 3, false);
  add("甲", 1, "户籍", 5, true);
  add("甲", 2, "社保", 10, false);
  add("甲", 3, "证照", 2, true);
  add("乙", 1, "户籍", 4, false);
}

Value over_records(const std::string& expression, std::size_t row = 0) {
  Reports r("report 值 = " + expression);
  add_records(r.bench);
  r.bench.run();
  return r.bench.report("值", row);
}

}  // namespace

TEST_CASE("numbers are in base units, whatever the cell is written in") {
  CHECK(report("if 用时 > 100 minutes then 1 else 0", {{"用时", num(2)}}) == num(1));
  CHECK(report("经费 / 100 yuan", {{"经费", num(2)}}) == num(200));
  CHECK(report("1 - 5%") == num(19, 20));
}

TEST_CASE("functions") {
  CHECK(report("min(3, 1, 2) + max(3, 4) * abs(-2)") == num(9));
  CHECK(report("floor(2.5) + ceil(2.5)") == num(5));
  CHECK(report("round(2.345, 2)") == num(47, 20));
  CHECK(report("round(2.345, 2, down)") == num(117, 50));
  CHECK(report("clamp(7, 0, 5) + power(2, 3)") == num(13));
  CHECK(report("sum(1, 2, 4 best 2)") == num(6));
  CHECK(report("median(1, 5, 2)") == num(2));
  CHECK(report("median(1, 5, 2, 4)") == num(3));
}

TEST_CASE("case, tier as a value, lookup, function") {
  CHECK(report("case 类别 { 一类 => 1; 二类 => 2 }") == num(1));
  CHECK(report("tier 错误数 { < 3 => 1; >= 3 => 2 }", {{"错误数", num(3)}}) == num(2));
  CHECK(report("级别分(类别, 错误数)", {{"错误数", num(1)}}) == num(10));
  CHECK(report("级别分(类别, 错误数)", {{"错误数", num(9)}}) == num(6));
  Reports doubled("report 值 = 加倍(加倍(错误数))", "define 加倍(x) = x * 2\n");
  doubled.bench.unit("甲", {{"错误数", num(3)}});
  doubled.bench.run();
  CHECK(doubled.bench.report("值") == num(12));
}

TEST_CASE("three states of a cell") {
  CHECK(report("if 备用 is missing then 1 else 2") == num(1));
  CHECK(is_fault(report("备用 + 1 days"), FaultKind::MissingValue));
  CHECK(report("缺省值 * 2") == num(6));
  CHECK(report("缺省值 * 2", {{"缺省值", num(5)}}) == num(10));
  CHECK(report("if 用时 is not applicable then 1 else 2", {{"用时", value::NotApplicable{}}}) ==
        num(1));
}

TEST_CASE("dates") {
  const Cells cells = {{"受理", date(2023, 11, 24)}, {"办结", date(2023, 11, 27)}};
  CHECK(report("days(受理, 办结)", cells) == num(3));
  CHECK(report("workdays(受理, 办结)", cells) == num(1));
  CHECK(report("if 办结 > 受理 + 2 days then 1 else 0", cells) == num(1));
  CHECK(report("if 办结 < 受理 + 1 months then 1 else 0", cells) == num(1));
}

TEST_CASE("aggregates over records") {
  CHECK(over_records("count(办件 where 超期)") == num(2));
  CHECK(over_records("count(超期件)") == num(2));
  CHECK(over_records("sum(办件.时限)") == num(20));
  CHECK(over_records("sum(超期件.双倍)") == num(14));
  CHECK(over_records("average(办件.时限)") == num(5));
  CHECK(over_records("average(办件.时限 drop 1 highest 1 lowest)") == num(4));
  CHECK(over_records("sum(办件.时限 best 2)") == num(15));
  CHECK(over_records("distinct(办件.事项)") == num(3));
  CHECK(over_records("highest(办件 by 时限 per 事项)") == num(17));
  CHECK(over_records("if any(办件 where 超期) then 1 else 0", 1) == num(0));
  CHECK(over_records("if all(办件 where 时限 > 3 days) then 1 else 0", 1) == num(1));
  CHECK(over_records("average(超期件.时限 default 7 days)", 1) == num(7));
  CHECK(is_fault(over_records("average(超期件.时限)", 1), FaultKind::EmptyAggregate));
  CHECK(over_records("count(办件 where 事项 in top 1 事项 by count)") == num(2));
  CHECK(over_records("count(办件 where 时限 > average(办件.时限))") == num(1));
}

TEST_CASE("series by month") {
  CHECK(over_records("average(count(办件) by month)") == num(4, 3));
  CHECK(over_records("max(sum(办件.时限) by month)") == num(10));
  CHECK(over_records("count(month where count(办件 where 超期) < 1)") == num(1));
}

TEST_CASE("the cutoff drops later records") {
  Reports r("report 值 = count(办件)", "cutoff 2023-01-31\n");
  add_records(r.bench);
  r.bench.run();
  CHECK(r.bench.report("值") == num(2));
}

TEST_CASE("population") {
  Reports r(R"(
    report 平均 = average(错误数 over units)
    report 甲组平均 = average(错误数 over 甲组 where 错误数 < 9)
    report 名次 = rank(错误数)
    report 占比 = share(错误数)
    report 百分位 = percentile(错误数))",
            "group 甲组 = { 甲, 乙 }\n");
  r.bench.unit("甲", {{"错误数", num(2)}});
  r.bench.unit("乙", {{"错误数", num(9)}});
  r.bench.unit("丙", {{"错误数", num(4)}});
  r.bench.run();
  CHECK(r.bench.report("平均") == num(5));
  CHECK(r.bench.report("甲组平均", 2) == num(2));
  CHECK(r.bench.report("名次") == num(3));
  CHECK(r.bench.report("占比", 1) == num(3, 5));
  CHECK(r.bench.report("百分位", 2) == num(2, 3));
}

TEST_CASE("data checks over columns") {
  PolicyBench bench(R"(
    table 部门 {
      名称 : unit
      总数 : count of 事项
      n1, n2 : count of 事项 <= 总数
      partition n1 + n2 = 总数
    }
    rubric 考核 for all 部门 total 10 { item 质量 points 10 { award 5 } })");
  bench.unit("甲", {{"总数", num(3)}, {"n1", num(1)}, {"n2", num(2)}});
  bench.unit("乙", {{"总数", num(3)}, {"n1", num(4)}, {"n2", num(-1)}});
  bench.unit("丙", {{"总数", num(3)}, {"n1", value::NotApplicable{}}});
  bench.run();
  CHECK(bench.outcome.faulty == std::vector<bool>{false, true, false});
}

TEST_CASE("previous period and the same of last year") {
  PolicyBench bench(R"(
    policy 月考 { period monthly }
    table 部门 { 名称 : unit; 月份 : month; n : count }
    rubric 考核 for all 部门 total 10 {
      item 质量 points 10 { award 5 }
      report 增加 = n - previous(n)
      report 去年 = last_year(n)
    })");
  bench.unit_in("甲", Month{600}, {{"n", num(3)}});
  bench.unit_in("甲", Month{611}, {{"n", num(4)}});
  bench.unit_in("甲", Month{612}, {{"n", num(9)}});
  bench.run();
  CHECK(bench.report("增加", 2) == num(5));
  CHECK(is_fault(bench.report("增加", 0), FaultKind::MissingValue));
  CHECK(bench.report("去年", 2) == num(3));
}

}  // namespace xize::bench

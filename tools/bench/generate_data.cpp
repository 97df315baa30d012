// Writes the data of a workload: seeded, streaming, of any size.
//   xize_bench_data records FOLDER ROWS UNITS SEED   部门.csv and 办件.csv
//   xize_bench_data units FOLDER ROWS SEED           单位表.csv
// Equal arguments give equal files. Shares differ from unit to unit and come close to the bounds of
// the tiers, and numbers are small enough to fall right onto them now and then.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tools/bench/csv_file.h"
#include "tools/generate/random.h"

namespace xize::bench {
namespace {

using generate::Random;

constexpr std::array<const char*, 3> kKinds = {"即办件", "承诺件", "上报件"};
constexpr std::array<const char*, 3> kClasses = {"市直", "区直", "街镇"};
constexpr std::array<const char*, 4> kPrizes = {"国家级", "省级", "市级", "无"};
constexpr std::array<int, 12> kDaysOfMonth = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

std::array<std::string, 365> days_of_2023() {
  std::array<std::string, 365> days;
  std::size_t at = 0;
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= kDaysOfMonth[static_cast<std::size_t>(month - 1)]; ++day) {
      std::array<char, 16> text{};
      std::snprintf(text.data(), text.size(), "2023-%02d-%02d", month, day);
      days[at++] = text.data();
    }
  }
  return days;
}

// How a department works: shares in percent.
struct Profile {
  int at_once;   // of cases settled at once
  int promised;  // of cases with a promised time
  int online;
  int late;
  int rated;
  int cut;   // how much shorter than the law allows its promises are
  int good;  // tenths of a point its ratings are about
};

Profile profile(Random& random) {
  return {random.between(26, 40),
          random.between(0, 60) == 0 ? 0 : random.between(25, 45),
          random.between(40, 98),
          random.between(1, 15),
          random.between(0, 60) == 0 ? 0 : random.between(10, 90),
          random.between(20, 45),
          random.between(80, 100)};
}

void write_case(CsvWriter& out, const Profile& unit, Random& random) {
  static const auto kDays = days_of_2023();
  const int draw = random.between(1, 100);
  const std::size_t kind = draw <= unit.at_once ? 0 : draw <= unit.at_once + unit.promised ? 1 : 2;
  const int legal = random.between(1, 60);
  const int promised = legal - legal * random.between(0, 2 * unit.cut) / 100;
  const bool late = random.chance(unit.late);
  const int used =
      late ? promised + random.between(1, 20) : promised * random.between(20, 80) / 100;
  out.text(random.pick(kDays)).text(kKinds[kind]).number(legal).number(promised);
  out.number(used < 60 ? used : 60).number(random.between(1, 4) + random.between(0, 3));
  if (random.chance(unit.rated)) {
    const int rating = unit.good + random.between(-40, 15);
    out.tenths(rating < 0 ? 0 : rating > 100 ? 100 : rating);
  } else {
    out.text("");
  }
  out.text(random.chance(unit.online) ? "是" : "否").end_line();
}

bool write_records(const std::string& folder, long rows, int units, Random random) {
  CsvWriter names(folder + "/部门.csv", "名称");
  std::vector<std::string> name;
  std::vector<Profile> profiles;
  for (int unit = 0; unit < units; ++unit) {
    name.push_back("部门" + padded(unit + 1, 4));
    profiles.push_back(profile(random));
    names.text(name.back()).end_line();
  }
  CsvWriter cases(folder + "/办件.csv",
                  "部门,受理日期,类型,法定时限,承诺时限,实际用时,材料数,评价,网上办理");
  for (long row = 0; row < rows; ++row) {
    const auto unit = static_cast<std::size_t>(random.between(0, units - 1));
    cases.text(name[unit]);
    write_case(cases, profiles[unit], random);
  }
  return names.close() && cases.close();
}

// A count that is small most of the time.
int rare(Random& random, int often_below, int most) {
  return random.chance(90) ? random.between(0, often_below) : random.between(0, most);
}

void write_unit(CsvWriter& out, Random& random) {
  const int matters = random.chance(50) ? random.between(1, 40) * 20 : random.between(1, 2000);
  const int at_once = matters * random.between(0, 15) / 100;
  const int online = random.chance(10) ? matters : matters * random.between(10, 100) / 100;
  const int legal = random.chance(3) ? 0 : random.between(1, 600) * random.between(1, 50);
  const int promised = legal - legal * random.between(0, 70) / 100;
  const int cases = random.chance(3) ? 0 : random.between(1, 20000);
  const int late = random.chance(40) ? 0 : cases * random.between(0, 15) / 100;
  out.text(kClasses[static_cast<std::size_t>(random.between(0, 2))]).number(matters);
  out.number(at_once).number(online).number(legal).number(promised).number(cases).number(late);
  if (random.chance(95)) out.thousandths(random.between(650, 1000));
  else out.text("");
  out.number(rare(random, 12, 200)).number(rare(random, 12, 200)).number(rare(random, 4, 200));
  out.number(random.chance(50) ? 0 : rare(random, 12, 120)).number(rare(random, 60, 200));
  out.text(random.chance(70) ? "无" : random.pick(kPrizes)).tenths(random.between(12, 20) * 5);
  for (const int percent : {85, 80, 1}) out.text(random.chance(percent) ? "是" : "否");
  out.end_line();
}

bool write_units(const std::string& folder, long rows, Random random) {
  CsvWriter out(folder + "/单位表.csv",
                "名称,类别,事项数,即办事项,网办事项,法定时限,承诺时限,办件数,超期数,满意率,差评数,"
                "投诉数,错误数,迟报,信息数,奖项,评议,数据汇聚,制度齐全,泄密");
  for (long row = 0; row < rows; ++row) {
    out.text("单位" + padded(row + 1, 7));
    write_unit(out, random);
  }
  return out.close();
}

}  // namespace
}  // namespace xize::bench

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto number = [&words](std::size_t i) { return std::atol(words[i].c_str()); };
  bool written = false;
  if (words.size() == 5 && words[0] == "records") {
    written = xize::bench::write_records(words[1], number(2), static_cast<int>(number(3)),
                                         xize::generate::Random(number(4)));
  } else if (words.size() == 4 && words[0] == "units") {
    written = xize::bench::write_units(words[1], number(2), xize::generate::Random(number(3)));
  } else {
    std::fputs(
        "usage: xize_bench_data records FOLDER ROWS UNITS SEED\n"
        "       xize_bench_data units FOLDER ROWS SEED\n",
        stderr);
    return 2;
  }
  if (!written) std::fprintf(stderr, "xize_bench_data: cannot write to %s\n", words[1].c_str());
  return written ? 0 : 1;
}

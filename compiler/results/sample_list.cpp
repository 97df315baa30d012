#include "compiler/results/sample_list.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/list_record.h"
#include "compiler/results/phrases.h"
#include "compiler/results/shell_word.h"
#include "runtime/io/csv_writer.h"

namespace xize::results {
namespace {

using diagnostics::Language;
using driver::SampleList;
using driver::Sampling;

// `尾号 28（由种子得出）`, or nothing for a sample by lot.
std::string ending_text(const SampleList& list, Language language) {
  if (!list.ending) return {};
  const std::string number = list.ending->to_string();
  if (zh(language)) return "尾号 " + number + (list.ending_drawn ? "（由种子得出）" : "");
  return "ending " + number + (list.ending_drawn ? " (from the seed)" : "");
}

std::string head_text(const SampleList& list, Language language) {
  std::size_t rows = 0;
  for (const driver::UnitDraw& unit : list.units) rows += unit.rows;
  const std::string ending = ending_text(list, language);
  if (zh(language)) {
    return fmt::format("抽查 {}：{} 个单位，从 {} 的 {} 行中抽取 {} 行{}", list.name,
                       list.units.size(), list.from, rows, list.rows.size(),
                       ending.empty() ? "" : "，" + ending);
  }
  return fmt::format("sample {}: {} units, {} of {} rows of {}{}", list.name, list.units.size(),
                     list.rows.size(), rows, list.from, ending.empty() ? "" : ", " + ending);
}

std::string seed_text(const Sampling& sampling, Language language) {
  std::string flags = "--seed " + sampling.seed;
  if (!sampling.period.empty()) flags += " --period " + shell_word(sampling.period);
  for (const std::string& name : sampling.samples) flags += " --sample " + shell_word(name);
  for (const std::string& path : sampling.after) flags += " --after " + shell_word(path);
  if (zh(language)) return "种子 " + sampling.seed + "（用 `" + flags + "` 可再次抽得同样的清单）";
  return "seed " + sampling.seed + " (`" + flags + "` draws the same lists again)";
}

// Units of which less was drawn than of the others, which is worth a look.
std::string fewer_text(const SampleList& list, Language language) {
  std::size_t most = 0;
  for (const driver::UnitDraw& unit : list.units) most = std::max(most, unit.drawn);
  std::string names;
  std::size_t count = 0;
  constexpr std::size_t kNamedMax = 12;
  for (const driver::UnitDraw& unit : list.units) {
    if (unit.drawn == most) continue;
    if (++count > kNamedMax) continue;
    names += (count == 1 ? "" : zh(language) ? "、" : ", ") +
             fmt::format("{} {}", unit.unit, unit.drawn);
  }
  if (count > kNamedMax) names += zh(language) ? " 等" : " …";
  if (count == 0) return {};
  if (zh(language)) return fmt::format("  其中 {} 个单位不足 {} 行：{}\n", count, most, names);
  return fmt::format("  less than {} were there for: {}\n", most, names);
}

driver::ListRecord record_of(const Sampling& sampling, const SampleList& list) {
  return {sampling.seed, list.data, sampling.period, list.name, list.after};
}

}  // namespace

std::string list_csv(const Sampling& sampling, const SampleList& list, Language language) {
  std::string out;
  io::CsvWriter writer(out, {.byte_order_mark = true});
  writer.comment(sampling.policy + (sampling.period.empty() ? "" : " " + sampling.period));
  writer.comment(head_text(list, language));
  writer.comment(zh(language) ? "逐行填写空白各列后放入数据文件夹计分；请勿增删行，保留开头各 # 行"
                              : "fill in the blank columns and put the file beside the data; keep "
                                "all rows, and these # lines");
  writer.comment(driver::print_record(record_of(sampling, list)));
  writer.row(list.columns);
  for (const driver::ListRow& row : list.rows) writer.row(row.cells);
  return out;
}

std::string sampling_text(const Sampling& sampling, Language language) {
  std::string out = seed_text(sampling, language) + "\n";
  for (const SampleList& list : sampling.lists) {
    out += head_text(list, language) + "\n";
    out += fewer_text(list, language);
  }
  return out;
}

std::string sampling_json(const Sampling& sampling) {
  nlohmann::ordered_json out;
  out["policy"] = sampling.policy;
  out["seed"] = sampling.seed;
  if (!sampling.period.empty()) out["period"] = sampling.period;
  out["samples"] = nlohmann::ordered_json::array();
  for (const SampleList& list : sampling.lists) {
    nlohmann::ordered_json one;
    one["name"] = list.name;
    one["from"] = list.from;
    if (list.ending) one["ending"] = list.ending->to_string();
    one["after"] = list.after;
    one["data"] = list.data;
    for (const driver::UnitDraw& unit : list.units) {
      one["units"].push_back({{"unit", unit.unit}, {"rows", unit.rows}, {"drawn", unit.drawn}});
    }
    one["columns"] = list.columns;
    one["rows"] = nlohmann::ordered_json::array();
    for (const driver::ListRow& row : list.rows) one["rows"].push_back(row.cells);
    out["samples"].push_back(std::move(one));
  }
  return out.dump(2) + "\n";
}

}  // namespace xize::results

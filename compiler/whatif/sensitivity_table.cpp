// What is at stake as tables, for people and for spreadsheets.
#include <fmt/format.h>

#include "compiler/results/explanation_words.h"
#include "compiler/results/text_table.h"
#include "compiler/whatif/sensitivity.h"
#include "runtime/io/csv_writer.h"

namespace xize::whatif {
namespace {

using results::Align;
using results::ExplanationWords;
using results::MarkState;
using value::Rational;

// Digits after the point: a terminal shows few; a spreadsheet would read 300/7 as a date.
constexpr int kPlacesShown = 2;
constexpr int kPlacesKept = 10;

using Cells = std::vector<std::string>;

// One table: its columns, and a row for each item or edge.
class Tables {
 public:
  Tables(const results::ExplanationStyle& style, int places) : words_(style), places_(places) {}

  [[nodiscard]] std::vector<results::TextColumn> item_columns() const {
    return {{words_.say("item", "评分项"), Align::Left},
            {words_.say("points", "分值"), Align::Right},
            {words_.say("average", "平均得分"), Align::Right},
            {words_.say("share", "得分率"), Align::Right},
            {words_.say("lowest", "最低"), Align::Right},
            {words_.say("highest", "最高"), Align::Right},
            {words_.say("lost in sum", "失分合计"), Align::Right},
            {words_.say("units losing", "失分单位"), Align::Right},
            {words_.say("units whole", "满分单位"), Align::Right},
            {words_.say("units scored", "计分单位"), Align::Right},
            {words_.say("ranks moved", "名次变动"), Align::Right}};
  }
  [[nodiscard]] Cells item_row(const ItemStake& item) const {
    const bool known = item.points.state == MarkState::Score && item.units > 0;
    const Rational units(static_cast<std::int64_t>(item.units));
    const auto when = [](bool shown, std::string text) { return shown ? std::move(text) : ""; };
    const bool any = item.units > 0;
    return {item.name,
            when(known, number(item.points.value)),
            when(any, number(item.average)),
            item.worth.sign() > 0
                ? number(item.average * units / item.worth * Rational(100)) + "%"
                : "",
            when(any, number(item.lowest)),
            when(any, number(item.highest)),
            number(item.lost),
            std::to_string(item.losing),
            std::to_string(item.whole),
            std::to_string(item.units),
            item.moved ? std::to_string(*item.moved) : ""};
  }

  [[nodiscard]] std::vector<results::TextColumn> edge_columns() const {
    return {{words_.say("item", "评分项"), Align::Left},
            {words_.say("unit", "单位"), Align::Left},
            {words_.say("input", "数据项"), Align::Left},
            {words_.say("now → edge", "现在 → 分界"), Align::Left},
            {words_.say("points", "得分"), Align::Left},
            {words_.say("jump", "变化"), Align::Right}};
  }
  [[nodiscard]] Cells edge_row(const Edge& edge) const {
    const Rational jump = edge.score_beyond - edge.score;
    return {edge.item,
            edge.unit,
            edge.input,
            words_.datum(edge.now) + " → " + words_.datum(edge.beyond),
            number(edge.score) + " → " + number(edge.score_beyond),
            (jump.sign() > 0 ? "+" : "") + number(jump)};
  }

 private:
  [[nodiscard]] std::string number(const Rational& number) const {
    return value::round(number, places_, value::Rounding::HalfUp).to_string();
  }

  ExplanationWords words_;
  int places_;
};

Cells heads(const std::vector<results::TextColumn>& columns, const std::string& first) {
  Cells cells{first};
  for (const auto& column : columns) cells.push_back(column.head);
  return cells;
}

}  // namespace

std::string stakes_text(const std::vector<RubricStakes>& stakes,
                        const results::ExplanationStyle& style) {
  const ExplanationWords words(style);
  const Tables tables(style, kPlacesShown);
  std::string out;
  for (const RubricStakes& rubric : stakes) {
    if (!out.empty()) out += '\n';
    out += rubric.rubric + (rubric.period.empty() ? "" : "  " + rubric.period) + "\n";
    std::vector<Cells> rows;
    for (const ItemStake& item : rubric.items) rows.push_back(tables.item_row(item));
    out += results::text_table(tables.item_columns(), rows);
    out += words.say(
        "ranks moved: ranks that would change if the item's points were taken off the totals\n",
        "名次变动：总分中去掉此项得分后，名次有变的单位数\n");
    out += '\n';
    rows.clear();
    for (const Edge& edge : rubric.edges) rows.push_back(tables.edge_row(edge));
    out += rows.empty() ? words.say("No unit stands near an edge where points jump.\n",
                                    "没有单位的数据临近得分跳变的分界。\n")
                        : words.say("Units near an edge where points jump:\n",
                                    "数据临近得分跳变分界的单位：\n");
    if (!rows.empty()) out += results::text_table(tables.edge_columns(), rows);
    for (const std::string& item : rubric.not_searched) {
      out += fmt::format(fmt::runtime(words.say("not searched, as it compares units: {}\n",
                                                "未查（与其他单位比较，分界随之变动）：{}\n")),
                         item);
    }
  }
  return out;
}

std::string stakes_csv(const std::vector<RubricStakes>& stakes, results::Language language) {
  const results::ExplanationStyle style{language};
  const Tables tables(style, kPlacesKept);
  const std::string first = ExplanationWords(style).say("rubric", "评分表");
  std::string out;
  io::CsvWriter writer(out);
  const auto put = [&](const std::string& rubric, Cells cells) {
    cells.insert(cells.begin(), rubric);
    writer.row(cells);
  };
  writer.row(heads(tables.item_columns(), first));
  for (const RubricStakes& rubric : stakes) {
    for (const ItemStake& item : rubric.items) put(rubric.rubric, tables.item_row(item));
  }
  out += "\r\n";
  writer.row(heads(tables.edge_columns(), first));
  for (const RubricStakes& rubric : stakes) {
    for (const Edge& edge : rubric.edges) put(rubric.rubric, tables.edge_row(edge));
  }
  return out;
}

}  // namespace xize::whatif

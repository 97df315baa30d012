// Advice for people: the cheapest change first, then what no single change helps.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/results/explanation_words.h"
#include "compiler/results/text_table.h"
#include "compiler/whatif/improvement.h"
#include "compiler/whatif/words.h"

namespace xize::whatif {
namespace {

using results::Align;
using results::MarkState;

class AdvicePrinter {
 public:
  explicit AdvicePrinter(const results::ExplanationStyle& style) : style_(style), words_(style) {}

  std::string run(const Advice& advice) {
    for (const RubricAdvice& rubric : advice.rubrics) {
      if (!out_.empty()) out_ += '\n';
      head(advice, rubric);
      suggestions(rubric);
      others(rubric);
      if (rubric.plan) plan(rubric);
    }
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }
  template <class... A>
  std::string text(const char* english, const char* chinese, const A&... arguments) const {
    return fmt::format(fmt::runtime(words_.say(english, chinese)), arguments...);
  }

  void head(const Advice& advice, const RubricAdvice& rubric) {
    std::string title = advice.unit;
    if (!advice.period.empty()) title += "  " + advice.period;
    line(title + "  " + rubric.rubric);
    const Standing& now = rubric.now;
    if (!rubric.has_total) {
      line(words_.say("There is no total; points are those of the items.",
                      "没有总分，以下只看各评分项得分。"));
      return;
    }
    std::string total = text("total {}", "总分 {}", words_.mark(now.total));
    if (rubric.declared_total.state == MarkState::Score) {
      total += " / " + words_.mark(rubric.declared_total);
    }
    if (now.rank) total += text(", rank {}", "，第 {} 名", *now.rank);
    line(total);
  }

  // ---- what a single change brings

  struct Row {
    const ItemAdvice* item = nullptr;
    const Suggestion* step = nullptr;
  };

  void suggestions(const RubricAdvice& rubric) {
    std::vector<Row> rows;
    for (const ItemAdvice& item : rubric.items) {
      for (const Suggestion& step : item.suggestions) rows.push_back({&item, &step});
    }
    out_ += '\n';
    if (rows.empty()) {
      line(words_.say("No change of a single input brings points.", "单独改动一项数据都不能加分。"));
      return;
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
      return a.step->effort < b.step->effort;
    });
    line(words_.say("What one change alone would bring, the smallest in proportion first:",
                    "单独改动一项数据可得的分，按改动幅度从小到大："));
    std::vector<std::vector<std::string>> cells;
    for (const Row& row : rows) cells.push_back(cells_of(rubric, row));
    const char* gain = rubric.has_total ? words_.say("total", "总分") : words_.say("points", "分");
    out_ += results::text_table({{words_.say("input", "数据项"), Align::Left},
                                 {words_.say("now → then", "现在 → 改为"), Align::Left},
                                 {words_.say("by", "幅度"), Align::Right},
                                 {gain, Align::Right},
                                 {words_.say("rank", "名次"), Align::Left},
                                 {words_.say("item", "评分项"), Align::Left}},
                                cells);
    line(words_.say("Leave out what cannot be changed with `--keep NAME`.",
                    "不能改动的数据项，用 `--keep 名称` 排除。"));
  }

  [[nodiscard]] std::vector<std::string> cells_of(const RubricAdvice& rubric,
                                                  const Row& row) const {
    const Suggestion& step = *row.step;
    const bool number = step.before.kind == results::DatumKind::Number &&
                        !step.before.number.is_zero();
    results::Datum share{.kind = results::DatumKind::Number, .number = step.effort,
                         .percent = true};
    const bool down = number && step.after.number < step.before.number;
    if (number) share.number = value::round(share.number, 3, value::Rounding::HalfUp);
    if (down) share.number = -share.number;
    const std::string item = row.item->name + "  " + words_.mark(row.item->score) + " → " +
                             words_.mark(step.score);
    return {step.input,
            words_.datum(step.before) + " → " + words_.datum(step.after),
            number ? signed_datum(share, style_) : "",
            signed_number(step.total_gain, style_),
            moved(rubric.now, step.then),
            item + worth(*row.item) + also(step)};
  }

  [[nodiscard]] std::string worth(const ItemAdvice& item) const {
    const bool known = item.worth.state == MarkState::Score && !item.worth.value.is_zero();
    return known ? " / " + words_.mark(item.worth) : "";
  }
  [[nodiscard]] std::string also(const Suggestion& step) const {
    if (step.also.empty()) return "";
    std::string names;
    for (const std::string& name : step.also) {
      names += (names.empty() ? "" : words_.say(", ", "、")) + name;
    }
    return text(" (also {})", "（另影响 {}）", names);
  }
  [[nodiscard]] std::string moved(const Standing& now, const Standing& then) const {
    return now.rank && then.rank && *now.rank != *then.rank
               ? places_moved(*now.rank, *then.rank, style_)
               : "";
  }

  // ---- what a single change does not help

  void others(const RubricAdvice& rubric) {
    bool first = true;
    for (const ItemAdvice& item : rubric.items) {
      const std::vector<std::string> why = reasons(item);
      if (why.empty()) continue;
      if (first) {
        out_ += '\n';
        line(words_.say("What else points hang on:", "其他失分："));
      }
      first = false;
      line("  " + item.name + "  " + words_.mark(item.score) + worth(item));
      for (const std::string& reason : why) line("    " + reason);
    }
  }

  [[nodiscard]] std::vector<std::string> reasons(const ItemAdvice& item) const {
    std::vector<std::string> out;
    for (const RecordAdvice& records : item.records) {
      out.push_back(records.count == 0
                        ? text("it reads the records {}", "取决于台账 {} 的记录", records.table)
                        : text("{} records of {} cost points; one less: {}",
                               "台账 {1} 中有 {0} 条造成失分，少 1 条可得 {2} 分", records.count,
                               records.table, signed_number(records.gain, style_)));
    }
    for (const std::string& mark : item.marks) {
      out.push_back(text("`{}` is given by assessors", "`{}` 由考核人评定", mark));
    }
    for (const results::OpenNote& note : item.open) out.push_back(words_.open(note));
    const bool helped = !item.suggestions.empty() || !out.empty();
    if (helped) return out;
    for (const std::string& check : item.checks) {
      out.push_back(text("one input alone cannot change: `{}`",
                         "单独改动一项不成立，数据须满足 `{}`", check));
    }
    if (item.compared) out.push_back(words_.say("it also depends on other units", "还取决于其他单位"));
    if (out.empty()) {
      out.push_back(words_.say("no single change of the unit's data raises it",
                               "单独改动该单位的一项数据不能提高"));
    }
    return out;
  }

  // ---- a plan

  void plan(const RubricAdvice& rubric) {
    const Plan& plan = *rubric.plan;
    out_ += '\n';
    const std::string wanted = results::print_number(plan.wanted, style_);
    line(plan.reached ? text("To gain {} points:", "要多得 {} 分：", wanted)
                      : text("Single changes do not bring {} points; at most:",
                             "单项改动合起来也不足 {} 分，最多：", wanted));
    std::size_t number = 0;
    for (const Suggestion& step : plan.steps) {
      line(fmt::format("  {}. {}{}{} → {}", ++number, step.input, words_.say(": ", "："),
                       words_.datum(step.before), words_.datum(step.after)));
    }
    if (plan.steps.empty()) return line(words_.say("  nothing", "  没有可行的改动"));
    std::string sum = text("  together {}: {} → {}", "  合计 {} 分：总分 {} → {}",
                           signed_number(plan.gain, style_), words_.mark(rubric.now.total),
                           words_.mark(plan.then.total));
    if (rubric.now.rank && plan.then.rank) {
      sum += text(", rank {} → {}", "，名次 {} → {}", *rubric.now.rank, *plan.then.rank);
    }
    line(sum);
  }

  results::ExplanationStyle style_;
  results::ExplanationWords words_;
  std::string out_;
};

}  // namespace

std::string advice_text(const Advice& advice, const results::ExplanationStyle& style) {
  return AdvicePrinter(style).run(advice);
}

}  // namespace xize::whatif

// A comparison for people: what is changed, what comes of it, and which clause says so.
#include <fmt/format.h>

#include "compiler/results/explanation_words.h"
#include "compiler/results/text_table.h"
#include "compiler/source/unicode.h"
#include "compiler/whatif/comparison.h"
#include "compiler/whatif/words.h"

namespace xize::whatif {
namespace {

using results::ExplanationWords;
using results::Mark;
using results::MarkState;
using results::NodeExplanation;

constexpr int kIndent = 2;
constexpr std::size_t kMovedMax = 10;  // units whose new place is named

class ComparisonPrinter {
 public:
  explicit ComparisonPrinter(const results::ExplanationStyle& style)
      : style_(style), words_(style) {}

  std::string run(const Comparison& comparison) {
    for (const RubricComparison& rubric : comparison.rubrics) {
      if (!out_.empty()) out_ += '\n';
      title(comparison, rubric);
      for (const ChangedInput& input : comparison.inputs) line(kIndent, changed(input));
      out_ += '\n';
      result(rubric);
      nodes(rubric);
      moved(rubric);
    }
    return std::move(out_);
  }

 private:
  void line(int indent, const std::string& text) {
    out_ += std::string(static_cast<std::size_t>(indent), ' ') + text + "\n";
  }

  void title(const Comparison& comparison, const RubricComparison& rubric) {
    std::string text = words_.say("What if: ", "假如：") + comparison.unit;
    if (!comparison.period.empty()) text += "  " + comparison.period;
    line(0, text + "  " + rubric.before.rubric);
  }

  [[nodiscard]] std::string changed(const ChangedInput& input) const {
    const bool was = input.before.kind != results::DatumKind::Absent;
    std::string text = input.name + words_.say(": ", "：") +
                       (was ? words_.datum(input.before) + " → " : std::string()) +
                       words_.datum(input.after);
    const bool numbers = input.before.kind == results::DatumKind::Number &&
                         input.after.kind == results::DatumKind::Number;
    if (!numbers) return text;
    results::Datum difference = input.after;
    difference.number -= input.before.number;
    return text + bracketed(signed_datum(difference, style_), style_);
  }

  void result(const RubricComparison& rubric) {
    const auto& before = rubric.before;
    const auto& after = rubric.after;
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](const char* english, const char* chinese, const std::string& a,
                         const std::string& b, const std::string& difference) {
      rows.push_back({words_.say(english, chinese), a, b, difference});
    };
    if (before.has_total) {
      add("total", "总分", words_.mark(before.total), words_.mark(after.total),
          difference(before.total, after.total));
    }
    for (const auto part : {results::TotalPart::Combined, results::TotalPart::Converted}) {
      const Mark a = step(before, part);
      const Mark b = step(after, part);
      if (a.state == MarkState::Absent && b.state == MarkState::Absent) continue;
      rows.push_back({words_.part(part), words_.mark(a), words_.mark(b), difference(a, b)});
    }
    if (before.rank || after.rank) {
      add("rank", "名次", place(before.rank), place(after.rank), rank_change(before, after));
    }
    const std::string was = before.grade ? before.grade->grade : "";
    const std::string now = after.grade ? after.grade->grade : "";
    if (!was.empty() || !now.empty()) {
      add("grade", "等次", was, now, was == now ? words_.say("the same", "不变") : "");
    }
    using results::Align;
    if (rows.empty()) return;
    out_ += results::text_table({{"", Align::Left},
                                 {words_.say("now", "现在"), Align::Right},
                                 {words_.say("then", "改后"), Align::Right},
                                 {words_.say("change", "变化"), Align::Left}},
                                rows);
  }

  static Mark step(const results::RubricExplanation& rubric, results::TotalPart part) {
    for (const results::TotalStep& step : rubric.steps) {
      if (step.part == part) return step.value;
    }
    return {};
  }

  [[nodiscard]] std::string difference(const Mark& before, const Mark& after) const {
    if (before.state != MarkState::Score || after.state != MarkState::Score) return "";
    if (before.value == after.value) return words_.say("the same", "不变");
    return signed_number(after.value - before.value, style_);
  }

  static std::string place(const std::optional<std::int64_t>& rank) {
    return rank ? std::to_string(*rank) : "";
  }
  [[nodiscard]] std::string rank_change(const results::RubricExplanation& before,
                                        const results::RubricExplanation& after) const {
    return before.rank && after.rank ? places_moved(*before.rank, *after.rank, style_) : "";
  }

  void nodes(const RubricComparison& rubric) {
    out_ += '\n';
    if (rubric.nodes.empty()) {
      line(0, words_.say("No item or section changes.", "各评分项得分均不变。"));
      return;
    }
    line(0, words_.say("What changes:", "有变化的评分项："));
    for (const ChangedNode& node : rubric.nodes) {
      const int indent = kIndent * (node.depth + 1);
      line(indent, headline(node));
      if (!node.leaf) continue;
      details(words_.say("now:  ", "现在："), node.before, indent + kIndent);
      details(words_.say("then: ", "改后："), node.after, indent + kIndent);
    }
  }

  [[nodiscard]] std::string headline(const ChangedNode& node) const {
    const std::string worth =
        node.after.worth.state == MarkState::Score ? " / " + words_.mark(node.after.worth) : "";
    const Mark before = towards_total(node.before);
    const Mark after = towards_total(node.after);
    const bool both = before.state == MarkState::Score && after.state == MarkState::Score;
    return node.before.name + "  " + words_.mark(before) + " → " + words_.mark(after) + worth +
           (both ? bracketed(signed_number(after.value - before.value, style_), style_) : "");
  }

  // What decided, and the data; the first line says the score once more.
  void details(const std::string& head, const NodeExplanation& node, int indent) {
    bool first = true;
    for (const auto& each : results::node_lines(node, 0, true, words_)) {
      const bool quote = each.kind == results::LineKind::Quote || is_quote(each.text);
      if (each.kind == results::LineKind::Node || quote) continue;
      const std::string gap(static_cast<std::size_t>(source::display_width(head)), ' ');
      line(indent, (first ? head : gap) + each.text);
      first = false;
    }
    if (first) line(indent, head + words_.mark(towards_total(node)));
  }

  // The sentences of the document are the same before and after: `explain` shows them.
  [[nodiscard]] bool is_quote(const std::string& text) const {
    return text.starts_with(words_.say("document: ", "原文 ")) ||
           text.starts_with(words_.say("read as: ", "理解为 "));
  }

  void moved(const RubricComparison& rubric) {
    if (rubric.moved.empty()) return;
    out_ += '\n';
    line(0, fmt::format(fmt::runtime(words_.say("Other units whose rank changes: {}",
                                                "名次随之变化的其他单位：{} 个")),
                        rubric.moved.size()));
    for (std::size_t i = 0; i < rubric.moved.size() && i < kMovedMax; ++i) {
      const MovedUnit& unit = rubric.moved[i];
      line(kIndent, unit.unit + "  " + place(unit.before) + " → " + place(unit.after));
    }
    if (rubric.moved.size() > kMovedMax) line(kIndent, "…");
  }

  results::ExplanationStyle style_;
  ExplanationWords words_;
  std::string out_;
};

}  // namespace

std::string comparison_text(const Comparison& comparison, const results::ExplanationStyle& style) {
  return ComparisonPrinter(style).run(comparison);
}

}  // namespace xize::whatif

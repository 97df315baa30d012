// Both ends for people: all of them in a table, then the data of each.
#include <fmt/format.h>

#include "compiler/extremes/extremes.h"
#include "compiler/results/explanation_words.h"
#include "compiler/results/phrases.h"
#include "compiler/results/text_table.h"

namespace xize::extremes {
namespace {

using results::Align;
using results::joined;

class DataWords {
 public:
  explicit DataWords(results::Language language) : words_({language}) {}

  [[nodiscard]] std::string data(const End& end) const {
    std::vector<std::string> parts;
    std::string cells = readings(end.inputs);
    if (!end.measures.empty()) {
      const std::string given = cells.empty() ? "" : say(" (", "（") + cells + say(")", "）");
      cells = readings(end.measures) + given;
    }
    if (!cells.empty()) parts.push_back(cells);
    for (const RecordsRead& records : end.records) parts.push_back(rows(records));
    if (end.other_units > 0) {
      const char* words = end.others.empty()
                              ? say("{} other units without records", "其余 {} 个单位没有记录")
                              : say("each of {} other units: {}", "其余 {} 个单位均为 {}");
      parts.push_back(
          fmt::format(fmt::runtime(words), end.other_units, readings(end.others)));
    }
    std::string text = joined(parts, say("; ", "；"));
    if (end.verdict) text += (text.empty() ? "" : say("; ", "；")) + words_.verdict(*end.verdict);
    return text;
  }

 private:
  [[nodiscard]] const char* say(const char* english, const char* chinese) const {
    return words_.say(english, chinese);
  }
  [[nodiscard]] std::string readings(const std::vector<Reading>& all) const {
    std::vector<std::string> parts;
    for (const Reading& one : all) parts.push_back(words_.reading(one));
    return joined(parts, say(", ", "，"));
  }
  [[nodiscard]] std::string rows(const RecordsRead& records) const {
    if (records.times == 0) {
      return fmt::format(fmt::runtime(say("no {}", "没有 {} 记录")), records.table);
    }
    std::string text = fmt::format(fmt::runtime(say("{1} × {0}", "{} {} 条")), records.table,
                                   records.times);
    if (records.cells.empty()) return text;
    return text + say(" (", "（") + readings(records.cells) + say(")", "）");
  }

  results::ExplanationWords words_;
};

class Printer {
 public:
  explicit Printer(const ReachStyle& style)
      : style_(style), words_({style.language}), data_(style.language) {}

  std::string run(const std::vector<PolicyReach>& reports) {
    for (const PolicyReach& report : reports) {
      if (!out_.empty()) out_ += '\n';
      if (reports.size() > 1) out_ += report.path + "\n\n";
      table(report);
      for (const Subject& subject : report.subjects) details(subject);
      remarks(report);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] const char* say(const char* english, const char* chinese) const {
    return words_.say(english, chinese);
  }
  template <class... A>
  std::string text(const char* english, const char* chinese, const A&... arguments) const {
    return fmt::format(fmt::runtime(say(english, chinese)), arguments...);
  }
  [[nodiscard]] std::string number(const Rational& number) const {
    return results::print_number(number, {style_.language});
  }

  // ---- all ends

  // The upper or lower end of what it brings to the total.
  [[nodiscard]] std::string cell(const Subject& subject, bool upper) const {
    const End& end = upper != subject.penalty ? subject.most : subject.least;
    if (end.endless) return upper ? say("no limit", "不封顶") : say("no limit", "不保底");
    if (!end.found || has_no_rule(subject)) return "?";
    const Rational shown = subject.penalty ? -end.score : end.score;
    return (end.proved ? "" : upper ? "≥ " : "≤ ") + number(shown);
  }

  void table(const PolicyReach& report) {
    if (report.subjects.empty()) {
      out_ += say("Nothing in it is scored.\n", "没有计分的指标。\n");
      return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const Subject& subject : report.subjects) {
      std::string name(static_cast<std::size_t>(2 * subject.depth), ' ');
      name += subject.name;
      rows.push_back({name, subject.points ? number(*subject.points) : "", cell(subject, false),
                      cell(subject, true), notes(subject)});
    }
    out_ += results::text_table({{say("item", "指标"), Align::Left},
                                 {say("points", "分值"), Align::Right},
                                 {say("least", "最低"), Align::Right},
                                 {say("most", "最高"), Align::Right},
                                 {say("note", "说明"), Align::Left}},
                                rows);
  }

  [[nodiscard]] std::string notes(const Subject& subject) const {
    std::vector<std::string> parts;
    const bool below = subject.points && subject.most.found && !subject.most.endless &&
                       subject.most.score < *subject.points;
    if (below && subject.most.proved) {
      parts.push_back(text("{} out of reach", "够不到 {} 分",
                           number(*subject.points - subject.most.score)));
    }
    if (subject.leaf && subject.judged) parts.emplace_back(say("a mark", "由考核人评定"));
    if (subject.open) parts.emplace_back(say("a rule is open", "有未明确之处"));
    return joined(parts, say(", ", "，"));
  }

  // The document leaves open how it is scored: nothing that is known gives a point.
  [[nodiscard]] static bool has_no_rule(const Subject& subject) {
    return subject.leaf && subject.open && subject.most.found && subject.least.found &&
           subject.most.score == subject.least.score;
  }

  // ---- with what data

  void details(const Subject& subject) {
    const std::string most = line(subject, subject.most, true);
    const std::string least = line(subject, subject.least, false);
    if (most.empty() && least.empty()) return;
    out_ += "\n" + subject.name + "\n" + most + least;
  }

  [[nodiscard]] std::string line(const Subject& subject, const End& end, bool most) const {
    if (!subject.leaf && (!end.found || (end.of_parts && end.away.empty()))) return {};
    if (is_mark(subject) || has_no_rule(subject)) return {};
    const char* of = say(most ? "most" : "least", word(subject, most));
    if (end.endless) of = say("no limit, for example", endless_word(subject));
    const std::string head = std::string("  ") + of + " ";
    if (!end.found) {
      return head + say("not known: no data were found that the checks admit\n",
                        "未知：没有找到满足数据校验的数据\n");
    }
    std::string data = data_.data(end);
    if (end.of_parts) data = away(end, most);
    if (data.empty()) data = say("whatever the data", "与数据无关");
    return text("{}{}: {}\n", "{}{} 分：{}\n", head, number(end.score), data);
  }

  // Its points are the mark itself: there is nothing to say.
  [[nodiscard]] static bool is_mark(const Subject& subject) {
    const auto own = [](const End& end) {
      const bool known = end.proved || end.endless;
      return known && !end.verdict && end.measures.empty() && end.inputs.size() == 1 &&
             end.inputs.front().value.number == end.score;
    };
    return subject.judged && own(subject.most) && own(subject.least);
  }

  [[nodiscard]] static const char* word(const Subject& subject, bool most) {
    if (subject.penalty) return most ? "最多扣" : "最少扣";
    if (subject.bonus) return most ? "最多加" : "最少加";
    return most ? "最高" : "最低";
  }

  [[nodiscard]] static const char* endless_word(const Subject& subject) {
    if (subject.penalty) return "扣分不封顶，例如扣";
    return subject.bonus ? "加分不封顶，例如加" : "得分不封顶，例如";
  }

  [[nodiscard]] std::string away(const End& end, bool most) const {
    std::vector<std::string> parts;
    for (const PartAway& part : end.away) {
      parts.push_back(text("{} {} (alone {})", "{} {} 分（单独可为 {} 分）", part.name,
                           number(part.here), number(part.own)));
    }
    return text(most ? "not all of it at its most together: {}"
                     : "not all of it at its least together: {}",
                "各项不能同时如此，其中 {}", joined(parts, say(", ", "，")));
  }

  // ---- what the signs mean

  void remarks(const PolicyReach& report) {
    if (report.subjects.empty()) return;
    bool open = false;
    bool unproved = false;
    bool wholes = false;
    for (const Subject& subject : report.subjects) {
      open = open || (subject.leaf && subject.open);
      wholes = wholes || !subject.leaf;
      for (const End* end : {&subject.most, &subject.least}) {
        unproved = unproved || (end->found && !end->proved && !end->endless);
      }
    }
    out_ += '\n';
    out_ += say("Each end is the score of the data shown; what is not shown does not matter.\n",
                "每个最高、最低分都按所列数据实际算得，未列的数据不影响该项。\n");
    if (wholes) {
      out_ += say("A section or total has its ends where all of its parts have theirs, unless "
                  "another way is shown.\n",
                  "上级指标和总分未另列的，各项可以同时达到最高（最低）。\n");
    }
    if (unproved) {
      out_ += say("≥, ≤: so much is reached; that nothing lies beyond is not proved.\n",
                  "≥、≤：所列数据可以达到，是否还能更高（更低）未能证明。\n");
    }
    if (open) {
      out_ += say("Rules that the document leaves open count as 0.\n", "未明确之处按 0 分计。\n");
    }
  }

  ReachStyle style_;
  results::ExplanationWords words_;
  DataWords data_;
  std::string out_;
};

}  // namespace

std::string reach_text(const std::vector<PolicyReach>& reports, const ReachStyle& style) {
  return Printer(style).run(reports);
}

std::string data_words(const End& end, results::Language language) {
  return DataWords(language).data(end);
}

}  // namespace xize::extremes

#include <algorithm>

#include <fmt/format.h>

#include "compiler/verify/words.h"
#include "runtime/io/csv_writer.h"

namespace xize::verify {
namespace {

constexpr std::int64_t kRowsShown = 8;  // of equal records

class TextReport {
 public:
  explicit TextReport(const ReportStyle& style) : style_(style) {}

  std::string run(const std::vector<PolicyReport>& reports) {
    for (const PolicyReport& report : reports) {
      if (reports.size() > 1) out_ += report.path + "\n";
      for (const Subject& subject : report.subjects) add(subject);
      only(report.only_here, say("only in the first: ", "只在前者："));
      only(report.only_there, say("only in the second: ", "只在后者："));
      if (reports.size() > 1) sum({report});
    }
    sum(reports);
    return std::move(out_);
  }

 private:
  [[nodiscard]] const char* say(const char* english, const char* chinese) const {
    return style_.language == Language::Chinese ? chinese : english;
  }
  [[nodiscard]] std::string sign(State state) const {
    const char* text = state == State::Proved ? "✓" : state == State::Refuted ? "✗" : "?";
    const char* code = state == State::Proved ? "32" : state == State::Refuted ? "31" : "33";
    return style_.colour ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
  }

  void sum(const std::vector<PolicyReport>& reports) {
    const Tally count = tally(reports);
    out_ += fmt::format(fmt::runtime(say("{} proved, {} refuted, {} not decided\n",
                                         "已证 {}，推翻 {}，未定 {}\n")),
                        count.proved, count.refuted, count.undecided);
  }

  void only(const std::vector<std::string>& names, const char* words) {
    if (names.empty()) return;
    out_ += words;
    for (std::size_t i = 0; i < names.size(); ++i) {
      out_ += (i == 0 ? "" : say(", ", "、")) + names[i];
    }
    out_ += "\n";
  }

  // The worst answer speaks for the subject; what was proved stands on its line.
  void add(const Subject& subject) {
    State worst = State::Proved;
    std::string proved;
    for (const Answer& answer : subject.answers) {
      if (answer.state == State::Refuted) worst = State::Refuted;
      if (answer.state == State::Undecided && worst == State::Proved) worst = State::Undecided;
      if (answer.state != State::Proved) continue;
      proved += (proved.empty() ? "" : say(", ", "、")) +
                promise_words(answer.promise, style_.language);
    }
    if (subject.answers.empty()) return;
    out_ += sign(worst) + " " + subject.name;
    if (!proved.empty()) out_ += std::string(say("  proved: ", "  已证：")) + proved;
    out_ += "\n";
    for (const Answer& answer : subject.answers) add(answer);
  }

  void add(const Answer& answer) {
    if (answer.state == State::Proved) return;
    const bool refuted = answer.state == State::Refuted;
    const std::string promise = promise_words(answer.promise, style_.language);
    const bool own = answer.promise == Promise::Holds || answer.promise == Promise::Rises ||
                     answer.promise == Promise::Falls;
    if (!refuted) {
      out_ += fmt::format("  {} {}{}{}\n", say("not decided:", "未定"), promise, say(": ", "："),
                          why_words(answer, style_.language));
      return;
    }
    for (const Refutation& refutation : answer.refutations) {
      out_ += fmt::format("  {} {}", say("refuted:", "推翻"), promise);
      if (own) out_ += say(": ", "：") + place_words(answer.about, style_.language);
      out_ += "\n";
      for (const ExampleTable& table : refutation.tables) add(table);
      for (const auto& [name, value] : refutation.parameters) {
        out_ += fmt::format("    --set {}={}\n", name, value);
      }
      out_ += fmt::format("    {}{}\n", say("result: ", "结果："),
                          result_words(answer, refutation, style_.language));
    }
  }

  void add(const ExampleTable& table) {
    std::string text;
    io::CsvWriter csv(text, {.line_end = "\n"});
    csv.row(table.columns);
    std::vector<std::string> repeated;
    for (const ExampleTable::Row& row : table.rows) {
      const std::int64_t shown = row.times > kRowsShown ? 1 : row.times;
      for (std::int64_t i = 0; i < shown; ++i) csv.row(row.cells);
      if (row.times <= kRowsShown) continue;
      csv.comment(fmt::format(fmt::runtime(say("the row above {} times", "上一行共 {} 行")), row.times));
    }
    out_ += fmt::format("    {}.csv\n", table.name);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      out_ += "      " + text.substr(at, end - at) + "\n";
      at = end + 1;
    }
  }

  const ReportStyle& style_;
  std::string out_;
};

}  // namespace

std::string report_text(const std::vector<PolicyReport>& reports, const ReportStyle& style) {
  return TextReport(style).run(reports);
}

}  // namespace xize::verify

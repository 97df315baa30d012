// The words of explanations in both languages.
// In: values of an explanation and a style. Out: phrases without line ends.
// Private to this room.
#pragma once

#include <string>

#include "compiler/results/explanation.h"

namespace xize::results {

class ExplanationWords {
 public:
  explicit ExplanationWords(const ExplanationStyle& style) : style_(style) {}

  [[nodiscard]] bool chinese() const { return style_.language == Language::Chinese; }
  [[nodiscard]] const char* say(const char* english, const char* chinese_text) const {
    return chinese() ? chinese_text : english;
  }
  [[nodiscard]] std::string number(const value::Rational& number) const;
  [[nodiscard]] std::string mark(const Mark& mark) const;
  [[nodiscard]] std::string datum(const Datum& datum) const { return print_datum(datum, style_); }
  [[nodiscard]] std::string reading(const Reading& reading) const;
  // `网办率 = 95%（网办件 = 19，总件 = 20）`
  [[nodiscard]] std::string report(const ReportNote& report) const;
  // `“得满分”（第 12 行）`
  [[nodiscard]] std::string at(const Written& written) const;
  [[nodiscard]] std::string quoted(const std::string& text) const;
  [[nodiscard]] std::string line(std::uint32_t line, const std::string& file = {}) const;

  [[nodiscard]] std::string verdict(const Verdict& verdict) const;
  [[nodiscard]] std::string not_applicable(const NotApplicableNote& note) const;
  [[nodiscard]] std::string fault(const FaultNote& fault) const;
  [[nodiscard]] std::string open(const OpenNote& note) const;
  [[nodiscard]] std::string clause(const ClauseStep& step) const;
  [[nodiscard]] std::string grade(const GradeNote& grade) const;
  // A record that a selection took.
  [[nodiscard]] std::string taken(const std::string& selection,
                                  const RowSelectionSheet::Taken& taken) const;
  [[nodiscard]] std::string part(TotalPart part) const;

 private:
  [[nodiscard]] std::string why_not_applicable(const NotApplicableNote& note) const;

  ExplanationStyle style_;
};

// One line of an explanation; printers indent and align it.
enum class LineKind : std::uint8_t { Title, Head, Node, Detail, Quote, Step };
struct ExplanationLine {
  LineKind kind = LineKind::Detail;
  int depth = 0;
  std::string text = {};
  std::string score = {};  // Node, Step
  std::string lost = {};   // Node
};
using ExplanationLines = std::vector<ExplanationLine>;

// A node, its details where they are called for, and what is in it. `full`: all details.
ExplanationLines node_lines(const NodeExplanation& node, int depth, bool full,
                            const ExplanationWords& words);
void add_total_lines(const RubricExplanation& rubric, const ExplanationWords& words,
                     ExplanationLines& lines);
ExplanationLines lines_of(const RubricExplanation& rubric, bool one_item,
                          const ExplanationWords& words);

}  // namespace xize::results

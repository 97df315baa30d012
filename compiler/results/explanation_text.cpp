// Explanations for a terminal and as Markdown, from the same lines.
#include <algorithm>

#include "compiler/results/explanation_words.h"
#include "compiler/results/text_table.h"
#include "compiler/source/unicode.h"

namespace xize::results {
namespace {

constexpr int kIndent = 2;
constexpr int kDetailIndent = 2;  // details stand further in than the names of children

bool has_columns(const ExplanationLine& line) {
  return line.kind == LineKind::Node || line.kind == LineKind::Step;
}

std::string blanks(int n) { return std::string(static_cast<std::size_t>(std::max(0, n)), ' '); }

std::string painted(const std::string& text, const char* code, bool colour) {
  return colour ? std::string("\033[") + code + "m" + text + "\033[0m" : text;
}

struct Columns {
  int name = 0, score = 0;
};

Columns columns_of(const ExplanationLines& lines) {
  Columns columns;
  for (const ExplanationLine& line : lines) {
    if (!has_columns(line)) continue;
    const int name = kIndent * line.depth + source::display_width(line.text);
    columns.name = std::max(columns.name, name);
    columns.score = std::max(columns.score, source::display_width(line.score));
  }
  return columns;
}

std::string table_line(const ExplanationLine& line, const Columns& columns, bool colour) {
  const std::string name = blanks(kIndent * line.depth) + line.text;
  if (line.score.empty()) return name;
  std::string out =
      pad(name, columns.name, Align::Left) + "  " + pad(line.score, columns.score, Align::Right);
  const bool away = line.lost.find('-') != std::string::npos;
  if (!line.lost.empty()) out += "  " + painted(line.lost, away ? "31" : "2", colour);
  return out;
}

std::string text_of(const ExplanationLines& lines, bool colour, int indent) {
  const Columns columns = columns_of(lines);
  std::string out;
  bool in_steps = false;
  for (const ExplanationLine& line : lines) {
    const bool first_step = line.kind == LineKind::Step && !in_steps;
    in_steps = in_steps || line.kind == LineKind::Step;
    if (first_step) out += "\n";
    out += blanks(indent);
    if (has_columns(line)) {
      out += table_line(line, columns, colour);
    } else if (line.kind == LineKind::Title) {
      out += painted(line.text, "1", colour);
    } else {
      const int deeper = line.depth > 0 ? kDetailIndent : 0;
      const std::string text = blanks(kIndent * line.depth + deeper) + line.text;
      out += line.kind == LineKind::Quote ? painted(text, "2", colour) : text;
    }
    out += '\n';
    if (line.kind == LineKind::Head) out += '\n';
  }
  return out;
}

std::string escaped(const std::string& text) {
  std::string out;
  bool in_code = false;
  for (const char c : text) {
    if (c == '`') in_code = !in_code;
    if (!in_code && (c == '*' || c == '_' || c == '<' || c == '|')) out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_line(const ExplanationLine& line) {
  const std::string indent = blanks(kIndent * line.depth);
  switch (line.kind) {
    case LineKind::Title: return "## " + escaped(line.text) + "\n";
    case LineKind::Head: return "**" + escaped(line.text) + "**\n";
    case LineKind::Node: {
      const std::string lost = line.lost.empty() ? "" : " (" + line.lost + ")";
      return indent + "- **" + escaped(line.text) + "** " + line.score + lost;
    }
    case LineKind::Step: return "- " + escaped(line.text) + " **" + line.score + "**";
    case LineKind::Detail: return indent + "- " + escaped(line.text);
    case LineKind::Quote: return indent + "- _" + escaped(line.text) + "_";
  }
  return {};
}

}  // namespace

std::string explanation_text(const Explanation& explanation, const ExplanationStyle& style) {
  const ExplanationWords words(style);
  std::string out;
  for (const RubricExplanation& rubric : explanation.rubrics) {
    if (!out.empty()) out += '\n';
    out += text_of(lines_of(rubric, !explanation.item.empty(), words), style.colour, 0);
  }
  return out;
}

std::string explanation_markdown(const Explanation& explanation, const ExplanationStyle& style) {
  const ExplanationWords words(style);
  std::string out;
  for (const RubricExplanation& rubric : explanation.rubrics) {
    if (!out.empty()) out += '\n';
    for (const auto& line : lines_of(rubric, !explanation.item.empty(), words)) {
      out += markdown_line(line) + "\n";
    }
  }
  return out;
}

std::string node_text(const NodeExplanation& node, const ExplanationStyle& style, int indent) {
  const ExplanationLines lines = node_lines(node, 0, true, ExplanationWords(style));
  return text_of(lines, style.colour, indent);
}

std::string total_text(const RubricExplanation& rubric, const ExplanationStyle& style, int indent) {
  ExplanationLines lines;
  add_total_lines(rubric, ExplanationWords(style), lines);
  std::string text = text_of(lines, style.colour, indent);
  return text.starts_with('\n') ? text.substr(1) : text;
}

}  // namespace xize::results

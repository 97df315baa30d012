#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/diagnostics/paint.h"
#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/render_words.h"
#include "compiler/diagnostics/snippet.h"

namespace xize::diagnostics {
namespace {

// The words of the frame itself.
struct FrameWords {
  std::string_view severity[3];
  std::string_view colon;
  std::string_view note;
  std::string_view help;
  std::string_view fix;
};

constexpr FrameWords kEnglish = {{"error", "warning", "advice"}, ": ", "note", "help", "fix"};
constexpr FrameWords kChinese = {{"错误", "警告", "提示"}, "：", "说明", "帮助", "修正"};

const FrameWords& words_of(Language language) {
  return language == Language::Chinese ? kChinese : kEnglish;
}

std::string place_text(const InSource& in) {
  const auto at = in.file->line_column(in.span.begin);
  return fmt::format("{}:{}:{}", in.file->path(), at.line, at.column);
}

std::string place_text(const InData& in, Language language) {
  const bool chinese = language == Language::Chinese;
  std::string text = in.path;
  if (in.line > 0) text += fmt::format(":{}", in.line);
  if (in.column > 0 && in.header.empty()) text += fmt::format(":{}", in.column);
  if (!in.header.empty()) {
    if (in.column > 0) {
      text += fmt::format(fmt::runtime(chinese ? "，第 {} 列 `{}`" : ", column {} `{}`"),
                          in.column, in.header);
    } else {
      text += fmt::format(fmt::runtime(chinese ? "，列 `{}`" : ", column `{}`"), in.header);
    }
  }
  if (!in.unit.empty()) {
    text += fmt::format(fmt::runtime(chinese ? "，单位 `{}`" : ", unit `{}`"), in.unit);
  }
  return text;
}

// What the fix does, in words: one line.
std::string edit_text(const Edit& edit, const source::File& file, Language language) {
  const bool chinese = language == Language::Chinese;
  const auto old_text = file.slice(edit.span);
  if (edit.replacement.empty()) {
    return fmt::format(fmt::runtime(chinese ? "删去 `{}`" : "remove `{}`"), old_text);
  }
  if (old_text.empty()) {
    return fmt::format(fmt::runtime(chinese ? "插入 `{}`" : "insert `{}`"), edit.replacement);
  }
  return fmt::format(fmt::runtime(chinese ? "将 `{}` 改为 `{}`" : "replace `{}` with `{}`"),
                     old_text, edit.replacement);
}

// Builds the text of one diagnostic from top to bottom.
class TextRenderer {
 public:
  TextRenderer(const Diagnostic& d, TextStyle style)
      : d_(d), language_(style.language), words_(words_of(style.language)) {
    frame_.severity = d.severity;
    frame_.paint = Paint(style.colour);
  }

  std::string render() {
    heading();
    if (const auto* in = std::get_if<InSource>(&d_.where)) {
      in_source(*in);
    } else if (const auto* data = std::get_if<InData>(&d_.where)) {
      arrow(place_text(*data, language_));
    }
    elsewhere();
    remarks();
    return out_ + "\n";
  }

 private:
  void heading() {
    const auto& r = row(d_.kind);
    const auto severity = words_.severity[static_cast<int>(d_.severity)];
    const auto label = fmt::format("{}[{}]", severity, r.code);
    const auto message = std::string(words_.colon) + message_text(d_, language_);
    out_ += frame_.paint.severity(d_.severity, label) + frame_.paint.strong(message) + "\n";
  }

  void arrow(std::string_view place, std::string_view sign = "-->") {
    const std::string blanks(static_cast<std::size_t>(frame_.gutter_width), ' ');
    out_ += blanks + frame_.paint.frame(sign) + " " + std::string(place) + "\n";
  }

  void bar() {
    const std::string blanks(static_cast<std::size_t>(frame_.gutter_width), ' ');
    out_ += blanks + " " + frame_.paint.frame("|") + "\n";
  }

  // The primary place, with every note of the same file drawn into the same lines.
  void in_source(const InSource& in) {
    if (in.file == nullptr) return;
    std::vector<Label> labels = {{in.span, {}, true}};
    for (const auto& related : d_.related) {
      const auto* place = std::get_if<InSource>(&related.where);
      if (place == nullptr || place->file != in.file) continue;
      labels.push_back({place->span, note_text(related, language_), false});
    }
    frame_.gutter_width = gutter_width(*in.file, labels);
    arrow(place_text(in));
    bar();
    out_ += draw_snippet(*in.file, labels, frame_);
  }

  // Notes that lie in another file.
  void elsewhere() {
    const auto* primary = std::get_if<InSource>(&d_.where);
    for (const auto& related : d_.related) {
      if (const auto* data = std::get_if<InData>(&related.where)) {
        remark(words_.note, note_text(related, language_));
        arrow(place_text(*data, language_), ":::");
      }
      const auto* place = std::get_if<InSource>(&related.where);
      if (place == nullptr || place->file == nullptr) continue;
      if (primary != nullptr && primary->file == place->file) continue;
      arrow(place_text(*place), ":::");
      const std::vector<Label> label = {{place->span, note_text(related, language_), false}};
      out_ += draw_snippet(*place->file, label, frame_);
    }
  }

  void remarks() {
    for (const auto& related : d_.related) {
      const bool no_place = std::holds_alternative<Nowhere>(related.where);
      if (no_place) remark(words_.note, note_text(related, language_));
    }
    const auto suggestion = suggestion_text(d_, language_);
    if (!suggestion.empty()) remark(words_.help, suggestion);
    remark(words_.help, help_text(d_, language_));
    const auto* in = std::get_if<InSource>(&d_.where);
    if (in == nullptr || in->file == nullptr) return;
    for (const auto& edit : d_.fix) remark(words_.fix, edit_text(edit, *in->file, language_));
  }

  void remark(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    const std::string blanks(static_cast<std::size_t>(frame_.gutter_width), ' ');
    out_ += blanks + " " + frame_.paint.frame("=") + " " + frame_.paint.strong(label) +
            std::string(words_.colon) + std::string(text) + "\n";
  }

  const Diagnostic& d_;
  Language language_;
  const FrameWords& words_;
  Frame frame_;
  std::string out_;
};

}  // namespace

std::string render_text(const Diagnostic& diagnostic, TextStyle style) {
  return TextRenderer(diagnostic, style).render();
}

std::string render_text(const Sink& sink, TextStyle style) {
  std::string out;
  for (const auto* d : sink.by_place()) out += render_text(*d, style);
  return out + summary_line(sink, style.language) + "\n";
}

std::string summary_line(const Sink& sink, Language language) {
  const bool chinese = language == Language::Chinese;
  const auto errors = sink.error_count();
  const auto warnings = sink.warning_count();
  std::string text;
  if (errors > 0) {
    text = chinese ? fmt::format("{} 个错误", errors)
                   : fmt::format("{} {}", errors, errors == 1 ? "error" : "errors");
  }
  if (warnings > 0) {
    if (!text.empty()) text += chinese ? "，" : ", ";
    text += chinese ? fmt::format("{} 个警告", warnings)
                    : fmt::format("{} {}", warnings, warnings == 1 ? "warning" : "warnings");
  }
  if (text.empty()) text = chinese ? "没有错误" : "no errors";
  return text;
}

}  // namespace xize::diagnostics

#include <string>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/render_words.h"

namespace xize::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_name(Severity severity) {
  constexpr std::string_view kNames[] = {"error", "warning", "advice"};
  return kNames[static_cast<int>(severity)];
}

Json position(const source::File& file, std::uint32_t byte) {
  const auto at = file.line_column(byte);
  return {{"line", at.line}, {"column", at.column}, {"byte", byte}};
}

Json range(const source::File& file, source::Span span) {
  return {{"start", position(file, span.begin)}, {"end", position(file, span.end)}};
}

Json place(const Location& where) {
  Json out = Json::object();
  if (const auto* in = std::get_if<InSource>(&where); in != nullptr && in->file != nullptr) {
    out["path"] = in->file->path();
    out["range"] = range(*in->file, in->span);
  } else if (const auto* data = std::get_if<InData>(&where)) {
    out["path"] = data->path;
    if (data->line > 0) out["line"] = data->line;
    if (data->column > 0) out["column"] = data->column;
    if (!data->header.empty()) out["header"] = data->header;
    if (!data->unit.empty()) out["unit"] = data->unit;
  }
  return out;
}

Json edits(const Diagnostic& d) {
  Json out = Json::array();
  const auto* in = std::get_if<InSource>(&d.where);
  if (in == nullptr || in->file == nullptr) return out;
  for (const auto& edit : d.fix) {
    out.push_back({{"range", range(*in->file, edit.span)}, {"replacement", edit.replacement}});
  }
  return out;
}

Json object_of(const Diagnostic& d, Language language) {
  const auto& r = row(d.kind);
  Json related = Json::array();
  for (const auto& note : d.related) {
    related.push_back({{"message", note_text(note, language)}, {"place", place(note.where)}});
  }
  return {{"code", r.code},
          {"name", r.name},
          {"severity", severity_name(d.severity)},
          {"message", message_text(d, language)},
          {"help", help_text(d, language)},
          {"place", place(d.where)},
          {"related", std::move(related)},
          {"suggestions", d.suggestions},
          {"fix", edits(d)}};
}

}  // namespace

std::string render_json_lines(const Sink& sink, Language language) {
  std::string out;
  for (const auto* d : sink.by_place()) {
    // A cell may hold bytes that are not UTF-8; they are replaced, never refused.
    out += object_of(*d, language).dump(-1, ' ', false, Json::error_handler_t::replace);
    out += '\n';
  }
  return out;
}

}  // namespace xize::diagnostics

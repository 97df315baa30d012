// SARIF 2.1.0 (OASIS), the form that code-scanning services read.
#include <map>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/pages.h"
#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/render_words.h"

namespace xize::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(Severity severity) {
  constexpr std::string_view kLevels[] = {"error", "warning", "note"};
  return kLevels[static_cast<int>(severity)];
}

// A path as a URI reference: everything but unreserved characters and `/` is percent-encoded.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

Json artifact(std::string_view path) { return {{"uri", uri_of(path)}}; }

Json region_of(const source::File& file, source::Span span) {
  const auto begin = file.line_column(span.begin);
  const auto end = file.line_column(span.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column},
          {"byteOffset", span.begin},
          {"byteLength", span.size()}};
}

// Null for Nowhere.
Json location_of(const Location& where) {
  if (const auto* in = std::get_if<InSource>(&where); in != nullptr && in->file != nullptr) {
    return {{"physicalLocation",
             {{"artifactLocation", artifact(in->file->path())},
              {"region", region_of(*in->file, in->span)}}}};
  }
  const auto* data = std::get_if<InData>(&where);
  if (data == nullptr) return nullptr;
  Json physical = {{"artifactLocation", artifact(data->path)}};
  if (data->line > 0) physical["region"] = {{"startLine", data->line}};
  Json location = {{"physicalLocation", std::move(physical)}};
  Json cell = Json::object();
  if (data->column > 0) cell["column"] = data->column;
  if (!data->header.empty()) cell["header"] = data->header;
  if (!data->unit.empty()) cell["unit"] = data->unit;
  if (!cell.empty()) location["properties"] = std::move(cell);
  return location;
}

Json fixes_of(const Diagnostic& d, const source::File& file) {
  Json replacements = Json::array();
  for (const auto& edit : d.fix) {
    replacements.push_back({{"deletedRegion", region_of(file, edit.span)},
                            {"insertedContent", {{"text", edit.replacement}}}});
  }
  Json change = {{"artifactLocation", artifact(file.path())},
                 {"replacements", std::move(replacements)}};
  return Json::array({{{"artifactChanges", Json::array({std::move(change)})}}});
}

Json related_of(const Diagnostic& d, Language language) {
  Json out = Json::array();
  for (const auto& note : d.related) {
    Json location = location_of(note.where);
    if (location.is_null()) location = Json::object();
    location["message"] = {{"text", note_text(note, language)}};
    out.push_back(std::move(location));
  }
  return out;
}

Json rule_of(const Row& r, Language language) {
  Json rule = {{"id", r.code},
               {"name", r.name},
               {"shortDescription", {{"text", template_text(r.message.in(language))}}},
               {"help", {{"text", template_text(r.help.in(language))}}},
               {"defaultConfiguration", {{"level", level_of(r.severity)}}}};
  const auto explanation =
      page_section(page(r.code), language == Language::Chinese ? "中文" : "English");
  if (!explanation.empty()) {
    rule["fullDescription"] = {{"text", explanation}};
    rule["help"]["markdown"] = page_text(r.code, language);
  }
  return rule;
}

// Each code that occurs becomes one rule; results point at it by index.
class Rules {
 public:
  explicit Rules(Language language) : language_(language) {}

  std::size_t index_of(const Row& r) {
    const auto [at, fresh] = index_.try_emplace(std::string(r.code), rules_.size());
    if (fresh) rules_.push_back(rule_of(r, language_));
    return at->second;
  }
  Json take() { return std::move(rules_); }

 private:
  Language language_;
  Json rules_ = Json::array();
  std::map<std::string, std::size_t> index_;
};

Json result_of(const Diagnostic& d, Language language, Rules& rules) {
  const auto& r = row(d.kind);
  std::string text = message_text(d, language);
  const auto suggestion = suggestion_text(d, language);
  if (!suggestion.empty()) text += (language == Language::Chinese ? "；" : "; ") + suggestion;
  Json result = {{"ruleId", r.code},
                 {"ruleIndex", rules.index_of(r)},
                 {"level", level_of(d.severity)},
                 {"message", {{"text", text}}}};
  Json location = location_of(d.where);
  if (!location.is_null()) result["locations"] = Json::array({std::move(location)});
  if (!d.related.empty()) result["relatedLocations"] = related_of(d, language);
  const auto* in = std::get_if<InSource>(&d.where);
  const bool mendable = in != nullptr && in->file != nullptr && !d.fix.empty();
  if (mendable) result["fixes"] = fixes_of(d, *in->file);
  return result;
}

}  // namespace

std::string render_sarif(const Sink& sink, Language language, std::string_view version) {
  Rules rules(language);
  Json results = Json::array();
  for (const auto* d : sink.by_place()) results.push_back(result_of(*d, language, rules));
  Json driver = {{"name", "xize"}, {"version", version}, {"rules", rules.take()}};
  Json run = {{"tool", {{"driver", std::move(driver)}}},
              {"language", language == Language::Chinese ? "zh-CN" : "en"},
              {"columnKind", "unicodeCodePoints"},
              {"results", std::move(results)}};
  const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xize::diagnostics

#include "tools/cli/format_flag.h"

#include <map>
#include <string>

namespace xize::cli {
namespace {

const char* name_of(Format format) {
  switch (format) {
    case Format::Text: return "text";
    case Format::Json: return "json";
    case Format::Sarif: return "sarif";
    case Format::Csv: return "csv";
    case Format::Markdown: return "markdown";
    case Format::Junit: return "junit";
  }
  return "text";
}

}  // namespace

CLI::Option* add_format_flag(CLI::App& command, const Session& session, Format& format,
                             const std::vector<Format>& known) {
  std::map<std::string, Format> names;
  std::string list;
  for (const Format each : known) {
    names.emplace(name_of(each), each);
    list += list.empty() ? "" : "|";
    list += name_of(each);
  }
  return command.add_option("--format", format, session.say("How to report", "输出格式"))
      ->transform(CLI::CheckedTransformer(names, CLI::ignore_case).description(""))
      ->type_name(list);
}

}  // namespace xize::cli

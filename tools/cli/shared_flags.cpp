#include "tools/cli/shared_flags.h"

#include <map>
#include <string>

namespace xize::cli {
namespace {

const char* name_of(Format format) {
  switch (format) {
    case Format::Text: return "text";
    case Format::Json: return "json";
    case Format::JsonLines: return "jsonl";
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

void add_output_flag(CLI::App& command, const Session& session, std::string& output) {
  command
      .add_option("-o,--output", output,
                  session.say("Write to a file, whole or not at all", "写入文件（完整写入或不写）"))
      ->type_name("FILE");
}

void add_policies(CLI::App& command, const Session& session, std::vector<std::string>& policies) {
  command
      .add_option("policy", policies,
                  session.say("Policies, or folders with a policy.xize",
                              "细则文件，或含有 policy.xize 的文件夹"))
      ->required()
      ->type_name("FILE");
}

}  // namespace xize::cli

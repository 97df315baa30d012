#include <memory>
#include <string>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/results/blank_tables.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct TemplateFlags {
  std::string policy, output, period;
  Format format = Format::Text;
};

// The paths that were written, one a line; empty after a fault.
std::string write_tables(const std::vector<results::BlankTable>& tables,
                         const TemplateFlags& flags, Session& session) {
  std::vector<std::pair<std::string, std::string>> files;
  std::string text;
  for (const results::BlankTable& table : tables) {
    files.emplace_back(table.name + ".csv", results::blank_csv(table, session.language()));
    text += flags.output + "/" + table.name + ".csv\n";
  }
  return session.write_new(flags.output, files) ? text : std::string();
}

bool check_period(const driver::Compilation& compilation, const std::string& period,
                  Session& session) {
  if (period.empty()) return true;
  const auto expected = results::refused_period(compilation, period);
  if (!expected) return true;
  session.sink().report_at<diagnostics::kinds::PeriodBad>(diagnostics::Nowhere{}, period,
                                                         *expected);
  return false;
}

// What is described has no rows for the period to stand in.
bool check_period_has_rows(const TemplateFlags& flags, Session& session) {
  if (flags.period.empty() || !flags.output.empty() || flags.format == Format::Json) return true;
  session.sink().report_at<diagnostics::kinds::FlagNeedsFlag>(diagnostics::Nowhere{}, "--period",
                                                             "--output");
  session.print_findings();
  session.finish(Exit::WrongUse);
  return false;
}

void blank(const TemplateFlags& flags, Session& session) {
  if (!check_period_has_rows(flags, session)) return;
  const auto compilation = driver::compile(flags.policy, session.sink());
  if (compilation && compilation->sound()) session.leave_warnings_to_check();
  if (compilation && compilation->sound() && check_period(*compilation, flags.period, session)) {
    const auto tables = results::blank_tables(*compilation, flags.period);
    std::string text = flags.format == Format::Json
                           ? results::blank_json(tables, session.language())
                           : results::blank_text(tables, session.language());
    if (!flags.output.empty()) {
      const std::string paths = write_tables(tables, flags, session);
      if (paths.empty() || flags.format == Format::Text) text = paths;
    }
    if (!text.empty()) session.write_result({}, text);
  }
  session.print_findings();
}

}  // namespace

void add_template(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "template", session.say("Write the tables of a policy as blank CSV files to fill in",
                              "空表：写出细则各数据表的空白 CSV，供填报"));
  auto flags = std::make_shared<TemplateFlags>();
  command
      ->add_option("policy", flags->policy,
                   session.say("The policy, or a folder with a policy.xize",
                               "细则文件，或含有 policy.xize 的文件夹"))
      ->required()
      ->type_name("FILE");
  command
      ->add_option("-o,--output", flags->output,
                   session.say("Write the files into this folder; without it they are described",
                               "把空表写入此文件夹；不写则只列出各列的说明"))
      ->type_name("FOLDER");
  command
      ->add_option("--period", flags->period,
                   session.say("What to write into the column of the period",
                               "填入月份（期别）一列的内容"))
      ->type_name("PERIOD");
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json});
  command->footer(
      session.say("Examples:\n  xize template policy.xize\n  xize template policy.xize -o data/\n",
                  "示例：\n  xize template 细则.xize\n  xize template 细则.xize -o 数据/\n"));
  command->callback([flags, &session] { blank(*flags, session); });
}

}  // namespace xize::cli

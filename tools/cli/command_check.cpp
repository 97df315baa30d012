#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/driver/stages.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct CheckFlags {
  std::vector<std::string> policies;
  Format format = Format::Text;
  std::string stop_after;
};

void check(const CheckFlags& flags, Session& session) {
  std::vector<std::unique_ptr<driver::Compilation>> kept;  // diagnostics point into the files
  std::string stages;
  for (const std::string& path : flags.policies) {
    kept.push_back(driver::compile(path, session.sink()));
    if (kept.back() && !flags.stop_after.empty()) {
      stages += driver::print_stage(*kept.back(), flags.stop_after);
    }
  }
  if (!stages.empty()) session.write_result({}, stages);
  if (stages.empty()) session.print_findings(flags.format);
  else session.print_findings();
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("check", session.say("Find the defects of a policy before it is issued",
                                              "检查细则：在印发之前找出其中的问题"));
  auto flags = std::make_shared<CheckFlags>();
  add_policies(*command, session, flags->policies);
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json, Format::Sarif});
  command
      ->add_option("--stop-after", flags->stop_after,
                   session.say("Print what a stage made: tokens, parse, program",
                               "输出某一阶段的结果：tokens、parse、program"))
      ->check(CLI::IsMember({"tokens", "parse", "program"}))
      ->type_name("STAGE");
  command->footer(
      session.say("Examples:\n  xize check policy.xize\n  xize check --format sarif policies/*\n",
                  "示例：\n  xize check 细则.xize\n  xize check --format sarif policies/*\n"));
  command->callback([flags, &session] { check(*flags, session); });
}

}  // namespace xize::cli

#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/kinds/verify.h"
#include "compiler/driver/compilation.h"
#include "compiler/extremes/extremes.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct ReachFlags {
  std::vector<std::string> policies;
  std::string item;
  Format format = Format::Text;
  std::string output;
};

void reach(const ReachFlags& flags, Session& session) {
  std::vector<std::unique_ptr<driver::Compilation>> policies;  // findings point into them
  for (const std::string& path : flags.policies) {
    policies.push_back(driver::compile(path, session.sink()));
  }
  session.leave_warnings_to_check();
  std::vector<extremes::PolicyReach> reports;
  for (const auto& policy : policies) {
    if (policy == nullptr || !policy->runnable()) continue;
    session.progress(policy->file().path());
    auto found = extremes::find_extremes(*policy, {flags.item});
    session.progress({});
    if (found) {
      reports.push_back(std::move(*found));
      continue;
    }
    session.sink().report_at<diagnostics::kinds::UnknownItemToVerify>(diagnostics::Nowhere{},
                                                                     flags.item);
    session.finish(Exit::WrongUse);
  }
  session.print_findings();
  if (reports.empty()) return;
  const bool json = flags.format == Format::Json;
  session.write_result(flags.output, json
                                         ? extremes::reach_json(reports)
                                         : extremes::reach_text(reports, {session.language()}));
}

}  // namespace

void add_reach(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "reach", session.say("Show the least and the most each item can come to, and with what data",
                           "得分范围：每项最低、最高能得多少分，什么数据能得到"));
  auto flags = std::make_shared<ReachFlags>();
  add_policies(*command, session, flags->policies);
  command
      ->add_option("--item", flags->item,
                   session.say("Only this item or section", "只看此评分项或上级指标"))
      ->type_name("NAME");
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json});
  add_output_flag(*command, session, flags->output);
  command->footer(session.say(
      "Examples:\n  xize reach policy.xize\n  xize reach policy.xize --item \"Online service\"\n",
      "示例：\n  xize reach 细则.xize\n  xize reach 细则.xize --item 即办程度\n"));
  command->callback([flags, &session] { reach(*flags, session); });
}

}  // namespace xize::cli

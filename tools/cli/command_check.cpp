#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/stages.h"
#include "compiler/extremes/extremes.h"
#include "compiler/versions/amendments.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct CheckFlags {
  std::vector<std::string> policies;
  std::string against;
  Format format = Format::Text;
  std::string stop_after;
};

using Policies = std::vector<std::unique_ptr<driver::Compilation>>;

// The former version. Of it only errors are told.
std::unique_ptr<driver::Compilation> read_former(const std::string& path, Session& session) {
  diagnostics::Sink found;
  auto former = driver::compile(path, found);
  for (const diagnostics::Diagnostic& finding : found.findings()) {
    if (finding.severity == diagnostics::Severity::Error) session.sink().accept(finding);
  }
  return former;
}

// What the policy says it amends, held to the former version.
void check_against(const driver::Compilation* old, const driver::Compilation* now,
                   Session& session) {
  if (now == nullptr || old == nullptr || !now->sound() || !old->sound()) return;
  if (now->model().amends.empty()) {
    session.remark("the policy has no `amends`: nothing to hold against the former version",
                   "细则中没有 `修订`，与旧版无可核对之处");
  }
  const bool chinese = session.language() == diagnostics::Language::Chinese;
  const auto comparison =
      versions::compare(*old, *now, chinese ? ast::Surface::Chinese : ast::Surface::English);
  versions::check_amendments(comparison, *old, *now, session.sink());
}

void check(const CheckFlags& flags, Session& session) {
  Policies kept;  // diagnostics point into the files
  std::string stages;
  if (!flags.against.empty() && flags.policies.size() > 1) {
    session.sink().report_at<diagnostics::kinds::ArgumentExtra>(diagnostics::Nowhere{},
                                                               flags.policies[1]);
    session.print_findings();
    return session.finish(Exit::WrongUse);
  }
  std::unique_ptr<driver::Compilation> former;
  if (!flags.against.empty()) {
    former = read_former(flags.against, session);
    if (former == nullptr) return session.print_findings(flags.format), void();
  }
  for (const std::string& path : flags.policies) {
    const std::size_t before = session.sink().findings().size();
    kept.push_back(driver::compile(path, session.sink()));
    if (kept.back() && kept.back()->runnable()) {
      extremes::note_best(*kept.back(), session.sink(), before);
    }
    if (kept.back() && !flags.stop_after.empty()) {
      stages += driver::print_stage(*kept.back(), flags.stop_after);
    }
  }
  if (former != nullptr) check_against(former.get(), kept.front().get(), session);
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
  command
      ->add_option("--against", flags->against,
                   session.say("The former version: is the list of amendments what was changed?",
                               "旧版细则：核对 `修订` 所写与实际改动是否一致"))
      ->type_name("OLD");
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json, Format::Sarif});
  command
      ->add_option("--stop-after", flags->stop_after,
                   session.say("Print what a stage made: tokens, parse, program",
                               "输出某一阶段的结果：tokens、parse、program"))
      ->check(CLI::IsMember({"tokens", "parse", "program"}))
      ->type_name("STAGE")
      ->excludes("--format");
  command->footer(session.say(
      "Examples:\n  xize check policy.xize\n  xize check new.xize --against old.xize\n"
      "  xize check --format sarif policies/*\n",
      "示例：\n  xize check 细则.xize\n  xize check 新.xize --against 旧.xize\n"
      "  xize check --format sarif policies/*\n"));
  command->callback([flags, &session] { check(*flags, session); });
}

}  // namespace xize::cli

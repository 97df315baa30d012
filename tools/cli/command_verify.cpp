#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/verify.h"
#include "compiler/verify/verify.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

struct VerifyFlags {
  std::vector<std::string> policies;
  std::string item, against;
  double timeout = 2;
  Format format = Format::Text;
  std::string output;

  [[nodiscard]] verify::Options options() const {
    verify::Options options;
    options.limit = std::chrono::milliseconds(static_cast<std::int64_t>(timeout * 1000));
    return options;
  }
};

bool check_verify_arguments(const VerifyFlags& flags, Session& session) {
  if (flags.against.empty() || flags.policies.size() == 1) return true;
  session.sink().report_at<kinds::ArgumentExtra>(Nowhere{}, flags.policies[1]);
  session.print_findings();
  session.finish(Exit::WrongUse);
  return false;
}

bool lacks_proofs(Session& session) {
  if (verify::can_verify()) return false;
  session.sink().report_at<kinds::BuiltWithoutProofs>(Nowhere{});
  session.print_findings();
  session.finish(Exit::Environment);
  return true;
}

void report(const std::vector<verify::PolicyReport>& reports, const VerifyFlags& flags,
            Session& session) {
  const bool colour = session.terminal_out() && flags.output.empty();
  const bool json = flags.format == Format::Json;
  session.write_result(flags.output,
                       json ? verify::report_json(reports)
                            : verify::report_text(reports, {session.language(), colour}));
  if (verify::tally(reports).refuted > 0) session.finish(Exit::Findings);
}

// Findings point into the policies, which must live until those are printed.
using Policies = std::vector<std::unique_ptr<driver::Compilation>>;

Policies read(const std::vector<std::string>& paths, Session& session) {
  Policies policies;
  for (const std::string& path : paths) {
    policies.push_back(driver::compile(path, session.sink()));
  }
  session.leave_warnings_to_check();
  session.print_findings();
  return policies;
}

// A policy with errors is not looked at further.
bool is_sound(const std::unique_ptr<driver::Compilation>& policy) {
  return policy != nullptr && policy->sound();
}

void compare_against(const VerifyFlags& flags, Session& session) {
  std::vector<std::string> paths = {flags.policies.front()};
  if (flags.item.empty()) paths.push_back(flags.against);
  const Policies policies = read(paths, session);
  if (!std::all_of(policies.begin(), policies.end(), is_sound)) return;
  const driver::Compilation& policy = *policies.front();
  std::vector<verify::PolicyReport> reports;
  if (flags.item.empty()) {
    if (lacks_proofs(session)) return;
    reports.push_back(verify::compare_policies(policy, *policies.back(), flags.options()));
    return report(reports, flags, session);
  }
  std::string unknown;
  auto compared =
      verify::compare_items(policy, {flags.item, flags.against}, flags.options(), unknown);
  if (!unknown.empty()) {
    session.sink().report_at<kinds::UnknownItemToVerify>(Nowhere{}, unknown);
    session.print_findings();
    return session.finish(Exit::WrongUse);
  }
  if (lacks_proofs(session)) return;
  reports.push_back(std::move(*compared));
  report(reports, flags, session);
}

void verify_all(const VerifyFlags& flags, Session& session) {
  const Policies policies = read(flags.policies, session);
  if (lacks_proofs(session)) return;
  std::vector<verify::PolicyReport> reports;
  for (const auto& policy : policies) {
    if (!is_sound(policy)) continue;
    session.progress(policy->file().path());
    reports.push_back(verify::verify(*policy, flags.options()));
  }
  session.progress({});
  if (!reports.empty()) report(reports, flags, session);
}

void run_verify(const VerifyFlags& flags, Session& session) {
  if (!check_verify_arguments(flags, session)) return;
  if (flags.against.empty()) {
    verify_all(flags, session);
  } else {
    compare_against(flags, session);
  }
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "verify",
      session.say("Prove what policies promise, or refute it with a unit",
                  "证明：对任何单位都成立，或给出反例"));
  auto flags = std::make_shared<VerifyFlags>();
  add_policies(*command, session, flags->policies);
  command
      ->add_option("--item", flags->item,
                   session.say("Compare this item with the one named by --against",
                               "将此评分项与 --against 所指的评分项比较"))
      ->type_name("NAME");
  command
      ->add_option("--against", flags->against,
                   session.say("Another policy to compare with, or with --item another item",
                               "与之比较的另一细则；同时用 --item 时，另一评分项"))
      ->type_name("FILE|NAME");
  command->get_option("--item")->needs("--against");
  command
      ->add_option("--timeout", flags->timeout,
                   session.say("Seconds for each question", "每个问题的时限（秒）"))
      ->check(CLI::Validator(CLI::PositiveNumber).description(""))
      ->type_name("SECONDS");
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json});
  add_output_flag(*command, session, flags->output);
  command->footer(session.say(
      "Examples:\n  xize verify policy.xize\n  xize verify new.xize --against old.xize\n"
      "  xize verify policy.xize --item A --against B\n",
      "示例：\n  xize verify 细则.xize\n  xize verify 新.xize --against 旧.xize\n"
      "  xize verify 细则.xize --item 甲项 --against 乙项\n"));
  command->callback([flags, &session] { run_verify(*flags, session); });
}

}  // namespace xize::cli

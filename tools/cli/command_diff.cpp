#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/versions/amendments.h"
#include "compiler/versions/effect.h"
#include "compiler/versions/report.h"
#include "tools/cli/commands.h"
#include "tools/cli/scoring_flags.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct DiffFlags {
  std::string old_policy;
  ScoringFlags scoring;  // of the new version
  std::vector<std::string> old_data;
  Format format = Format::Text;
  bool exit_code = false;
  std::string output;
};

// The scorings of both versions on their data; null where one was not possible.
struct Scorings {
  std::unique_ptr<driver::Scoring> old, now;
};

bool declares(const sema::Model& model, const std::string& parameter) {
  return std::ranges::any_of(model.parameters,
                             [&](const sema::Parameter& known) { return known.name == parameter; });
}

// A parameter that only the other version has is not given to this one.
std::unique_ptr<driver::Scoring> score_version(const driver::Compilation& version,
                                               const driver::Compilation& other,
                                               driver::ScoringRequest request, Session& session) {
  std::erase_if(request.parameters, [&](const auto& parameter) {
    return !declares(version.model(), parameter.first) && declares(other.model(), parameter.first);
  });
  return driver::score(version, request, session.sink());
}

Scorings score_both(const DiffFlags& flags, const driver::Compilation& old,
                    const driver::Compilation& now, Session& session) {
  driver::ScoringRequest request = request_of(flags.scoring, session);
  if (request.data.empty()) return {};
  driver::ScoringRequest former = request;
  if (!flags.old_data.empty()) former.data = flags.old_data;
  Scorings scorings{score_version(old, now, former, session),
                    score_version(now, old, request, session)};
  session.progress({});
  return scorings;
}

std::string print_diff(const versions::Comparison& comparison, const versions::Effect* effect,
                       const DiffFlags& flags, const Session& session) {
  if (flags.format == Format::Json) return versions::comparison_json(comparison, effect);
  const auto report = versions::make_report(comparison, effect, session.language());
  if (flags.format == Format::Markdown) return versions::report_markdown(report);
  return versions::report_text(report, session.terminal_out() && flags.output.empty());
}

void compare_versions(const DiffFlags& flags, const driver::Compilation& old,
                      const driver::Compilation& now, Session& session) {
  session.leave_warnings_to_check();
  const bool chinese = session.language() == diagnostics::Language::Chinese;
  const auto comparison =
      versions::compare(old, now, chinese ? ast::Surface::Chinese : ast::Surface::English);
  const Scorings scorings = score_both(flags, old, now, session);
  std::optional<versions::Effect> effect;
  if (scorings.old && scorings.now) {
    effect = versions::effect_of(comparison, {old, *scorings.old}, {now, *scorings.now});
  } else if (!flags.scoring.data.empty()) {
    session.remark("who gains and loses is left out: a version cannot be scored on these data",
                   "未列各单位的得失：有一个版本不能用所给数据计分");
  }
  versions::check_amendments(comparison, old, now, session.sink());
  const versions::Effect* shown = effect ? &*effect : nullptr;
  if (!session.write_result(flags.output, print_diff(comparison, shown, flags, session))) return;
  if (flags.exit_code && !comparison.same()) session.finish(Exit::Findings);
}

void diff(const DiffFlags& flags, Session& session) {
  const auto old = driver::compile(flags.old_policy, session.sink());
  const auto now = driver::compile(flags.scoring.policy, session.sink());
  if (old && now && old->sound() && now->sound()) compare_versions(flags, *old, *now, session);
  session.print_findings();
}

void add_versions(CLI::App& command, const Session& session, DiffFlags& flags) {
  command
      .add_option("old", flags.old_policy,
                  session.say("The old version, or its folder", "旧版细则，或其文件夹"))
      ->required()
      ->type_name("OLD");
  command
      .add_option("new", flags.scoring.policy,
                  session.say("The new version, or its folder", "新版细则，或其文件夹"))
      ->required()
      ->type_name("NEW");
}

void add_data(CLI::App& command, const Session& session, DiffFlags& flags) {
  command
      .add_option("--data", flags.scoring.data,
                  session.say("Score both versions on these data: who gains, who loses, by what",
                              "用此数据按两个版本计分，列出各单位的得失及原因"))
      ->type_name("PATH");
  command
      .add_option("--data-old", flags.old_data,
                  session.say("Data for the old version, where they differ",
                              "旧版所用的数据，与新版不同时给出"))
      ->type_name("PATH");
  add_parameter_flag(command, session, flags.scoring);
  add_unspecified_flag(command, session, flags.scoring);
  for (const char* of_scoring : {"--data-old", "--parameter", "--unspecified"}) {
    command.get_option(of_scoring)->needs("--data");
  }
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "diff", session.say("Say what changed between two versions of a policy, by meaning",
                          "比较：两个版本的细则在含义上有何不同"));
  auto flags = std::make_shared<DiffFlags>();
  add_versions(*command, session, *flags);
  add_data(*command, session, *flags);
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Markdown, Format::Json});
  command->add_flag("--exit-code", flags->exit_code,
                    session.say("End with 1 if anything differs", "有不同之处时，以 1 结束"));
  add_output_flag(*command, session, flags->output);
  command->footer(session.say(
      "Examples:\n  xize diff old.xize new.xize\n  xize diff 2023/ 2024/ --data data/\n",
      "示例：\n  xize diff 旧版.xize 新版.xize\n  xize diff 2023/ 2024/ --data 数据/\n"));
  command->callback([flags, &session] { diff(*flags, session); });
}

}  // namespace xize::cli

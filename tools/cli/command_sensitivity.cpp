#include <memory>
#include <string>

#include "compiler/diagnostics/kinds/whatif.h"
#include "compiler/whatif/sensitivity.h"
#include "runtime/value/decimal_text.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"
#include "tools/cli/unit_flags.h"

namespace xize::cli {
namespace {

struct SensitivityFlags : ScoringFlags {
  Format format = Format::Text;
  std::string rubric, near, output;
};

std::string print_stakes(const std::vector<whatif::RubricStakes>& stakes,
                         const SensitivityFlags& flags, const Session& session) {
  switch (flags.format) {
    case Format::Json: return whatif::stakes_json(stakes);
    case Format::Csv: return whatif::stakes_csv(stakes, session.language());
    default: return whatif::stakes_text(stakes, {session.language()});
  }
}

// How near an edge is near: `2` and `2%` alike.
bool read_near(const std::string& text, whatif::StakesRequest& request, Session& session) {
  if (text.empty()) return true;
  const auto number = value::parse_number(text);
  const auto* found = std::get_if<value::NumberText>(&number);
  if (found != nullptr && found->value.sign() > 0) {
    request.within = found->percent ? found->value : found->value / value::Rational(100);
    return true;
  }
  session.sink().report_at<diagnostics::kinds::NoNumberAsked>(diagnostics::Nowhere{}, "--near",
                                                             text);
  session.finish(Exit::WrongUse);
  return false;
}

// The period asked for, else the last one of the data; what is left out is said.
std::string period_of(const SensitivityFlags& flags, const driver::Scoring& scoring,
                      Session& session) {
  const auto periods = results::periods_of(scoring);
  if (!flags.period.empty() && !means_all(flags.period)) return flags.period;
  if (periods.size() < 2) return periods.empty() ? "" : periods.back();
  session.remark("the data have several periods; this is the last, `--period` shows another",
                 "数据有几个周期，此处只看最后一个，其他周期请用 --period 指定");
  return periods.back();
}

void sensitivity(const SensitivityFlags& flags, Session& session) {
  whatif::StakesRequest request;
  request.rubric = flags.rubric;
  if (!read_near(flags.near, request, session)) return session.print_findings(), void();
  UnitRun run = run_keeping_records(flags, {}, session);
  if (run.scoring && check_rubric(*run.compilation, flags.rubric, session)) {
    request.period = period_of(flags, *run.scoring, session);
    const auto stakes = whatif::find_stakes(*run.compilation, *run.scoring, request);
    session.progress({});
    session.write_result(flags.output, print_stakes(stakes, flags, session));
  }
  session.print_findings();
}

}  // namespace

void add_sensitivity(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "sensitivity", session.say("Say what is at stake in each item over all units",
                                 "敏感度：各评分项拉开多少差距，哪些单位临近分界"));
  auto flags = std::make_shared<SensitivityFlags>();
  add_scoring_flags(*command, session, *flags);
  command->add_option("--rubric", flags->rubric, session.say("Only this rubric", "只看此评分表"))
      ->type_name("NAME");
  command
      ->add_option("--near", flags->near,
                   session.say("How near an edge is near, in per cent of the value (2)",
                               "距分界多近算临近：数值的百分之几（默认 2），不足 1 个的按 1 个"))
      ->type_name("PERCENT");
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json, Format::Csv});
  add_output_flag(*command, session, flags->output);
  command->footer(session.say(
      "Examples:\n"
      "  xize sensitivity policy.xize --data data/\n"
      "  xize sensitivity policy.xize --data data/ --near 5 --format csv -o stakes.csv\n",
      "示例：\n"
      "  xize sensitivity 细则.xize --data 数据/\n"
      "  xize sensitivity 细则.xize --data 数据/ --near 5 --format csv -o 敏感度.csv\n"));
  command->callback([flags, &session] { sensitivity(*flags, session); });
}

}  // namespace xize::cli

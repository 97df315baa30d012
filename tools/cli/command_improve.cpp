#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/whatif.h"
#include "compiler/whatif/changes.h"
#include "compiler/whatif/improvement.h"
#include "runtime/value/decimal_text.h"
#include "tools/cli/commands.h"
#include "tools/cli/unit_flags.h"

namespace xize::cli {
namespace {

struct ImproveFlags : UnitFlags {
  std::string item, gain;
  std::vector<std::string> keep;
};

std::string print_advice(const whatif::Advice& advice, const ImproveFlags& flags,
                         const Session& session) {
  if (flags.format == Format::Json) return whatif::advice_json(advice);
  const bool colour = session.terminal_out() && flags.output.empty();
  return whatif::advice_text(advice, {session.language(), false, colour});
}

// The points asked for; nothing and a report if the text is no number above 0.
bool read_gain(const std::string& text, whatif::AdviceRequest& request, Session& session) {
  if (text.empty()) return true;
  const auto number = value::parse_number(text);
  const auto* found = std::get_if<value::NumberText>(&number);
  if (found != nullptr && !found->percent && found->value.sign() > 0) {
    request.wanted = found->value;
    return true;
  }
  session.sink().report_at<diagnostics::kinds::NoNumberAsked>(diagnostics::Nowhere{}, "--gain",
                                                             text);
  session.finish(Exit::WrongUse);
  return false;
}

// An item that some rubric has.
bool check_item(const std::string& item, const std::string& unit, const UnitRun& run,
                Session& session) {
  const program::Program& program = run.scoring->lowered.program;
  if (item.empty() || results::find_node(program, "", item)) return true;
  std::vector<std::string> names;
  for (const program::Node& node : program.nodes) names.push_back(node.name);
  session.sink()
      .report_at<diagnostics::kinds::UnknownItemAsked>(diagnostics::Nowhere{}, item, unit)
      .suggest(diagnostics::did_you_mean(item, names));
  return false;
}

void improve(const ImproveFlags& flags, Session& session) {
  whatif::AdviceRequest request;
  request.item = flags.item;
  if (!read_gain(flags.gain, request, session)) return session.print_findings(), void();
  UnitRun run = run_for_unit(flags, session);
  if (run.scoring && check_item(flags.item, flags.unit, run, session)) {
    driver::report_faults(*run.compilation, *run.scoring, {run.row}, session.sink());
    const auto fixed = whatif::columns_named(*run.scoring, flags.keep, session.sink());
    if (fixed) {
      request.fixed = *fixed;
      const auto advice = whatif::advise(*run.compilation, *run.scoring, run.row, request);
      session.progress({});
      session.write_result(flags.output, print_advice(advice, flags, session));
    }
  }
  session.print_findings();
}

}  // namespace

void add_improve(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "improve", session.say("List which changes would bring a unit more points",
                             "提分：列出改动哪些数据、改多少，可以多得分"));
  auto flags = std::make_shared<ImproveFlags>();
  add_unit_flags(*command, session, *flags);
  command
      ->add_option("--item", flags->item,
                   session.say("Only this item or section", "只看此评分项或上级指标"))
      ->type_name("NAME");
  command
      ->add_option("--gain", flags->gain,
                   session.say("Put changes together that bring so many points",
                               "凑出可多得这么多分的改动"))
      ->type_name("POINTS");
  command
      ->add_option("--keep", flags->keep,
                   session.say("A column that shall stay as it is; may be repeated",
                               "不能改动的数据项，可重复"))
      ->type_name("NAME");
  command->footer(session.say(
      "Examples:\n"
      "  xize improve policy.xize --data data/ --unit \"Bureau A\"\n"
      "  xize improve policy.xize --data data/ --unit \"Bureau A\" --gain 2 --keep matters\n",
      "示例：\n"
      "  xize improve 细则.xize --data 数据/ --unit 甲局\n"
      "  xize improve 细则.xize --data 数据/ --unit 甲局 --gain 2 --keep 事项总数\n"));
  command->callback([flags, &session] { improve(*flags, session); });
}

}  // namespace xize::cli

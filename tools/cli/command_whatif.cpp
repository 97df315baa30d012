#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/whatif/comparison.h"
#include "tools/cli/commands.h"
#include "tools/cli/scoring_flags.h"
#include "tools/cli/shared_flags.h"
#include "tools/cli/unit_flags.h"

namespace xize::cli {
namespace {

struct WhatifFlags : UnitFlags {
  whatif::ChangeRequest changes;
  bool exact = false;
};

std::string print_comparison(const whatif::Comparison& comparison, const WhatifFlags& flags,
                             const Session& session) {
  if (flags.format == Format::Json) return whatif::comparison_json(comparison);
  const bool colour = session.terminal_out() && flags.output.empty();
  return whatif::comparison_text(comparison, {session.language(), flags.exact, colour});
}

bool check_changes(const whatif::ChangeRequest& changes, Session& session) {
  if (!changes.set.empty() || !changes.add.empty() || !changes.drop.empty()) return true;
  session.sink().report_at<diagnostics::kinds::ArgumentMissing>(
      diagnostics::Nowhere{}, "whatif",
      diagnostics::Term{"a change: `--set NAME=VALUE`", "改动：`--set 名称=值`"});
  session.finish(Exit::WrongUse);
  return false;
}

void whatif_unit(const WhatifFlags& flags, Session& session) {
  UnitRun run;
  if (check_changes(flags.changes, session)) run = run_for_unit(flags, session);
  if (run.scoring) {
    diagnostics::Sink& sink = session.sink();
    driver::report_faults(*run.compilation, *run.scoring, {run.row}, sink);
    const std::size_t before = sink.error_count();
    const auto changes = whatif::read_changes(*run.scoring, run.row, flags.changes, sink);
    const bool readable = sink.error_count() == before;
    const auto comparison =
        readable ? whatif::compare(*run.compilation, *run.scoring, run.row, changes, sink)
                 : std::nullopt;
    session.progress({});
    if (comparison) {
      session.write_result(flags.output, print_comparison(*comparison, flags, session));
    }
  }
  session.print_findings();
}

}  // namespace

void add_whatif(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "whatif", session.say("Say what other data of a unit would bring",
                            "假设：改动一个单位的数据，看得分如何变化"));
  auto flags = std::make_shared<WhatifFlags>();
  add_unit_flags(*command, session, *flags);
  command
      ->add_option("--set", flags->changes.set,
                   session.say("Another value for a column or parameter; may be repeated",
                               "改动一个数据项或参数的值，可重复"))
      ->type_name("NAME=VALUE");
  command
      ->add_option("--add", flags->changes.add,
                   session.say("One more record of the unit; may be repeated",
                               "该单位多一条台账记录，可重复"))
      ->type_name("TABLE: COLUMN=VALUE");
  command
      ->add_option("--drop", flags->changes.drop,
                   session.say("One record less: the first that fits; may be repeated",
                               "该单位少一条台账记录：符合所列的第一条，可重复"))
      ->type_name("TABLE: COLUMN=VALUE");
  command->add_flag("--exact", flags->exact,
                    session.say("Exact numbers, as fractions if need be",
                                "列出精确数值，除不尽的写成分数"));
  command->footer(session.say(
      "Examples:\n"
      "  xize whatif policy.xize --data data/ --unit \"Bureau A\" --set Speed.N=120\n"
      "  xize whatif policy.xize --data data/ --unit \"Bureau A\" --drop \"cases: late=yes\"\n",
      "示例：\n"
      "  xize whatif 细则.xize --data 数据/ --unit 甲局 --set 即办程度.N=120\n"
      "  xize whatif 细则.xize --data 数据/ --unit 甲局 --drop \"办件: 超期=是\"\n"));
  command->callback([flags, &session] { whatif_unit(*flags, session); });
}

}  // namespace xize::cli

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/driver/scoring.h"
#include "compiler/results/plan.h"
#include "compiler/results/sheet.h"
#include "runtime/remote/source.h"
#include "tools/cli/commands.h"
#include "tools/cli/scoring_flags.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

struct ScoreFlags {
  ScoringFlags scoring;
  Format format = Format::Text;
  std::string rubric;
  std::vector<std::string> units;
  std::string output;
  std::string engine = "auto";
  bool explain_plan = false;
  RecordsFlags records;
  bool profile = false;
};

// Ctrl-C first breaks off what a database is doing for us; the second time it ends the program.
void break_off_on_interrupt() {
  struct sigaction action = {};
  action.sa_handler = [](int) { remote::interrupt(); };
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

// As if the interrupt had ended the program, so that the shell sees one.
void end_by_interrupt() {
  std::signal(SIGINT, SIG_DFL);
  std::raise(SIGINT);
}

std::string print_sheet(const results::LongSheet& sheet, const ScoreFlags& flags,
                        const Session& session) {
  switch (flags.format) {
    case Format::Json: return results::sheet_json(sheet);
    case Format::Markdown: return results::sheet_markdown(sheet.whole(), session.language());
    default:
      return results::sheet_text(sheet.whole(), session.language(), session.width(),
                                 session.terminal_out() && flags.output.empty());
  }
}

// CSV and JSON lines are written row by row, so that millions of units take no memory.
void write_rows(const results::LongSheet& sheet, const ScoreFlags& flags, Session& session) {
  session.write_result(flags.output, [&](const results::TakeText& take) {
    if (flags.format == Format::Csv) {
      results::sheet_csv(sheet, session.language(), take);
    } else {
      results::sheet_json_lines(sheet, take);
    }
  });
}

void write_sheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
                 const ScoreFlags& flags, Session& session) {
  const std::string& period = flags.scoring.period;
  results::SheetFilter filter{flags.rubric, means_all(period) ? "" : period, {}};
  for (const std::string& unit : flags.units) {
    filter.units.push_back(scoring.data.names.resolve(unit));
  }
  const results::LongSheet sheet(compilation, scoring, filter);
  driver::report_faults(compilation, scoring, sheet.rows(), session.sink());
  session.progress({});
  if (flags.format == Format::Csv || flags.format == Format::JsonLines) {
    write_rows(sheet, flags, session);
  } else {
    session.write_result(flags.output, print_sheet(sheet, flags, session));
  }
}

driver::Engine engine_of(const ScoreFlags& flags) {
  if (flags.engine == "interpreter") return driver::Engine::Interpreter;
  if (flags.engine == "vector") return driver::Engine::Blocks;
  return flags.engine == "jit" ? driver::Engine::Compiled : driver::Engine::Auto;
}

// How the run was computed; on stderr, since it is no result.
void show_plan(const driver::Compilation& compilation, const driver::Scoring& scoring,
               const ScoreFlags& flags, Session& session) {
  using results::PlanDetail;
  if (!flags.explain_plan && !flags.profile) return;
  const auto detail = !flags.profile       ? PlanDetail::Engines
                      : flags.explain_plan ? PlanDetail::All
                                           : PlanDetail::Costs;
  for (const auto& line : plan_lines(compilation, scoring, detail, session.language())) {
    session.remark(line, line);
  }
}

void score(const ScoreFlags& flags, Session& session) {
  const auto compilation = compile(flags.scoring, session);
  const bool ready =
      compilation && compilation->sound() && check_rubric(*compilation, flags.rubric, session) &&
      check_seed(flags.scoring.seed, session);
  if (!ready) {
    session.print_findings();
    return;
  }
  session.leave_warnings_to_check();
  driver::ScoringRequest request = request_of(flags.scoring, session);
  request.trace_units = flags.units;
  request.engine = engine_of(flags);
  request.only_results = true;
  request.records = flags.records.url;
  request.records_timeout = flags.records.timeout;
  if (!request.records.empty()) break_off_on_interrupt();
  const auto scoring = driver::score(*compilation, request, session.sink());
  if (scoring && check_period(*scoring, flags.scoring.period, session)) {
    write_sheet(*compilation, *scoring, flags, session);
    show_plan(*compilation, *scoring, flags, session);
  }
  session.print_findings();
  if (!scoring && remote::interrupted()) end_by_interrupt();
}

}  // namespace

void add_score(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "score",
      session.say("Score units by a policy and rank them", "计分：按细则给各单位打分、排名"));
  auto flags = std::make_shared<ScoreFlags>();
  add_scoring_flags(*command, session, flags->scoring);
  add_records_flags(*command, session, flags->records);
  command->add_option("--rubric", flags->rubric, session.say("Only this rubric", "只输出此评分表"))
      ->type_name("NAME");
  command->add_option("--unit", flags->units, session.say("Only these units", "只输出这些单位"))
      ->type_name("NAME");
  add_format_flag(*command, session, flags->format,
                  {Format::Text, Format::Csv, Format::Json, Format::JsonLines, Format::Markdown});
  add_output_flag(*command, session, flags->output);
  command
      ->add_option("--engine", flags->engine,
                   session.say("Who computes: interpreter, vector (rows in blocks), jit (rows in "
                               "blocks by compiled code), or auto",
                               "由谁计算：interpreter 解释器，vector 成块计算，jit 编译后成块计算，"
                               "auto 自动选择"))
      ->check(CLI::IsMember({"auto", "interpreter", "vector", "jit"}).description(""))
      ->type_name("auto|interpreter|vector|jit");
  command->add_flag("--explain-plan", flags->explain_plan,
                    session.say("Say who computed each stage and why, and what compiled "
                                "code was proved for",
                                "说明每一步由谁计算、为什么，编译代码对哪些数值范围成立"));
  command->add_flag("--profile", flags->profile,
                    session.say("Say how many rows each stage read, and how long it took",
                                "说明每一步读了多少行、用时多久"));
  command->footer(
      session.say("Examples:\n  xize score policy.xize --data data/\n  xize score policy.xize "
                  "--data data/ --format csv -o scores.csv\n",
                  "示例：\n  xize score 细则.xize --data 数据/\n  xize score 细则.xize --data "
                  "数据/ --format csv -o 得分.csv\n"));
  command->callback([flags, &session] { score(*flags, session); });
}

}  // namespace xize::cli

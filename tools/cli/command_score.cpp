#include <csignal>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/driver/scoring.h"
#include "compiler/results/sheet.h"
#include "runtime/remote/source.h"
#include "tools/cli/commands.h"
#include "tools/cli/format_flag.h"
#include "tools/cli/scoring_flags.h"

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
  RecordsFlags records;
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

std::string print_sheet(const results::ScoreSheet& sheet, const ScoreFlags& flags,
                        const Session& session) {
  switch (flags.format) {
    case Format::Csv: return results::sheet_csv(sheet, session.language());
    case Format::Json: return results::sheet_json(sheet);
    case Format::Markdown: return results::sheet_markdown(sheet, session.language());
    default:
      return results::sheet_text(sheet, session.language(), session.width(),
                                 session.terminal_out() && flags.output.empty());
  }
}

void write_sheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
                 const ScoreFlags& flags, Session& session) {
  const std::string& period = flags.scoring.period;
  results::SheetFilter filter{flags.rubric, means_all(period) ? "" : period, {}};
  for (const std::string& unit : flags.units) {
    filter.units.push_back(scoring.data.names.resolve(unit));
  }
  const results::ScoreSheet sheet = results::make_sheet(compilation, scoring, filter);
  std::set<std::size_t> shown;
  for (const results::RubricSheet& rubric : sheet.rubrics) {
    for (const results::SheetRow& row : rubric.rows) shown.insert(row.row);
  }
  for (const std::size_t row : shown) {
    driver::report_faults(compilation, scoring, row, session.sink());
  }
  session.progress({});
  session.write_result(flags.output, print_sheet(sheet, flags, session));
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
  request.records = flags.records.url;
  request.records_timeout = flags.records.timeout;
  if (!request.records.empty()) break_off_on_interrupt();
  const auto scoring = driver::score(*compilation, request, session.sink());
  if (scoring && check_period(*scoring, flags.scoring.period, session)) {
    write_sheet(*compilation, *scoring, flags, session);
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
                  {Format::Text, Format::Csv, Format::Json, Format::Markdown});
  command
      ->add_option(
          "-o,--output", flags->output,
          session.say("Write to a file, whole or not at all", "写入文件（完整写入或不写）"))
      ->type_name("FILE");
  command->footer(
      session.say("Examples:\n  xize score policy.xize --data data/\n  xize score policy.xize "
                  "--data data/ --format csv -o scores.csv\n",
                  "示例：\n  xize score 细则.xize --data 数据/\n  xize score 细则.xize --data "
                  "数据/ --format csv -o 得分.csv\n"));
  command->callback([flags, &session] { score(*flags, session); });
}

}  // namespace xize::cli

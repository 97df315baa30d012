#include "tools/cli/unit_flags.h"

#include "compiler/results/sheet.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {

void add_unit_flags(CLI::App& command, const Session& session, UnitFlags& flags) {
  add_scoring_flags(command, session, flags);
  command.add_option("--unit", flags.unit, session.say("The unit", "单位名称"))
      ->required()
      ->type_name("NAME");
  add_format_flag(command, session, flags.format, {Format::Text, Format::Json});
  add_output_flag(command, session, flags.output);
}

UnitRun run_keeping_records(const ScoringFlags& flags, const std::vector<std::string>& trace,
                            Session& session) {
  UnitRun run;
  run.compilation = compile(flags, session);
  const bool ready =
      run.compilation && run.compilation->sound() && check_seed(flags.seed, session);
  if (!ready) return run;
  session.leave_warnings_to_check();
  driver::ScoringRequest request = request_of(flags, session);
  request.trace_units = trace;
  request.keep_records = true;
  run.scoring = driver::score(*run.compilation, request, session.sink());
  if (run.scoring && !check_period(*run.scoring, flags.period, session)) run.scoring = nullptr;
  return run;
}

UnitRun run_for_unit(const UnitFlags& flags, Session& session) {
  UnitRun run = run_keeping_records(flags, {flags.unit}, session);
  if (!run.scoring) return run;
  const std::string period = period_shown(flags.period, *run.scoring, session);
  for (const std::size_t row : run.scoring->outcome.traced_rows) {
    run.row = row;
    if (period.empty() || results::period_of(*run.scoring, row) == period) return run;
  }
  // That the unit has no row in this period is an error of the data, and reported.
  run.scoring = nullptr;
  return run;
}

std::string period_shown(const std::string& asked, const driver::Scoring& scoring,
                         Session& session) {
  const auto& rows = scoring.outcome.traced_rows;
  if (!asked.empty() && !means_all(asked)) return asked;
  if (rows.size() < 2) return {};
  std::string last;
  for (const std::string& period : results::periods_of(scoring)) {
    for (const std::size_t row : rows) {
      if (results::period_of(scoring, row) == period) last = period;
    }
  }
  const std::string count = std::to_string(rows.size());
  session.remark("the data have " + count +
                     " periods of this unit; this is the last, `--period` shows another",
                 "该单位有 " + count +
                     " 个周期的数据，此处说明最后一个，其他周期请用 --period 指定");
  return last;
}

}  // namespace xize::cli

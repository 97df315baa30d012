#include "compiler/results/plan.h"

#include <fmt/format.h>

#include "compiler/driver/remote_records.h"

namespace xize::results {
namespace {

using blockwise::Reason;
using diagnostics::Language;
using program::Stage;
using program::StageKind;

// What a stage does, in a few words.
std::string stage_text(const program::Program& program, const Stage& stage, bool chinese) {
  switch (stage.kind) {
    case StageKind::Constant: return chinese ? "常数" : "constants";
    case StageKind::Unit: return chinese ? "逐个单位计算" : "each unit";
    case StageKind::Population: return chinese ? "各单位比较" : "units compared";
    case StageKind::Aggregate: break;
  }
  const std::string& table = program.schema.records[stage.table].name;
  return fmt::format(chinese ? fmt::runtime("汇总台账“{}”") : fmt::runtime("records of `{}`"),
                     table);
}

std::string reason_text(Reason reason, bool chinese) {
  switch (reason) {
    case Reason::OrderOfRows:
      return chinese ? "解释器（“最后一条”须按原顺序读）" : "interpreter (`last` needs the order of rows)";
    case Reason::Selection:
      return chinese ? "解释器（评选台账中的行）" : "interpreter (rows are selected)";
    case Reason::Groups:
      return chinese ? "解释器（按组汇总）" : "interpreter (groups of records)";
    case Reason::None:
    case Reason::NoRows: break;
  }
  return chinese ? "解释器" : "interpreter";
}

std::string engine_text(const driver::Scoring& scoring, std::size_t stage, bool chinese) {
  const bool elsewhere =
      scoring.remote != nullptr && scoring.remote->folded(scoring.lowered.program.stages[stage]);
  if (elsewhere) return chinese ? "在数据库中汇总" : "in the database";
  if (scoring.stages.empty()) return reason_text(Reason::NoRows, chinese);
  const blockwise::StageReport& report = scoring.stages[stage];
  if (report.reason != Reason::None) return reason_text(report.reason, chinese);
  const double share = report.rows == 0 ? 0.0
                                        : 100.0 * static_cast<double>(report.rows_left) /
                                              static_cast<double>(report.rows);
  return fmt::format(chinese ? fmt::runtime("成块计算，共 {} 行，其中 {} 行（{:.2f}%）交解释器")
                             : fmt::runtime("in blocks, {} rows, {} of them ({:.2f}%) by the "
                                            "interpreter"),
                     report.rows, report.rows_left, share);
}

}  // namespace

std::vector<std::string> plan_lines(const driver::Scoring& scoring, Language language) {
  const bool chinese = language == Language::Chinese;
  const program::Program& program = scoring.lowered.program;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < program.stages.size(); ++i) {
    lines.push_back(fmt::format(chinese ? fmt::runtime("第 {} 步 {}：{}")
                                        : fmt::runtime("stage {}, {}: {}"),
                                i + 1, stage_text(program, program.stages[i], chinese),
                                engine_text(scoring, i, chinese)));
  }
  return lines;
}

}  // namespace xize::results

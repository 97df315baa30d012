#include "compiler/results/plan.h"

#include <chrono>

#include <fmt/format.h>

#include "compiler/driver/remote_records.h"

namespace xize::results {
namespace {

using blockwise::Compiled;
using blockwise::Interval;
using blockwise::Proof;
using blockwise::Reason;
using blockwise::StageReport;
using diagnostics::Language;
using program::OpId;
using program::Stage;
using program::StageKind;
using program::Type;
using value::Rational;

class PlanWriter {
 public:
  PlanWriter(const driver::Compilation& compilation, const driver::Scoring& scoring,
             Language language)
      : model_(compilation.model()),
        scoring_(scoring),
        program_(scoring.lowered.program),
        chinese_(language == Language::Chinese) {}

  std::vector<std::string> write(PlanDetail detail) {
    const bool with_costs = detail != PlanDetail::Engines;
    const bool with_engines = detail != PlanDetail::Costs;
    if (with_engines) lines_.push_back(engine_text());
    if (with_costs) {
      lines_.push_back(text("reading the units: {} rows{}", "读入单位：{} 行{}",
                            scoring_.engine.unit_rows, time_text(scoring_.reading)));
    }
    for (std::size_t i = 0; i < program_.stages.size(); ++i) {
      const Stage& stage = program_.stages[i];
      std::string line = text("stage {}, {}: ", "第 {} 步 {}：", i + 1, stage_text(stage));
      if (with_engines) line += who_text(i);
      if (with_engines && with_costs) line += chinese_ ? "；" : "; ";
      if (with_costs) line += cost_text(i);
      lines_.push_back(std::move(line));
      if (with_engines && !scoring_.stages.empty()) add_proof(stage, scoring_.stages[i].proof);
    }
    return std::move(lines_);
  }

 private:
  template <class... Args>
  [[nodiscard]] std::string text(const char* english, const char* chinese,
                                 const Args&... args) const {
    return fmt::format(fmt::runtime(chinese_ ? chinese : english), args...);
  }

  // Who computed the run, and why.
  [[nodiscard]] std::string engine_text() const {
    const driver::EngineChoice& choice = scoring_.engine;
    switch (choice.asked) {
      case driver::Engine::Interpreter:
        return text("engine: interpreter, as `--engine` says",
                    "计算方式：解释器（`--engine` 指定）");
      case driver::Engine::Blocks:
        return text("engine: in blocks, as `--engine` says",
                    "计算方式：成块计算（`--engine` 指定）");
      case driver::Engine::Compiled:
        return text("engine: in blocks and compiled, as `--engine` says",
                    "计算方式：编译后成块计算（`--engine` 指定）");
      case driver::Engine::Auto: break;
    }
    return text(choice.in_blocks ? "engine: in blocks ({} rows of units and {}; that pays from {} "
                                   "rows or {} kB)"
                                 : "engine: interpreter ({} rows of units and {}; blocks pay from "
                                   "{} rows or {} kB)",
                choice.in_blocks ? "计算方式：成块计算（单位 {} 行，{}；达到 {} 行或 {} kB 即可）"
                                 : "计算方式：解释器（单位 {} 行，{}；"
                                   "达到 {} 行或 {} kB 才成块计算）",
                choice.unit_rows, records_text(), driver::kUnitRowsForBlocks,
                driver::kRecordBytesForBlocks / 1024);
  }

  // How large the files of records are; of a database only where it is, as its size is unknown.
  [[nodiscard]] std::string records_text() const {
    const auto kilobytes = (scoring_.engine.record_bytes + 1023) / 1024;
    if (!reads_database()) return text("{} kB of records", "台账 {} kB", kilobytes);
    const std::string& database = scoring_.remote->name();
    if (kilobytes == 0) return text("records in `{}`", "台账在 {} 中", database);
    return text("{} kB of records, others in `{}`", "台账 {} kB，另有台账在 {} 中", kilobytes,
                database);
  }
  [[nodiscard]] bool reads_database() const {
    if (scoring_.remote == nullptr) return false;
    for (std::uint32_t i = 0; i < program_.schema.records.size(); ++i) {
      if (scoring_.remote->holds(i)) return true;
    }
    return false;
  }

  // What a stage does, in a few words.
  [[nodiscard]] std::string stage_text(const Stage& stage) const {
    switch (stage.kind) {
      case StageKind::Constant: return text("constants", "常数");
      case StageKind::Unit: return text("each unit", "逐个单位计算");
      case StageKind::Population: return text("units compared", "各单位比较");
      case StageKind::Aggregate: break;
    }
    return text("records of `{}`", "汇总台账“{}”", program_.schema.records[stage.table].name);
  }

  [[nodiscard]] std::string who_text(std::size_t i) const {
    const bool elsewhere =
        scoring_.remote != nullptr && scoring_.remote->folded(program_.stages[i]);
    if (elsewhere) return text("in the database", "在数据库中汇总");
    if (scoring_.stages.empty()) return text("interpreter", "解释器");
    const StageReport& report = scoring_.stages[i];
    switch (report.reason) {
      case Reason::None: break;
      case Reason::OrderOfRows:
        return text("interpreter (`last` needs the order of rows)",
                    "解释器（“最后一条”须按原顺序读）");
      case Reason::Selection:
        return text("interpreter (rows are selected)", "解释器（评选台账中的行）");
      case Reason::Groups:
        return text("interpreter (groups of records)", "解释器（按组汇总）");
      case Reason::LargeNumbers:
        return text("interpreter (numbers beyond 64 bits)", "解释器（有数超过 64 位）");
      case Reason::NoRows: return text("interpreter", "解释器");
    }
    const double share = report.rows == 0 ? 0.0
                                          : 100.0 * static_cast<double>(report.rows_left) /
                                                static_cast<double>(report.rows);
    return text("in blocks, {} rows, {} of them ({:.2f}%) by the interpreter{}",
                "成块计算，共 {} 行，其中 {} 行（{:.2f}%）交解释器{}", report.rows,
                report.rows_left, share, compiled_text(report));
  }

  [[nodiscard]] std::string compiled_text(const StageReport& report) const {
    switch (report.compiled) {
      case Compiled::Yes:
        return text(", {} by compiled code", "，{} 行用编译代码", report.rows_fused);
      case Compiled::FewRows:
        return text(", none by compiled code (it pays from {} rows)",
                    "，未编译（{} 行以上才划算）", driver::kRowsForCompiling);
      case Compiled::NothingProved:
        return text(", none by compiled code (no bounds could be proved)",
                    "，未编译（无法证明数值范围）");
      case Compiled::Nobody: break;
    }
    return {};
  }

  [[nodiscard]] std::string cost_text(std::size_t i) const {
    const driver::StageCost& cost = scoring_.costs[i];
    return text("{} rows{}", "{} 行{}", cost.rows, time_text(cost.time));
  }
  [[nodiscard]] std::string time_text(std::chrono::nanoseconds time) const {
    const std::chrono::duration<double, std::milli> milliseconds = time;
    return text(", {:.1f} ms", "，用时 {:.1f} 毫秒", milliseconds.count());
  }

  void add_proof(const Stage& stage, const Proof& proof) {
    if (proof.steps == 0) return;
    lines_.push_back(text("  compiled: {} steps on integers of at most {} bits",
                          "  编译：{} 步整数运算，至多 {} 位", proof.steps, proof.bits));
    for (const Interval& in : proof.inputs) add_interval(stage, in, "  reads", "  读入");
    for (const Interval& out : proof.results) add_interval(stage, out, "  gives", "  得出");
    for (const OpId op : proof.unproved) {
      lines_.push_back(text("  not compiled: {}", "  未编译：{}", op_text(stage, op)));
    }
  }

  // Conditions and texts have no bounds worth a line.
  void add_interval(const Stage& stage, const Interval& known, const char* english,
                    const char* chinese) {
    std::string bounds;
    switch (known.type) {
      case Type::Number:
        bounds = known.den == 0
                     ? text("{} to {} over a denominator of each row", "分子 {} 至 {}，分母各行不同",
                            known.least, known.most)
                     : text("{} to {}", "{} 至 {}", Rational(known.least, known.den).to_string(),
                            Rational(known.most, known.den).to_string());
        break;
      case Type::Date:
      case Type::Month:
        bounds = text("a date", "日期");
        break;
      default: return;
    }
    lines_.push_back(text("{} {}: {}", "{} {}：{}", chinese_ ? chinese : english,
                          op_text(stage, known.op), bounds));
  }

  // A column by its name; anything else by its number in `check --stop-after program`, and the
  // item it belongs to.
  [[nodiscard]] std::string op_text(const Stage& stage, OpId id) const {
    const program::Op& op = program_.ops[id];
    if (op.code == program::Opcode::column) {
      const bool of_row = op.level == program::Level::Row;
      const auto& table = of_row ? program_.schema.records[stage.table] : program_.schema.units;
      return text("`{}`", "“{}”", table.columns[op.imm].name);
    }
    const std::string_view name = program::facts(op.code).name;
    std::string item;
    if (op.origin.valid()) {
      const sema::NodeId node = scoring_.lowered.places[op.origin.index].node;
      if (node.valid()) item = text(" of `{}`", "（{}）", model_.nodes[node].name);
    }
    return fmt::format("%{} {}{}", id.index, name, item);
  }

  const sema::Model& model_;
  const driver::Scoring& scoring_;
  const program::Program& program_;
  bool chinese_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> plan_lines(const driver::Compilation& compilation,
                                    const driver::Scoring& scoring, PlanDetail detail,
                                    Language language) {
  return PlanWriter(compilation, scoring, language).write(detail);
}

}  // namespace xize::results

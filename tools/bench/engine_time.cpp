// Times an engine inside the process, without start, check and sheet.
//   xize_bench_engine POLICY memory|csv interpreter|vector|jit FOLDER THREADS TIMES [RESULTS]
// From memory: units and records are read before the time begins. From CSV: each run reads them
// again. Prints one line of JSON, as xize_bench_limits does.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include <oneapi/tbb/global_control.h>

#include "compiler/driver/compilation.h"
#include "compiler/driver/scoring.h"
#include "compiler/jit/jit.h"
#include "runtime/blockwise/blockwise.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/build.h"
#include "tools/bench/csv_file.h"
#include "tools/bench/held_records.h"
#include "tools/bench/result.h"

namespace xize::bench {
namespace {

struct Task {
  std::string policy, source, engine, folder, results;
  int threads = 1;
  int times = 1;
};

// Loaded once, as a session of many runs would; null without LLVM.
kernel::Compiler* compiler() {
  static kernel::Compiler* const opened = jit::load(2).release();
  return opened;
}

// Asks for no more than everybody is asked for: totals and grades.
void keep_totals(program::Program& program) {
  const program::Rubric whole = std::move(program.rubrics.front());
  program::Rubric& kept = program.rubrics.front() = {};
  kept.total = whole.total;
  kept.grade = whole.grade;
  program.nodes = {};
  program::prune(program);
  program::schedule(program);
}

engine::Outcome run_engine(const Task& task, const program::Program& program, io::DataSet& data,
                           engine::RecordSource& records) {
  engine::RunOptions options;
  options.calendar = &driver::calendar();
  options.only_results = true;
  if (task.engine == "interpreter") {
    return interpreter::run(program, data.units, records, options);
  }
  blockwise::Machine machine;
  if (task.engine == "jit") machine.open = compiler;
  return blockwise::run(program, data.units, records, options, machine).outcome;
}

std::string cell(const value::Value& value) {
  const auto* number = std::get_if<value::Rational>(&value);
  return number == nullptr ? "" : (*number * value::Rational(100)).to_string();
}

bool write_results(const Task& task, const program::Rubric& rubric, const io::DataSet& data,
                   const engine::Outcome& outcome) {
  CsvWriter out(task.results, "name,hundredths,grade");
  const table::Table& rows = data.units.rows();
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    out.text(data.units.unit_name(rows.unit(row))).text(cell(outcome.value(rubric.total, row)));
    const value::Value graded = outcome.value(rubric.grade->grade, row);
    const auto* grade = std::get_if<value::Rational>(&graded);
    const auto place = grade == nullptr ? std::nullopt : grade->to_int64();
    out.text(place ? rubric.grade->labels[static_cast<std::size_t>(*place)] : "").end_line();
  }
  return out.close();
}

int run(const Task& task) {
  if (task.engine == "jit" && compiler() == nullptr) {
    std::fputs("xize_bench_engine: there is no LLVM\n", stderr);
    return 1;
  }
  diagnostics::Sink sink;
  const auto compilation = driver::compile(task.policy, sink);
  if (compilation == nullptr || !compilation->sound()) {
    std::fprintf(stderr, "xize_bench_engine: `xize check %s` says why\n", task.policy.c_str());
    return 1;
  }
  program::Program program = lower::to_program(compilation->model(), {}).program;
  keep_totals(program);
  const auto open = [&] {
    return io::open_data_set({{task.folder}, {}}, program.schema, program.strings);
  };
  std::optional<io::DataSet> data;
  std::optional<HeldRecords> held;
  std::optional<engine::Outcome> outcome;
  if (task.source == "memory") {
    data.emplace(open());
    held.emplace(*data);
    run_engine(task, program, *data, *held);  // reads the records
  }
  std::vector<double> milliseconds;
  for (int i = 0; i < task.times; ++i) {
    outcome.reset();
    const auto begin = std::chrono::steady_clock::now();
    if (held) {
      outcome = run_engine(task, program, *data, *held);
    } else {
      data.reset();
      data.emplace(open());
      FileRecords files(*data);
      outcome = run_engine(task, program, *data, files);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    milliseconds.push_back(took.count());
  }
  print_figures(milliseconds);
  if (data->problems.has_errors()) return 1;
  return task.results.empty() || write_results(task, program.rubrics.front(), *data, *outcome) ? 0
                                                                                               : 1;
}

}  // namespace
}  // namespace xize::bench

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 6 || words.size() > 7 || (words[1] != "memory" && words[1] != "csv") ||
      (words[2] != "interpreter" && words[2] != "vector" && words[2] != "jit")) {
    std::fputs(
        "usage: xize_bench_engine POLICY memory|csv interpreter|vector|jit FOLDER THREADS TIMES "
        "[RESULTS]\n",
        stderr);
    return 2;
  }
  const xize::bench::Task task{words[0],
                               words[1],
                               words[2],
                               words[3],
                               words.size() == 7 ? words[6] : "",
                               std::atoi(words[4].c_str()),
                               std::atoi(words[5].c_str())};
  const oneapi::tbb::global_control threads(oneapi::tbb::global_control::max_allowed_parallelism,
                                            static_cast<std::size_t>(task.threads));
  return xize::bench::run(task);
}

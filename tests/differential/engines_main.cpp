// One answer: random programs over random data, interpreted and by each other engine; the outcomes
// must be the same, to the last digit and fault. Engines: in blocks, and with compiled code at O0
// and O2; each on one thread or two, over tables in memory and over files.
//   xize_engines CASES [FIRST_SEED]      FIRST_SEED is 1 unless given; CASES such as `600s` are as
//                                        many as 600 seconds allow
// A failure prints its seed and the smallest case found, and ends the run.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>

#include "compiler/jit/jit.h"
#include "runtime/blockwise/blockwise.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/print.h"
#include "runtime/program/verify.h"
#include "tests/differential/random_program.h"
#include "tests/differential/same_outcome.h"
#include "tests/differential/streamed.h"

namespace xize::differential {
namespace {

// Rows of stages that were computed in blocks, and how many were left to the interpreter.
struct InBlocks {
  std::uint64_t rows = 0;
  std::uint64_t left = 0;
  std::uint64_t compiled = 0;

  void add(const blockwise::StageReport& stage) {
    rows += stage.rows;
    left += stage.rows_left;
    compiled += stage.rows_fused;
  }
};

// What was compared.
struct Counts {
  std::uint64_t programs = 0;
  std::uint64_t ops = 0;
  std::uint64_t streamed = 0;  // programs also run from files
  InBlocks units;
  InBlocks records;
};

// One way to compute: on so many threads, with compiled kernels optimised so much, or without.
struct Way {
  std::size_t threads = 1;
  kernel::Compiler* compiler = nullptr;
};

std::vector<Way> ways_of(std::uint64_t seed) {
  static const std::unique_ptr<kernel::Compiler> as_written = jit::load(0);
  static const std::unique_ptr<kernel::Compiler> optimised = jit::load(2);
  const std::size_t threads = 1 + seed % 2;
  std::vector<Way> ways{{threads, nullptr}};
  if (as_written != nullptr) ways.push_back({threads, as_written.get()});
  if (optimised != nullptr) ways.push_back({3 - threads, optimised.get()});
  return ways;
}

// One program with its data, which every engine is given anew.
class Comparison {
 public:
  Comparison(RandomCase& c, std::uint64_t seed, Counts& counts)
      : case_(c), seed_(seed), counts_(counts) {}

  // Empty if the engines agree on the tables in memory.
  std::string in_memory() {
    engine::TableSource source(case_.records);
    expect(case_.units, source);
    for (const Way& way : ways_of(seed_)) {
      if (auto said = compare(way, case_.units, source); !said.empty()) return said;
    }
    return {};
  }

  // The same from files.
  std::string streamed() {
    const StreamedCase files(case_);
    io::DataSet data = files.open();
    StreamedRecords source(data);
    expect(data.units, source);
    for (const Way& way : ways_of(seed_)) {
      io::DataSet again = files.open();
      StreamedRecords source_again(again);
      auto said = compare(way, again.units, source_again);
      if (!said.empty()) return "from files: " + said;
    }
    return {};
  }

 private:
  void expect(const table::UnitTable& units, engine::RecordSource& records) {
    const std::size_t rows = units.rows().row_count();
    options_.trace_rows.clear();
    if (seed_ % 3 == 0 && rows > 0) options_.trace_rows = {rows / 2};
    expected_ = interpreter::run(case_.program, units, records, options_);
  }

  std::string compare(const Way& way, const table::UnitTable& units,
                      engine::RecordSource& records) {
    const oneapi::tbb::global_control limit(
        oneapi::tbb::global_control::max_allowed_parallelism, way.threads);
    blockwise::Machine machine;
    if (way.compiler != nullptr) machine.open = [&] { return way.compiler; };
    const auto found = blockwise::run(case_.program, units, records, options_, machine);
    for (std::size_t s = 0; s < found.stages.size(); ++s) {
      const bool of_records = case_.program.stages[s].kind == program::StageKind::Aggregate;
      (of_records ? counts_.records : counts_.units).add(found.stages[s]);
    }
    return difference(case_.program, expected_, found.outcome);
  }

  RandomCase& case_;
  std::uint64_t seed_;
  Counts& counts_;
  engine::RunOptions options_;
  engine::Outcome expected_;
};

// Empty if the engines agree on the case, in memory and, every other one, from files.
std::string run_case(std::uint64_t seed, const CaseSize& size, Counts& counts) {
  RandomCase c = random_case(seed, size);
  if (const auto wrong = program::verify(c.program); !wrong.empty()) {
    return "not a program: " + wrong.front();
  }
  ++counts.programs;
  counts.ops += c.program.ops.size();
  Comparison comparison(c, seed, counts);
  std::string said = comparison.in_memory();
  if (said.empty() && seed % 4 < 2) {
    ++counts.streamed;
    said = comparison.streamed();
  }
  return said;
}

// Lowers a size while the case still fails.
void shrink(std::uint64_t seed, CaseSize& size) {
  const auto try_size = [&](CaseSize smaller) {
    Counts ignored;
    if (run_case(seed, smaller, ignored).empty()) return false;
    size = smaller;
    return true;
  };
  for (std::size_t i = 0; i < size.results; ++i) {
    CaseSize smaller = size;
    smaller.only_result = i;
    if (try_size(smaller)) break;
  }
  for (std::size_t records = 0; records < size.records; records += records / 8 + 1) {
    CaseSize smaller = size;
    smaller.records = records;
    if (try_size(smaller)) break;
  }
  while (size.units > 1) {
    CaseSize smaller = size;
    --smaller.units;
    if (!try_size(smaller)) break;
  }
}

void print_failure(std::uint64_t seed, CaseSize size) {
  shrink(seed, size);
  Counts ignored;
  const std::string said = run_case(seed, size, ignored);
  const RandomCase c = random_case(seed, size);
  fmt::print("seed {}: {}\n", seed, said);
  for (std::size_t t = 0; t < c.records.size(); ++t) {
    fmt::print("table {}: {} records\n", t, c.records[t].row_count());
  }
  fmt::print("{} unit rows\n{}", c.units.rows().row_count(), program::print(c.program));
}

// When to stop: after so many cases, or after so long.
class Limit {
 public:
  explicit Limit(const std::string& text) : number_(std::strtoull(text.c_str(), nullptr, 10)) {
    is_time_ = !text.empty() && text.back() == 's';
  }
  [[nodiscard]] bool allows(std::uint64_t cases) const {
    return is_time_ ? std::chrono::steady_clock::now() - begun_ < std::chrono::seconds(number_)
                    : cases < number_;
  }

 private:
  std::uint64_t number_;
  bool is_time_ = false;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

int run(const Limit& limit, std::uint64_t first_seed) {
  Counts counts;
  for (std::uint64_t seed = first_seed; limit.allows(seed - first_seed); ++seed) {
    const CaseSize size;
    if (run_case(seed, size, counts).empty()) continue;
    print_failure(seed, size);
    return EXIT_FAILURE;
  }
  fmt::print("engines agree: {} programs of {} ops, {} of them from files too; in blocks {} "
             "records, {} of them left to the interpreter, {} by compiled code, and {} units, {} "
             "left, {} by compiled code\n",
             counts.programs, counts.ops, counts.streamed, counts.records.rows, counts.records.left,
             counts.records.compiled, counts.units.rows, counts.units.left,
             counts.units.compiled);
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace xize::differential

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: xize_engines CASES [FIRST_SEED]\n", stderr);
    return 2;
  }
  const std::uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  return xize::differential::run(xize::differential::Limit(argv[1]), first);
}

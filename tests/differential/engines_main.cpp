// One answer: random programs over random data, interpreted and by each other engine; the outcomes
// must be the same, to the last digit and fault.
//   xize_engines CASES [FIRST_SEED]      FIRST_SEED is 1 unless given
// A failure prints its seed and the smallest case found, and ends the run.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "runtime/blockwise/blockwise.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/print.h"
#include "runtime/program/verify.h"
#include "tests/differential/random_program.h"
#include "tests/differential/same_outcome.h"

namespace xize::differential {
namespace {

// Rows of stages that were computed in blocks, and how many were left to the interpreter.
struct InBlocks {
  std::uint64_t rows = 0;
  std::uint64_t left = 0;

  void add(const blockwise::StageReport& stage) {
    rows += stage.rows;
    left += stage.rows_left;
  }
};

// What was compared.
struct Counts {
  std::uint64_t programs = 0;
  std::uint64_t ops = 0;
  InBlocks units;
  InBlocks records;
};

// Empty if the engines agree on the case.
std::string run_case(std::uint64_t seed, const CaseSize& size, Counts& counts) {
  RandomCase c = random_case(seed, size);
  if (const auto wrong = program::verify(c.program); !wrong.empty()) {
    return "not a program: " + wrong.front();
  }
  engine::TableSource source(c.records);
  engine::RunOptions options;
  const std::size_t unit_rows = c.units.rows().row_count();
  if (seed % 3 == 0 && unit_rows > 0) options.trace_rows = {unit_rows / 2};
  const engine::Outcome expected = interpreter::run(c.program, c.units, source, options);
  const blockwise::Run found = blockwise::run(c.program, c.units, source, options);
  ++counts.programs;
  counts.ops += c.program.ops.size();
  for (std::size_t s = 0; s < found.stages.size(); ++s) {
    const bool of_records = c.program.stages[s].kind == program::StageKind::Aggregate;
    (of_records ? counts.records : counts.units).add(found.stages[s]);
  }
  return difference(c.program, expected, found.outcome);
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

int run(std::uint64_t cases, std::uint64_t first_seed) {
  Counts counts;
  for (std::uint64_t seed = first_seed; seed < first_seed + cases; ++seed) {
    const CaseSize size;
    if (run_case(seed, size, counts).empty()) continue;
    print_failure(seed, size);
    return EXIT_FAILURE;
  }
  fmt::print("engines agree: {} programs of {} ops; in blocks {} records, {} of them left to the "
             "interpreter, and {} units, {} left\n",
             counts.programs, counts.ops, counts.records.rows, counts.records.left,
             counts.units.rows, counts.units.left);
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
  return xize::differential::run(std::strtoull(argv[1], nullptr, 10), first);
}

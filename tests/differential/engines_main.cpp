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

// What was compared.
struct Counts {
  std::uint64_t programs = 0;
  std::uint64_t ops = 0;
  std::uint64_t unit_rows = 0;
  std::uint64_t records = 0;
  std::uint64_t records_in_blocks = 0;  // records of stages that were computed in blocks
  std::uint64_t records_left = 0;       // of these: left to the interpreter
};

// Empty if the engines agree on the case.
std::string run_case(std::uint64_t seed, const CaseSize& size, Counts& counts) {
  RandomCase c = random_case(seed, size);
  if (const auto wrong = program::verify(c.program); !wrong.empty()) {
    return "not a program: " + wrong.front();
  }
  engine::TableSource source(c.records);
  const engine::Outcome expected = interpreter::run(c.program, c.units, source, {});
  const blockwise::Run found = blockwise::run(c.program, c.units, source, {});
  ++counts.programs;
  counts.ops += c.program.ops.size();
  counts.unit_rows += c.units.rows().row_count();
  for (const table::Table& records : c.records) counts.records += records.row_count();
  for (const blockwise::StageReport& stage : found.stages) {
    counts.records_in_blocks += stage.rows;
    counts.records_left += stage.rows_left;
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
  fmt::print("engines agree: {} programs of {} ops, {} unit rows, {} records; in blocks {} "
             "records, {} of them left to the interpreter\n",
             counts.programs, counts.ops, counts.unit_rows, counts.records,
             counts.records_in_blocks, counts.records_left);
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

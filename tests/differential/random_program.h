// random_program: programs and data that nobody would write, by seed.
// In: a seed and how large. Out: a verified program over units and two tables of records, with
// every op of ops.def, and data on, next to and far beyond every boundary: zero denominators,
// fractions, numbers of 64 bits and more, missing, 不涉及, pending and bad cells.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/program/program.h"
#include "runtime/table/table.h"

namespace xize::differential {

// How large a case is; a failure is made smaller by lowering these.
struct CaseSize {
  std::size_t results = 6;  // expressions whose values are watched
  std::size_t depth = 4;
  std::size_t units = 4;
  std::size_t records = 60;
  std::size_t only_result = 0xffffffffu;  // watch no other than this one
};

struct RandomCase {
  program::Program program;
  table::UnitTable units;
  std::vector<table::Table> records;
};

RandomCase random_case(std::uint64_t seed, const CaseSize& size);

}  // namespace xize::differential

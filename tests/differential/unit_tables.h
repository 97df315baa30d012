// unit_tables: one random unit table, read row by row and in pieces on all cores.
#pragma once

#include <cstdint>
#include <string>

namespace xize::differential {

// What the two readings differ in; empty: nothing. Adds to `units` those that were read. A table
// that was read in two ways is left in the current folder.
std::string unit_tables_difference(std::uint64_t seed, std::uint64_t& units);

}  // namespace xize::differential

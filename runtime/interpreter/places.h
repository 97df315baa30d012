// places: who stands before whom, and who is among the best n (language §6.7).
// Ranks are 1, 2, 2, 4 unless dense. A tie at the cut has no default: the units it leaves open get
// TieAtCut, all others are decided.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/interpreter/population.h"
#include "runtime/interpreter/use.h"

namespace xize::interpreter {

// What is compared, most important first.
using Measures = std::vector<Value>;

// The rows of a field, and those that take part.
struct Field {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> participants;
};

// Is `a` strictly better than `b`: higher at the first measure that differs; with `ascending` the
// first measure counts downwards. All measures are numbers.
bool is_better(const Measures& a, const Measures& b, bool ascending);

// The place of each row of the field. A row that takes no part gets the place it would have had.
void apply_rank(const PopulationOp& p, const Field& field, std::vector<Value>& out);

// Whether each row of the field is among the best `places` candidates.
void apply_take(const PopulationOp& p, const Field& field, std::vector<Value>& out);

// Of candidates sorted from best to worst, the first `places`: true, false, or empty for those
// that a tie at the cut leaves open.
std::vector<std::optional<bool>> take_best(std::span<const Measures> sorted, std::size_t places,
                                           program::Ties ties);

}  // namespace xize::interpreter

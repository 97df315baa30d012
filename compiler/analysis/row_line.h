// The rows of a table laid out on the line of the value they test.
// In: rows whose bounds are constant, and the range of the value. Out: pieces of that range, from
// low to high, each with the rows that fit it.
// Must hold: the pieces are disjoint and together the whole range; in a piece the same rows fit.
// Cost: linear in rows times pieces; at most kRowsMax rows are laid out.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "compiler/analysis/evaluator.h"

namespace xize::analysis {

inline constexpr std::size_t kRowsMax = 256;

// Part of the line, and the rows that fit all of it, in the order written.
struct LinePiece {
  Interval values;
  std::vector<std::size_t> rows;
};

// A table over one value.
struct RowLine {
  Estimate value;
  bool whole = false;                          // only integers occur
  std::vector<std::vector<Interval>> tests;    // by row: what it asks for; `otherwise`: all numbers
  std::vector<LinePiece> pieces;
};

// What a row asks for; nothing where it cannot be told.
std::optional<std::vector<Interval>> asked(Evaluator& evaluator, const ast::RowTest& test);
// The range as pieces between and at the ends of all that is asked for.
std::vector<Interval> pieces_of(const std::vector<std::vector<Interval>>& tests,
                                const Interval& range, bool whole);
// Whether a piece is asked for.
bool fits(const std::vector<Interval>& test, const Interval& values);

// Nothing where a bound is not constant, or where the rows test something else than a number.
std::optional<RowLine> line_of(const sema::Model& model, Evaluator& evaluator, ExprId value,
                               const std::vector<ast::Row>& rows);

// Adjacent pieces as one, where `same` says so of neighbours.
Interval joined(const Interval& low, const Interval& high);

}  // namespace xize::analysis

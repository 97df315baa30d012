// probe: what becomes of one item while one column of one unit changes and all else stays.
// In: a bench, a row, an item, a column. Out: samples, boundaries, the steps upwards.
// Must hold: every sample was scored by the interpreter; data that break a check have no score.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "compiler/whatif/axis.h"
#include "compiler/whatif/bench.h"

namespace xize::whatif {

// Which item, for which row of the bench, by which column.
struct ProbePlace {
  std::size_t row = 0;
  program::NodeId node;
  std::uint32_t column = 0;
  program::OpId result = {};  // a number to look at in place of an item's score
};

// The item with the column at one place of its axis.
struct Sample {
  bool allowed = false;                     // no check of the data is broken
  std::set<std::uint32_t> refused_by;       // the checks that are
  std::optional<value::Rational> score;     // what the item brings to the total
  std::vector<value::Value> turns;          // its comparisons and whole parts
  std::vector<std::optional<value::Rational>> gaps;  // left less right, by comparison
};

// What a search found: a place and the score there.
struct Step {
  std::int64_t place = 0;
  value::Rational score;
};

class Probe {
 public:
  Probe(driver::Scoring& scoring, Bench& bench, const ProbePlace& place);

  [[nodiscard]] const Axis& axis() const { return axis_; }
  const Sample& sample(std::int64_t place);

  // The next places with a higher score in one direction, nearest first: each row of a table that
  // is reached, or, where the score grows step by step, the next and the highest.
  std::vector<Step> steps_up(int direction);
  // The places, in order, where a comparison or a whole part of the item turns out otherwise than
  // one place before: boundaries of rows, guards and conditions.
  std::vector<std::int64_t> turns(int direction);
  // The nearest place, at most `within` away, where the score jumps: it changes there by more than
  // it does from any place beside to the next.
  std::optional<Step> jump(int direction, std::int64_t within);
  // Places worth a look in a direction, nearest first, the last that is allowed included.
  std::vector<std::int64_t> outline(int direction);
  // The checks of the data that leave no place beside the cell; empty if there is one.
  std::set<std::uint32_t> held_by();

 private:
  [[nodiscard]] std::int64_t far_enough() const;
  void add_roots(int direction, std::vector<std::int64_t>& places);
  // The place nearest to `from` in (from, to] where `holds`; it holds at `to`.
  template <class Holds>
  std::int64_t first_where(std::int64_t from, std::int64_t to, Holds holds);

  const program::Program& program_;
  Bench& bench_;
  ProbePlace place_;
  program::OpId score_;
  Axis axis_;
  bool penalty_ = false;
  std::vector<program::OpId> turns_;        // what a sample's `turns` are of
  std::vector<program::OpId> comparisons_;  // those of them with numbers on both sides
  std::map<std::int64_t, Sample> samples_;
};

// What may turn out otherwise where another row, guard or whole part is reached.
std::vector<program::OpId> turns_of(const program::Program& program, program::NodeId node);
// The columns of the unit table that an item reads, in the order it reads them.
std::vector<std::uint32_t> columns_read(const program::Program& program, program::NodeId node);
// The tables of records that it folds.
std::vector<std::uint16_t> records_read(const program::Program& program, program::NodeId node);
// It compares its unit with others.
bool compares_units(const program::Program& program, program::NodeId node);

}  // namespace xize::whatif

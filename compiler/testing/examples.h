// examples: inputs of one item that bring it into states no test has shown. Private to this room.
// In: a policy, an item. Out: cells and records, with the outcome the interpreter gives.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/testing/test_data.h"
#include "compiler/whatif/probe.h"

namespace xize::testing {

// Where an example lies.
enum class Where : std::uint8_t { Inside, Before, At, Behind };

struct Example {
  program::NodeId node;
  std::string unit;
  Where where = Where::Inside;
  std::uint32_t column = table::kNoColumn;  // whose boundary it is about
  std::vector<std::pair<std::uint32_t, value::Value>> cells;
  std::optional<std::uint16_t> record;      // one record of this table
  std::vector<std::pair<std::uint32_t, value::Value>> record_cells;
  value::Value score;
};

class ExampleFinder {
 public:
  explicit ExampleFinder(const driver::Compilation& compilation);
  // New examples of every item, in the order of the policy.
  std::vector<Example> run();

  [[nodiscard]] const driver::Scoring& scoring() const { return scoring_; }

 private:
  // How the conditions of an item turned out, and which comparisons were even.
  struct State {
    std::vector<value::Value> turns;
    std::vector<bool> even;
  };
  // Values for the columns of an item to start from.
  struct Start {
    std::int64_t shared, own;
    bool only_first;  // of the item's own columns; the others are 0
  };

  void load(const TestData& data);
  void limit_checks();
  void look_at_tests(program::NodeId node);
  void search(program::NodeId node);
  void search_from(program::NodeId node, const Start& start);
  void add_records(program::NodeId node, whatif::Bench& bench);
  [[nodiscard]] value::Value start_value(std::uint32_t column, const Start& start,
                                         bool first) const;
  void add_around(whatif::Bench& bench, const whatif::ProbePlace& place);
  void avoid_guards();
  bool add(whatif::Bench& bench, Example example, const whatif::CellChanges& changes, bool always);
  [[nodiscard]] std::size_t decided_by(const engine::Outcome& outcome) const;
  [[nodiscard]] std::vector<program::OpId> conditions_of(program::NodeId node) const;
  [[nodiscard]] State state_of(const engine::Outcome& outcome) const;
  [[nodiscard]] bool is_known(const State& state) const;

  const driver::Compilation& compilation_;
  const sema::Model& model_;
  driver::Scoring scoring_;
  std::size_t row_ = 0;
  std::vector<std::vector<std::uint32_t>> checks_;  // of each stage, as lowered
  // Of the item at hand.
  program::NodeId node_;
  std::string unit_;
  std::vector<std::uint32_t> columns_;
  std::vector<program::OpId> conditions_;
  std::vector<State> known_;
  std::vector<Example> found_;
};

}  // namespace xize::testing

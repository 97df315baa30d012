// stand: one unit with made-up data, scored again and again. Private to this room.
// In: a policy, the ops that are looked at, drafts of data. Out: their values.
// Must hold: only what the ops need is computed, and every value is the interpreter's. Checks of
// the data count where they read something the ops read, or are tied to it by such a check, so
// that the cells looked at can stand in a full row.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/testing/neutral.h"
#include "compiler/whatif/bench.h"
#include "compiler/whatif/reach.h"

namespace xize::extremes {

using value::Rational;
using value::Value;

// Equal records of the unit; blank cells are filled in, keys and months each with another value.
struct RecordKind {
  std::vector<Value> cells;
  std::int64_t times = 0;
};

// Data to be scored: the unit's row, other units that are all alike, records by table.
struct Draft {
  std::vector<Value> cells;
  std::vector<Value> others;
  std::vector<std::vector<RecordKind>> records;
};

class Stand {
 public:
  explicit Stand(const driver::Compilation& compilation);

  // From now on these ops are looked at, for a unit of this name.
  void aim(const std::vector<program::OpId>& ops, const std::string& unit);
  // Everything else is computed as well, as in a run.
  void compute_all();

  // Columns of the unit table and tables of records that the ops depend on.
  [[nodiscard]] const std::vector<std::uint32_t>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::uint16_t>& tables() const { return tables_; }
  // Columns that something is divided by.
  [[nodiscard]] bool divides(std::uint32_t column) const { return divisors_.contains(column); }
  // The unit is compared with others.
  [[nodiscard]] bool compares() const { return others_ > 0; }
  [[nodiscard]] std::size_t others() const { return others_; }
  // Numbers and texts that the policy writes in what the ops depend on.
  [[nodiscard]] const std::vector<Rational>& numbers() const { return numbers_; }
  [[nodiscard]] const std::vector<Value>& texts() const { return texts_; }

  // Data as a test has them that names nothing.
  [[nodiscard]] const Draft& plain() const { return plain_; }
  // What a cell of records holds that a draft leaves blank, in the row of this index.
  [[nodiscard]] Value neutral(std::uint16_t table, std::uint32_t column, std::size_t index) const;

  // Scores the draft; false where the data break a check.
  bool run(const Draft& draft);
  // The number that an op came to in the last run.
  [[nodiscard]] std::optional<Rational> number(program::OpId op) const;

  // For probes and explanations: the data and the outcome of the last run, in row 0.
  [[nodiscard]] driver::Scoring& scoring() { return scoring_; }
  [[nodiscard]] const program::Program& program() const { return scoring_.lowered.program; }
  [[nodiscard]] const lower::Lowered& lowered() const { return scoring_.lowered; }
  [[nodiscard]] const driver::Compilation& compilation() const { return compilation_; }
  [[nodiscard]] std::size_t runs() const { return runs_; }

 private:
  [[nodiscard]] bool is_input(const program::Op& op) const;
  void take_inputs(const whatif::Reach& reach);
  [[nodiscard]] bool shares_inputs(const whatif::Reach& reach) const;
  std::vector<std::uint32_t> find_inputs(const std::vector<program::OpId>& roots);
  void restrict_to(const std::vector<program::OpId>& roots,
                   const std::vector<std::uint32_t>& checks);
  void load(const Draft& draft);
  void name_units(const std::string& unit);
  [[nodiscard]] sema::ColumnId column_at(sema::TableId table, std::uint32_t index) const;

  const driver::Compilation& compilation_;
  driver::Scoring scoring_;
  std::vector<program::Stage> stages_;  // as lowered
  Draft plain_;
  testing::Neutral neutral_;
  std::vector<std::string> units_;      // the unit, then those it is compared with
  std::size_t others_ = 0;
  std::vector<std::uint32_t> columns_;
  std::vector<std::uint16_t> tables_;
  std::set<std::uint32_t> divisors_;
  std::vector<Rational> numbers_;
  std::vector<Value> texts_;
  std::size_t runs_ = 0;
};

}  // namespace xize::extremes

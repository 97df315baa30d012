// replay: what the solver found, as data that the interpreter scores.
// In: values of the unknowns. Out: a data set of one unit in one period, its outcome, and its cells
// as they stand in a file.
// Must hold: one replay at a time; the outcome is of the program as it is always run.
#pragma once

#include <map>

#include "compiler/driver/scoring.h"
#include "compiler/results/explanation_reader.h"
#include "compiler/testing/neutral.h"
#include "compiler/verify/encoder.h"
#include "compiler/verify/verify.h"

namespace xize::verify {

// One policy that is run again and again.
class Replay {
 public:
  Replay(const driver::Compilation& compilation, Workspace& space);

  // Makes the data and scores them.
  void run(Encoder& encoder, const smt::Assignment& values);

  [[nodiscard]] const program::Program& program() const { return scoring_.lowered.program; }
  [[nodiscard]] const lower::Lowered& lowered() const { return scoring_.lowered; }
  [[nodiscard]] const driver::Compilation& compilation() const { return compilation_; }
  [[nodiscard]] results::ExplanationReader reader() const { return {compilation_, scoring_, 0}; }
  // The data of the last run were admissible.
  [[nodiscard]] bool admissible() const { return !scoring_.outcome.faulty[0]; }
  [[nodiscard]] value::Value value(program::OpId op) const {
    return scoring_.outcome.value(op, 0);
  }
  [[nodiscard]] bool holds(program::OpId op) const;
  [[nodiscard]] std::optional<Rational> number(program::OpId op) const;
  [[nodiscard]] Datum datum(program::OpId op) const;

  // The rows of the last run with the columns that the roots read; rows of the unit are added to
  // `tables` where it already has them.
  void add_tables(const std::vector<program::OpId>& roots, std::vector<ExampleTable>& tables) const;
  void add_parameters(const std::vector<program::OpId>& roots,
                      std::vector<std::pair<std::string, std::string>>& parameters) const;

  // What cells hold that nothing is known of, and what an example is made to hold if it can.
  std::vector<std::pair<TermId, Rational>> wishes(Encoder& encoder,
                                                  const std::vector<TermId>& unknowns);

 private:
  struct Kind {  // equal rows of records
    std::vector<value::Value> cells;
    std::int64_t times = 0;
  };
  value::Value cell(const Cell& cell, const table::ColumnSchema& schema);
  [[nodiscard]] value::Value neutral(sema::TableId table, std::uint32_t column);
  void make_unit(Encoder& encoder);
  void make_records(std::uint16_t table);
  [[nodiscard]] std::string text(const value::Value& value) const;

  const driver::Compilation& compilation_;
  Workspace& space_;
  driver::Scoring scoring_;
  testing::Neutral neutral_;
  smt::Assignment values_;
  std::vector<value::Value> unit_cells_;
  std::vector<std::vector<Kind>> kinds_;  // by records table
  std::vector<std::optional<value::Value>> parameters_;
};

}  // namespace xize::verify

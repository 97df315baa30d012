// What the parts of an explanation share: the values of one traced row, and the policy's own words.
// In: a compilation and a scoring. Out: marks, data with their measures, quotations.
// Private to this room.
#pragma once

#include <string>
#include <vector>

#include "compiler/results/explanation.h"

namespace xize::results {

class ExplanationReader {
 public:
  ExplanationReader(const driver::Compilation& compilation, const driver::Scoring& scoring,
                    std::size_t row)
      : compilation_(compilation), scoring_(scoring), row_(row) {}

  [[nodiscard]] const program::Program& program() const { return scoring_.lowered.program; }
  [[nodiscard]] const sema::Model& model() const { return compilation_.model(); }
  [[nodiscard]] const driver::Scoring& scoring() const { return scoring_; }
  [[nodiscard]] std::size_t row() const { return row_; }

  // ---- values of the row
  [[nodiscard]] std::optional<value::Value> value(program::OpId op) const;
  [[nodiscard]] Mark mark(program::OpId op) const;
  [[nodiscard]] bool holds(program::OpId op) const;
  [[nodiscard]] std::optional<std::int64_t> whole(program::OpId op) const;
  // Of an op that is a fault; else nothing.
  [[nodiscard]] std::optional<FaultNote> fault(program::OpId op, program::Origin fallback) const;
  // The reports that stand in a node; of the rubric itself where `node` is invalid.
  [[nodiscard]] std::vector<ReportNote> reports(const program::Rubric& rubric,
                                                program::NodeId node) const;
  // The columns and folds behind something in `node`, each once.
  [[nodiscard]] std::vector<Reading> readings(const std::vector<program::OpId>& ops,
                                              sema::NodeId node) const;
  // A column or fold that an item of `node` read; nameless where it would say nothing.
  [[nodiscard]] Reading reading(program::OpId op, sema::NodeId node) const;
  // The value of an expression whose op is known.
  [[nodiscard]] Reading reading(program::OpId op, ast::ExprId expr) const;

  // `per R where C`: the records that are counted, and their number with its measure word.
  [[nodiscard]] std::string counted(const ast::Per& per) const;
  [[nodiscard]] static Datum count(const ast::Per& per, Datum number);

  // ---- what is written
  [[nodiscard]] const lower::Place* place(program::Origin origin) const;
  [[nodiscard]] std::string text(ast::Span span) const;  // on one line, comments left out
  [[nodiscard]] Written written(ast::Span span) const;
  [[nodiscard]] Written said(std::string text, ast::Span span) const;  // what was quoted there
  [[nodiscard]] Written head(ast::Span span) const;  // up to its `{`
  [[nodiscard]] Written written(program::Origin origin) const;
  [[nodiscard]] Written head(program::Origin origin) const;
  // The sentence of the document that stands above a clause or guard.
  [[nodiscard]] Written quote(const lower::Place& place) const;
  // All sentences of the item above a judged clause, as one: they are read together.
  [[nodiscard]] Written quotes(const lower::Place& place) const;
  [[nodiscard]] std::vector<Written> criteria(const lower::Place& place) const;
  // The readings that stand right below it.
  [[nodiscard]] std::vector<Written> assumed(const lower::Place& place) const;
  // The guard that decided among those of a node or rubric.
  [[nodiscard]] std::optional<Verdict> verdict(
      const std::vector<program::Decision>& decisions) const;
  [[nodiscard]] std::vector<OpenNote> open(const sema::Node& node) const;
  [[nodiscard]] std::optional<GradeNote> grade(
      const std::optional<program::GradeScheme>& scheme) const;

  // The node of the model that a node or rubric of the program stands for.
  [[nodiscard]] sema::NodeId model_node(program::Origin origin) const;
  // The column of the unit table that stands in this column of the schema.
  [[nodiscard]] sema::ColumnId unit_column(std::uint32_t index) const;

 private:
  [[nodiscard]] std::string cell_name(const program::Op& op, sema::NodeId node) const;
  [[nodiscard]] Reading expression_reading(program::OpId op, ast::ExprId expr) const;
  [[nodiscard]] Reading fold_reading(program::OpId op, const lower::Place& place) const;
  // A row of grades whose cut-off the document does not give.
  [[nodiscard]] bool is_open_row(const program::RowHit& row) const;
  [[nodiscard]] ReportNote report(const program::Report& report) const;
  // The innermost node around a place, or the one it was lowered for.
  [[nodiscard]] sema::NodeId home(const lower::Place& place) const;

  const driver::Compilation& compilation_;
  const driver::Scoring& scoring_;
  std::size_t row_;
};

// One node and what is in it; `depth` is not limited.
NodeExplanation explain_node(const ExplanationReader& reader, program::NodeId node);
// The clauses of an item, blocks before what is in them.
std::vector<ClauseStep> explain_clauses(const ExplanationReader& reader, const program::Node& node);
// Why a node does not apply.
NotApplicableNote explain_not_applicable(const ExplanationReader& reader, program::NodeId node);
RubricExplanation explain_rubric(const ExplanationReader& reader, std::size_t rubric);

}  // namespace xize::results

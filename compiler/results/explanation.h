// explanation: why one unit has the score it has, section by section.
// In: a Scoring whose row was traced. Out: plain values that printers turn into text, JSON and
// Markdown.
// Must hold: what decided is quoted as the policy's author wrote it, with its line; numbers are
// exact, only printers shorten them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/scoring.h"
#include "compiler/results/sheet.h"

namespace xize::results {

// A piece of the policy, on one line as it was written; `line` 0 where nothing was.
struct Written {
  std::string text;
  std::uint32_t line = 0;
  std::string file = {};  // that the policy imports; empty: the policy itself
  [[nodiscard]] bool present() const { return line != 0; }
};

// A result that is no points, under the section or item that declares it.
struct ReportNote {
  Reading result;
  Written quote;
  std::vector<Reading> inputs;
};

// One clause, or a block of clauses before those inside it.
struct ClauseStep {
  int depth = 0;
  Written clause;
  Written quote;                 // the sentence of the document above it; of a mark, all above it
  std::vector<Written> criteria; // of a mark: what it is given for
  std::vector<Written> assumed;  // readings that stand below it
  Reading measure;               // what it was counted over, if anything
  std::vector<Written> rows;     // of its table: those that fitted
  std::vector<Written> missed;   // of a checklist: boxes that are not ticked
  Mark amount;                   // negative: taken away
  bool active = true;            // its conditions hold
  bool deducts = false;
  bool open = false;  // the document gives no rule here
};

// The guard that decided.
struct Verdict {
  program::DecisionKind kind = program::DecisionKind::Zero;
  Written guard;
  Written quote;
  std::vector<Written> assumed;
};

// What could not be computed and where.
struct FaultNote {
  value::FaultKind kind = value::FaultKind::BadCell;
  std::string name;  // of the cell, where a cell is the cause
  Written place;
};

enum class NotApplicableWhy : std::uint8_t { Group, Cell, Guard, Above, Children };
struct NotApplicableNote {
  NotApplicableWhy why = NotApplicableWhy::Children;
  std::string name;  // the cell, or the node above
  Written place;     // the group or the guard
  Mark lost;         // points that nothing else takes over
};

// Where the document leaves something open.
struct OpenNote {
  Written what;
  std::string accepted;  // by whom, when; empty: nobody
};

// A grade with the row and the rules that gave it.
struct GradeNote {
  std::string grade;   // empty: none
  std::string by_row;  // the grade before the rules
  Written row;
  std::vector<std::pair<Written, std::string>> rules;  // those that held, and the grade after
  std::vector<Written> open;  // rows whose cut-off the document does not give
  std::optional<FaultNote> fault;
};

// A section, item, bonus or penalty block and what is in it.
struct NodeExplanation {
  program::NodeKind kind = program::NodeKind::Item;
  program::NodeId node;
  std::string name, title;
  std::uint32_t line = 0;
  Mark points;  // declared
  Mark worth;   // after redistribution
  Mark score;   // Absent: nothing in it earns points
  Mark before_factor;  // where there is redistribution
  Mark factor;         // Absent: 1
  Mark before_cap;     // where a limit changed it
  Mark before_round;   // where rounding changed it
  Written round;
  std::optional<value::Rational> lost;  // of what it is worth; ordinary nodes with a score only
  std::optional<Verdict> verdict;
  std::vector<ClauseStep> steps;
  std::vector<Reading> inputs;
  std::optional<FaultNote> fault;
  std::optional<NotApplicableNote> not_applicable;
  std::vector<ReportNote> reports;  // declared in it
  std::vector<OpenNote> open;
  std::optional<GradeNote> grade;
  std::vector<NodeExplanation> children;
};

enum class TotalPart : std::uint8_t {
  Sections,
  Bonus,
  Penalty,
  Together,
  Guard,
  Floor,
  Ceiling,
  Round,
  Total,
  Combined,
  Converted,
};
// One step from the sections to the result.
struct TotalStep {
  TotalPart part = TotalPart::Total;
  Mark value;
  Written rule;
};

// A data condition of the policy that the unit's data break.
struct BrokenCheck {
  bool blank = false;  // the check names a cell that must not be blank
  Written check;
  std::string table;       // the records, or empty for the unit's own row
  std::uint64_t line = 0;  // in the records
};

// One unit in one period by one rubric.
struct RubricExplanation {
  std::string unit, period, rubric, title;
  std::size_t row = 0;
  bool data_in_error = false;
  std::vector<BrokenCheck> broken;
  std::vector<NodeExplanation> nodes;
  bool has_total = true;
  Mark declared_total, total;
  std::vector<TotalStep> steps;
  std::optional<Verdict> verdict;
  std::optional<FaultNote> fault;
  bool reference = false;
  std::optional<std::int64_t> rank;
  std::int64_t ranked = 0;  // how many units have a rank
  std::optional<GradeNote> grade;
  std::vector<std::pair<std::string, Datum>> selections;            // Bool: taken or not
  std::vector<std::pair<std::string, RowSelectionSheet::Taken>> taken;  // its records, by selection
  std::vector<ReportNote> reports;  // of the rubric itself
  std::vector<OpenNote> open;       // of the rubric itself
};

struct Explanation {
  std::string item;  // what was asked for; empty: everything
  std::vector<RubricExplanation> rubrics;
};

struct ExplanationRequest {
  std::string unit;    // its own name
  std::string rubric;  // empty: all that score the unit
  std::string item;    // a section or item by name or path; empty: all
  std::string period;  // as `period_of` has it; empty: all
};

// `scoring` traced the rows of the unit.
Explanation explain(const driver::Compilation& compilation, const driver::Scoring& scoring,
                    const ExplanationRequest& request);
// One node of one traced row; what is in it included.
NodeExplanation explain_node(const driver::Compilation& compilation, const driver::Scoring& scoring,
                             std::size_t row, program::NodeId node);
// The result of one rubric for one traced row.
RubricExplanation explain_rubric(const driver::Compilation& compilation,
                                 const driver::Scoring& scoring, std::size_t row,
                                 std::size_t rubric);
// The data conditions that the unit's data break, in the order of the outcome's violations.
std::vector<BrokenCheck> broken_checks(const driver::Compilation& compilation,
                                       const driver::Scoring& scoring, std::size_t row);
// The node that a name or a path such as `事项管理.即办程度` means, of `rubric` or any if empty.
std::optional<program::NodeId> find_node(const program::Program& program, const std::string& rubric,
                                         const std::string& path);

std::string explanation_text(const Explanation& explanation, const ExplanationStyle& style);
std::string explanation_markdown(const Explanation& explanation, const ExplanationStyle& style);
std::string explanation_json(const Explanation& explanation);
// One node with all its details, each line behind `indent` blanks.
std::string node_text(const NodeExplanation& node, const ExplanationStyle& style, int indent);
// The same for programs: the object that explanation_json gives for it.
std::string node_json(const NodeExplanation& node);
// The steps of a total.
std::string total_text(const RubricExplanation& rubric, const ExplanationStyle& style, int indent);

std::string print_fault(const FaultNote& fault, Language language);

}  // namespace xize::results

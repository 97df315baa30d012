// verify: what a policy promises, proved for every admissible unit, or refuted by one.
// In: a sound Compilation. Out: for each item, section, total and property what was asked and the
// answer, with the reason where there is none.
// Must hold: a proof covers all data that the policy's declarations admit, in one period; a
// refutation was scored by the interpreter, which gave what is claimed. Data are taken to be filled
// in: marks are given and lie in their bands, cells of records are not 不涉及. Needs a build with
// Z3 (`can_verify`). Cost: a time limit for each question, and a few of
// them for all questions of a policy; questions run side by side.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/results/explanation.h"
#include "compiler/results/subject_kind.h"

namespace xize::verify {

using results::Datum;
using results::SubjectKind;
using results::Written;
using value::Rational;

// What is asked.
enum class Promise : std::uint8_t {
  InRange,       // a score lies between 0 and the points
  Computable,    // no fault: no division by zero, no average of nothing …
  ComputableOfSome,  // no fault but these: of a result without points
  RowsComplete,  // some row of each table fits
  RowsApart,     // no two rows of a table fit, other than in steps
  GuardsApart,   // guards with different outcomes do not hold together
  Holds,         // a condition the policy states
  Rises,         // never falls as the input rises
  Falls,         // never rises as the input rises
  Same,          // two items, or two policies, give the same
};

enum class State : std::uint8_t { Proved, Refuted, Undecided };

// Why there is no answer.
enum class Why : std::uint8_t {
  Population,   // a comparison with other units
  Periods,      // other periods of the unit
  Records,      // records, of which only few kinds were tried
  Groups,       // records by month or by key
  Calendar,     // months of days, working days
  Unspecified,  // the document gives no rule
  Power,        // a power or rounding whose exponent is not known
  Time,         // the time limit
  NoUnit,       // no unit is admissible: the declarations contradict each other
  Unconfirmed,  // the interpreter does not agree with what was found
};

// Rows of one data file that show it: only the columns that matter; all others may hold anything.
struct ExampleTable {
  std::string name;
  std::vector<std::string> columns;
  struct Row {
    std::vector<std::string> cells;
    std::int64_t times = 1;
  };
  std::vector<Row> rows;
};

// One counterexample, as the interpreter scored it.
struct Refutation {
  std::vector<ExampleTable> tables;  // the unit's first; two rows where two units are compared
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<Datum> values;         // of each row: the score or result in question
  std::optional<Rational> low, high; // InRange
  std::optional<results::FaultNote> fault;
  std::vector<Written> places;       // rows, guards, the property
};

struct Answer {
  Promise promise = Promise::InRange;
  State state = State::Undecided;
  Why why = Why::Time;               // of Undecided
  Written about;                     // the place behind the reason; or the property
  std::vector<Refutation> refutations;
};

// What the questions are about.
struct Subject {
  SubjectKind kind = SubjectKind::Item;
  std::string name;                  // 事项管理.即办程度; the title of a property
  std::uint32_t line = 0;
  std::vector<Answer> answers;
};

struct PolicyReport {
  std::string path;
  std::vector<Subject> subjects;
  std::vector<std::string> only_here, only_there;  // of two policies: items the other lacks
};

struct Options {
  std::chrono::milliseconds limit{2000};  // for each question; some of it for a policy in all
  unsigned threads = 2;
};

// Was the program built with what it takes?
bool can_verify();

PolicyReport verify(const driver::Compilation& policy, const Options& options);

// Two items of a policy, by name or path; nothing where a name is not known
// (`unknown` says which) or without Z3.
std::optional<PolicyReport> compare_items(const driver::Compilation& policy,
                                          const std::pair<std::string, std::string>& items,
                                          const Options& options, std::string& unknown);
// Items, sections and totals of the same name in two policies.
PolicyReport compare_policies(const driver::Compilation& policy, const driver::Compilation& other,
                              const Options& options);

struct Tally {
  std::size_t proved = 0, refuted = 0, undecided = 0;
};
Tally tally(const std::vector<PolicyReport>& reports);

struct ReportStyle {
  diagnostics::Language language = diagnostics::Language::Chinese;
  bool colour = false;
};
std::string report_text(const std::vector<PolicyReport>& reports, const ReportStyle& style);
std::string report_json(const std::vector<PolicyReport>& reports);

}  // namespace xize::verify

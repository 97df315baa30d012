// extremes: the least and the most that each item, section and total can come to, and with what
// data.
// In: a policy without errors but those of its analyses. Out: for each node and total both ends,
// with the data that give them.
// Must hold: every end that is found is the interpreter's own result for its data, which the
// declarations admit; it is called proved only where the text allows nothing beyond it. Everything
// is looked at for a unit to which the item applies and with nothing 不涉及; rules that the document
// leaves open count as 0.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/driver/compilation.h"
#include "compiler/results/explanation.h"
#include "compiler/results/subject_kind.h"

namespace xize::extremes {

using results::Reading;
using results::SubjectKind;
using value::Rational;

// Equal records: of which table, how many, and what their cells hold that matters.
struct RecordsRead {
  std::string table;
  std::int64_t times = 0;
  std::vector<Reading> cells;
};

// A part that is not at its own end where the whole is.
struct PartAway {
  std::string name;
  Rational here, own;
};

// The most, or the least. Of a penalty it is what is taken away.
struct End {
  bool found = false;
  Rational score;
  bool proved = false;
  bool endless = false;                     // the policy sets no end here: it goes on
  std::vector<Reading> inputs;              // cells of the unit that were used
  std::vector<Reading> others;              // of each of the other units, where they are compared
  std::size_t other_units = 0;
  std::vector<RecordsRead> records;
  std::vector<Reading> measures;            // what the rules were applied to
  std::optional<results::Verdict> verdict;  // the guard that decided
  bool of_parts = false;                    // a section or total: its parts together
  std::vector<PartAway> away;
};

// One item, section, block or total.
struct Subject {
  SubjectKind kind = SubjectKind::Item;
  bool leaf = false;
  bool penalty = false, bonus = false;      // it, or what it stands in
  std::string name, path;
  std::uint32_t line = 0;
  int depth = 0;
  std::string unit;                         // whom it is looked at for; empty: any unit
  std::optional<Rational> points;           // declared
  bool judged = false;                      // a mark of an assessor decides
  bool open = false;                        // the document leaves a rule in it open
  End most, least;
};

struct PolicyReach {
  std::string path;
  std::vector<Subject> subjects;            // in the order of the policy, a total before its parts
};

struct ReachRequest {
  std::string item;                         // only this item or section and what is in it
};

// Nothing where `item` names nothing.
std::optional<PolicyReach> find_extremes(const driver::Compilation& policy,
                                         const ReachRequest& request);

// Adds to findings that the rules of an item give more or less than its points with what data
// they give most: the findings of the sink from `first` on, about this policy.
void note_best(const driver::Compilation& policy, diagnostics::Sink& sink, std::size_t first);

struct ReachStyle {
  results::Language language = results::Language::Chinese;
};
std::string reach_text(const std::vector<PolicyReach>& reports, const ReachStyle& style);
std::string reach_json(const std::vector<PolicyReach>& reports);
// The data of one end in words: `即办件 = 10 件，事项总数 = 100 件`.
std::string data_words(const End& end, results::Language language);

}  // namespace xize::extremes

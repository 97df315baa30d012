// workspace: what the encodings of one verification share: the formulas, the unknown cells of one
// unit and of its records, and what is known of them.
// In: columns of a schema, by name. Out: unknowns, each once, so that two policies (or one policy
// twice) speak of the same unit. Private to this room.
// Must hold: facts hold for every admissible unit; links hold for the data that a counterexample is
// made of, which are only some of them: one unit, one period, few kinds of records.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "compiler/smt/term.h"
#include "runtime/base/string_pool.h"
#include "runtime/program/op.h"
#include "runtime/table/schema.h"

namespace xize::verify {

using smt::Bounds;
using smt::TermId;
using value::Rational;

// Records in a counterexample: two kinds of rows that occur any number of times, and two single
// ones, whose sums stay linear.
inline constexpr int kManyRows = 2;
inline constexpr int kWitnessRows = 4;
inline constexpr std::int64_t kRowsOfAKind = 300;
// The table of the parameters of a run.
inline constexpr const char* kParameters = "?";
// The row of which only the ranges of its columns are known: it stands for all.
inline constexpr int kAnyRow = 99;

// An unknown cell; a state that it cannot have is invalid.
struct Cell {
  TermId value;
  TermId missing, not_applicable;
  table::ColumnType type = table::ColumnType::Number;
};

// Why something is known only in part.
enum class ReasonKind : std::uint8_t {
  Population,   // a comparison with other units
  Periods,      // other periods of the unit
  Records,      // a way of folding records of which only the range is known
  Groups,       // records by month or by key
  Calendar,     // months of days, working days
  Unspecified,  // the document gives no rule
  Power,        // a power whose exponent is not known
};
struct Reason {
  ReasonKind kind = ReasonKind::Records;
  program::Origin origin;
};

// What one op comes to. `value` is a number or a boolean (dates, months and texts are numbers) and
// counts where no state holds; it is invalid where the op never has one. States exclude each other.
struct Meaning {
  TermId value;
  TermId missing, not_applicable, pending, fault;
};

// Keys of `known` and `shared`, beside the numbers of operations: what they are of.
inline constexpr std::uint32_t kCount = 1000, kRowFault = 1001, kRowsOf = 1002, kGroupKey = 1003;
inline constexpr std::uint32_t kGroups = 2000;  // and the operation

// A formula and the unknown it says something about.
struct Link {
  TermId about, formula;
};

class Workspace {
 public:
  // `period`: the one that records of a counterexample lie in.
  explicit Workspace(value::Month period) : period_(period) { texts.intern(""); }

  smt::Terms terms;
  base::StringPool texts;  // texts are their numbers here, whichever policy they come from
  std::vector<TermId> facts;
  std::vector<Link> links;
  std::unordered_map<TermId, Reason> reasons;         // by unknown
  // Unknowns for what is not computed here, by what they are of: equal things are one unknown,
  // wherever they are written.
  std::map<std::vector<std::uint32_t>, TermId> known;
  std::map<std::vector<std::uint32_t>, Meaning> shared;

  // The cell of the unit table (no name), of a row of records, or a parameter (`kParameters`).
  // Records are taken to be filled in: their cells are not 不涉及.
  const Cell& cell(const std::string& table, int row, const table::ColumnSchema& column);
  // The unit's own name, one of those that policies mention or another.
  TermId unit_name();
  void mention_unit(const std::string& name) { mentioned_.insert(name); }
  // The period of the unit's row, as a number of months.
  TermId period();
  // How often a kind of row occurs.
  TermId occurs(const std::string& table, int row);

  [[nodiscard]] value::Month period_of_example() const { return period_; }
  [[nodiscard]] TermId number_of(const value::Value& value, const base::StringPool& pool);
  TermId unknown(Bounds bounds, bool whole, Reason reason);
  TermId unknown_truth(Reason reason);
  [[nodiscard]] int next_single_row() { return ++single_rows_; }
  // The unit names that a counterexample may bear, the last one not mentioned by any policy.
  [[nodiscard]] std::vector<std::string> unit_names() const;

 private:
  using Key = std::tuple<std::string, int, std::string, table::ColumnType>;
  TermId value_of(const table::ColumnSchema& column);
  TermId number_of(const table::ColumnSchema& column);
  TermId label_of(const table::ColumnSchema& column);
  void write_out(TermId value);
  void hold_ends(TermId value, const table::Range& range);

  value::Month period_;
  std::map<Key, Cell> cells_;
  std::map<std::pair<std::string, int>, TermId> occurs_;
  std::set<std::string> mentioned_;
  TermId unit_name_, period_term_;
  int single_rows_ = kAnyRow;
};

// The number behind a date, a month or a number; nothing for other values.
std::optional<Rational> as_number(const value::Value& value);

}  // namespace xize::verify

// stage_query: an aggregate stage as one query, and what its answer means.
// In: a stage, how the columns are stored. Out: the SQL, which gives a row for each unit (and
// period) as the table writes them, with exact integers; `read` makes them the values of the
// stage's folds. Must hold: the values are those that runtime/interpreter folds from the same rows,
// provided that no row is odd: a cell that is not written plainly or breaks a rule, a data check
// that fails, a value that cannot be used. How many rows are odd is part of the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/sql/expressions.h"

namespace xize::sql {

// How a fold is put together from columns of the answer.
struct FoldColumns {
  program::OpId op;
  program::Opcode code = program::Opcode::fold_count;
  program::Type type = program::Type::Number;
  value::Rational denominator = 1;
  value::Rational bound = 0;  // of one element, in units of the denominator
  std::uint32_t column = 0;   // of the answer; an average takes two, its count behind its sum
};

// The columns of the answer before those of the folds.
inline constexpr std::uint32_t kUnitColumn = 0;
inline constexpr std::uint32_t kPeriodColumn = 1;  // NULL if rows have none
inline constexpr std::uint32_t kRowsColumn = 2;
inline constexpr std::uint32_t kLateColumn = 3;  // after the cutoff: they are in no fold
inline constexpr std::uint32_t kOddColumn = 4;
inline constexpr std::uint32_t kFirstFold = 5;

// The columns of the answer are named by their number.
std::string answer_column(std::size_t number);

struct StageQuery {
  std::string sql;
  std::vector<std::string> keys;        // each gives rows where a key occurs twice
  std::vector<std::string> key_counts;  // each gives a unit and how often a key of its rows occurs
  std::vector<FoldColumns> folds;       // by op of the stage
  bool unit_periods = false;            // periods are written as in the unit table
  bool compares_units = false;          // units must be written by their own names
};

// The table of a stage: its columns by column of the schema, and what names given here begin with.
struct StageTable {
  const std::vector<StoredColumn>& columns;
  std::string names = "xize_";
};

// A refusal names the fold that cannot be said.
std::variant<StageQuery, Refusal> stage_query(const Dialect& dialect, const Setting& setting,
                                              const program::Stage& stage,
                                              const StageTable& table);

// A fold of one unit while the rows of the answer that belong to it arrive.
class Partial {
 public:
  using Cells = std::span<const std::optional<std::string_view>>;
  // False if the answer is no number, or if a second row comes that cannot be joined to the first.
  bool add(const FoldColumns& fold, Cells row);
  [[nodiscard]] value::Value result(const FoldColumns& fold) const;

 private:
  value::Rational sum_;
  value::Rational count_;
  std::optional<value::Rational> best_;
  bool seen_ = false;
};

}  // namespace xize::sql

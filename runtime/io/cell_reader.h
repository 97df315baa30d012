// cell_reader: the text of one cell to a value, by its column.
// In: a column's schema and UTF-8 text. Out: the value, or which rule the text breaks.
// Must hold: a text has one reading or is refused; numbers are exact.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "runtime/base/string_pool.h"
#include "runtime/io/cell_memo.h"
#include "runtime/io/data_problem.h"
#include "runtime/table/schema.h"
#include "runtime/value/value.h"

namespace xize::io {

// A number of more digits is no measurement; 38 is what a database's exact decimals hold.
inline constexpr std::size_t kCellDigitsMax = 38;

// A cell that breaks a rule of its column; `nearest` for a choice.
struct CellFault {
  ProblemKind kind = ProblemKind::BlankCell;
  std::string nearest = {};
};

using CellResult = std::variant<value::Value, CellFault>;

// Reads the cells of one column; the column and the pool outlive it.
class CellReader {
 public:
  CellReader(const table::ColumnSchema& column, base::StringPool& pool);

  // The text of a column that is not `needed` is not interned and comes back as Missing; so does
  // every Unit cell that names one: which unit it is, `UnitNames` knows.
  [[nodiscard]] CellResult read(std::string_view text);

 private:
  [[nodiscard]] CellResult read_anew(std::string_view text) const;
  [[nodiscard]] bool is_not_applicable(const std::string& folded) const;
  [[nodiscard]] CellResult read_blank() const;
  [[nodiscard]] CellResult read_typed(std::string_view text, const std::string& folded) const;
  [[nodiscard]] CellResult read_number(const std::string& folded) const;
  [[nodiscard]] CellResult check_number(value::Rational number) const;
  [[nodiscard]] CellResult read_choice(std::string_view text, const std::string& folded) const;
  [[nodiscard]] CellResult read_date(std::string_view text) const;
  [[nodiscard]] CellResult read_month(const std::string& folded) const;
  [[nodiscard]] CellResult read_text(std::string_view text) const;

  const table::ColumnSchema* column_;
  base::StringPool* pool_;
  std::unordered_set<std::string> not_applicable_;  // folded, lower case
  std::size_t not_applicable_bytes_max_ = 0;
  std::unordered_map<std::string, value::Value> choices_;  // by fold; labels of numbers too
  CellMemo memo_;
};

// The period a text names: `2023Q1`, `2023年第一季度`, `2023H1`, `2023年上半年`, `2023年`;
// months_each is 3, 6 or 12. Gives its first month.
std::optional<value::Month> parse_period(std::string_view folded, std::uint8_t months_each);

}  // namespace xize::io

// What an expression is: a base type, and for numbers a dimension (its unit of measure).
// In: declared types and literals. Out: Type values in the side table of Model.
// Must hold: dimensions are interned, so equal dimensions have equal handles; the first ones are
// the fixed handles below.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/ast/expr.h"
#include "runtime/base/id.h"
#include "runtime/base/store.h"
#include "runtime/base/string_pool.h"

namespace xize::sema {

using DimensionId = base::Id<struct DimensionTag>;
using ChoiceId = base::Id<struct ChoiceTag>;

// Base units that do not mix; hours are minutes, years are months.
enum class Measure : std::uint8_t { Points, Minutes, Days, Workdays, Months, Money };
inline constexpr std::size_t kMeasures = 6;

// A kind of thing that is counted, or a named unit: an index into DimensionTable's names.
inline constexpr std::uint32_t kAnyKind = 0;  // a count of no kind: mixes with every count

// Powers of base units. Counts do not multiply: a count times a count is a count of no kind.
struct Dimension {
  std::array<std::int8_t, kMeasures> powers{};
  std::int8_t count = 0;                   // -1, 0 or 1
  std::uint32_t kind = kAnyKind;           // of the count
  std::vector<std::pair<std::uint32_t, std::int8_t>> named;  // other units, by name, sorted
  friend auto operator<=>(const Dimension&, const Dimension&) = default;
};

inline constexpr DimensionId kPure{0u};      // no dimension
inline constexpr DimensionId kPoints{1u};
inline constexpr DimensionId kMinutes{2u};
inline constexpr DimensionId kDays{3u};
inline constexpr DimensionId kWorkdays{4u};
inline constexpr DimensionId kMonths{5u};
inline constexpr DimensionId kMoney{6u};
inline constexpr DimensionId kAnyCount{7u};

// Interned dimensions and the names of kinds.
class DimensionTable {
 public:
  DimensionTable();
  DimensionId intern(const Dimension& dimension);
  [[nodiscard]] const Dimension& operator[](DimensionId id) const { return store_[id]; }
  std::uint32_t kind(std::string_view name) { return names_.intern(name); }
  [[nodiscard]] std::string_view kind_name(std::uint32_t kind) const { return names_.text(kind); }
  DimensionId count_of(std::string_view kind);
  DimensionId named_unit(std::string_view unit);

 private:
  base::Store<DimensionId, Dimension> store_;
  std::map<Dimension, DimensionId> index_;
  base::StringPool names_;
};

enum class Base : std::uint8_t {
  Invalid,        // already reported; never reported again
  Number, Bool, Text, Date, Month, Choice, Unit,
  Records,        // a source of rows, only as an argument or behind `per`
  Group,          // a set of units, only behind `in` and `over`
  Grade,          // a grade of a rubric or section
  Missing, NotApplicable,
};

// What a number without dimension stands for where a clause takes an amount: a literal is points,
// a ratio a share of the worth, a plain number an error.
enum class Flavour : std::uint8_t { Plain, Literal, Ratio };

// The type of an expression.
struct Type {
  Base base = Base::Invalid;
  Flavour flavour = Flavour::Plain;
  bool mixed_kinds = false;      // a quotient of counts of different kinds
  bool whole = false;            // an integer by construction: counts, sums of counts
  bool scaled = false;           // from hours, years, 万元 …: a plain number beside it is ambiguous
  DimensionId dimension = kPure; // Number
  ChoiceId choice;               // Choice, Grade

  [[nodiscard]] bool is(Base b) const { return base == b; }
  [[nodiscard]] bool invalid() const { return base == Base::Invalid; }
  [[nodiscard]] bool pure() const { return base == Base::Number && dimension == kPure; }
  [[nodiscard]] bool literal() const { return pure() && flavour == Flavour::Literal; }
  [[nodiscard]] bool ratio() const { return pure() && flavour == Flavour::Ratio; }
  [[nodiscard]] bool points() const { return base == Base::Number && dimension == kPoints; }
  friend bool operator==(const Type&, const Type&) = default;
};

// What one of `word` is in the base unit of its measure: an hour is 60 minutes, a year 12 months,
// a percentage point 1/100. A literal's and a column's numbers are multiplied by it.
value::Rational base_factor(ast::UnitWord word);

}  // namespace xize::sema

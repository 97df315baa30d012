// schema: what data must look like, in plain structs without any type of the language.
// In: lowering fills one DataSchema from a checked policy. Out: readers and engines follow it.
// Must hold: column names are unique in their table and in NFC; every index is in range
// (`find_schema_fault` names the first breach).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/value.h"

namespace xize::table {

inline constexpr std::uint32_t kNoColumn = 0xffffffffu;

// What a cell holds. Choice and Unit cells are `value::Text` (the label, the unit's own name).
enum class ColumnType : std::uint8_t { Unit, Number, Bool, Text, Choice, Date, Month };

// How a number is written and spoken of; only a Ratio may be written with `%`.
enum class NumberKind : std::uint8_t { Plain, Count, Ratio, Points, Money, Quantity };

// A unit of measure that may follow the number in a cell: `3件`, `1.5万元` (factor 10000).
struct UnitSpelling {
  std::string text;
  value::Rational factor = 1;
};

// A word that may stand for a number in a cell: the level of a judged mark, `好` for 10.
struct NumberLabel {
  std::string text;
  value::Rational value;
};

// The details of a Number column.
struct NumberFormat {
  NumberKind kind = NumberKind::Plain;
  bool integer_only = false;
  bool non_negative = false;
  std::optional<value::Rational> step;  // every value is a multiple of it
  std::string unit;                     // for messages: 件, 元, workdays
  std::vector<UnitSpelling> spellings;  // accepted behind the number; blank cells have none
  std::vector<NumberLabel> labels;      // accepted in place of a number
};

// One end of a range; the value is a Rational, Date or Month.
struct Bound {
  value::Value value;
  bool closed = true;
};

// The values a column may take; a missing end is open to infinity.
struct Range {
  std::optional<Bound> low;
  std::optional<Bound> high;
};

// One column of a table.
struct ColumnSchema {
  std::string name;                  // unique in the table, qualified if need be: 即办程度.N
  std::vector<std::string> aliases;  // further headers, such as the bare N where unambiguous
  std::string display;               // what messages call it; empty: the name
  std::string description;
  ColumnType type = ColumnType::Number;
  NumberFormat number;               // Number only
  std::vector<std::string> choices;  // Choice only: the labels in order, best first
  std::uint8_t months_each = 1;      // Month only: 1, 3, 6 or 12; a cell may say 2023Q1, 2023年
  std::uint8_t months_or = 1;        // Month only: a cell may also name a period of so many
  Range range;                       // Number, Date and Month
  bool optional = false;             // a blank cell is `default_value`, else Missing
  bool judged = false;               // a mark: a blank cell is Pending
  bool accepts_not_applicable = true;
  bool needed = true;                       // false: checked, but texts are handed on as Missing
  std::vector<std::string> not_applicable;  // spellings besides 不涉及 and n/a
  std::optional<value::Value> default_value;
};

// One table: the unit table (a row for each unit and period) or one of records.
struct TableSchema {
  std::string name;
  std::string description;
  std::vector<ColumnSchema> columns;
  std::uint32_t unit_column = kNoColumn;         // whose row it is; its type is Unit
  std::uint32_t period_column = kNoColumn;       // its period, if rows have one
  std::vector<std::vector<std::uint32_t>> keys;  // columns whose cells together occur only once
  std::uint32_t cutoff_column = kNoColumn;       // records: the Date or Month that `cutoff` limits
  std::optional<value::Date> cutoff = {};        // later rows are left out, and counted
  bool is_unit_table = false;
  bool file_optional = false;  // records only: no file means no rows
};

// All tables of a policy.
struct DataSchema {
  TableSchema units;
  std::vector<TableSchema> records;
};

// The column of that exact name; kNoColumn if there is none.
std::uint32_t find_column(const TableSchema& table, std::string_view name);

// The records table of that exact name.
std::optional<std::uint32_t> find_records(const DataSchema& schema, std::string_view name);

// What messages call a column.
inline const std::string& display_name(const ColumnSchema& column) {
  return column.display.empty() ? column.name : column.display;
}

// True if `v` lies in the range; a value of another type than the ends' never does.
bool contains(const Range& range, const value::Value& v);

// The period that a month lies in: its first month, for periods of 1, 3, 6 or 12 months.
value::Month period_start(value::Month month, std::uint8_t months_each);

// A breach of the rules above, in words for whoever built the schema; empty if sound.
std::optional<std::string> find_schema_fault(const DataSchema& schema);

// Columns as the language declares them, for lowering and tests.
ColumnSchema unit_column(std::string name);
ColumnSchema count_column(std::string name, std::string of = {});
ColumnSchema number_column(std::string name, NumberKind kind = NumberKind::Plain);
ColumnSchema typed_column(std::string name, ColumnType type);
ColumnSchema choice_column(std::string name, std::vector<std::string> labels);

}  // namespace xize::table

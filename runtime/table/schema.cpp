#include "runtime/table/schema.h"

#include <algorithm>
#include <compare>
#include <set>
#include <utility>

namespace xize::table {
namespace {

using value::Value;

// Order of two values of the same ordered type; empty for any other pair.
std::optional<std::strong_ordering> compare(const Value& a, const Value& b) {
  if (const auto* x = std::get_if<value::Rational>(&a)) {
    if (const auto* y = std::get_if<value::Rational>(&b)) return *x <=> *y;
  } else if (const auto* d = std::get_if<value::Date>(&a)) {
    if (const auto* y = std::get_if<value::Date>(&b)) return *d <=> *y;
  } else if (const auto* m = std::get_if<value::Month>(&a)) {
    if (const auto* y = std::get_if<value::Month>(&b)) return *m <=> *y;
  }
  return std::nullopt;
}

bool is_period_type(ColumnType type) {
  return type != ColumnType::Unit && type != ColumnType::Bool;
}

std::optional<std::string> find_column_fault(const ColumnSchema& column) {
  if (column.name.empty()) return "a column has no name";
  if (column.type == ColumnType::Choice && column.choices.empty()) {
    return "choice column " + column.name + " has no labels";
  }
  const auto each = column.months_each;
  if (each != 1 && each != 3 && each != 6 && each != 12) {
    return "column " + column.name + " has periods of " + std::to_string(each) + " months";
  }
  if (column.number.step && column.number.step->sign() <= 0) {
    return "column " + column.name + " has a step that is not positive";
  }
  return std::nullopt;
}

std::optional<std::string> find_table_fault(const TableSchema& table) {
  const std::size_t count = table.columns.size();
  if (table.unit_column >= count || table.columns[table.unit_column].type != ColumnType::Unit) {
    return "table " + table.name + " has no unit column";
  }
  if (table.period_column != kNoColumn &&
      (table.period_column >= count || !is_period_type(table.columns[table.period_column].type))) {
    return "table " + table.name + " has an unfit period column";
  }
  for (const auto& key : table.keys) {
    if (key.empty() || std::any_of(key.begin(), key.end(), [&](auto i) { return i >= count; })) {
      return "table " + table.name + " has a key outside its columns";
    }
  }
  std::set<std::string_view> names;
  for (const auto& column : table.columns) {
    if (auto fault = find_column_fault(column)) return "table " + table.name + ": " + *fault;
    if (!names.insert(column.name).second) {
      return "table " + table.name + " declares " + column.name + " twice";
    }
  }
  return std::nullopt;
}

}  // namespace

std::uint32_t find_column(const TableSchema& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return static_cast<std::uint32_t>(i);
  }
  return kNoColumn;
}

std::optional<std::uint32_t> find_records(const DataSchema& schema, std::string_view name) {
  for (std::size_t i = 0; i < schema.records.size(); ++i) {
    if (schema.records[i].name == name) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

bool contains(const Range& range, const Value& v) {
  if (range.low) {
    const auto order = compare(v, range.low->value);
    if (!order || *order < 0 || (*order == 0 && !range.low->closed)) return false;
  }
  if (range.high) {
    const auto order = compare(v, range.high->value);
    if (!order || *order > 0 || (*order == 0 && !range.high->closed)) return false;
  }
  return true;
}

value::Month period_start(value::Month month, std::uint8_t months_each) {
  const std::int32_t each = months_each;
  const std::int32_t rest = ((month.months % each) + each) % each;
  return value::Month{month.months - rest};
}

std::optional<std::string> find_schema_fault(const DataSchema& schema) {
  if (auto fault = find_table_fault(schema.units)) return fault;
  if (!schema.units.is_unit_table) return "table " + schema.units.name + " is not marked as units";
  std::set<std::string_view> names{schema.units.name};
  for (const auto& records : schema.records) {
    if (auto fault = find_table_fault(records)) return fault;
    if (!names.insert(records.name).second) return "table " + records.name + " is declared twice";
  }
  return std::nullopt;
}

ColumnSchema typed_column(std::string name, ColumnType type) {
  ColumnSchema column;
  column.name = std::move(name);
  column.type = type;
  return column;
}

ColumnSchema unit_column(std::string name) {
  auto column = typed_column(std::move(name), ColumnType::Unit);
  column.accepts_not_applicable = false;
  return column;
}

ColumnSchema number_column(std::string name, NumberKind kind) {
  auto column = typed_column(std::move(name), ColumnType::Number);
  column.number.kind = kind;
  return column;
}

ColumnSchema count_column(std::string name, std::string of) {
  auto column = number_column(std::move(name), NumberKind::Count);
  column.number.integer_only = true;
  column.number.non_negative = true;
  column.number.unit = std::move(of);
  return column;
}

ColumnSchema choice_column(std::string name, std::vector<std::string> labels) {
  auto column = typed_column(std::move(name), ColumnType::Choice);
  column.choices = std::move(labels);
  return column;
}

}  // namespace xize::table

#include "compiler/extremes/candidates.h"

#include <algorithm>

namespace xize::extremes {
namespace {

using table::ColumnType;

// Much of it, as far as the column allows.
Value much_of(const table::ColumnSchema& column, const Value& plain) {
  if (!is_number(column) || column.judged) return plain;
  const bool ratio = column.number.kind == table::NumberKind::Ratio;
  const Value value = Rational(ratio ? 1 : kPlenty);
  return table::contains(column.range, value) ? value : plain;
}

}  // namespace

std::vector<Draft> starts_of(const Stand& stand) {
  const auto& columns = stand.program().schema.units.columns;
  std::vector<Draft> starts;
  const auto add = [&](auto is_much) {
    Draft& draft = starts.emplace_back(stand.plain());
    for (const std::uint32_t c : stand.columns()) {
      if (is_much(c)) draft.cells[c] = much_of(columns[c], draft.cells[c]);
    }
    draft.others = draft.cells;
  };
  add([&](std::uint32_t c) { return stand.divides(c); });
  starts.push_back(starts.front());
  for (const std::uint32_t c : stand.columns()) {
    if (columns[c].type == ColumnType::Bool) starts.back().cells[c] = true;
  }
  add([](std::uint32_t) { return true; });
  for (const std::uint32_t only : stand.columns()) {
    if (!is_number(columns[only]) || stand.divides(only)) continue;
    add([&](std::uint32_t c) { return c == only || stand.divides(c); });
  }
  add([](std::uint32_t) { return false; });
  return starts;
}

std::vector<Value> values_for(Stand& stand, const table::ColumnSchema& column,
                              const Value& plain) {
  std::vector<Value> values;
  const auto add = [&](const Value& value) {
    const bool number = std::holds_alternative<Rational>(value);
    const auto* n = std::get_if<Rational>(&value);
    if (number && column.number.integer_only && !n->is_integer()) return;
    if (number && column.number.non_negative && n->sign() < 0) return;
    const bool ranged = number || std::holds_alternative<value::Date>(value);
    if (value == plain || (ranged && !table::contains(column.range, value))) return;
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  };
  base::StringPool& pool = stand.scoring().lowered.program.strings;
  switch (column.type) {
    case ColumnType::Bool:
      add(true);
      add(false);
      break;
    case ColumnType::Choice:
      for (const auto& label : column.choices) add(value::Text{pool.intern(label)});
      break;
    case ColumnType::Text:
      for (const Value& text : stand.texts()) add(text);
      break;
    case ColumnType::Number:
      for (const auto* end : {&column.range.low, &column.range.high}) {
        if (*end && (*end)->closed) add((*end)->value);
      }
      for (const Rational& number : stand.numbers()) {
        add(number);
        add(number + Rational(1));
      }
      for (const std::int64_t round : {std::int64_t{0}, std::int64_t{1}, kPlenty}) {
        add(Rational(round));
      }
      break;
    case ColumnType::Date:
      for (const Rational& number : stand.numbers()) {
        const auto days = number.to_int64();
        const auto* from = std::get_if<value::Date>(&plain);
        if (!days || from == nullptr || *days < 0 || *days > 4000) continue;
        add(value::Date{from->days + static_cast<std::int32_t>(*days)});
        add(value::Date{from->days + static_cast<std::int32_t>(*days) + 1});
      }
      break;
    default: break;
  }
  return values;
}

std::vector<RecordKind> kinds_of(Stand& stand, std::uint16_t table) {
  const table::TableSchema& schema = stand.program().schema.records[table];
  const RecordKind plain{std::vector<Value>(schema.columns.size(), value::Missing{}), 0};
  std::vector<RecordKind> kinds(4, plain);
  for (std::uint32_t c = 0; c < schema.columns.size(); ++c) {
    const table::ColumnSchema& column = schema.columns[c];
    const Value neutral = stand.neutral(table, c, 0);
    const Value much = much_of(column, neutral);
    if (column.type == ColumnType::Bool) kinds[1].cells[c] = kinds[3].cells[c] = true;
    if (much != neutral) kinds[2].cells[c] = kinds[3].cells[c] = much;
  }
  const bool numbers = kinds[2].cells != plain.cells;
  for (const std::size_t from : {std::size_t{0}, std::size_t{2}}) {
    if (from > 0 && !numbers) continue;
    for (std::uint32_t c = 0; c < schema.columns.size(); ++c) {
      if (c == schema.unit_column || c == schema.period_column) continue;
      for (const Value& value : values_for(stand, schema.columns[c], stand.neutral(table, c, 0))) {
        kinds.push_back(kinds[from]);
        kinds.back().cells[c] = value;
      }
    }
  }
  return kinds;
}

}  // namespace xize::extremes

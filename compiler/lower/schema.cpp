// The data schema: what files must look like, from the columns of the model.
// Numbers in cells are as written (hours, 万元); the program multiplies them into base units.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

using ast::TypeKind;
using sema::ColumnId;
using table::ColumnSchema;
using table::NumberKind;

table::ColumnType type_of(const sema::Column& column) {
  switch (column.type.base) {
    case sema::Base::Bool: return table::ColumnType::Bool;
    case sema::Base::Date: return table::ColumnType::Date;
    case sema::Base::Month: return table::ColumnType::Month;
    case sema::Base::Choice: return table::ColumnType::Choice;
    case sema::Base::Unit: return table::ColumnType::Unit;
    case sema::Base::Text: return table::ColumnType::Text;
    default: return table::ColumnType::Number;
  }
}

// What may stand behind a number, in units of the column as it is declared.
std::vector<table::UnitSpelling> spellings_of(const sema::Column& column) {
  switch (column.kind) {
    case TypeKind::Points: return {{"分", 1}, {"points", 1}};
    case TypeKind::Days: return {{"天", 1}, {"日", 1}, {"days", 1}, {"day", 1}};
    case TypeKind::Workdays:
      return {{"个工作日", 1}, {"工作日", 1}, {"workdays", 1}, {"workday", 1}};
    case TypeKind::Hours:
      return {{"小时", 1}, {"个小时", 1}, {"hours", 1}, {"hour", 1}, {"分钟", {1, 60}},
              {"minutes", {1, 60}}};
    case TypeKind::Minutes:
      return {{"分钟", 1}, {"minutes", 1}, {"minute", 1}, {"小时", 60}, {"hours", 60}};
    case TypeKind::Money: return {{"元", 1}, {"万元", 10'000}, {"亿元", 100'000'000}};
    case TypeKind::Count: {
      std::vector<table::UnitSpelling> words;
      for (const char* word : {"个", "件", "项", "次", "例", "条", "份", "处", "起", "家", "户", "人",
                               "人次", "名", "位", "张", "篇"}) {
        words.push_back({word, 1});
      }
      return words;
    }
    default: break;
  }
  if (column.measure_name.empty()) return {};
  std::vector<table::UnitSpelling> words = {{column.measure_name, 1}};
  if (column.type.dimension == sema::kMoney) {
    for (const auto& [text, yuan] : {std::pair("元", 1), {"万元", 10'000}, {"亿元", 100'000'000}}) {
      if (text != column.measure_name) words.push_back({text, Rational(yuan) / column.factor});
    }
  }
  return words;
}

NumberKind number_kind(const sema::Column& column) {
  switch (column.kind) {
    case TypeKind::Count: return NumberKind::Count;
    case TypeKind::Ratio: return NumberKind::Ratio;
    case TypeKind::Points: return NumberKind::Points;
    case TypeKind::Money: return NumberKind::Money;
    case TypeKind::Number:
      return column.measure_name.empty() ? NumberKind::Plain : NumberKind::Quantity;
    default: return NumberKind::Quantity;
  }
}

std::optional<table::Bound> bound_of(const sema::Column& column,
                                     const std::optional<sema::Bound>& bound) {
  if (!bound) return std::nullopt;
  if (column.type.is(sema::Base::Date)) return table::Bound{bound->date, bound->closed};
  if (column.type.is(sema::Base::Month)) return table::Bound{bound->month, bound->closed};
  return table::Bound{bound->number / column.factor, bound->closed};
}

// Units outside the item's groups may leave its inputs blank; those inside are checked by the
// program (checks.cpp), for a reader does not know them apart.
bool is_scoped(const Lowering& l, NodeId node) {
  for (; node.valid(); node = l.node(node).parent) {
    const sema::GroupId group = l.node(node).for_group;
    if (!group.valid()) continue;
    const sema::Group& g = l.model.groups[group];
    if (g.op != ast::GroupOp::All || g.where.valid()) return true;
  }
  return false;
}

// The points of the judged clause where they are constant: the largest mark.
std::optional<Rational> largest_mark(const Lowering& l, const sema::Column& column) {
  const auto& clause = l.model.entry_as<ast::Clause>(column.judge);
  if (!clause.worth.valid()) return l.node(column.item).points_value;
  const auto worth = sema::constant_value(l.model, clause.worth);
  const auto points = l.node(column.item).points_value;
  if (!worth || !sema::is_share(l.model.type(clause.worth))) return worth;
  return points ? std::optional(*worth * *points) : std::nullopt;
}

// Levels with one value may be entered by name. Levels of two judged branches may disagree: then
// the name says nothing and is not accepted.
void add_labels(const Lowering& l, const sema::Column& column, ColumnSchema& out) {
  const auto most = largest_mark(l, column);
  for (const sema::LevelLabel& level : column.levels) {
    std::optional<Rational> mark = Rational(0);
    if (level.kind == ast::RowResultKind::Full) mark = most;
    if (level.kind == ast::RowResultKind::Amount) {
      mark = sema::constant_value(l.model, level.amount);
      const bool share = sema::is_share(l.model.type(level.amount));
      if (mark && share) mark = most ? std::optional(*mark * *most) : std::nullopt;
    }
    if (mark) out.number.labels.push_back({level.label, *mark});
  }
  auto& labels = out.number.labels;
  const auto disputed = [&](const table::NumberLabel& label) {
    return std::any_of(labels.begin(), labels.end(), [&](const table::NumberLabel& other) {
      return other.text == label.text && other.value != label.value;
    });
  };
  std::vector<table::NumberLabel> agreed;
  std::copy_if(labels.begin(), labels.end(), std::back_inserter(agreed),
               [&](const auto& label) { return !disputed(label); });
  labels = std::move(agreed);
}

ColumnSchema column_of(const Lowering& l, const sema::Column& column) {
  ColumnSchema out;
  out.name = column.qualified;
  out.description = column.description;
  out.type = type_of(column);
  out.optional = column.optional || column.default_value.valid();
  out.not_applicable = column.not_applicable;
  out.needed = false;
  out.range = {bound_of(column, column.range.low), bound_of(column, column.range.high)};
  if (column.type.is(sema::Base::Choice)) out.choices = l.model.choices[column.type.choice].labels;
  if (out.type == table::ColumnType::Number) {
    out.number.kind = number_kind(column);
    out.number.integer_only = column.kind == TypeKind::Count;
    out.number.non_negative = column.kind == TypeKind::Count;
    out.number.step = column.step;
    out.number.unit = column.measure_name;
    out.number.spellings = spellings_of(column);
  }
  out.judged = column.judged && !column.optional;
  if (column.origin == sema::ColumnOrigin::Mark) {
    out.judged = true;
    add_labels(l, column, out);
  }
  if (column.origin == sema::ColumnOrigin::Input && is_scoped(l, column.item)) out.optional = true;
  return out;
}

// The bare name where only one column of the table has it.
void add_aliases(const Lowering& l, const sema::Table& table, table::TableSchema& out) {
  std::unordered_map<std::string, int> uses;
  for (const ColumnId id : table.columns) ++uses[l.model.columns[id].name];
  for (const ColumnId id : table.columns) {
    const sema::Column& column = l.model.columns[id];
    const std::uint32_t place = l.lowered.columns[id.index];
    if (place == table::kNoColumn || column.qualified == column.name) continue;
    const bool taken = table::find_column(out, column.name) != table::kNoColumn;
    if (uses[column.name] == 1 && !taken) out.columns[place].aliases.push_back(column.name);
  }
}

std::uint32_t place_of(const Lowering& l, ColumnId column) {
  return column.valid() ? l.lowered.columns[column.index] : table::kNoColumn;
}

std::optional<value::Date> cutoff_of(const sema::Model& model) {
  if (!model.cutoff.valid()) return std::nullopt;
  const ExprId date = model.entry_as<ast::Cutoff>(model.cutoff).date;
  if (!date.valid()) return std::nullopt;
  const auto* literal = std::get_if<ast::DateLit>(&model.expr(date).node);
  return literal == nullptr ? std::nullopt : std::optional(literal->date);
}

table::TableSchema table_schema(Lowering& l, const sema::Table& table) {
  table::TableSchema out;
  out.name = table.name;
  out.description = table.title;
  std::vector<std::uint32_t> key;
  for (const ColumnId id : table.columns) {
    const sema::Column& column = l.model.columns[id];
    if (column.origin == sema::ColumnOrigin::Computed) continue;
    l.lowered.columns[id.index] = static_cast<std::uint32_t>(out.columns.size());
    if (column.key) key.push_back(l.lowered.columns[id.index]);
    out.columns.push_back(column_of(l, column));
  }
  if (!key.empty()) out.keys.push_back(std::move(key));
  out.unit_column = place_of(l, table.unit_column);
  add_aliases(l, table, out);
  return out;
}

}  // namespace

std::uint8_t period_months(const sema::Model& model) {
  if (!model.period.valid()) return 1;
  switch (model.entry_as<ast::Period>(model.period).kind) {
    case ast::PeriodKind::Yearly: return 12;
    case ast::PeriodKind::HalfYearly: return 6;
    case ast::PeriodKind::Quarterly: return 3;
    case ast::PeriodKind::Monthly: return 1;
  }
  return 1;
}

void lower_schema(Lowering& l) {
  table::DataSchema& schema = l.program().schema;
  l.lowered.columns.assign(l.model.columns.size(), table::kNoColumn);
  for (std::size_t t = 0; t < l.model.tables.size(); ++t) {
    const sema::Table& table = l.model.tables[sema::TableId(t)];
    table::TableSchema out = table_schema(l, table);
    if (t == 0) {
      out.is_unit_table = true;
      out.period_column = place_of(l, table.month_column);
      if (out.period_column != table::kNoColumn) {
        out.columns[out.period_column].months_each = period_months(l.model);
      }
      schema.units = std::move(out);
      continue;
    }
    const bool periods = schema.units.period_column != table::kNoColumn;
    const ColumnId when = table.month_column.valid() ? table.month_column : table.date_column;
    if (periods) out.period_column = place_of(l, when);
    if (const auto cutoff = cutoff_of(l.model)) {
      out.cutoff = cutoff;
      out.cutoff_column = place_of(l, dated_by(table));
    }
    if (periods && table.month_column.valid()) {
      out.columns[out.period_column].months_or = period_months(l.model);
    }
    out.file_optional = table.sample.valid();  // it may be drawn anew
    schema.records.push_back(std::move(out));
  }
  for (std::size_t i = 0; i < l.model.parameters.size(); ++i) {
    const sema::Column& column = l.model.parameters[sema::ParameterId(i)].column;
    program::ParameterSlot slot;
    slot.name = column.name;
    slot.schema = column_of(l, column);
    slot.type = program::type_of(slot.schema);
    if (column.default_value.valid()) {
      const auto value = sema::constant_value(l.model, column.default_value);
      if (value) slot.default_value = *value / column.factor;
    }
    l.lowered.parameters.push_back(static_cast<std::uint32_t>(i));
    l.program().parameters.push_back(std::move(slot));
  }
}

ColumnId dated_by(const sema::Table& table) {
  return table.date_column.valid() ? table.date_column : table.month_column;
}

OpId lower_column(Lowering& l, sema::ColumnId id, const Context& context) {
  const sema::Column& column = l.model.columns[id];
  if (column.computed.valid()) return lower_expr(l, column.computed, context);
  Place place;
  place.kind = PlaceKind::Column;
  place.span = column.span;
  place.column = id;
  place.node = column.item;
  const Origin origin = l.origin(place);
  const std::uint32_t index = l.lowered.columns[id.index];
  OpId value;
  if (column.table == sema::kUnitTable) {
    value = l.build.unit_column(index, origin);
  } else {
    value = l.build.row_column(static_cast<std::uint16_t>(column.table.index - 1), index, origin);
  }
  if (column.factor != Rational(1)) {  // a cell that is missing or 不涉及 stays so
    const OpId scaled = l.op(Opcode::mul, {value, l.number(column.factor)});
    const OpId empty = l.build.or_(l.op(Opcode::is_missing, {value}), l.op(Opcode::is_na, {value}));
    value = l.build.select(empty, value, scaled);
  }
  if (!column.default_value.valid()) return value;
  return l.op(Opcode::coalesce, {value, lower_expr(l, column.default_value, context)});
}

}  // namespace xize::lower

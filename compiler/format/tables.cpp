// Columns with their types and constraints, tables, records and lookups.
#include <algorithm>
#include <string>

#include "compiler/format/blocks.h"
#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"
#include "compiler/format/rows.h"

namespace xize::format {
namespace {

using ast::ConstraintKind;

void print_choice(Page& page, const ast::Type& type) {
  page.put(page.words(type.kind), " { ");
  put_names(page, type.labels, true);
  page.put(" }");
}

// A kind of thing: one name, or two as in `次/月`.
void print_kind(Page& page, const ast::Name& kind, NamePlace place) {
  const auto bar = kind.text.find('/');
  const ast::Name above{kind.text.substr(0, bar), kind.span};
  if (bar == std::string::npos) return page.put(Called{kind, place});
  page.put(Called{above, place}, "/", Called{{kind.text.substr(bar + 1), kind.span}, place});
}

void print_type(Page& page, const ast::Type& type) {
  if (type.kind == ast::TypeKind::Named) return page.put(Called{type.of, NamePlace::Type});
  if (type.kind == ast::TypeKind::Choice) return print_choice(page, type);
  if (!type.of.present()) return page.put(page.words(type.kind));
  if (page.zh()) {
    print_kind(page, type.of, NamePlace::Type);
    return page.put(" ", Keyword("DE"), " ", page.words(type.kind));
  }
  page.put(page.words(type.kind), " ", Keyword("OF"), " ");
  print_kind(page, type.of, NamePlace::Declared);
}

void print_within(Page& page, const ast::Interval& interval) {
  const bool both_ends = interval.low.valid() && interval.high.valid();
  if (page.zh() && both_ends) {
    page.put(Keyword("WITHIN_RANGE"), " ");
    return print_range(page, interval);
  }
  page.put(Keyword("IN"), " ");
  print_interval(page, interval);
}

// 唯一 and 选填 follow the type after a blank, the rest after `，`.
void print_constraint(Page& page, const ast::Constraint& constraint) {
  const bool is_word =
      constraint.kind == ConstraintKind::Key || constraint.kind == ConstraintKind::Optional;
  page.zh() && !is_word ? page.put(Comma{}) : page.put(" ");
  switch (constraint.kind) {
    case ConstraintKind::Compare:
      put_sign(page, constraint.op,
               {constraint.span.begin, page.span(constraint.value).begin});
      return page.put(" ", Value{constraint.value, Binding::Operand});
    case ConstraintKind::Within: return print_within(page, constraint.interval);
    case ConstraintKind::Key: return page.put(Keyword("KEY"));
    case ConstraintKind::Optional: return page.put(Keyword("OPTIONAL"));
    case ConstraintKind::Default:
      return page.put(Keyword("DEFAULT"), " ", Value{constraint.value, Binding::Operand});
    case ConstraintKind::Step:
      return page.put(Keyword("STEP"), " ", Value{constraint.value, Binding::Operand});
    case ConstraintKind::NotApplicableAs:
      page.put(Keyword("NOT_APPLICABLE_AS"), " ");
      return put_strings(page, constraint.spellings);
    case ConstraintKind::Check:
      page.put(Keyword("CHECK"), " ");
      put_strings(page, constraint.spellings);
      return page.put(" ", Value{constraint.value});
  }
}

// Writes the names; how many cells they take.
int put_measured_names(Page& page, const std::vector<ast::Name>& names) {
  const auto before = page.sheet.mark();
  put_names(page, names, false);
  return page.sheet.width_since(before);
}

// The types of a table stand one below the other, unless its names are too wide for that.
constexpr int kAlignedMax = 32;

int widest_column(Page& page, const std::vector<ast::EntryId>& entries) {
  int widest = 0;
  for (const auto id : entries) {
    const auto* column = std::get_if<ast::Column>(&page.module.entries[id].node);
    if (column == nullptr || !column->type) continue;
    const auto before = page.sheet.mark();
    const int width = put_measured_names(page, column->names);
    page.sheet.go_back(before);
    if (width <= kAlignedMax) widest = std::max(widest, width);
  }
  return widest;
}

void print_lookup_row(Page& page, const ast::LookupRow& row) {
  put_list(page, row.keys, [&](const ast::RowTest& key) { print_row_test(page, key, false); });
  print_gets(page);
  put_values(page, row.values, Binding::Any);
}

// The first line of a grid names its columns; it is a row of the block like the others.
struct GridLine {
  const ast::LookupRow* row = nullptr;  // null: the line of columns
  source::Span span;
};

template <class F>
void for_each_child(const GridLine& line, F&& f) {
  if (line.row != nullptr) ast::for_each_child(*line.row, f);
}

std::vector<GridLine> grid_lines(const Page& page, const ast::Lookup& lookup) {
  std::vector<GridLine> lines;
  if (!lookup.grid_columns.empty()) {
    lines.push_back({nullptr, page.module.exprs[lookup.grid_columns.front()].span});
  }
  for (const auto& row : lookup.rows) lines.push_back({&row, row.span});
  return lines;
}

}  // namespace

void print(Page& page, const ast::Column& column) {
  const int width = put_measured_names(page, column.names);
  if (column.computed.valid()) return page.put(" = ", Value{column.computed});
  page.put(std::string(static_cast<std::size_t>(std::max(0, page.column_width - width)), ' '),
           page.zh() ? " ： " : " : ");
  if (column.type) print_type(page, *column.type);
  for (const auto& constraint : column.constraints) print_constraint(page, constraint);
  if (!column.description.empty()) page.put(Gap{}, Quoted{column.description});
}

void print(Page& page, const ast::Table& table) {
  page.put(table.records ? Keyword("RECORDS") : Keyword("TABLE"), " ", Called{table.name});
  if (!table.title.empty()) page.put(" ", Quoted{table.title});
  print_columns(page, table.entries);
}

void print_columns(Page& page, const std::vector<ast::EntryId>& columns) {
  page.column_width = widest_column(page, columns);
  print_entries(page, columns);
  page.column_width = 0;
}

void print(Page& page, const ast::FilteredRecords& records) {
  page.put(Keyword("RECORDS"), " ", Called{records.name}, " = ",
           Called{records.base, NamePlace::Operand});
  if (page.zh()) return page.put("（", Keyword("WHERE"), " ", Value{records.where}, "）");
  page.put(Gap{}, Keyword("WHERE"), " ", Value{records.where});
}

void print(Page& page, const ast::Partition& partition) {
  const bool equal = partition.op == ast::BinaryOp::Eq;
  if (page.zh()) {
    put_values(page, partition.terms, Binding::Sum);
    return page.put(" ", equal ? Keyword("SUM_EQUALS") : Keyword("SUM_AT_MOST"), " ",
                    Value{partition.whole});
  }
  page.put(Keyword("PARTITION"), " ");
  bool is_first = true;
  for (const auto term : partition.terms) {
    if (!is_first) page.put(Gap{}, "+ ");
    page.put(Value{term, Binding::Term});
    is_first = false;
  }
  page.put(equal ? " = " : " <= ", Value{partition.whole});
}

void print(Page& page, const ast::Check& check) {
  page.put(Keyword("CHECK"), " ", Quoted{check.text}, " ", Value{check.condition});
}

void print(Page& page, const ast::TypeDecl& declaration) {
  page.put(Keyword("TYPE"), " ", Called{declaration.name}, " = ");
  print_type(page, declaration.type);
}

void print(Page& page, const ast::Lookup& lookup) {
  page.put(Keyword("LOOKUP"), " ", Called{lookup.name}, page.zh() ? "（" : "(");
  put_names(page, lookup.params, false);
  page.put(page.zh() ? "）" : ")");
  const auto lines = grid_lines(page, lookup);
  print_block(page, lines, [&](const GridLine& line) {
    if (line.row != nullptr) return print_lookup_row(page, *line.row);
    page.put(Keyword("COLUMNS"), " ");
    put_values(page, lookup.grid_columns, Binding::Any);
  });
}

void print(Page& page, const ast::Parameter& parameter) {
  page.put(Keyword("PARAMETER"), " ");
  print(page, parameter.column);
}

void print(Page& page, const ast::Input& input) {
  page.put(Keyword("INPUT"), " ");
  print(page, input.column);
}

}  // namespace xize::format

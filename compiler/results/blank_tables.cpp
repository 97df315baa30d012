#include "compiler/results/blank_tables.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/report_data.h"
#include "compiler/driver/report_outcome.h"
#include "compiler/lower/lower.h"
#include "compiler/results/phrases.h"
#include "runtime/io/cell_reader.h"
#include "runtime/io/csv_writer.h"

namespace xize::results {
namespace {

using diagnostics::Language;
using diagnostics::Term;
using table::ColumnSchema;
using table::ColumnType;

const std::string& in(const Term& term, Language language) {
  return zh(language) ? term.chinese : term.english;
}

void add(Term& term, const std::string& english, const std::string& chinese) {
  term.english += "; " + english;
  term.chinese += "；" + chinese;
}

// Marks have names too: `好` for 36.
void add_levels(Term& term, const ColumnSchema& column) {
  std::vector<std::string> levels;
  for (const auto& label : column.number.labels) levels.push_back(label.text);
  if (!levels.empty()) {
    add(term, "or a level: " + joined(levels, ", "), "或档次：" + joined(levels, "、"));
  }
}

// The unit of measure: as the policy names it, else as it is spelled behind a number.
void add_unit(Term& term, const table::NumberFormat& number) {
  const bool measured = number.kind == table::NumberKind::Quantity ||
                        number.kind == table::NumberKind::Money;
  if (!number.unit.empty()) return add(term, "in " + number.unit, "单位：" + number.unit);
  if (!measured || number.spellings.empty()) return;
  const auto english = std::find_if(
      number.spellings.begin(), number.spellings.end(),
      [](const auto& spelling) { return static_cast<unsigned char>(spelling.text[0]) < 0x80; });
  const std::string& chinese = number.spellings.front().text;
  add(term, "in " + (english != number.spellings.end() ? english->text : chinese),
      "单位：" + chinese);
}

Term allowed_in(const ColumnSchema& column) {
  Term term = driver::expected_term(column);
  if (column.type == ColumnType::Choice) {
    term = {"one of: " + joined(column.choices, ", "), "以下之一：" + joined(column.choices, "、")};
  }
  if (column.range.low || column.range.high) {
    const Term range = driver::range_term(column.range);
    add(term, range.english, range.chinese);
  }
  if (column.number.step) {
    const std::string step = column.number.step->to_string();
    add(term, "in steps of " + step, "精确到 " + step);
  }
  add_unit(term, column.number);
  add_levels(term, column);
  return term;
}

// What the policy says: the description, else of a mark its item's title and criteria.
std::string meaning_of(const sema::Model& model, const sema::Column& column) {
  if (!column.description.empty() || !column.item.valid()) return column.description;
  const sema::Node& item = model.nodes[column.item];
  std::vector<std::string> words;
  if (!item.title.empty()) words.push_back(item.title);
  for (const ast::EntryId id : item.criteria) {
    words.push_back(model.entry_as<ast::Criterion>(id).text);
  }
  return joined(words, "；");
}

// Constraints by other columns: `不超过 办件数`.
void add_checks(Term& term, const driver::Compilation& compilation, const sema::Column& column) {
  for (const sema::ColumnCheck& check : column.checks) {
    const std::string with =
        " `" + std::string(compilation.file().slice(compilation.model().expr(check.value).span)) +
        "`";
    add(term, std::string(driver::sign_of(check.op, false)) + with,
        std::string(driver::sign_of(check.op, true)) + with);
  }
}

BlankColumn column_of(const driver::Compilation& compilation, const sema::Column& column,
                      const ColumnSchema& schema) {
  const sema::Model& model = compilation.model();
  BlankColumn out{schema.name, meaning_of(model, column), allowed_in(schema), schema.optional,
                  schema.judged};
  add_checks(out.allowed, compilation, column);
  const auto most = column.item.valid() ? model.nodes[column.item].points_value : std::nullopt;
  if (schema.judged && most) {
    add(out.allowed, "from 0 to " + most->to_string(), "0 至 " + most->to_string());
  }
  return out;
}

// Units in the order in which the groups list them.
std::vector<std::string> listed_units(const sema::Model& model) {
  std::vector<std::string> names;
  for (const sema::Group& group : model.groups) {
    if (!group.entry.valid()) continue;  // written in place, as a condition
    for (const sema::UnitId unit : group.listed) {
      const std::string& name = model.units[unit.index];
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

void add_rows(BlankTable& out, const sema::Model& model, const table::TableSchema& schema,
              const std::string& period) {
  for (const std::string& unit : listed_units(model)) {
    std::vector<std::string> cells(out.columns.size());
    if (schema.period_column != table::kNoColumn) cells[schema.period_column] = period;
    cells[schema.unit_column] = unit;
    out.rows.push_back(std::move(cells));
  }
}

std::string column_line(const BlankColumn& column, Language language) {
  std::string text = column.name + (zh(language) ? "：" : ": ") + in(column.allowed, language);
  if (column.optional) text += zh(language) ? "；可以留空" : "; may be blank";
  if (column.judged) text += zh(language) ? "；待评的留空" : "; blank until it is given";
  if (!column.meaning.empty()) text += (zh(language) ? "。" : ". ") + column.meaning;
  return text;
}

std::string table_title(const BlankTable& table, Language language) {
  const std::string title = table.title.empty() ? "" : " " + table.title;
  if (zh(language)) {
    return table.name + title + (table.records ? "（一行一条，行数不限）" : "（一个单位一行）");
  }
  return table.name + title + (table.records ? " (any number of rows)" : " (a row for each unit)");
}

}  // namespace

std::optional<Term> refused_period(const driver::Compilation& compilation,
                                   const std::string& period) {
  lower::Lowered lowered = lower::to_program(compilation.model(), {});
  const table::TableSchema& units = lowered.program.schema.units;
  if (units.period_column == table::kNoColumn) return std::nullopt;
  const ColumnSchema& column = units.columns[units.period_column];
  const auto read = io::CellReader(column, lowered.program.strings).read(period);
  if (std::holds_alternative<value::Value>(read)) return std::nullopt;
  return driver::expected_term(column);
}

std::vector<BlankTable> blank_tables(const driver::Compilation& compilation,
                                     const std::string& period) {
  const sema::Model& model = compilation.model();
  const lower::Lowered lowered = lower::to_program(model, {});
  const table::DataSchema& schema = lowered.program.schema;
  std::vector<BlankTable> tables;
  for (std::size_t t = 0; t < model.tables.size(); ++t) {
    const sema::Table& table = model.tables[sema::TableId(t)];
    if (table.sample.valid()) continue;
    const table::TableSchema& of = t == 0 ? schema.units : schema.records[t - 1];
    BlankTable out{of.name, of.description, t != 0, {}, {}};
    for (const sema::ColumnId id : table.columns) {
      const std::uint32_t place = lowered.columns[id.index];
      if (place == table::kNoColumn) continue;
      out.columns.push_back(column_of(compilation, model.columns[id], of.columns[place]));
    }
    if (t == 0) add_rows(out, model, of, period);
    tables.push_back(std::move(out));
  }
  return tables;
}

std::string blank_csv(const BlankTable& table, Language language) {
  std::string out;
  io::CsvWriter writer(out, {.byte_order_mark = true});
  writer.comment(table_title(table, language));
  std::vector<std::string> header;
  for (const BlankColumn& column : table.columns) {
    writer.comment(column_line(column, language));
    header.push_back(column.name);
  }
  writer.row(header);
  for (const auto& row : table.rows) writer.row(row);
  return out;
}

std::string blank_text(const std::vector<BlankTable>& tables, Language language) {
  std::string out;
  for (const BlankTable& table : tables) {
    out += table_title(table, language) + "\n";
    for (const BlankColumn& column : table.columns) {
      out += "  " + column_line(column, language) + "\n";
    }
    if (!table.rows.empty()) {
      out += fmt::format(fmt::runtime(zh(language) ? "  已列出 {} 个单位\n" : "  {} units listed\n"),
                         table.rows.size());
    }
  }
  return out;
}

std::string blank_json(const std::vector<BlankTable>& tables, Language language) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const BlankTable& table : tables) {
    nlohmann::ordered_json one = {{"table", table.name}, {"title", table.title},
                                  {"records", table.records}};
    for (const BlankColumn& column : table.columns) {
      one["columns"].push_back({{"name", column.name},
                                {"meaning", column.meaning},
                                {"allowed", in(column.allowed, language)},
                                {"optional", column.optional},
                                {"judged", column.judged}});
    }
    one["rows"] = table.rows;
    out.push_back(std::move(one));
  }
  return out.dump(2) + "\n";
}

}  // namespace xize::results

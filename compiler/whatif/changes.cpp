#include "compiler/whatif/changes.h"

#include <algorithm>
#include <set>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/whatif.h"
#include "compiler/driver/report_data.h"
#include "runtime/io/cell_reader.h"
#include "runtime/io/csv_header.h"
#include "runtime/io/name_match.h"

namespace xize::whatif {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;
using diagnostics::Term;

// A name and its value, as written.
struct Pair {
  std::string name, value;
};

// The first of the marks in a text, and how long it is: `=` or `＝`.
std::pair<std::size_t, std::size_t> find_mark(std::string_view text,
                                              std::initializer_list<std::string_view> marks) {
  std::pair<std::size_t, std::size_t> first{std::string_view::npos, 0};
  for (const std::string_view mark : marks) {
    const std::size_t at = text.find(mark);
    if (at < first.first) first = {at, mark.size()};
  }
  return first;
}

std::optional<Pair> pair_of(std::string_view text) {
  const auto [at, size] = find_mark(text, {"=", "＝"});
  if (at == std::string_view::npos) return std::nullopt;
  Pair pair{io::normalize(text.substr(0, at)), io::normalize(text.substr(at + size))};
  return pair.name.empty() ? std::nullopt : std::optional(std::move(pair));
}

// A table and what is said of a record of it.
struct RecordText {
  std::string table;
  std::vector<Pair> cells;
};

std::optional<RecordText> record_of(std::string_view text) {
  const auto [colon, size] = find_mark(text, {":", "："});
  RecordText record{io::normalize(text.substr(0, colon)), {}};
  if (record.table.empty()) return std::nullopt;
  std::string_view rest = colon == std::string_view::npos ? "" : text.substr(colon + size);
  while (!io::trim(rest).empty()) {
    const auto [comma, length] = find_mark(rest, {",", "，", "、"});
    auto pair = pair_of(rest.substr(0, comma));
    if (!pair) return std::nullopt;
    record.cells.push_back(std::move(*pair));
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + length);
  }
  return record;
}

Term set_form() { return {"NAME=VALUE", "“名称=值”"}; }
Term record_form() { return {"TABLE: COLUMN=VALUE", "“台账: 列=值”"}; }

// A table that a change names, and the change as it was written.
struct Place {
  const table::TableSchema* schema = nullptr;
  std::uint32_t table = io::kUnitTable;  // as in io::DataProblem
  std::string written;
};
using Cells = std::vector<std::optional<value::Value>>;  // by column; nothing where none is named

class Reader {
 public:
  Reader(driver::Scoring& scoring, std::size_t row, diagnostics::Sink& sink)
      : scoring_(scoring), program_(scoring.lowered.program), sink_(sink) {
    const table::Table& rows = scoring.data.units.rows();
    unit_ = rows.unit(row);
    period_ = rows.period(row);
  }

  std::optional<std::vector<std::uint32_t>> columns(const std::vector<std::string>& names) {
    const Place place{&program_.schema.units, io::kUnitTable, {}};
    std::vector<std::uint32_t> found;
    for (const std::string& name : names) {
      found.push_back(column_of(place, io::normalize(name), true));
      if (found.back() == table::kNoColumn) return std::nullopt;
    }
    return found;
  }

  Changes run(const ChangeRequest& request) {
    for (const std::string& text : request.set) set(text);
    for (const std::string& text : request.add) add(text);
    for (const std::string& text : request.drop) drop(text);
    driver::report_data_problems(sink_, problems_, program_.schema);
    return std::move(changes_);
  }

 private:
  // ---- columns and parameters

  void set(const std::string& text) {
    const auto pair = pair_of(text);
    if (!pair) return misformed(text, set_form());
    if (!named_.insert(io::fold_name(pair->name)).second) {
      sink_.report_at<kinds::ChangeTwice>(Nowhere{}, pair->name);
      return;
    }
    if (set_parameter(*pair)) return;
    const Place place{&program_.schema.units, io::kUnitTable, "--set " + text};
    const std::uint32_t column = column_of(place, pair->name, true);
    if (column == table::kNoColumn) return;
    auto value = cell(place, column, pair->value);
    if (value) changes_.cells.emplace_back(column, std::move(*value));
  }

  bool set_parameter(const Pair& pair) {
    for (std::uint32_t slot = 0; slot < program_.parameters.size(); ++slot) {
      const program::ParameterSlot& parameter = program_.parameters[slot];
      if (io::fold_name(parameter.name) != io::fold_name(pair.name)) continue;
      auto result = io::CellReader(parameter.schema, program_.strings).read(pair.value);
      if (auto* value = std::get_if<value::Value>(&result)) {
        changes_.parameters.emplace_back(slot, std::move(*value));
      } else {
        sink_.report_at<kinds::ParameterBadValue>(Nowhere{}, parameter.name, pair.value,
                                                  driver::expected_term(parameter.schema));
      }
      return true;
    }
    return false;
  }

  // ---- records

  void add(const std::string& text) {
    const auto record = record_of(text);
    if (!record) return misformed(text, record_form());
    const auto table = table_of(record->table);
    if (!table) return;
    const Place place{&program_.schema.records[*table], *table + 1u, "--add " + text};
    const auto given = cells_of(place, *record);
    if (!given) return;
    NewRecord added{*table, {}};
    for (std::uint32_t i = 0; i < place.schema->columns.size(); ++i) {
      auto value = (*given)[i] ? (*given)[i] : unsaid(place, i);
      if (!value) return;
      added.cells.push_back(std::move(*value));
    }
    changes_.added.push_back(std::move(added));
  }

  // What a new record has in a column that is not named: its unit, the period at hand, no text;
  // else what a blank cell would have.
  std::optional<value::Value> unsaid(const Place& place, std::uint32_t column) {
    const table::ColumnSchema& schema = place.schema->columns[column];
    if (column == place.schema->unit_column) return value::Missing{};
    if (column == place.schema->period_column) {
      const value::Value& period = scoring_.data.units.period_value(period_);
      const auto* month = std::get_if<value::Month>(&period);
      if (month != nullptr && schema.type == table::ColumnType::Date) {
        return value::first_day(*month);
      }
      return period;
    }
    const bool blank = schema.optional || schema.judged || schema.default_value;
    if (schema.type == table::ColumnType::Text && !blank) {
      return value::Text{program_.strings.intern("")};
    }
    return cell(place, column, "");
  }

  void drop(const std::string& text) {
    const auto record = record_of(text);
    if (!record) return misformed(text, record_form());
    const auto table = table_of(record->table);
    if (!table) return;
    const Place place{&program_.schema.records[*table], *table + 1u, "--drop " + text};
    const auto wanted = cells_of(place, *record);
    if (!wanted) return;
    const table::Table& rows = scoring_.records[*table];
    for (std::size_t r = 0; r < rows.row_count(); ++r) {
      if (!is_own(rows, r) || !fits(rows, r, *wanted) || is_dropped(*table, r)) continue;
      changes_.dropped.push_back({*table, r});
      return;
    }
    sink_.report_at<kinds::ChangeNoRecord>(Nowhere{}, unit_name(), place.schema->name, text);
  }

  [[nodiscard]] bool is_own(const table::Table& rows, std::size_t r) const {
    const bool same_period = rows.period(r) == table::kNoPeriod || rows.period(r) == period_;
    return rows.unit(r) == unit_ && same_period;
  }
  static bool fits(const table::Table& rows, std::size_t r, const Cells& wanted) {
    for (std::size_t c = 0; c < wanted.size(); ++c) {
      if (wanted[c] && !(*wanted[c] == rows.at(r, c))) return false;
    }
    return true;
  }
  [[nodiscard]] bool is_dropped(std::uint16_t table, std::size_t r) const {
    return std::any_of(changes_.dropped.begin(), changes_.dropped.end(),
                       [&](const RecordPlace& at) { return at.table == table && at.row == r; });
  }

  std::optional<std::uint16_t> table_of(const std::string& name) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < program_.schema.records.size(); ++i) {
      names.push_back(program_.schema.records[i].name);
      if (io::fold_name(names.back()) == io::fold_name(name)) return static_cast<std::uint16_t>(i);
    }
    sink_.report_at<kinds::ChangeOfRecords>(Nowhere{}, name)
        .suggest(diagnostics::did_you_mean(name, names));
    return std::nullopt;
  }

  // The cells that are named; nothing if one of them cannot be read.
  std::optional<Cells> cells_of(const Place& place, const RecordText& record) {
    Cells cells(place.schema->columns.size());
    bool sound = true;
    for (const Pair& pair : record.cells) {
      const std::uint32_t column = column_of(place, pair.name, false);
      const bool known = column != table::kNoColumn;
      if (known) cells[column] = cell(place, column, pair.value);
      sound = sound && known && cells[column];
    }
    return sound ? std::optional(std::move(cells)) : std::nullopt;
  }

  // ---- cells

  // The column that a header means; reported if there is none, or more than one, or it is a key.
  std::uint32_t column_of(const Place& place, const std::string& name, bool or_parameter) {
    const std::string_view header = name;
    const auto matched = io::match_header({&header, 1}, *place.schema);
    const std::uint32_t column = matched.header.column_of_cell.front();
    if (column == table::kNoColumn) {
      report_unknown(place, name, or_parameter, matched);
    } else if (column == place.schema->unit_column ||
               (or_parameter && column == place.schema->period_column)) {
      sink_.report_at<kinds::ChangeOfKey>(Nowhere{}, name);
      return table::kNoColumn;
    }
    return column;
  }

  void report_unknown(const Place& place, const std::string& name, bool or_parameter,
                      const io::HeaderResult& matched) {
    std::vector<std::string> names;
    std::vector<std::string> meant;
    for (std::size_t i = 0; i < place.schema->columns.size(); ++i) {
      names.push_back(place.schema->columns[i].name);
      // What an ambiguous header may mean has no place because of it.
      if (names.back().ends_with("." + name)) meant.push_back(names.back());
    }
    const bool ambiguous =
        std::any_of(matched.problems.begin(), matched.problems.end(), [](const auto& problem) {
          return problem.kind == io::ProblemKind::AmbiguousColumn;
        });
    if (ambiguous) {
      sink_.report_at<kinds::ChangeAmbiguous>(Nowhere{}, name, diagnostics::List{meant});
      return;
    }
    if (or_parameter) {
      for (const auto& parameter : program_.parameters) names.push_back(parameter.name);
    }
    sink_.report_at<kinds::ChangeUnknown>(Nowhere{}, name)
        .suggest(diagnostics::did_you_mean(name, names));
  }

  std::optional<value::Value> cell(const Place& place, std::uint32_t column,
                                   const std::string& text) {
    const table::ColumnSchema& schema = place.schema->columns[column];
    auto result = io::CellReader(schema, program_.strings).read(text);
    if (auto* value = std::get_if<value::Value>(&result)) return std::move(*value);
    const auto& fault = std::get<io::CellFault>(result);
    io::DataProblem problem;
    problem.kind = fault.kind;
    problem.file = place.written;
    problem.table = place.table;
    problem.column = column;
    problem.column_name = schema.name;
    problem.unit = unit_name();
    problem.text = io::shorten(text);
    problem.nearest = fault.nearest;
    problems_.add(std::move(problem));
    return std::nullopt;
  }

  void misformed(const std::string& text, const Term& form) {
    sink_.report_at<kinds::ChangeForm>(Nowhere{}, text, form);
  }
  [[nodiscard]] std::string_view unit_name() const {
    return scoring_.data.units.unit_name(unit_);
  }

  driver::Scoring& scoring_;
  program::Program& program_;
  diagnostics::Sink& sink_;
  std::uint32_t unit_ = 0, period_ = 0;
  std::set<std::string> named_;
  io::ProblemLog problems_;
  Changes changes_;
};

// The period that a record lies in.
std::uint32_t period_of(const driver::Scoring& scoring, const NewRecord& record,
                        std::uint32_t own) {
  const table::DataSchema& schema = scoring.lowered.program.schema;
  const std::uint32_t column = schema.records[record.table].period_column;
  if (column == table::kNoColumn) return table::kNoPeriod;
  const value::Value& cell = record.cells[column];
  const auto* date = std::get_if<value::Date>(&cell);
  const auto* month = std::get_if<value::Month>(&cell);
  if (date == nullptr && month == nullptr) return own;
  const std::uint8_t each = schema.units.columns[schema.units.period_column].months_each;
  const value::Month in = date != nullptr ? value::month_of(*date) : *month;
  return scoring.data.units.find_period(table::period_start(in, each)).value_or(own);
}

}  // namespace

Changes read_changes(driver::Scoring& scoring, std::size_t row, const ChangeRequest& request,
                     diagnostics::Sink& sink) {
  return Reader(scoring, row, sink).run(request);
}

std::optional<std::vector<std::uint32_t>> columns_named(driver::Scoring& scoring,
                                                        const std::vector<std::string>& names,
                                                        diagnostics::Sink& sink) {
  return Reader(scoring, 0, sink).columns(names);
}

void apply(const Changes& changes, const driver::Scoring& scoring, std::size_t row, Bench& bench) {
  CellChanges cells;
  for (const auto& [column, value] : changes.cells) cells.push_back({row, column, value});
  bench.set_units(with_cells(bench.units(), cells));
  for (const auto& [slot, value] : changes.parameters) bench.set_parameter(slot, value);
  // From the end, so that the places of the others stay.
  std::vector<RecordPlace> dropped = changes.dropped;
  std::sort(dropped.begin(), dropped.end(),
            [](const RecordPlace& a, const RecordPlace& b) { return a.row > b.row; });
  for (const RecordPlace& record : dropped) bench.drop(record);
  const table::Table& rows = bench.units().rows();
  for (const NewRecord& record : changes.added) {
    const std::uint32_t period = period_of(scoring, record, rows.period(row));
    const std::uint64_t line = bench.records()[record.table].row_count() + 2;
    bench.add(record.table, {rows.unit(row), period, line, record.cells});
  }
}

}  // namespace xize::whatif

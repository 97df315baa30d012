#include "tests/differential/streamed.h"

#include <string>

#include "runtime/io/cell_text.h"

namespace xize::differential {
namespace {

using table::TableSchema;
using value::Value;

constexpr std::uint32_t kMonthColumn = 6;
constexpr int kDecimals = 4;

std::string text_of(const Value& v, const base::StringPool& pool) {
  const auto* number = std::get_if<value::Rational>(&v);
  std::string text = io::cell_text(v, pool);
  if (number == nullptr || text.find('/') == std::string::npos) return text;
  return number->to_fixed(kDecimals, value::Rounding::HalfUp);
}

// Blank cells of the second number are pending.
void open_columns(TableSchema& schema) {
  for (table::ColumnSchema& column : schema.columns) {
    column.optional = column.type != table::ColumnType::Unit;
  }
  schema.columns[2].optional = false;
  schema.columns[2].judged = true;
}

// The rows as a file; those with a period say it in the column of months.
std::string file_text(const RandomCase& c, const TableSchema& schema, const table::Table& rows) {
  std::string out;
  for (const table::ColumnSchema& column : schema.columns) out += column.name + ',';
  out.back() = '\n';
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    for (std::uint32_t i = 0; i < schema.columns.size(); ++i) {
      Value cell = rows.at(r, i);
      if (i == schema.period_column) cell = c.units.period_value(rows.period(r));
      out += i == schema.unit_column ? c.units.unit_name(rows.unit(r))
                                     : text_of(cell, c.program.strings);
      out += ',';
    }
    out.back() = '\n';
  }
  return out;
}

bool has_periods(const table::Table& rows) {
  return rows.row_count() > 0 && rows.period(0) != table::kNoPeriod;
}

}  // namespace

StreamedCase::StreamedCase(RandomCase& random_case) : case_(random_case) {
  table::DataSchema& schema = case_.program.schema;
  const bool by_periods = case_.units.period_count() > 1;
  open_columns(schema.units);
  if (by_periods) schema.units.period_column = kMonthColumn;
  support::write_file(folder_.path() / (schema.units.name + ".csv"),
                      file_text(case_, schema.units, case_.units.rows()));
  for (std::size_t t = 0; t < schema.records.size(); ++t) {
    TableSchema& records = schema.records[t];
    open_columns(records);
    if (by_periods && has_periods(case_.records[t])) records.period_column = kMonthColumn;
    support::write_file(folder_.path() / (records.name + ".csv"),
                        file_text(case_, records, case_.records[t]));
  }
}

io::DataSet StreamedCase::open() const {
  return io::open_data_set({{folder_.path().string()}, {}}, case_.program.schema,
                           case_.program.strings);
}

bool StreamedRecords::scan(std::uint16_t table, table::RowSink& sink) {
  if (!is_read_[table]) {
    is_read_[table] = true;
    io::read_records(data_, table, &sink);
    return true;
  }
  io::DataSet again = data_;
  io::read_records(again, table, &sink);
  return true;
}

bool StreamedRecords::scan_blocks(std::uint16_t table, const TableSchema&,
                                  columns::BlockSink& sink) {
  if (!is_read_[table]) {
    is_read_[table] = true;
    io::read_record_blocks(data_, table, sink);
    return true;
  }
  io::DataSet again = data_;
  io::read_record_blocks(again, table, sink);
  return true;
}

}  // namespace xize::differential

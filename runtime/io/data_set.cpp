#include "runtime/io/data_set.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "runtime/io/byte_source.h"
#include "runtime/io/record_rows.h"
#include "runtime/io/row_reader.h"
#include "runtime/io/unit_rows.h"

namespace xize::io {
namespace {

DataProblem file_problem(ProblemKind kind, const std::string& file, std::uint32_t table) {
  DataProblem problem{kind, Severity::Error, file};
  problem.table = table;
  return problem;
}

DataProblem no_rows(const std::string& file, std::uint32_t table) {
  auto problem = file_problem(ProblemKind::NoRows, file, table);
  if (table != kUnitTable) problem.severity = Severity::Note;
  return problem;
}

// Opens and reads one file. A table without a row is reported.
void read_file(const std::string& file, const CsvContext& context, TypedRowHandler& handler,
               std::vector<FileReport>& reports) {
  auto opened = open_file(file);
  if (auto* fault = std::get_if<ReadFault>(&opened)) {
    auto problem = file_problem(fault->kind, file, context.table_number);
    problem.text = std::move(fault->detail);
    context.problems.add(std::move(problem));
    return;
  }
  auto& source = *std::get<std::unique_ptr<ByteSource>>(opened);
  reports.push_back(read_csv(source, file, context, handler));
  const auto& report = reports.back();
  if (!report.complete || report.rows > 0) return;
  context.problems.add(no_rows(file, context.table_number));
}

// Reads the rows of a table that is no file; they count as its lines.
void read_texts(DataSet& data, std::uint32_t index, const CsvContext& context,
                const RecordTarget& target) {
  RecordTexts& texts = *data.elsewhere;
  const std::string place = texts.place(index);
  RecordRows rows(place, context, target);
  RowReader reader(place, context, rows, [](auto, auto) { return std::nullopt; });
  std::vector<CsvCell> cells;
  std::uint64_t line = 0;
  FileReport report;
  report.complete = texts.read(index, [&](std::span<const std::string_view> row) {
    cells.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) cells[i] = {row[i], line};
    reader.take({line++, cells});
  });
  report.complete = report.complete && reader.has_header() && reader.usable();
  report.file = place;
  report.table = context.table_number;
  report.rows = reader.row_count();
  report.late_rows = rows.late_rows();
  std::erase_if(data.reports, [&](const FileReport& known) { return known.file == place; });
  data.reports.push_back(report);
  if (report.complete && report.rows == 0) {
    context.problems.add(no_rows(place, context.table_number));
  }
}

}  // namespace

DataSet open_data_set(const DataRequest& request, const table::DataSchema& schema,
                      base::StringPool& pool) {
  DataSet data;
  data.schema = &schema;
  data.pool = &pool;
  data.names = UnitNames(request.aliases);
  data.files = find_data_files(request.paths, schema, data.problems);
  const CsvContext context{schema.units, kUnitTable, pool, data.names, data.problems};
  const std::string file = data.files.units.value_or(std::string());
  UnitRows rows(file, context, data.names);
  if (data.files.units) read_file(file, context, rows, data.reports);
  data.units = rows.finish();
  data.units_complete = !data.reports.empty() && data.reports.back().complete;
  return data;
}

void note_no_rows(DataSet& data, std::uint32_t index, const std::string& file) {
  data.problems.add(no_rows(file, index + 1));
}

namespace {

// Reads the records into whichever sink there is.
void read_into(DataSet& data, std::uint32_t index, table::RowSink* sink,
               columns::BlockSink* blocks) {
  const auto& schema = *data.schema;
  const CsvContext context{schema.records[index], index + 1, *data.pool, data.names, data.problems};
  RecordTarget target{schema.units, data.units, data.units_complete, sink, blocks};
  const bool is_elsewhere = data.files.records[index].empty() && data.elsewhere != nullptr &&
                            data.elsewhere->holds(index);
  if (is_elsewhere) read_texts(data, index, context, target);
  for (const RecordFile& file : data.files.records[index]) {
    target.period = file.period;
    RecordRows rows(file.path, context, target);
    const std::size_t before = data.reports.size();
    read_file(file.path, context, rows, data.reports);
    if (data.reports.size() > before) data.reports.back().late_rows = rows.late_rows();
    target.first_line += kLinesOfFile;
  }
}

}  // namespace

void read_records(DataSet& data, std::uint32_t index, table::RowSink* sink) {
  read_into(data, index, sink, nullptr);
}

void read_record_blocks(DataSet& data, std::uint32_t index, columns::BlockSink& sink) {
  read_into(data, index, nullptr, &sink);
}

table::Table collect_records(DataSet& data, std::uint32_t index) {
  table::Table rows(data.schema->records[index].columns.size());
  read_records(data, index, &rows);
  return rows;
}

}  // namespace xize::io

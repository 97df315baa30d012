#include "compiler/driver/scoring.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <variant>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/driver/parameters.h"
#include "compiler/driver/report_data.h"
#include "compiler/driver/report_outcome.h"
#include "runtime/interpreter/interpreter.h"

namespace xize::driver {
namespace {

using diagnostics::Kind;
using diagnostics::Nowhere;

// Records from the files of a data set. The first scan of a table logs its problems; a further one
// reads the file again and stays silent.
class FileRecords final : public engine::RecordSource {
 public:
  FileRecords(io::DataSet& data, program::Program& program)
      : data_(data), program_(program), read_(program.schema.records.size(), false) {}

  bool scan(std::uint16_t table, table::RowSink& sink) override {
    if (!read_[table]) return first_scan(table, &sink);
    io::DataSet again = data_;
    again.problems = {};
    io::read_records(again, table, &sink);
    return true;
  }

  // Tables that no stage reads are checked all the same.
  void read_unused() {
    std::set<std::uint16_t> used;
    for (const program::Stage& stage : program_.stages) {
      if (stage.kind == program::StageKind::Aggregate) used.insert(stage.table);
    }
    for (std::uint16_t table = 0; table < read_.size(); ++table) {
      if (!used.contains(table)) first_scan(table, nullptr);
    }
  }

 private:
  bool first_scan(std::uint16_t table, table::RowSink* sink) {
    read_[table] = true;
    io::read_records(data_, table, sink);
    return true;
  }

  io::DataSet& data_;
  program::Program& program_;
  std::vector<bool> read_;
};

// Pairs of alias and own name. What an alias stands for may be named by either in the data.
std::vector<std::pair<std::string, std::string>> aliases_of(const sema::Model& model) {
  std::vector<std::pair<std::string, std::string>> aliases(model.aliases.begin(),
                                                           model.aliases.end());
  std::sort(aliases.begin(), aliases.end());
  return aliases;
}

// False if a path does not exist; reported, and nothing else is then worth saying.
bool paths_exist(const std::vector<std::string>& paths, diagnostics::Sink& sink) {
  bool all = true;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) continue;
    sink.report_at<Kind::DataFolderMissing>(Nowhere{}, path);
    all = false;
  }
  return all;
}

// The rows of the units to trace, over all periods; false if one is unknown.
bool find_trace_rows(const Scoring& scoring, const std::vector<std::string>& units,
                     engine::RunOptions& options, diagnostics::Sink& sink) {
  const table::UnitTable& table = scoring.data.units;
  bool all_known = true;
  for (const std::string& name : units) {
    const auto unit = table.find_unit(scoring.data.names.resolve(name));
    if (!unit) {
      std::vector<std::string> known;
      for (std::uint32_t i = 0; i < table.unit_count(); ++i) known.push_back(table.unit_name(i));
      sink.report_at<Kind::UnknownUnitAsked>(Nowhere{}, name)
          .suggest(diagnostics::did_you_mean(name, known));
      all_known = false;
      continue;
    }
    for (std::uint32_t period = 0; period < table.period_count(); ++period) {
      if (const auto row = table.find_row(*unit, period)) options.trace_rows.push_back(*row);
    }
  }
  return all_known;
}

// Rows that were read and do not count.
void report_late_rows(const io::DataSet& data, diagnostics::Sink& sink) {
  for (const io::FileReport& report : data.reports) {
    if (report.late_rows == 0) continue;
    const table::TableSchema& records = data.schema->records[report.table - 1];
    sink.report_at<Kind::DataAfterCutoff>(diagnostics::InData{report.file, 0, 0, {}, {}},
                                          report.late_rows, records.name,
                                          diagnostics::Day{*records.cutoff});
  }
}

}  // namespace

std::unique_ptr<Scoring> score(const Compilation& compilation, const ScoringRequest& request,
                               diagnostics::Sink& sink) {
  if (!paths_exist(request.data, sink)) return nullptr;
  const sema::Model& model = compilation.model();
  auto scoring = std::make_unique<Scoring>();
  scoring->lowered = lower::to_program(model, {request.unspecified, false});
  program::Program& program = scoring->lowered.program;

  engine::RunOptions options;
  options.calendar = &calendar();
  options.progress = request.progress;
  if (!read_parameters(program, request.parameters, options.parameters, sink)) return nullptr;

  scoring->data =
      io::open_data_set({request.data, aliases_of(model)}, program.schema, program.strings);
  const bool readable = scoring->data.units.rows().row_count() > 0;
  if (readable && !find_trace_rows(*scoring, request.trace_units, options, sink)) return nullptr;
  if (readable) {
    FileRecords records(scoring->data, program);
    records.read_unused();
    scoring->outcome = interpreter::run(program, scoring->data.units, records, options);
  }
  report_data_problems(sink, scoring->data.problems, program.schema);
  if (!readable) return nullptr;
  report_late_rows(scoring->data, sink);
  report_violations(compilation, *scoring, sink);
  return scoring;
}

}  // namespace xize::driver

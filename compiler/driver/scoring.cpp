#include "compiler/driver/scoring.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <variant>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/driver/cutoff.h"
#include "compiler/driver/parameters.h"
#include "compiler/driver/report_data.h"
#include "compiler/driver/report_outcome.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/verify.h"

namespace xize::driver {
namespace {

using diagnostics::Kind;
using diagnostics::Nowhere;

// Records from the files of a data set. The first scan of a table logs its problems; a further one
// reads the file again and stays silent.
class FileRecords final : public engine::RecordSource {
 public:
  FileRecords(const sema::Model& model, Scoring& scoring)
      : model_(model),
        data_(scoring.data),
        lowered_(scoring.lowered),
        dropped_(scoring.dropped),
        read_(lowered_.program.schema.records.size(), false) {
    dropped_.assign(read_.size(), 0);
  }

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
    for (const program::Stage& stage : lowered_.program.stages) {
      if (stage.kind == program::StageKind::Aggregate) used.insert(stage.table);
    }
    for (std::uint16_t table = 0; table < read_.size(); ++table) {
      if (!used.contains(table)) first_scan(table, nullptr);
    }
  }

 private:
  bool first_scan(std::uint16_t table, table::RowSink* sink) {
    read_[table] = true;
    const auto last = cutoff_of(model_);
    const std::uint32_t date = date_column(table);
    if (!last || date == table::kNoColumn) {
      io::read_records(data_, table, sink);
      return true;
    }
    CutoffCounter counter(sink, date, *last);
    io::read_records(data_, table, &counter);
    dropped_[table] = counter.late();
    return true;
  }

  // By which the cutoff looks at a row.
  [[nodiscard]] std::uint32_t date_column(std::uint16_t table) const {
    const sema::ColumnId id = model_.tables[sema::TableId(table + 1u)].date_column;
    return id.valid() ? lowered_.columns[id.index] : table::kNoColumn;
  }

  const sema::Model& model_;
  io::DataSet& data_;
  const lower::Lowered& lowered_;
  std::vector<std::uint64_t>& dropped_;
  std::vector<bool> read_;
};

// Pairs of alias and own name. What an alias stands for may be named by either in the data.
std::vector<std::pair<std::string, std::string>> aliases_of(const sema::Model& model) {
  std::vector<std::pair<std::string, std::string>> aliases(model.aliases.begin(),
                                                           model.aliases.end());
  std::sort(aliases.begin(), aliases.end());
  return aliases;
}

// Folders and CSV files beside a path that does not exist, spelt as the user would write them.
std::vector<std::string> neighbours_of(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.parent_path();
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::filesystem::path name = entry->path().filename();
    std::error_code ignored;
    const bool holds_data = name.extension() == ".csv" || entry->is_directory(ignored);
    if (holds_data) names.push_back((folder / name).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// False if a path does not exist; reported, and nothing else is then worth saying.
bool paths_exist(const std::vector<std::string>& paths, diagnostics::Sink& sink) {
  bool all = true;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) continue;
    const std::string name = path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
    sink.report_at<Kind::DataFolderMissing>(Nowhere{}, path)
        .suggest(diagnostics::did_you_mean(name, neighbours_of(name)));
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

// Whoever reads of a selected record wants its texts, such as the name.
void want_texts_of_selections(program::Program& program) {
  for (const program::RowSelection& selection : program.row_selections) {
    for (auto& column : program.schema.records[selection.table].columns) column.needed = true;
  }
}

// Fetches the records that the selections took.
void pick_selections(Scoring& scoring) {
  const auto& selections = scoring.lowered.program.row_selections;
  for (std::size_t i = 0; i < selections.size(); ++i) {
    std::set<std::uint64_t> lines;
    for (const engine::RowChoice& choice : scoring.outcome.selections[i]) {
      const bool* taken = std::get_if<bool>(&choice.taken);
      if (taken != nullptr && *taken) lines.insert(choice.line);
    }
    scoring.taken.push_back(pick_rows(scoring.data, selections[i].table, lines));
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
  if (const auto wrong = program::verify(program); !wrong.empty()) {
    sink.report_at<Kind::InternalFault>(Nowhere{}, "lower", wrong.front());
    return nullptr;
  }

  engine::RunOptions options;
  options.calendar = &calendar();
  options.progress = request.progress;
  if (!read_parameters(program, request.parameters, options.parameters, sink)) return nullptr;
  want_texts_of_selections(program);

  scoring->data =
      io::open_data_set({request.data, aliases_of(model)}, program.schema, program.strings);
  const bool readable = scoring->data.units.rows().row_count() > 0;
  if (readable && !find_trace_rows(*scoring, request.trace_units, options, sink)) return nullptr;
  if (readable) {
    FileRecords records(model, *scoring);
    records.read_unused();
    scoring->outcome = interpreter::run(program, scoring->data.units, records, options);
    pick_selections(*scoring);
  }
  report_data_problems(sink, scoring->data.problems, program.schema);
  if (!readable) return nullptr;
  report_violations(compilation, *scoring, sink);
  report_left_out(compilation, *scoring, sink);
  return scoring;
}

}  // namespace xize::driver

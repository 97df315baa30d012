#include "compiler/driver/scoring.h"

#include <chrono>
#include <set>
#include <utility>
#include <variant>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/data_paths.h"
#include "compiler/driver/drawn_rows.h"
#include "compiler/driver/parameters.h"
#include "compiler/driver/remote_records.h"
#include "compiler/driver/report_data.h"
#include "compiler/driver/report_outcome.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/verify.h"

namespace xize::driver {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

// Records from the files of a data set. The first scan of a table logs its problems; a further one
// reads the file again and stays silent.
class FileRecords final : public engine::RecordSource {
 public:
  FileRecords(io::DataSet& data, FoundLists& found, RemoteRecords* remote)
      : data_(data), found_(found), remote_(remote), read_(found.drawn.size(), false) {
    for (const table::Table& list : found.lists) is_list_.push_back(list.column_count() > 0);
    lists_ = engine::TableSource(std::move(found.lists));
  }

  bool scan(std::uint16_t table, table::RowSink& sink) override {
    if (const auto& drawn = found_.drawn[table]) {
      DrawnFilter filter(*drawn, sink);
      return scan_again(drawn->from, filter);
    }
    if (is_list_[table]) return lists_.scan(table, sink);
    return read_[table] ? scan_again(table, sink) : first_scan(table, &sink);
  }

  bool scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                   columns::BlockSink& sink) override {
    if (found_.drawn[table] || is_list_[table]) {
      return RecordSource::scan_blocks(table, schema, sink);
    }
    if (!read_[table]) {
      read_[table] = true;
      NotingBlocks noting(found_.listed, table, sink);
      const bool watched = found_.listed.watches(table);
      io::read_record_blocks(data_, table, watched ? noting : sink);
      return true;
    }
    io::DataSet again = data_;
    again.problems = {};
    io::read_record_blocks(again, table, sink);
    return true;
  }

  std::optional<engine::Folds> fold(const program::Stage& stage) override {
    if (remote_ == nullptr || found_.drawn[stage.table]) return std::nullopt;
    return remote_->fold(stage);
  }

  // Tables that no stage reads are checked all the same.
  void read_unused(const std::set<std::uint16_t>& used) {
    for (std::uint16_t table = 0; table < read_.size(); ++table) {
      if (used.contains(table)) continue;
      const program::Stage nothing{program::StageKind::Aggregate, table};
      if (!fold(nothing)) first_scan(table, nullptr);
    }
  }

 private:
  bool first_scan(std::uint16_t table, table::RowSink* sink) {
    read_[table] = true;
    NotingRows noting(found_.listed, table, sink);
    io::read_records(data_, table, found_.listed.watches(table) ? &noting : sink);
    return true;
  }
  bool scan_again(std::uint16_t table, table::RowSink& sink) {
    io::DataSet again = data_;
    again.problems = {};
    io::read_records(again, table, &sink);
    return true;
  }

  io::DataSet& data_;
  FoundLists& found_;
  RemoteRecords* remote_;
  std::vector<bool> is_list_;
  engine::TableSource lists_{{}};
  std::vector<bool> read_;
};

// All rows of all tables of records.
std::vector<table::Table> rows_of(FileRecords& files, const table::DataSchema& schema) {
  std::vector<table::Table> tables;
  for (std::uint16_t i = 0; i < schema.records.size(); ++i) {
    files.scan(i, tables.emplace_back(schema.records[i].columns.size()));
  }
  return tables;
}

// The tables of records that the program reads.
std::set<std::uint16_t> tables_read(const program::Program& program) {
  std::set<std::uint16_t> used;
  for (const program::Stage& stage : program.stages) {
    if (stage.kind == program::StageKind::Aggregate) used.insert(stage.table);
  }
  return used;
}

void run_engine(Scoring& scoring, Engine asked, engine::RecordSource& records,
                engine::RunOptions options) {
  const program::Program& program = scoring.lowered.program;
  const table::UnitTable& units = scoring.data.units;
  scoring.engine = choose_engine(asked, scoring.data);
  StageClock clock(program, scoring.engine.unit_rows);
  options.progress = [&clock, tell = std::move(options.progress)](const engine::Progress& p) {
    clock.take(p);
    if (tell) tell(p);
  };
  if (scoring.engine.in_blocks) {
    auto run = blockwise::run(program, units, records, options, machine_for(asked));
    scoring.outcome = std::move(run.outcome);
    scoring.stages = std::move(run.stages);
  } else {
    scoring.outcome = interpreter::run(program, units, records, options);
  }
  scoring.costs = clock.stop();
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
      for (std::uint32_t i = 0; i < table.unit_count(); ++i) known.emplace_back(table.unit_name(i));
      sink.report_at<kinds::UnknownUnitAsked>(Nowhere{}, name)
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

// Whoever reads of a selected record wants its texts, such as the name; so does who changes some.
void want_texts(program::Program& program, bool of_all) {
  for (table::TableSchema& table : program.schema.records) {
    for (auto& column : table.columns) column.needed = column.needed || of_all;
  }
  for (const program::RowSelection& selection : program.row_selections) {
    for (auto& column : program.schema.records[selection.table].columns) column.needed = true;
  }
}

// Connects to the database of the records, if one is named. False after reporting why not.
bool open_remote(Scoring& scoring, const ScoringRequest& request, diagnostics::Sink& sink) {
  if (request.records.empty()) return true;
  auto source = open_records(request.records, request.records_timeout, sink);
  if (source == nullptr) return false;
  scoring.remote = std::make_shared<RemoteRecords>(std::move(source), scoring.lowered,
                                                   scoring.parameters);
  return true;
}

// Opens the data; tables that have no file are looked for in the database. False after reporting
// that they are not there either.
bool open_data(Scoring& scoring, const io::DataRequest& paths, diagnostics::Sink& sink) {
  program::Program& program = scoring.lowered.program;
  std::vector<bool> optional;
  for (table::TableSchema& records : program.schema.records) {
    optional.push_back(records.file_optional);
    records.file_optional = records.file_optional || scoring.remote != nullptr;
  }
  scoring.data = io::open_data_set(paths, program.schema, program.strings);
  return scoring.remote == nullptr || scoring.remote->find_tables(scoring.data, optional, sink);
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
  const sema::Model& model = compilation.model();
  const auto paths = data_request(request.data, model, sink);
  if (!paths || !find_engine(request.engine, sink)) return nullptr;
  auto scoring = std::make_unique<Scoring>();
  scoring->lowered = lower::to_program(model, {request.unspecified, false});
  program::Program& program = scoring->lowered.program;
  if (const auto wrong = program::verify(program); !wrong.empty()) {
    sink.report_at<kinds::InternalFault>(Nowhere{}, "lower", wrong.front());
    return nullptr;
  }

  engine::RunOptions options;
  options.calendar = &calendar();
  options.progress = request.progress;
  options.only_results = request.only_results;
  if (!read_parameters(program, request.parameters, options.parameters, sink)) return nullptr;
  scoring->parameters = options.parameters;
  want_texts(program, request.keep_records);

  if (!open_remote(*scoring, request, sink)) return nullptr;
  const auto begun = std::chrono::steady_clock::now();
  if (!open_data(*scoring, *paths, sink)) return nullptr;
  scoring->reading = std::chrono::steady_clock::now() - begun;
  const std::set<std::uint16_t> used = tables_read(program);
  FoundLists found;
  const bool readable = scoring->data.units.rows().row_count() > 0;
  if (readable && !find_lists({compilation, request, *scoring, used}, found, sink)) {
    report_data_problems(sink, scoring->data.problems, program.schema);
    return nullptr;
  }
  if (readable && !find_trace_rows(*scoring, request.trace_units, options, sink)) return nullptr;
  if (readable) {
    FileRecords files(scoring->data, found, scoring->remote.get());
    if (request.keep_records) {
      scoring->records = rows_of(files, program.schema);
      engine::TableSource kept(scoring->records);
      run_engine(*scoring, request.engine, kept, options);
    } else {
      files.read_unused(used);
      run_engine(*scoring, request.engine, files, options);
    }
    found.listed.report(scoring->data, sink);
    pick_selections(*scoring);
  }
  if (scoring->remote && !scoring->remote->report(compilation, sink)) return nullptr;
  report_data_problems(sink, scoring->data.problems, program.schema);
  if (!readable) return nullptr;
  report_violations(compilation, *scoring, sink);
  report_left_out(compilation, *scoring, sink);
  return scoring;
}

}  // namespace xize::driver

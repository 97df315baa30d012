#include "compiler/driver/remote_records.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/refusal_words.h"
#include "compiler/driver/scoring.h"
#include "runtime/io/cell_reader.h"
#include "runtime/io/csv_header.h"
#include "runtime/io/record_period.h"

namespace xize::driver {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;
using remote::FailureKind;
using value::Rational;

sql::Storage storage_of(remote::Storage storage) {
  constexpr sql::Storage kSame[] = {sql::Storage::Text, sql::Storage::Integer,
                                    sql::Storage::Decimal, sql::Storage::Bool, sql::Storage::Date};
  return kSame[static_cast<int>(storage)];
}

void report_failure(const remote::Failure& failure, const std::string& name,
                    diagnostics::Sink& sink) {
  const Nowhere nowhere;
  switch (failure.kind) {
    case FailureKind::BadUrl: sink.report_at<kinds::RecordsUrlBad>(nowhere, name); return;
    case FailureKind::PasswordInUrl: sink.report_at<kinds::RecordsUrlPassword>(nowhere); return;
    case FailureKind::NoLibrary:
      sink.report_at<kinds::RecordsNoLibrary>(nowhere, failure.detail);
      return;
    case FailureKind::Unreachable:
      sink.report_at<kinds::RecordsUnreachable>(nowhere, name, failure.detail);
      return;
    case FailureKind::AccessDenied:
      sink.report_at<kinds::RecordsDenied>(nowhere, name, failure.detail);
      return;
    case FailureKind::QueryFailed:
      sink.report_at<kinds::RecordsQueryFailed>(nowhere, name, failure.detail);
      return;
    case FailureKind::TimedOut: sink.report_at<kinds::RecordsTimedOut>(nowhere, name); return;
    case FailureKind::Incomplete:
      sink.report_at<kinds::RecordsIncomplete>(nowhere, name, failure.detail);
      return;
    case FailureKind::Interrupted: sink.report_at<kinds::RecordsInterrupted>(nowhere, name); return;
  }
}

}  // namespace

std::unique_ptr<remote::Source> open_records(const std::string& url, int timeout_seconds,
                                             diagnostics::Sink& sink) {
  remote::Patience patience;
  if (timeout_seconds > 0) patience.query = std::chrono::seconds(timeout_seconds);
  auto opened = remote::open(url, patience);
  if (auto* source = std::get_if<std::unique_ptr<remote::Source>>(&opened)) {
    return std::move(*source);
  }
  // Neither user nor options: nothing that could be secret.
  std::string shown = url;
  const auto scheme = url.find("://");
  const auto user = scheme == std::string::npos ? 0 : scheme + 3;
  const auto at = url.rfind('@');
  if (at != std::string::npos && at >= user) shown.erase(user, at + 1 - user);
  shown.erase(std::min(shown.find('?'), shown.size()));
  report_failure(std::get<remote::Failure>(opened), shown, sink);
  return nullptr;
}

bool RemoteRecords::find_tables(io::DataSet& data, const std::vector<bool>& optional,
                                diagnostics::Sink& sink) {
  data_ = &data;
  const auto& records = lowered_.program.schema.records;
  tables_.resize(records.size());
  bool all = true;
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    if (!data.files.records[i].empty()) continue;
    auto described = source_->describe(records[i].name);
    if (auto* failure = std::get_if<remote::Failure>(&described)) {
      report_failure(*failure, source_->name(), sink);
      return false;
    }
    tables_[i].columns = std::move(std::get<std::vector<remote::Column>>(described));
    if (holds(i)) {
      match_columns(i);
    } else if (!optional[i]) {
      diagnostics::List columns;
      for (const auto& column : records[i].columns) columns.value.push_back(column.name);
      sink.report_at<kinds::RecordsNoTable>(Nowhere{}, records[i].name, source_->name(), columns);
      all = false;
    }
  }
  data.elsewhere = this;
  return all;
}

// By the same rules as the header of a file.
void RemoteRecords::match_columns(std::uint32_t index) {
  RemoteTable& remote = tables_[index];
  std::vector<std::string_view> names;
  for (const remote::Column& column : remote.columns) names.push_back(column.name);
  const auto matched = io::match_header(names, schema(index));
  for (const std::uint32_t cell : matched.header.cell_of_column) {
    sql::StoredColumn& stored = remote.stored.emplace_back();
    if (cell == table::kNoColumn) continue;
    const remote::Column& column = remote.columns[cell];
    stored = {column.name, storage_of(column.storage), column.scale};
  }
}

std::string RemoteRecords::place(std::uint32_t index) const {
  return source_->name() + " " + schema(index).name;
}

const sql::Dialect& RemoteRecords::dialect() const {
  constexpr std::string_view kNames[] = {"postgresql", "clickhouse", "sqlite"};
  return *sql::find_dialect(kNames[static_cast<int>(source_->engine())]);
}

bool RemoteRecords::ask(const std::string& sql, const remote::Source::TakeRow& take) {
  if (!failure_) failure_ = source_->query(sql, take);
  return !failure_;
}

// Sorted by all their cells, so that a row has the same number whenever it is read.
bool RemoteRecords::read(std::uint32_t index, const TakeRow& take) {
  const sql::Dialect& d = dialect();
  std::vector<std::string_view> row;
  std::string cells;
  std::string places;
  for (const sql::StoredColumn& column : tables_[index].stored) {
    if (column.name.empty()) continue;
    row.push_back(column.name);
    cells += (cells.empty() ? "" : ", ") + sql::fill(d.as_text, {sql::quote_name(d, column.name)});
    places += (places.empty() ? "" : ", ") + std::to_string(row.size());
  }
  take(row);
  if (row.empty()) return true;
  const std::string from = " FROM " + sql::quote_name(d, schema(index).name);
  Rational rows;
  const bool read = ask("SELECT " + cells + from + " ORDER BY " + places, [&](auto found) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = found[i].value_or(std::string_view());
    rows += Rational(1);
    take(row);
  });
  return read && count_agrees(schema(index).name, rows);
}

// A database without snapshots may have changed, or lost a part, between two queries.
bool RemoteRecords::count_agrees(const std::string& table, const Rational& rows) {
  std::optional<Rational> count;
  const sql::Dialect& d = dialect();
  if (!ask("SELECT COUNT(*) FROM " + sql::quote_name(d, table),
           [&](auto row) { count = Rational::from_decimal(row[0].value_or("")); })) {
    return false;
  }
  if (count != rows) {
    failure_ = remote::Failure{FailureKind::Incomplete,
                               rows.to_string() + " / " + count.value_or(0).to_string()};
  }
  return !failure_;
}

void RemoteRecords::fetch(std::uint16_t table, std::optional<sql::Refusal> refusal) {
  const auto& columns = schema(table).columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {  // a missing one is an error of its own
    if (!columns[i].optional && tables_[table].stored[i].name.empty()) return;
  }
  const bool known = std::any_of(fetched_.begin(), fetched_.end(),
                                 [&](const Fetched& f) { return f.table == table; });
  if (!known) fetched_.push_back({table, refusal});
}

// The rows of an answer, joined to the units they belong to.
class RemoteRecords::Answer {
 public:
  Answer(const RemoteRecords& records, const program::Stage& stage, const sql::StageQuery& query)
      : data_(*records.data_), query_(query), partials_(query.folds.size()) {
    for (auto& column : partials_) column.resize(data_.units.rows().row_count());
    const table::TableSchema& schema = records.schema(stage.table);
    if (schema.period_column == table::kNoColumn) return;
    const table::TableSchema& units = data_.schema->units;
    period_reader_.emplace(query.unit_periods ? units.columns[units.period_column]
                                              : schema.columns[schema.period_column],
                           *data_.pool);
  }

  void add(std::span<const remote::Source::Cell> row) {
    const auto number = [&](std::uint32_t column) {
      return Rational::from_decimal(row[column].value_or("")).value_or(0);
    };
    rows += number(sql::kRowsColumn);
    late += number(sql::kLateColumn);
    if (!sound || !number(sql::kOddColumn).is_zero() || !row[sql::kUnitColumn]) {
      sound = false;
      return;
    }
    const std::string name = data_.names.resolve(*row[sql::kUnitColumn]);
    const auto unit = data_.units.find_unit(name);
    const bool own_name = name == *row[sql::kUnitColumn];
    if (!unit || (!own_name && (query_.compares_units || !query_.keys.empty()))) {
      sound = false;
      return;
    }
    add_to(*unit, row);
  }

  [[nodiscard]] engine::Folds folds() const {
    engine::Folds folds;
    for (std::size_t i = 0; i < partials_.size(); ++i) {
      auto& column = folds.emplace_back();
      for (const sql::Partial& partial : partials_[i]) {
        column.push_back(partial.result(query_.folds[i]));
      }
    }
    return folds;
  }

  Rational rows, late;
  bool sound = true;  // false: the rows must be read one by one

 private:
  // Rows without a period belong to the unit in each of its periods.
  void add_to(std::uint32_t unit, std::span<const remote::Source::Cell> row) {
    if (data_.schema->units.period_column == table::kNoColumn) return add_to(unit, 0, row);
    if (!period_reader_) {
      for (std::uint32_t p = 0; p < data_.units.period_count(); ++p) add_to(unit, p, row);
      return;
    }
    const auto cell = period_reader_->read(row[sql::kPeriodColumn].value_or(""));
    const auto* value = std::get_if<value::Value>(&cell);
    const auto period =
        value == nullptr ? std::nullopt : io::period_of({data_.schema->units}, data_.units, *value);
    if (!period) {
      sound = false;
      return;
    }
    add_to(unit, *period, row);
  }
  void add_to(std::uint32_t unit, std::uint32_t period, std::span<const remote::Source::Cell> row) {
    const auto unit_row = data_.units.find_row(unit, period);
    if (!unit_row) return;
    for (std::size_t i = 0; i < partials_.size(); ++i) {
      sound = partials_[i][*unit_row].add(query_.folds[i], row) && sound;
    }
  }

  const io::DataSet& data_;
  const sql::StageQuery& query_;
  std::vector<std::vector<sql::Partial>> partials_;  // by fold, then unit row
  std::optional<io::CellReader> period_reader_;
};

std::optional<engine::Folds> RemoteRecords::fold(const program::Stage& stage) {
  if (failure_ || !holds(stage.table)) return std::nullopt;
  const sql::Setting setting{lowered_.program, parameters_, calendar()};
  auto made = sql::stage_query(dialect(), setting, stage, {tables_[stage.table].stored});
  if (const auto* refusal = std::get_if<sql::Refusal>(&made)) {
    fetch(stage.table, *refusal);
    return std::nullopt;
  }
  const auto& query = std::get<sql::StageQuery>(made);
  for (const std::string& key : query.keys) {
    bool doubled = false;
    if (!ask(key, [&](auto) { doubled = true; })) return std::nullopt;
    if (doubled) {
      fetch(stage.table, std::nullopt);
      return std::nullopt;
    }
  }
  return run(stage, query);
}

// The report that a reading of the rows would have left.
void RemoteRecords::note_rows(std::uint16_t table, const Answer& answer) {
  io::FileReport report;
  report.file = place(table);
  report.table = table + 1u;
  report.rows = static_cast<std::uint64_t>(answer.rows.to_int64().value_or(0));
  report.late_rows = static_cast<std::uint64_t>(answer.late.to_int64().value_or(0));
  report.complete = true;
  for (const io::FileReport& known : data_->reports) {
    if (known.file == report.file) return;
  }
  data_->reports.push_back(report);
  if (report.rows == 0) io::note_no_rows(*data_, table, report.file);
}

std::optional<engine::Folds> RemoteRecords::run(const program::Stage& stage,
                                                const sql::StageQuery& query) {
  Answer answer(*this, stage, query);
  if (!ask(query.sql, [&](auto row) { answer.add(row); })) return std::nullopt;
  if (!count_agrees(schema(stage.table).name, answer.rows)) return std::nullopt;
  if (!answer.sound) {
    fetch(stage.table, std::nullopt);
    return std::nullopt;
  }
  note_rows(stage.table, answer);
  folded_.push_back(&stage);
  return answer.folds();
}

bool RemoteRecords::folded(const program::Stage& stage) const {
  return std::find(folded_.begin(), folded_.end(), &stage) != folded_.end();
}

bool RemoteRecords::report(const Compilation& compilation, diagnostics::Sink& sink) const {
  if (failure_) {
    report_failure(*failure_, source_->name(), sink);
    return false;
  }
  for (const Fetched& fetched : fetched_) {
    const std::string& name = schema(fetched.table).name;
    if (!fetched.refusal) {
      sink.report_at<kinds::RecordsUnplain>(diagnostics::InData{place(fetched.table), 0, 0, {}, {}},
                                            name);
      continue;
    }
    diagnostics::Location where = Nowhere{};
    if (fetched.refusal->op.valid()) {
      const auto origin = lowered_.program.ops[fetched.refusal->op].origin;
      if (origin.valid()) {
        where = diagnostics::InSource{&compilation.file(), lowered_.places[origin.index].span};
      }
    }
    sink.accept(
        diagnostics::make<kinds::RecordsFetched>(where, name, words(fetched.refusal->reason)));
  }
  return true;
}

}  // namespace xize::driver

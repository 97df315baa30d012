// remote_records: the records of a run that a database keeps (`--records`).
// In: an open source, the data set. Out: rows as texts for the readers of files, and, where SQL can
// say a stage exactly, its folds instead of the rows. What cannot be folded there is said once for
// each table, with the reason; its rows are then fetched.
// Must hold: the outcome is the one that the same rows in files would give, except that rows of a
// database have no order: they come sorted by their cells. After a failure there is no outcome.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/driver/compilation.h"
#include "compiler/lower/lower.h"
#include "compiler/sql/stage_query.h"
#include "runtime/engine/engine.h"
#include "runtime/io/data_set.h"
#include "runtime/remote/source.h"

namespace xize::driver {

// Connects to what a URL names; null after reporting why not.
std::unique_ptr<remote::Source> open_records(const std::string& url, int timeout_seconds,
                                             diagnostics::Sink& sink);

class RemoteRecords final : public io::RecordTexts {
 public:
  RemoteRecords(std::unique_ptr<remote::Source> source, const lower::Lowered& lowered,
                const std::vector<std::optional<value::Value>>& parameters)
      : source_(std::move(source)), lowered_(lowered), parameters_(parameters) {}

  // Looks for every table that has no file; `optional` says which may be missing altogether. False
  // after reporting those that are nowhere.
  bool find_tables(io::DataSet& data, const std::vector<bool>& optional, diagnostics::Sink& sink);

  [[nodiscard]] bool holds(std::uint32_t index) const override {
    return !tables_[index].columns.empty();
  }
  [[nodiscard]] std::string place(std::uint32_t index) const override;
  bool read(std::uint32_t index, const TakeRow& take) override;

  // What messages call the database.
  [[nodiscard]] const std::string& name() const { return source_->name(); }

  // The folds of a stage over a table that stands here; empty if the rows have to be read.
  std::optional<engine::Folds> fold(const program::Stage& stage);

  // Whether the folds of the stage came from the database.
  [[nodiscard]] bool folded(const program::Stage& stage) const;

  // Reports what was fetched and why, and what went wrong. False if something did.
  bool report(const Compilation& compilation, diagnostics::Sink& sink) const;

 private:
  // A table as the database has it.
  struct RemoteTable {
    std::vector<remote::Column> columns;    // all; none: there is no such table
    std::vector<sql::StoredColumn> stored;  // by column of the schema
  };
  // Why the rows of a table were fetched.
  struct Fetched {
    std::uint16_t table = program::kNoTable;
    std::optional<sql::Refusal> refusal;  // empty: because of the rows themselves
  };
  class Answer;

  [[nodiscard]] const sql::Dialect& dialect() const;
  [[nodiscard]] const table::TableSchema& schema(std::uint32_t index) const {
    return lowered_.program.schema.records[index];
  }
  void match_columns(std::uint32_t index);
  std::optional<engine::Folds> run(const program::Stage& stage, const sql::StageQuery& query);
  void note_rows(std::uint16_t table, const Answer& answer);
  bool count_agrees(const std::string& table, const value::Rational& rows);
  bool ask(const std::string& sql, const remote::Source::TakeRow& take);
  void fetch(std::uint16_t table, std::optional<sql::Refusal> refusal);

  std::unique_ptr<remote::Source> source_;
  const lower::Lowered& lowered_;
  const std::vector<std::optional<value::Value>>& parameters_;
  io::DataSet* data_ = nullptr;
  std::vector<RemoteTable> tables_;
  std::vector<Fetched> fetched_;
  std::vector<const program::Stage*> folded_;
  std::optional<remote::Failure> failure_;
};

}  // namespace xize::driver

// Reads a text through the CSV reader and keeps what came out, for the tests of `runtime/io`.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/base/string_pool.h"
#include "runtime/io/byte_source.h"
#include "runtime/io/cell_text.h"
#include "runtime/io/csv_reader.h"
#include "runtime/table/schema.h"

namespace xize::io {

// A copy of a TypedRow with its cells as text; a bad cell is `!`, a missing one `?`, `…` pending.
struct KeptRow {
  std::uint64_t line = 0;
  std::string unit;
  std::vector<std::string> cells;
  bool faulty = false;
  friend bool operator==(const KeptRow&, const KeptRow&) = default;
};

// Everything one reading gives.
struct ReadResult {
  std::vector<KeptRow> rows;
  FileReport report;
  ProblemLog problems;

  // The kinds of all problems, in order: `BlankCell NotANumber`.
  [[nodiscard]] std::string kinds() const {
    std::string out;
    for (const auto& problem : problems.kept()) {
      if (!out.empty()) out += ' ';
      out += kind_name(problem.kind);
    }
    return out;
  }
};

inline std::string shown(const value::Value& v, const base::StringPool& pool) {
  if (std::holds_alternative<value::Fault>(v)) return "!";
  if (std::holds_alternative<value::Missing>(v)) return "?";
  if (std::holds_alternative<value::Pending>(v)) return "…";
  return cell_text(v, pool);
}

// Keeps the rows.
class RowKeeper final : public TypedRowHandler {
 public:
  RowKeeper(std::vector<KeptRow>& rows, const base::StringPool& pool) : rows_(rows), pool_(pool) {}
  void take(const TypedRow& row) override {
    KeptRow kept{row.line, std::string(row.unit), {}, row.faulty};
    for (const auto& cell : row.cells) kept.cells.push_back(shown(cell, pool_));
    rows_.push_back(std::move(kept));
  }

 private:
  std::vector<KeptRow>& rows_;
  const base::StringPool& pool_;
};

inline ReadResult read_source(ByteSource& source, const table::TableSchema& table) {
  ReadResult result;
  base::StringPool pool;
  UnitNames names;
  const CsvContext context{table, kUnitTable, pool, names, result.problems};
  RowKeeper keeper(result.rows, pool);
  result.report = read_csv(source, "data.csv", context, keeper);
  return result;
}

inline ReadResult read_text(const std::string& text, const table::TableSchema& table,
                            std::size_t chunk_bytes = 1 << 16) {
  return read_source(*open_text(text, chunk_bytes), table);
}

// A unit table `部门` with the columns given behind its unit column 名称.
inline table::TableSchema table_of(std::vector<table::ColumnSchema> columns) {
  table::TableSchema schema;
  schema.name = "部门";
  schema.columns = std::move(columns);
  schema.columns.insert(schema.columns.begin(), table::unit_column("名称"));
  schema.unit_column = 0;
  schema.is_unit_table = true;
  return schema;
}

}  // namespace xize::io

// record_rows: the typed rows of one records table to a sink.
// In: typed rows of one file, the units. Out: rows with their unit and period numbered.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/io/csv_reader.h"
#include "runtime/io/key_checker.h"
#include "runtime/io/plain_records.h"
#include "runtime/table/table.h"

namespace xize::io {

// Where records go: the units they name, and a sink, which may be null; or a sink of blocks. If the
// unit table was not read to its end, a unit it lacks is no mistake of the records.
struct RecordTarget {
  const table::TableSchema& unit_schema;
  table::UnitTable& units;
  bool units_complete = true;
  table::RowSink* sink = nullptr;
  columns::BlockSink* blocks = nullptr;
  std::uint32_t period = table::kNoPeriod;  // of rows that do not say theirs
  std::uint64_t first_line = 0;             // what the lines of the file count on from
};

// Takes the rows of one records table.
class RecordRows final : public TypedRowHandler {
 public:
  RecordRows(const std::string& file, const CsvContext& context, const RecordTarget& target);

  void take(const TypedRow& row) override;
  PlainRows* plain_rows(const FileForm& form) override;
  void take_plain(PlainPiece& piece, std::uint64_t before_line) override;
  // How many rows were left out because they are later than the cutoff.
  [[nodiscard]] std::uint64_t late_rows() const { return late_rows_; }

 private:
  [[nodiscard]] bool is_late(const TypedRow& row) const;
  std::optional<std::uint32_t> find_unit(const TypedRow& row);
  // A record's period: its number, or why it has none.
  enum class Lost : std::uint8_t { Unreadable, Unknown, UnitAbsent };
  std::variant<std::uint32_t, Lost> find_period(const TypedRow& row, std::uint32_t unit) const;
  void report_period(const TypedRow& row);

  const CsvContext& context_;
  RecordTarget target_;
  KeyChecker keys_;
  std::vector<std::string> keys_of_row_;
  std::unique_ptr<PlainRecords> plain_;
  std::uint64_t late_rows_ = 0;
};

}  // namespace xize::io

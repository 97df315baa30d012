// plain_records: plain rows of a records table to blocks.
// In: pieces of a file. Out: blocks to a sink; in the piece, the rows that the sink left and the
// keys of the rows.
#pragma once

#include <cstdint>
#include <memory>

#include "runtime/columns/block.h"
#include "runtime/io/plain_rows.h"

namespace xize::io {

// Whose the rows are, and who takes them; period and first line as in RecordTarget. Blocks have
// the lines counted on, everything in a piece has those of the file.
struct PlainTarget {
  const table::TableSchema& unit_schema;
  const table::UnitTable& units;
  columns::BlockSink& sink;
  std::uint32_t period = table::kNoPeriod;
  std::uint64_t first_line = 0;
};

class PlainRecords final : public PlainRows {
 public:
  PlainRecords(const FileForm& form, const CsvContext& context, const PlainTarget& target);

 private:
  class Reader;

  std::unique_ptr<Worker> make_worker() override;

  PlainTarget target_;
};

}  // namespace xize::io

// drawn_rows: the rows of samples in a scoring run: from their lists, or drawn with a seed.
// Private to this room.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/scoring.h"
#include "runtime/table/table.h"

namespace xize::driver {

// Rows of records that stand in for the list of a sample, by unit and line.
struct DrawnRows {
  std::uint16_t from = 0;                                // the records they were drawn from
  std::set<std::pair<std::string, std::uint64_t>> rows;  // unit, line
  std::vector<std::uint32_t> columns;  // by column of the list: that of the records, or none
  const table::UnitTable* units = nullptr;
};

// Lets the drawn rows of the records through, as rows of the list. What inspectors would have
// written down is missing.
class DrawnFilter final : public table::RowSink {
 public:
  DrawnFilter(const DrawnRows& drawn, table::RowSink& sink) : drawn_(drawn), sink_(sink) {}
  void add(const table::RowView& row) override;

 private:
  const DrawnRows& drawn_;
  table::RowSink& sink_;
};

// A scoring run whose data are open and not yet read.
struct ListSearch {
  const Compilation& compilation;
  const ScoringRequest& request;
  Scoring& scoring;
  const std::set<std::uint16_t>& used;  // records tables that the program reads
};

// Checks each list that the program reads against the records it was drawn from; a sample without
// a list is drawn with the seed of the request. False if there is no seed, or it cannot be drawn.
bool find_lists(const ListSearch& search, std::vector<std::optional<DrawnRows>>& drawn,
                diagnostics::Sink& sink);

}  // namespace xize::driver

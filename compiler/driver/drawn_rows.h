// drawn_rows: the rows of samples in a scoring run: from their lists, or drawn with a seed.
// Private to this room.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/listed_rows.h"
#include "compiler/driver/scoring.h"
#include "runtime/table/table.h"

namespace xize::driver {

// Rows of records that stand in for the list of a sample.
struct DrawnRows {
  std::uint16_t from = 0;  // the records they were drawn from
  // By unit and line: the periods they were drawn for.
  std::map<std::pair<std::string, std::uint64_t>, std::vector<std::uint32_t>> rows;
  std::vector<std::uint32_t> columns;  // by column of the list: that of the records, or none
  const table::UnitTable* units = nullptr;
};

// Lets the drawn rows of the records through, as rows of the list.
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

// What is known of the lists of a run, by table of records.
struct FoundLists {
  std::vector<std::optional<DrawnRows>> drawn;  // drawn in this run
  std::vector<table::Table> lists;              // read from files; without columns: not read
  ListedRows listed;
};

// Reads each list that the program reads, gives it its period and watches for its rows among the
// records it was drawn from. A sample without a list is drawn with the seed of the request, if
// inspectors have nothing to fill in. False where it is not known what was drawn; the problems of
// the data say more.
bool find_lists(const ListSearch& search, FoundLists& found, diagnostics::Sink& sink);

}  // namespace xize::driver

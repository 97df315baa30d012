// changes: what a person writes for other data, as values that a data file could have given.
// In: texts such as `即办程度.N=120` and a scoring that kept its records. Out: Changes, or reports.
// Must hold: what is refused in a cell is refused here, with the text and what was expected.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/whatif/bench.h"

namespace xize::whatif {

// A record that is not there yet.
struct NewRecord {
  std::uint16_t table = 0;
  std::vector<value::Value> cells;
};

// Other data of one row of the unit table.
struct Changes {
  std::vector<std::pair<std::uint32_t, value::Value>> cells;       // column, value
  std::vector<std::pair<std::uint32_t, value::Value>> parameters;  // slot, value
  std::vector<NewRecord> added;
  std::vector<RecordPlace> dropped;
  [[nodiscard]] bool empty() const {
    return cells.empty() && parameters.empty() && added.empty() && dropped.empty();
  }
};

// What was asked for.
struct ChangeRequest {
  std::vector<std::string> set;   // `N=9`: a column of the unit table, or a parameter
  std::vector<std::string> add;   // `办件: 超期=是, 事项=户口迁移`
  std::vector<std::string> drop;  // the same: the first record of the unit that fits
};

// The changes of the row; what cannot be read is reported, and left out.
Changes read_changes(driver::Scoring& scoring, std::size_t row, const ChangeRequest& request,
                     diagnostics::Sink& sink);

// The columns of the unit table that are named; nothing if one is unknown, which is reported.
std::optional<std::vector<std::uint32_t>> columns_named(driver::Scoring& scoring,
                                                        const std::vector<std::string>& names,
                                                        diagnostics::Sink& sink);

// Puts them into a bench of all units.
void apply(const Changes& changes, const driver::Scoring& scoring, std::size_t row, Bench& bench);

}  // namespace xize::whatif

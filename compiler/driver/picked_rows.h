// picked_rows: single records, read from their file once more. Runs fold records and keep none.
// In: a data set whose records were read, the lines wanted. Out: the cells of those lines.
// Cost: one reading of the file, whatever the number of lines; nothing where no line is wanted.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "runtime/io/data_set.h"

namespace xize::driver {

// Cells by column of the table's schema, for each line of the file.
using RowsByLine = std::map<std::uint64_t, std::vector<value::Value>>;

// Rows of `schema.records[table]` on these lines. Texts of columns that the schema does not mark as
// needed are Missing. Problems were logged by the first reading and are not logged again.
RowsByLine pick_rows(const io::DataSet& data, std::uint32_t table,
                     const std::set<std::uint64_t>& lines);

}  // namespace xize::driver

// plain_units: plain rows of the unit table to blocks.
// In: pieces of a file. Out: in the piece, its rows and what they call their units, which are
// numbered by whoever takes the pieces in order.
#pragma once

#include <memory>
#include <vector>

#include "runtime/base/pool.h"
#include "runtime/io/plain_rows.h"

namespace xize::io {

// By column, whether it is read: all but the units' names, which are put in at the end.
std::vector<bool> columns_to_read(const table::TableSchema& table);

class PlainUnits final : public PlainRows {
 public:
  PlainUnits(const FileForm& form, const CsvContext& context) : PlainRows(form, context) {}

  // Nor with keys, or where another column's cells name units of the same table.
  [[nodiscard]] bool possible() const override;

 private:
  class Reader;

  std::unique_ptr<Worker> make_worker() override;

  base::Pool<NamedRows> free_;
};

}  // namespace xize::io

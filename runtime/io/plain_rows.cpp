#include "runtime/io/plain_rows.h"

#include <variant>

namespace xize::io {

PlainRows::PlainRows(const FileForm& form, const CsvContext& context)
    : form_(form),
      table_(context.table),
      shared_{.mutex = {}, .pool = context.pool, .names = context.names} {
  for (std::uint32_t column = 0; column < table_.columns.size(); ++column) {
    const bool absent = form.header.cell_of_column[column] == table::kNoColumn;
    const auto blank = CellReader(table_.columns[column], context.pool).read({});
    const bool blank_is_wrong = std::holds_alternative<CellFault>(blank);
    if (form.header.in_error[column] || (absent && blank_is_wrong)) possible_ = false;
  }
}

PlainRows::~PlainRows() = default;

void PlainRows::read(PlainPiece& piece) {
  auto& worker = workers_.local();
  if (!worker) {
    const std::lock_guard lock(shared_.mutex);
    worker = make_worker();
  }
  worker->read(piece);
}

}  // namespace xize::io

#include "compiler/driver/cutoff.h"

namespace xize::driver {

std::optional<value::Date> cutoff_of(const sema::Model& model) {
  if (!model.cutoff.valid()) return std::nullopt;
  const ast::ExprId date = model.entry_as<ast::Cutoff>(model.cutoff).date;
  if (!date.valid()) return std::nullopt;
  const auto* literal = std::get_if<ast::DateLit>(&model.expr(date).node);
  return literal == nullptr ? std::nullopt : std::optional(literal->date);
}

void CutoffCounter::add(const table::RowView& row) {
  const auto* date = std::get_if<value::Date>(&row.cells[date_column_]);
  if (date != nullptr && *date > last_) ++late_;
  if (next_ != nullptr) next_->add(row);
}

}  // namespace xize::driver

#include "runtime/io/record_rows.h"

#include <utility>
#include <variant>

#include "runtime/io/cell_text.h"
#include "runtime/io/record_period.h"

namespace xize::io {
namespace {

using table::kNoColumn;
using table::kNoPeriod;

}  // namespace

RecordRows::RecordRows(const std::string& file, const CsvContext& context,
                       const RecordTarget& target)
    : context_(context),
      target_(target),
      keys_(file, context),
      keys_of_row_(context.table.keys.size()) {}

void RecordRows::take(const TypedRow& row) {
  if (row.unit.empty()) return;
  const auto unit = find_unit(row);
  const bool doubled = keys_.check(row);
  if (!unit) return;
  if (is_late(row)) {
    ++late_rows_;
    return;
  }
  const auto found = find_period(row, *unit);
  if (const auto* lost = std::get_if<Lost>(&found)) {
    if (*lost == Lost::Unknown) report_period(row);
    // It may belong to any period; that the unit lacks a row for its period was said before.
    if (*lost != Lost::UnitAbsent) target_.units.mark_faulty(*unit, kNoPeriod);
    return;
  }
  const auto period = std::get<std::uint32_t>(found);
  if (row.faulty || doubled) target_.units.mark_faulty(*unit, period);
  const table::RowView view{*unit, period, target_.first_line + row.line, row.cells};
  if (target_.blocks != nullptr) target_.blocks->take_row(view);
  if (target_.sink != nullptr) target_.sink->add(view);
}

std::optional<std::uint32_t> RecordRows::find_unit(const TypedRow& row) {
  const auto unit = target_.units.find_unit(row.unit);
  // In a ragged row the cell may be another column's, and the row has been reported.
  if (unit || row.ragged || !target_.units_complete) return unit;
  auto problem = keys_.problem(ProblemKind::UnknownUnit, row);
  problem.column = context_.table.unit_column;
  problem.column_name = context_.table.columns[problem.column].name;
  problem.text = shorten(row.unit);
  problem.nearest = context_.names.nearest(row.unit);
  context_.problems.add(std::move(problem));
  return std::nullopt;
}

bool RecordRows::is_late(const TypedRow& row) const {
  const table::TableSchema& table = context_.table;
  if (!table.cutoff || table.cutoff_column == kNoColumn) return false;
  return is_after(row.cells[table.cutoff_column], *table.cutoff);
}

std::variant<std::uint32_t, RecordRows::Lost> RecordRows::find_period(const TypedRow& row,
                                                                      std::uint32_t unit) const {
  const PeriodColumns columns{target_.unit_schema, context_.table.period_column, target_.period};
  if (const auto fixed = fixed_period(columns)) return *fixed;
  const value::Value& cell = row.cells[context_.table.period_column];
  if (std::holds_alternative<value::Fault>(cell)) return Lost::Unreadable;
  const auto period = period_of(columns, target_.units, cell);
  if (!period) return Lost::Unknown;
  if (!target_.units.find_row(unit, *period)) return Lost::UnitAbsent;
  return *period;
}

PlainRows* RecordRows::plain_rows(const FileForm& form) {
  if (target_.blocks == nullptr) return nullptr;
  plain_ = std::make_unique<PlainRecords>(
      form, context_,
      PlainTarget{target_.unit_schema, target_.units, *target_.blocks, target_.period,
                  target_.first_line});
  return plain_->possible() ? plain_.get() : nullptr;
}

void RecordRows::take_plain(PlainPiece& piece, std::uint64_t before_line) {
  const std::size_t key_count = keys_of_row_.size();
  for (; piece.keyed_taken < piece.keyed.size(); ++piece.keyed_taken) {
    const KeyedRow& row = piece.keyed[piece.keyed_taken];
    if (row.line >= before_line) break;
    for (std::size_t i = 0; i < key_count; ++i) {
      const std::size_t at = piece.keyed_taken * key_count + i;
      const std::size_t begin = at == 0 ? 0 : piece.key_ends[at - 1];
      keys_of_row_[i].assign(piece.key_bytes, begin, piece.key_ends[at] - begin);
    }
    const TypedRow typed{row.line, target_.units.unit_name(row.unit), {}, keys_of_row_};
    if (keys_.check(typed) && !row.late) target_.units.mark_faulty(row.unit, row.period);
  }
  for (; piece.left_taken < piece.left.size(); ++piece.left_taken) {
    const LeftRow& row = piece.left[piece.left_taken];
    if (row.line >= before_line) break;
    target_.blocks->take_row({row.unit, row.period, target_.first_line + row.line, row.cells});
  }
  if (before_line == kAllLines) late_rows_ += piece.late_rows;
}

void RecordRows::report_period(const TypedRow& row) {
  const std::uint32_t column = context_.table.period_column;
  auto problem = keys_.problem(ProblemKind::UnknownPeriod, row);
  problem.column = column;
  problem.column_name = context_.table.columns[column].name;
  problem.text = cell_text(row.cells[column], context_.pool);
  context_.problems.add(std::move(problem));
}

}  // namespace xize::io

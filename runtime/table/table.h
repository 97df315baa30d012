// table: rows in memory, column by column, and the door that streams of rows pass through.
// In: readers push rows. Out: engines read `Column::at` and fold rows as they arrive.
// Must hold: all columns of a table are equally long, those of a UnitTable packed; unit and period
// numbers index the UnitTable.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/large.h"
#include "runtime/base/number_list.h"
#include "runtime/table/name_index.h"
#include "runtime/table/schema.h"
#include "runtime/value/packed_values.h"

namespace xize::table {

// The period of rows whose table has no period column.
inline constexpr std::uint32_t kNoPeriod = 0xffffffffu;

// One row on its way: whose it is, where it stood (physical line), and a cell for each column of
// the schema. The cells live only during the call. A bad cell is a `Fault{BadCell}`.
struct RowView {
  std::uint32_t unit = 0;
  std::uint32_t period = kNoPeriod;
  std::uint64_t line = 0;
  std::span<const value::Value> cells;
};

// Takes the rows of one table one after another, in the order of the file, and keeps what it
// needs: this is how records are folded without being held.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void add(const RowView& row) = 0;
};

// The cells of one column in memory.
using Column = value::PackedValues;

// Of rows: whose each is, in which period, and where it stood.
struct RowPlaces {
  base::NumberList<std::uint32_t> units;
  base::NumberList<std::uint32_t> periods;
  base::NumberList<std::uint64_t> lines;
};

// Rows in memory; it is itself a sink, so that small record tables can be collected.
class Table : public RowSink {
 public:
  explicit Table(std::size_t column_count = 0) : columns_(column_count) {}
  // Of packed columns.
  Table(std::vector<Column> columns, RowPlaces rows);

  // Appends a row; it must have as many cells as the table has columns.
  void add(const RowView& row) override;

  [[nodiscard]] std::size_t row_count() const { return rows_.units.size(); }
  [[nodiscard]] std::size_t column_count() const { return columns_.size(); }
  [[nodiscard]] const Column& column(std::size_t index) const { return columns_[index]; }
  [[nodiscard]] value::Value at(std::size_t row, std::size_t column) const {
    return columns_[column].at(row);
  }
  [[nodiscard]] std::uint32_t unit(std::size_t row) const { return rows_.units[row]; }
  [[nodiscard]] std::uint32_t period(std::size_t row) const { return rows_.periods[row]; }
  [[nodiscard]] std::uint64_t line(std::size_t row) const { return rows_.lines[row]; }

  [[nodiscard]] const RowPlaces& places() const { return rows_; }

  // The cells are all there.
  void pack();
  // Replaces each row's period p by `number_of[p]`.
  void renumber_periods(std::span<const std::uint32_t> number_of);

 private:
  std::vector<Column> columns_;
  RowPlaces rows_;
};

// The unit table with its units and periods numbered: at most one row for each pair.
// Without a period column there is exactly one period, number 0, whose value is Missing.
class UnitTable {
 public:
  UnitTable() = default;
  // `rows` refer to the names and periods by their position; no pair occurs twice.
  UnitTable(std::vector<std::string> names, std::vector<value::Value> periods, Table rows);
  UnitTable(std::shared_ptr<const NameIndex> names, std::vector<value::Value> periods, Table rows);

  [[nodiscard]] std::uint32_t unit_count() const { return names_->size(); }
  [[nodiscard]] std::uint32_t period_count() const {
    return static_cast<std::uint32_t>(periods_.size());
  }
  // For tables of the same units.
  [[nodiscard]] const std::shared_ptr<const NameIndex>& names() const { return names_; }
  [[nodiscard]] std::string_view unit_name(std::uint32_t unit) const { return names_->name(unit); }
  [[nodiscard]] const value::Value& period_value(std::uint32_t period) const {
    return periods_[period];
  }
  [[nodiscard]] std::optional<std::uint32_t> find_unit(std::string_view name) const;
  [[nodiscard]] std::optional<std::uint32_t> find_period(const value::Value& period) const;
  [[nodiscard]] const Table& rows() const { return rows_; }
  // The row of a unit in a period, if it has one.
  [[nodiscard]] std::optional<std::size_t> find_row(std::uint32_t unit, std::uint32_t period) const;
  // The same for many: the number of rows where the pair has none.
  [[nodiscard]] std::uint32_t row_or_end(std::uint32_t unit, std::uint32_t period) const {
    const std::size_t at = slot(unit, period);
    const std::uint32_t row = row_of_.empty() ? static_cast<std::uint32_t>(at) : row_of_[at];
    return std::min(row, static_cast<std::uint32_t>(rows_.row_count()));
  }
  // The cell of a unit in a period; Missing if the pair has no row.
  [[nodiscard]] value::Value at(std::uint32_t unit, std::uint32_t period,
                                std::size_t column) const;

  // Some datum of this unit in this period is in error, so the pair is not to be scored. With
  // kNoPeriod, no pair of the unit is.
  void mark_faulty(std::uint32_t unit, std::uint32_t period);
  [[nodiscard]] bool is_faulty(std::uint32_t unit, std::uint32_t period) const;
  [[nodiscard]] bool has_faulty() const { return has_faulty_; }

 private:
  [[nodiscard]] std::size_t slot(std::uint32_t unit, std::uint32_t period) const {
    return std::size_t{unit} * periods_.size() + period;
  }

  Table rows_;
  std::shared_ptr<const NameIndex> names_ = std::make_shared<NameIndex>();
  std::vector<value::Value> periods_;
  // By slot; kNoRow where the pair has none. Empty where each slot's row has the slot's number.
  base::LargeVector<std::uint32_t> row_of_;
  std::vector<bool> faulty_;           // by slot
  bool has_faulty_ = false;
};

}  // namespace xize::table

#include "compiler/driver/named_periods.h"

#include "runtime/io/cell_reader.h"
#include "runtime/io/cell_text.h"

namespace xize::driver {

std::string period_name(const io::DataSet& data, std::uint32_t period) {
  const table::TableSchema& units = data.schema->units;
  if (units.period_column == table::kNoColumn) return {};
  return io::cell_text(data.units.period_value(period), units.columns[units.period_column],
                       *data.pool);
}

std::vector<std::string> period_names(const io::DataSet& data) {
  std::vector<std::string> names;
  for (std::uint32_t period = 0; period < data.units.period_count(); ++period) {
    names.push_back(period_name(data, period));
  }
  return names;
}

std::optional<std::uint32_t> named_period(const io::DataSet& data, std::string_view text) {
  const table::TableSchema& units = data.schema->units;
  if (units.period_column == table::kNoColumn) return std::nullopt;
  const auto read = io::CellReader(units.columns[units.period_column], *data.pool).read(text);
  const auto* value = std::get_if<value::Value>(&read);
  return value == nullptr ? std::nullopt : data.units.find_period(*value);
}

}  // namespace xize::driver

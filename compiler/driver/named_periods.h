// named_periods: the periods of data as texts. Private to this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/data_set.h"

namespace xize::driver {

// A period of the data as it is printed; blank where the data have none.
std::string period_name(const io::DataSet& data, std::uint32_t period);
// All of them, in order.
std::vector<std::string> period_names(const io::DataSet& data);
// The period that a text names as a cell would: `2024-03`, `2024年第一季度`.
std::optional<std::uint32_t> named_period(const io::DataSet& data, std::string_view text);

}  // namespace xize::driver

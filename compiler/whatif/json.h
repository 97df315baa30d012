// Marks and data as JSON values: exact numbers as text, other states as an object.
// Private to this room.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "compiler/results/sheet.h"

namespace xize::whatif {

nlohmann::ordered_json mark_json(const results::Mark& mark);
nlohmann::ordered_json datum_json(const results::Datum& datum);

}  // namespace xize::whatif

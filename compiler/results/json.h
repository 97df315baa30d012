// Marks and data as JSON values: exact numbers as text, other states as an object.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "compiler/results/sheet.h"

namespace xize::results {

// Null where the policy has no such result.
nlohmann::ordered_json mark_json(const Mark& mark);
// Words and truths as they are; null where there is nothing.
nlohmann::ordered_json datum_json(const Datum& datum);

}  // namespace xize::results

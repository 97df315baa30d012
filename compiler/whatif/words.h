// The words that what-if reports share: differences with their sign, places gained and lost.
// In: exact values and a style. Out: phrases without line ends. Private to this room.
#pragma once

#include <string>

#include "compiler/results/explanation.h"

namespace xize::whatif {

// What a node brings to the total: a penalty's score counts against it.
results::Mark towards_total(const results::NodeExplanation& node);

// `+2`, `-0.5`.
std::string signed_number(const value::Rational& number, const results::ExplanationStyle& style);
// The same with its measure: `+3 件`.
std::string signed_datum(const results::Datum& datum, const results::ExplanationStyle& style);
// ` (+2)` or `（+2）`.
std::string bracketed(const std::string& text, const results::ExplanationStyle& style);
// `up 2`, `升 2 名`.
std::string places_moved(std::int64_t before, std::int64_t after,
                         const results::ExplanationStyle& style);

}  // namespace xize::whatif

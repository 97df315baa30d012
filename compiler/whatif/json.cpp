#include "compiler/whatif/json.h"

#include <nlohmann/json.hpp>

namespace xize::whatif {

using Json = nlohmann::ordered_json;

Json mark_json(const results::Mark& mark) {
  if (mark.state == results::MarkState::Absent) return nullptr;
  if (mark.state == results::MarkState::Score) return mark.value.to_string();
  return Json{{"state", results::print_mark(mark, results::Language::English, std::nullopt)}};
}

Json datum_json(const results::Datum& datum) {
  switch (datum.kind) {
    case results::DatumKind::Number: return datum.number.to_string();
    case results::DatumKind::Bool: return datum.yes;
    case results::DatumKind::Text: return datum.text;
    case results::DatumKind::Absent: return nullptr;
    default: return Json{{"state", results::print_datum(datum, {results::Language::English})}};
  }
}

}  // namespace xize::whatif

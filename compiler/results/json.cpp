#include "compiler/results/json.h"

#include <nlohmann/json.hpp>

namespace xize::results {

using Json = nlohmann::ordered_json;

Json mark_json(const Mark& mark) {
  if (mark.state == MarkState::Absent) return nullptr;
  if (mark.state == MarkState::Score) return mark.value.to_string();
  return Json{{"state", print_mark(mark, Language::English, std::nullopt)}};
}

Json datum_json(const Datum& datum) {
  switch (datum.kind) {
    case DatumKind::Number: return datum.number.to_string();
    case DatumKind::Bool: return datum.yes;
    case DatumKind::Text: return datum.text;
    case DatumKind::Absent: return nullptr;
    default: return Json{{"state", print_datum(datum, {Language::English})}};
  }
}

}  // namespace xize::results

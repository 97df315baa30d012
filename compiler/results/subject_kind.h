// subject_kind: what a report of ends or proofs speaks of, and what programs read it is.
#pragma once

#include <cstdint>

namespace xize::results {

enum class SubjectKind : std::uint8_t {
  Item, Section, Bonus, Penalty, Total, Report, Property, Pair,
};

// The word of a kind in JSON.
constexpr const char* subject_code(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::Item: return "item";
    case SubjectKind::Section: return "section";
    case SubjectKind::Bonus: return "bonus";
    case SubjectKind::Penalty: return "penalty";
    case SubjectKind::Total: return "total";
    case SubjectKind::Report: return "report";
    case SubjectKind::Property: return "property";
    case SubjectKind::Pair: return "pair";
  }
  return "";
}

}  // namespace xize::results

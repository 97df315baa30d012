#include "runtime/interpreter/selection.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "runtime/interpreter/places.h"
#include "runtime/value/value_order.h"

namespace xize::interpreter {
namespace {

using engine::RowChoice;
using program::RowSelection;

// A fault of the selection itself; its op is that of the number of places.
Value selection_fault(const RowSelection& selection, FaultKind kind) {
  return fault(kind, selection.places);
}

// The number of places in a class of `size` candidates; a fault where it is not whole.
Value places_in(const RowSelection& selection, const Value& places, std::size_t size) {
  if (const auto f = fault_of(places, selection.places)) return *f;
  if (!selection.is_share) return places;
  const Rational exact = number(places) * Rational(static_cast<std::int64_t>(size));
  if (exact.is_integer()) return exact;
  if (!selection.round) return selection_fault(selection, FaultKind::FractionOfPlace);
  return value::round(exact, 0, *selection.round);
}

void choose(const RowSelection& selection, std::vector<RowChoice>& rows, const Value& places) {
  std::stable_sort(rows.begin(), rows.end(), [](const RowChoice& a, const RowChoice& b) {
    return is_better(a.measures, b.measures, false);
  });
  const Value n = places_in(selection, places, rows.size());
  const auto* whole = std::get_if<Rational>(&n);
  if (whole == nullptr || !whole->is_integer()) {
    for (RowChoice& row : rows) {
      row.taken = whole == nullptr ? n : selection_fault(selection, FaultKind::NotAnInteger);
    }
    return;
  }
  std::vector<Measures> sorted;
  for (const RowChoice& row : rows) sorted.push_back(row.measures);
  const std::int64_t count = std::max<std::int64_t>(whole->to_int64().value_or(INT64_MAX), 0);
  const auto taken = take_best(sorted, static_cast<std::size_t>(count), selection.ties);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].taken = taken[i] ? Value(*taken[i]) : selection_fault(selection, FaultKind::TieAtCut);
  }
}

bool has_fault(const RowChoice& row) {
  return std::any_of(row.measures.begin(), row.measures.end(),
                     [](const Value& v) { return !std::holds_alternative<Rational>(v); });
}

}  // namespace

std::vector<RowChoice> choose_rows(const RowSelection& selection,
                                   std::vector<Candidate> candidates, const Value& places) {
  using ClassKey = std::pair<std::uint32_t, Value>;
  const auto before = [](const ClassKey& a, const ClassKey& b) {
    if (a.first != b.first) return a.first < b.first;
    return value::ValueBefore()(a.second, b.second);
  };
  std::map<ClassKey, std::vector<RowChoice>, decltype(before)> classes(before);
  std::vector<RowChoice> out;
  for (Candidate& candidate : candidates) {
    RowChoice& row = candidate.choice;
    if (has_fault(row)) {  // its value cannot be computed: it is shown with its fault
      row.taken = row.measures.front();
      out.push_back(std::move(row));
      continue;
    }
    classes[{candidate.period, row.key}].push_back(std::move(row));
  }
  for (auto& [key, rows] : classes) {
    choose(selection, rows, places);
    for (RowChoice& row : rows) out.push_back(std::move(row));
  }
  return out;
}

}  // namespace xize::interpreter

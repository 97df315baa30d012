#include "runtime/interpreter/places.h"

#include <algorithm>
#include <map>

namespace xize::interpreter {
namespace {

Measures measures_of(const Columns& columns, std::size_t from, std::size_t row) {
  Measures measures;
  for (std::size_t i = from; i < columns.size(); ++i) measures.push_back(columns.at(i, row));
  return measures;
}

// The measures of the participants from best to worst.
std::vector<Measures> sorted_measures(const Columns& columns, std::size_t from,
                                      const std::vector<std::size_t>& rows, bool ascending) {
  std::vector<Measures> sorted;
  sorted.reserve(rows.size());
  for (const std::size_t row : rows) sorted.push_back(measures_of(columns, from, row));
  std::sort(sorted.begin(), sorted.end(), [&](const Measures& a, const Measures& b) {
    return is_better(a, b, ascending);
  });
  return sorted;
}

std::optional<Fault> fault_among(const Columns& columns, std::size_t from, std::size_t row) {
  for (std::size_t i = from; i < columns.size(); ++i) {
    if (const auto f = fault_of(columns.at(i, row), columns.ids[i])) return f;
  }
  return std::nullopt;
}

}  // namespace

bool is_better(const Measures& a, const Measures& b, bool ascending) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Rational& x = number(a[i]);
    const Rational& y = number(b[i]);
    if (x == y) continue;
    return (ascending && i == 0) ? x < y : x > y;
  }
  return false;
}

void apply_rank(const PopulationOp& p, const Field& field, std::vector<Value>& out) {
  const Columns& columns = p.columns;
  const bool ascending = (p.op.imm & program::kAscending) != 0;
  const bool dense = (p.op.imm & program::kDense) != 0;
  std::vector<Measures> sorted = sorted_measures(columns, 1, field.participants, ascending);
  // Dense places count different measures, others count units.
  if (dense) sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (const std::size_t row : field.rows) {
    if (const auto f = fault_among(columns, 1, row)) {
      out[row] = *f;
      continue;
    }
    const auto it = std::lower_bound(
        sorted.begin(), sorted.end(), measures_of(columns, 1, row),
        [&](const Measures& a, const Measures& b) { return is_better(a, b, ascending); });
    out[row] = Rational(it - sorted.begin() + 1);
  }
}

std::vector<std::optional<bool>> take_best(std::span<const Measures> sorted, std::size_t places,
                                           program::Ties ties) {
  std::vector<std::optional<bool>> taken(sorted.size(), false);
  if (places >= sorted.size()) return std::vector<std::optional<bool>>(sorted.size(), true);
  if (places == 0) return taken;
  const bool tie = sorted[places - 1] == sorted[places];
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const bool at_cut = tie && sorted[i] == sorted[places];
    if (!at_cut) {
      taken[i] = i < places;
    } else if (ties == program::Ties::Unstated) {
      taken[i] = std::nullopt;
    } else {
      taken[i] = ties == program::Ties::Share;  // all of the tied, or none of them
    }
  }
  return taken;
}

void apply_take(const PopulationOp& p, const Field& field, std::vector<Value>& out) {
  const Columns& columns = p.columns;
  const auto ties = static_cast<program::Ties>(p.op.imm & 0xff);
  const std::vector<Measures> sorted = sorted_measures(columns, 3, field.participants, false);
  const auto better = [](const Measures& a, const Measures& b) { return is_better(a, b, false); };
  std::map<std::int64_t, std::vector<std::optional<bool>>> answers;  // by number of places
  for (const std::size_t row : field.rows) {
    out[row] = usable(columns.at(0, row), columns.ids[0]);
    const auto* candidate = std::get_if<bool>(&out[row]);
    if (candidate == nullptr || !*candidate) continue;
    // A candidate whose value or places cannot be used is neither in nor out.
    if (const auto f = fault_among(columns, 1, row)) {
      out[row] = *f;
      continue;
    }
    const Rational& places = number(columns.at(2, row));
    if (!places.is_integer()) {
      out[row] = fault(FaultKind::FractionOfPlace, p.id);
      continue;
    }
    const std::int64_t n = std::max<std::int64_t>(places.to_int64().value_or(INT64_MAX), 0);
    auto& taken = answers[n];
    if (taken.empty()) taken = take_best(sorted, static_cast<std::size_t>(n), ties);
    const Measures own = measures_of(columns, 3, row);
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), own, better);
    const bool present = at != sorted.end() && *at == own;
    const auto answer = present ? taken[static_cast<std::size_t>(at - sorted.begin())]
                                : std::optional<bool>(false);
    out[row] = answer ? Value(*answer) : fault(FaultKind::TieAtCut, p.id);
  }
}

}  // namespace xize::interpreter

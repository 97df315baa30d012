#include "compiler/versions/effect.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace xize::versions {
namespace {

using results::Mark;
using results::MarkState;
using value::Rational;

// There is a number to count with, be it none.
bool is_settled(const Mark& mark) {
  return mark.state != MarkState::Faulty && mark.state != MarkState::Pending;
}

Rational number_of(const Mark& mark) {
  return mark.state == MarkState::Score ? mark.value : Rational();
}

// The sheet of one rubric in one version, by unit and period and by thing.
class Marks {
 public:
  using Key = std::pair<std::string, std::string>;

  Marks(const results::RubricSheet& sheet, const Outline& outline) : sheet_(sheet) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      columns_.emplace(sheet.name + "." + sheet.columns[i].path, i);
    }
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const auto column = columns_.find(outline[i].path);
      if (is_node(outline[i].subject) && column != columns_.end()) {
        column_of_.emplace(static_cast<int>(i), column->second);
      }
    }
  }

  [[nodiscard]] std::map<Key, const results::SheetRow*> rows(const auto& name_of) const {
    std::map<Key, const results::SheetRow*> rows;
    for (const auto& row : sheet_.rows) rows.emplace(Key{name_of(row.unit), row.period}, &row);
    return rows;
  }

  // The mark of a thing, or of several together; what a penalty takes is negative.
  [[nodiscard]] Mark mark(const results::SheetRow& row, const std::vector<int>& things) const {
    Mark sum;
    for (const int thing : things) {
      const auto column = column_of_.find(thing);
      if (column == column_of_.end()) continue;
      const Mark& own = row.nodes[column->second];
      const bool taken = sheet_.columns[column->second].is_penalty;
      if (own.state == MarkState::Score) {
        sum = {MarkState::Score, number_of(sum) + (taken ? -own.value : own.value)};
      } else if (sum.state != MarkState::Score) {
        sum.state = own.state;
      }
    }
    return sum;
  }

 private:
  const results::RubricSheet& sheet_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::unordered_map<int, std::size_t> column_of_;
};

const results::RubricSheet* sheet_of(const results::ScoreSheet& sheet, const std::string& name) {
  const auto found = std::ranges::find(sheet.rubrics, name, &results::RubricSheet::name);
  return found == sheet.rubrics.end() ? nullptr : &*found;
}

// One rubric under both versions.
class RubricComparer {
 public:
  RubricComparer(const Comparison& comparison, const Match& rubrics, const Marks& before,
                 const Marks& after)
      : rows_(leaf_rows(comparison.old, comparison.now, comparison.matches, rubrics)),
        before_(before),
        after_(after) {}

  [[nodiscard]] UnitEffect unit(const results::SheetRow& was, const results::SheetRow& is) const {
    UnitEffect unit{.unit = is.unit, .period = is.period, .before = was.total, .after = is.total};
    unit.rank_before = was.rank;
    unit.rank_after = is.rank;
    unit.grade_before = was.grade;
    unit.grade_after = is.grade;
    Rational explained;
    for (const BalanceRow& row : rows_) {
      ItemEffect item{
          row.olds, row.news, before_.mark(was, row.olds), after_.mark(is, row.news), {}};
      if (is_settled(item.before) && is_settled(item.after)) {
        item.difference = number_of(item.after) - number_of(item.before);
        explained += *item.difference;
      }
      const bool other_state =
          item.before.state != item.after.state && !row.olds.empty() && !row.news.empty();
      const bool differs = item.difference && !item.difference->is_zero();
      if (differs || other_state) unit.items.push_back(std::move(item));
    }
    std::ranges::stable_sort(unit.items, std::greater{}, [](const ItemEffect& item) {
      return item.difference ? value::abs(*item.difference) : Rational();
    });
    if (was.total.state == MarkState::Score && is.total.state == MarkState::Score) {
      unit.difference = is.total.value - was.total.value;
      unit.rest = *unit.difference - explained;
    }
    return unit;
  }

 private:
  std::vector<BalanceRow> rows_;
  const Marks &before_, &after_;
};

bool stays(const UnitEffect& unit) {
  return unit.difference && unit.difference->is_zero() && unit.items.empty() &&
         unit.rank_before == unit.rank_after && unit.grade_before == unit.grade_after;
}

void fill_units(RubricEffect& effect, const auto& before, const auto& after,
                const RubricComparer& comparer) {
  for (const auto& [key, was] : before) {
    const auto is = after.find(key);
    if (is == after.end()) {
      effect.only_before.push_back(key.second.empty() ? key.first : key.first + " " + key.second);
      continue;
    }
    UnitEffect unit = comparer.unit(*was, *is->second);
    effect.has_grades |= !unit.grade_before.empty() || !unit.grade_after.empty();
    if (stays(unit)) {
      ++effect.unchanged;
    } else {
      effect.units.push_back(std::move(unit));
    }
  }
  for (const auto& [key, is] : after) {
    if (before.contains(key)) continue;
    effect.only_after.push_back(key.second.empty() ? key.first : key.first + " " + key.second);
  }
  std::ranges::stable_sort(effect.units, std::greater{}, [](const UnitEffect& unit) {
    return unit.difference ? value::abs(*unit.difference) : Rational();
  });
}

}  // namespace

Effect effect_of(const Comparison& comparison, const Scored& old, const Scored& now) {
  const auto before = results::make_sheet(old.compilation, old.scoring, {});
  const auto after = results::make_sheet(now.compilation, now.scoring, {});
  const auto name_of = [&](const std::string& name) {
    return unit_name(old.compilation.model(), now.compilation.model(), name);
  };
  Effect effect;
  for (const Match& one : comparison.matches) {
    if (one.olds.size() != 1 || one.news.size() != 1) continue;
    const Thing &was = comparison.was(one.olds.front()), &is = comparison.is(one.news.front());
    if (is.subject != Subject::Rubric) continue;
    const auto *old_sheet = sheet_of(before, was.name), *new_sheet = sheet_of(after, is.name);
    if (old_sheet == nullptr || new_sheet == nullptr) continue;
    const Marks old_marks(*old_sheet, comparison.old), new_marks(*new_sheet, comparison.now);
    RubricEffect rubric{.old_rubric = one.olds.front(), .new_rubric = one.news.front()};
    fill_units(rubric, old_marks.rows(name_of), new_marks.rows(name_of),
               RubricComparer(comparison, one, old_marks, new_marks));
    effect.rubrics.push_back(std::move(rubric));
  }
  return effect;
}

}  // namespace xize::versions

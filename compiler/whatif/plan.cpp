#include "compiler/whatif/plan.h"

#include <algorithm>

namespace xize::whatif {
namespace {

using results::MarkState;
using value::Rational;

// A suggestion and the item it is for.
struct Candidate {
  const Suggestion* step = nullptr;
  program::NodeId node;
};

class Planner {
 public:
  Planner(const PlanPlace& place, const RubricAdvice& advice) : place_(place), advice_(advice) {}

  Plan run(const Rational& wanted) {
    Plan plan;
    plan.wanted = wanted;
    std::vector<Candidate> taken;
    for (const Candidate& candidate : candidates()) {
      if (gain_of(taken) >= wanted) break;
      take(candidate, taken);
    }
    plan.reached = gain_of(taken) >= wanted;
    if (plan.reached) shed(wanted, taken);
    for (const Candidate& candidate : taken) plan.steps.push_back(*candidate.step);
    const engine::Outcome outcome = run(taken);
    plan.then = standing_of(place_.rubric, outcome, place_.row);
    plan.gain = gain_of(taken);
    return plan;
  }

 private:
  // Those that cost least for a point first.
  [[nodiscard]] std::vector<Candidate> candidates() const {
    std::vector<Candidate> all;
    for (const ItemAdvice& item : advice_.items) {
      for (const Suggestion& step : item.suggestions) {
        if (step.total_gain.sign() > 0) all.push_back({&step, item.node});
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
      return a.step->effort * b.step->total_gain < b.step->effort * a.step->total_gain;
    });
    return all;
  }

  // A further step of an item takes the place of the one before.
  void take(const Candidate& candidate, std::vector<Candidate>& taken) {
    std::vector<Candidate> next;
    for (const Candidate& known : taken) {
      const bool same = known.node == candidate.node ||
                        known.step->column == candidate.step->column;
      if (!same) next.push_back(known);
    }
    next.push_back(candidate);
    if (gain_of(next) > gain_of(taken)) taken = std::move(next);
  }

  // Leaves out what is not needed, the dearest first.
  void shed(const Rational& wanted, std::vector<Candidate>& taken) {
    for (std::size_t i = taken.size(); i-- > 0 && taken.size() > 1;) {
      std::vector<Candidate> fewer = taken;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (gain_of(fewer) >= wanted) taken = std::move(fewer);
    }
  }

  engine::Outcome run(const std::vector<Candidate>& steps) {
    CellChanges changes;
    for (const Candidate& each : steps) {
      changes.push_back({place_.row, each.step->column, each.step->value});
    }
    return place_.bench.run(changes, {place_.row});
  }

  // What the steps together bring; 0 if the data refuse them.
  Rational gain_of(const std::vector<Candidate>& steps) {
    if (steps.empty()) return 0;
    if (steps.size() == 1) return steps.front().step->total_gain;
    const engine::Outcome outcome = run(steps);
    const Standing then = standing_of(place_.rubric, outcome, place_.row);
    const bool scored = then.total.state == MarkState::Score && !outcome.faulty[place_.row];
    return scored ? then.total.value - advice_.now.total.value : Rational(0);
  }

  const PlanPlace& place_;
  const RubricAdvice& advice_;
};

}  // namespace

Standing standing_of(const program::Rubric& rubric, const engine::Outcome& outcome,
                     std::size_t row) {
  Standing standing;
  standing.total = results::mark_of(outcome.value(rubric.total, row));
  if (!rubric.rank.valid()) return standing;
  const auto rank = number_of(outcome.value(rubric.rank, row));
  if (rank) standing.rank = rank->to_int64();
  return standing;
}

Plan make_plan(const PlanPlace& place, const RubricAdvice& advice, const Rational& wanted) {
  return Planner(place, advice).run(wanted);
}

}  // namespace xize::whatif

#include "compiler/whatif/improvement.h"

#include <algorithm>

#include "compiler/driver/report_outcome.h"
#include "compiler/results/explanation_reader.h"
#include "compiler/whatif/plan.h"
#include "compiler/whatif/words.h"

namespace xize::whatif {
namespace {

using program::NodeId;
using program::NodeKind;
using results::Mark;
using results::MarkState;
using value::Rational;

constexpr std::size_t kRecordsTriedMax = 200;  // of one table

class Adviser {
 public:
  Adviser(const driver::Compilation& compilation, driver::Scoring& scoring, std::size_t row)
      : compilation_(compilation),
        scoring_(scoring),
        program_(scoring.lowered.program),
        row_(row),
        all_(Bench::of_period(scoring, row)),
        own_(Bench::of_unit(scoring, row)),
        at_(all_.row_of(row)),
        reader_(compilation, scoring, row) {}

  Advice run(const AdviceRequest& request) {
    Advice advice;
    const table::UnitTable& units = scoring_.data.units;
    advice.unit = units.unit_name(units.rows().unit(row_));
    advice.period = results::period_of(scoring_, row_);
    for (std::size_t i = 0; i < program_.rubrics.size(); ++i) {
      if (!reader_.holds(program_.rubrics[i].member) || scoring_.outcome.faulty[row_]) continue;
      advice.rubrics.push_back(advise_on(i, request));
    }
    return advice;
  }

 private:
  RubricAdvice advise_on(std::size_t index, const AdviceRequest& request) {
    const program::Rubric& rubric = program_.rubrics[index];
    RubricAdvice advice;
    advice.rubric = rubric.name;
    advice.declared_total = reader_.mark(rubric.declared_total);
    advice.now = standing_of(rubric, scoring_.outcome, row_);
    advice.has_total = rubric.has_total && advice.now.total.state == MarkState::Score;
    const auto asked = request.item.empty()
                           ? std::nullopt
                           : results::find_node(program_, rubric.name, request.item);
    if (!request.item.empty() && !asked) return advice;
    for (std::size_t i = 0; i < program_.nodes.size(); ++i) {
      const NodeId id(i);
      const program::Node& node = program_.nodes[id];
      const bool leaf = node.kind == NodeKind::Item || node.kind == NodeKind::BonusItem ||
                        node.kind == NodeKind::PenaltyItem;
      if (node.rubric != index || !leaf || !node.scored) continue;
      if (asked && !is_within(id, *asked)) continue;
      if (auto item = advise_on(id, rubric, request)) advice.items.push_back(std::move(*item));
    }
    if (request.wanted && advice.has_total) {
      advice.plan = make_plan({rubric, all_, at_}, advice, *request.wanted);
    }
    return advice;
  }

  [[nodiscard]] bool is_within(NodeId id, NodeId whole) const {
    for (; id.valid(); id = program_.nodes[id].parent) {
      if (id == whole) return true;
    }
    return false;
  }

  // Nothing where no points are missing.
  std::optional<ItemAdvice> advise_on(NodeId id, const program::Rubric& rubric,
                                      const AdviceRequest& request) {
    const program::Node& node = program_.nodes[id];
    ItemAdvice advice;
    advice.node = id;
    advice.name = node.name;
    advice.score = reader_.mark(node.score);
    if (advice.score.state != MarkState::Score) return std::nullopt;
    advice.worth = reader_.mark(node.kind == NodeKind::Item ? node.worth : node.points);
    if (node.kind == NodeKind::PenaltyItem) {
      advice.score.value = -advice.score.value;
      advice.worth = {MarkState::Score, 0};
    }
    if (advice.worth.state == MarkState::Score) {
      advice.missing = advice.worth.value - advice.score.value;
      if (advice.missing->sign() <= 0) return std::nullopt;
    }
    advice.compared = compares_units(program_, id);
    advice.open = reader_.open(reader_.model().nodes[reader_.model_node(node.origin)]);
    for (const std::uint32_t column : columns_read(program_, id)) {
      const bool fixed = std::find(request.fixed.begin(), request.fixed.end(), column) !=
                         request.fixed.end();
      if (!fixed) try_column(column, rubric, advice);
    }
    std::stable_sort(advice.suggestions.begin(), advice.suggestions.end(),
                     [](const auto& a, const auto& b) { return a.effort < b.effort; });
    for (const std::uint16_t table : records_read(program_, id)) try_records(table, advice);
    return advice;
  }

  // ---- columns

  void try_column(std::uint32_t column, const program::Rubric& rubric, ItemAdvice& advice) {
    const sema::ColumnId id = reader_.unit_column(column);
    const bool mark =
        id.valid() && reader_.model().columns[id].origin == sema::ColumnOrigin::Mark;
    if (mark) {
      advice.marks.push_back(program_.schema.units.columns[column].name);
      return;
    }
    Bench& bench = advice.compared ? all_ : own_;
    const std::size_t row = bench.row_of(row_);
    Probe probe(scoring_, bench, {row, advice.node, column});
    for (const int direction : {-1, 1}) {
      const std::vector<Step> steps = probe.steps_up(direction);
      for (const Step& step : steps) {
        suggest(probe, column, step, rubric, advice);
        if (!advice.suggestions.empty()) {
          advice.suggestions.back().highest = &step == &steps.back();
        }
      }
    }
    for (const std::uint32_t check : probe.held_by()) {
      const auto origin = program_.checks[check].origin;
      const std::string text =
          driver::check_text(compilation_, scoring_.lowered.places[origin.index]);
      if (std::find(advice.checks.begin(), advice.checks.end(), text) == advice.checks.end()) {
        advice.checks.push_back(text);
      }
    }
  }

  // Lists the step if all units scored again confirm it.
  void suggest(const Probe& probe, std::uint32_t column, const Step& step,
               const program::Rubric& rubric, ItemAdvice& advice) {
    const value::Value& cell = scoring_.data.units.rows().at(row_, column);
    Suggestion s;
    s.column = column;
    s.value = *probe.axis().at(step.place);
    s.input = program_.schema.units.columns[column].name;
    s.before = datum(column, cell);
    s.after = datum(column, s.value);
    s.effort = effort(probe.axis(), step.place);
    const engine::Outcome outcome = all_.run({{at_, column, s.value}}, {at_});
    const program::Node& node = program_.nodes[advice.node];
    s.score = results::mark_of(outcome.value(node.score, at_));
    if (node.kind == NodeKind::PenaltyItem) s.score.value = -s.score.value;
    if (s.score.state != MarkState::Score || outcome.faulty[at_]) return;
    s.gain = s.score.value - advice.score.value;
    if (s.gain.sign() <= 0) return;
    s.then = standing_of(rubric, outcome, at_);
    const Mark now = reader_.mark(rubric.total);
    const bool totals = now.state == MarkState::Score && s.then.total.state == MarkState::Score;
    s.total_gain = totals ? s.then.total.value - now.value : s.gain;
    s.also = others(outcome, advice.node);
    advice.suggestions.push_back(std::move(s));
  }

  [[nodiscard]] results::Datum datum(std::uint32_t column, const value::Value& value) const {
    const sema::ColumnId id = reader_.unit_column(column);
    return id.valid() ? results::datum_of(program_, value, reader_.model().columns[id])
                      : results::datum_of(program_, value);
  }

  [[nodiscard]] static Rational effort(const Axis& axis, std::int64_t place) {
    if (!axis.ordered()) return 1;
    const Rational own = value::abs(axis.place_of(0));
    const Rational steps = value::abs(Rational(place));
    return own < Rational(1) ? steps : steps / own;
  }

  // Other items of the unit whose score changes too.
  [[nodiscard]] std::vector<std::string> others(const engine::Outcome& outcome,
                                                NodeId node) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < program_.nodes.size(); ++i) {
      const NodeId id(i);
      const program::Node& other = program_.nodes[id];
      if (id == node || !other.children.empty() || !other.scored) continue;
      if (outcome.value(other.score, at_) == scoring_.outcome.value(other.score, row_)) continue;
      names.push_back(other.name);
    }
    return names;
  }

  // ---- records

  void try_records(std::uint16_t table, ItemAdvice& advice) {
    RecordAdvice records{program_.schema.records[table].name, 0, 0};
    const std::size_t row = own_.row_of(row_);
    const std::uint32_t period = scoring_.data.units.rows().period(row_);
    const table::Table& rows = own_.records()[table];
    std::size_t tried = 0;
    for (std::size_t r = 0; r < rows.row_count() && tried < kRecordsTriedMax; ++r) {
      if (rows.period(r) != table::kNoPeriod && rows.period(r) != period) continue;
      ++tried;
      Bench without = own_;
      without.drop({table, r});
      const engine::Outcome outcome = without.run({row});
      const program::Node& node = program_.nodes[advice.node];
      Mark score = results::mark_of(outcome.value(node.score, row));
      if (score.state != MarkState::Score || advice.compared) continue;
      if (node.kind == NodeKind::PenaltyItem) score.value = -score.value;
      const Rational gain = score.value - advice.score.value;
      if (gain.sign() <= 0) continue;
      ++records.count;
      records.gain = std::max(records.gain, gain);
    }
    advice.records.push_back(std::move(records));
  }

  const driver::Compilation& compilation_;
  driver::Scoring& scoring_;
  const program::Program& program_;
  std::size_t row_;
  Bench all_;
  Bench own_;
  std::size_t at_;  // the row in the bench of all
  results::ExplanationReader reader_;
};

}  // namespace

Advice advise(const driver::Compilation& compilation, driver::Scoring& scoring, std::size_t row,
              const AdviceRequest& request) {
  return Adviser(compilation, scoring, row).run(request);
}

}  // namespace xize::whatif

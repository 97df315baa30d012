#include "compiler/whatif/sensitivity.h"

#include <algorithm>

#include "compiler/results/explanation_reader.h"

namespace xize::whatif {
namespace {

using program::NodeId;
using program::NodeKind;
using value::Rational;

// A unit of the rubric: its row in the scoring and in the bench.
struct Row {
  std::size_t row = 0, at = 0;
};

class Finder {
 public:
  Finder(const driver::Compilation& compilation, driver::Scoring& scoring,
         const StakesRequest& request)
      : compilation_(compilation),
        scoring_(scoring),
        program_(scoring.lowered.program),
        request_(request),
        bench_(Bench::of_period(scoring, first_row())) {}

  std::vector<RubricStakes> run() {
    std::vector<RubricStakes> all;
    for (std::size_t i = 0; i < program_.rubrics.size(); ++i) {
      const program::Rubric& rubric = program_.rubrics[i];
      if (!request_.rubric.empty() && rubric.name != request_.rubric) continue;
      find_rows(rubric);
      RubricStakes stakes{rubric.name, request_.period, 0, {}, {}, {}};
      const auto ranks = ranks_of(totals_of(rubric));
      stakes.ranked = ranks.size();
      for (std::size_t n = 0; n < program_.nodes.size(); ++n) {
        const program::Node& node = program_.nodes[NodeId(n)];
        const bool leaf = node.kind == NodeKind::Item || node.kind == NodeKind::BonusItem ||
                          node.kind == NodeKind::PenaltyItem;
        if (node.rubric == i && leaf && node.scored) add_item(NodeId(n), rubric, stakes);
      }
      add_edges(stakes);
      all.push_back(std::move(stakes));
    }
    return all;
  }

 private:
  [[nodiscard]] std::size_t first_row() const {
    const std::size_t count = scoring_.data.units.rows().row_count();
    std::size_t row = 0;
    while (row + 1 < count && results::period_of(scoring_, row) != request_.period) ++row;
    return row;
  }

  // The units of the rubric in the period whose data are sound.
  void find_rows(const program::Rubric& rubric) {
    rows_.clear();
    for (std::size_t row = 0; row < scoring_.data.units.rows().row_count(); ++row) {
      if (results::period_of(scoring_, row) != request_.period) continue;
      const bool member = scoring_.outcome.value(rubric.member, row) == value::Value(true);
      const bool scored = member && !scoring_.outcome.faulty[row];
      if (scored) rows_.push_back({row, bench_.row_of(row)});
    }
  }

  [[nodiscard]] std::optional<Rational> number(program::OpId op, std::size_t row) const {
    if (!op.valid() || !scoring_.outcome.has(op, row)) return std::nullopt;
    return number_of(scoring_.outcome.value(op, row));
  }

  // ---- what is at stake

  // The totals of the units with a rank, by row.
  [[nodiscard]] std::vector<std::pair<std::size_t, Rational>> totals_of(
      const program::Rubric& rubric) const {
    std::vector<std::pair<std::size_t, Rational>> totals;
    for (const Row& unit : rows_) {
      const auto total = number(rubric.total, unit.row);
      if (total && number(rubric.rank, unit.row)) totals.emplace_back(unit.row, *total);
    }
    return totals;
  }

  // 1, 2, 2, 4.
  static std::vector<std::size_t> ranks_of(
      const std::vector<std::pair<std::size_t, Rational>>& totals) {
    std::vector<std::size_t> ranks;
    for (const auto& own : totals) {
      ranks.push_back(1 + static_cast<std::size_t>(std::count_if(
                              totals.begin(), totals.end(),
                              [&](const auto& other) { return other.second > own.second; })));
    }
    return ranks;
  }

  void add_item(NodeId id, const program::Rubric& rubric, RubricStakes& stakes) const {
    const program::Node& node = program_.nodes[id];
    ItemStake item;
    item.node = id;
    item.name = path_of(id);
    item.penalty = node.kind == NodeKind::PenaltyItem;
    const bool bonus = node.kind == NodeKind::BonusItem;
    Rational sum = 0;
    for (const Row& unit : rows_) {
      auto score = number(node.score, unit.row);
      if (!score) continue;
      if (item.penalty) score = -*score;
      const auto worth = item.penalty ? Rational(0)
                         : bonus      ? number(node.points, unit.row)
                                      : number(node.worth, unit.row);
      item.points = results::mark_of(scoring_.outcome.value(node.points, unit.row));
      item.lowest = item.units == 0 ? *score : std::min(item.lowest, *score);
      item.highest = item.units == 0 ? *score : std::max(item.highest, *score);
      ++item.units;
      sum += *score;
      if (!worth) continue;
      item.worth += *worth;
      if (*score >= *worth) ++item.whole;
      else ++item.losing;
      if (!bonus) item.lost += *worth - *score;
    }
    if (item.units > 0) item.average = sum / Rational(static_cast<std::int64_t>(item.units));
    if (stakes.ranked > 0) item.moved = moved_without(node, item.penalty, rubric);
    stakes.items.push_back(std::move(item));
  }

  // How many ranks change once the item's points are taken off the totals.
  [[nodiscard]] std::size_t moved_without(const program::Node& node, bool penalty,
                                          const program::Rubric& rubric) const {
    auto totals = totals_of(rubric);
    const auto before = ranks_of(totals);
    for (auto& [row, total] : totals) {
      const Rational score = number(node.score, row).value_or(0);
      total = penalty ? total + score : total - score;
    }
    const auto after = ranks_of(totals);
    std::size_t moved = 0;
    for (std::size_t i = 0; i < before.size(); ++i) moved += before[i] != after[i] ? 1 : 0;
    return moved;
  }

  [[nodiscard]] std::string path_of(NodeId id) const {
    const program::Node& node = program_.nodes[id];
    return node.parent.valid() ? path_of(node.parent) + "." + node.name : node.name;
  }

  // ---- edges

  // Moves one column of all units at once; only where an item's comparisons turn out otherwise is
  // the edge looked for.
  void add_edges(RubricStakes& stakes) {
    std::vector<std::size_t> trace;
    for (const Row& unit : rows_) trace.push_back(unit.at);
    const engine::Outcome base = bench_.run(trace);
    std::vector<std::uint32_t> columns;
    for (const ItemStake& item : stakes.items) {
      if (compares_units(program_, item.node)) {
        stakes.not_searched.push_back(item.name);
        continue;
      }
      for (const std::uint32_t column : columns_read(program_, item.node)) {
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
          columns.push_back(column);
        }
      }
    }
    for (const std::uint32_t column : columns) {
      for (const int direction : {-1, 1}) add_edges(column, direction, base, stakes);
    }
    std::stable_sort(stakes.edges.begin(), stakes.edges.end(), [](const Edge& a, const Edge& b) {
      const auto jump = [](const Edge& e) { return value::abs(e.score_beyond - e.score); };
      return a.item != b.item ? a.item < b.item : jump(a) > jump(b);
    });
  }

  void add_edges(std::uint32_t column, int direction, const engine::Outcome& base,
                 RubricStakes& stakes) {
    CellChanges changes;
    std::vector<std::size_t> trace;
    for (const Row& unit : rows_) {
      const Axis axis = axis_of(unit, column);
      const auto value = axis.ordered() ? axis.at(direction * reach_of(axis)) : std::nullopt;
      if (value) changes.push_back({unit.at, column, *value});
      trace.push_back(unit.at);
    }
    const engine::Outcome moved = bench_.run(changes, trace);
    for (const ItemStake& item : stakes.items) {
      const auto columns = columns_read(program_, item.node);
      const bool reads = std::find(columns.begin(), columns.end(), column) != columns.end();
      if (!reads || compares_units(program_, item.node)) continue;
      const std::vector<program::OpId> turns = turns_of(program_, item.node);
      for (const Row& unit : rows_) {
        const bool turned = std::any_of(turns.begin(), turns.end(), [&](program::OpId op) {
          return !(base.value(op, unit.at) == moved.value(op, unit.at));
        });
        if (turned || moved.faulty[unit.at]) add_edge(unit, item, {column, direction}, stakes);
      }
    }
  }

  struct Way {
    std::uint32_t column = 0;
    int direction = 1;
  };
  void add_edge(const Row& unit, const ItemStake& item, const Way& way, RubricStakes& stakes) {
    Bench own = Bench::of_unit(scoring_, unit.row);
    Probe probe(scoring_, own, {own.row_of(unit.row), item.node, way.column});
    if (!probe.axis().ordered() || !probe.sample(0).score) return;
    const auto step = probe.jump(way.direction, reach_of(probe.axis()));
    if (!step) return;
    const results::ExplanationReader reader(compilation_, scoring_, unit.row);
    const sema::ColumnId id = reader.unit_column(way.column);
    const auto datum = [&](const value::Value& v) {
      return id.valid() ? results::datum_of(program_, v, reader.model().columns[id])
                        : results::datum_of(program_, v);
    };
    const table::UnitTable& units = scoring_.data.units;
    stakes.edges.push_back({std::string(units.unit_name(units.rows().unit(unit.row))), item.name,
                            program_.schema.units.columns[way.column].name,
                            datum(units.rows().at(unit.row, way.column)),
                            datum(*probe.axis().at(step->place)), *probe.sample(0).score,
                            step->score});
  }

  [[nodiscard]] Axis axis_of(const Row& unit, std::uint32_t column) const {
    return {program_.schema.units.columns[column], bench_.units().rows().at(unit.at, column),
            scoring_.lowered.program.strings};
  }
  // How many steps are near: at least one.
  [[nodiscard]] std::int64_t reach_of(const Axis& axis) const {
    const Rational steps = value::abs(axis.place_of(0)) * request_.within;
    return std::max<std::int64_t>(1, value::floor(steps).to_int64().value_or(1));
  }

  const driver::Compilation& compilation_;
  driver::Scoring& scoring_;
  const program::Program& program_;
  const StakesRequest& request_;
  Bench bench_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<RubricStakes> find_stakes(const driver::Compilation& compilation,
                                      driver::Scoring& scoring, const StakesRequest& request) {
  return Finder(compilation, scoring, request).run();
}

}  // namespace xize::whatif

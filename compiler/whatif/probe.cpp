#include "compiler/whatif/probe.h"

#include <algorithm>

#include "compiler/whatif/reach.h"

namespace xize::whatif {
namespace {

using program::Opcode;
using program::OpId;
using value::Rational;

// How far a search goes, in steps: roots of comparisons are found beyond it.
constexpr std::int64_t kFarAtLeast = 1000;
constexpr std::int64_t kFarTimes = 100;  // the cell itself
constexpr std::int64_t kFarthest = std::int64_t{1} << 40;
constexpr std::size_t kStepsMax = 6;

bool is_comparison(Opcode code) { return code >= Opcode::eq && code <= Opcode::ge; }

// What decides the score of an item before anything is shared out.
std::vector<OpId> roots_of(const program::Node& node) {
  std::vector<OpId> roots{node.raw, node.applicable, node.unscored};
  for (const program::Decision& decision : node.decisions) roots.push_back(decision.condition);
  for (const program::Contribution& clause : node.contributions) {
    roots.push_back(clause.amount);
    roots.push_back(clause.active);
  }
  return roots;
}

Reach reach_of(const program::Program& program, program::NodeId node) {
  return {program, roots_of(program.nodes[node])};
}

std::vector<OpId> turns_in(const program::Program& program, const Reach& reach) {
  std::vector<OpId> turns;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    const program::Op& op = program.ops[OpId(i)];
    const bool turns_over =
        is_comparison(op.code) || op.code == Opcode::floor || op.code == Opcode::ceil;
    const bool of_unit = op.level == program::Level::Unit;
    if (turns_over && of_unit && reach.has(OpId(i))) turns.emplace_back(i);
  }
  return turns;
}

// Where a function through three points is 0, if it is a straight line or a hyperbola, as counts
// and quotients of counts are.
std::optional<Rational> root_through(const std::vector<std::pair<Rational, Rational>>& points) {
  const auto& [x1, g1] = points[0];
  const auto& [x2, g2] = points[1];
  const auto& [x3, g3] = points[2];
  const Rational d2 = g1 - g2;
  const Rational d3 = g1 - g3;
  if (d2.is_zero() || d3.is_zero()) return std::nullopt;
  const Rational bend = d2 / d3 * (x3 - x1) / (x2 - x1);
  if (bend == Rational(1)) return x1 + g1 * (x2 - x1) / d2;
  // g = a + b / (x + c)
  const Rational c = (x3 - bend * x2) / (bend - Rational(1));
  if ((x1 + c).is_zero() || (x2 + c).is_zero()) return std::nullopt;
  const Rational b = d2 * (x1 + c) * (x2 + c) / (x2 - x1);
  const Rational a = g1 - b / (x1 + c);
  if (a.is_zero()) return std::nullopt;
  return -b / a - c;
}

}  // namespace

std::vector<std::uint32_t> columns_read(const program::Program& program, program::NodeId node) {
  const Reach reach = reach_of(program, node);
  std::vector<std::uint32_t> columns;
  const auto add = [&](OpId id) {
    const program::Op& op = program.ops[id];
    const bool of_unit = op.code == Opcode::column && op.level == program::Level::Unit;
    const bool known = std::find(columns.begin(), columns.end(), op.imm) != columns.end();
    const bool key = op.imm == program.schema.units.unit_column ||
                     op.imm == program.schema.units.period_column;
    if (of_unit && !known && !key) columns.push_back(op.imm);
  };
  for (const OpId input : program.nodes[node].inputs) add(input);
  for (const OpId input : reach.reads()) add(input);
  return columns;
}

std::vector<std::uint16_t> records_read(const program::Program& program, program::NodeId node) {
  const Reach reach = reach_of(program, node);
  std::vector<std::uint16_t> tables;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    const program::Op& op = program.ops[OpId(i)];
    if (!reach.has(OpId(i)) || op.table == program::kNoTable) continue;
    if (std::find(tables.begin(), tables.end(), op.table) == tables.end()) {
      tables.push_back(op.table);
    }
  }
  return tables;
}

bool compares_units(const program::Program& program, program::NodeId node) {
  const Reach reach = reach_of(program, node);
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    const Opcode code = program.ops[OpId(i)].code;
    const bool of_own = code == Opcode::pop_combine || code == Opcode::pop_previous;
    const bool population = program::facts(code).shape == program::Shape::Population;
    if (reach.has(OpId(i)) && population && !of_own) return true;
  }
  return false;
}

std::vector<OpId> turns_of(const program::Program& program, program::NodeId node) {
  return turns_in(program, reach_of(program, node));
}

Probe::Probe(driver::Scoring& scoring, Bench& bench, const ProbePlace& place)
    : program_(scoring.lowered.program),
      bench_(bench),
      place_(place),
      score_(place.result.valid() ? place.result : program_.nodes[place.node].score),
      axis_(program_.schema.units.columns[place.column],
            bench.units().rows().at(place.row, place.column), scoring.lowered.program.strings),
      penalty_(!place.result.valid() &&
               program_.nodes[place.node].kind == program::NodeKind::PenaltyItem),
      turns_(place.result.valid() ? turns_in(program_, Reach(program_, {place.result}))
                                  : turns_of(program_, place.node)) {
  for (const OpId op : turns_) {
    if (is_comparison(program_.ops[op].code)) comparisons_.push_back(op);
  }
}

const Sample& Probe::sample(std::int64_t place) {
  const auto [at, added] = samples_.try_emplace(place);
  Sample& sample = at->second;
  if (!added) return sample;
  const auto value = axis_.at(place);
  if (!value) return sample;
  const std::size_t row = place_.row;
  const engine::Outcome outcome = bench_.run({{row, place_.column, *value}}, {row});
  sample.allowed = !outcome.faulty[row];
  if (!sample.allowed) {
    for (const engine::Violation& violation : outcome.violations) {
      if (violation.row == row) sample.refused_by.insert(violation.check);
    }
    return sample;
  }
  const auto score = number_of(outcome.value(score_, row));
  if (score) sample.score = penalty_ ? -*score : *score;
  for (const OpId op : turns_) sample.turns.push_back(outcome.value(op, row));
  for (const OpId op : comparisons_) {
    const auto left = number_of(outcome.value(program_.ops[op].operands[0], row));
    const auto right = number_of(outcome.value(program_.ops[op].operands[1], row));
    sample.gaps.push_back(left && right ? std::optional(*left - *right) : std::nullopt);
  }
  return sample;
}

template <class Holds>
std::int64_t Probe::first_where(std::int64_t from, std::int64_t to, Holds holds) {
  while (std::abs(to - from) > 1) {
    const std::int64_t middle = from + (to - from) / 2;
    if (holds(sample(middle))) to = middle;
    else from = middle;
  }
  return to;
}

std::vector<std::int64_t> Probe::outline(int direction) {
  if (!axis_.listed().empty()) {
    std::vector<std::int64_t> places;
    for (const std::int64_t place : axis_.listed()) {
      if ((place > 0) == (direction > 0)) places.push_back(place);
    }
    if (direction < 0) std::reverse(places.begin(), places.end());
    return places;
  }
  if (!axis_.ordered()) return {};
  std::vector<std::int64_t> places;
  const std::int64_t end = std::abs(axis_.end(direction).value_or(kFarthest));
  const std::int64_t limit = std::min(far_enough(), end);
  std::int64_t allowed = 0;
  for (std::int64_t far = 1; far < 2 * limit; far *= 2) {
    const std::int64_t place = direction * std::min(far, limit);
    if (!sample(place).allowed) {
      // The last place before a check of the data refuses.
      allowed = first_where(allowed, place, [](const Sample& s) { return !s.allowed; }) - direction;
      places.push_back(allowed);
      break;
    }
    places.push_back(place);
    allowed = place;
  }
  add_roots(direction, places);
  std::erase_if(places, [&](std::int64_t place) {
    return place * direction <= 0 || !sample(place).allowed;
  });
  std::sort(places.begin(), places.end(),
            [](std::int64_t a, std::int64_t b) { return std::abs(a) < std::abs(b); });
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::optional<Step> Probe::jump(int direction, std::int64_t within) {
  std::int64_t last = direction * within;
  if (!sample(last).allowed) {
    last = first_where(0, last, [](const Sample& s) { return !s.allowed; }) - direction;
  }
  const auto change = [&](std::int64_t place) {
    const auto& to = sample(place).score;
    const auto& from = sample(place - direction).score;
    return to && from ? value::abs(*to - *from) : Rational(0);
  };
  for (std::int64_t from = 0; from != last;) {
    const auto before = sample(from).turns;
    if (sample(last).turns == before) break;
    const std::int64_t at =
        first_where(from, last, [&](const Sample& s) { return s.turns != before; });
    const bool steep = change(at) > std::max(change(at - direction), change(at + direction));
    if (steep) return Step{at, *sample(at).score};
    from = at;
  }
  return std::nullopt;
}

std::set<std::uint32_t> Probe::held_by() {
  std::set<std::uint32_t> checks;
  for (const std::int64_t place : {-1, 1}) {
    const Sample& beside = sample(place);
    if (beside.allowed) return {};
    checks.insert(beside.refused_by.begin(), beside.refused_by.end());
  }
  return checks;
}

std::int64_t Probe::far_enough() const {
  const auto own = value::ceil(value::abs(axis_.place_of(0))).to_int64();
  const std::int64_t most = kFarthest / kFarTimes;
  return std::max(kFarAtLeast, kFarTimes * std::min(own.value_or(most), most));
}

// Where a comparison would be even, and the places beside it.
void Probe::add_roots(int direction, std::vector<std::int64_t>& places) {
  const std::vector<std::int64_t> near{0, direction, 2 * direction,
                                       places.empty() ? 0 : places.back()};
  for (std::size_t c = 0; c < comparisons_.size(); ++c) {
    std::vector<std::pair<Rational, Rational>> points;
    for (const std::int64_t place : near) {
      const Sample& s = sample(place);
      if (!s.allowed || !s.gaps[c]) continue;
      const bool twice = std::any_of(points.begin(), points.end(), [&](const auto& p) {
        return p.first == Rational(place);
      });
      if (!twice) points.emplace_back(place, *s.gaps[c]);
    }
    if (points.size() < 3) continue;
    const auto root = root_through(points);
    const auto whole = root ? value::floor(*root).to_int64() : std::nullopt;
    if (!whole || std::abs(*whole) > kFarthest) continue;
    for (std::int64_t place = *whole - 1; place <= *whole + 2; ++place) places.push_back(place);
  }
}

std::vector<Step> Probe::steps_up(int direction) {
  std::vector<Step> steps;
  const auto start = sample(0).score;
  if (!start) return steps;
  Rational best = *start;
  std::int64_t from = 0;
  bool gradual = false;
  std::optional<Step> highest;
  std::int64_t before_highest = 0;
  for (const std::int64_t place : outline(direction)) {
    const Sample& here = sample(place);
    if (!here.allowed || !here.score) continue;
    if (*here.score > (highest ? highest->score : *start)) {
      before_highest = from;
      highest = Step{place, *here.score};
    }
    while (!gradual && steps.size() < kStepsMax && *here.score > best) {
      const std::int64_t at = first_where(
          from, place, [&](const Sample& s) { return s.allowed && s.score && *s.score > best; });
      steps.push_back({at, *sample(at).score});
      best = steps.back().score;
      from = at;
      const Sample& next = sample(at + direction);
      gradual = axis_.ordered() && next.allowed && next.score && *next.score > best;
    }
    if (std::abs(place) > std::abs(from)) from = place;
  }
  if (highest && (steps.empty() || steps.back().score < highest->score)) {
    const Rational top = highest->score;
    const std::int64_t at = first_where(
        before_highest, highest->place,
        [&](const Sample& s) { return s.allowed && s.score && *s.score >= top; });
    steps.push_back({at, *sample(at).score});
  }
  return steps;
}

std::vector<std::int64_t> Probe::turns(int direction) {
  std::vector<std::int64_t> found;
  std::int64_t from = 0;
  for (const std::int64_t place : outline(direction)) {
    if (!sample(place).allowed) continue;
    while (found.size() < 4 * kStepsMax && sample(place).turns != sample(from).turns) {
      const auto before = sample(from).turns;
      const std::int64_t at = first_where(from, place, [&](const Sample& s) {
        return s.allowed && s.turns != before;
      });
      found.push_back(at);
      from = at;
    }
    from = place;
  }
  return found;
}

}  // namespace xize::whatif

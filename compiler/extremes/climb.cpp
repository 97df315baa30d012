#include "compiler/extremes/climb.h"

#include <algorithm>

#include "compiler/extremes/candidates.h"
#include "compiler/whatif/probe.h"

namespace xize::extremes {
namespace {

using table::ColumnType;

constexpr int kRounds = 4;
constexpr std::size_t kKindsMax = 3;   // of records in one table
// How many records of a kind are tried.
constexpr std::int64_t kTimes[] = {1, 12, 100};

}  // namespace

Climb::Climb(Stand& stand, const Goal& goal)
    : stand_(stand), goal_(goal), runs_before_(stand.runs()) {
  set_end(goal.end);
}

void Climb::set_end(const std::optional<Rational>& end) {
  if (end) end_ = goal_.sign > 0 ? *end : -*end;
}

std::optional<Height> Climb::height_of(const Draft& draft) {
  if (!stand_.run(draft)) return std::nullopt;
  for (const program::OpId op : goal_.scored) {
    if (!stand_.number(op)) return std::nullopt;
  }
  const auto number = stand_.number(goal_.result);
  if (!number) return std::nullopt;
  Height height{goal_.sign < 0 ? -*number : *number};
  if (goal_.guards == nullptr) return height;
  for (const program::Decision& guard : *goal_.guards) {
    if (stand_.scoring().outcome.value(guard.condition, 0) == Value(true)) break;
    ++height.passed;
  }
  return height;
}

bool Climb::offer(const Draft& draft) {
  const auto height = height_of(draft);
  if (!height || (reached_ && !(*reached_ < *height))) return false;
  current_ = draft;
  reached_ = height;
  return true;
}

bool Climb::keep(Draft draft) {
  const auto height = height_of(draft);
  if (!height || height->value != reached_->value) return false;
  current_ = std::move(draft);
  return true;
}

bool Climb::done() const {
  return (end_ && reached_ && reached_->value >= *end_) ||
         stand_.runs() - runs_before_ > kRunsMax;
}

// ---- from where

std::optional<Found> Climb::run() {
  const std::vector<Draft> from = starts_of(stand_);
  Draft best;
  std::optional<Height> most;
  for (const Draft& start : from) {
    climb(start);
    if (reached_ && (!most || *most < *reached_)) {
      best = current_;
      most = reached_;
    }
    if (done()) break;
  }
  if (!most) return std::nullopt;
  current_ = std::move(best);
  reached_ = most;
  put_back(from.front());
  return found(from.front());
}

Found Climb::found(const Draft& start) const {
  return {current_, goal_.sign > 0 ? reached_->value : -reached_->value, start,
          stand_.columns()};
}

// What some part needs otherwise than all start from; the first that needs it decides.
Draft Climb::merged(const std::vector<Found>& parts) const {
  const Draft start = starts_of(stand_).front();
  Draft all = start;
  for (const Found& part : parts) {
    for (const std::uint32_t c : part.columns) {
      const bool needed = part.draft.cells[c] != part.start.cells[c];
      if (needed && all.cells[c] == start.cells[c]) all.cells[c] = part.draft.cells[c];
      const bool of_others = part.draft.others[c] != part.start.others[c];
      if (of_others && all.others[c] == start.others[c]) all.others[c] = part.draft.others[c];
    }
    for (const std::uint16_t t : stand_.tables()) {
      const auto& kinds = part.draft.records[t];
      all.records[t].insert(all.records[t].end(), kinds.begin(), kinds.end());
    }
  }
  return all;
}

// After a run of the current draft: every part has what it has alone.
bool Climb::all_at_end(const std::vector<Found>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (stand_.number(goal_.scored[i]) != std::optional(parts[i].value)) return false;
  }
  return true;
}

std::optional<Found> Climb::run(const std::vector<Found>& parts) {
  current_ = merged(parts);
  if (offer(current_)) {
    if (goal_.sum && all_at_end(parts)) return found(current_);
    set_end(goal_.end_then());
  }
  const auto& columns = stand_.program().schema.units.columns;
  for (const std::uint32_t c : stand_.columns()) {
    std::vector<Value> values = values_for(stand_, columns[c], current_.cells[c]);
    for (const Found& part : parts) values.push_back(part.draft.cells[c]);
    for (const Value& value : values) {
      if (done()) break;
      if (value == current_.cells[c]) continue;
      Draft draft = current_;
      draft.cells[c] = value;
      offer(draft);
    }
  }
  for (const std::uint16_t t : stand_.tables()) {
    for (const Found& part : parts) {
      if (done()) break;
      Draft draft = current_;
      draft.records[t] = part.draft.records[t];
      offer(draft);
    }
  }
  if (!reached_) return std::nullopt;
  return found(current_);
}

void Climb::climb(const Draft& start) {
  reached_.reset();
  current_ = start;
  offer(start);
  for (int round = 0; round < kRounds && !done(); ++round) {
    bool better = false;
    for (const std::uint32_t column : stand_.columns()) {
      if (done()) return;
      better = improve_column(column) || better;
      if (stand_.compares()) better = improve_others(column) || better;
    }
    better = swap_columns() || better;
    for (const std::uint16_t table : stand_.tables()) {
      if (done()) return;
      better = improve_records(table) || better;
    }
    if (!better) return;
  }
}

// ---- the unit's own row

bool Climb::improve_column(std::uint32_t column) {
  const table::ColumnSchema& schema = stand_.program().schema.units.columns[column];
  bool better = false;
  const auto offer_cell = [&](const Value& value) {
    Draft draft = current_;
    draft.cells[column] = value;
    better = offer(draft) || better;
  };
  for (const Value& value : values_for(stand_, schema, current_.cells[column])) {
    if (done()) return better;
    offer_cell(value);
  }
  const bool ordered = schema.type == ColumnType::Number || schema.type == ColumnType::Date;
  if (!ordered || !reached_ || !stand_.run(current_)) return better;
  whatif::Bench bench(stand_.scoring());
  whatif::Probe probe(stand_.scoring(), bench, {0, {}, column, goal_.result});
  for (const int direction : {-1, 1}) {
    for (const std::int64_t place : probe.outline(direction)) {
      const auto& score = probe.sample(place).score;
      if (!score || *score * Rational(goal_.sign) <= reached_->value) continue;
      if (const auto value = probe.axis().at(place)) offer_cell(*value);
    }
  }
  return better;
}

bool Climb::improve_others(std::uint32_t column) {
  const table::ColumnSchema& schema = stand_.program().schema.units.columns[column];
  bool better = false;
  std::vector<Value> values = values_for(stand_, schema, current_.others[column]);
  if (const auto own = whatif::number_of(current_.cells[column]); own && is_number(schema)) {
    for (const Rational& near : {*own, *own + Rational(1), *own * Rational(kPlenty)}) {
      if (table::contains(schema.range, near)) values.emplace_back(near);
    }
  }
  for (const Value& value : values) {
    if (done()) break;
    Draft draft = current_;
    draft.others[column] = value;
    better = offer(draft) || better;
  }
  return better;
}

// Where numbers add up to another one, none of them can change alone.
bool Climb::swap_columns() {
  const auto& columns = stand_.program().schema.units.columns;
  const auto& mine = stand_.columns();
  bool better = false;
  for (std::size_t a = 0; a < mine.size(); ++a) {
    for (std::size_t b = a + 1; b < mine.size() && !done(); ++b) {
      const bool alike = is_number(columns[mine[a]]) && is_number(columns[mine[b]]) &&
                         current_.cells[mine[a]] != current_.cells[mine[b]];
      if (!alike) continue;
      Draft draft = current_;
      std::swap(draft.cells[mine[a]], draft.cells[mine[b]]);
      better = offer(draft) || better;
    }
  }
  return better;
}

// ---- records

bool Climb::improve_records(std::uint16_t table) {
  bool better = false;
  const std::vector<RecordKind> kinds = kinds_of(stand_, table);
  while (current_.records[table].size() < kKindsMax) {
    const Draft before = current_;
    bool added = false;
    for (const RecordKind& kind : kinds) {
      for (const std::int64_t times : kTimes) {
        if (done()) return better || added;
        Draft draft = before;
        draft.records[table].push_back(kind);
        draft.records[table].back().times = times;
        added = offer(draft) || added;
      }
    }
    if (!added) break;
    better = true;
  }
  return improve_kinds(table) || better;
}

// Other values in the cells of the records that are there.
bool Climb::improve_kinds(std::uint16_t table) {
  const table::TableSchema& schema = stand_.program().schema.records[table];
  bool better = false;
  for (std::size_t k = 0; k < current_.records[table].size(); ++k) {
    for (std::uint32_t c = 0; c < schema.columns.size(); ++c) {
      if (c == schema.unit_column || c == schema.period_column) continue;
      const Value neutral = stand_.neutral(table, c, 0);
      for (const Value& value : values_for(stand_, schema.columns[c], neutral)) {
        if (done()) return better;
        Draft draft = current_;
        draft.records[table][k].cells[c] = value;
        better = offer(draft) || better;
      }
    }
  }
  return better;
}

// ---- what is not needed

void Climb::put_back(const Draft& plain) {
  for (const std::uint32_t column : stand_.columns()) {
    put_back_cell(column, plain.cells[column]);
    if (current_.others[column] == plain.others[column]) continue;
    Draft draft = current_;
    draft.others[column] = plain.others[column];
    keep(std::move(draft));
  }
  for (const std::uint16_t table : stand_.tables()) put_back_records(table);
}

void Climb::put_back_cell(std::uint32_t column, const Value& plain) {
  if (current_.cells[column] == plain) return;
  Draft draft = current_;
  draft.cells[column] = plain;
  const bool number = is_number(stand_.program().schema.units.columns[column]);
  if (!keep(std::move(draft)) && number) draw_near(column, plain);
}

void Climb::draw_near(std::uint32_t column, const Value& plain) {
  const auto near = whatif::number_of(plain);
  const auto far = whatif::number_of(current_.cells[column]);
  const auto& format = stand_.program().schema.units.columns[column].number;
  if (!near || !far) return;
  const bool ratio = format.kind == table::NumberKind::Ratio;
  const Rational step = format.step.value_or(ratio ? Rational(1, 100) : Rational(1));
  const auto away = ((*far - *near) / step).to_int64();
  if (!away) return;
  // So many steps from the plain value the result is not yet there, and so many it is.
  std::int64_t no = 0;
  std::int64_t yes = *away;
  while (std::abs(yes - no) > 1) {
    const std::int64_t middle = no + (yes - no) / 2;
    Draft draft = current_;
    draft.cells[column] = *near + step * Rational(middle);
    (keep(std::move(draft)) ? yes : no) = middle;
  }
}

void Climb::put_back_records(std::uint16_t table) {
  for (std::size_t k = 0; k < current_.records[table].size();) {
    Draft draft = current_;
    draft.records[table].erase(draft.records[table].begin() + static_cast<std::ptrdiff_t>(k));
    if (keep(std::move(draft))) continue;
    for (std::size_t c = 0; c < current_.records[table][k].cells.size(); ++c) {
      draft = current_;
      Value& cell = draft.records[table][k].cells[c];
      if (std::holds_alternative<value::Missing>(cell)) continue;
      cell = value::Missing{};
      keep(std::move(draft));
    }
    for (std::int64_t no = 0; current_.records[table][k].times - no > 1;) {
      draft = current_;
      std::int64_t& times = draft.records[table][k].times;
      times = no + (times - no) / 2;
      const std::int64_t middle = times;
      if (!keep(std::move(draft))) no = middle;
    }
    ++k;
  }
}

}  // namespace xize::extremes

#include "runtime/interpreter/scan.h"

#include <utility>

namespace xize::interpreter {
namespace {

using program::Op;
using program::Stage;

constexpr std::uint64_t kRowsBetweenReports = 1u << 16;

}  // namespace

Scan::Scan(State& state, const Stage& stage)
    : state_(state),
      stage_(stage),
      folds_(stage.ops.size()),
      settled_(stage.ops.size()),
      keys_(stage.ops.size()),
      candidates_(stage.selections.size()) {
  const std::size_t rows = state.units.rows().row_count();
  for (std::size_t i = 0; i < stage.ops.size(); ++i) {
    const Op& op = state.op(stage.ops[i]);
    if (op.grouping == program::kNoGrouping) continue;
    state.grouped[stage.ops[i]].resize(rows);
    for (const program::GroupKey& key : state.program.groupings[op.grouping].keys) {
      if (key.table == op.table) keys_[i] = key.key;
    }
  }
}

void Scan::add(const table::RowView& row) {
  if (++rows_ % kRowsBetweenReports == 0) report();
  take(row);
}

void Scan::take(const table::RowView& row) {
  if (row.period != table::kNoPeriod) return add_to(row, row.period);
  for (std::uint32_t p = 0; p < state_.units.period_count(); ++p) add_to(row, p);
}

void Scan::merge(std::size_t i, std::size_t unit_row, const Fold& fold) {
  fold_at(i, unit_row).merge(state_.op(stage_.ops[i]), fold);
}

Fold& Scan::fold_at(std::size_t i, std::size_t row) {
  if (folds_[i].empty()) folds_[i].resize(state_.units.rows().row_count());
  return folds_[i][row];
}

void Scan::merge_group(std::size_t i, std::size_t unit_row, const Value& key, const Fold& fold) {
  const OpId id = stage_.ops[i];
  state_.grouped[id][unit_row][key].merge(state_.op(id), fold);
}

void Scan::settle(std::size_t i, const std::function<Fold(std::size_t)>& fold_of) {
  const OpId id = stage_.ops[i];
  const std::size_t rows = state_.units.rows().row_count();
  for (std::size_t row = 0; row < rows; ++row) {
    state_.storage.set(id, row, fold_of(row).result(state_.op(id), id, {}));
  }
  settled_[i] = 1;
}

void Scan::finish() {
  const std::size_t rows = state_.units.rows().row_count();
  for (std::size_t i = 0; i < stage_.ops.size(); ++i) {
    if (state_.op(stage_.ops[i]).grouping != program::kNoGrouping || settled_[i] != 0) continue;
    for (std::size_t row = 0; row < rows; ++row) finish_fold(i, row);
  }
  for (std::size_t i = 0; i < stage_.selections.size(); ++i) finish_selection(i);
  if (rows_ > 0) report();
}

void Scan::add_to(const table::RowView& record, std::uint32_t period) {
  const auto unit_row = state_.units.find_row(record.unit, period);
  if (!unit_row) return;
  const std::size_t row = *unit_row;
  for (const OpId id : stage_.rows) {
    state_.storage.set(id, row, evaluate(state_, id, row, record.cells));
  }
  for (std::size_t i = 0; i < stage_.ops.size(); ++i) fold(i, row);
  for (const std::uint32_t check : stage_.checks) {
    test_check(state_, check, {.row = row, .table = stage_.table, .line = record.line});
  }
  for (std::size_t i = 0; i < stage_.selections.size(); ++i) {
    consider(i, row, {period, record.line});
  }
}

void Scan::fold(std::size_t i, std::size_t row) {
  const OpId id = stage_.ops[i];
  const Operands operands = operands_of(state_, id, row, buffer_);
  if (!keys_[i]) return fold_at(i, row).add(state_.op(id), operands);
  const Value& key = state_.storage.get(keys_[i], row);
  if (std::holds_alternative<value::Missing>(key)) return;  // a row of no group
  state_.grouped[id][row][usable(key, keys_[i])].add(state_.op(id), operands);
}

void Scan::finish_fold(std::size_t i, std::size_t row) {
  const OpId id = stage_.ops[i];
  const Op& op = state_.op(id);
  const Operands unit = operands_of(state_, id, row, buffer_);
  const Fold& fold = fold_at(i, row);
  const Value value = fold.result(op, id, unit);
  if (op.code == program::Opcode::fold_top_keys) {
    auto& keys = state_.top_keys[id];
    keys.resize(folds_[i].size());
    if (std::holds_alternative<Rational>(value)) {
      keys[row] = fold.top_keys(number(unit[3]));
    }
  }
  state_.storage.set(id, row, value);
}

// Keeps the row if it is a candidate. One whose candidacy or values cannot be computed is kept
// with that fault.
void Scan::consider(std::size_t i, std::size_t row, Place place) {
  const program::RowSelection& selection = state_.program.row_selections[stage_.selections[i]];
  if (state_.faulty[row]) return;
  const Value who = usable(state_.storage.get(selection.candidate, row), selection.candidate);
  if (const auto* b = std::get_if<bool>(&who); b != nullptr && !*b) return;
  Candidate candidate;
  candidate.period = place.period;
  candidate.choice.row = row;
  candidate.choice.line = place.line;
  for (const OpId id : selection.measures) {
    candidate.choice.measures.push_back(usable(state_.storage.get(id, row), id));
  }
  if (selection.key) candidate.choice.key = state_.storage.get(selection.key, row);
  if (std::holds_alternative<Fault>(who)) candidate.choice.measures.front() = who;
  candidates_[i].push_back(std::move(candidate));
}

void Scan::finish_selection(std::size_t i) {
  const std::uint32_t index = stage_.selections[i];
  const program::RowSelection& selection = state_.program.row_selections[index];
  Value places;
  if (!candidates_[i].empty()) {
    places = state_.storage.get(selection.places, candidates_[i].front().choice.row);
  }
  state_.outcome.selections[index] =
      choose_rows(selection, std::move(candidates_[i]), places);
}

void Scan::report() const {
  if (!state_.options.progress) return;
  const auto stage = static_cast<std::size_t>(&stage_ - state_.program.stages.data());
  state_.options.progress({stage, state_.program.stages.size(), rows_});
}

void run_scan(State& state, const Stage& stage, engine::RecordSource& records) {
  Scan scan(state, stage);
  if (!records.scan(stage.table, scan)) state.outcome.complete = false;
  scan.finish();
}

}  // namespace xize::interpreter

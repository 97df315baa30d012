#include <algorithm>

#include "runtime/program/build.h"

namespace xize::program {
namespace {

// Builds the stages of a program. An op is done when a stage computes it; a row op is readable when
// everything it needs from outside its row is done.
class Scheduler {
 public:
  explicit Scheduler(Program& program)
      : program_(program),
        done_(program.ops.size(), false),
        check_done_(program.checks.size(), false),
        selection_done_(program.row_selections.size(), false),
        row_readable_(program.ops.size(), false),
        group_folds_(program.groupings.size()) {
    for (std::size_t i = 0; i < program.ops.size(); ++i) {
      if (class_of(at(i)) == Class::RowFold && at(i).grouping != kNoGrouping) {
        group_folds_[at(i).grouping].push_back(i);
      }
    }
  }

  void run() {
    program_.stages.clear();
    constants();
    while (true) {
      if (units()) continue;
      // Scans come before populations, so that units whose records are in error are known.
      if (scan(true) || scan(false)) continue;
      if (!populations()) break;
    }
  }

 private:
  enum class Class : std::uint8_t { Constant, Unit, Row, RowFold, Population };

  [[nodiscard]] Class class_of(const Op& op) const {
    const Shape shape = facts(op.code).shape;
    if (shape == Shape::Population) return Class::Population;
    if (shape == Shape::Fold && op.table != kNoTable) return Class::RowFold;
    if (op.level == Level::Row) return Class::Row;
    return op.level == Level::Constant ? Class::Constant : Class::Unit;
  }

  [[nodiscard]] const Op& at(std::size_t i) const {
    return program_.ops[program_.ops.id_at(i)];
  }
  [[nodiscard]] const Op& at(OpId id) const { return program_.ops[id]; }

  // A group op sees its groups only when every fold that makes them is done.
  [[nodiscard]] bool grouping_done(std::uint16_t grouping) const {
    const auto& folds = group_folds_[grouping];
    return std::all_of(folds.begin(), folds.end(), [&](std::size_t i) { return done_[i]; });
  }

  [[nodiscard]] bool readable(OpId id) const {
    return class_of(at(id)) == Class::Row ? row_readable_[id.index] : done_[id.index];
  }

  // Brings `row_readable_` up to date with `done_`.
  void read_rows() {
    for (std::size_t i = 0; i < program_.ops.size(); ++i) {
      const auto& operands = at(i).operands;
      row_readable_[i] = std::all_of(operands.begin(), operands.end(),
                                     [&](OpId operand) { return readable(operand); });
    }
  }

  [[nodiscard]] bool ready(std::size_t i) const {
    const Op& op = at(i);
    for (const OpId operand : op.operands) {
      if (!readable(operand)) return false;
    }
    if (op.grouping == kNoGrouping) return true;
    if (class_of(op) != Class::RowFold) return grouping_done(op.grouping);
    const OpId key = key_of(op);
    return !key || readable(key);
  }

  [[nodiscard]] OpId key_of(const Op& fold) const {
    for (const GroupKey& key : program_.groupings[fold.grouping].keys) {
      if (key.table == fold.table) return key.key;
    }
    return {};
  }

  void constants() {
    Stage stage{.kind = StageKind::Constant};
    for (std::size_t i = 0; i < program_.ops.size(); ++i) {
      if (class_of(at(i)) != Class::Constant) continue;
      stage.ops.push_back(program_.ops.id_at(i));
      done_[i] = true;
    }
    close(std::move(stage));
  }

  bool units() { return collect(StageKind::Unit, Class::Unit); }
  bool populations() { return collect(StageKind::Population, Class::Population); }

  // A stage of every op of the class that is ready, one after another; false if there is none.
  bool collect(StageKind kind, Class wanted) {
    Stage stage{.kind = kind};
    std::vector<std::size_t> now;
    for (std::size_t i = 0; i < program_.ops.size(); ++i) {
      if (done_[i] || class_of(at(i)) != wanted || !ready(i)) continue;
      stage.ops.push_back(program_.ops.id_at(i));
      now.push_back(i);
      if (wanted == Class::Unit) done_[i] = true;  // a population op never reads one of its stage
    }
    if (stage.ops.empty()) return false;
    for (const std::size_t i : now) done_[i] = true;
    close(std::move(stage));
    return true;
  }

  // Scans one table. A careful scan waits where a fold of the table would become ready by work
  // other than this scan.
  bool scan(bool careful) {
    read_rows();
    for (std::size_t t = 0; t < program_.schema.records.size(); ++t) {
      const auto table = static_cast<std::uint16_t>(t);
      Stage stage = scan_of(table);
      if (stage.ops.empty() && stage.checks.empty() && stage.selections.empty()) continue;
      if (careful && blocked_elsewhere(table, stage)) continue;
      for (const OpId op : stage.ops) done_[op.index] = true;
      for (const std::uint32_t i : stage.selections) selection_done_[i] = true;
      stage.rows = rows_for(stage);
      close(std::move(stage));
      return true;
    }
    return false;
  }

  // Everything that one scan of the table can compute now.
  [[nodiscard]] Stage scan_of(std::uint16_t table) const {
    Stage stage{.kind = StageKind::Aggregate, .table = table};
    for (std::size_t i = 0; i < program_.ops.size(); ++i) {
      const Op& op = at(i);
      if (op.table != table || done_[i] || class_of(op) != Class::RowFold || !ready(i)) continue;
      stage.ops.push_back(program_.ops.id_at(i));
    }
    for (std::size_t i = 0; i < program_.checks.size(); ++i) {
      const OpId condition = program_.checks[i].condition;
      if (check_done_[i] || at(condition).level != Level::Row) continue;
      if (at(condition).table != table || !readable(condition)) continue;
      stage.checks.push_back(static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < program_.row_selections.size(); ++i) {
      if (selection_done_[i] || program_.row_selections[i].table != table) continue;
      if (selection_ready(program_.row_selections[i])) {
        stage.selections.push_back(static_cast<std::uint32_t>(i));
      }
    }
    return stage;
  }

  [[nodiscard]] bool selection_ready(const RowSelection& selection) const {
    const auto reads = reads_of(selection);
    return std::all_of(reads.begin(), reads.end(), [&](OpId op) { return readable(op); });
  }

  [[nodiscard]] static std::vector<OpId> reads_of(const RowSelection& selection) {
    std::vector<OpId> reads = selection.measures;
    reads.push_back(selection.candidate);
    reads.push_back(selection.places);
    if (selection.key) reads.push_back(selection.key);
    return reads;
  }

  // Is there a fold of the table that this scan cannot compute, and that does not wait for it?
  [[nodiscard]] bool blocked_elsewhere(std::uint16_t table, const Stage& stage) const {
    std::vector<bool> behind(program_.ops.size(), false);
    for (const OpId op : stage.ops) behind[op.index] = true;
    for (std::size_t i = 0; i < program_.ops.size(); ++i) {
      const Op& op = at(i);
      if (behind[i] || done_[i]) continue;
      for (const OpId operand : op.operands) behind[i] = behind[i] || behind[operand.index];
      const bool waits = class_of(op) == Class::RowFold && op.table == table;
      if (waits && !behind[i]) return true;
    }
    return false;
  }

  // The row ops that a scan needs, in order.
  [[nodiscard]] std::vector<OpId> rows_for(const Stage& stage) const {
    std::vector<bool> needed(program_.ops.size(), false);
    const auto need = [&](OpId op) {
      if (op) needed[op.index] = true;
    };
    for (const OpId id : stage.ops) {
      for (const OpId operand : at(id).operands) need(operand);
      if (at(id).grouping != kNoGrouping) need(key_of(at(id)));
    }
    for (const std::uint32_t i : stage.checks) need(program_.checks[i].condition);
    for (const std::uint32_t i : stage.selections) {
      for (const OpId op : reads_of(program_.row_selections[i])) need(op);
    }
    std::vector<OpId> rows;
    for (std::size_t i = program_.ops.size(); i-- > 0;) {
      if (!needed[i] || class_of(at(i)) != Class::Row) continue;
      rows.push_back(program_.ops.id_at(i));
      for (const OpId operand : at(i).operands) need(operand);
    }
    std::reverse(rows.begin(), rows.end());
    return rows;
  }

  // Adds the stage, with the unit checks that have become testable.
  void close(Stage stage) {
    for (const std::uint32_t i : stage.checks) check_done_[i] = true;
    for (std::size_t i = 0; i < program_.checks.size(); ++i) {
      const OpId condition = program_.checks[i].condition;
      if (check_done_[i] || at(condition).level == Level::Row || !done_[condition.index]) continue;
      stage.checks.push_back(static_cast<std::uint32_t>(i));
      check_done_[i] = true;
    }
    program_.stages.push_back(std::move(stage));
  }

  Program& program_;
  std::vector<bool> done_;
  std::vector<bool> check_done_;
  std::vector<bool> selection_done_;
  std::vector<bool> row_readable_;
  std::vector<std::vector<std::size_t>> group_folds_;  // by grouping
};

}  // namespace

void schedule(Program& program) { Scheduler(program).run(); }

}  // namespace xize::program

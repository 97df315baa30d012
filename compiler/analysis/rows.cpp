// Tables of rows: values that no row takes, rows that never decide, rows that contest a value, and
// outcomes that fall and rise again.
#include "compiler/analysis/checks.h"
#include "compiler/analysis/clause_estimate.h"
#include "compiler/analysis/range_words.h"
#include "compiler/analysis/reading.h"
#include "compiler/analysis/row_line.h"
#include "compiler/analysis/turn.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::RowTestKind;

// One table as it stands somewhere in the policy.
struct Table {
  ExprId value;
  const std::vector<ast::Row>& rows;
  NodeId node;        // where it stands; invalid: outside the rubrics
  source::Span span;  // of the whole
  bool tier = true;   // ordered outcomes; a `case` need not rise or fall
};

// Checks one table.
class RowsCheck {
 public:
  RowsCheck(Context& c, const Table& table) : c_(c), table_(table) {}

  void run() {
    auto line = line_of(c_.model, c_.evaluator, table_.value, table_.rows);
    if (!line || line->pieces.empty()) return;
    line_ = std::move(*line);
    find_gaps();
    find_idle_rows();
    find_contests();
    if (table_.tier) find_turns();
  }

 private:
  [[nodiscard]] diagnostics::Term words(const Interval& range) const {
    return range_words(c_.model, c_.model.type(table_.value), range);
  }
  [[nodiscard]] bool otherwise(std::size_t row) const {
    return table_.rows[row].test.kind == RowTestKind::Otherwise;
  }

  // ---- values without a row ----

  // A gap at an end counts where some input is known to come there: bounds may be too wide.
  [[nodiscard]] bool reached(std::size_t first, std::size_t last) const {
    const auto& pieces = line_.pieces;
    if (first > 0 && last + 1 < pieces.size()) return true;
    if (first == 0 && line_.value.least < pieces[last].values.high) return true;
    if (first == 0 && line_.value.least == pieces[last].values.high) {
      return pieces[last].values.high_closed;
    }
    return last + 1 == pieces.size() && first > 0 &&
           !(line_.value.most < pieces[first].values.low) &&
           (pieces[first].values.low_closed || pieces[first].values.low < line_.value.most);
  }

  void find_gaps() {
    const auto& pieces = line_.pieces;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (!pieces[i].rows.empty()) continue;
      std::size_t last = i;
      while (last + 1 < pieces.size() && pieces[last + 1].rows.empty()) ++last;
      if (reached(i, last) && c_.findings.wants<kinds::RowsLeaveGap>(table_.node)) {
        c_.findings.report<kinds::RowsLeaveGap>(
            c_.model.expr(table_.value).span, c_.findings.text(table_.value),
            words(joined(pieces[i].values, pieces[last].values)));
      }
      i = last;
    }
  }

  // ---- rows without a value ----

  void find_idle_rows() {
    for (std::size_t row = 0; row < table_.rows.size(); ++row) {
      if (otherwise(row)) continue;
      bool decides = false;
      std::size_t taken_by = row;
      for (const LinePiece& piece : line_.pieces) {
        if (std::ranges::find(piece.rows, row) == piece.rows.end()) continue;
        decides = decides || piece.rows.front() == row;
        taken_by = piece.rows.front();
      }
      if (!decides) report_idle(row, taken_by);
    }
  }

  void report_idle(std::size_t row, std::size_t taken_by) {
    const auto span = table_.rows[row].span;
    if (taken_by != row) {
      if (!c_.findings.wants<kinds::RowNeverDecides>(table_.node)) return;
      c_.findings.report<kinds::RowNeverDecides>(span)
          .note<kinds::RowTakesThem>(table_.rows[taken_by].span);
    } else if (c_.findings.wants<kinds::RowOutsideRange>(table_.node)) {
      c_.findings.report<kinds::RowOutsideRange>(span, c_.findings.text(table_.value),
                                                words(line_.value.bounds));
    }
  }

  // ---- values with two rows ----

  // `< 5%` before `< 7%` is one row after the other, not a contest.
  [[nodiscard]] bool steps(std::size_t first, std::size_t second) const {
    const auto& a = table_.rows[first].test;
    const auto& b = table_.rows[second].test;
    return a.kind != RowTestKind::Interval && a.kind != RowTestKind::Equals &&
           a.kind == b.kind && a.op == b.op;
  }

  void find_contests() {
    std::set<std::pair<std::size_t, std::size_t>> reported;
    for (const LinePiece& piece : line_.pieces) {
      if (piece.rows.size() < 2) continue;
      const std::size_t first = piece.rows[0];
      const std::size_t second = piece.rows[1];
      const bool idle = table_.rows[first].test.kind == RowTestKind::Equals;
      if (idle || otherwise(second) || steps(first, second)) continue;
      if (!c_.findings.wants<kinds::RowsContest>(table_.node)) return;
      if (!reported.emplace(first, second).second) continue;
      c_.findings.report<kinds::RowsContest>(table_.rows[second].span, words(piece.values))
          .note<kinds::RowTakesThem>(table_.rows[first].span);
    }
  }

  // ---- outcomes up and down ----

  [[nodiscard]] std::optional<Rational> outcome(std::size_t row) const {
    const auto& result = table_.rows[row].result;
    const Rational worth = table_.node.valid() ? c_.worths[table_.node.index].points : Rational(1);
    ClauseEstimator clauses(c_.model, c_.evaluator, table_.node, worth);
    const Estimate value = result.kind == ast::RowResultKind::Amount && !table_.node.valid()
                               ? c_.evaluator.number(result.amount)
                               : clauses.result(result, Estimate::constant(worth));
    if (!value.is_constant()) return std::nullopt;
    return value.bounds.low.value;
  }

  void find_turns() {
    if (!c_.model.type(table_.value).is(sema::Base::Number) || !table_.node.valid()) return;
    std::vector<Rational> values;
    std::vector<const LinePiece*> pieces;
    for (const LinePiece& piece : line_.pieces) {
      if (piece.rows.empty()) continue;
      const auto value = outcome(piece.rows.front());
      if (!value) break;
      values.push_back(*value);
      pieces.push_back(&piece);
    }
    if (const auto turn = turn_in(values)) report_turn(*pieces[*turn], values[*turn]);
  }

  void report_turn(const LinePiece& piece, const Rational& value) {
    if (!c_.findings.wants<kinds::OutcomeTurns>(table_.node)) return;
    c_.findings.report<kinds::OutcomeTurns>(table_.rows[piece.rows.front()].span,
                                           c_.findings.text(table_.value), words(piece.values),
                                           value);
  }

  Context& c_;
  Table table_;
  RowLine line_;
};

}  // namespace

void check_rows(Context& c) {
  for_each_reading(c.model, [&](const Reading& at) {
    if (at.clause != nullptr) {
      const auto* tier = std::get_if<ast::TierScale>(&at.clause->scale);
      if (tier != nullptr) RowsCheck(c, {tier->x, tier->rows, at.node, at.span, true}).run();
      return;
    }
    const auto& node = c.model.expr(at.expr).node;
    if (const auto* tier = std::get_if<ast::TierValue>(&node)) {
      RowsCheck(c, {tier->scrutinee, tier->rows, at.node, at.span, true}).run();
    } else if (const auto* table = std::get_if<ast::Case>(&node)) {
      RowsCheck(c, {table->scrutinee, table->rows, at.node, at.span, false}).run();
    }
  });
}

}  // namespace xize::analysis

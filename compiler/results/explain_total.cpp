// From the sections to the result of one rubric: step by step, then rank, grade and selections.
#include "compiler/results/explanation_reader.h"

namespace xize::results {
namespace {

class Total {
 public:
  Total(const ExplanationReader& reader, std::size_t rubric)
      : reader_(reader),
        index_(rubric),
        rubric_(reader.program().rubrics[rubric]),
        model_(reader.model().nodes[reader.model_node(rubric_.origin)]) {}

  RubricExplanation run() {
    out_.rubric = rubric_.name;
    out_.title = rubric_.title;
    out_.has_total = rubric_.has_total;
    out_.declared_total = reader_.mark(rubric_.declared_total);
    out_.total = reader_.mark(rubric_.total);
    for (const program::NodeId node : rubric_.top) {
      out_.nodes.push_back(explain_node(reader_, node));
    }
    out_.open = reader_.open(model_);
    if (rubric_.has_total) add_total();
    add_selections();
    out_.reports = reader_.reports(rubric_, {});
    return std::move(out_);
  }

 private:
  void add(TotalPart part, const Mark& value, Written rule = {}) {
    out_.steps.push_back({part, value, std::move(rule)});
  }

  [[nodiscard]] bool has_blocks(program::NodeKind block, program::NodeKind item) const {
    for (const program::NodeId id : rubric_.top) {
      const program::NodeKind kind = reader_.program().nodes[id].kind;
      if (kind == block || kind == item) return true;
    }
    return false;
  }

  void add_total() {
    using program::NodeKind;
    const bool bonus = has_blocks(NodeKind::BonusBlock, NodeKind::BonusItem);
    const bool penalty = has_blocks(NodeKind::PenaltyBlock, NodeKind::PenaltyItem);
    Mark before = reader_.mark(rubric_.before_rules);
    add(TotalPart::Sections, reader_.mark(rubric_.sections_sum));
    if (bonus) add(TotalPart::Bonus, reader_.mark(rubric_.bonus_sum));
    if (penalty) add(TotalPart::Penalty, reader_.mark(rubric_.penalty_sum));
    if (bonus || penalty) add(TotalPart::Together, before);
    out_.verdict = reader_.verdict(rubric_.decisions);
    out_.fault = reader_.fault(rubric_.total, rubric_.origin);
    if (out_.verdict) {
      before = decided();
      add(TotalPart::Guard, before, out_.verdict->guard);
    }
    add_limits(before);
    add_results();
  }

  // What the guard that decided gives.
  [[nodiscard]] Mark decided() const {
    for (const program::Decision& decision : rubric_.decisions) {
      if (decision.kind == program::DecisionKind::NotApplicable) continue;
      if (reader_.holds(decision.condition)) return reader_.mark(decision.outcome);
    }
    return {};
  }

  void add_limits(const Mark& before) {
    const Mark limited = reader_.mark(rubric_.before_round);
    const bool known = before.state == MarkState::Score && limited.state == MarkState::Score;
    if (known && limited.value > before.value) {
      add(TotalPart::Floor, limited, rule(model_.floor));
    } else if (known && limited.value < before.value) {
      add(TotalPart::Ceiling, limited, rule(model_.ceiling));
    }
    const bool scored = limited.state == MarkState::Score && out_.total.state == MarkState::Score;
    if (scored && limited.value != out_.total.value) {
      add(TotalPart::Round, out_.total, rule(model_.round));
    }
    add(TotalPart::Total, out_.total);
  }

  void add_results() {
    if (rubric_.combined.valid()) {
      add(TotalPart::Combined, reader_.mark(rubric_.combined), rule(model_.combine_periods));
    }
    if (rubric_.converted.valid()) {
      add(TotalPart::Converted, reader_.mark(rubric_.converted), rule(model_.convert));
    }
    out_.reference = reader_.holds(rubric_.reference);
    out_.rank = reader_.whole(rubric_.rank);
    out_.ranked = count_ranked();
    out_.grade = reader_.grade(rubric_.grade);
  }

  [[nodiscard]] Written rule(ast::EntryId entry) const {
    return entry.valid() ? reader_.written(reader_.model().entry(entry).span) : Written{};
  }

  // Units with a rank in the period of the row.
  [[nodiscard]] std::int64_t count_ranked() const {
    const auto& outcome = reader_.scoring().outcome;
    const table::Table& rows = reader_.scoring().data.units.rows();
    std::int64_t count = 0;
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      if (rows.period(row) != rows.period(reader_.row())) continue;
      if (!rubric_.rank.valid() || !outcome.has(rubric_.rank, row)) continue;
      if (std::holds_alternative<value::Rational>(outcome.value(rubric_.rank, row))) ++count;
    }
    return count;
  }

  void add_selections() {
    for (const program::Selection& selection : rubric_.selections) {
      const std::optional<value::Value> taken = reader_.value(selection.taken);
      if (!taken) continue;
      out_.selections.emplace_back(selection.name, datum_of(reader_.program(), *taken));
    }
    const auto& selections = reader_.scoring().outcome.selections;
    for (std::size_t i = 0; i < selections.size(); ++i) {
      if (reader_.program().row_selections[i].rubric != index_) continue;
      RowSelectionSheet sheet = make_selection(reader_.scoring(), i);
      for (RowSelectionSheet::Taken& taken : sheet.taken) {
        if (taken.row == reader_.row()) out_.taken.emplace_back(sheet.name, std::move(taken));
      }
    }
  }

  const ExplanationReader& reader_;
  std::size_t index_;
  const program::Rubric& rubric_;
  const sema::Node& model_;
  RubricExplanation out_;
};

}  // namespace

RubricExplanation explain_rubric(const ExplanationReader& reader, std::size_t rubric) {
  return Total(reader, rubric).run();
}

}  // namespace xize::results

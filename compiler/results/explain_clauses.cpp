// The clauses of one item: what each gave or took, over what it was counted, which row fitted.
#include <variant>

#include "compiler/results/explanation_reader.h"

namespace xize::results {
namespace {

// The expression a scale looks at; invalid where it has none of its own.
struct MeasureOf {
  ast::ExprId operator()(const ast::RatioScale& scale) const { return scale.x; }
  ast::ExprId operator()(const ast::LinearScale& scale) const { return scale.x; }
  ast::ExprId operator()(const ast::TierScale& scale) const { return scale.x; }
  ast::ExprId operator()(const ast::RelativeScale& scale) const { return scale.x; }
  ast::ExprId operator()(const ast::Amount&) const { return {}; }
  ast::ExprId operator()(const ast::RankScale&) const { return {}; }
  ast::ExprId operator()(const ast::JudgeScale&) const { return {}; }
  ast::ExprId operator()(const ast::ChecklistScale&) const { return {}; }
};

class Clauses {
 public:
  Clauses(const ExplanationReader& reader, const program::Node& node)
      : reader_(reader), node_(node) {}

  std::vector<ClauseStep> run() {
    std::vector<ClauseStep> steps;
    for (const program::Contribution& contribution : node_.contributions) {
      steps.push_back(step(contribution));
      const auto parent = static_cast<std::size_t>(contribution.parent);
      if (contribution.parent >= 0) steps.back().depth = steps[parent].depth + 1;
    }
    return steps;
  }

 private:
  ClauseStep step(const program::Contribution& contribution) const {
    ClauseStep step;
    step.clause = reader_.head(contribution.origin);
    step.amount = reader_.mark(contribution.amount);
    if (node_.kind == program::NodeKind::PenaltyItem) step.amount.value = -step.amount.value;
    step.active = !contribution.active.valid() || reader_.holds(contribution.active);
    const lower::Place* place = reader_.place(contribution.origin);
    if (place == nullptr) return step;
    step.open = place->kind == lower::PlaceKind::Unspecified;
    step.quote = reader_.quote(*place);
    step.assumed = reader_.assumed(*place);
    if (!place->entry.valid()) return step;
    const auto* clause = std::get_if<ast::Clause>(&reader_.model().entry(place->entry).node);
    if (clause == nullptr) return step;
    const auto* judge = std::get_if<ast::JudgeScale>(&clause->scale);
    if (judge != nullptr) {
      step.quote = reader_.quotes(*place);
      step.criteria = reader_.criteria(*place);
    }
    step.deducts = clause->sign == ast::Sign::Deduct || (judge != nullptr && judge->as_deduction);
    step.measure = measure(contribution, *place, *clause);
    add_rows(place->entry, std::holds_alternative<ast::ChecklistScale>(clause->scale), step);
    return step;
  }

  [[nodiscard]] Reading measure(const program::Contribution& contribution,
                                const lower::Place& place, const ast::Clause& clause) const {
    const std::optional<value::Value> value = reader_.value(contribution.measure);
    if (!value) return {};
    const sema::ClauseInfo& info = reader_.model().clauses.at(place.entry);
    const Datum plain = datum_of(reader_.program(), *value);
    if (clause.per) {
      if (info.per.valid())
        return {reader_.counted(*clause.per), reader_.count(*clause.per, plain)};
      return reader_.reading(contribution.measure, clause.per->what);
    }
    if (const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale)) {
      if (judge->from.valid()) return {reader_.text(reader_.model().expr(judge->from).span), plain};
      return reader_.reading(contribution.measure, place.node);
    }
    if (const auto* rank = std::get_if<ast::RankScale>(&clause.scale)) {
      return {reader_.text(reader_.model().expr(rank->x).span), plain};
    }
    return reader_.reading(contribution.measure, std::visit(MeasureOf{}, clause.scale));
  }

  // Rows of the clause's own table.
  void add_rows(ast::EntryId entry, bool checklist, ClauseStep& step) const {
    for (const program::RowHit& row : node_.rows) {
      const lower::Place* place = reader_.place(row.origin);
      if (place == nullptr || place->entry != entry) continue;
      if (reader_.holds(row.chosen)) {
        step.rows.push_back(reader_.written(row.origin));
      } else if (checklist) {
        step.missed.push_back(reader_.written(row.origin));
      }
    }
  }

  const ExplanationReader& reader_;
  const program::Node& node_;
};

}  // namespace

std::vector<ClauseStep> explain_clauses(const ExplanationReader& reader,
                                        const program::Node& node) {
  return Clauses(reader, node).run();
}

}  // namespace xize::results

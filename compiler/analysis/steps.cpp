// Amounts counted in steps up to a cap: a cap that is reached in the middle of a step, before the
// last of what is counted, or never.
#include "compiler/analysis/checks.h"
#include "compiler/analysis/clause_estimate.h"
#include "compiler/analysis/reading.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

// More than this is not counted one by one.
constexpr std::int64_t kCountMax = 100;

// How many there can be.
struct Counted {
  bool whole = false;
  std::optional<Rational> most;
};

// Checks one `per` clause.
class StepsCheck {
 public:
  StepsCheck(Context& c, const Reading& at) : c_(c), at_(at), clause_(*at.clause) {}

  void run() {
    const auto* amount = std::get_if<ast::Amount>(&clause_.scale);
    const bool stepped = amount != nullptr && !amount->full && clause_.per.has_value();
    if (!stepped || !clause_.multipliers.empty() || clause_.per->step.valid()) return;
    const Rational& points = c_.worths[at_.node.index].points;
    ClauseEstimator estimator(c_.model, c_.evaluator, at_.node, points);
    const Estimate worth = estimator.worth_of(clause_);
    each_ = estimator.amount(amount->value, worth).constant_value().value_or(0);
    if (clause_.max.valid()) {
      cap_ = estimator.amount(clause_.max, worth).constant_value().value_or(0);
    }
    if (clause_.max_full) cap_ = points;
    if (each_.sign() > 0 && cap_.sign() > 0) compare(counted());
  }

 private:
  [[nodiscard]] Counted counted() const {
    const ExprId what = clause_.per->what;
    const auto* rows = std::get_if<sema::SourceRef>(&c_.model.fact(what).binding);
    if (rows == nullptr) {
      const Extended high = c_.evaluator.number(what).bounds.high;
      if (!high.finite()) return {c_.model.type(what).whole, {}};
      return {c_.model.type(what).whole, high.value};
    }
    for (sema::SourceId id = rows->source; id.valid(); id = c_.model.sources[id].base) {
      const auto& source = c_.model.sources[id];
      if (!source.sample.valid()) continue;
      const auto& sample = c_.model.entry_as<ast::Sample>(source.sample);
      if (sample.scaled_to_full) return {};  // each counts for more
      return {true, c_.evaluator.number(sample.take).constant_value()};
    }
    return {true, {}};
  }

  void compare(const Counted& n) {
    const auto span = at_.span;
    const auto text = c_.findings.text(clause_.per->what);
    if (n.most && each_ * *n.most < cap_) {
      // 扣完为止 is written out of habit, and says no number.
      if (clause_.max_full || !c_.findings.wants<kinds::StepsNeverReachCap>(at_.node)) return;
      c_.findings.report<kinds::StepsNeverReachCap>(span, cap_, *n.most, text, each_ * *n.most);
      return;
    }
    if (!n.whole) return;
    const Rational full = value::floor(cap_ / each_);
    const Rational rest = cap_ - full * each_;
    if (rest.sign() > 0) {
      if (!c_.findings.wants<kinds::LastStepPartial>(at_.node)) return;
      c_.findings.report<kinds::LastStepPartial>(span, full + Rational(1), text, rest, each_);
    } else if (n.most && full < *n.most && !(Rational(kCountMax) < *n.most)) {
      if (!c_.findings.wants<kinds::StepsBeyondCap>(at_.node)) return;
      c_.findings.report<kinds::StepsBeyondCap>(span, *n.most, text, full, cap_);
    }
  }

  Context& c_;
  const Reading& at_;
  const ast::Clause& clause_;
  Rational each_, cap_;
};

// A share that is kept by counting cases: whoever handles more loses more at the same rate.
void check_rate(Context& c, NodeId id, const std::vector<bool>& counts_only) {
  const auto& node = c.model.nodes[id];
  const bool rate = node.name.ends_with("率") || node.title.ends_with("率");
  if (!rate || !counts_only[id.index] || !c.findings.wants<kinds::RateByCount>(id)) return;
  c.findings.report<kinds::RateByCount>(span_of(c.model, node), node.name);
}

}  // namespace

void check_steps(Context& c) {
  std::vector<bool> counts(c.model.nodes.size(), false), other = counts;
  for_each_reading(c.model, [&](const Reading& at) {
    if (at.clause == nullptr || !at.node.valid()) return;
    if (at.clause->per) StepsCheck(c, at).run();
    const bool counted = at.clause->per && std::holds_alternative<ast::Amount>(at.clause->scale);
    (counted ? counts : other)[at.node.index] = true;
  });
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = counts[i] && !other[i];
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) check_rate(c, NodeId(i), counts);
}

}  // namespace xize::analysis

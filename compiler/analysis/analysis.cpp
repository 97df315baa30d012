#include "compiler/analysis/analysis.h"

#include "compiler/analysis/checks.h"

namespace xize::analysis {

void run(const sema::Model& model, diagnostics::Sink& sink,
         const std::optional<KnownDays>& workdays, bool examples) {
  const Variables variables(model);
  Evaluator evaluator(model, variables);
  Findings findings(model, sink);
  // Where a name or a type is wrong, rules and readings that depend on it are not known.
  const bool known = !findings.has_earlier_errors();
  const auto worths = worth_of_nodes(model);
  Context context{model, worths, evaluator, findings};
  check_sums(context);
  check_caps(context);
  check_weights(context);
  check_items(context);
  check_frameworks(context);
  check_claims(context);
  check_units(context);
  check_groups(context);
  if (!known) return;
  check_rows(context);
  check_lookups(context);
  check_scales(context);
  check_steps(context);
  check_jumps(context);
  check_guards(context);
  check_thresholds(context);
  check_denominators(context);
  check_definitions(context);
  if (examples) check_unused(context);
  check_results(context);
  check_judgement(context);
  check_document(context);
  check_sentences(context);
  check_heading(context);
  if (workdays) check_workdays(context, *workdays);
}

}  // namespace xize::analysis

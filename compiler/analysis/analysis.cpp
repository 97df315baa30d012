#include "compiler/analysis/analysis.h"

#include "compiler/analysis/checks.h"

namespace xize::analysis {

void run(const sema::Model& model, diagnostics::Sink& sink) {
  const Variables variables(model);
  Evaluator evaluator(model, variables);
  Findings findings(model, sink);
  const auto worths = worth_of_nodes(model);
  Context context{model, worths, evaluator, findings};
  check_sums(context);
  check_caps(context);
  check_weights(context);
  check_items(context);
  check_claims(context);
  check_units(context);
}

}  // namespace xize::analysis

#include "compiler/analysis/analysis.h"

namespace xize::analysis {

void run(const sema::Model& /*model*/, diagnostics::Sink& /*sink*/) {}

}  // namespace xize::analysis

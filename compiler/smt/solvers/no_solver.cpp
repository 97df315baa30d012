// A build without Z3: nothing can be asked.
#include "compiler/smt/solver.h"

namespace xize::smt {

bool has_solver() { return false; }

std::unique_ptr<Solver> make_solver(const Terms&) { return nullptr; }

}  // namespace xize::smt

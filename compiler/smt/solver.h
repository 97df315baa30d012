// solver: can these formulas hold together, and with what values?
// In: terms that must all be true. Out: never, or values of the unknowns, or no answer in time.
// Must hold: `Never` is a proof. Products and quotients of unknowns are first only enclosed by
// lines (`Exactness::Linear`): there `Never` is still a proof, but values may not be right.
// Without Z3 in the build there is no solver (`make_solver` gives null). Not shared by threads.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "compiler/smt/term.h"

namespace xize::smt {

enum class Reply : std::uint8_t { Never, Possible, NoAnswer };
enum class Exactness : std::uint8_t { Linear, Exact };

// What is asked.
struct Query {
  std::vector<TermId> formulas;  // booleans
  Exactness exactness = Exactness::Linear;
  std::chrono::milliseconds limit{2000};
  // Values to take where it is possible, in order of importance: an example that differs in few
  // places from the ordinary is easier to read.
  std::vector<std::pair<TermId, Rational>> wishes = {};
  std::chrono::milliseconds wish_limit{2000};  // beyond the limit
};

struct Result {
  Reply answer = Reply::NoAnswer;
  Assignment values;  // of Possible; a value that is no rational is left out
};

class Solver {
 public:
  virtual ~Solver() = default;
  virtual Result ask(const Query& query) = 0;
};

// Was the program built with a solver?
bool has_solver();
// `terms` may grow between questions, not during one.
std::unique_ptr<Solver> make_solver(const Terms& terms);

}  // namespace xize::smt

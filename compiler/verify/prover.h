// prover: answers questions, several side by side, each within its time.
// In: formulas that could hold only if a promise is broken; a way to confirm what was found.
// Out: for each question an answer; the same for the same machine and limits.
// Must hold: `Proved` only if no admissible data break the promise; `Refuted` only if the question
// confirmed an example. From the first question on the workspace does not grow.
//
// What rests on other questions is asked of them alone first, once these are answered. Else a
// question goes up a ladder: with lines around products and quotients, whatever the records; the
// same over the few records of an example, whose values are scored; then both with exact products.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "compiler/smt/solver.h"
#include "compiler/verify/encoder.h"
#include "compiler/verify/verify.h"

namespace xize::verify {

// What a confirmed example leaves to ask: the switch of the fault that was found, if there is one.
struct Confirmed {
  Refutation refutation;
  TermId next_without = {};
};

// A question of parts that rests on what was proved of them: more may hold in it than in fact.
struct Outline {
  struct Part {
    std::size_t question = 0;
    TermId proved;  // true where that question was
  };
  TermId violated;
  std::vector<Part> parts;
};

struct Question {
  Promise promise = Promise::InRange;
  TermId violated;
  Outline outline = {};
  std::vector<TermId> disabled;  // switches of faults that are not asked for
  std::size_t most = 1;          // refutations to look for
  Written about;
  // Scores the values; nothing where the interpreter does not agree.
  std::function<std::optional<Confirmed>(const smt::Assignment&)> confirm;
  std::function<std::vector<std::pair<TermId, Rational>>(const std::vector<TermId>&)> wishes;
};

class Prover {
 public:
  // `sites`: every op that may raise a fault, of all encoders. `cells`: what a unit consists of.
  Prover(Workspace& space, std::vector<Site> sites, const Options& options);

  // Answers in the order of the questions. `written`: the place behind an origin.
  std::vector<Answer> answer(const std::vector<Question>& questions,
                             const std::function<Written(program::Origin)>& written);

 private:
  struct Scope {  // what belongs to a question
    std::vector<TermId> formulas;
    std::vector<TermId> unknowns;
  };
  class Ladder;
  Scope scope_of(const Question& question, const std::vector<TermId>& without,
                 bool with_links) const;
  void index();
  void find_base(const Question& any);
  // Those that what was proved of their parts decides.
  void prove_outlines(const std::vector<Question>& questions, std::vector<Answer>& answers,
                      std::chrono::steady_clock::time_point end) const;
  // The place behind the reason of an open answer.
  void name_reason(Answer& answer, const std::optional<Reason>& reason,
                   const std::function<Written(program::Origin)>& written,
                   std::mutex& reading) const;

  Workspace& space_;
  std::vector<Site> sites_;
  Options options_;
  std::vector<std::vector<TermId>> of_fact_, of_link_;  // unknowns
  std::unordered_map<TermId, std::vector<std::size_t>> facts_about_, links_about_;
  smt::Assignment base_;  // some admissible unit
  bool no_unit_ = false;
};

}  // namespace xize::verify

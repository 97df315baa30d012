#include "compiler/verify/verify.h"

#include "compiler/verify/questions.h"

namespace xize::verify {

namespace {

// Answers go to the subjects they are about.
PolicyReport answered(Asked asked, Prover& prover,
                      const std::function<Written(program::Origin)>& written) {
  PolicyReport report;
  report.subjects = std::move(asked.subjects);
  std::vector<Answer> answers = prover.answer(asked.questions, written);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    report.subjects[asked.subject_of[i]].answers.push_back(std::move(answers[i]));
  }
  return report;
}

}  // namespace

bool can_verify() { return smt::has_solver(); }

PolicyReport verify(const driver::Compilation& policy, const Options& options) {
  Workspace space(testing::season_of(policy.model()).first);
  Replay replay(policy, space);
  Encoder encoder(space, replay.program());
  encoder.add_checks();
  Inquiry inquiry(replay, encoder);
  Asked asked = inquiry.run();
  replay.wishes(encoder, {});  // every cell of an example exists from here on
  Prover prover(space, inquiry.sites(), options);
  PolicyReport report =
      answered(std::move(asked), prover,
               [&](program::Origin origin) { return replay.reader().written(origin); });
  report.path = policy.file().path();
  return report;
}

Tally tally(const std::vector<PolicyReport>& reports) {
  Tally tally;
  for (const PolicyReport& report : reports) {
    for (const Subject& subject : report.subjects) {
      for (const Answer& answer : subject.answers) {
        std::size_t& of = answer.state == State::Proved    ? tally.proved
                          : answer.state == State::Refuted ? tally.refuted
                                                           : tally.undecided;
        ++of;
      }
    }
  }
  return tally;
}

}  // namespace xize::verify

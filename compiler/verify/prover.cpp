#include "compiler/verify/prover.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace xize::verify {

using smt::Reply;
using smt::Exactness;
using Clock = std::chrono::steady_clock;

namespace {

// What a question gets at first; and what all of a policy get together, in limits of one.
constexpr std::chrono::milliseconds kFirstLimit{250};
constexpr std::size_t kLimitsInAll = 7;
constexpr std::size_t kQuestionsPerLimit = 50;  // where there are more

Why why_of(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::Population: return Why::Population;
    case ReasonKind::Periods: return Why::Periods;
    case ReasonKind::Records: return Why::Records;
    case ReasonKind::Groups: return Why::Groups;
    case ReasonKind::Calendar: return Why::Calendar;
    case ReasonKind::Unspecified: return Why::Unspecified;
    case ReasonKind::Power: return Why::Power;
  }
  return Why::Records;
}

// The weightiest comes first: what nothing is known of explains more than what little is.
int weight(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::Unspecified: return 0;
    case ReasonKind::Periods: return 1;
    case ReasonKind::Population: return 2;
    case ReasonKind::Groups: return 3;
    case ReasonKind::Power: return 4;
    case ReasonKind::Calendar: return 5;
    case ReasonKind::Records: return 6;
  }
  return 7;
}

}  // namespace

Prover::Prover(Workspace& space, std::vector<Site> sites, const Options& options)
    : space_(space), sites_(std::move(sites)), options_(options) {
  for (const Site& site : sites_) space_.terms.not_(site.enabled);  // it does not grow later
  index();
}

void Prover::index() {
  const auto add = [&](TermId formula, auto& of, auto& about) {
    of.push_back(smt::unknowns(space_.terms, {formula}));
    for (const TermId id : of.back()) about[id].push_back(of.size() - 1);
  };
  for (const TermId fact : space_.facts) add(fact, of_fact_, facts_about_);
  for (const Link& link : space_.links) {
    of_link_.push_back(smt::unknowns(space_.terms, {link.formula}));
    for (const TermId id : smt::unknowns(space_.terms, {link.about})) {
      links_about_[id].push_back(of_link_.size() - 1);
    }
  }
}

// Everything known of the unknowns of the question, and of those that come in so.
Prover::Scope Prover::scope_of(const Question& question, const std::vector<TermId>& without,
                               bool with_links) const {
  Scope scope;
  scope.formulas = {question.violated};
  std::vector<TermId> open = smt::unknowns(space_.terms, scope.formulas);
  std::unordered_set<TermId> seen(open.begin(), open.end());
  std::unordered_set<TermId> stated = {question.violated};
  const auto take = [&](TermId formula, const std::vector<TermId>& of) {
    if (!stated.insert(formula).second) return;
    scope.formulas.push_back(formula);
    for (const TermId other : of) {
      if (seen.insert(other).second) open.push_back(other);
    }
  };
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    scope.unknowns.push_back(id);
    if (const auto it = facts_about_.find(id); it != facts_about_.end()) {
      for (const std::size_t i : it->second) take(space_.facts[i], of_fact_[i]);
    }
    const auto it = links_about_.find(id);
    if (!with_links || it == links_about_.end()) continue;
    for (const std::size_t i : it->second) take(space_.links[i].formula, of_link_[i]);
  }
  std::unordered_set<TermId> off(question.disabled.begin(), question.disabled.end());
  off.insert(without.begin(), without.end());
  for (const Site& site : sites_) {
    if (!seen.contains(site.enabled)) continue;
    const bool is_off = off.contains(site.enabled);
    scope.formulas.push_back(is_off ? space_.terms.not_(site.enabled) : site.enabled);
  }
  std::sort(scope.unknowns.begin(), scope.unknowns.end());
  return scope;
}

// A unit that breaks no check, as ordinary as possible: what an example holds beside its point.
void Prover::find_base(const Question& any) {
  Question everything = any;
  everything.violated = space_.terms.boolean(true);
  smt::Query query;
  query.limit = options_.limit;
  std::vector<TermId> cells;
  for (std::size_t i = 0; i < space_.facts.size(); ++i) {
    const bool of_cells = std::none_of(of_fact_[i].begin(), of_fact_[i].end(),
                                       [&](TermId id) { return space_.reasons.contains(id); });
    if (!of_cells) continue;
    query.formulas.push_back(space_.facts[i]);
    cells.insert(cells.end(), of_fact_[i].begin(), of_fact_[i].end());
  }
  for (const Site& site : sites_) query.formulas.push_back(site.enabled);
  query.wishes = any.wishes(cells);
  const smt::Result result = smt::make_solver(space_.terms)->ask(query);
  no_unit_ = result.answer == Reply::Never;
  base_ = result.values;
}

// One question on its way up.
class Prover::Ladder {
 public:
  Ladder(Prover& prover, smt::Solver& solver, std::mutex& replaying,
         std::chrono::milliseconds limit)
      : prover_(prover), solver_(solver), replaying_(replaying), limit_(limit) {}

  Answer climb(const Question& question) {
    Answer answer;
    answer.promise = question.promise;
    answer.about = question.about;
    std::vector<TermId> without;
    do {
      end_ = Clock::now() + limit_;
      const bool again = !answer.refutations.empty();
      if (step(question, without, answer)) continue;
      if (again) answer.state = State::Refuted;  // the first ones stand
      break;
    } while (answer.state == State::Refuted && answer.refutations.size() < question.most &&
             without.size() == answer.refutations.size());
    return answer;
  }

  // The unknown that explains why there is no answer.
  [[nodiscard]] std::optional<Reason> reason() const { return reason_; }
  [[nodiscard]] bool timed_out() const { return timed_out_; }

 private:
  // True if an example was found and more may be looked for.
  bool step(const Question& question, std::vector<TermId>& without, Answer& answer) {
    if (prover_.space_.terms.is_false(question.violated)) {
      answer.state = State::Proved;
      return false;
    }
    const Scope all = prover_.scope_of(question, without, false);
    const bool exact = has_products(all);
    timed_out_ = false;
    smt::Result found = ask(all, Exactness::Linear, {});
    if (found.answer == Reply::Never) return done(answer, State::Proved);
    const Scope few = prover_.scope_of(question, without, true);
    for (const Exactness exactness : {Exactness::Linear, Exactness::Exact}) {
      if (exactness == Exactness::Exact && !exact && !has_products(few)) break;
      found = ask(few, exactness, wishes(question, few));
      if (found.answer != Reply::Possible) continue;
      if (confirm(question, found.values, without, answer)) return true;
    }
    if (exact) {
      found = ask(all, Exactness::Exact, {});
      if (found.answer == Reply::Never) return done(answer, State::Proved);
    }
    explain(all, answer);
    return false;
  }

  static bool done(Answer& answer, State state) {
    answer.state = state;
    return false;
  }

  smt::Result ask(const Scope& scope, Exactness exactness,
                  std::vector<std::pair<TermId, Rational>> wishes) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now());
    if (left.count() <= 0) {
      timed_out_ = true;
      return {};
    }
    const auto wish_limit = prover_.options_.limit;
    smt::Result result =
        solver_.ask({scope.formulas, exactness, left, std::move(wishes), wish_limit});
    timed_out_ = timed_out_ || result.answer == Reply::NoAnswer;
    return result;
  }

  std::vector<std::pair<TermId, Rational>> wishes(const Question& question, const Scope& scope) {
    const std::lock_guard lock(replaying_);
    return question.wishes(scope.unknowns);
  }

  bool confirm(const Question& question, const smt::Assignment& found,
               std::vector<TermId>& without, Answer& answer) {
    smt::Assignment values = prover_.base_;
    for (const auto& [id, x] : found) values[id] = x;
    const std::lock_guard lock(replaying_);
    auto confirmed = question.confirm(values);
    if (!confirmed) return false;
    answer.state = State::Refuted;
    answer.refutations.push_back(std::move(confirmed->refutation));
    if (confirmed->next_without) without.push_back(confirmed->next_without);
    return true;
  }

  [[nodiscard]] bool has_products(const Scope& scope) const {
    const smt::Terms& terms = prover_.space_.terms;
    std::vector<TermId> open = scope.formulas;
    std::unordered_set<TermId> seen;
    while (!open.empty()) {
      const TermId id = open.back();
      open.pop_back();
      if (!id.valid() || !seen.insert(id).second) continue;
      const smt::Term& t = terms[id];
      if (t.kind == smt::TermKind::Multiply || t.kind == smt::TermKind::Divide) return true;
      open.insert(open.end(), {t.a, t.b, t.c});
    }
    return false;
  }

  void explain(const Scope& scope, Answer& answer) {
    answer.state = State::Undecided;
    answer.why = timed_out_ ? Why::Time : Why::Unconfirmed;
    reason_.reset();
    for (const TermId id : scope.unknowns) {
      const auto it = prover_.space_.reasons.find(id);
      if (it == prover_.space_.reasons.end()) continue;
      if (!reason_ || weight(it->second.kind) < weight(reason_->kind)) reason_ = it->second;
    }
    const bool by_range_only = reason_ && reason_->kind != ReasonKind::Records;
    if (reason_ && (by_range_only || !timed_out_)) answer.why = why_of(reason_->kind);
  }

  Prover& prover_;
  smt::Solver& solver_;
  std::mutex& replaying_;
  std::chrono::milliseconds limit_;
  Clock::time_point end_;
  bool timed_out_ = false;
  std::optional<Reason> reason_;
};

std::vector<Answer> Prover::answer(const std::vector<Question>& questions,
                                   const std::function<Written(program::Origin)>& written) {
  std::vector<Answer> answers(questions.size());
  if (questions.empty()) return answers;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    answers[i].promise = questions[i].promise;
    answers[i].about = questions[i].about;
  }
  const auto limits = std::max(kLimitsInAll, questions.size() / kQuestionsPerLimit);
  const auto end = Clock::now() + options_.limit * limits;
  find_base(questions.front());
  std::vector<char> open(questions.size());
  const auto reopen = [&](bool outlines) {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const bool outlined = questions[i].outline.violated.valid();
      if (outlined == outlines) open[i] = answers[i].state == State::Undecided ? 1 : 0;
    }
  };
  std::mutex replaying;
  const auto pass = [&](std::chrono::milliseconds limit) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      const auto solver = smt::make_solver(space_.terms);
      for (std::size_t i = next++; i < questions.size(); i = next++) {
        if (open[i] == 0 || Clock::now() >= end) continue;
        Ladder ladder(*this, *solver, replaying, limit);
        answers[i] = ladder.climb(questions[i]);
        open[i] = ladder.timed_out() && answers[i].state == State::Undecided ? 1 : 0;
        name_reason(answers[i], ladder.reason(), written, replaying);
      }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < options_.threads; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
  };
  // The easy ones first, so that the hard ones share what time is left.
  reopen(false);
  pass(std::min(options_.limit, kFirstLimit));
  prove_outlines(questions, answers, end);
  reopen(true);
  pass(options_.limit);
  prove_outlines(questions, answers, end);  // parts may have been proved late
  return answers;
}

void Prover::prove_outlines(const std::vector<Question>& questions,
                            std::vector<Answer>& answers, Clock::time_point end) const {
  if (no_unit_) return;
  const auto solver = smt::make_solver(space_.terms);
  std::vector<char> tried(questions.size());
  const std::function<void(std::size_t)> prove = [&](std::size_t i) {
    const Outline& outline = questions[i].outline;
    const bool waits = outline.violated && answers[i].state == State::Undecided;
    if (tried[i] != 0 || !waits || Clock::now() >= end) return;
    tried[i] = 1;
    for (const Outline::Part& part : outline.parts) prove(part.question);
    Question question;
    question.violated = outline.violated;
    std::vector<TermId> formulas = scope_of(question, {}, false).formulas;
    for (const Outline::Part& part : outline.parts) {
      if (answers[part.question].state == State::Proved) formulas.push_back(part.proved);
    }
    const smt::Query query{std::move(formulas), Exactness::Linear, options_.limit};
    if (solver->ask(query).answer != Reply::Never) return;
    answers[i].state = State::Proved;
    answers[i].about = questions[i].about;
  };
  for (std::size_t i = 0; i < questions.size(); ++i) prove(i);
}

void Prover::name_reason(Answer& answer, const std::optional<Reason>& reason,
                         const std::function<Written(program::Origin)>& written,
                         std::mutex& reading) const {
  if (no_unit_) {
    answer.state = State::Undecided;
    answer.why = Why::NoUnit;
  }
  if (answer.state != State::Undecided || !reason || answer.about.present()) return;
  const std::lock_guard lock(reading);
  if (answer.why == why_of(reason->kind)) answer.about = written(reason->origin);
}

}  // namespace xize::verify

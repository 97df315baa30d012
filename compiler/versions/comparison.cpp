#include "compiler/versions/comparison.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/versions/amendments.h"
#include "compiler/versions/facts.h"
#include "compiler/versions/similarity.h"

namespace xize::versions {
namespace {

// From which likeness on a sentence of one thing is that of another, and what is too short to say.
constexpr double kSameSentence = 0.6;
constexpr std::size_t kSentenceGramsMin = 6;

std::string canonical(const sema::Model& model, const std::string& name) {
  const auto alias = model.aliases.find(name);
  return alias == model.aliases.end() ? name : alias->second;
}

// What the names of the old version are called in the new one; without those that have become
// several.
std::map<std::string, std::string> renames_of(const Outline& old, const Outline& now,
                                              const std::vector<Match>& matches) {
  std::map<std::string, std::string> renames;
  std::set<std::string> unclear;
  for (const Match& one : matches) {
    if (one.olds.size() != 1 || one.news.size() != 1) continue;
    const std::string& was = old[at(one.olds.front())].name;
    const std::string& is = now[at(one.news.front())].name;
    if (renames.emplace(was, is).first->second != is) unclear.insert(was);
  }
  std::erase_if(renames, [&](const auto& rename) { return unclear.contains(rename.first); });
  return renames;
}

Version version_of(const driver::Compilation& compilation) {
  const auto& model = compilation.model();
  return {compilation.file().path(), model.name, model.title, model.numbers};
}

// What is new or gone says all but how it was read.
bool tells_of_itself(const Fact& fact) {
  return fact.aspect != Aspect::Points && fact.aspect != Aspect::Title &&
         fact.aspect != Aspect::Criterion && fact.aspect != Aspect::Assumption &&
         fact.aspect != Aspect::Claim;
}

bool is_indicator(const Thing& thing) {
  return thing.subject == Subject::Section || thing.subject == Subject::Item;
}

class Comparer {
 public:
  explicit Comparer(Comparison& comparison) : c_(comparison), match_of_old_(c_.old.size()) {
    for (std::size_t m = 0; m < c_.matches.size(); ++m) {
      for (const int i : c_.matches[m].olds) match_of_old_[at(i)] = m;
    }
    match_of_new_.resize(c_.now.size());
    for (std::size_t m = 0; m < c_.matches.size(); ++m) {
      for (const int i : c_.matches[m].news) match_of_new_[at(i)] = m;
    }
  }

  void run() {
    std::vector<Change> names;
    for (const Match& one : c_.matches) {
      Change change = change_of(one);
      if (says_nothing(change)) continue;
      const bool alone = change.olds.empty() || change.news.empty();
      (alone && is_name_only(any(change).subject) ? names : c_.changes).push_back(change);
    }
    for (Change& change : names) {
      const auto& used = change.news.empty() ? mentioned_before_ : mentioned_after_;
      if (used.contains(any(change).name)) c_.changes.push_back(std::move(change));
    }
    std::ranges::stable_sort(c_.changes, {},
                             [&](const Change& change) { return place_of(change); });
  }

 private:
  [[nodiscard]] const Thing& any(const Change& change) const {
    return change.news.empty() ? c_.was(change.olds.front()) : c_.is(change.news.front());
  }

  static Fate fate_of(const Match& one) {
    if (one.olds.empty()) return Fate::Added;
    if (one.news.empty()) return Fate::Removed;
    if (one.olds.size() > 1) return one.news.size() > 1 ? Fate::Regrouped : Fate::Merged;
    return one.news.size() > 1 ? Fate::Split : Fate::Kept;
  }

  Change change_of(const Match& one) {
    Change change{.fate = fate_of(one), .olds = one.olds, .news = one.news};
    if (change.fate == Fate::Kept) {
      const Thing &was = c_.was(one.olds.front()), &is = c_.is(one.news.front());
      change.renamed = was.name != is.name;
      change.moved = was.parent >= 0 && is.parent >= 0 &&
                     match_of_old_[at(was.parent)] != match_of_new_[at(is.parent)];
    }
    FactList before, after;
    const bool whole = change.fate == Fate::Kept;
    const bool alone = one.olds.empty() || one.news.empty();
    const auto take = [&](const Thing& thing, FactList& facts) {
      for (const Fact& fact : thing.facts) {
        if (whole || (alone ? tells_of_itself(fact) : fact.aspect != Aspect::Points)) {
          facts.push_back(&fact);
        }
      }
    };
    for (const int i : one.olds) take(c_.was(i), before);
    for (const int i : one.news) take(c_.is(i), after);
    if (alone) add_columns(change, before, after);
    FactDifference difference =
        difference_of(std::move(before), std::move(after), !whole && !alone);
    change.details = std::move(difference.details);
    mentioned_before_.merge(difference.mentioned_before);
    mentioned_after_.merge(difference.mentioned_after);
    if (alone && is_indicator(any(change))) add_flows(change);
    if (whole && is_name_only(any(change).subject)) add_users(change);
    return change;
  }

  // A table that is new or gone says its columns itself.
  void add_columns(const Change& change, FactList& before, FactList& after) const {
    const auto add = [&](const Outline& outline, int table, FactList& facts) {
      for (const Thing& thing : outline) {
        const bool inside = thing.subject == Subject::Column && thing.parent == table;
        if (inside) facts.push_back(&thing.facts.front());
      }
    };
    for (const int i : change.olds) add(c_.old, i, before);
    for (const int i : change.news) add(c_.now, i, after);
  }

  // Nothing differs, or it is told elsewhere.
  [[nodiscard]] bool says_nothing(const Change& change) const {
    if (change.fate == Fate::Kept) {
      return !change.renamed && !change.moved && change.details.empty();
    }
    const Thing& thing = any(change);
    if (thing.subject != Subject::Column || thing.parent < 0) return false;
    const auto& other = change.news.empty() ? match_of_old_ : match_of_new_;
    const Match& parent = c_.matches[other[at(thing.parent)]];
    return parent.olds.empty() || parent.news.empty();
  }

  // ---- where a sentence went, or came from
  static std::vector<Grams> sentences_of(const Thing& thing) {
    const bool listed = std::ranges::any_of(
        thing.facts, [](const Fact& fact) { return fact.aspect == Aspect::Criterion; });
    const Aspect aspect = listed ? Aspect::Criterion : Aspect::Quote;
    std::vector<Grams> sentences;
    for (const Fact& fact : thing.facts) {
      if (fact.aspect != aspect) continue;
      Grams grams = grams_of(fact.text);
      if (grams.size() >= kSentenceGramsMin) sentences.push_back(std::move(grams));
    }
    return sentences;
  }

  [[nodiscard]] static int rubric_of(const Outline& outline, int thing) {
    while (thing >= 0 && outline[at(thing)].subject != Subject::Rubric) {
      thing = outline[at(thing)].parent;
    }
    return thing;
  }

  void add_flows(Change& change) const {
    const bool gone = change.news.empty();
    const Outline &own = gone ? c_.old : c_.now, &others = gone ? c_.now : c_.old;
    const auto &own_match = gone ? match_of_old_ : match_of_new_,
               &other_match = gone ? match_of_new_ : match_of_old_;
    const int self = gone ? change.olds.front() : change.news.front();
    const int home = rubric_of(own, self);
    if (home < 0) return;
    std::map<int, std::size_t> counts;
    for (const Grams& sentence : sentences_of(own[at(self)])) {
      double most = kSameSentence;
      int best = -1;
      for (std::size_t i = 0; i < others.size(); ++i) {
        const int rubric = is_indicator(others[i]) ? rubric_of(others, static_cast<int>(i)) : -1;
        if (rubric < 0 || other_match[at(rubric)] != own_match[at(home)]) continue;
        for (const Grams& other : sentences_of(others[i])) {
          const double alike = share_found(sentence, other);
          if (alike >= most) most = alike, best = static_cast<int>(i);
        }
      }
      if (best >= 0) ++counts[best];
    }
    for (const auto& [thing, sentences] : counts) change.flows.push_back({thing, sentences});
  }

  // ---- what a definition changes
  void add_users(Change& change) const {
    const std::string& name = any(change).name;
    if (change.details.empty()) return;
    for (const Thing& thing : c_.now) {
      const bool uses = std::ranges::any_of(
          thing.facts, [&](const Fact& fact) { return fact.mentions.contains(name); });
      if (uses && !is_name_only(thing.subject)) change.users.push_back(thing.name);
    }
  }

  // ---- the order of the report
  // Rubrics in their new order, in each what is new or kept in its order, then what is gone; then
  // declarations by subject; the head of the document last.
  [[nodiscard]] std::tuple<int, int, int, int> place_of(const Change& change) const {
    constexpr int kDeclarations = 1'000'000'000;
    const bool gone = change.news.empty();
    const int self = gone ? change.olds.front() : change.news.front();
    const Thing& thing = any(change);
    int rubric = rubric_of(gone ? c_.old : c_.now, self);
    if (rubric < 0) {
      const int subject = static_cast<int>(thing.subject);
      return {thing.subject == Subject::Policy ? kDeclarations + 1 : kDeclarations, subject, gone,
              self};
    }
    if (!gone) return {rubric, 0, 0, self};
    const Match& home = c_.matches[match_of_old_[at(rubric)]];
    return {home.news.empty() ? kDeclarations - 1 : home.news.front(), 1, 0, self};
  }

  Comparison& c_;
  std::vector<std::size_t> match_of_old_, match_of_new_;
  std::set<std::string> mentioned_before_, mentioned_after_;
};

}  // namespace

std::string unit_name(const sema::Model& old, const sema::Model& now, const std::string& name) {
  return canonical(now, canonical(old, name));
}

Comparison compare(const driver::Compilation& old, const driver::Compilation& now,
                   ast::Surface surface) {
  const sema::Model &was = old.model(), &is = now.model();
  const auto known = [&](std::string_view name) { return unit_name(was, is, std::string(name)); };
  Comparison comparison{.old_version = version_of(old), .new_version = version_of(now)};
  comparison.now = make_outline(now, {surface, known});
  const Outline unread = make_outline(old, {surface, known});
  comparison.matches = match(unread, comparison.now, declared_matches(is, was));
  const auto renames = renames_of(unread, comparison.now, comparison.matches);
  const auto renamed = [&](std::string_view name) {
    const auto it = renames.find(std::string(name));
    return known(it == renames.end() ? name : it->second);
  };
  comparison.old = make_outline(old, {surface, renamed});
  comparison.balances = balances_of(comparison.old, comparison.now, comparison.matches);
  Comparer(comparison).run();
  return comparison;
}

}  // namespace xize::versions

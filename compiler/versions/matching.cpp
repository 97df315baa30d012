#include "compiler/versions/matching.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/versions/similarity.h"

namespace xize::versions {
namespace {

// From which likeness on two things are taken for the same.
constexpr double kSame = 0.5;
constexpr double kSameByNameAlone = 0.6;
constexpr double kSameAcrossRubrics = 0.7;
// From which share of its wording on a thing is a part of another.
constexpr double kPart = 0.5;
// Wordings shorter than this say too little.
constexpr std::size_t kGramsMin = 8;

// What a thing is recognised by.
struct Traits {
  Grams wording;                   // of nodes: of all below, too
  std::vector<std::string> rules;  // those that read something, sorted
  Grams value;                     // of declarations
  int rubric = -1;
};

// Rules that leave it to a judgement, such as 视情况得分, are alike everywhere.
bool tells(const Fact& fact) {
  const bool rule = fact.aspect == Aspect::Rule || fact.aspect == Aspect::Guard;
  return rule && fact.meaning.find("(JudgeScale") == std::string::npos;
}

std::vector<Traits> traits_of(const Outline& outline) {
  std::vector<std::string> wording(outline.size()), value(outline.size());
  std::vector<Traits> traits(outline.size());
  for (std::size_t i = outline.size(); i-- > 0;) {
    const Thing& thing = outline[i];
    for (const Fact& fact : thing.facts) {
      const bool sentence = fact.aspect == Aspect::Quote || fact.aspect == Aspect::Criterion ||
                            fact.aspect == Aspect::Title;
      if (sentence) wording[i] += fact.text + "\n";
      if (tells(fact)) traits[i].rules.push_back(fact.meaning);
      value[i] += fact.meaning + "\n";
    }
    std::ranges::sort(traits[i].rules);
    traits[i].wording = grams_of(wording[i]);
    traits[i].value = grams_of(value[i]);
    if (is_node(thing.subject) && thing.parent > 0) {
      wording[static_cast<std::size_t>(thing.parent)] += thing.name + "\n" + wording[i];
    }
  }
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const int parent = outline[i].parent;
    const bool rubric = outline[i].subject == Subject::Rubric;
    if (parent >= 0) traits[i].rubric = traits[static_cast<std::size_t>(parent)].rubric;
    if (rubric) traits[i].rubric = static_cast<int>(i);
  }
  return traits;
}

bool comparable(Subject a, Subject b) {
  const auto indicator = [](Subject subject) {
    return subject == Subject::Section || subject == Subject::Item;
  };
  return a == b || (indicator(a) && indicator(b));
}

class Matcher {
 public:
  Matcher(const Outline& old, const Outline& now)
      : old_(old),
        now_(now),
        old_traits_(traits_of(old)),
        now_traits_(traits_of(now)),
        of_old_(old.size(), -1),
        of_now_(now.size(), -1),
        old_gone_(old.size(), false),
        now_fresh_(now.size(), false) {}

  std::vector<Match> run(const std::vector<DeclaredMatch>& declared) {
    join({0}, {0});
    for (const auto& one : declared) follow(one);
    pair([](Subject s) { return s == Subject::Rubric; }, 0);
    pair([](Subject s) { return is_node(s); }, kSame);
    pair([](Subject s) { return is_node(s); }, kSameAcrossRubrics);
    for (int s = 0; s <= static_cast<int>(Subject::Lookup); ++s) {
      const auto subject = static_cast<Subject>(s);
      if (!is_node(subject)) pair([&](Subject other) { return other == subject; }, kSame);
    }
    find_parts();
    for (std::size_t i = 0; i < old_.size(); ++i) {
      if (of_old_[i] < 0) join({static_cast<int>(i)}, {});
    }
    for (std::size_t i = 0; i < now_.size(); ++i) {
      if (of_now_[i] < 0) join({}, {static_cast<int>(i)});
    }
    for (Match& one : matches_) std::ranges::sort(one.olds), std::ranges::sort(one.news);
    return std::move(matches_);
  }

 private:
  void join(const std::vector<int>& olds, const std::vector<int>& news) {
    const int match = static_cast<int>(matches_.size());
    matches_.push_back({olds, news});
    for (const int i : olds) of_old_[at(i)] = match;
    for (const int i : news) of_now_[at(i)] = match;
  }

  // ---- what the document says
  // Nodes and selections of these names that are not matched yet; empty unless all are there.
  static std::vector<int> named(const Outline& outline, const std::vector<std::string>& names,
                                const std::vector<int>& taken) {
    std::vector<int> found;
    for (const auto& name : names) {
      const std::size_t before = found.size();
      for (std::size_t i = 0; i < outline.size(); ++i) {
        const Subject subject = outline[i].subject;
        if (!is_node(subject) && subject != Subject::Selection) continue;
        if (outline[i].name == name && taken[i] < 0) found.push_back(static_cast<int>(i));
      }
      if (found.size() == before) return {};
    }
    return found;
  }

  // None of these names is one of the other version's, unless it is meant to stay.
  static bool vanish(const std::vector<std::string>& names, const Outline& other,
                     const std::vector<std::string>& meant) {
    return std::ranges::none_of(names, [&](const std::string& name) {
      const bool stays = std::ranges::find(meant, name) != meant.end();
      return !stays && std::ranges::any_of(other, [&](const Thing& thing) {
        return thing.name == name &&
               (is_node(thing.subject) || thing.subject == Subject::Selection);
      });
    });
  }

  // A declaration that the names in the texts contradict is not followed.
  void follow(const DeclaredMatch& declared) {
    const bool true_to_names =
        vanish(declared.olds, now_, declared.news) && vanish(declared.news, old_, declared.olds);
    if (!true_to_names) return;
    const auto olds = named(old_, declared.olds, of_old_);
    const auto news = named(now_, declared.news, of_now_);
    if (declared.news.empty()) {
      for (const int i : olds) old_gone_[at(i)] = true;
    } else if (declared.olds.empty()) {
      for (const int i : news) now_fresh_[at(i)] = true;
    } else if (!olds.empty() && !news.empty()) {
      const bool alike = std::ranges::all_of(news, [&](int i) {
        return comparable(old_[at(olds.front())].subject, now_[at(i)].subject);
      });
      if (alike) join(olds, news);
    }
  }

  // ---- the best pairing
  // Pairs what is left over of some subjects; `least` is how alike two must be at least, 0 for the
  // usual measure without regard to where they stand.
  void pair(const auto& wanted, double least) {
    std::vector<int> olds, news;
    for (std::size_t i = 0; i < old_.size(); ++i) {
      if (of_old_[i] < 0 && wanted(old_[i].subject)) olds.push_back(static_cast<int>(i));
    }
    for (std::size_t i = 0; i < now_.size(); ++i) {
      if (of_now_[i] < 0 && wanted(now_[i].subject)) news.push_back(static_cast<int>(i));
    }
    Gains gains(olds.size(), std::vector<double>(news.size(), 0.0));
    for (std::size_t i = 0; i < olds.size(); ++i) {
      for (std::size_t j = 0; j < news.size(); ++j) gains[i][j] = gain(olds[i], news[j], least);
    }
    const auto chosen = assign(gains);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (chosen[i] >= 0) join({olds[i]}, {news[at(chosen[i])]});
    }
  }

  [[nodiscard]] double gain(int i, int j, double least) const {
    const Thing &a = old_[at(i)], &b = now_[at(j)];
    if (!comparable(a.subject, b.subject)) return 0;
    if (old_gone_[at(i)] || now_fresh_[at(j)]) return 0;
    if (!is_node(a.subject)) return gain_of_declarations(i, j);
    const int home = old_traits_[at(i)].rubric;
    const bool across = a.subject != Subject::Rubric && home >= 0 &&
                        of_old_[at(home)] != of_now_[at(now_traits_[at(j)].rubric)];
    if (across && least < kSameAcrossRubrics) return 0;
    const double alike = likeness_of_nodes(i, j);
    const bool same_name = a.name == b.name;
    if (!same_name && alike < std::max(least, threshold(i, j))) return 0;
    return alike + (same_name ? 2.0 : 0.0) + (parents_match(a, b) ? 0.1 : 0.0);
  }

  [[nodiscard]] bool parents_match(const Thing& a, const Thing& b) const {
    return a.parent >= 0 && b.parent >= 0 && of_old_[at(a.parent)] == of_now_[at(b.parent)] &&
           of_old_[at(a.parent)] >= 0;
  }

  [[nodiscard]] bool have_wording(int i, int j) const {
    return old_traits_[at(i)].wording.size() >= kGramsMin &&
           now_traits_[at(j)].wording.size() >= kGramsMin;
  }
  [[nodiscard]] bool have_rules(int i, int j) const {
    return !old_traits_[at(i)].rules.empty() && !now_traits_[at(j)].rules.empty();
  }
  [[nodiscard]] double threshold(int i, int j) const {
    return have_wording(i, j) || have_rules(i, j) ? kSame : kSameByNameAlone;
  }

  // Name, wording and rules, weighed 5 : 4 : 3, of those that both have.
  [[nodiscard]] double likeness_of_nodes(int i, int j) const {
    const Traits &a = old_traits_[at(i)], &b = now_traits_[at(j)];
    double sum = 5 * name_likeness(old_[at(i)].name, now_[at(j)].name), weight = 5;
    if (have_wording(i, j)) sum += 4 * likeness(a.wording, b.wording), weight += 4;
    if (have_rules(i, j)) {
      std::vector<std::string> both;
      std::ranges::set_intersection(a.rules, b.rules, std::back_inserter(both));
      sum += 3 * 2.0 * static_cast<double>(both.size()) /
             static_cast<double>(a.rules.size() + b.rules.size());
      weight += 3;
    }
    return sum / weight;
  }

  // A column is its name, anything else also what it says.
  [[nodiscard]] double gain_of_declarations(int i, int j) const {
    const Thing &a = old_[at(i)], &b = now_[at(j)];
    const double name = name_likeness(a.name, b.name);
    const double value = likeness(old_traits_[at(i)].value, now_traits_[at(j)].value);
    const bool column = a.subject == Subject::Column;
    if (column && !parents_match(a, b)) return 0;
    if (a.name == b.name) return 2 + value;
    const double alike = column ? 0.7 * name + 0.3 * value : 0.4 * name + 0.6 * value;
    return alike >= kSameByNameAlone && (!column || name >= kSame) ? alike : 0;
  }

  // ---- splits and merges
  // What stands alone and is found in a matched thing joins it, unless that has several on this
  // side's other end already.
  void find_parts() {
    for (std::size_t j = 0; j < now_.size(); ++j) {
      if (of_now_[j] >= 0 || !indicator(now_[j]) || now_fresh_[j]) continue;
      const int whole = whole_of(static_cast<int>(j), false);
      if (whole < 0) continue;
      const int match = of_old_[at(whole)];
      if (match < 0) {
        join({whole}, {static_cast<int>(j)});
      } else if (matches_[at(match)].olds.size() == 1) {
        matches_[at(match)].news.push_back(static_cast<int>(j));
        of_now_[j] = match;
      }
    }
    for (std::size_t i = 0; i < old_.size(); ++i) {
      if (of_old_[i] >= 0 || !indicator(old_[i]) || old_gone_[i]) continue;
      const int whole = whole_of(static_cast<int>(i), true);
      if (whole < 0) continue;
      const int match = of_now_[at(whole)];
      if (match < 0) {
        join({static_cast<int>(i)}, {whole});
      } else if (matches_[at(match)].news.size() == 1) {
        matches_[at(match)].olds.push_back(static_cast<int>(i));
        of_old_[i] = match;
      }
    }
  }

  static bool indicator(const Thing& thing) {
    return thing.subject == Subject::Section || thing.subject == Subject::Item;
  }

  // The thing on the other side that this one is a part of, or -1.
  [[nodiscard]] int whole_of(int part, bool part_is_old) const {
    const Outline& others = part_is_old ? now_ : old_;
    const auto& gone = part_is_old ? now_fresh_ : old_gone_;
    int best = -1;
    double most = 0;
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (!indicator(others[i]) || gone[i]) continue;
      const int other = static_cast<int>(i);
      const double share = part_is_old ? share_in(part, other, true) : share_in(other, part, false);
      if (share > most) best = other, most = share;
    }
    return best;
  }

  // How much of the part is in the whole, 0 if that is too little to say so.
  [[nodiscard]] double share_in(int i, int j, bool part_is_old) const {
    const int home = of_old_[at(old_traits_[at(i)].rubric)];
    if (home < 0 || home != of_now_[at(now_traits_[at(j)].rubric)]) return 0;
    const Thing &a = old_[at(i)], &b = now_[at(j)];
    if (a.subject != b.subject) return 0;
    const Grams &old = old_traits_[at(i)].wording, &now = now_traits_[at(j)].wording;
    double share = 0;
    if (have_wording(i, j)) share = part_is_old ? share_found(old, now) : share_found(now, old);
    const double name = name_likeness(a.name, b.name);
    const bool named_alike = name >= kSameByNameAlone && points_add_up(i, j, part_is_old);
    if (share < kPart && !named_alike) return 0;
    return std::max(share, named_alike ? name : 0.0);
  }

  // The points of the whole are those of the part and of what it is already matched with.
  [[nodiscard]] bool points_add_up(int i, int j, bool part_is_old) const {
    const int match = part_is_old ? of_now_[at(j)] : of_old_[at(i)];
    const Thing& part = part_is_old ? old_[at(i)] : now_[at(j)];
    const Thing& whole = part_is_old ? now_[at(j)] : old_[at(i)];
    if (!part.points || !whole.points || match < 0) return false;
    value::Rational sum = *part.points;
    const Match& known = matches_[at(match)];
    for (const int k : part_is_old ? known.olds : known.news) {
      const Thing& other = part_is_old ? old_[at(k)] : now_[at(k)];
      if (!other.points) return false;
      sum += *other.points;
    }
    return sum <= *whole.points;
  }

  const Outline &old_, &now_;
  std::vector<Traits> old_traits_, now_traits_;
  std::vector<int> of_old_, of_now_;  // the match of each, or -1
  std::vector<bool> old_gone_, now_fresh_;
  std::vector<Match> matches_;
};

}  // namespace

std::vector<Match> match(const Outline& old, const Outline& now,
                         const std::vector<DeclaredMatch>& declared) {
  return Matcher(old, now).run(declared);
}

}  // namespace xize::versions

#include "compiler/versions/balance.h"

#include <algorithm>

namespace xize::versions {
namespace {

using value::Rational;

// One version: who stands in whom, and which of them can be counted part by part.
struct Side {
  const Outline& outline;
  std::vector<int> match_of;
  std::vector<std::vector<int>> children;

  Side(const Outline& things, const std::vector<Match>& matches, bool is_old) : outline(things) {
    match_of.assign(things.size(), -1);
    children.resize(things.size());
    for (std::size_t m = 0; m < matches.size(); ++m) {
      for (const int i : is_old ? matches[m].olds : matches[m].news) {
        match_of[at(i)] = static_cast<int>(m);
      }
    }
    for (std::size_t i = 1; i < things.size(); ++i) {
      if (is_node(things[i].subject)) children[at(things[i].parent)].push_back(static_cast<int>(i));
    }
  }

  // What counts towards a part of a rubric, or is in a thing: ordinary things and blocks apart.
  [[nodiscard]] std::vector<int> parts(int thing, BalancePart part) const {
    std::vector<int> found;
    for (const int child : children[at(thing)]) {
      const Subject subject = outline[at(child)].subject;
      const BalancePart own = subject == Subject::Bonus     ? BalancePart::Bonus
                              : subject == Subject::Penalty ? BalancePart::Penalty
                                                            : BalancePart::Base;
      if (outline[at(thing)].subject != Subject::Rubric || own == part) found.push_back(child);
    }
    return found;
  }

  [[nodiscard]] const std::optional<Rational>& points(int thing) const {
    return outline[at(thing)].points;
  }

  // Everything right below a rubric or in a thing.
  [[nodiscard]] bool has_parts(int thing) const { return !children[at(thing)].empty(); }

  // Every part has points, and they come to what the whole has.
  [[nodiscard]] bool divides(int thing) const {
    if (children[at(thing)].empty()) return false;
    Rational sum;
    for (const int child : children[at(thing)]) {
      const auto& own = points(child);
      if (!own) return false;
      sum += *own;
    }
    const auto& whole = points(thing);
    return !whole || *whole == sum;
  }
};

class Counter {
 public:
  Counter(const Outline& old, const Outline& now, const std::vector<Match>& matches,
          bool (Side::*divides)(int) const)
      : old_(old, matches, true), now_(now, matches, false), matches_(matches), divides_(divides) {}

  std::vector<BalanceRow> leaves(const Match& rubrics) const {
    std::vector<int> olds, news;
    for (const int rubric : rubrics.olds) descend(old_, old_.children[at(rubric)], olds);
    for (const int rubric : rubrics.news) descend(now_, now_.children[at(rubric)], news);
    return rows_of(olds, news);
  }

  Balance count(int old_rubric, int new_rubric, BalancePart part) const {
    Balance balance{.part = part, .old_rubric = old_rubric, .new_rubric = new_rubric};
    if (part == BalancePart::Base) {
      if (old_rubric >= 0) balance.total_before = old_.points(old_rubric);
      if (new_rubric >= 0) balance.total_after = now_.points(new_rubric);
    }
    std::vector<int> olds, news;
    if (old_rubric >= 0) descend(old_, old_.parts(old_rubric, part), olds);
    if (new_rubric >= 0) descend(now_, now_.parts(new_rubric, part), news);
    balance.rows = rows_of(olds, news);
    for (const BalanceRow& row : balance.rows) {
      balance.before += row.before.value_or(Rational());
      balance.after += row.after.value_or(Rational());
    }
    return balance;
  }

 private:
  // Things as far down as this version and, for what has counterparts, the other one divide.
  void descend(const Side& side, const std::vector<int>& things, std::vector<int>& found) const {
    for (const int thing : things) {
      bool goes_down = (side.*divides_)(thing);
      const int m = side.match_of[at(thing)];
      if (m >= 0) {
        for (const int i : matches_[at(m)].olds) goes_down &= (old_.*divides_)(i);
        for (const int i : matches_[at(m)].news) goes_down &= (now_.*divides_)(i);
      }
      if (goes_down) {
        descend(side, side.children[at(thing)], found);
      } else {
        found.push_back(thing);
      }
    }
  }

  static std::optional<Rational> sum_of(const Side& side, const std::vector<int>& things) {
    std::optional<Rational> sum;
    for (const int thing : things) {
      const auto& own = side.points(thing);
      if (own) sum = sum.value_or(Rational()) + *own;
    }
    return sum;
  }

  // Rows of the new version in order, then what is gone.
  [[nodiscard]] std::vector<BalanceRow> rows_of(const std::vector<int>& olds,
                                                const std::vector<int>& news) const {
    std::vector<BalanceRow> rows;
    std::vector<bool> done(matches_.size(), false);
    const auto of_match = [&](const Side& side, const std::vector<int>& things, int m) {
      std::vector<int> found;
      for (const int i : things) {
        if (side.match_of[at(i)] == m) found.push_back(i);
      }
      return found;
    };
    const auto add = [&](int m) {
      if (m < 0 || done[at(m)]) return;
      done[at(m)] = true;
      BalanceRow row{of_match(old_, olds, m), of_match(now_, news, m), {}, {}};
      row.before = sum_of(old_, row.olds);
      row.after = sum_of(now_, row.news);
      rows.push_back(std::move(row));
    };
    for (const int i : news) add(now_.match_of[at(i)]);
    for (const int i : olds) add(old_.match_of[at(i)]);
    return rows;
  }

  Side old_, now_;
  const std::vector<Match>& matches_;
  bool (Side::*divides_)(int) const;  // whether a thing is counted part by part
};

bool says_something(const Balance& balance) {
  if (balance.total_before != balance.total_after) return !balance.rows.empty();
  return std::ranges::any_of(balance.rows,
                             [](const BalanceRow& row) { return row.before != row.after; });
}

}  // namespace

std::vector<BalanceRow> leaf_rows(const Outline& old, const Outline& now,
                                  const std::vector<Match>& matches, const Match& rubrics) {
  return Counter(old, now, matches, &Side::has_parts).leaves(rubrics);
}

std::vector<Balance> balances_of(const Outline& old, const Outline& now,
                                 const std::vector<Match>& matches) {
  const Counter counter(old, now, matches, &Side::divides);
  std::vector<Balance> balances;
  for (const Match& one : matches) {
    const bool was = !one.olds.empty() && old[at(one.olds.front())].subject == Subject::Rubric;
    const bool is = !one.news.empty() && now[at(one.news.front())].subject == Subject::Rubric;
    if (!was && !is) continue;
    for (const auto part : {BalancePart::Base, BalancePart::Bonus, BalancePart::Penalty}) {
      Balance balance =
          counter.count(was ? one.olds.front() : -1, is ? one.news.front() : -1, part);
      if (says_something(balance)) balances.push_back(std::move(balance));
    }
  }
  return balances;
}

}  // namespace xize::versions

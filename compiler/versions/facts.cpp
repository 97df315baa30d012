#include "compiler/versions/facts.h"

#include <algorithm>

#include "compiler/versions/similarity.h"

namespace xize::versions {
namespace {

// From which likeness on one fact is the other one changed.
constexpr double kChanged = 0.3;
// From which likeness on two units' names may be those of one unit.
constexpr double kSameUnit = 0.6;

// Takes out of both what is equal by `key`.
template <class Key>
void drop_equal(FactList& before, FactList& after, const Key& key) {
  std::erase_if(before, [&](const Fact* was) {
    const auto same = std::ranges::find_if(
        after, [&](const Fact* is) { return was->aspect == is->aspect && key(*was) == key(*is); });
    if (same == after.end()) return false;
    after.erase(same);
    return true;
  });
}

void say_once(FactList& facts) {
  FactList kept;
  for (const Fact* fact : facts) {
    const bool known = std::ranges::any_of(kept, [&](const Fact* other) {
      return other->aspect == fact->aspect && other->meaning == fact->meaning;
    });
    if (!known) kept.push_back(fact);
  }
  facts = std::move(kept);
}

FactList of_aspect(const FactList& facts, Aspect aspect) {
  FactList found;
  std::ranges::copy_if(facts, std::back_inserter(found),
                       [&](const Fact* fact) { return fact->aspect == aspect; });
  return found;
}

// Of each old fact the new one that it became, or -1.
std::vector<int> pair_up(const FactList& before, const FactList& after, Aspect aspect) {
  const bool several = aspect == Aspect::Quote || aspect == Aspect::Criterion ||
                       aspect == Aspect::Assumption || aspect == Aspect::Claim;
  const bool member = aspect == Aspect::Member;
  if (before.size() == 1 && after.size() == 1 && !several && !member) return {0};
  std::vector<Grams> were, are;
  for (const Fact* fact : before) were.push_back(grams_of(fact->text));
  for (const Fact* fact : after) are.push_back(grams_of(fact->text));
  Gains gains(before.size(), std::vector<double>(after.size(), 0.0));
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (std::size_t j = 0; j < after.size(); ++j) {
      const double alike =
          member ? name_likeness(before[i]->text, after[j]->text) : likeness(were[i], are[j]);
      gains[i][j] = alike >= (member ? kSameUnit : kChanged) ? alike : 0.0;
    }
  }
  return assign(gains);
}

// What a guard gives: its meaning up to the condition.
std::string_view outcome_of(const Fact& guard) {
  const std::string_view text = guard.meaning;
  return text.substr(0, text.find(" when="));
}

// Guards are tried in their order, which counts where their outcomes differ.
std::optional<Detail> order_of(const FactList& before, const FactList& after) {
  const FactList were = of_aspect(before, Aspect::Guard), are = of_aspect(after, Aspect::Guard);
  const auto written = [](const Fact* fact) -> const std::string& { return fact->written; };
  if (!std::ranges::is_permutation(were, are, {}, written, written)) return {};
  const auto other = std::ranges::mismatch(were, are, {}, written, written).in1;
  const bool alike = std::ranges::all_of(
      were, [&](const Fact* fact) { return outcome_of(*fact) == outcome_of(*were.front()); });
  if (other == were.end() || alike) return {};
  Detail detail{.aspect = Aspect::Order};
  for (const Fact* fact : were) detail.before += fact->text + "\n";
  for (const Fact* fact : are) detail.after += fact->text + "\n";
  detail.before.pop_back();
  detail.after.pop_back();
  detail.line_before = were.front()->line;
  detail.line_after = are.front()->line;
  return detail;
}

void add_pairs(const FactList& before, const FactList& after, Aspect aspect,
               std::vector<Detail>& details) {
  const auto pairs = pair_up(before, after, aspect);
  std::vector<bool> used(after.size(), false);
  for (std::size_t i = 0; i < before.size(); ++i) {
    Detail detail{.aspect = aspect, .before = before[i]->text, .line_before = before[i]->line};
    if (pairs[i] >= 0) {
      const auto j = static_cast<std::size_t>(pairs[i]);
      used[j] = true;
      detail.after = after[j]->text;
      detail.line_after = after[j]->line;
    }
    details.push_back(std::move(detail));
  }
  for (std::size_t j = 0; j < after.size(); ++j) {
    if (used[j]) continue;
    details.push_back({.aspect = aspect, .after = after[j]->text, .line_after = after[j]->line});
  }
}

void add_mentions(const Fact& fact, std::set<std::string>& names) {
  names.insert(fact.mentions.begin(), fact.mentions.end());
}

}  // namespace

FactDifference difference_of(FactList before, FactList after, bool several) {
  FactDifference difference;
  if (several) say_once(before), say_once(after);
  if (auto order = order_of(before, after)) difference.details.push_back(std::move(*order));
  drop_equal(before, after, [](const Fact& fact) -> const std::string& { return fact.meaning; });
  // What changes only with a definition is told at the definition.
  drop_equal(before, after, [](const Fact& fact) -> const std::string& { return fact.written; });
  for (const Fact* fact : before) add_mentions(*fact, difference.mentioned_before);
  for (const Fact* fact : after) add_mentions(*fact, difference.mentioned_after);
  for (int a = 0; a <= static_cast<int>(Aspect::Assumption); ++a) {
    const auto aspect = static_cast<Aspect>(a);
    add_pairs(of_aspect(before, aspect), of_aspect(after, aspect), aspect, difference.details);
  }
  return difference;
}

}  // namespace xize::versions

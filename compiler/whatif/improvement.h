// improvement: which single changes would bring one unit more points, and how little of each.
// In: a scoring that kept its records and traced the row. Out: advice for each item that lost
// points.
// Must hold: every suggestion was scored with the data of all units before it is listed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/results/explanation.h"
#include "compiler/whatif/probe.h"

namespace xize::whatif {

// What the unit has by one rubric.
struct Standing {
  results::Mark total;
  std::optional<std::int64_t> rank;
};

// One column with another value.
struct Suggestion {
  std::string input;
  results::Datum before, after;
  std::uint32_t column = 0;
  value::Value value;
  results::Mark score;                     // of the item, towards the total
  value::Rational gain;                    // of the item
  value::Rational effort;                  // change in proportion; 1 for what is no number
  bool highest = false;                    // more of this column brings no more
  Standing then;
  value::Rational total_gain;              // of the total, or of the item where there is no total
  std::vector<std::string> also;           // other items whose score changes
};

// Records whose absence would bring points.
struct RecordAdvice {
  std::string table;
  std::size_t count = 0;     // of the unit, each of which alone costs points
  value::Rational gain;      // for the one that costs most
};

struct ItemAdvice {
  program::NodeId node;
  std::string name;
  results::Mark score, worth;              // towards the total; of a bonus its most
  std::optional<value::Rational> missing;  // points that could still come
  std::vector<Suggestion> suggestions;     // cheapest first
  std::vector<RecordAdvice> records;
  std::vector<std::string> marks;          // columns that assessors fill in
  std::vector<std::string> checks;         // of the data: they refuse any single change
  std::vector<results::OpenNote> open;     // what the document leaves open
  bool compared = false;                   // other units matter too
};

// Several suggestions that together bring what was asked for.
struct Plan {
  value::Rational wanted;
  bool reached = false;
  std::vector<Suggestion> steps;
  Standing then;
  value::Rational gain;
};

struct RubricAdvice {
  std::string rubric;
  results::Mark declared_total;
  Standing now;
  bool has_total = false;                  // and the unit has one
  std::vector<ItemAdvice> items;           // in the order of the policy
  std::optional<Plan> plan;
};

struct Advice {
  std::string unit, period;
  std::vector<RubricAdvice> rubrics;
};

struct AdviceRequest {
  std::string item;                        // only this item or section; empty: all
  std::vector<std::uint32_t> fixed;        // columns that shall stay
  std::optional<value::Rational> wanted;   // points for a plan
};

Advice advise(const driver::Compilation& compilation, driver::Scoring& scoring, std::size_t row,
              const AdviceRequest& request);

std::string advice_text(const Advice& advice, const results::ExplanationStyle& style);
std::string advice_json(const Advice& advice);

}  // namespace xize::whatif

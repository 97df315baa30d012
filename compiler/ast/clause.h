// Scoring clauses of an item: amounts, scales and their tails.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/expr.h"

namespace xize::ast {

// An amount: an expression, or `full` (everything the item is worth).
struct Amount {
  ExprId value;
  bool full = false;
};

// worth × clamp(X / to, 0, 1), and 0 where X < from.
struct RatioScale {
  ExprId x, to, from;
};
// Interpolated between rows `X => Y`; Y is an amount, full or zero.
struct LinearScale {
  ExprId x;
  std::vector<Row> rows;  // tests are Equals with one value
};
// The first row that fits gives the score.
struct TierScale {
  ExprId x;
  std::vector<Row> rows;
};
// By place among the units.
struct RankScale {
  ExprId x;
  bool ascending = false;
  bool dense = false;
  std::vector<ExprId> tie_breaks;
  std::optional<GroupExpr> over;
  std::vector<Row> rows;  // Top, TopShare, Otherwise
};
enum class RelativeTo : std::uint8_t { Best, Average, Sum };
// Against the best, the average or the sum of the units.
struct RelativeScale {
  ExprId x;
  RelativeTo to = RelativeTo::Best;
  std::optional<GroupExpr> over;
};
// A band of a judged level: `一般 => [60%, 80%]`, `好 => full`, `差 => 0`, 酌情扣分.
struct Level {
  Name name;           // may be a quoted phrase
  RowResult result;    // Range for a band
  Span span;
};
struct JudgeScale {
  ExprId from;                 // `from R.col`: marks of several assessors; invalid: own column
  std::vector<Level> levels;
  ExprId step;
  bool requires_evidence = false;
  bool as_deduction = false;   // 酌情扣分: the mark is what is taken away
};
// One box to tick.
struct ChecklistBox {
  std::string text;
  ExprId condition;
  ExprId amount;  // invalid: the worth is shared
  Span span;
};
// Boxes that share the worth, or each with its own.
struct ChecklistScale {
  std::vector<ChecklistBox> boxes;
};

using Scale = std::variant<Amount, RatioScale, LinearScale, TierScale, RankScale, RelativeScale,
                           JudgeScale, ChecklistScale>;

enum class PerRounding : std::uint8_t { Exact, Full, Started };
// `per N`, `per 3 件 N`, `per R where C`, with `every full|started`.
struct Per {
  ExprId step;   // the 3 of `per 3 件`; invalid: 1
  std::string measure;  // the 件 of `per 1 件`, where no step is
  ExprId what;   // a count, a number, or records
  ExprId where;  // only with records
  PerRounding rounding = PerRounding::Exact;
  Span span;
};
// `double|halve|times E when C`.
struct Multiplier {
  ExprId factor;  // 2, 1/2 or E
  ExprId when;
  Span span;
};

enum class Sign : std::uint8_t { Award, Deduct };

// `[award|deduct] AMOUNT tails`; a tail that was not written is invalid.
struct Clause {
  Sign sign = Sign::Award;
  bool sign_written = false;
  Scale scale;
  std::optional<Per> per;
  ExprId when;
  ExprId max;
  bool max_full = false;  // 扣完为止
  ExprId worth;
  std::vector<Multiplier> multipliers;
};

}  // namespace xize::ast

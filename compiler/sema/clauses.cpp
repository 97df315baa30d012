// Clauses: amounts, scales and their tails.

#include <algorithm>

#include "compiler/ast/visit.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/scoring.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::RowTestKind;

constexpr int kDefinesMax = 12;  // of definitions that stand for one another

// Whether the branches of an amount give points and shares side by side.
struct Kinds {
  bool points = false, shares = false;
};
void find_kinds(const Checker& c, ExprId id, Kinds& kinds) {
  if (!id.valid()) return;
  const auto& node = c.node(id);
  if (const auto* branch = std::get_if<ast::If>(&node)) {
    find_kinds(c, branch->then, kinds);
    find_kinds(c, branch->otherwise, kinds);
    return;
  }
  const auto rows = [&](const std::vector<ast::Row>& list) {
    for (const auto& row : list) {
      if (row.result.kind == ast::RowResultKind::Amount) find_kinds(c, row.result.amount, kinds);
    }
  };
  if (const auto* cases = std::get_if<ast::Case>(&node)) return rows(cases->rows);
  if (const auto* tier = std::get_if<ast::TierValue>(&node)) return rows(tier->rows);
  const Type& type = c.model.type(id);
  kinds.shares = kinds.shares || type.ratio();
  const auto value = constant_value(c.model, id);
  const bool zero = value && value->is_zero();
  kinds.points = kinds.points || ((type.literal() || type.points()) && !zero);
}

// The expression as written, or a letter for it when it is long.
std::string written(const Checker& c, ExprId id) {
  const auto span = c.span(id);
  if (c.sink.file() == nullptr || span.size() > 40 || span.size() == 0) return "E";
  std::string text(c.sink.file()->slice(span));
  const auto* binary = std::get_if<ast::Binary>(&c.node(id));
  const bool sum = binary != nullptr &&
                   (binary->op == ast::BinaryOp::Add || binary->op == ast::BinaryOp::Sub);
  return sum ? "(" + text + ")" : text;
}

void report_number(Checker& c, ExprId id, const Place& place) {
  const auto text = written(c, id);
  const bool zh = c.chinese();
  const auto points = place.node.valid() ? c.model.nodes[place.node].points_value : std::nullopt;
  const auto n = points ? points->to_string() : std::string("10");
  const auto literal = text + (zh ? " × " + n + " 分" : " * " + n + " points");
  const auto own = text + (zh ? " × 本项分值" : " * own points");
  auto draft = c.report<kinds::AmountIsNumber>(c.span(id), literal, own);
  if (text != "E") draft.fix(c.span(id), own);
}

// The plain numbers above 1 that a computed share is multiplied or added with: 10 of `率 × 10`.
void find_scaled(const Checker& c, ExprId id, std::vector<ExprId>& found, int depth = 0) {
  if (!id.valid() || depth > kDefinesMax) return;
  const auto& node = c.node(id);
  if (const auto* number = std::get_if<ast::NumberLit>(&node)) {
    const bool plain = number->unit == ast::UnitWord::None && !number->percent;
    if (plain && number->value > value::Rational(1)) found.push_back(id);
  } else if (const auto* binary = std::get_if<ast::Binary>(&node)) {
    find_scaled(c, binary->left, found, depth);
    if (binary->op != ast::BinaryOp::Div) find_scaled(c, binary->right, found, depth);
  } else if (const auto* branch = std::get_if<ast::If>(&node)) {
    find_scaled(c, branch->then, found, depth);
    find_scaled(c, branch->otherwise, found, depth);
  } else if (const auto* define = std::get_if<DefineRef>(&c.model.fact(id).binding)) {
    find_scaled(c, c.model.defines[define->define].body, found, depth + 1);
  }
}

// `得分 = 率 × 10` may mean ten points, and would give ten times the worth.
bool report_scaled(Checker& c, ExprId id) {
  if (constant_value(c.model, id)) return false;
  std::vector<ExprId> numbers;
  find_scaled(c, id, numbers);
  if (numbers.empty()) return false;
  const auto& first = std::get<ast::NumberLit>(c.node(numbers.front()));
  const auto unit = c.chinese() ? " 分" : " points";
  auto draft = c.report<kinds::ShareTimesNumber>(c.span(id), first.spelling, first.spelling + unit);
  const bool here = std::ranges::all_of(numbers, [&](ExprId one) {
    return source::join(c.span(one), c.span(id)) == c.span(id);
  });
  if (!here) return true;
  for (const auto one : numbers) draft.fix({c.span(one).end, c.span(one).end}, unit);
  return true;
}

// The counts of different kinds whose quotient `id` is.
const ast::Binary* find_division(const Checker& c, ExprId id, int depth = 0) {
  if (!id.valid() || depth > kDefinesMax || !c.model.type(id).mixed_kinds) return nullptr;
  const auto& node = c.node(id);
  if (const auto* define = std::get_if<DefineRef>(&c.model.fact(id).binding)) {
    return find_division(c, c.model.defines[define->define].body, depth + 1);
  }
  if (const auto* expansion = std::get_if<Expansion>(&c.model.fact(id).binding)) {
    return find_division(c, expansion->body, depth + 1);
  }
  const ast::Binary* found = nullptr;
  ast::for_each_child(node, [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), ExprId>) {
      if (found == nullptr) found = find_division(c, child, depth + 1);
    }
  });
  if (found != nullptr) return found;
  const auto* binary = std::get_if<ast::Binary>(&node);
  return binary != nullptr && binary->op == ast::BinaryOp::Div ? binary : nullptr;
}

void warn_mixed(Checker& c, ExprId x, const Type& type) {
  if (!type.mixed_kinds) return;
  const auto* division = find_division(c, x);
  if (division == nullptr) return;
  c.report<kinds::KindsDivided>(c.span(x), type_word(c.model, c.model.type(division->left)),
                               type_word(c.model, c.model.type(division->right)));
}

void check_ratio(Checker& c, const ast::RatioScale& scale, const Place& place) {
  const Type x = check_number(c, scale.x, place);
  if (scale.to.valid()) {
    check_bound(c, scale.to, x, place);
  } else if (!x.invalid() && !x.pure()) {
    c.report<kinds::RatioNeedsTarget>(c.span(scale.x), type_word(c.model, x));
  } else {
    warn_mixed(c, scale.x, x);
  }
  check_bound(c, scale.from, x, place);
}

void check_linear(Checker& c, const ast::LinearScale& scale, const Place& place) {
  const Type x = check_number(c, scale.x, place);
  std::optional<value::Rational> before;
  bool shares = false;
  for (const auto& row : scale.rows) {
    check_row_result(c, row.result, place);
    if (row.test.kind != RowTestKind::Equals || row.test.values.size() != 1) {
      c.report<kinds::WrongRow>(row.test.span, Term{"a condition", "条件"},
                               Term{"one value, such as `60%`", "一个值，例如 `60%`"});
      continue;
    }
    const auto value = row.test.values.front();
    check_bound(c, value, x, place);
    shares = shares || c.model.type(value).ratio();
    const auto number = constant_value(c.model, value);
    if (number && before && *number <= *before) {
      c.report<kinds::NotAscending>(c.span(value), *before, *number);
    }
    if (number) before = number;
  }
  if (shares) warn_mixed(c, scale.x, x);
}

bool bound_is_share(const Checker& c, const ast::RowTest& test) {
  const auto share = [&](ExprId id) { return id.valid() && c.model.type(id).ratio(); };
  return share(test.bound) || share(test.interval.low) || share(test.interval.high);
}

void check_tier(Checker& c, const ast::TierScale& scale, const Place& place) {
  const Type x = check_expr(c, scale.x, place);
  bool shares = false;
  for (const auto& row : scale.rows) {
    check_row_test(c, row.test, x, place);
    check_row_result(c, row.result, place);
    shares = shares || bound_is_share(c, row.test);
  }
  if (shares) warn_mixed(c, scale.x, x);
}

void check_rank(Checker& c, ClauseInfo& info, const ast::RankScale& scale, const Place& place) {
  check_number(c, scale.x, place);
  for (const auto id : scale.tie_breaks) check_number(c, id, place);
  if (scale.over) info.group = build_group(c, *scale.over, place);
  for (const auto& row : scale.rows) {
    check_row_result(c, row.result, place);
    const bool fits = row.test.kind == RowTestKind::Top ||
                      row.test.kind == RowTestKind::TopShare ||
                      row.test.kind == RowTestKind::Otherwise;
    if (!fits) {
      c.report<kinds::WrongRow>(row.test.span, Term{"a comparison", "比较"},
                               Term{"`top 3`, `top 30%` or `otherwise`",
                                    "“前 3 名”“前 30%”或“其余”"});
    } else if (row.test.bound.valid()) {
      check_number(c, row.test.bound, place);
    }
  }
}

void check_amount_scale(Checker& c, const ast::Amount& amount, const Place& place) {
  if (!amount.full) check_amount(c, amount.value, place);
}

// `per`: records, or a number; returns where the amount is read.
Place check_per(Checker& c, ClauseInfo& info, const ast::Per& per, const Place& place) {
  const Type what = check_expr(c, per.what, place);
  Place inside = place;
  if (what.is(Base::Records)) {
    if (const auto* source = std::get_if<SourceRef>(&c.model.fact(per.what).binding)) {
      info.per = source->source;
      inside = row_place(c, source->source, place);
    }
    check_condition(c, per.where, inside);
    if (per.step.valid()) check_fits(c, per.step, place, number(kAnyCount));
    // Several records together have no amount of their own.
    const bool stepped = per.step.valid() || per.rounding != ast::PerRounding::Exact;
    return stepped ? place : inside;
  }
  if (per.where.valid()) {
    c.report<kinds::TailNotForThis>(c.span(per.where), c.chinese() ? "其中" : "where",
                                   Term{"a clause that does not count records",
                                        "不按台账计数的句子"});
  }
  if (!what.invalid() && !what.is(Base::Number)) {
    c.report<kinds::PerNotCount>(c.span(per.what), type_word(c.model, what));
  } else if (per.step.valid()) {
    check_bound(c, per.step, what, place);
  }
  return inside;
}

struct ScaleVisit {
  Checker& c;
  EntryId entry;
  ClauseInfo& info;
  const Place& place;

  void operator()(const ast::Amount& s) const { check_amount_scale(c, s, place); }
  void operator()(const ast::RatioScale& s) const { check_ratio(c, s, place); }
  void operator()(const ast::LinearScale& s) const { check_linear(c, s, place); }
  void operator()(const ast::TierScale& s) const { check_tier(c, s, place); }
  void operator()(const ast::RankScale& s) const { check_rank(c, info, s, place); }
  void operator()(const ast::RelativeScale& s) const {
    check_number(c, s.x, place);
    if (s.over) info.group = build_group(c, *s.over, place);
  }
  void operator()(const ast::JudgeScale& s) const { check_judge(c, entry, s, place); }
  void operator()(const ast::ChecklistScale& s) const { check_checklist(c, s, place); }
};

}  // namespace

void check_amount(Checker& c, ExprId id, const Place& place) {
  if (!id.valid()) return;
  const Type type = check_expr(c, id, place);
  if (type.invalid()) return;
  if (!type.is(Base::Number)) {
    c.report<kinds::ExpectedNumber>(c.span(id), type_word(c.model, type));
    return;
  }
  Kinds kinds;
  find_kinds(c, id, kinds);
  if (kinds.points && kinds.shares) {
    c.report<kinds::PointsAndShares>(c.span(id));
  } else if (type.pure() && type.flavour == Flavour::Plain) {
    report_number(c, id, place);
  } else if (type.ratio() && report_scaled(c, id)) {
    return;
  } else if (!type.pure() && !type.points()) {
    c.report<kinds::AmountIsOther>(c.span(id), type_word(c.model, type));
  }
}

void check_row_result(Checker& c, const ast::RowResult& result, const Place& place) {
  if (result.kind == ast::RowResultKind::Amount) check_amount(c, result.amount, place);
  if (result.kind == ast::RowResultKind::Range) {
    check_amount(c, result.amount, place);
    check_amount(c, result.high, place);
  }
  if (result.kind == ast::RowResultKind::JudgedDeduction) {
    c.report<kinds::WrongRowResult>(result.span, Term{"a judged deduction", "酌情扣分"});
  }
}

void check_clause(Checker& c, EntryId entry, const Place& place) {
  const auto& clause = c.entry<ast::Clause>(entry);
  auto& info = c.model.clauses[entry];
  info.item = place.node;
  Place inside = place;
  if (clause.per) inside = check_per(c, info, *clause.per, place);
  check_amount(c, clause.worth, place);
  std::visit(ScaleVisit{c, entry, info, inside}, clause.scale);
  check_condition(c, clause.when, place);
  for (const auto& multiplier : clause.multipliers) {
    check_number(c, multiplier.factor, inside);
    check_condition(c, multiplier.when, inside);
  }
  check_amount(c, clause.max, place);
}

}  // namespace xize::sema

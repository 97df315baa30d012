// Rows of tiers, cases and lookups: the left side against what is looked at.

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::RowTestKind;

void check_values(Checker& c, const ast::RowTest& test, const Type& type, const Place& place) {
  Place inside = place;
  inside.bare_text = true;
  for (const auto value : test.values) {
    const Type t = check_expr(c, value, inside, &type);
    if (t.is(Base::Group) && type.is(Base::Unit)) continue;
    if (t.invalid() || type.invalid()) continue;
    check_unit_said(c, value, t, type);
    if (unify(c.model.dimensions, type, t)) continue;
    c.report<kinds::KindsDoNotCompare>(c.span(value), type_word(c.model, type),
                                      type_word(c.model, t));
  }
}

void warn_unstated(Checker& c, const ast::RowTest& test) {
  const auto value = constant_value(c.model, test.bound);
  const auto* literal = std::get_if<ast::NumberLit>(&c.node(test.bound));
  const auto text = literal != nullptr ? literal->spelling
                    : value            ? value->to_string()
                                       : std::string("?");
  c.report<kinds::BoundUnstated>(test.span, text);
}

// The result of a row where no item is scored: a value of its own.
Type check_result_value(Checker& c, const ast::RowResult& result, const Place& place) {
  switch (result.kind) {
    case ast::RowResultKind::Amount: return check_expr(c, result.amount, place);
    case ast::RowResultKind::Zero: return number(kPure, Flavour::Literal);
    case ast::RowResultKind::Full:
      c.report<kinds::WrongRowResult>(result.span, Term{"`full`", "“得满分”"});
      return {};
    case ast::RowResultKind::Range:
      c.report<kinds::WrongRowResult>(result.span, Term{"a range of points", "得分区间"});
      return {};
    case ast::RowResultKind::JudgedDeduction:
      c.report<kinds::WrongRowResult>(result.span, Term{"a judged deduction", "酌情扣分"});
      return {};
  }
  return {};
}

}  // namespace

void check_row_test(Checker& c, const ast::RowTest& test, const Type& type, const Place& place) {
  switch (test.kind) {
    case RowTestKind::Compare: check_bound(c, test.bound, type, place); break;
    case RowTestKind::Unstated:
      check_bound(c, test.bound, type, place);
      warn_unstated(c, test);
      break;
    case RowTestKind::Interval: check_interval(c, test.interval, type, place); break;
    case RowTestKind::Equals: check_values(c, test, type, place); break;
    case RowTestKind::Otherwise: break;
    case RowTestKind::Top:
    case RowTestKind::TopShare:
      c.report<kinds::WrongRow>(test.span, Term{"`top n`", "“前 n 名”"},
                               Term{"a comparison or a range", "比较或区间"});
      break;
  }
}

Type check_rows_value(Checker& c, ExprId scrutinee, const std::vector<ast::Row>& rows,
                      const Place& place) {
  const Type type = check_expr(c, scrutinee, place);
  Type common;
  for (const auto& row : rows) {
    check_row_test(c, row.test, type, place);
    const Type result = check_result_value(c, row.result, place);
    if (result.is(Base::NotApplicable)) continue;
    common = merge(c, common, result, row.result.span);
  }
  return common;
}

}  // namespace xize::sema

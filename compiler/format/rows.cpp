#include "compiler/format/rows.h"

#include "compiler/format/blocks.h"
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

using ast::BinaryOp;
using ast::RowTestKind;

void print_bound(Page& page, ast::ExprId bound, bool points) {
  points ? print_points(page, bound, Binding::Term) : page.put(Value{bound, Binding::Term});
}

// 及以上 stands close to a unit: `90 分及以上`, but `60% 及以上`.
std::string_view before_order(const Page& page, ast::ExprId bound, bool points) {
  const auto* number = page.literal(bound);
  const bool has_unit =
      number->unit != ast::UnitWord::None || (points && is_points_literal(*number));
  return has_unit ? "" : " ";
}

// A test says its comparison before the bound, or 及以上, 以内 behind it, which is usual.
void print_compare(Page& page, const ast::RowTest& test, bool points) {
  const source::Span before{test.span.begin, page.span(test.bound).begin};
  const bool is_prefix = !page.found(sign_word(test.op), before).empty();
  const bool has_suffix = test.op == BinaryOp::Ge || test.op == BinaryOp::Le;
  if (page.zh() && page.literal(test.bound) != nullptr && has_suffix && !is_prefix) {
    print_bound(page, test.bound, points);
    const Keyword word = test.op == BinaryOp::Ge ? Keyword("OR_MORE") : Keyword("OR_LESS");
    const source::Span after{page.span(test.bound).end, test.span.end};
    return page.put(before_order(page, test.bound, points), Written{word, after});
  }
  put_sign(page, test.op, before);
  page.put(" ");
  print_bound(page, test.bound, points);
}

}  // namespace

void print_row_test(Page& page, const ast::RowTest& test, bool points) {
  switch (test.kind) {
    case RowTestKind::Otherwise: return page.put(Keyword("OTHERWISE"));
    case RowTestKind::Compare: return print_compare(page, test, points);
    case RowTestKind::Unstated:
      page.put(Value{test.bound, Binding::Term}, " ");
      return page.put(test.op == BinaryOp::Ge || test.op == BinaryOp::Gt ? Keyword("ABOVE")
                                                                         : Keyword("BELOW"));
    case RowTestKind::Interval: {
      const auto& interval = test.interval;
      const bool both_ends = interval.low.valid() && interval.high.valid();
      const bool stated = interval.low_stated && interval.high_stated;
      if (both_ends && (page.zh() || !stated)) return print_range(page, interval);
      return print_interval(page, interval);
    }
    case RowTestKind::Equals: return put_values(page, test.values, Binding::Term);
    case RowTestKind::Top:
      page.put(Keyword("TOP"), " ");
      return print_counted(page, test.bound, "名");
    case RowTestKind::TopShare:
      return page.put(Keyword("TOP"), " ", Value{test.bound, Binding::Term});
  }
}

void print_gets(Page& page) { page.zh() ? page.put(" ", Keyword("GETS"), " ") : page.put(" => "); }

void print_row_result(Page& page, const ast::RowResult& result, RowUse use) {
  const auto amount = [&](ast::ExprId id) {
    use == RowUse::Points ? print_points(page, id, Binding::Any) : page.put(Value{id});
  };
  switch (result.kind) {
    case ast::RowResultKind::Amount: return amount(result.amount);
    case ast::RowResultKind::Full:
      return page.put(page.zh() ? Keyword("GET_FULL") : Keyword("FULL"));
    case ast::RowResultKind::Zero: return page.put(Keyword("ZERO"));
    case ast::RowResultKind::JudgedDeduction: return page.put(Keyword("JUDGE_DEDUCTION"));
    case ast::RowResultKind::Range: {
      const auto* high = page.literal(result.high);
      const bool points = high != nullptr && is_points_literal(*high) && use == RowUse::Points;
      const auto* low = page.literal(result.amount);
      if (points && low != nullptr && is_points_literal(*low)) {
        page.put(number_text(*low));
      } else {
        page.put(Value{result.amount, Binding::Sum});
      }
      page.put(" ", page.zh() ? Keyword("ZHI") : Keyword("TO"), " ");
      return amount(result.high);
    }
  }
}

namespace {

void print_row(Page& page, const ast::Row& row, RowUse use) {
  print_row_test(page, row.test, false);
  const bool says_gets = row.result.kind == ast::RowResultKind::Amount ||
                         row.result.kind == ast::RowResultKind::Range;
  if (says_gets || !page.zh()) {
    print_gets(page);
  } else {
    page.put(" ");
  }
  print_row_result(page, row.result, use);
}

}  // namespace

void print_rows(Page& page, const std::vector<ast::Row>& rows, RowUse use) {
  print_block(page, rows, [&](const ast::Row& row) { print_row(page, row, use); });
}

void put_rows_in_line(Page& page, const std::vector<ast::Row>& rows) {
  bool is_first = true;
  for (const ast::Row& row : rows) {
    if (!is_first) page.put(Comma{});
    print_row(page, row, RowUse::Points);
    is_first = false;
  }
}

}  // namespace xize::format

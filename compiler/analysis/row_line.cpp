#include "compiler/analysis/row_line.h"

#include <algorithm>

namespace xize::analysis {

namespace {

using ast::RowTestKind;

std::optional<Interval> compared(ast::BinaryOp op, const Rational& bound) {
  Interval all;
  switch (op) {
    case ast::BinaryOp::Lt: all.high = bound; return all;
    case ast::BinaryOp::Le: all.high = bound; all.high_closed = true; return all;
    case ast::BinaryOp::Gt: all.low = bound; return all;
    case ast::BinaryOp::Ge: all.low = bound; all.low_closed = true; return all;
    case ast::BinaryOp::Eq: return Interval::at(bound);
    default: return std::nullopt;
  }
}

std::optional<Interval> between(Evaluator& evaluator, const ast::Interval& written) {
  Interval result;
  if (written.low.valid()) {
    const auto low = evaluator.number(written.low).constant_value();
    if (!low) return std::nullopt;
    result.low = *low;
    result.low_closed = written.low_closed;
  }
  if (written.high.valid()) {
    const auto high = evaluator.number(written.high).constant_value();
    if (!high) return std::nullopt;
    result.high = *high;
    result.high_closed = written.high_closed;
  }
  return result;
}

std::vector<Rational> cuts_of(const std::vector<std::vector<Interval>>& tests) {
  std::vector<Rational> cuts;
  for (const auto& test : tests) {
    for (const Interval& part : test) {
      if (part.low.finite()) cuts.push_back(part.low.value);
      if (part.high.finite()) cuts.push_back(part.high.value);
    }
  }
  std::ranges::sort(cuts);
  const auto repeated = std::ranges::unique(cuts);
  cuts.erase(repeated.begin(), repeated.end());
  return cuts;
}

void add_piece(RowLine& line, const Interval& values) {
  LinePiece piece{values, {}};
  for (std::size_t row = 0; row < line.tests.size(); ++row) {
    if (fits(line.tests[row], values)) piece.rows.push_back(row);
  }
  line.pieces.push_back(std::move(piece));
}

}  // namespace

std::optional<std::vector<Interval>> asked(Evaluator& evaluator, const ast::RowTest& test) {
  std::optional<Interval> one;
  switch (test.kind) {
    case RowTestKind::Otherwise: return {{Interval::all()}};
    case RowTestKind::Compare:
    case RowTestKind::Unstated:
      if (const auto bound = evaluator.number(test.bound).constant_value()) {
        one = compared(test.op, *bound);
      }
      break;
    case RowTestKind::Interval: one = between(evaluator, test.interval); break;
    case RowTestKind::Equals: {
      std::vector<Interval> points;
      for (const ExprId id : test.values) {
        const auto value = evaluator.number(id).constant_value();
        if (!value) return std::nullopt;
        points.push_back(Interval::at(*value));
      }
      return points;
    }
    default: break;
  }
  if (!one) return std::nullopt;
  return {{*one}};
}

std::vector<Interval> pieces_of(const std::vector<std::vector<Interval>>& tests,
                                const Interval& range, bool whole) {
  std::vector<Interval> pieces;
  for (const Interval& piece : pieces_between(cuts_of(tests))) {
    Interval values = intersection(piece, range);
    if (whole) values = integers(values);
    if (!values.empty()) pieces.push_back(values);
  }
  return pieces;
}

bool fits(const std::vector<Interval>& test, const Interval& values) {
  return std::ranges::any_of(
      test, [&](const Interval& part) { return !intersection(part, values).empty(); });
}

std::optional<RowLine> line_of(const sema::Model& model, Evaluator& evaluator, ExprId value,
                               const std::vector<ast::Row>& rows) {
  const auto& type = model.type(value);
  const bool counted = type.is(sema::Base::Choice) || type.is(sema::Base::Bool);
  if ((!counted && !type.is(sema::Base::Number)) || rows.size() > kRowsMax) return std::nullopt;
  RowLine line;
  line.value = evaluator.number(value);
  line.whole = counted || type.whole;
  for (const ast::Row& row : rows) {
    auto test = asked(evaluator, row.test);
    if (!test) return std::nullopt;
    line.tests.push_back(std::move(*test));
  }
  for (const Interval& piece : pieces_of(line.tests, line.value.bounds, line.whole)) {
    add_piece(line, piece);
  }
  return line;
}

Interval joined(const Interval& low, const Interval& high) {
  return {low.low, high.high, low.low_closed, high.high_closed};
}

}  // namespace xize::analysis

// Lookups by one to three keys: combinations of keys that no row takes, rows that never decide or
// contest a combination, and outcomes that turn back along one key.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/range_words.h"
#include "compiler/analysis/reading.h"
#include "compiler/analysis/row_line.h"
#include "compiler/analysis/turn.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::RowTestKind;
using diagnostics::Term;

constexpr std::size_t kCombinationsMax = 4096;
constexpr std::size_t kGapsShown = 3;

// One key: what calls give, cut into pieces.
struct Axis {
  sema::Type type = {};
  Estimate value = {};
  bool whole = false;
  std::vector<std::string> labels = {};  // of texts, in the order first written
  std::vector<std::vector<Interval>> tests = {};  // by row
  std::vector<Interval> pieces = {};
};

// One row with one value; a row of a grid is several.
struct GridRow {
  std::vector<const ast::RowTest*> keys;  // none: otherwise
  ExprId value;
  source::Span span;
};

using Combination = std::vector<std::size_t>;  // a piece of each axis

// What the calls of each lookup give for its keys.
using Arguments = std::map<sema::LookupId, std::vector<Estimate>>;

// Checks one lookup.
class GridCheck {
 public:
  GridCheck(Context& c, const sema::Lookup& lookup, const std::vector<Estimate>& arguments)
      : c_(c), lookup_(lookup), syntax_(c.model.entry_as<ast::Lookup>(lookup.entry)) {
    for (std::size_t i = 0; i < lookup.params.size(); ++i) {
      axes_.push_back({.type = lookup.params[i], .value = arguments[i]});
    }
  }

  void run() {
    collect_rows();
    if (rows_.size() > kRowsMax || !lay_out()) return;
    std::size_t size = 1;
    for (const Axis& axis : axes_) size *= std::max<std::size_t>(axis.pieces.size(), 1);
    if (size > kCombinationsMax) return;
    visit_all(Combination(axes_.size(), 0), 0);
    report_gaps();
    report_idle();
    for (std::size_t i = 0; i < axes_.size() && !turned_; ++i) find_turns(i);
  }

 private:
  // ---- rows and pieces ----

  void collect_rows() {
    for (const ast::LookupRow& row : syntax_.rows) {
      const bool otherwise =
          row.keys.size() == 1 && row.keys.front().kind == RowTestKind::Otherwise;
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        GridRow one{{}, row.values[i], row.span};
        for (const ast::RowTest& key : row.keys) one.keys.push_back(&key);
        if (!syntax_.grid_columns.empty()) one.keys.push_back(column_test(i));
        if (otherwise) one.keys.clear();
        rows_.push_back(std::move(one));
      }
    }
    reached_.resize(rows_.size());
    decides_.resize(rows_.size());
    taken_by_.resize(rows_.size());
  }

  const ast::RowTest* column_test(std::size_t column) {
    if (columns_.empty()) {
      for (const ExprId value : syntax_.grid_columns) {
        columns_.emplace_back();
        columns_.back().kind = RowTestKind::Equals;
        columns_.back().values = {value};
      }
    }
    return &columns_[column];
  }

  bool lay_out() {
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      Axis& axis = axes_[i];
      const bool number = axis.type.is(sema::Base::Number);
      const bool listed = axis.type.is(sema::Base::Choice) || axis.type.is(sema::Base::Bool);
      for (const GridRow& row : rows_) {
        if (row.keys.size() != axes_.size() && !row.keys.empty()) return false;
        auto test = row.keys.empty() ? std::vector{Interval::all()}
                    : number || listed ? asked(c_.evaluator, *row.keys[i]).value_or(kNone)
                                       : labelled(axis, *row.keys[i]);
        if (test.empty()) return false;
        axis.tests.push_back(std::move(test));
      }
      axis.whole = !number || axis.type.whole;
      Interval range = axis.value.bounds;
      if (!number && !listed) {
        range = Interval::between(0, static_cast<std::int64_t>(axis.labels.size()) - 1);
      }
      axis.pieces = pieces_of(axis.tests, range, axis.whole);
      if (axis.pieces.empty()) return false;
    }
    return true;
  }

  // Texts that rows name count as their place; what no row names is not looked at.
  std::vector<Interval> labelled(Axis& axis, const ast::RowTest& test) const {
    if (test.kind == RowTestKind::Otherwise) return {Interval::all()};
    std::vector<Interval> places;
    for (const ExprId value : test.values) {
      const std::string label = c_.findings.text(value);
      const auto known = std::ranges::find(axis.labels, label);
      places.push_back(Interval::at(known - axis.labels.begin()));
      if (known == axis.labels.end()) axis.labels.push_back(label);
    }
    return places;
  }

  // ---- combinations ----

  void visit_all(Combination at, std::size_t axis) {
    if (axis == axes_.size()) return visit(at);
    for (at[axis] = 0; at[axis] < axes_[axis].pieces.size(); ++at[axis]) visit_all(at, axis + 1);
  }

  void visit(const Combination& at) {
    std::vector<std::size_t> fitting;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (fits_row(at, row)) fitting.push_back(row);
    }
    if (fitting.empty()) return add_gap(at);
    first_[at] = fitting.front();
    decides_[fitting.front()] = true;
    for (const std::size_t row : fitting) {
      reached_[row] = true;
      taken_by_[row] = fitting.front();
    }
    if (fitting.size() > 1) report_contest(at, fitting[0], fitting[1]);
  }

  [[nodiscard]] bool fits_row(const Combination& at, std::size_t row) const {
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      if (!fits(axes_[i].tests[row], axes_[i].pieces[at[i]])) return false;
    }
    return true;
  }

  // A number at an end counts where some call is known to come there.
  [[nodiscard]] bool is_reached(const Axis& axis, std::size_t i) const {
    if (!axis.type.is(sema::Base::Number)) return true;
    const Interval& piece = axis.pieces[i];
    if (i == 0 && !(axis.value.least < piece.high || piece.is_point())) return false;
    return i + 1 < axis.pieces.size() || !(axis.value.most < piece.low);
  }

  [[nodiscard]] Term words(const Combination& at) const { return words(at, at.back()); }
  // From one piece of the last key to another.
  [[nodiscard]] Term words(const Combination& at, std::size_t last) const {
    Term result;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const Axis& axis = axes_[i];
      const bool to_last = i + 1 == axes_.size();
      const Interval piece = joined(axis.pieces[at[i]], axis.pieces[to_last ? last : at[i]]);
      Term one = range_words(c_.model, axis.type, piece);
      if (!axis.labels.empty()) {
        const auto& label = axis.labels[static_cast<std::size_t>(*piece.low.value.to_int64())];
        one = {label, label};
      }
      result.english += (i > 0 ? ", " : "") + one.english;
      result.chinese += (i > 0 ? "、" : "") + one.chinese;
    }
    return result;
  }

  // ---- findings ----

  // Gaps come in order, so that those which differ in the last key only stand side by side.
  void add_gap(const Combination& at) {
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      if (!is_reached(axes_[i], at[i])) return;
    }
    const bool goes_on = !gaps_.empty() && gaps_.back().second + 1 == at.back() &&
                         axes_.back().labels.empty() &&
                         std::equal(at.begin(), at.end() - 1, gaps_.back().first.begin());
    if (goes_on) {
      gaps_.back().second = at.back();
    } else {
      gaps_.emplace_back(at, at.back());
    }
  }

  void report_gaps() {
    if (gaps_.empty() || !c_.findings.wants<kinds::RowsLeaveGap>(NodeId())) return;
    Term all;
    for (std::size_t i = 0; i < std::min(gaps_.size(), kGapsShown); ++i) {
      const Term one = words(gaps_[i].first, gaps_[i].second);
      all.english += (i > 0 ? "; " : "") + one.english;
      all.chinese += (i > 0 ? "；" : "") + one.chinese;
    }
    c_.findings.report<kinds::RowsLeaveGap>(syntax_.name.span, lookup_.name, all);
  }

  // `< 50%` before `< 80%`, `国家、其余` behind `国家、1`: one row after the other.
  [[nodiscard]] bool steps(const GridRow& a, const GridRow& b) const {
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
      if (b.keys[i]->kind == RowTestKind::Otherwise) return true;
      const bool compares = a.keys[i]->kind == RowTestKind::Compare;
      if (compares && b.keys[i]->kind == RowTestKind::Compare && a.keys[i]->op == b.keys[i]->op) {
        return true;
      }
    }
    return false;
  }

  void report_contest(const Combination& at, std::size_t first, std::size_t second) {
    const GridRow &a = rows_[first], &b = rows_[second];
    if (a.keys.empty() || b.keys.empty() || steps(a, b)) return;
    if (c_.findings.text(a.value) == c_.findings.text(b.value)) return;
    const bool wanted = c_.findings.wants<kinds::RowsContest>(NodeId());
    if (!wanted || !contests_.emplace(first, second).second) return;
    c_.findings.report<kinds::RowsContest>(b.span, words(at)).note<kinds::RowTakesThem>(a.span);
  }

  void report_idle() {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const bool idle = reached_[row] && !decides_[row] && !rows_[row].keys.empty();
      if (!idle || !c_.findings.wants<kinds::RowNeverDecides>(NodeId())) continue;
      if (std::ranges::any_of(contests_, [&](const auto& pair) { return pair.second == row; })) {
        continue;
      }
      c_.findings.report<kinds::RowNeverDecides>(rows_[row].span)
          .note<kinds::RowTakesThem>(rows_[taken_by_[row]].span);
    }
  }

  // ---- outcomes along one key ----

  // The combinations that differ in one key only.
  struct Line {
    std::vector<Combination> at;
    std::vector<Rational> values;
    [[nodiscard]] int direction() const {
      for (std::size_t i = 1; i < values.size(); ++i) {
        if (values[i] != values[i - 1]) return values[i - 1] < values[i] ? 1 : -1;
      }
      return 0;
    }
  };

  [[nodiscard]] std::vector<Line> lines_along(std::size_t axis) const {
    std::map<Combination, Line> lines;
    for (const auto& [at, row] : first_) {
      const Estimate value = c_.evaluator.number(rows_[row].value);
      if (!value.is_constant()) return {};
      Combination rest = at;
      rest[axis] = 0;
      lines[rest].at.push_back(at);
      lines[rest].values.push_back(value.bounds.low.value);
    }
    std::vector<Line> result;
    for (auto& [rest, line] : lines) result.push_back(std::move(line));
    return result;
  }

  // One line that goes another way than all others; or the only one, where numbers have an order.
  void find_turns(std::size_t axis) {
    int up = 0, down = 0;
    const Line* odd = nullptr;
    const auto lines = lines_along(axis);
    for (const Line& line : lines) {
      if (turn_in(line.values)) {
        if (odd != nullptr) return;
        odd = &line;
      } else {
        (line.direction() > 0 ? up : down) += line.direction() != 0;
      }
    }
    const bool single = lines.size() == 1 && axes_[axis].type.is(sema::Base::Number);
    if (odd != nullptr) {
      if ((up == 0) != (down == 0) || single) report_turn(*odd, *turn_in(odd->values));
      return;
    }
    if (std::min(up, down) != 1 || std::max(up, down) < 2) return;
    for (const Line& line : lines) {
      if (line.direction() != (up == 1 ? 1 : -1)) continue;
      std::size_t i = 1;
      while (line.values[i] == line.values[i - 1]) ++i;
      return report_turn(line, i);
    }
  }

  void report_turn(const Line& line, std::size_t i) {
    turned_ = true;
    if (!c_.findings.wants<kinds::OutcomeTurns>(NodeId())) return;
    c_.findings.report<kinds::OutcomeTurns>(c_.model.expr(rows_[first_.at(line.at[i])].value).span,
                                           lookup_.name, words(line.at[i]), line.values[i]);
  }

  static inline const std::vector<Interval> kNone;

  Context& c_;
  const sema::Lookup& lookup_;
  const ast::Lookup& syntax_;
  std::vector<Axis> axes_;
  std::vector<GridRow> rows_;
  std::vector<ast::RowTest> columns_;  // of a grid
  std::map<Combination, std::size_t> first_;  // the row that decides
  std::vector<bool> reached_, decides_;
  std::vector<std::size_t> taken_by_;
  std::set<std::pair<std::size_t, std::size_t>> contests_;
  std::vector<std::pair<Combination, std::size_t>> gaps_;  // and where it ends along the last key
  bool turned_ = false;
};

}  // namespace

void check_lookups(Context& c) {
  Arguments arguments;
  for_each_reading(c.model, [&](const Reading& at) {
    if (!at.expr.valid()) return;
    const auto* call = std::get_if<ast::Call>(&c.model.expr(at.expr).node);
    const auto* lookup = std::get_if<sema::LookupCall>(&c.model.fact(at.expr).binding);
    if (call == nullptr || lookup == nullptr) return;
    auto& known = arguments[lookup->lookup];
    for (std::size_t i = 0; i < call->args.size(); ++i) {
      const Estimate value = c.evaluator.number(call->args[i]);
      if (i == known.size()) {
        known.push_back(value);
      } else {
        known[i] = either(known[i], value);
      }
    }
  });
  for (const auto& [id, values] : arguments) GridCheck(c, c.model.lookups[id], values).run();
}

}  // namespace xize::analysis

// What a result leaves open: a total without an end, an end that it cannot come to, a cut without a
// rule for ties or for a fraction of a place, grades that nobody can reach, that leave a total
// without one, or that rules change in opposite ways.
#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::RowTestKind;
using diagnostics::Term;

// ---- totals ----

// Lowest and highest total, where they are known.
struct TotalRange {
  std::optional<Rational> low, high;
};

bool has_open(const Context& c, NodeId rubric, ast::About about) {
  const auto& entries = c.model.nodes[rubric].unspecified;
  return std::ranges::any_of(entries, [&](EntryId entry) {
    const auto* open = std::get_if<ast::Unspecified>(&c.model.entry(entry).node);
    return open != nullptr && open->about == about;
  });
}

// Finds the range of one rubric's total, and says where it has no end.
class TotalCheck {
 public:
  TotalCheck(Context& c, NodeId rubric) : c_(c), rubric_(rubric), node_(c.model.nodes[rubric]) {}

  TotalRange run() {
    const Worth& worth = c_.worths[rubric_.index];
    if (worth.known && node_.points_kind == ast::PointsKind::Stated) {
      range_.low = Rational(0);
      range_.high = worth.points;
    }
    for (const NodeId child : node_.children) add_block(child);
    const bool floored = node_.floor.valid() || has_open(c_, rubric_, ast::About::Floor);
    if (node_.floor.valid()) bound_below();
    const bool below = range_.low && range_.low->sign() < 0;
    if (below && !floored && c_.findings.wants<kinds::TotalBelowZero>(rubric_)) {
      c_.findings.report<kinds::TotalBelowZero>(span_of(c_.model, node_), node_.name, *range_.low);
    }
    if (node_.ceiling.valid()) check_ceiling();
    return range_;
  }

 private:
  // `总分 可超过 100 分` repeats the points; `最高 120 分` is a cap.
  void check_ceiling() {
    const auto& ceiling = c_.model.entry_as<ast::Ceiling>(node_.ceiling);
    const auto value = sema::constant_value(c_.model, ceiling.value);
    const Worth& worth = c_.worths[rubric_.index];
    if (!value || !worth.known || node_.points_kind != ast::PointsKind::Stated) return;
    const auto span = c_.model.entry(node_.ceiling).span;
    const bool differs = ceiling.none && *value != worth.points;
    if (differs && c_.findings.wants<kinds::MayExceedOther>(rubric_)) {
      c_.findings.report<kinds::MayExceedOther>(span, *value, worth.points);
    }
    const bool idle = !ceiling.none && range_.high && *range_.high < *value;
    if (!idle || !c_.findings.wants<kinds::CeilingNeverReached>(rubric_)) return;
    c_.findings.report<kinds::CeilingNeverReached>(span, node_.name, *value, *range_.high);
  }

  void add_block(NodeId id) {
    const auto& block = c_.model.nodes[id];
    const bool bonus = block.role == sema::Role::Bonus;
    if (block.role == sema::Role::Ordinary) return;
    const auto most = declared_points(block);
    auto& end = bonus ? range_.high : range_.low;
    if (!most || block.uncapped) {
      end.reset();
      report_endless(id, bonus);
    } else if (end && bonus) {
      *end += *most;
    } else if (end) {
      *end -= *most;
    }
  }

  void report_endless(NodeId id, bool bonus) {
    const auto ended = bonus ? node_.ceiling : node_.floor;
    if (ended.valid() || !c_.findings.wants<kinds::BlockWithoutCap>(id)) return;
    const auto& block = c_.model.nodes[id];
    c_.findings.report<kinds::BlockWithoutCap>(
        span_of(c_.model, block), block.name,
        bonus ? Term{"rise", "高"} : Term{"fall", "低"});
  }

  void bound_below() {
    const auto& floor = c_.model.entry_as<ast::Floor>(node_.floor);
    if (floor.none || !floor.value.valid()) return;
    const auto value = sema::constant_value(c_.model, floor.value);
    if (value && range_.low && *range_.low < *value) range_.low = *value;
  }

  Context& c_;
  NodeId rubric_;
  const sema::Node& node_;
  TotalRange range_;
};

// ---- cuts ----

// A cut at a number or share of places.
struct Cut {
  std::string_view name;
  source::Span span;
  bool fraction = false;  // a share that need not be whole
  bool rounded = false;
  ast::Ties ties = ast::Ties::Unstated;
};

void check_cut(Context& c, NodeId where, const Cut& cut) {
  if (cut.ties == ast::Ties::Unstated && c.findings.wants<kinds::TiesOpen>(where)) {
    c.findings.report<kinds::TiesOpen>(cut.span, cut.name);
  }
  if (cut.fraction && !cut.rounded && c.findings.wants<kinds::FractionOpen>(where)) {
    c.findings.report<kinds::FractionOpen>(cut.span, cut.name);
  }
}

void check_select(Context& c, const sema::Select& select) {
  const auto& syntax = c.model.entry_as<ast::Select>(select.entry);
  check_cut(c, select.rubric,
            {syntax.name.text, c.model.entry(select.entry).span,
             syntax.top.kind == RowTestKind::TopShare, syntax.round.has_value(), syntax.ties});
}

// ---- grades ----

// Checks the grades of one node from best to worst.
class GradeCheck {
 public:
  GradeCheck(Context& c, NodeId id, const TotalRange& range) : c_(c), id_(id), range_(range) {}

  void run() {
    const auto& node = c_.model.nodes[id_];
    if (!node.grade.valid()) return;
    const auto& grade = c_.model.entry_as<ast::Grade>(node.grade);
    for (const ast::GradeRow& row : grade.rows) check_row(row);
    if (is_open(grade) && c_.findings.wants<kinds::GradesOpen>(id_)) {
      const auto span = c_.model.entry(node.grade).span;
      c_.findings.report<kinds::GradesOpen>(span, node.name);
    }
    if (grade.unspecified.empty() && !complete_ && !grade.rows.empty()) report_gap(grade);
    check_rules(node);
  }

 private:
  void check_row(const ast::GradeRow& row) {
    complete_ = complete_ || (is_bare(row) && !row.unspecified);
    if (!row.test) return;
    const auto& test = *row.test;
    const bool places = test.kind == RowTestKind::Top || test.kind == RowTestKind::TopShare;
    if (places) {
      check_cut(c_, id_, {row.name.text, row.span, row.quota, row.round.has_value(), row.ties});
    }
    if (test.kind == RowTestKind::Otherwise) complete_ = true;
    if (test.kind != RowTestKind::Compare || row.when.valid()) return;
    const auto bound = sema::constant_value(c_.model, test.bound);
    const bool from = test.op == ast::BinaryOp::Ge || test.op == ast::BinaryOp::Gt;
    if (!bound || !from) return;
    if (lowest_ && !(*bound < *lowest_)) report_never(row, *lowest_);
    if (range_.high && *range_.high < *bound) report_never(row, *range_.high);
    lowest_ = *bound;
    complete_ = complete_ || (range_.low && !(*range_.low < *bound));
  }

  void report_never(const ast::GradeRow& row, const Rational& above) {
    if (!c_.findings.wants<kinds::GradeNeverReached>(id_)) return;
    c_.findings.report<kinds::GradeNeverReached>(row.span, row.name.text, above);
  }

  // Some cut-off, or all of them, are not given: a name alone takes every unit.
  static bool is_open(const ast::Grade& grade) {
    return !grade.unspecified.empty() ||
           std::ranges::any_of(grade.rows, [](const ast::GradeRow& r) {
             return r.unspecified || is_bare(r);
           });
  }
  static bool is_bare(const ast::GradeRow& row) { return !row.test && !row.when.valid(); }

  void report_gap(const ast::Grade& grade) {
    const auto& last = grade.rows.back();
    if (is_bare(last) && !last.unspecified) return;
    if (!c_.findings.wants<kinds::GradesLeaveGap>(id_)) return;
    c_.findings.report<kinds::GradesLeaveGap>(last.span, c_.model.nodes[id_].name, last.name.text);
  }

  // ---- rules that change the grade ----

  // What a rule asks for, as places in the list of grades: 0 is the best.
  struct Asked {
    std::size_t best = 0, worst = 0;
  };

  [[nodiscard]] std::optional<Asked> asked(const ast::GradeRule& rule) const {
    const auto& grades = c_.model.nodes[id_].grades;
    const auto at = std::ranges::find(grades, rule.grade.text) - grades.begin();
    const auto place = static_cast<std::size_t>(at);
    if (place == grades.size()) return std::nullopt;
    switch (rule.kind) {
      case ast::GradeRuleKind::Set: return Asked{place, place};
      case ast::GradeRuleKind::AtLeast: return Asked{0, place};
      case ast::GradeRuleKind::AtMost: return Asked{place, grades.size() - 1};
      default: return std::nullopt;
    }
  }

  void check_rules(const sema::Node& node) {
    for (std::size_t i = 0; i < node.grade_rules.size(); ++i) {
      for (std::size_t j = i + 1; j < node.grade_rules.size(); ++j) {
        if (contest(node.grade_rules[i], node.grade_rules[j])) return;
      }
    }
  }

  // `D and not C` denies `C`.
  [[nodiscard]] bool denies(sema::ExprId condition, sema::ExprId other) const {
    if (!condition.valid() || !other.valid()) return false;
    const auto& node = c_.model.expr(condition).node;
    if (const auto* both = std::get_if<ast::Binary>(&node)) {
      return both->op == ast::BinaryOp::And &&
             (denies(both->left, other) || denies(both->right, other));
    }
    const auto* negation = std::get_if<ast::Unary>(&node);
    return negation != nullptr && negation->op == ast::UnaryOp::Not &&
           c_.findings.text(negation->operand) == c_.findings.text(other);
  }

  bool contest(EntryId first, EntryId second) {
    const auto& a = c_.model.entry_as<ast::GradeRule>(first);
    const auto& b = c_.model.entry_as<ast::GradeRule>(second);
    const auto one = asked(a), other = asked(b);
    const bool agree = !one || !other || (one->best <= other->worst && other->best <= one->worst);
    if (agree) return false;
    const auto meet = both(c_.evaluator.condition(a.when), c_.evaluator.condition(b.when));
    const bool apart = !meet.verdict.may_hold || denies(a.when, b.when) || denies(b.when, a.when);
    if (apart || !c_.findings.wants<kinds::GradeRulesContest>(id_)) return false;
    c_.findings
        .report<kinds::GradeRulesContest>(c_.model.entry(second).span, c_.findings.text(a.when),
                                         c_.findings.text(b.when))
        .note<kinds::RuleHere>(c_.model.entry(first).span, a.grade.text);
    return true;
  }

  Context& c_;
  NodeId id_;
  const TotalRange& range_;
  std::optional<Rational> lowest_;  // threshold of the row before
  bool complete_ = false;
};

}  // namespace

void check_results(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const NodeId id(i);
    TotalRange range;
    if (c.model.nodes[id].kind == ast::NodeKind::Rubric) range = TotalCheck(c, id).run();
    GradeCheck(c, id, range).run();
  }
  for (std::size_t i = 0; i < c.model.selects.size(); ++i) {
    check_select(c, c.model.selects[sema::SelectId(i)]);
  }
}

}  // namespace xize::analysis

#include "compiler/format/expressions.h"

#include "compiler/format/rows.h"

namespace xize::format {
namespace {

using ast::BinaryOp;
using ast::ExprId;

Binding tighter(Binding binding) {
  return static_cast<Binding>(static_cast<std::uint8_t>(binding) + 1);
}

bool is_membership(const ast::ExprNode& node) {
  return std::holds_alternative<ast::InSet>(node) ||
         std::holds_alternative<ast::InInterval>(node) || std::holds_alternative<ast::InTop>(node);
}

Binding binding_of_op(BinaryOp op) {
  switch (op) {
    case BinaryOp::Or: return Binding::Or;
    case BinaryOp::And: return Binding::And;
    case BinaryOp::Add:
    case BinaryOp::Sub: return Binding::Sum;
    case BinaryOp::Mul:
    case BinaryOp::Div: return Binding::Term;
    default: return Binding::Compared;
  }
}

void print_in(Page& page, ExprId operand, bool negated) {
  page.put(Value{operand, Binding::Operand}, " ", negated ? Keyword("NOT_IN") : Keyword("IN"), " ");
}

// `not` before a membership is one word with it: `x not in { … }`.
void print_membership(Page& page, const ast::ExprNode& node, bool negated) {
  if (const auto* in = std::get_if<ast::InSet>(&node)) {
    print_in(page, in->operand, negated);
    page.put("{ ");
    put_values(page, in->members, Binding::Any);
    page.put(" }");
  } else if (const auto* interval = std::get_if<ast::InInterval>(&node)) {
    const bool both_ends = interval->interval.low.valid() && interval->interval.high.valid();
    const bool stated = interval->interval.low_stated && interval->interval.high_stated;
    if (both_ends && !negated && (page.zh() || !stated)) {
      page.put(Value{interval->operand, Binding::Operand}, " ", Keyword("WITHIN_RANGE"), " ");
      return print_range(page, interval->interval);
    }
    print_in(page, interval->operand, negated);
    print_interval(page, interval->interval);
  } else if (const auto* top = std::get_if<ast::InTop>(&node)) {
    print_in(page, top->operand, negated);
    page.put(Keyword("TOP"), " ", Value{top->count, Binding::Operand}, " ",
             Called{top->key, NamePlace::Operand});
    if (!top->by.valid()) return;
    page.put(" ", page.zh() ? Keyword("PER") : Keyword("BY"), " ", Value{top->by});
  }
}

// Writes one kind of node each; the parentheses are print_expr's.
class Printer {
 public:
  Printer(Page& page, ExprId id) : page_(page), id_(id) {
    if (id == page.record_column) skipped_ = std::get_if<ast::Member>(&page.node(id));
  }

  void operator()(const ast::InvalidExpr&) {}
  void operator()(const ast::NumberLit& number) { print_literal(page_, number); }
  void operator()(const ast::DateLit& date) { page_.put(value::to_string(date.date)); }
  void operator()(const ast::MonthLit& month) { page_.put(value::to_string(month.month)); }
  void operator()(const ast::StringLit& string) { page_.put(Quoted{string.text}); }
  void operator()(const ast::BoolLit& literal) {
    page_.put(literal.value ? Keyword("TRUE") : Keyword("FALSE"));
  }
  void operator()(const ast::NotApplicableLit&) { page_.put(Keyword("NOT_APPLICABLE")); }
  void operator()(const ast::MissingLit&) {
    page_.put(page_.zh() ? Keyword("IS_MISSING") : Keyword("MISSING"));
  }
  void operator()(const ast::NameRef& ref) {
    page_.put(Called{ref.name, page_.names_results ? NamePlace::Result : NamePlace::Operand});
  }
  void operator()(const ast::Member& member) {
    if (&member == skipped_) return page_.put(Called{member.member, NamePlace::Operand});
    page_.put(Value{member.base, Binding::Postfix}, ".", Called{member.member});
  }
  void operator()(const ast::RecordOf& of) {
    page_.put(Called{of.records, NamePlace::Operand}, ".(", Value{of.element}, ")");
  }
  void operator()(const ast::OwnPoints&) {
    page_.put(Written{Keyword("OWN_POINTS"), page_.span(id_)});
  }
  void operator()(const ast::TotalRef&) { page_.put(Keyword("TOTAL")); }
  void operator()(const ast::GradeRef&) { page_.put(Keyword("GRADE")); }

  void operator()(const ast::Unary& unary) {
    if (unary.op == ast::UnaryOp::Negate) {
      return page_.put("-", Value{unary.operand, Binding::Factor});
    }
    const auto& operand = page_.node(unary.operand);
    if (is_membership(operand)) return print_membership(page_, operand, true);
    if (page_.zh() && print_opposite(operand)) return;
    page_.put(Keyword("NOT"), " ", Value{unary.operand, Binding::Not});
  }

  void operator()(const ast::Binary& binary) {
    const Binding binding = binding_of_op(binary.op);
    if (binding == Binding::Compared) {
      page_.put(Value{binary.left, Binding::Operand}, " ");
      put_sign(page_, binary.op, page_.between(binary.left, binary.right));
      return page_.put(Gap{}, Value{binary.right, Binding::Operand});
    }
    page_.put(Value{binary.left, binding}, Gap{});
    switch (binary.op) {
      case BinaryOp::Add: page_.put("+"); break;
      case BinaryOp::Sub: page_.put("-"); break;
      case BinaryOp::Mul: page_.put(page_.zh() ? "×" : "*"); break;
      case BinaryOp::Div: page_.put(page_.zh() ? "÷" : "/"); break;
      case BinaryOp::And: page_.put(Keyword("AND")); break;
      default: page_.put(Keyword("OR")); break;
    }
    page_.put(" ", Value{binary.right, tighter(binding)});
  }

  void operator()(const ast::InInterval& in) { print_membership(page_, in, false); }
  void operator()(const ast::InSet& in) { print_membership(page_, in, false); }
  void operator()(const ast::InTop& in) { print_membership(page_, in, false); }

  void operator()(const ast::IsState& is) {
    page_.put(Value{is.operand, Binding::Operand}, " ");
    if (!page_.zh()) page_.put(Keyword("IS"), " ");
    switch (is.state) {
      case ast::StateTest::Missing:
        if (!page_.zh()) return page_.put(Keyword("MISSING"));
        return page_.put(Written{Keyword("IS_MISSING"), page_.span(id_)});
      case ast::StateTest::NotApplicable: return page_.put(Keyword("NOT_APPLICABLE"));
      case ast::StateTest::Pending:
        return page_.put(page_.zh() ? Keyword("IS_PENDING") : Keyword("PENDING"));
    }
  }

  void operator()(const ast::If& choice) {
    page_.put(Keyword("IF"), " ", Value{choice.condition}, Gap{}, Keyword("THEN"), " ",
              Value{choice.then}, Gap{}, Keyword("ELSE"), " ", Value{choice.otherwise});
  }

  void operator()(const ast::Case& choice) {
    if (page_.zh()) {
      page_.put(Keyword("PER"), " ", Value{choice.scrutinee}, " ", Keyword("TAKES"));
    } else {
      page_.put(Keyword("CASE"), " ", Value{choice.scrutinee});
    }
    print_rows(page_, choice.rows, RowUse::Values);
  }
  void operator()(const ast::TierValue& tier) {
    page_.put(Keyword("TIER"), " ", Value{tier.scrutinee});
    print_rows(page_, tier.rows, RowUse::Values);
  }

  void operator()(const ast::Call& call) {
    print_callee(call);
    page_.put(open());
    bool is_first = true;
    for (std::size_t i = 0; i < call.args.size(); ++i) {
      if (!is_first) page_.put(Comma{});
      page_.put(Value{call.args[i]});
      const bool places = call.builtin == ast::Builtin::Round && i == 1;
      if (places && page_.zh() && page_.literal(call.args[i]) != nullptr) {
        page_.put(" ", Keyword("PLACES"));
      }
      is_first = false;
    }
    if (call.rounding) page_.put(Comma{}, page_.words(*call.rounding));
    page_.put(close());
  }

  void operator()(const ast::DaysBetween& days) {
    if (page_.zh()) {
      page_.put(Value{days.from, Binding::Sum}, " ", Keyword("ZHI"), " ",
                Value{days.to, Binding::Sum}, " ",
                days.workdays ? Keyword("WORKDAYS_OF") : Keyword("DAYS_OF"));
      if (days.counts_first) page_.put("（", Keyword("COUNTING_FIRST"), "）");
      return;
    }
    page_.put(days.workdays ? Function("Workdays") : Function("Days"), "(", Value{days.from},
              Comma{}, Value{days.to});
    if (days.counts_first) page_.put(Comma{}, Keyword("COUNTING_FIRST"));
    page_.put(")");
  }

  void operator()(const ast::Aggregate& aggregate) { print_aggregate(page_, aggregate); }

 private:
  [[nodiscard]] std::string_view open() const { return page_.zh() ? "（" : "("; }
  [[nodiscard]] std::string_view close() const { return page_.zh() ? "）" : ")"; }

  // 无 R, `x 已填报`: words that say `not` themselves; false where the file says it apart.
  bool print_opposite(const ast::ExprNode& operand) {
    if (const auto* is = std::get_if<ast::IsState>(&operand)) {
      const auto span = page_.span(id_);
      const bool apart = page_.found(Keyword("IS_PRESENT"), span).empty() &&
                         !page_.found(Keyword("IS_MISSING"), span).empty();
      if (is->state != ast::StateTest::Missing || apart) return false;
      page_.put(Value{is->operand, Binding::Operand}, " ");
      page_.put(Written{Keyword("IS_PRESENT"), span});
      return true;
    }
    const auto* any = std::get_if<ast::Aggregate>(&operand);
    if (any == nullptr || !is_existence(page_, *any)) return false;
    const auto begin = page_.span(any->args.front()).begin;
    if (page_.found_before(Keyword("NONE"), begin).empty()) return false;
    print_existence(page_, *any, Keyword("NONE"));
    return true;
  }

  void print_callee(const ast::Call& call) {
    switch (call.builtin) {
      case ast::Builtin::None: return page_.put(Called{call.name, NamePlace::Callee});
      case ast::Builtin::Min: return page_.put(Function("Min"));
      case ast::Builtin::Max: return page_.put(Function("Max"));
      case ast::Builtin::Abs: return page_.put(Function("Abs"));
      case ast::Builtin::Floor: return page_.put(Function("Floor"));
      case ast::Builtin::Ceil: return page_.put(Function("Ceil"));
      case ast::Builtin::Round: return page_.put(Function("Round"));
      case ast::Builtin::Clamp: return page_.put(Function("Clamp"));
      case ast::Builtin::Power: return page_.put(Function("Power"));
      case ast::Builtin::Sum: return page_.put(Function("Sum"));
      case ast::Builtin::Previous: return page_.put(Function("Previous"));
      case ast::Builtin::LastYear: return page_.put(Function("LastYear"));
      case ast::Builtin::MonthOf: return page_.put(Function("MonthOf"));
      case ast::Builtin::YearOf: return page_.put(Function("YearOf"));
    }
  }

  Page& page_;
  ExprId id_;
  const ast::Member* skipped_ = nullptr;  // its records are named before it: `R 的 c`
};

void print_end(Page& page, ExprId bound, bool closed, bool stated) {
  page.put(Value{bound, Binding::Term});
  if (stated) page.put(closed ? "（含）" : "（不含）");
}

void put_group_sign(Page& page, ast::GroupOp op) {
  const bool zh = page.zh();
  switch (op) {
    case ast::GroupOp::Difference: return zh ? page.put(Keyword("GROUP_MINUS")) : page.put("-");
    case ast::GroupOp::Intersection: return zh ? page.put(Keyword("GROUP_AND")) : page.put("&");
    default: return zh ? page.put(Keyword("GROUP_PLUS")) : page.put("+");
  }
}

// `all 部门 where C`; within a list, in parentheses.
void print_all(Page& page, const ast::GroupExpr& group, bool bare) {
  page.put(Keyword("ALL"));
  if (!group.names.empty()) page.put(" ", Called{group.names.front(), NamePlace::Operand});
  if (!group.where.valid()) return;
  if (page.zh()) return page.put("（", Keyword("WHERE"), " ", Value{group.where}, "）");
  if (bare) return page.put(Gap{}, Keyword("WHERE"), " ", Value{group.where});
  page.put(" (", Keyword("WHERE"), " ", Value{group.where}, ")");
}

void print_group_operand(Page& page, const ast::GroupExpr& operand, bool right) {
  const bool grouped = right && !operand.operands.empty();
  if (grouped) page.put("(");
  print_group(page, operand, false);
  if (grouped) page.put(")");
}

}  // namespace

Binding binding_of(const Page& page, ExprId id) {
  const auto& node = page.node(id);
  if (std::holds_alternative<ast::If>(node)) return Binding::Any;
  if (const auto* binary = std::get_if<ast::Binary>(&node)) return binding_of_op(binary->op);
  if (const auto* unary = std::get_if<ast::Unary>(&node)) {
    if (unary->op == ast::UnaryOp::Negate) return Binding::Factor;
    return is_membership(page.node(unary->operand)) ? Binding::Compared : Binding::Not;
  }
  if (is_membership(node) || std::holds_alternative<ast::IsState>(node)) return Binding::Compared;
  if (page.zh() && std::holds_alternative<ast::DaysBetween>(node)) return Binding::Operand;
  const auto* aggregate = std::get_if<ast::Aggregate>(&node);
  if (aggregate != nullptr && is_existence(page, *aggregate)) return Binding::Not;
  return Binding::Postfix;
}

void print_expr(Page& page, ExprId id, Binding binding) {
  if (!id.valid()) return;
  const bool grouped = binding_of(page, id) < binding;
  if (grouped) page.put("(");
  std::visit(Printer(page, id), page.node(id));
  if (grouped) page.put(")");
}

Keyword sign_word(BinaryOp op) {
  switch (op) {
    case BinaryOp::Lt: return Keyword("LT");
    case BinaryOp::Le: return Keyword("LE");
    case BinaryOp::Gt: return Keyword("GT");
    case BinaryOp::Ge: return Keyword("GE");
    case BinaryOp::Ne: return Keyword("NE");
    default: return Keyword("EQ");
  }
}

void put_sign(Page& page, BinaryOp op, source::Span between) {
  if (page.zh()) return page.put(Written{sign_word(op), between});
  switch (op) {
    case BinaryOp::Lt: return page.put("<");
    case BinaryOp::Le: return page.put("<=");
    case BinaryOp::Gt: return page.put(">");
    case BinaryOp::Ge: return page.put(">=");
    case BinaryOp::Ne: return page.put("!=");
    default: return page.put("=");
  }
}

void print_interval(Page& page, const ast::Interval& interval) {
  page.put(interval.low_closed && interval.low.valid() ? "[" : "(", Value{interval.low}, Comma{},
           Value{interval.high}, interval.high_closed && interval.high.valid() ? "]" : ")");
}

void print_range(Page& page, const ast::Interval& interval) {
  print_end(page, interval.low, interval.low_closed, interval.low_stated);
  const bool bracketed = interval.low_stated;
  page.put(bracketed ? "" : " ", Keyword("ZHI"), " ");
  print_end(page, interval.high, interval.high_closed, interval.high_stated);
}

void print_group(Page& page, const ast::GroupExpr& group, bool bare) {
  switch (group.op) {
    case ast::GroupOp::Named:
      return page.put(Called{group.names.front(), NamePlace::Operand, bare});
    case ast::GroupOp::All: return print_all(page, group, bare);
    case ast::GroupOp::Units: {
      const bool in_braces = !page.zh() || !bare || group.names.size() < 2;
      if (in_braces) page.put("{ ");
      put_names(page, group.names, true);
      if (in_braces) page.put(" }");
      return;
    }
    default:
      print_group_operand(page, group.operands.front(), false);
      page.put(Gap{});
      put_group_sign(page, group.op);
      page.put(" ");
      print_group_operand(page, group.operands.back(), true);
      return;
  }
}

}  // namespace xize::format

// From the entries of a node to its Node: guards in order, clauses, base, rounding, grades.
// Nothing is typed here; `scoring.h` reads the expressions.

#include <algorithm>
#include <utility>

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/collect.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

// What one item's clauses amount to, for the rule of where it starts.
struct Tally {
  int awards = 0;
  int deductions = 0;
  int scoring_guards = 0;
  int unspecified = 0;
  int judged = 0;
  int ordered = 0;           // blocks so far
  bool all_ordered = false;  // 以先列者为准

  [[nodiscard]] int rules() const { return awards + deductions + unspecified; }
};

// Reads one node.
class Assembler {
 public:
  Assembler(Checker& c, NodeId id) : c_(c), id_(id) {}

  void run() {
    const auto& syntax = c_.entry<ast::Node>(node().entry);
    for (const auto entry : syntax.entries) {
      if (check_place(c_, entry, where())) read(entry);
    }
    if (tally_.all_ordered) {
      for (auto& guard : node().guards) guard.ordered = 0;
    }
    if (node().kind != ast::NodeKind::Item) return;
    if (!adds_nothing()) check_start(syntax);
  }

 private:
  Node& node() { return c_.model.nodes[id_]; }

  Where where() {
    switch (node().kind) {
      case ast::NodeKind::Rubric: return Where::Rubric;
      case ast::NodeKind::Section: return Where::Section;
      case ast::NodeKind::Item: return Where::Item;
      default: return Where::Extra;
    }
  }

  void once(EntryId& slot, EntryId entry) {
    if (slot.valid()) {
      c_.report<kinds::StatedTwice>(c_.entry_span(entry), entry_word(c_.module.entries[entry].node),
                                   node().name);
      return;
    }
    slot = entry;
  }

  // An entry directly in the node.
  void read(EntryId entry) {
    const auto& e = c_.module.entries[entry].node;
    if (const auto* ordered = std::get_if<ast::Ordered>(&e)) return read_ordered(*ordered);
    if (std::holds_alternative<ast::Base>(e)) return once(node().base, entry);
    if (std::holds_alternative<ast::Round>(e)) return once(node().round, entry);
    if (std::holds_alternative<ast::Floor>(e)) return once(node().floor, entry);
    if (std::holds_alternative<ast::Ceiling>(e)) return once(node().ceiling, entry);
    if (std::holds_alternative<ast::Redistribute>(e)) return once(node().redistribute, entry);
    if (std::holds_alternative<ast::CombinePeriods>(e)) {
      return once(node().combine_periods, entry);
    }
    if (std::holds_alternative<ast::Convert>(e)) return once(node().convert, entry);
    if (const auto* combine = std::get_if<ast::Combine>(&e)) return read_combine(*combine);
    if (std::holds_alternative<ast::NoTotal>(e)) node().no_total = true;
    if (const auto* grade = std::get_if<ast::Grade>(&e)) return read_grade(entry, *grade);
    if (std::holds_alternative<ast::GradeRule>(e)) node().grade_rules.push_back(entry);
    if (std::holds_alternative<ast::Use>(e)) read_settings(entry);
    read_scoring(entry, {}, true);
  }

  // What a method says of the node as a whole: its grades, its rounding. Guards and clauses follow.
  void read_settings(EntryId use) {
    const auto it = c_.model.uses.find(use);
    if (it == c_.model.uses.end()) return;
    for (const auto entry : it->second) {
      if (is_setting(entry) && check_place(c_, entry, where())) read(entry);
    }
  }

  bool is_setting(EntryId entry) {
    const auto& e = c_.module.entries[entry].node;
    return std::holds_alternative<ast::Grade>(e) || std::holds_alternative<ast::GradeRule>(e) ||
           std::holds_alternative<ast::Round>(e) || std::holds_alternative<ast::Floor>(e) ||
           std::holds_alternative<ast::Ceiling>(e) || std::holds_alternative<ast::Select>(e);
  }

  void read_combine(const ast::Combine& combine) {
    node().mode = combine.mode;
    node().equal_weights = combine.equal_weights;
  }

  void read_grade(EntryId entry, const ast::Grade& grade) {
    once(node().grade, entry);
    if (node().grade != entry) return;
    for (const auto& row : grade.rows) {
      auto& labels = node().grades;
      if (std::ranges::find(labels, row.name.text) != labels.end()) {
        c_.report<kinds::DuplicateName>(row.name.span, row.name.text);
      } else {
        labels.push_back(row.name.text);
      }
    }
  }

  void read_ordered(const ast::Ordered& ordered) {
    if (ordered.entries.empty()) {
      tally_.all_ordered = true;
      return;
    }
    const int number = ++tally_.ordered;
    const auto before = node().guards.size();
    for (const auto entry : ordered.entries) {
      if (check_place(c_, entry, Where::Block)) read_scoring(entry, {}, true);
    }
    auto& guards = node().guards;
    for (auto i = before; i < guards.size(); ++i) guards[i].ordered = number;
  }

  // An `unspecified` scores only where it stands for a rule of an item.
  bool is_rule(const ast::EntryNode& e) {
    const auto* unspecified = std::get_if<ast::Unspecified>(&e);
    if (unspecified == nullptr) return true;
    return unspecified->about == ast::About::Rule && node().kind == ast::NodeKind::Item;
  }

  // Guards, clauses and remarks, in the node or in a block of it; `direct`: no block between.
  void read_scoring(EntryId entry, const std::vector<Premise>& premises, bool direct) {
    const auto& e = c_.module.entries[entry].node;
    if (std::holds_alternative<ast::Quote>(e)) return node().quotes.push_back(entry);
    if (std::holds_alternative<ast::Assume>(e)) return node().assumes.push_back(entry);
    if (std::holds_alternative<ast::Criterion>(e)) return node().criteria.push_back(entry);
    if (const auto* guard = std::get_if<ast::Guard>(&e)) {
      return add_guard(entry, *guard, premises);
    }
    if (const auto* clause = std::get_if<ast::Clause>(&e)) {
      return read_clause(entry, *clause, premises, direct);
    }
    const int before = tally_.rules();
    read_inside(entry, premises, direct);
    // A block of guards or remarks alone is no clause.
    if (direct && tally_.rules() > before) node().clauses.push_back(entry);
  }

  // What a block, a method or an open rule holds.
  void read_inside(EntryId entry, const std::vector<Premise>& premises, bool direct) {
    const auto& e = c_.module.entries[entry].node;
    if (const auto* when = std::get_if<ast::When>(&e)) return read_when(*when, premises);
    if (const auto* together = std::get_if<ast::Together>(&e)) {
      return read_block(together->entries, premises);
    }
    if (const auto* pick = std::get_if<ast::Pick>(&e)) return read_pick(*pick, premises);
    if (std::holds_alternative<ast::Use>(e)) {
      const auto it = c_.model.uses.find(entry);
      auto entries = it != c_.model.uses.end() ? it->second : std::vector<EntryId>();
      if (direct) std::erase_if(entries, [&](EntryId inner) { return is_setting(inner); });
      return read_block(entries, premises);
    }
    const auto* unspecified = std::get_if<ast::Unspecified>(&e);
    if (unspecified == nullptr) return;
    if (is_rule(e)) ++tally_.unspecified;
    node().unspecified.push_back(entry);
    read_block(unspecified->suggestion, premises);
  }

  void read_block(const std::vector<EntryId>& entries, const std::vector<Premise>& premises) {
    for (const auto entry : entries) {
      if (std::holds_alternative<ast::Base>(c_.module.entries[entry].node)) {
        once(node().base, entry);  // of a method
      } else if (check_place(c_, entry, Where::Block)) {
        read_scoring(entry, premises, false);
      }
    }
  }

  // A branch may well be 0 there.
  void read_pick(const ast::Pick& pick, const std::vector<Premise>& premises) {
    const bool outer = std::exchange(in_pick_, true);
    read_block(pick.branches, premises);
    in_pick_ = outer;
  }

  // Only one branch of a `when` applies, so both may judge.
  void read_when(const ast::When& when, std::vector<Premise> premises) {
    const int before = tally_.judged;
    if (when.otherwise.empty()) {
      for (const auto inner : when.then) note_gain(inner, when.condition);
    }
    premises.push_back({when.condition, false});
    read_block(when.then, premises);
    const int then = tally_.judged;
    tally_.judged = before;
    premises.back().negated = true;
    read_block(when.otherwise, premises);
    tally_.judged = std::max(then, tally_.judged);
  }

  // `award 0 when C`, to be looked at when all the awards are known.
  void note_gain(EntryId entry, ExprId condition) {
    const auto* clause = std::get_if<ast::Clause>(&c_.module.entries[entry].node);
    const auto* amount = clause != nullptr ? std::get_if<ast::Amount>(&clause->scale) : nullptr;
    const bool awards = amount != nullptr && clause->sign == ast::Sign::Award && !in_pick_;
    if (!awards || !amount->value.valid()) return;
    const auto* number = std::get_if<ast::NumberLit>(&c_.node(amount->value));
    if (number != nullptr && number->value.is_zero()) nothing_.push_back({entry, condition});
  }

  // It looks like `zero when C` and changes nothing, unless all else is given on the opposite or
  // on another value of the same measure.
  bool adds_nothing() {
    bool found = false;
    for (const auto& zero : nothing_) {
      const bool lists = tally_.deductions == 0 && std::ranges::all_of(awarded_, [&](ExprId when) {
        return when == zero.condition || (when.valid() && are_alternatives(when, zero.condition));
      });
      if (!lists) c_.report<kinds::GainOfNothing>(c_.entry_span(zero.entry));
      found = found || !lists;
    }
    return found;
  }
  bool are_alternatives(ExprId a, ExprId b) {
    const auto* one = std::get_if<ast::Binary>(&c_.node(a));
    const auto* other = std::get_if<ast::Binary>(&c_.node(b));
    const bool same = one != nullptr && other != nullptr && same_text(one->left, other->left);
    return same || are_opposite(a, b);
  }

  NodeId reached_by(const ast::Guard& guard, EntryId entry) {
    if (guard.kind != ast::GuardKind::Veto || !guard.scope || *guard.scope == ast::Scope::Item) {
      return id_;
    }
    const auto wanted =
        *guard.scope == ast::Scope::Rubric ? ast::NodeKind::Rubric : ast::NodeKind::Section;
    for (NodeId at = id_; at.valid(); at = c_.model.nodes[at].parent) {
      if (c_.model.nodes[at].kind == wanted) return at;
    }
    c_.report<kinds::NoSuchAncestor>(c_.entry_span(entry), node_word(wanted), node().name);
    return id_;
  }

  void add_guard(EntryId entry, const ast::Guard& guard, const std::vector<Premise>& premises) {
    const bool scoring = guard.kind == ast::GuardKind::Zero || guard.kind == ast::GuardKind::Full ||
                         guard.kind == ast::GuardKind::Give;
    if (scoring) ++tally_.scoring_guards;
    if (scoring && node().role == Role::Penalty) {
      c_.report<kinds::GuardInPenalty>(c_.entry_span(entry));
    }
    GuardInfo info;
    info.entry = entry;
    info.kind = guard.kind;
    info.amount = guard.amount;
    info.when = guard.when;
    info.premises = premises;
    info.reaches = reached_by(guard, entry);
    c_.model.nodes[info.reaches].guards.push_back(std::move(info));
  }

  static bool is_full_guard(const ast::Clause& clause) {
    const auto* amount = std::get_if<ast::Amount>(&clause.scale);
    return amount != nullptr && amount->full && clause.sign == ast::Sign::Deduct &&
           clause.when.valid() && !clause.per;
  }

  void read_clause(EntryId entry, const ast::Clause& clause, const std::vector<Premise>& premises,
                   bool direct) {
    auto& info = c_.model.clauses[entry];
    info.item = id_;
    if (node().role == Role::Penalty && is_full_guard(clause)) {
      info.is_guard = true;
      GuardInfo guard;
      guard.entry = entry;
      guard.kind = ast::GuardKind::Full;
      guard.when = clause.when;
      guard.premises = premises;
      guard.reaches = id_;
      node().guards.push_back(std::move(guard));
      return;
    }
    if (direct) node().clauses.push_back(entry);
    if (clause.when.valid()) note_gain(entry, clause.when);
    const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale);
    const bool deducts =
        clause.sign == ast::Sign::Deduct || (judge != nullptr && judge->as_deduction);
    ++(deducts ? tally_.deductions : tally_.awards);
    if (!deducts) awarded_.push_back(clause.when);
    if (!deducts && node().role == Role::Penalty) {
      auto draft = c_.report<kinds::AddsInPenalty>(c_.entry_span(entry));
      if (!clause.sign_written) {
        const Span at{c_.entry_span(entry).begin, c_.entry_span(entry).begin};
        draft.fix(at, c_.chinese() ? "扣 " : "deduct ");
      }
    }
    if (judge != nullptr && !judge->from.valid()) add_mark(entry, *judge);
  }

  // The one column of a judged item.
  void add_mark(EntryId entry, const ast::JudgeScale& judge) {
    if (++tally_.judged > 1) {
      c_.report<kinds::JudgedTwice>(c_.entry_span(entry), node().name);
      return;
    }
    if (!node().mark.valid()) {
      Column column;
      column.name = node().name;
      column.qualified = node().name;
      column.table = kUnitTable;
      column.origin = ColumnOrigin::Mark;
      column.item = id_;
      column.kind = ast::TypeKind::Points;
      column.type = number(kPoints);
      column.judge = entry;
      column.description = node().title;
      column.span = c_.entry<ast::Node>(node().entry).name.span;
      node().mark = c_.model.columns.add(std::move(column));
      c_.computed_progress.push_back(Progress::Done);
      c_.model.tables[kUnitTable].columns.push_back(node().mark);
    }
    auto& column = c_.model.columns[node().mark];
    for (const auto& level : judge.levels) {
      const auto kind = level.result.kind;
      if (kind == ast::RowResultKind::Range || kind == ast::RowResultKind::JudgedDeduction)
        continue;
      column.levels.push_back({level.name.text, kind, level.result.amount});
    }
    c_.model.clauses[entry].mark = node().mark;
  }

  // Where an item starts must be said when it cannot be told.
  void check_start(const ast::Node& syntax) {
    auto& n = node();
    if (n.role != Role::Ordinary) return;
    n.starts_full = !n.base.valid() && tally_.deductions > 0 && tally_.awards == 0;
    if (n.base.valid()) return;
    const Span at = syntax.name.present() ? syntax.name.span : syntax.head;
    if (tally_.awards > 0 && tally_.deductions > 0) {
      c_.report<kinds::BaseMissing>(at, n.name);
    } else if (tally_.awards == 0 && tally_.deductions == 0 && tally_.scoring_guards > 0 &&
               tally_.unspecified == 0 && !leaves_nothing() && !is_spoiled(syntax)) {
      report_guards_alone(at);
    }
  }

  // What could not be read may be what is missing.
  bool is_spoiled(const ast::Node& syntax) {
    return std::ranges::any_of(syntax.entries, [&](EntryId entry) {
      return std::holds_alternative<ast::InvalidEntry>(c_.module.entries[entry].node);
    });
  }

  // Only losses are meant to start full, only gains at 0.
  void report_guards_alone(Span at) {
    auto draft = c_.report<kinds::GuardsAlone>(at, node().name);
    bool lose = true, gain = true;
    for (const auto& guard : node().guards) {
      const bool gives = guard.kind == ast::GuardKind::Full || guard.kind == ast::GuardKind::Give;
      (gives ? lose : gain) = false;
      if (!guard.premises.empty()) return;
    }
    if (!lose && !gain) return;
    const auto begin = c_.entry_span(node().guards.front().entry).begin;
    const bool zh = c_.chinese();
    draft.fix({begin, begin}, lose ? (zh ? "扣分制；" : "base full; ")
                                   : (zh ? "基础分 0 分；" : "base 0; "));
  }

  // Two of the guards are one condition and its opposite, so that some guard always decides.
  bool leaves_nothing() {
    const auto& guards = node().guards;
    for (std::size_t i = 0; i < guards.size(); ++i) {
      for (std::size_t k = i + 1; k < guards.size(); ++k) {
        const bool bare = guards[i].premises.empty() && guards[k].premises.empty();
        if (bare && are_opposite(guards[i].when, guards[k].when)) return true;
      }
    }
    return false;
  }

  bool are_opposite(ExprId a, ExprId b) {
    return is_negated(a, b) || is_negated(b, a) || are_opposite_limits(a, b);
  }
  // C and `not C`.
  bool is_negated(ExprId condition, ExprId negated) {
    const auto* no = std::get_if<ast::Unary>(&c_.node(negated));
    return no != nullptr && no->op == ast::UnaryOp::Not && same_text(condition, no->operand);
  }
  // `X >= T` and `X < T`.
  bool are_opposite_limits(ExprId a, ExprId b) {
    const auto* one = std::get_if<ast::Binary>(&c_.node(a));
    const auto* other = std::get_if<ast::Binary>(&c_.node(b));
    if (one == nullptr || other == nullptr || !same_text(one->left, other->left)) return false;
    using Op = ast::BinaryOp;
    const auto pair = std::minmax({one->op, other->op});
    const bool opposite = pair == std::minmax({Op::Lt, Op::Ge}) ||
                          pair == std::minmax({Op::Gt, Op::Le}) ||
                          pair == std::minmax({Op::Eq, Op::Ne});
    return opposite && same_text(one->right, other->right);
  }
  bool same_text(ExprId a, ExprId b) {
    if (a == b) return true;
    const auto* file = c_.sink.file();
    return file != nullptr && file->slice(c_.span(a)) == file->slice(c_.span(b));
  }

  Checker& c_;
  NodeId id_;
  Tally tally_;
  // An award of 0, and the condition it stands under.
  struct Nothing {
    EntryId entry;
    ExprId condition;
  };
  std::vector<Nothing> nothing_;
  std::vector<ExprId> awarded_;  // the conditions of all awards
  bool in_pick_ = false;  // among the branches of 就高 or 就低
};

// The end of a node's path that no other node shares: `即办程度`, or `甲表.即办程度`.
void name_columns(Checker& c) {
  std::unordered_map<std::string, int> uses;
  std::vector<std::string> paths(c.model.nodes.size());
  for (const auto& [name, nodes] : c.nodes_named) {
    for (const auto id : nodes) paths[id.index] = c.model.nodes[id].name;
    if (nodes.size() == 1) continue;
    std::vector<NodeId> above = nodes;
    for (std::vector<NodeId> open = nodes; !open.empty();) {
      uses.clear();
      for (const auto id : nodes) ++uses[paths[id.index]];
      std::vector<NodeId> next;
      for (std::size_t i = 0; i < open.size(); ++i) {
        const auto id = open[i];
        const auto parent = c.model.nodes[above[i]].parent;
        if (uses[paths[id.index]] < 2 || !parent.valid()) continue;
        paths[id.index] = c.model.nodes[parent].name + "." + paths[id.index];
        next.push_back(id);
        above[next.size() - 1] = parent;
      }
      open = std::move(next);
    }
  }
  for (auto& column : c.model.columns) {
    if (!column.item.valid()) continue;
    const auto& path = paths[column.item.index];
    column.qualified = column.origin == ColumnOrigin::Mark ? path : path + "." + column.name;
  }
  for (auto& define : c.model.defines) {
    if (define.item.valid()) define.qualified = paths[define.item.index] + "." + define.name;
  }
}

// A mark's column is named after its item; no other column may have that name.
void check_marks(Checker& c) {
  const auto& values = c.scopes[c.global].values;
  for (const auto& column : c.model.columns) {
    if (column.origin != ColumnOrigin::Mark) continue;
    const auto it = values.find(column.qualified);
    if (it == values.end() || !std::holds_alternative<ColumnId>(it->second.target)) continue;
    c.report<kinds::DuplicateName>(it->second.span, column.qualified)
        .note<kinds::FirstDeclaredHere>(column.span, column.qualified);
  }
}

}  // namespace

void assemble_nodes(Checker& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) Assembler(c, NodeId(i)).run();
  name_columns(c);
  check_marks(c);
}

}  // namespace xize::sema

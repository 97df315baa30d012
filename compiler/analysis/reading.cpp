#include "compiler/analysis/reading.h"

#include <unordered_set>

#include "compiler/ast/visit.h"

namespace xize::analysis {

namespace {

using ast::BinaryOp;

// Walks the rules of one node after the other.
class Walk {
 public:
  Walk(const sema::Model& model, bool follow, const OnReading& on_reading)
      : model_(model), follow_(follow), on_reading_(on_reading) {}

  void everything() {
    for (std::size_t i = 0; i < model_.nodes.size(); ++i) node(NodeId(i));
    node_ = NodeId();
    for (std::size_t i = 0; i < model_.defines.size(); ++i) {
      const auto& define = model_.defines[sema::DefineId(i)];
      if (!define.item.valid()) expr(define.body);
    }
    for (std::size_t i = 0; i < model_.reports.size(); ++i) {
      const auto& report = model_.reports[sema::ReportId(i)];
      if (!report.node.valid()) expr(report.value);
    }
    for (std::size_t i = 0; i < model_.selects.size(); ++i) {
      entry(model_.selects[sema::SelectId(i)].entry);
    }
    data();
  }

  void node(NodeId id) {
    node_ = id;
    const auto& n = model_.nodes[id];
    if (follow_) above(n.parent);
    for (const auto& guard : n.guards) {
      for (const auto& premise : guard.premises) expr(premise.condition);
      expr(guard.when);
      expr(guard.amount);
      path_.push_back({.guard = &guard});
    }
    if (n.base.valid()) entry(n.base);
    for (const auto clause : n.clauses) entry(clause);
    if (!follow_) {
      for (const auto define : n.defines) expr(model_.defines[define].body);
      for (const auto report : n.reports) expr(model_.reports[report].value);
      for (const auto value : {n.points, n.max, n.weight}) expr(value);
      for (const auto rule : {n.redistribute, n.round, n.floor, n.ceiling, n.combine_periods,
                              n.grade, n.convert}) {
        if (rule.valid()) entry(rule);
      }
      for (const auto rule : n.grade_rules) entry(rule);
    }
    path_.clear();
  }

 private:
  // Computed columns, filters and checks.
  void data() {
    for (std::size_t i = 0; i < model_.columns.size(); ++i) {
      const auto& column = model_.columns[sema::ColumnId(i)];
      expr(column.computed);
      for (const auto& check : column.checks) expr(check.value);
    }
    for (std::size_t i = 0; i < model_.sources.size(); ++i) {
      expr(model_.sources[sema::SourceId(i)].where);
    }
    for (const auto& check : model_.row_checks) entry(check.entry);
  }

  // What does not apply above is not scored below.
  void above(NodeId id) {
    for (; id.valid(); id = model_.nodes[id].parent) {
      for (const auto& guard : model_.nodes[id].guards) {
        if (guard.kind == ast::GuardKind::NotApplicable) path_.push_back({.guard = &guard});
      }
    }
  }

  void entry(EntryId id) {
    if (const auto it = model_.uses.find(id); it != model_.uses.end()) {
      for (const auto inner : it->second) entry(inner);
      return;
    }
    const auto& node = model_.entry(id).node;
    if (const auto* when = std::get_if<ast::When>(&node)) return block(*when);
    const auto* clause = std::get_if<ast::Clause>(&node);
    if (clause != nullptr) {
      on_reading_({node_, clause, {}, model_.entry(id).span, path_});
      if (clause->when.valid()) {
        expr(clause->when);
        path_.push_back({.condition = clause->when});
      }
    }
    children(node);
    if (clause != nullptr && clause->when.valid()) path_.pop_back();
  }

  void block(const ast::When& when) {
    expr(when.condition);
    path_.push_back({.condition = when.condition});
    for (const auto inner : when.then) entry(inner);
    path_.back().negated = true;
    for (const auto inner : when.otherwise) entry(inner);
    path_.pop_back();
  }

  template <class Node>
  void children(const Node& node) {
    ast::for_each_child(node, [&](auto child) {
      if constexpr (std::is_same_v<decltype(child), ExprId>) {
        expr(child);
      } else {
        entry(child);
      }
    });
  }

  void expr(ExprId id) {
    if (!id.valid() || !seen_.insert({node_.index, id.index}).second) return;
    on_reading_({node_, nullptr, id, model_.expr(id).span, path_});
    const auto& node = model_.expr(id).node;
    if (const auto* branch = std::get_if<ast::If>(&node)) {
      expr(branch->condition);
      under({.condition = branch->condition}, branch->then);
      under({.condition = branch->condition, .negated = true}, branch->otherwise);
    } else if (const auto* binary = std::get_if<ast::Binary>(&node)) {
      expr(binary->left);
      const bool lazy = binary->op == BinaryOp::And || binary->op == BinaryOp::Or;
      if (!lazy) return expr(binary->right);
      under({.condition = binary->left, .negated = binary->op == BinaryOp::Or}, binary->right);
    } else if (const auto* tier = std::get_if<ast::TierValue>(&node)) {
      rows(tier->scrutinee, tier->rows);
    } else if (const auto* table = std::get_if<ast::Case>(&node)) {
      rows(table->scrutinee, table->rows);
    } else {
      children(node);
      bound(model_.fact(id).binding);
    }
  }

  void rows(ExprId value, const std::vector<ast::Row>& table) {
    expr(value);
    path_.push_back({.about = value});
    for (const auto& row : table) children(row);
    path_.pop_back();
  }

  void under(const Step& step, ExprId id) {
    path_.push_back(step);
    expr(id);
    path_.pop_back();
  }

  void bound(const sema::Binding& binding) {
    if (const auto* expansion = std::get_if<sema::Expansion>(&binding)) expr(expansion->body);
    if (!follow_) return;
    if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) {
      expr(model_.defines[ref->define].body);
    }
  }

  struct Place {
    std::uint32_t node, expr;
    friend bool operator==(const Place&, const Place&) = default;
  };
  struct PlaceHash {
    std::size_t operator()(const Place& p) const {
      return std::hash<std::uint64_t>()((std::uint64_t{p.node} << 32) | p.expr);
    }
  };

  const sema::Model& model_;
  const bool follow_;
  const OnReading& on_reading_;
  NodeId node_;
  std::vector<Step> path_;
  std::unordered_set<Place, PlaceHash> seen_;
};

}  // namespace

void for_each_reading(const sema::Model& model, const OnReading& on_reading) {
  Walk(model, false, on_reading).everything();
}

void follow_readings(const sema::Model& model, NodeId node, const OnReading& on_reading) {
  Walk(model, true, on_reading).node(node);
}

}  // namespace xize::analysis

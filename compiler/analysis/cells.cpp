#include "compiler/analysis/cells.h"

#include <algorithm>
#include <map>

#include "compiler/ast/visit.h"

namespace xize::analysis {

namespace {

// What an item does with one measure.
struct Uses {
  ExprId first;
  int count = 0;
  bool whole = false;
  std::vector<Rational> cuts;
};

// Finds the measures of an item, in the order in which they are first named.
class Finder {
 public:
  Finder(const sema::Model& model, Evaluator& evaluator) : model_(model), evaluator_(evaluator) {}

  void find(sema::NodeId item) {
    const auto& node = model_.nodes[item];
    for (const auto entry : node.clauses) read(entry);
    for (const auto& guard : node.guards) {
      read(guard.when);
      read(guard.amount);
      for (const auto& premise : guard.premises) read(premise.condition);
    }
  }

  std::vector<Key> order;
  std::map<Key, Uses> uses;
  std::size_t size = 0;

 private:
  void read(sema::EntryId id) {
    const auto& entry = model_.entry(id).node;
    if (const auto it = model_.uses.find(id); it != model_.uses.end()) {
      for (const auto inner : it->second) read(inner);
      return;
    }
    if (const auto* clause = std::get_if<ast::Clause>(&entry)) {
      if (const auto* tier = std::get_if<ast::TierScale>(&clause->scale)) {
        cut_by_rows(tier->x, tier->rows);
      }
    }
    read_children(entry);
  }

  template <class Node>
  void read_children(const Node& node) {
    ast::for_each_child(node, [&](auto child) { read(child); });
  }

  void read(ExprId id) {
    if (!id.valid()) return;
    ++size;
    const auto& node = model_.expr(id).node;
    if (const auto* binary = std::get_if<ast::Binary>(&node)) {
      if (binary->op >= ast::BinaryOp::Eq) {
        cut(binary->left, binary->right);
        cut(binary->right, binary->left);
      }
    } else if (const auto* in = std::get_if<ast::InInterval>(&node)) {
      cut(in->operand, in->interval.low);
      cut(in->operand, in->interval.high);
    } else if (const auto* set = std::get_if<ast::InSet>(&node)) {
      for (const ExprId member : set->members) cut(set->operand, member);
    } else if (const auto* table = std::get_if<ast::Case>(&node)) {
      cut_by_rows(table->scrutinee, table->rows);
    } else if (const auto* tier = std::get_if<ast::TierValue>(&node)) {
      cut_by_rows(tier->scrutinee, tier->rows);
    }
    note(id);
    read_children(node);
  }

  void cut_by_rows(ExprId x, const std::vector<ast::Row>& rows) {
    for (const auto& row : rows) {
      cut(x, row.test.bound);
      cut(x, row.test.interval.low);
      cut(x, row.test.interval.high);
      for (const ExprId value : row.test.values) cut(x, value);
    }
  }

  Uses* uses_of(ExprId id) {
    const auto key = evaluator_.key_of(id);
    if (!key) return nullptr;
    const auto& type = model_.type(id);
    const bool counted = type.is(sema::Base::Bool) || type.is(sema::Base::Choice);
    if (!counted && !type.is(sema::Base::Number)) return nullptr;
    const auto [it, added] = uses.emplace(*key, Uses{});
    if (added) {
      order.push_back(*key);
      it->second.first = id;
      it->second.whole = counted || type.whole;
      if (type.is(sema::Base::Bool)) it->second.cuts = {0, 1};
    }
    return &it->second;
  }

  void note(ExprId id) {
    if (Uses* use = uses_of(id)) ++use->count;
  }

  void cut(ExprId x, ExprId at) {
    if (!x.valid() || !at.valid()) return;
    Uses* use = uses_of(x);
    if (use == nullptr) return;
    const Estimate value = evaluator_.number(at);
    if (value.is_constant()) use->cuts.push_back(value.bounds.low.value);
  }

  const sema::Model& model_;
  Evaluator& evaluator_;
};

// The range between and at the cuts.
std::vector<Interval> pieces_of(Uses& uses, const Interval& range) {
  std::ranges::sort(uses.cuts);
  const auto repeated = std::ranges::unique(uses.cuts);
  uses.cuts.erase(repeated.begin(), repeated.end());
  std::vector<Interval> pieces;
  for (const Interval& each : pieces_between(uses.cuts)) {
    const Interval within = intersection(each, range);
    const Interval piece = uses.whole ? integers(within) : within;
    if (!piece.empty()) pieces.push_back(piece);
  }
  return pieces;
}

void combine(std::vector<Cell>& cells, const Key& key, const std::vector<Interval>& pieces) {
  std::vector<Cell> result;
  for (const Cell& cell : cells) {
    for (const Interval& piece : pieces) {
      result.push_back(cell);
      result.back().emplace_back(key, piece);
    }
  }
  cells = std::move(result);
}

}  // namespace

Cells cells_of(const sema::Model& model, Evaluator& evaluator, sema::NodeId item) {
  Finder finder(model, evaluator);
  finder.find(item);
  Cells result;
  result.size = finder.size;
  result.cells.emplace_back();
  Reads seen;
  for (const Key& key : finder.order) {
    Uses& uses = finder.uses.at(key);
    if (uses.count < 2 || uses.cuts.empty() || uses.cuts.size() > kCellsMax) continue;
    const Estimate range = evaluator.number(uses.first);
    const auto pieces = pieces_of(uses, range.bounds);
    if (pieces.empty() || result.cells.size() * pieces.size() > kCellsMax) continue;
    combine(result.cells, key, pieces);
    result.apart = result.apart && range.reads.apart(seen);
    seen.add(range.reads);
  }
  if (result.cells.size() < 2) result.cells.clear();
  return result;
}

}  // namespace xize::analysis

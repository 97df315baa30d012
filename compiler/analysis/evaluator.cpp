// Names and conditions; arithmetic stands in arithmetic.cpp, aggregates in aggregates.cpp.
#include "compiler/analysis/evaluator.h"

namespace xize::analysis {

namespace {

constexpr int kDepthMax = 200;

// A bool seen as a number, and back.
Estimate as_number(const Condition& c) {
  const Verdict& v = c.verdict;
  if (v.certain()) return Estimate::constant(v.may_hold ? 1 : 0);
  return Estimate::free(Interval::between(0, 1), c.reads);
}

}  // namespace

void Evaluator::enter(const Cell& cell) {
  if (cell_.empty()) {
    numbers_uncut_ = std::move(numbers_);
    conditions_uncut_ = std::move(conditions_);
  }
  numbers_.clear();
  conditions_.clear();
  cell_ = cell;
  if (!cell_.empty()) return;
  numbers_ = std::move(numbers_uncut_);
  conditions_ = std::move(conditions_uncut_);
}

const Interval* Evaluator::cut(const Key& key) const {
  for (const auto& [cut_key, piece] : cell_) {
    if (cut_key == key) return &piece;
  }
  return nullptr;
}

std::optional<Key> Evaluator::key_of(ExprId id) const {
  if (!id.valid()) return std::nullopt;
  const auto& binding = model_.fact(id).binding;
  if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) {
    const ExprId body = model_.defines[ref->define].body;
    if (const auto inner = column_of(body)) return Key{false, inner->index};
    return Key{true, ref->define.index};
  }
  const auto* ref = std::get_if<sema::ColumnRef>(&binding);
  if (ref == nullptr || model_.columns[ref->column].table != sema::kUnitTable) return std::nullopt;
  return Key{false, ref->column.index};
}

// The column that an expression names, through defines that only give it another name.
std::optional<ColumnId> Evaluator::column_of(ExprId id) const {
  for (int i = 0; i < 16 && id.valid(); ++i) {
    const auto& binding = model_.fact(id).binding;
    if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) {
      const auto& column = model_.columns[ref->column];
      if (column.table != sema::kUnitTable || column.computed.valid()) return std::nullopt;
      return ref->column;
    }
    const auto* define = std::get_if<sema::DefineRef>(&binding);
    if (define == nullptr) return std::nullopt;
    id = model_.defines[define->define].body;
  }
  return std::nullopt;
}

Estimate Evaluator::number(ExprId id) {
  if (!id.valid() || model_.type(id).invalid() || depth_ >= kDepthMax) return Estimate::unknown();
  ++steps_;
  ++depth_;
  Estimate result = model_.type(id).is(sema::Base::Bool) ? as_number(node_condition(id))
                                                         : node_number(id);
  --depth_;
  return result;
}

Condition Evaluator::condition(ExprId id) {
  if (!id.valid()) return Condition::certain(true);
  if (model_.type(id).invalid() || depth_ >= kDepthMax) {
    return Condition::open(Reads::everything());
  }
  ++steps_;
  ++depth_;
  Condition result = node_condition(id);
  --depth_;
  return result;
}

// A number is taken as "some": a count that is not 0.
Condition Evaluator::as_condition(ExprId id) {
  if (!id.valid() || !model_.type(id).is(sema::Base::Number)) return condition(id);
  return compare(ast::BinaryOp::Gt, number(id), Estimate::constant(0));
}

Condition Evaluator::node_condition(ExprId id) {
  const auto& node = model_.expr(id).node;
  if (const auto* literal = std::get_if<ast::BoolLit>(&node)) {
    return Condition::certain(literal->value);
  }
  if (const auto* unary = std::get_if<ast::Unary>(&node)) {
    return negated(condition(unary->operand));
  }
  if (const auto* binary = std::get_if<ast::Binary>(&node)) {
    using ast::BinaryOp;
    if (binary->op == BinaryOp::And) return both(condition(binary->left), condition(binary->right));
    if (binary->op == BinaryOp::Or) return any(condition(binary->left), condition(binary->right));
    return compare(binary->op, number(binary->left), number(binary->right));
  }
  if (const auto* in = std::get_if<ast::InInterval>(&node)) {
    ast::RowTest test;
    test.kind = ast::RowTestKind::Interval;
    test.interval = in->interval;
    return fits(number(in->operand), test);
  }
  if (const auto* set = std::get_if<ast::InSet>(&node)) {
    ast::RowTest test;
    test.kind = ast::RowTestKind::Equals;
    test.values = set->members;
    return fits(number(set->operand), test);
  }
  if (const auto* is = std::get_if<ast::IsState>(&node)) {
    return Condition::open(number(is->operand).reads);
  }
  if (const auto* branch = std::get_if<ast::If>(&node)) {
    const Condition c = condition(branch->condition);
    return any(both(c, condition(branch->then)), both(negated(c), condition(branch->otherwise)));
  }
  if (const auto* a = std::get_if<ast::Aggregate>(&node)) return aggregate_condition(id, *a);
  return bound_condition(model_.fact(id).binding, id);
}

Condition Evaluator::bound_condition(const sema::Binding& binding, ExprId id) {
  if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) {
    return define_condition(ref->define);
  }
  if (const auto* expansion = std::get_if<sema::Expansion>(&binding)) {
    return condition(expansion->body);
  }
  if (const auto* ref = std::get_if<sema::SourceRef>(&binding)) {
    return Condition::open(variables_.table(model_.sources[ref->source].table));
  }
  if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) {
    if (model_.type(id).is(sema::Base::Bool)) {
      return compare(ast::BinaryOp::Eq, column_number(ref->column), Estimate::constant(1));
    }
  }
  return Condition::open(Reads::everything());
}

Estimate Evaluator::bound_number(const sema::Binding& binding) {
  if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) return column_number(ref->column);
  if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) return define_number(ref->define);
  if (const auto* ref = std::get_if<sema::Expansion>(&binding)) return number(ref->body);
  if (const auto* ref = std::get_if<sema::LookupCall>(&binding)) return lookup_number(ref->lookup);
  if (const auto* ref = std::get_if<sema::NodeResult>(&binding)) return result_number(*ref);
  if (const auto* ref = std::get_if<sema::ChoiceLabel>(&binding)) {
    return Estimate::constant(static_cast<std::int64_t>(ref->index));
  }
  if (const auto* ref = std::get_if<sema::ParameterRef>(&binding)) {
    const auto& column = model_.parameters[ref->parameter].column;
    return Estimate::free(variables_.range(column), variables_.parameter(ref->parameter));
  }
  if (std::holds_alternative<sema::GroupRef>(binding) ||
      std::holds_alternative<sema::UnitRef>(binding)) {
    return Estimate::within(Interval::all(), variables_.unit());
  }
  return Estimate::unknown();
}

Estimate Evaluator::column_number(ColumnId id) {
  const auto& column = model_.columns[id];
  if (column.computed.valid()) {
    Estimate result = number(column.computed);
    result.reads.add(variables_.column(id));
    return result;
  }
  if (const Interval* piece = cut({false, id.index})) {
    return Estimate::free(*piece, piece->is_point() ? Reads{} : variables_.column(id));
  }
  if (!column.type.is(sema::Base::Number) && !column.type.is(sema::Base::Choice) &&
      !column.type.is(sema::Base::Bool)) {
    return Estimate::within(Interval::all(), variables_.column(id));
  }
  return Estimate::free(variables_.range(column), variables_.column(id));
}

Estimate Evaluator::define_number(sema::DefineId id) {
  const auto it = numbers_.find(id);
  if (it != numbers_.end()) return it->second;
  numbers_.emplace(id, Estimate::unknown());  // a circle is an error of its own
  Estimate result = number(model_.defines[id].body);
  if (const Interval* piece = cut({true, id.index})) {
    const Interval bounds = intersection(result.bounds, *piece);
    Reads reads = bounds.is_point() ? Reads{} : result.reads;
    result = bounds.empty() ? Estimate::within(*piece, {}) : Estimate::free(bounds, reads);
  }
  numbers_[id] = result;
  return result;
}

Condition Evaluator::define_condition(sema::DefineId id) {
  const auto it = conditions_.find(id);
  if (it != conditions_.end()) return it->second;
  conditions_.emplace(id, Condition::open(Reads::everything()));
  Condition result = condition(model_.defines[id].body);
  if (const Interval* piece = cut({true, id.index})) {
    if (piece->is_point()) result = Condition::certain(piece->low.sign() != 0);
  }
  conditions_[id] = result;
  return result;
}

// Another result of the policy: of an item at least 0, and its points where they are constant.
Estimate Evaluator::result_number(sema::NodeResult result) const {
  const auto& node = model_.nodes[result.node];
  if (result.aspect == sema::Aspect::Points && node.points_value) {
    return Estimate::constant(*node.points_value);
  }
  if (node.kind != ast::NodeKind::Item) return Estimate::unknown();
  const bool share = result.aspect == sema::Aspect::Rate && !node.uncapped;
  return Estimate::within(share ? Interval::between(0, 1) : Interval::at_least(0),
                          Reads::everything());
}

}  // namespace xize::analysis

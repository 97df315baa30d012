#include "compiler/analysis/variables.h"

#include <algorithm>

#include "compiler/ast/visit.h"

namespace xize::analysis {

namespace {

constexpr std::uint32_t kNoVariable = ~std::uint32_t{0};

// What the kind of a column says of its numbers.
Interval kind_range(ast::TypeKind kind) {
  switch (kind) {
    case ast::TypeKind::Count: return Interval::at_least(0);
    case ast::TypeKind::Bool: return Interval::between(0, 1);
    default: return Interval::all();
  }
}

Interval declared_range(const sema::Range& range) {
  Interval result;
  if (range.low) {
    result.low = range.low->number;
    result.low_closed = range.low->closed;
  }
  if (range.high) {
    result.high = range.high->number;
    result.high_closed = range.high->closed;
  }
  return result;
}

}  // namespace

Variables::Variables(const sema::Model& model) : model_(model) {
  const auto count = model.columns.size() + model.tables.size() + model.parameters.size() +
                     model.defines.size() + 1;
  above_.resize(count);
  for (std::size_t i = 0; i < count; ++i) above_[i] = static_cast<std::uint32_t>(i);
  read_checks();
}

Interval Variables::range(const sema::Column& column) const {
  if (column.type.is(sema::Base::Choice)) {
    const auto labels = model_.choices[column.type.choice].labels.size();
    return Interval::between(0, static_cast<std::int64_t>(std::max<std::size_t>(labels, 1)) - 1);
  }
  if (column.type.is(sema::Base::Bool)) return Interval::between(0, 1);
  if (!column.type.is(sema::Base::Number)) return Interval::all();
  Interval result = intersection(kind_range(column.kind), declared_range(column.range));
  if (!column.default_value.valid()) return result;
  const auto value = sema::constant_value(model_, column.default_value);
  return value ? hull(result, Interval::at(*value)) : Interval::all();
}

Reads Variables::column(ColumnId id) const {
  const auto& column = model_.columns[id];
  if (column.table != sema::kUnitTable) return table(column.table);
  if (column.type.is(sema::Base::Unit)) return unit();
  return Reads::of(root(id.index));
}

Reads Variables::table(sema::TableId id) const { return Reads::of(root(table_variable(id))); }

Reads Variables::parameter(sema::ParameterId id) const {
  return Reads::of(root(parameter_variable(id)));
}

Reads Variables::unit() const {
  return Reads::of(root(static_cast<std::uint32_t>(above_.size()) - 1));
}

bool Variables::at_most(ColumnId less, ColumnId more) const {
  const auto it = at_most_.find(less);
  return it != at_most_.end() && std::ranges::find(it->second, more) != it->second.end();
}

std::uint32_t Variables::table_variable(sema::TableId id) const {
  return static_cast<std::uint32_t>(model_.columns.size()) + id.index;
}

std::uint32_t Variables::parameter_variable(sema::ParameterId id) const {
  return static_cast<std::uint32_t>(model_.columns.size() + model_.tables.size()) + id.index;
}

std::uint32_t Variables::root(std::uint32_t variable) const {
  while (above_[variable] != variable) {
    above_[variable] = above_[above_[variable]];
    variable = above_[variable];
  }
  return variable;
}

void Variables::tie(std::uint32_t a, std::uint32_t b) {
  if (a == kNoVariable || b == kNoVariable) return;
  above_[root(a)] = root(b);
}

std::uint32_t Variables::variable_of(const sema::Binding& binding) const {
  if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) {
    const auto& column = model_.columns[ref->column];
    return column.table == sema::kUnitTable ? ref->column.index : table_variable(column.table);
  }
  if (const auto* ref = std::get_if<sema::SourceRef>(&binding)) {
    return table_variable(model_.sources[ref->source].table);
  }
  if (const auto* ref = std::get_if<sema::ParameterRef>(&binding)) {
    return parameter_variable(ref->parameter);
  }
  if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) {
    return parameter_variable(sema::ParameterId(model_.parameters.size())) + ref->define.index;
  }
  return kNoVariable;
}

// Everything that the expressions read hangs together with `first`.
void Variables::tie_all(std::uint32_t first, const std::vector<ExprId>& exprs) {
  std::vector<ExprId> open = exprs;
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const auto variable = variable_of(model_.fact(id).binding);
    if (first == kNoVariable) first = variable;
    tie(first, variable);
    if (const auto* ref = std::get_if<sema::DefineRef>(&model_.fact(id).binding)) {
      if (walked_.insert(ref->define).second) open.push_back(model_.defines[ref->define].body);
    }
    ast::for_each_child(model_.expr(id).node, [&](auto child) {
      if constexpr (std::is_same_v<decltype(child), ExprId>) open.push_back(child);
    });
  }
}

void Variables::read_checks() {
  for (std::size_t i = 0; i < model_.columns.size(); ++i) {
    const ColumnId id(i);
    const auto& column = model_.columns[id];
    const auto own = column.table == sema::kUnitTable ? id.index : table_variable(column.table);
    for (const auto& check : column.checks) {
      tie_all(own, {check.value});
      const auto* other = std::get_if<sema::ColumnRef>(&model_.fact(check.value).binding);
      if (other == nullptr) continue;
      const bool less = check.op == ast::BinaryOp::Le || check.op == ast::BinaryOp::Lt;
      const bool more = check.op == ast::BinaryOp::Ge || check.op == ast::BinaryOp::Gt;
      if (less) at_most_[id].push_back(other->column);
      if (more) at_most_[other->column].push_back(id);
    }
  }
  for (const auto& check : model_.row_checks) {
    if (check.table != sema::kUnitTable) continue;
    std::vector<ExprId> exprs = {check.condition};
    if (check.partition != nullptr) {
      exprs = check.partition->terms;
      exprs.push_back(check.partition->whole);
    }
    tie_all(kNoVariable, exprs);
  }
}

}  // namespace xize::analysis

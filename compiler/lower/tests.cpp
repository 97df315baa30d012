// What the policy's tests expect and its properties say, as ops whose values are compared.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

OpId watched(Lowering& l, ExprId expr, const Context& context) {
  if (!expr.valid()) return {};
  const OpId op = lower_expr(l, expr, context);
  // Only unit values can be compared; anything else was refused by the checker.
  return l.build.level(op) <= program::Level::Unit ? op : OpId();
}

// The cell that a property follows, as it stands in the data.
OpId input_of(Lowering& l, ExprId expr) {
  const sema::Binding& binding = l.model.fact(expr).binding;
  if (const auto* parameter = std::get_if<sema::ParameterRef>(&binding)) {
    return l.build.parameter(l.lowered.parameters[parameter->parameter.index]);
  }
  const auto* column = std::get_if<sema::ColumnRef>(&binding);
  if (column == nullptr) return {};
  const std::uint32_t index = l.lowered.columns[column->column.index];
  return index == table::kNoColumn ? OpId() : l.build.unit_column(index, {});
}

}  // namespace

void lower_tests(Lowering& l) {
  for (const sema::TestInfo& info : l.model.tests) {
    const Context context{info.rubric};
    LoweredTest test;
    for (const ast::Expect& expect : l.model.entry_as<ast::Test>(info.entry).expects) {
      LoweredExpect ops;
      ops.target = watched(l, expect.target, context);
      ops.value = watched(l, expect.value, context);
      ops.low = watched(l, expect.interval.low, context);
      ops.high = watched(l, expect.interval.high, context);
      test.expects.push_back(ops);
    }
    l.lowered.tests.push_back(std::move(test));
  }
}

void lower_properties(Lowering& l) {
  for (const sema::PropertyInfo& info : l.model.properties) {
    const auto& property = l.model.entry_as<ast::Property>(info.entry);
    LoweredProperty lowered;
    lowered.what = watched(l, property.what, {info.rubric});
    if (property.with.valid()) lowered.input = input_of(l, property.with);
    l.lowered.properties.push_back(lowered);
  }
}

}  // namespace xize::lower

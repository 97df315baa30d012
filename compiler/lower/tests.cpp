// What the policy's tests expect, as ops whose values a test run compares.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

OpId watched(Lowering& l, ExprId expr, const Context& context) {
  if (!expr.valid()) return {};
  const OpId op = lower_expr(l, expr, context);
  // Only unit values can be compared; anything else was refused by the checker.
  return l.build.level(op) <= program::Level::Unit ? op : OpId();
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

}  // namespace xize::lower

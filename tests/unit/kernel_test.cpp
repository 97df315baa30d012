#include <doctest/doctest.h>

#include <limits>

#include "runtime/kernel/builder.h"

namespace xize::kernel {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST_CASE("a step lies in the range that its operands give") {
  Builder steps;
  const ValueId a = steps.input(Element::Signed64, {-3, 5});
  const ValueId b = steps.input(Element::Signed64, {2, 10});
  const auto is = [&](ValueId value, std::int64_t least, std::int64_t most) {
    return steps.range(value).least == least && steps.range(value).most == most;
  };
  CHECK(is(steps.add(a, b), -1, 15));
  CHECK(is(steps.sub(a, b), -13, 3));
  CHECK(is(steps.mul(a, b), -30, 50));
  CHECK(is(steps.least_of(a, b), -3, 5));
  CHECK(is(steps.most_of(a, b), 2, 10));
  CHECK(is(steps.quotient(steps.constant(100), b), 10, 50));
  CHECK(is(steps.select(steps.less(a, b), a, b), -3, 10));
}

TEST_CASE("what could overflow is no step, and neither is what is made of it") {
  Builder steps;
  const ValueId large = steps.input(Element::Signed64, {0, kMost});
  const ValueId one = steps.constant(1);
  CHECK(steps.add(large, one) == kNone);
  CHECK(steps.mul(large, large) == kNone);
  CHECK(steps.sub(steps.constant(-2), large) == kNone);
  CHECK(steps.select(steps.less(large, one), steps.add(large, one), one) == kNone);
  CHECK(steps.quotient(large, one) == kNone);
  CHECK(steps.quotient(one, steps.input(Element::Signed64, {0, 9})) == kNone);
}

TEST_CASE("what ranges decide is a constant, and the same step is made once") {
  Builder steps;
  const ValueId a = steps.input(Element::Signed64, {0, 9});
  const ValueId b = steps.input(Element::Signed64, {10, 20});
  CHECK(steps.less(a, b) == steps.constant(1));
  CHECK(steps.equal(a, b) == steps.constant(0));
  CHECK(steps.less(b, a) == steps.constant(0));
  CHECK(steps.add(a, b) == steps.add(a, b));
  CHECK(steps.equal(a, b) == steps.equal(b, a));
  CHECK(steps.mul(a, steps.constant(0)) == steps.constant(0));
  CHECK(steps.select(steps.constant(0), a, b) == b);
}

TEST_CASE("what a condition decides is not asked again below it") {
  Builder steps;
  const ValueId c = steps.input(Element::Unsigned8, {0, 1});
  const ValueId d = steps.input(Element::Unsigned8, {0, 1});
  const ValueId a = steps.input(Element::Signed64, {0, 9});
  const ValueId b = steps.input(Element::Signed64, {0, 9});
  const ValueId inner = steps.select(c, a, b);
  CHECK(steps.opposite(steps.opposite(c)) == c);
  CHECK(steps.both(c, steps.opposite(c)) == steps.constant(0));
  CHECK(steps.either(steps.opposite(c), c) == steps.constant(1));
  CHECK(steps.select(c, inner, b) == inner);
  CHECK(steps.select(steps.both(c, d), inner, a) == a);
  CHECK(steps.select(steps.opposite(c), inner, b) == b);
  CHECK(steps.select(c, d, steps.constant(0)) == steps.both(c, d));
  CHECK(steps.select(c, steps.constant(0), c) == steps.constant(0));
}

TEST_CASE("a kernel has the steps that its outputs need, in order, and all inputs") {
  Builder steps;
  const ValueId a = steps.input(Element::Signed64, {0, 9});
  const ValueId b = steps.input(Element::Unsigned32, {0, 9});
  steps.mul(a, b);
  steps.output(steps.add(a, steps.constant(4)), Element::Signed64);
  const Kernel kernel = steps.take();
  CHECK(kernel.inputs.size() == 2);
  REQUIRE(kernel.steps.size() == 3);
  CHECK(kernel.steps.back().code == Code::Add);
  CHECK(kernel.outputs.at(0).value == 2);
  for (std::size_t i = 0; i < kernel.steps.size(); ++i) {
    const bool reads = kernel.steps[i].code == Code::Add;
    CHECK((!reads || (kernel.steps[i].a < i && kernel.steps[i].b < i)));
  }
}

}  // namespace
}  // namespace xize::kernel

#include <doctest/doctest.h>

#include "runtime/blockwise/ratios.h"

namespace xize::blockwise {
namespace {

using kernel::Builder;
using kernel::Element;
using kernel::ValueId;

TEST_CASE("what constants do to a number takes no step") {
  Builder steps;
  Ratios ratios(steps);
  const Ratio x{steps.input(Element::Signed64, {0, 100})};
  const Ratio y = ratios.product(ratios.quotient(x, ratios.constant(4, 1)), ratios.constant(6, 5));
  CHECK(y.num == x.num);
  CHECK(y.scale.p == 3);
  CHECK(y.scale.q == 10);
  CHECK(ratios.negative(y).scale.p == -3);
}

TEST_CASE("a sum has the least scale and the least dens that both need") {
  Builder steps;
  Ratios ratios(steps);
  const Ratio a{steps.input(Element::Signed64, {0, 10})};
  const Ratio b{steps.input(Element::Signed64, {0, 10})};
  const ValueId m = steps.input(Element::Signed64, {1, 20});
  const Ratio sum = ratios.sum(ratios.product(a, ratios.constant(1, 6)),
                               ratios.product(b, ratios.constant(1, 4)));
  CHECK(sum.scale.p == 1);
  CHECK(sum.scale.q == 12);
  CHECK(steps.range(sum.num).most == 50);
  const Ratio share = ratios.quotient(a, {m});
  CHECK(share.dens == std::vector<ValueId>{m});
  CHECK(ratios.sum(share, share).dens == std::vector<ValueId>{m});
  CHECK(ratios.sum(share, ratios.constant(0, 1)).num == share.num);
  CHECK(ratios.quotient(b, share).dens.size() == 1);
}

TEST_CASE("a divisor that may be negative or zero is a positive den") {
  Builder steps;
  Ratios ratios(steps);
  const Ratio a{steps.constant(1)};
  const Ratio b{steps.input(Element::Signed64, {-5, 5})};
  const Ratio share = ratios.quotient(a, b);
  REQUIRE(share.dens.size() == 1);
  CHECK(steps.range(share.dens[0]).least == 1);
  CHECK(steps.range(share.dens[0]).most == 5);
  CHECK(steps.range(share.num).least == -1);
}

TEST_CASE("scales beyond 64 bits are no numbers") {
  Builder steps;
  Ratios ratios(steps);
  const Ratio large = ratios.constant(std::int64_t{1} << 62, 1);
  CHECK(large.is_known());
  CHECK(!ratios.product(large, large).is_known());
  CHECK(!ratios.sum(ratios.product(large, large), large).is_known());
}

}  // namespace
}  // namespace xize::blockwise

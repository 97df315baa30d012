#include "runtime/value/packed_values.h"

#include <limits>
#include <random>

#include <doctest/doctest.h>

namespace xize::value {
namespace {

// A value of one of many kinds; numbers are narrow, wide, fractions or beyond 64 bits.
Value some_value(std::mt19937_64& random, unsigned kinds) {
  const auto n = static_cast<std::int64_t>(random() % 1000);
  switch (random() % kinds) {
    case 0: return Rational(n);
    case 1: return Rational(n, 100);
    case 2: return Missing{};
    case 3: return Rational(n + 1, static_cast<std::int64_t>(random() % 97) + 1);
    case 4: return Rational(std::numeric_limits<std::int64_t>::min() + n);
    case 5: return Fault{FaultKind::BadCell, static_cast<std::uint32_t>(n)};
    case 6: return *Rational::from_decimal("123456789012345678901234567890.5");
    case 7: return n % 2 == 0;
    case 8: return Text{static_cast<std::uint32_t>(n)};
    case 9: return Month{static_cast<std::int32_t>(n)};
    default: return Date{static_cast<std::int32_t>(n)};
  }
}

void check_same(const PackedValues& packed, const std::vector<Value>& values) {
  REQUIRE(packed.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) REQUIRE(packed.at(i) == values[i]);
}

}  // namespace

TEST_CASE("packed values are the values, however they came") {
  std::mt19937_64 random(1);
  for (unsigned kinds = 1; kinds <= 11; ++kinds) {
    for (const std::size_t size : {0u, 1u, 5u, 1023u, 1024u, 1025u, 3000u}) {
      std::vector<Value> values;
      PackedValues pushed;
      for (std::size_t i = 0; i < size; ++i) {
        values.push_back(some_value(random, kinds));
        pushed.push(values.back());
      }
      check_same(pushed, values);
      pushed.pack();
      check_same(pushed, values);
      check_same(PackedValues(values), values);
      PackedValues set(size);
      for (std::size_t i = size; i-- > 0;) set.set(i, values[i]);
      check_same(set, values);
      if (size == 0) continue;
      values[size / 2] = some_value(random, 11);
      pushed.set(size / 2, values[size / 2]);
      values.push_back(some_value(random, 11));
      pushed.push(values.back());
      check_same(pushed, values);
    }
  }
}

TEST_CASE("a column that was never written is missing, and one value takes one place") {
  CHECK(PackedValues(2000).at(1999) == Value(Missing{}));
  const std::vector<Value> same(kPartRows, Rational(7));
  const PackedPart part{std::span<const Value>(same)};
  CHECK(part.others.size() == 1);
  CHECK(part.at(kPartRows - 1) == Value(Rational(7)));
}

TEST_CASE("integers take as few bytes as their range") {
  const std::vector<std::int64_t> narrow = {-100, 155, 0};
  const PackedIntegers packed(narrow);
  CHECK(packed.least() == -100);
  CHECK(packed.most() == 155);
  CHECK(packed.at(2) == 0);
  const std::vector<std::int64_t> wide = {std::numeric_limits<std::int64_t>::min(), 3,
                                          std::numeric_limits<std::int64_t>::max()};
  std::vector<std::int64_t> out(3);
  PackedIntegers(wide).copy_to(out);
  CHECK(out == wide);
}

TEST_CASE("integers of several runs, of different widths, with a range that is known or not") {
  const std::vector<std::int64_t> first = {5, 200, 7};
  const std::vector<std::uint8_t> second = {255, 9};
  const std::vector<base::CellRun> runs = {
      base::run_of(first), {{second.data(), base::Element::Unsigned8}, second.size()}};
  for (const base::Range known : {base::Range{5, 255}, base::Range{0, 70'000},
                                  base::Range{-1, std::int64_t{1} << 40}}) {
    CAPTURE(known.most);
    const PackedIntegers packed(runs, known);
    CHECK(packed.least() == known.least);
    CHECK(packed.most() == known.most);
    std::vector<std::int64_t> out(5);
    packed.copy_to(out);
    CHECK(out == std::vector<std::int64_t>{5, 200, 7, 255, 9});
  }
  const PackedIntegers packed(runs, {});
  CHECK(packed.least() == 5);
  CHECK(packed.most() == 255);
  CHECK(packed.cells().element == base::Element::Unsigned8);
  CHECK(packed.at(3) == 255);
  const std::vector<std::int64_t> same(1000, 300);
  const std::vector<base::CellRun> twice = {base::run_of(same), base::run_of(same)};
  CHECK(PackedIntegers(twice, {}).all_same());
  CHECK(PackedIntegers(twice, base::Range{300, 300}).at(1999) == 300);
}

}  // namespace xize::value

// Loops over machine integers, whichever vectors the machine has.
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/cells.h"
#include "runtime/base/large.h"

namespace xize::base {
namespace {

// Of every length, so that what is left behind whole vectors counts too.
std::vector<std::int64_t> integers(std::size_t count, std::int64_t least, std::int64_t most) {
  std::vector<std::int64_t> list(count, least + (most - least) / 2);
  for (std::size_t i = 0; i < count; ++i) list[i] += static_cast<std::int64_t>(i % 3) - 1;
  list[count / 2] = most;
  list[count - 1] = least;
  return list;
}

TEST_CASE("ranges of cells") {
  for (std::size_t count = 3; count < 300; count += count < 70 ? 1 : 29) {
    CAPTURE(count);
    const auto list = integers(count, -7, 1'000'000);
    CHECK(range_of(run_of(list)) == Range{-7, 1'000'000});
    CHECK(wide_range_of(list) == Range{-7, 1'000'000});
    CHECK(wide_range_of(integers(count, 3, 1000)) == Range{0, 1023});
  }
  CHECK(wide_range_of({}) == Range{0, 0});
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(wide_range_of(std::vector<std::int64_t>{kMost}) == Range{0, kMost});
}

TEST_CASE("cells in other widths are the same") {
  using enum Element;
  for (const Element element :
       {Unsigned8, Signed8, Unsigned16, Signed16, Unsigned32, Signed32, Signed64}) {
    for (std::size_t count : {2u, 63u, 64u, 65u, 1024u}) {
      const bool has_sign = is_signed(element);
      const auto list = integers(count, has_sign ? -128 : 0, has_sign ? 127 : 255);
      std::vector<std::int64_t> memory(count);
      convert(run_of(list).cells, count, element, memory.data());
      const Cells narrow{memory.data(), element};
      CHECK(range_of({narrow, count}) == range_of(run_of(list)));
      std::vector<std::int64_t> back(count);
      convert(narrow, count, Signed64, back.data());
      CHECK(back == list);
    }
  }
}

TEST_CASE("long arrays keep what is in them while they grow") {
  LargeVector<std::uint64_t> list;
  for (std::uint64_t i = 0; i < 3'000'000; ++i) list.push_back(i * i);
  std::uint64_t wrong = 0;
  for (std::uint64_t i = 0; i < list.size(); ++i) wrong += list[i] == i * i ? 0 : 1;
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace xize::base

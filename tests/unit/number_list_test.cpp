#include "runtime/base/number_list.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace xize::base {
namespace {

using Numbers = std::vector<std::uint32_t>;

void check_equal(const NumberList<std::uint32_t>& list, const Numbers& numbers) {
  REQUIRE(list.size() == numbers.size());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) wrong += list[i] == numbers[i] ? 0 : 1;
  CHECK(wrong == 0);
}

TEST_CASE("a list of numbers gives back what it was given, in runs and one by one") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    NumberList<std::uint32_t> list;
    Numbers numbers;
    while (numbers.size() < 3000) {
      const auto any = static_cast<std::uint32_t>(random());
      const std::uint32_t first = any % 4 == 0 ? any : 0xffffffffu - any % 3;
      const std::uint32_t step = any / 4 % 4;  // also what is neither the same nor counts on
      Numbers some(random() % 3 == 0 ? 1 + random() % 2 : random() % 1500);
      for (std::size_t i = 0; i < some.size(); ++i) {
        some[i] = first + step * static_cast<std::uint32_t>(i);
      }
      if (random() % 2 == 0) {
        list.append(some);
      } else {
        for (const std::uint32_t number : some) list.push_back(number);
      }
      numbers.insert(numbers.end(), some.begin(), some.end());
    }
    check_equal(list, numbers);
    list.change_each([](std::uint32_t number) { return number / 2; });
    for (std::uint32_t& number : numbers) number /= 2;
    check_equal(list, numbers);
  }
}

TEST_CASE("a list of numbers knows whether it counts from zero") {
  NumberList<std::uint32_t> list;
  CHECK(list.counts_from_zero());
  for (std::uint32_t i = 0; i < 5000; ++i) list.push_back(i);
  CHECK(list.counts_from_zero());
  list.push_back(5001);
  CHECK_FALSE(list.counts_from_zero());
}

}  // namespace
}  // namespace xize::base

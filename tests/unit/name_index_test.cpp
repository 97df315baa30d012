#include "runtime/table/name_index.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace xize::table {
namespace {

TEST_CASE("name index: names get numbers in their order, and keep them") {
  NameIndex index;
  CHECK(index.find("甲") == NameIndex::kNone);
  constexpr std::uint32_t kCount = 10'000;
  for (std::uint32_t i = 0; i < kCount; ++i) CHECK(index.add("单位" + std::to_string(i)) == i);
  CHECK(index.size() == kCount);
  for (std::uint32_t i = 0; i < kCount; ++i) {
    const std::string name = "单位" + std::to_string(i);
    CHECK(index.find(name) == i);
    CHECK(index.add(name) == i);
    CHECK(index.name(i) == name);
  }
  CHECK(index.size() == kCount);
  CHECK(index.find("单位") == NameIndex::kNone);
  CHECK(index.add("") == kCount);
  CHECK(index.find("") == kCount);
}

// Some hundreds of thousands have some hashes twice.
std::vector<std::string> numbered_names(std::uint32_t count, std::uint32_t step) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < count; ++i) {
    names.push_back(std::to_string(10'000'000 + std::uint64_t{i} * step % count));
  }
  return names;
}

void check_numbers(const std::vector<std::string>& names, const NameIndex& index) {
  REQUIRE(index.size() == names.size());
  std::uint32_t wrong = 0;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    wrong += index.find(names[i]) == i && index.name(i) == names[i] ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("name index: many names at once, in order and not") {
  for (const std::uint32_t step : {1u, 7u}) {
    CAPTURE(step);
    const std::vector<std::string> names = numbered_names(300'000, step);
    NameList list;
    for (const std::string& name : names) list.push_back(name);
    const bool ascend = list.ascends();
    CHECK(ascend == (step == 1));
    NameIndex index;
    std::vector<std::uint32_t> numbers(names.size());
    const auto add_all = [&](std::uint32_t begin, std::uint32_t end) {
      index.add_all({list, begin, end}, ascend, numbers.data());
      for (std::uint32_t i = begin; i < end; ++i) REQUIRE(numbers[i - begin] == i);
    };
    add_all(0, 1000);
    add_all(1000, 1000);
    add_all(1000, 300'000);
    add_all(0, 300'000);  // again: nothing is new
    check_numbers(names, index);
  }
}

TEST_CASE("name index: an order that ends, and names sought meanwhile") {
  NameIndex index;
  CHECK(index.add("b") == 0);
  CHECK(index.add("d") == 1);
  CHECK(index.find("b") == 0);
  CHECK(index.find("c") == NameIndex::kNone);
  CHECK(index.add("e") == 2);  // in order still
  CHECK(index.find("e") == 2);
  CHECK(index.add("e") == 2);  // no more
  CHECK(index.add("c") == 3);
  CHECK(index.add("f") == 4);
  CHECK(index.find("f") == 4);
  CHECK(index.find("d") == 1);
  CHECK(index.size() == 5);
}

TEST_CASE("name index: several threads seek what nobody has sought before") {
  const std::vector<std::string> names = numbered_names(20'000, 1);
  NameIndex index;
  for (const std::string& name : names) index.add(name);
  std::vector<std::thread> threads;
  std::atomic<std::uint32_t> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::uint32_t i = 0; i < names.size(); ++i) wrong += index.find(names[i]) == i ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("name index: from a list, each its position") {
  const NameIndex index(std::vector<std::string>{"甲", "乙"});
  CHECK(index.find("甲") == 0);
  CHECK(index.find("乙") == 1);
}

}  // namespace
}  // namespace xize::table

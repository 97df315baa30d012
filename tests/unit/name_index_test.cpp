#include "runtime/table/name_index.h"

#include <string>
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
    CHECK(index.add(name, NameIndex::hash_of(name)) == i);
    CHECK(index.name(i) == name);
  }
  CHECK(index.size() == kCount);
  CHECK(index.find("单位") == NameIndex::kNone);
  CHECK(index.add("") == kCount);
  CHECK(index.find("") == kCount);
}

TEST_CASE("name index: a name is not taken for another with its hash") {
  NameIndex index;
  CHECK(index.add("甲", 7) == 0);
  CHECK(index.add("乙", 7) == 1);
  CHECK(index.add("甲", 7) == 0);
  CHECK(index.add("乙", 7) == 1);
}

TEST_CASE("name index: from a list, each its position") {
  const NameIndex index(std::vector<std::string>{"甲", "乙"});
  CHECK(index.find("甲") == 0);
  CHECK(index.find("乙") == 1);
}

}  // namespace
}  // namespace xize::table

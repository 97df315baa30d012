#include "runtime/table/name_list.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace xize::table {
namespace {

// Of all lengths, mostly with the same beginning.
std::vector<std::string> random_names(std::uint32_t seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    std::string name(random() % 20, 'a');
    for (char& c : name) {
      if (random() % 8 == 0) c = static_cast<char>(random() % 255 + 1);
    }
    names.push_back(name);
  }
  return names;
}

void check_names(const NameList& list, const std::vector<std::string>& names) {
  REQUIRE(list.size() == names.size());
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(list[i] == names[i]);
    text += names[i];
  }
  CHECK(list.text() == text);
}

TEST_CASE("name list: names of all lengths, one by one and many at once") {
  const std::vector<std::string> names = random_names(1, 3000);
  NameList list;
  for (const std::string& name : names) list.push_back(name);
  check_names(list, names);
  NameList other;
  other.append({list, 0, 0});
  other.append({list, 0, 7});
  other.append({list, 7, names.size()});
  check_names(other, names);
  list.assign(5, [&](std::size_t i) { return std::string_view(names[i + 10]); });
  check_names(list, {names.begin() + 10, names.begin() + 15});
  list.clear();
  check_names(list, {});
}

TEST_CASE("name list: ascends as its names do") {
  std::vector<std::string> names = random_names(2, 400);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  NameList all;
  for (const std::string& name : names) all.push_back(name);
  CHECK(all.ascends());
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    CAPTURE(names[i]);
    for (const auto& [a, b] : {std::pair(i, i + 1), std::pair(i + 1, i), std::pair(i, i)}) {
      NameList pair;
      pair.push_back(names[a]);
      pair.push_back(names[b]);
      CHECK(pair.ascends() == (a < b));
    }
  }
  CHECK(NameList().ascends());
}

}  // namespace
}  // namespace xize::table

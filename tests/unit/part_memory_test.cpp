#include "runtime/base/part_memory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <thread>
#include <utility>
#include <vector>

namespace xize::base {
namespace {

using Part = PartVector<std::uint32_t>;

// Parts of all sizes, made and given up in no order.
std::vector<Part> make_parts(std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Part> parts(500);
  for (int i = 0; i < 5000; ++i) {
    const auto number = static_cast<std::uint32_t>(random());
    parts[random() % parts.size()] = Part(random() % 20'000 + 1, number);
  }
  return parts;
}

bool are_whole(const std::vector<Part>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const Part& part) {
    return std::count(part.begin(), part.end(), part.empty() ? 0 : part.front()) ==
           static_cast<std::ptrdiff_t>(part.size());
  });
}

TEST_CASE("parts keep what is in them, whoever made them and whoever gives them up") {
  std::vector<std::vector<Part>> made(4);
  std::vector<std::thread> threads;
  for (std::uint32_t i = 0; i < made.size(); ++i) {
    threads.emplace_back([&made, i] { made[i] = make_parts(i); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& parts : made) CHECK(are_whole(parts));
  std::thread last([parts = std::exchange(made[0], {})]() mutable { parts.clear(); });
  last.join();
  for (const auto& parts : made) CHECK(are_whole(parts));
}

TEST_CASE("a part begins where vectors may be loaded") {
  for (const std::size_t bytes : {256u, 300u, 4096u, 65536u}) {
    void* const memory = allocate_part(bytes);
    CHECK(reinterpret_cast<std::uintptr_t>(memory) % 16 == 0);
    free_part(memory, bytes);
  }
}

}  // namespace
}  // namespace xize::base

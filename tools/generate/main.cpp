// xize_generate POLICY OUTDIR [--seed N]: writes the made-up data of a policy.
// xize_generate --check POLICIES: makes the data of every policy again, with the seed it was made
// with, and compares it byte for byte with what is committed.
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "tools/generate/policies.h"

namespace xize::generate {
namespace {

namespace fs = std::filesystem;

// A policy, the seed of its committed data, and who makes it.
struct Recipe {
  std::string_view policy;
  std::uint64_t seed;
  std::vector<DataFile> (*make)(std::uint64_t seed);
};

constexpr std::array<Recipe, 5> kRecipes{{
    {"baoshan-2023", 1, baoshan_2023},
    {"city-departments", 202306, city_departments},
    {"qingpu-2023", 2023, qingpu_2023},
    {"qingpu-2024", 2024, qingpu_2024},
    {"shanghai-2021", 2021, shanghai_2021},
}};

std::optional<std::string> read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.flush();
  return out.good();
}

int generate(const Recipe& recipe, const fs::path& folder, std::uint64_t seed) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const auto& file : recipe.make(seed)) {
    if (write(folder / file.name, file.text)) continue;
    std::cerr << "xize_generate: cannot write " << (folder / file.name).string() << "\n";
    return 1;
  }
  return 0;
}

// The first line in which two texts differ.
std::size_t first_difference(const std::string& a, const std::string& b) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) {
    if (a[i] == '\n') ++line;
  }
  return line;
}

bool same(const fs::path& path, const std::string& made) {
  const auto committed = read(path);
  if (!committed) {
    std::cout << "FAILED " << path.string() << ": is not there\n";
    return false;
  }
  if (*committed == made) return true;
  std::cout << "FAILED " << path.string() << ":" << first_difference(*committed, made)
            << ": is not what the generator makes\n";
  return false;
}

int check(const fs::path& policies) {
  int passed = 0;
  int failed = 0;
  for (const auto& recipe : kRecipes) {
    const fs::path folder = policies / recipe.policy / "data";
    for (const auto& file : recipe.make(recipe.seed)) {
      ++(same(folder / file.name, file.text) ? passed : failed);
    }
    // Another seed makes other data, or the comparison would say nothing.
    const bool differs = recipe.make(recipe.seed)[0].text != recipe.make(recipe.seed + 1)[0].text;
    if (!differs) std::cout << "FAILED " << recipe.policy << ": the seed changes nothing\n";
    ++(differs ? passed : failed);
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

int usage() {
  std::cerr << "usage: xize_generate POLICY OUTDIR [--seed N]\n"
               "       xize_generate --check POLICIES\n"
               "policies:";
  for (const auto& recipe : kRecipes) std::cerr << " " << recipe.policy;
  std::cerr << "\n";
  return 2;
}

std::optional<std::uint64_t> parse_seed(std::string_view text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return seed;
}

int run(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--check") return check(argv[2]);
  if (argc != 3 && argc != 5) return usage();
  for (const auto& recipe : kRecipes) {
    if (recipe.policy != argv[1]) continue;
    if (argc == 3) return generate(recipe, argv[2], recipe.seed);
    const auto seed = parse_seed(argv[4]);
    if (std::string_view(argv[3]) != "--seed" || !seed) return usage();
    return generate(recipe, argv[2], *seed);
  }
  return usage();
}

}  // namespace
}  // namespace xize::generate

int main(int argc, char** argv) { return xize::generate::run(argc, argv); }

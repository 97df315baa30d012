// Makes seeded mistakes in the policies of a folder and counts who notices: a new finding of the
// check, or a test of the policy that fails. Lists the mistakes that nobody noticed.
//   xize_mutation POLICIES [COUNT [SEED]]
// Ends with 1 if fewer than nine of ten were noticed.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

#include <fmt/format.h>

#include "compiler/diagnostics/render_words.h"
#include "compiler/driver/compilation.h"
#include "compiler/testing/testing.h"
#include "tests/mutation/mutations.h"
#include "tests/support/text.h"

namespace {

namespace fs = std::filesystem;
using xize::diagnostics::Sink;
using xize::mutation::Kind;
using xize::mutation::Mutation;

// What the check says of a policy, and how many of its tests hold.
struct Health {
  bool sound = false;
  std::multiset<std::string> findings;
  std::size_t passed = 0, failed = 0;
};

Health health_of(const fs::path& path) {
  Health health;
  Sink sink;
  const auto compilation = xize::driver::compile(path.string(), sink);
  health.sound = compilation != nullptr && !sink.has_errors();
  for (const auto* finding : sink.by_place()) {
    health.findings.insert(
        xize::diagnostics::message_text(*finding, xize::diagnostics::Language::English));
  }
  if (!health.sound) return health;
  const auto tally = xize::testing::tally({xize::testing::run_tests(*compilation, "")});
  health.passed = tally.passed;
  health.failed = tally.failed;
  return health;
}

struct Candidate {
  const fs::path* policy = nullptr;
  Mutation mutation;
};

enum class Noticed : std::uint8_t { ByCheck, ByTests, ByNobody };

Noticed judge(const Health& before, const Health& after) {
  const bool new_finding =
      !std::ranges::includes(before.findings, after.findings) || !after.sound;
  if (new_finding) return Noticed::ByCheck;
  return after.failed > 0 ? Noticed::ByTests : Noticed::ByNobody;
}

// The same number of each kind, as far as there are any.
std::vector<Candidate> pick(std::map<Kind, std::vector<Candidate>> by_kind, std::size_t count,
                            std::mt19937_64& random) {
  for (auto& [kind, all] : by_kind) std::shuffle(all.begin(), all.end(), random);
  std::vector<Candidate> picked;
  for (std::size_t round = 0; picked.size() < count; ++round) {
    const std::size_t had = picked.size();
    for (const auto& [kind, all] : by_kind) {
      if (round < all.size() && picked.size() < count) picked.push_back(all[round]);
    }
    if (picked.size() == had) break;
  }
  return picked;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 200;
  std::mt19937_64 random(argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  std::vector<fs::path> policies;
  for (const auto& entry : fs::directory_iterator(argv[1])) {
    if (fs::exists(entry.path() / "policy.xize")) policies.push_back(entry.path() / "policy.xize");
  }
  std::ranges::sort(policies);
  std::map<fs::path, Health> healthy;
  std::map<Kind, std::vector<Candidate>> by_kind;
  for (const fs::path& policy : policies) {
    healthy[policy] = health_of(policy);
    const auto lines = xize::support::split_lines(*xize::support::read_file(policy));
    for (auto& mutation : xize::mutation::mutations_of(lines)) {
      by_kind[mutation.kind].push_back({&policy, std::move(mutation)});
    }
  }
  const xize::support::TemporaryFolder folder;
  const fs::path path = folder.path() / "policy.xize";
  std::map<Kind, std::array<std::size_t, 3>> tally;
  std::size_t noticed = 0, missed = 0;
  for (const Candidate& candidate : pick(by_kind, count, random)) {
    const auto lines = xize::support::split_lines(*xize::support::read_file(*candidate.policy));
    xize::support::write_file(path, xize::mutation::mutated(lines, candidate.mutation));
    const Noticed by = judge(healthy[*candidate.policy], health_of(path));
    ++tally[candidate.mutation.kind][static_cast<std::size_t>(by)];
    ++(by == Noticed::ByNobody ? missed : noticed);
    if (by != Noticed::ByNobody) continue;
    const auto& after = candidate.mutation.after;
    fmt::print("{}:{}: {}: {} -> {}\n", candidate.policy->string(), candidate.mutation.line + 1,
               xize::mutation::name_of(candidate.mutation.kind),
               xize::support::trim(candidate.mutation.before.front()),
               after.empty() ? "" : xize::support::trim(after.front()));
  }
  for (const auto& [kind, by] : tally) {
    fmt::print("{}: {} by the check, {} by tests, {} by nobody\n", xize::mutation::name_of(kind),
               by[0], by[1], by[2]);
  }
  fmt::print("{} mistakes, {} noticed, {} not\n", noticed + missed, noticed, missed);
  return noticed * 10 >= (noticed + missed) * 9 ? 0 : 1;
}

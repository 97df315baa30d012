// A policy of a hundred items: every promise is proved in the time that two processors have in
// twenty seconds, and what is taken away from it is missed.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <ctime>

#include "compiler/verify/verify.h"
#include "tests/proofs/hundred_policy.h"
#include "tests/support/text.h"

namespace xize::proofs {
namespace {

constexpr int kSections = 10;
constexpr std::uint64_t kSeed = 7;
constexpr double kSecondsMax = 2 * 20;  // of all threads together

verify::Tally tally_of(const std::string& text) {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "policy.xize";
  REQUIRE(support::write_file(path, text));
  diagnostics::Sink sink;
  const auto policy = driver::compile(path.string(), sink);
  REQUIRE(policy != nullptr);
  REQUIRE(policy->sound());
  return verify::tally({verify::verify(*policy, {})});
}

TEST_CASE("a hundred items: everything is proved in time") {
  const std::clock_t start = std::clock();
  const verify::Tally tally = tally_of(policy_of_sections(kSections, kSeed));
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  MESSAGE(tally.proved, " proved in ", seconds, " processor seconds");
  CHECK(tally.proved >= 300);
  CHECK(tally.refuted == 0);
  CHECK(tally.undecided == 0);
  CHECK(seconds <= kSecondsMax);
}

TEST_CASE("a hundred items: without its checks the data break a promise") {
  const std::string text =
      support::replace_all(policy_of_sections(2, kSeed), "  partition", "  # partition");
  const verify::Tally tally = tally_of(text);
  CHECK(tally.refuted == 2);  // the parts of either section
  CHECK(tally.undecided == 0);
}

}  // namespace
}  // namespace xize::proofs

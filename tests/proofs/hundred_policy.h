// hundred_policy: a policy with many items of every common kind, for measuring and for mistakes.
// In: how many sections of ten items, a seed. Out: its text; the same for the same seed.
// Must hold: it is sound, and every promise of it holds.
#pragma once

#include <cstdint>
#include <string>

namespace xize::proofs {

std::string policy_of_sections(int sections, std::uint64_t seed);

}  // namespace xize::proofs

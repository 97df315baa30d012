#include "compiler/analysis/reads.h"

#include <algorithm>
#include <iterator>

namespace xize::analysis {

Reads Reads::everything() {
  Reads reads;
  reads.everything_ = true;
  return reads;
}

Reads Reads::of(std::uint32_t variable) {
  Reads reads;
  reads.variables_.push_back(variable);
  return reads;
}

void Reads::add(const Reads& other) {
  if (everything_) return;
  if (other.everything_) {
    *this = other;
    return;
  }
  std::vector<std::uint32_t> both;
  std::ranges::set_union(variables_, other.variables_, std::back_inserter(both));
  variables_ = std::move(both);
  if (variables_.size() > kReadsMax) *this = everything();
}

bool Reads::apart(const Reads& other) const {
  if (none() || other.none()) return true;
  if (everything_ || other.everything_) return false;
  auto a = variables_.begin();
  auto b = other.variables_.begin();
  while (a != variables_.end() && b != other.variables_.end()) {
    if (*a == *b) return false;
    *a < *b ? ++a : ++b;
  }
  return true;
}

}  // namespace xize::analysis

// A typed 32-bit handle: an index into one store, never confused with an index into another.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>

namespace xize::base {

// `Tag` names the store; a default-constructed handle is invalid.
template <class Tag>
struct Id {
  static constexpr std::uint32_t kInvalid = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t index = kInvalid;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t i) : index(i) {}
  constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}

  [[nodiscard]] constexpr bool valid() const { return index != kInvalid; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace xize::base

template <class Tag>
struct std::hash<xize::base::Id<Tag>> {
  std::size_t operator()(xize::base::Id<Tag> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.index);
  }
};

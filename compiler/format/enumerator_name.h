// The name of an enumerator, from the compiler itself: `Sign::Deduct` is `Deduct`.
// In: a value of an enumeration that counts from 0, below kEnumeratorsMax. Out: its name.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace xize::format {

inline constexpr std::size_t kEnumeratorsMax = 32;

template <auto kValue>
constexpr std::string_view enumerator_name_of() {
  // `… [with auto kValue = xize::ast::Sign::Deduct; …]`
  const std::string_view text = __PRETTY_FUNCTION__;
  const auto begin = text.find("kValue = ") + 9;
  const auto value = text.substr(begin, text.find_first_of(";]", begin) - begin);
  const auto colon = value.rfind(':');
  return colon == std::string_view::npos ? value : value.substr(colon + 1);
}

template <class Enum, std::size_t... kIndices>
constexpr auto enumerator_names(std::index_sequence<kIndices...>) {
  return std::array{enumerator_name_of<static_cast<Enum>(kIndices)>()...};
}

template <class Enum>
std::string_view enumerator_name(Enum value) {
  static constexpr auto kNames =
      enumerator_names<Enum>(std::make_index_sequence<kEnumeratorsMax>());
  return kNames[static_cast<std::size_t>(value)];
}

}  // namespace xize::format

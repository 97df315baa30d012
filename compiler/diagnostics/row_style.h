// The house style of diagnostics as constant expressions: a row that breaks it does not compile.
// In: a row's texts and parameter types. Out: true, or a static_assert that names the row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/diagnostics/argument.h"

namespace xize::diagnostics {

template <class T>
inline constexpr ParameterType kParameterType = static_cast<ParameterType>(0xFF);
template <>
inline constexpr ParameterType kParameterType<Text> = ParameterType::Text;
template <>
inline constexpr ParameterType kParameterType<Code> = ParameterType::Code;
template <>
inline constexpr ParameterType kParameterType<Number> = ParameterType::Number;
template <>
inline constexpr ParameterType kParameterType<Count> = ParameterType::Count;
template <>
inline constexpr ParameterType kParameterType<Day> = ParameterType::Day;
template <>
inline constexpr ParameterType kParameterType<Term> = ParameterType::Term;
template <>
inline constexpr ParameterType kParameterType<Terms> = ParameterType::Terms;
template <>
inline constexpr ParameterType kParameterType<List> = ParameterType::List;

// The parameter types of `void(Code, Number)` as values.
template <class Signature>
struct SignatureTypes;
template <class... P>
struct SignatureTypes<void(P...)> {
  static constexpr std::array<ParameterType, sizeof...(P)> kTypes = {kParameterType<P>...};
};

using ParameterTypes = std::span<const ParameterType>;

// What a scan of one text finds: whether its placeholders are well-formed and fit their types, and
// which parameters it prints (bit i for `{i}`).
struct PlaceholderScan {
  bool well_formed = true;
  std::uint32_t used = 0;
};

// The length of the placeholder at the head of `text` (after `{`), or 0 if it does not fit.
constexpr std::size_t placeholder_length(std::string_view text, ParameterTypes types) {
  if (text.empty() || text[0] < '0' || text[0] > '9') return 0;
  const auto index = static_cast<std::size_t>(text[0] - '0');
  if (index >= types.size()) return 0;
  if (text.size() > 1 && text[1] == '}') return 2;
  if (text.size() < 2 || text[1] != ':' || types[index] != ParameterType::Count) return 0;
  const auto end = text.find('}');
  const auto bar = text.find('|');
  const bool fits = end != std::string_view::npos && bar > 2 && bar < end - 1;
  return fits ? end + 1 : 0;
}

// A Code stands between backticks; what brings its own backticks or words stands outside.
constexpr bool placed_well(ParameterType type, bool in_code) {
  if (type == ParameterType::Code) return in_code;
  const bool worded =
      type == ParameterType::Terms || type == ParameterType::List || type == ParameterType::Term;
  return !(worded && in_code);
}

// Reads every `{i}` of a text; `{{` and `}}` are braces.
constexpr PlaceholderScan scan_placeholders(std::string_view text, ParameterTypes types) {
  PlaceholderScan scan;
  bool in_code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`') in_code = !in_code;
    if (c != '{' && c != '}') continue;
    if (i + 1 < text.size() && text[i + 1] == c) {
      ++i;
      continue;
    }
    const auto length = c == '{' ? placeholder_length(text.substr(i + 1), types) : 0;
    if (length == 0) return {false, 0};
    const auto index = static_cast<std::size_t>(text[i + 1] - '0');
    if (!placed_well(types[index], in_code)) return {false, 0};
    scan.used |= 1u << index;
    i += length;
  }
  return scan;
}

// Message and help together print every parameter, and nothing else.
constexpr bool placeholders_fit(std::string_view message, std::string_view help,
                                ParameterTypes types) {
  const auto in_message = scan_placeholders(message, types);
  const auto in_help = scan_placeholders(help, types);
  const std::uint32_t all = (1u << types.size()) - 1;
  return in_message.well_formed && in_help.well_formed && (in_message.used | in_help.used) == all;
}

constexpr bool backticks_pair(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += c == '`' ? 1 : 0;
  return count % 2 == 0;
}

constexpr bool has_non_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
  }
  return false;
}

// Chinese words and marks stand in an English sentence only as code.
constexpr bool prose_is_ascii(std::string_view text) {
  bool in_code = false;
  for (const char c : text) {
    if (c == '`') in_code = !in_code;
    if (!in_code && static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// Lower-case first letter, no closing period or exclamation mark, ASCII outside code.
constexpr bool english_style(std::string_view text) {
  if (text.empty() || !backticks_pair(text) || !prose_is_ascii(text)) return false;
  const char first = text.front();
  const char last = text.back();
  return !(first >= 'A' && first <= 'Z') && first != ' ' && last != '.' && last != '!' &&
         last != ' ';
}

// Has Chinese words, no closing 。, no ASCII comma, semicolon or colon as punctuation.
constexpr bool chinese_style(std::string_view text) {
  if (text.empty() || !backticks_pair(text)) return false;
  if (text.ends_with("。") || text.ends_with('.') || text.ends_with("！")) return false;
  return has_non_ascii(text) && text.find(", ") == std::string_view::npos &&
         text.find("; ") == std::string_view::npos && text.find(": ") == std::string_view::npos;
}

// `XZ` and four digits.
constexpr bool code_style(std::string_view code) {
  if (code.size() != 6 || !code.starts_with("XZ")) return false;
  for (const char c : code.substr(2)) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

}  // namespace xize::diagnostics

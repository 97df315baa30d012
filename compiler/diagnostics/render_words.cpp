#include "compiler/diagnostics/render_words.h"

#include <string_view>
#include <vector>

#include <fmt/args.h>
#include <fmt/format.h>

namespace xize::diagnostics {
namespace {

// A Count as fmt sees it: `{0}` or `{0:row|rows}`.
struct PrintedCount {
  std::int64_t value;
};

struct Joints {
  std::string_view between;
  std::string_view before_last;
};

std::string joined(const std::vector<std::string>& parts, Joints joints) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? joints.before_last : joints.between;
    text += parts[i];
  }
  return text;
}

std::string alternatives(const std::vector<std::string>& parts, Language language) {
  return language == Language::Chinese ? joined(parts, {"、", " 或 "})
                                       : joined(parts, {", ", " or "});
}

std::string in_backticks(std::string_view text) { return fmt::format("`{}`", text); }

// Turns an argument into what fmt prints.
struct Printer {
  fmt::dynamic_format_arg_store<fmt::format_context>& store;
  Language language;

  void operator()(const Text& a) const { store.push_back(one_line(a.value)); }
  void operator()(const Code& a) const { store.push_back(one_line(a.value)); }
  void operator()(const Number& a) const { store.push_back(a.value.to_string()); }
  void operator()(const Count& a) const { store.push_back(PrintedCount{a.value}); }
  void operator()(const Day& a) const { store.push_back(value::to_string(a.value)); }
  void operator()(const Term& a) const { store.push_back(word(a)); }
  void operator()(const Terms& a) const {
    std::vector<std::string> words;
    for (const auto& term : a.value) words.push_back(word(term));
    store.push_back(alternatives(words, language));
  }
  void operator()(const List& a) const {
    std::vector<std::string> names;
    for (const auto& name : a.value) names.push_back(in_backticks(name));
    const std::string_view comma = language == Language::Chinese ? "、" : ", ";
    store.push_back(joined(names, {comma, comma}));
  }

 private:
  [[nodiscard]] std::string word(const Term& term) const {
    return language == Language::Chinese ? term.chinese : term.english;
  }
  // Text of the user's may hold line ends and other controls; a message is one line.
  [[nodiscard]] static std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '\n') {
        out += "\\n";
      } else if (c == '\t') {
        out += "\\t";
      } else if (byte < 0x20 || byte == 0x7F) {
        out += fmt::format("\\x{:02x}", byte);
      } else {
        out += c;
      }
    }
    return out;
  }
};

}  // namespace
}  // namespace xize::diagnostics

template <>
struct fmt::formatter<xize::diagnostics::PrintedCount> {
  std::string_view one;
  std::string_view many;

  constexpr auto parse(format_parse_context& context) {
    const auto* begin = context.begin();
    const auto* end = begin;
    while (end != context.end() && *end != '}') ++end;
    const std::string_view words(begin, static_cast<std::size_t>(end - begin));
    if (const auto bar = words.find('|'); bar != std::string_view::npos) {
      one = words.substr(0, bar);
      many = words.substr(bar + 1);
    }
    return end;
  }

  template <class Context>
  auto format(xize::diagnostics::PrintedCount count, Context& context) const {
    const auto words = count.value == 1 ? one : many;
    if (words.empty()) return fmt::format_to(context.out(), "{}", count.value);
    return fmt::format_to(context.out(), "{} {}", count.value, words);
  }
};

namespace xize::diagnostics {
namespace {

std::string filled(const Wording& wording, const std::vector<Argument>& arguments,
                   Language language) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const auto& argument : arguments) std::visit(Printer{store, language}, argument);
  const std::string_view text = wording.in(language);
  return fmt::vformat(fmt::string_view(text.data(), text.size()), store);
}

}  // namespace

std::string message_text(const Diagnostic& diagnostic, Language language) {
  return filled(row(diagnostic.kind).message, diagnostic.arguments, language);
}

std::string help_text(const Diagnostic& diagnostic, Language language) {
  return filled(row(diagnostic.kind).help, diagnostic.arguments, language);
}

std::string note_text(const Related& related, Language language) {
  return filled(row(related.note).message, related.arguments, language);
}

std::string suggestion_text(const Diagnostic& diagnostic, Language language) {
  if (diagnostic.suggestions.empty()) return {};
  std::vector<std::string> names;
  for (const auto& name : diagnostic.suggestions) names.push_back(in_backticks(name));
  const auto list = alternatives(names, language);
  return language == Language::Chinese ? fmt::format("是否想写 {}？", list)
                                       : fmt::format("did you mean {}?", list);
}

std::string template_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      out += c;
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == c) {
      out += c;
      ++i;
      continue;
    }
    const auto end = text.find('}', i);
    const auto bar = text.find('|', i);
    out += "…";
    // `{0:row|rows}` reads as several rows.
    if (bar < end) out.append(" ").append(text.substr(bar + 1, end - bar - 1));
    i = end;
  }
  return out;
}

}  // namespace xize::diagnostics

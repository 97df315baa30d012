#include "tests/oracles/decimal_case.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace xize::oracles {

namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// Words between blanks; a word in quotes may hold blanks and `--`, and is kept without them. A
// bare `--` begins a comment.
std::vector<std::string> words_of(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  std::vector<std::string> words;
  while (true) {
    const std::size_t start = line.find_first_not_of(kBlanks);
    if (start == std::string_view::npos) return words;
    line.remove_prefix(start);
    if (line.starts_with("--")) return words;
    std::string word;
    if (const char quote = line.front(); quote == '\'' || quote == '"') {
      std::size_t end = std::min(line.find(quote, 1), line.size());
      word = line.substr(1, end - 1);
      line.remove_prefix(std::min(end + 1, line.size()));
      while (line.starts_with(quote)) {  // a doubled quote stands for itself
        end = std::min(line.find(quote, 1), line.size());
        word += std::string(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
      }
    } else {
      const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
      word = line.substr(0, end);
      line.remove_prefix(end);
    }
    words.push_back(std::move(word));
  }
}

std::string take_digits(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string digits(text.substr(0, end));
  text.remove_prefix(end);
  return digits;
}

bool is_special(std::string_view unsigned_text) {
  const std::string text = lower(std::string(unsigned_text));
  return text == "inf" || text == "infinity" || text.starts_with("nan") ||
         text.starts_with("snan") || text.find('#') != std::string::npos;
}

DecimalReading refuse(NotDecimal why) { return {std::nullopt, why}; }

}  // namespace

bool DecimalCase::has_condition(std::string_view name) const {
  return std::find(conditions.begin(), conditions.end(), name) != conditions.end();
}

DecimalReading read_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (is_special(text)) return refuse(NotDecimal::Special);
  std::string whole = take_digits(text);
  std::string fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  if (whole.empty() && fraction.empty()) return refuse(NotDecimal::Malformed);
  long exponent = 0;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    const bool down = text.starts_with('-');
    if (down || text.starts_with('+')) text.remove_prefix(1);
    const std::string digits = take_digits(text);
    if (digits.empty()) return refuse(NotDecimal::Malformed);
    if (digits.size() > 9) {
      return refuse(text.empty() ? NotDecimal::TooLarge : NotDecimal::Malformed);
    }
    exponent = (down ? -1 : 1) * std::stol(digits);
  }
  if (!text.empty()) return refuse(NotDecimal::Malformed);
  std::string plain = negative ? "-" : "";
  plain += whole.empty() ? "0" : whole;
  if (!fraction.empty()) plain += "." + fraction;
  const auto number = value::Rational::from_decimal(plain + "e" + std::to_string(exponent));
  if (!number) return refuse(NotDecimal::TooLarge);
  const int last = static_cast<int>(exponent) - static_cast<int>(fraction.size());
  return {Decimal{*number, negative, last}, NotDecimal::Malformed};
}

std::optional<DecimalCase> CaseReader::read_line(std::string_view line) {
  const std::vector<std::string> words = words_of(line);
  const auto arrow = std::find(words.begin(), words.end(), "->");
  if (arrow == words.end()) {
    if (words.empty()) return std::nullopt;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto setting = words_of(line.substr(colon + 1));
    const auto name = words_of(line.substr(0, colon));
    if (name.size() == 1 && !setting.empty()) set_directive(lower(name[0]), lower(setting[0]));
    return std::nullopt;
  }
  const auto head = arrow - words.begin();
  if (head < 3 || arrow + 1 == words.end()) return std::nullopt;
  DecimalCase made{words[0], lower(words[1]), {words.begin() + 2, arrow}, arrow[1], {}, context_};
  for (auto word = arrow + 2; word != words.end(); ++word) made.conditions.push_back(lower(*word));
  return made;
}

void CaseReader::set_directive(const std::string& name, const std::string& setting) {
  if (name == "precision") {
    std::from_chars(setting.data(), setting.data() + setting.size(), context_.precision);
  } else if (name == "rounding") {
    context_.rounding = setting;
  } else if (name == "extended") {
    context_.extended = setting != "0";
  }
}

}  // namespace xize::oracles

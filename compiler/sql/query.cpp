#include "compiler/sql/query.h"

#include <algorithm>
#include <charconv>

namespace xize::sql {
namespace {

constexpr std::size_t kAliasedMax = 60'000;  // bytes of what all aliases of a query stand for
constexpr int kSelect = 1'000'000;           // the step behind all steps

}  // namespace

Sql Query::column(std::string_view name, std::string_view table) const {
  return {(table.empty() ? "" : std::string(table) + ".") + quote_name(dialect_, name)};
}

Sql Query::define(const Sql& expression) {
  const bool is_name = expression.text.starts_with(names_) &&
                       expression.text.find_first_of(" (.") == std::string::npos;
  if (is_name || expression.text.empty()) return expression;
  for (const Definition& known : definitions_) {
    if (known.expression.text == expression.text) return {known.name, known.expression.depth + 1};
  }
  const std::string name = names_ + std::to_string(definitions_.size());
  definitions_.push_back({expression, name});
  return {name, expression.depth + 1};
}

// The definitions that the text names.
std::vector<std::size_t> Query::named_in(std::string_view text) const {
  std::vector<std::size_t> found;
  for (auto at = text.find(names_); at != std::string::npos; at = text.find(names_, at + 1)) {
    std::size_t number = 0;
    const char* const digits = text.data() + at + names_.size();
    const auto end = std::from_chars(digits, text.data() + text.size(), number).ptr;
    if (end != digits && number < definitions_.size()) found.push_back(number);
  }
  return found;
}

// By definition: the last step that reads it, or 0. What nobody reads is not computed, and what
// nobody reads any more is not carried on.
std::vector<int> Query::last_reads(const std::vector<Sql>& expressions,
                                   std::string_view rest) const {
  std::vector<int> reads(definitions_.size());
  const auto note = [&](std::string_view text, int step) {
    for (const std::size_t i : named_in(text)) reads[i] = std::max(reads[i], step);
  };
  for (const Sql& expression : expressions) note(expression.text, kSelect);
  note(rest, kSelect);
  for (std::size_t i = definitions_.size(); i-- > 0;) {
    if (reads[i] > 0) note(definitions_[i].expression.text, definitions_[i].step());
  }
  return reads;
}

// `WITH` and the definitions: of each step a table of the names that are still read, made from the
// one before.
std::string Query::steps(const std::vector<int>& reads, int last) const {
  std::string text;
  for (int step = 1; step <= last; ++step) {
    std::string names;
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
      const Definition& definition = definitions_[i];
      if (definition.step() > step || reads[i] <= step) continue;
      if (!names.empty()) names += ",\n  ";
      if (definition.step() == step) names += definition.expression.text + " AS ";
      names += definition.name;
    }
    text += (step == 1 ? "WITH " : ",\n") + table(step) + " AS (SELECT " + names + "\nFROM " +
            (step == 1 ? from_ : table(step - 1)) + std::string(dialect_.fence) + ")";
  }
  return last == 0 ? text : text + "\n";
}

// A database that puts in what an alias stands for makes a long text of nested ones.
bool Query::takes_aliases(const std::vector<int>& reads) const {
  if (!dialect_.aliases) return false;
  std::vector<std::size_t> lengths;
  std::size_t total = 0;
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    const std::string& text = definitions_[i].expression.text;
    std::size_t length = text.size();
    for (const std::size_t part : named_in(text)) length += part < i ? lengths[part] : 0;
    lengths.push_back(length);
    if (reads[i] > 0) total += length;
    if (total > kAliasedMax) return false;
  }
  return true;
}

std::string Query::aliases(const std::vector<int>& reads) const {
  std::string text;
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    if (reads[i] == 0) continue;
    text += (text.empty() ? "WITH " : ",\n  ") + definitions_[i].expression.text + " AS " +
            definitions_[i].name;
  }
  return text.empty() ? text : text + "\n";
}

std::string Query::select(const std::vector<Sql>& expressions, std::size_t keys,
                          std::string_view rest) const {
  const std::vector<int> reads = last_reads(expressions, rest);
  int last = 0;
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    if (reads[i] > 0) last = std::max(last, definitions_[i].step());
  }
  const bool aliased = takes_aliases(reads);
  std::string text = aliased ? aliases(reads) : steps(reads, last);
  text += "SELECT ";
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (i > 0) text += ",\n  ";
    text += expressions[i].text;
  }
  text += "\nFROM " + (last > 0 && !aliased ? table(last) : from_);
  for (std::size_t i = 0; i < keys; ++i) {
    text += (i == 0 ? "\nGROUP BY " : ", ") + expressions[i].text;
  }
  return text.append(rest);
}

}  // namespace xize::sql

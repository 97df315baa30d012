#include "compiler/sql/query.h"

#include <algorithm>
#include <map>

namespace xize::sql {
namespace {

constexpr std::size_t kAliasedMax = 60'000;  // bytes of what all aliases of a query stand for

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

// `WITH` and the definitions: of each depth a table of all names so far, made from the one before.
std::string Query::steps(int depth) const {
  std::string text;
  for (int step = 1; step <= depth; ++step) {
    std::string names;
    for (const Definition& definition : definitions_) {
      const int own = definition.expression.depth + 1;
      if (own > step) continue;
      if (!names.empty()) names += ",\n  ";
      if (own == step) names += definition.expression.text + " AS ";
      names += definition.name;
    }
    text += (step == 1 ? "WITH " : ",\n") + table(step) + " AS (SELECT " + names + "\nFROM " +
            (step == 1 ? from_ : table(step - 1)) + std::string(dialect_.fence) + ")";
  }
  return depth == 0 ? text : text + "\n";
}

// A database that puts in what an alias stands for makes a long text of nested ones.
bool Query::takes_aliases() const {
  if (!dialect_.aliases) return false;
  std::map<std::string, std::size_t> lengths;
  std::size_t total = 0;
  for (const Definition& definition : definitions_) {
    const std::string& text = definition.expression.text;
    std::size_t length = text.size();
    for (auto at = text.find(names_); at != std::string::npos; at = text.find(names_, at + 1)) {
      const auto end = text.find_first_not_of("0123456789", at + names_.size());
      const auto known = lengths.find(text.substr(at, end - at));
      if (known != lengths.end()) length += known->second;
    }
    lengths[definition.name] = length;
    total += length;
    if (total > kAliasedMax) return false;
  }
  return true;
}

std::string Query::aliases() const {
  std::string text;
  for (const Definition& definition : definitions_) {
    text += (text.empty() ? "WITH " : ",\n  ") + definition.expression.text + " AS " +
            definition.name;
  }
  return text.empty() ? text : text + "\n";
}

std::string Query::select(const std::vector<Sql>& expressions, std::size_t keys,
                          std::string_view rest) const {
  int depth = 0;
  for (const Definition& definition : definitions_) {
    depth = std::max(depth, definition.expression.depth + 1);
  }
  const bool aliased = takes_aliases();
  std::string text = aliased ? aliases() : steps(depth);
  text += "SELECT ";
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (i > 0) text += ",\n  ";
    text += expressions[i].text;
  }
  text += "\nFROM " + (depth > 0 && !aliased ? table(depth) : from_);
  for (std::size_t i = 0; i < keys; ++i) {
    text += (i == 0 ? "\nGROUP BY " : ", ") + expressions[i].text;
  }
  return text.append(rest);
}

}  // namespace xize::sql

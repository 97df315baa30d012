#include "compiler/sql/query.h"

#include <algorithm>

namespace xize::sql {

Sql Query::column(std::string_view name, std::string_view table) const {
  return {(table.empty() ? "" : std::string(table) + ".") + quote_name(dialect_, name)};
}

Sql Query::define(const Sql& expression) {
  const bool is_name = expression.text.starts_with(names_) &&
                       expression.text.find_first_of(" (") == std::string::npos;
  if (is_name || expression.text.empty()) return expression;
  for (const Definition& known : definitions_) {
    if (known.expression.text == expression.text) return {known.name, known.expression.depth + 1};
  }
  const std::string name = names_ + std::to_string(definitions_.size());
  definitions_.push_back({expression, name});
  return {name, expression.depth + 1};
}

// The table with the definitions of all depths below `depth`.
std::string Query::from(int depth) const {
  if (depth == 0 || dialect_.aliases) return from_;
  std::string names;
  for (const Definition& definition : definitions_) {
    const int own = definition.expression.depth + 1;
    if (own > depth) continue;
    if (!names.empty()) names += ",\n  ";
    if (own == depth) names += definition.expression.text + " AS ";
    names += definition.name;
  }
  const std::string below = from(depth - 1);
  const bool bare = depth == 1;
  return "(SELECT " + names + "\nFROM " + below +
         (bare ? "" : " AS xize_t" + std::to_string(depth - 1)) + std::string(dialect_.fence) + ")";
}

std::string Query::select(const std::vector<Sql>& expressions, std::size_t keys,
                          std::string_view rest) const {
  int depth = 0;
  for (const Definition& definition : definitions_) {
    depth = std::max(depth, definition.expression.depth + 1);
  }
  std::string text;
  if (dialect_.aliases && !definitions_.empty()) {
    text = "WITH ";
    for (const Definition& definition : definitions_) {
      if (&definition != definitions_.data()) text += ",\n  ";
      text += definition.expression.text + " AS " + definition.name;
    }
    text += "\n";
  }
  text += "SELECT ";
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (i > 0) text += ",\n  ";
    text += expressions[i].text;
  }
  text += "\nFROM " + from(depth) + (depth > 0 && !dialect_.aliases ? " AS xize_t" : "");
  for (std::size_t i = 0; i < keys; ++i) {
    text += (i == 0 ? "\nGROUP BY " : ", ") + expressions[i].text;
  }
  return text.append(rest);
}

}  // namespace xize::sql

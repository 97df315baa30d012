#include "runtime/io/key_checker.h"

#include <utility>

namespace xize::io {

KeyChecker::KeyChecker(const std::string& file, const CsvContext& context)
    : file_(file), context_(context), seen_(context.table.keys.size()) {}

bool KeyChecker::check(const TypedRow& row) {
  bool doubled = false;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    if (row.keys[i].empty()) continue;
    const auto first_line = seen_[i].add(row.keys[i], row.line);
    if (!first_line) continue;
    doubled = true;
    auto doubled_key = problem(ProblemKind::DoubledKey, row);
    doubled_key.column = context_.table.keys[i].front();
    doubled_key.column_name = context_.table.columns[doubled_key.column].name;
    doubled_key.text = shorten(row.keys[i]);
    doubled_key.other = *first_line;
    context_.problems.add(std::move(doubled_key));
  }
  return doubled;
}

DataProblem KeyChecker::problem(ProblemKind kind, const TypedRow& row) const {
  DataProblem found{kind, Severity::Error, file_};
  found.line = row.line;
  found.table = context_.table_number;
  found.unit = row.unit;
  return found;
}

}  // namespace xize::io

#include "tests/differential/same_outcome.h"

#include <fmt/format.h>

namespace xize::differential {
namespace {

using engine::Outcome;
using value::Value;

std::string columns_difference(const program::Program& program, const Outcome& a,
                               const Outcome& b) {
  for (std::size_t op = 0; op < a.columns.size(); ++op) {
    if (a.columns[op].size() != b.columns[op].size()) return fmt::format("%{}: rows", op);
    for (std::size_t row = 0; row < a.columns[op].size(); ++row) {
      const Value expected = a.columns[op].at(row);
      const Value found = b.columns[op].at(row);
      if (expected == found) continue;
      return fmt::format("%{} {} row {}: {}, not {}", op,
                         program::facts(program.ops[program.ops.id_at(op)].code).name, row,
                         value_text(found), value_text(expected));
    }
  }
  return "";
}

bool same(const engine::Violation& a, const engine::Violation& b) {
  return a.check == b.check && a.row == b.row && a.table == b.table && a.line == b.line;
}

bool same(const engine::RowChoice& a, const engine::RowChoice& b) {
  return a.row == b.row && a.line == b.line && a.key == b.key && a.measures == b.measures &&
         a.taken == b.taken;
}

template <class List>
std::string list_difference(const char* what, const List& a, const List& b) {
  if (a.size() != b.size()) return fmt::format("{} {}, not {}", b.size(), what, a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return fmt::format("{} {} differs", what, i);
  }
  return "";
}

}  // namespace

std::string value_text(const Value& v) {
  if (const auto* x = std::get_if<value::Rational>(&v)) return x->to_string();
  if (const auto* x = std::get_if<bool>(&v)) return *x ? "true" : "false";
  if (const auto* x = std::get_if<value::Date>(&v)) return to_string(*x);
  if (const auto* x = std::get_if<value::Month>(&v)) return to_string(*x);
  if (const auto* x = std::get_if<value::Text>(&v)) return fmt::format("text {}", x->id);
  if (const auto* x = std::get_if<value::Fault>(&v)) {
    return fmt::format("fault {} of %{}", static_cast<int>(x->kind), x->op);
  }
  if (std::holds_alternative<value::Pending>(v)) return "pending";
  return std::holds_alternative<value::Missing>(v) ? "missing" : "不涉及";
}

std::string difference(const program::Program& program, const Outcome& expected,
                       const Outcome& found) {
  if (auto said = columns_difference(program, expected, found); !said.empty()) return said;
  if (expected.traces != found.traces) return "traces differ";
  if (expected.faulty != found.faulty) return "which units are faulty differs";
  if (expected.complete != found.complete) return "only one is complete";
  auto said = list_difference("violations", expected.violations, found.violations);
  for (std::size_t i = 0; said.empty() && i < expected.selections.size(); ++i) {
    said = list_difference("choices", expected.selections[i], found.selections[i]);
  }
  return said;
}

}  // namespace xize::differential

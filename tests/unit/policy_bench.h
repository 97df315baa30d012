// policy_bench: a policy as text, units and records as values, scores by name. For tests of what
// the language means, from text to outcome.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/lower/lower.h"
#include "runtime/engine/engine.h"

namespace xize::bench {

using value::Rational;
using value::Value;

// Cells by the name of their column.
using Cells = std::vector<std::pair<std::string, Value>>;

// One policy and the data to run it on. Cells that are not given are 0, false, the first label or
// missing.
class PolicyBench {
 public:
  explicit PolicyBench(const std::string& text, lower::Options options = {});
  ~PolicyBench();

  void unit(const std::string& name, const Cells& cells = {});
  // A row of a unit in a month; the period column is set.
  void unit_in(const std::string& name, value::Month month, const Cells& cells = {});
  void record(const std::string& table, const std::string& unit, const Cells& cells = {});
  void run();

  // Values of the unit given as the n-th (0 the first).
  [[nodiscard]] Value score(const std::string& node, std::size_t row = 0) const;
  [[nodiscard]] Value worth(const std::string& node, std::size_t row = 0) const;
  [[nodiscard]] Value raw(const std::string& node, std::size_t row = 0) const;
  [[nodiscard]] Value total(std::size_t row = 0) const;
  [[nodiscard]] Value rank(std::size_t row = 0) const;
  [[nodiscard]] Value report(const std::string& name, std::size_t row = 0) const;
  // The grade's label; `-` where there is none, the fault's name where there is one.
  [[nodiscard]] std::string grade(std::size_t row = 0) const;
  [[nodiscard]] Value taken(std::size_t selection, std::size_t row) const;
  [[nodiscard]] const program::Rubric& rubric() const;
  [[nodiscard]] const program::Node& node(const std::string& name) const;
  [[nodiscard]] Value at(program::OpId op, std::size_t row) const;
  Value text(const std::string& s);

  lower::Lowered lowered;
  engine::Outcome outcome;

 private:
  struct Checked;
  Value blank(const table::ColumnSchema& column);
  std::vector<Value> cells_of(const table::TableSchema& table, const Cells& cells);

  std::unique_ptr<Checked> checked_;
  std::vector<std::string> names_;
  std::vector<Value> periods_;
  table::Table units_;
  std::vector<table::Table> records_;
};

bool is_fault(const Value& value, value::FaultKind kind);
inline bool is_na(const Value& v) { return std::holds_alternative<value::NotApplicable>(v); }
inline bool is_missing(const Value& v) { return std::holds_alternative<value::Missing>(v); }
inline Value num(std::int64_t n, std::int64_t d = 1) { return Rational(n, d); }

}  // namespace xize::bench

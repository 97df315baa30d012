#include "compiler/testing/expectations.h"

#include <algorithm>

#include "compiler/results/explanation_reader.h"
#include "compiler/sema/fault_names.h"

namespace xize::testing {
namespace {

using value::Value;

// Items of the rubric that read a given input or given records; all where nothing is given.
std::vector<program::NodeId> concerned(const TestRun& run) {
  const program::Program& program = run.scoring.lowered.program;
  const TestData& data = run.data;
  const auto reads_given = [&](program::OpId id) {
    const program::Op& op = program.ops[id];
    if (op.code == program::Opcode::column) return data.given_columns.contains(op.imm);
    return op.table != program::kNoTable && data.given_records.contains(op.table);
  };
  std::vector<program::NodeId> nodes;
  for (std::size_t i = 0; i < program.nodes.size(); ++i) {
    const program::Node& node = program.nodes[program::NodeId(i)];
    const bool leaf = node.children.empty();
    const bool here = !run.test.rubric.valid() ||
                      node.rubric == run.scoring.lowered.rubrics[run.test.rubric.index];
    const bool reads =
        run.test.givens.empty() || std::any_of(node.inputs.begin(), node.inputs.end(), reads_given);
    if (leaf && here && reads) nodes.emplace_back(i);
  }
  return nodes;
}

class Comparison {
 public:
  explicit Comparison(const TestRun& run)
      : run_(run), reader_(run.compilation, run.scoring, run.data.row) {}

  ExpectResult compare(const ast::Expect& expect, const lower::LoweredExpect& ops) const {
    ExpectResult result;
    result.expect = reader_.written(expect.span);
    result.error = expect.kind == ast::ExpectKind::Error;
    switch (expect.kind) {
      case ast::ExpectKind::Equals: result.holds = equals(expect, ops, result); break;
      case ast::ExpectKind::Within: result.holds = within(expect.interval, ops); break;
      case ast::ExpectKind::Error: result.holds = fails_as(expect, ops); break;
      case ast::ExpectKind::Unscored: result.holds = unscored(expect, ops); break;
    }
    if (expect.target.valid()) {
      result.got = datum(ops.target, expect.target);
      result.fault = reader_.fault(ops.target, {});
    }
    if (!result.holds) explain(expect, result);
    return result;
  }

 private:
  [[nodiscard]] results::Datum datum(program::OpId op, ast::ExprId expr) const {
    const std::optional<Value> value = reader_.value(op);
    if (!value || !expr.valid()) return {};
    const sema::Model& model = reader_.model();
    results::Datum datum = results::datum_of(model, reader_.program(), *value, model.type(expr));
    // A score that is missing was not given.
    const bool score = std::holds_alternative<sema::NodeResult>(model.fact(expr).binding);
    if (score && datum.kind == results::DatumKind::Missing) {
      datum.kind = results::DatumKind::Unscored;
    }
    return datum;
  }

  bool equals(const ast::Expect& expect, const lower::LoweredExpect& ops,
              ExpectResult& result) const {
    result.expected = datum(ops.value, expect.value);
    if (result.expected.kind == results::DatumKind::Number) {
      const sema::Type& type = reader_.model().type(expect.target);
      result.expected =
          results::datum_of(reader_.model(), reader_.program(), *reader_.value(ops.value), type);
    }
    const std::optional<Value> got = reader_.value(ops.target);
    const std::optional<Value> wanted = reader_.value(ops.value);
    if (!got || !wanted) return false;
    return !std::holds_alternative<value::Fault>(*got) && *got == *wanted;
  }

  [[nodiscard]] bool within(const ast::Interval& interval, const lower::LoweredExpect& ops) const {
    const std::optional<Value> got = reader_.value(ops.target);
    if (!got) return false;
    table::Range range;
    const auto add = [&](std::optional<table::Bound>& bound, ast::ExprId stated, program::OpId op,
                         bool closed) {
      if (!stated.valid()) return true;
      const std::optional<Value> value = reader_.value(op);
      if (!value || std::holds_alternative<value::Fault>(*value)) return false;
      bound = table::Bound{*value, closed};
      return true;
    };
    return add(range.low, interval.low, ops.low, interval.low_closed) &&
           add(range.high, interval.high, ops.high, interval.high_closed) && is_comparable(*got) &&
           table::contains(range, *got);
  }
  static bool is_comparable(const Value& value) {
    return std::holds_alternative<value::Rational>(value) ||
           std::holds_alternative<value::Date>(value) ||
           std::holds_alternative<value::Month>(value);
  }

  [[nodiscard]] bool is_fault(program::OpId op, value::FaultKind kind) const {
    const std::optional<Value> value = reader_.value(op);
    const auto* fault = value ? std::get_if<value::Fault>(&*value) : nullptr;
    return fault != nullptr && fault->kind == kind;
  }

  [[nodiscard]] bool fails_as(const ast::Expect& expect, const lower::LoweredExpect& ops) const {
    const auto kind = sema::fault_named(expect.error.text);
    if (!kind) return false;
    const bool in_error = run_.scoring.outcome.faulty[run_.data.row];
    if (*kind == value::FaultKind::BadCell && in_error) return true;
    if (expect.target.valid()) return is_fault(ops.target, *kind);
    const auto nodes = concerned(run_);
    const bool some = std::any_of(nodes.begin(), nodes.end(), [&](program::NodeId node) {
      return is_fault(reader_.program().nodes[node].score, *kind);
    });
    if (some) return true;
    const auto& rubrics = reader_.program().rubrics;
    return std::any_of(rubrics.begin(), rubrics.end(), [&](const program::Rubric& r) {
      return (run_.test.givens.empty() && is_fault(r.total, *kind)) ||
             (r.grade && is_fault(r.grade->grade, *kind));
    });
  }

  [[nodiscard]] bool is_missing(program::OpId op) const {
    const std::optional<Value> value = reader_.value(op);
    return value && std::holds_alternative<value::Missing>(*value);
  }

  [[nodiscard]] bool unscored(const ast::Expect& expect, const lower::LoweredExpect& ops) const {
    if (expect.target.valid()) return is_missing(ops.target);
    if (run_.test.rubric.valid()) {
      const auto rubric = run_.scoring.lowered.rubrics[run_.test.rubric.index];
      if (is_missing(reader_.program().rubrics[rubric].total)) return true;
    }
    const auto nodes = concerned(run_);
    return std::any_of(nodes.begin(), nodes.end(), [&](program::NodeId node) {
      return is_missing(reader_.program().nodes[node].score);
    });
  }

  // The node an expectation is about, or the result of its rubric.
  void explain(const ast::Expect& expect, ExpectResult& result) const {
    if (!expect.target.valid()) {
      const auto nodes = concerned(run_);
      if (nodes.size() == 1) result.node = results::explain_node(reader_, nodes.front());
      return;
    }
    const auto* ref = std::get_if<sema::NodeResult>(&reader_.model().fact(expect.target).binding);
    if (ref == nullptr) return;
    const auto& lowered = run_.scoring.lowered;
    if (lowered.nodes[ref->node.index].valid()) {
      result.node = results::explain_node(reader_, lowered.nodes[ref->node.index]);
    } else {
      result.rubric = results::explain_rubric(run_.compilation, run_.scoring, run_.data.row,
                                              lowered.rubrics[ref->node.index]);
    }
  }

  const TestRun& run_;
  results::ExplanationReader reader_;
};

}  // namespace

std::vector<ExpectResult> compare(const TestRun& run) {
  const Comparison comparison(run);
  const auto& test = run.compilation.model().entry_as<ast::Test>(run.test.entry);
  std::vector<ExpectResult> results;
  for (std::size_t i = 0; i < test.expects.size() && i < run.lowered.expects.size(); ++i) {
    results.push_back(comparison.compare(test.expects[i], run.lowered.expects[i]));
  }
  return results;
}

std::vector<program::OpId> roots_of(const TestRun& run) {
  std::vector<program::OpId> roots;
  const auto& test = run.compilation.model().entry_as<ast::Test>(run.test.entry);
  for (std::size_t i = 0; i < test.expects.size() && i < run.lowered.expects.size(); ++i) {
    const lower::LoweredExpect& ops = run.lowered.expects[i];
    for (const program::OpId op : {ops.target, ops.value, ops.low, ops.high}) roots.push_back(op);
    if (test.expects[i].target.valid()) continue;
    for (const program::NodeId node : concerned(run)) {
      roots.push_back(run.scoring.lowered.program.nodes[node].score);
    }
    for (const program::Rubric& rubric : run.scoring.lowered.program.rubrics) {
      if (rubric.grade) roots.push_back(rubric.grade->grade);
    }
  }
  return roots;
}

}  // namespace xize::testing

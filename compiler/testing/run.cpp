#include <algorithm>
#include <cassert>

#include "compiler/diagnostics/kinds/data.h"
#include "compiler/results/explanation_reader.h"
#include "compiler/sema/fault_names.h"
#include "compiler/testing/coverage.h"
#include "compiler/testing/expectations.h"
#include "compiler/testing/test_unit.h"
#include "compiler/testing/testing.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/verify.h"

namespace xize::testing {
namespace {

using results::ExplanationReader;

// Runs the tests of one policy, one after another, on the same program.
class Runner {
 public:
  explicit Runner(const driver::Compilation& compilation)
      : compilation_(compilation), model_(compilation.model()) {
    scoring_.lowered = lower::to_program(model_, {lower::UnspecifiedMode::Error, true});
    assert(program::verify(program()).empty());
    for (const program::Stage& stage : program().stages) checks_.push_back(stage.checks);
  }

  PolicyResult run(const std::string& filter) {
    PolicyResult result;
    result.path = compilation_.file().path();
    const TestDataMaker maker(compilation_, scoring_.lowered);
    for (std::size_t i = 0; i < model_.tests.size(); ++i) {
      const auto& test = model_.entry_as<ast::Test>(model_.tests[i].entry);
      if (test.title.find(filter) == std::string::npos) continue;
      result.tests.push_back(run_one(i, maker));
    }
    result.coverage = coverage_.take();
    return result;
  }

 private:
  [[nodiscard]] program::Program& program() { return scoring_.lowered.program; }

  TestResult run_one(std::size_t index, const TestDataMaker& maker) {
    const sema::TestInfo& info = model_.tests[index];
    TestResult result;
    result.title = model_.entry_as<ast::Test>(info.entry).title;
    result.line = compilation_.file().line_column(model_.entry(info.entry).span.begin).line;
    result.unit = unit_for(model_, info);
    TestData data = maker.make(info, result.unit);
    result.problems = std::move(data.problems);
    result.state = TestState::Error;
    if (!result.problems.empty()) return result;
    score(data);
    const TestRun run{compilation_, scoring_, info, scoring_.lowered.tests[index], data};
    result.expects = compare(run);
    const bool holds = std::all_of(result.expects.begin(), result.expects.end(),
                                   [](const ExpectResult& e) { return e.holds; });
    result.state = holds ? TestState::Passed : TestState::Failed;
    // An example that could never be data proves nothing, unless that is what it shows.
    const bool meant = holds && expects_bad_data(info);
    if (scoring_.outcome.faulty[data.row] && !meant) return broken(std::move(result), data);
    const Reach reach(program(), roots_of(run), scoring_.outcome, data.row);
    result.neutral = neutral_inputs(reach, data);
    coverage_.add(ExplanationReader(compilation_, scoring_, data.row), reach);
    return result;
  }

  [[nodiscard]] bool expects_bad_data(const sema::TestInfo& info) const {
    const auto& expects = model_.entry_as<ast::Test>(info.entry).expects;
    return std::any_of(expects.begin(), expects.end(), [](const ast::Expect& expect) {
      return expect.kind == ast::ExpectKind::Error &&
             sema::fault_named(expect.error.text) == value::FaultKind::BadCell;
    });
  }

  void score(TestData& data) {
    limit_checks(data);
    scoring_.data.schema = &program().schema;
    scoring_.data.pool = &program().strings;
    scoring_.data.units = data.units;
    engine::TableSource records(std::move(data.records));
    engine::RunOptions options;
    options.calendar = &driver::calendar();
    options.parameters = data.parameters;
    options.trace_rows = {data.row};
    scoring_.outcome = interpreter::run(program(), scoring_.data.units, records, options);
  }

  // A check counts where the test names all that it reads.
  void limit_checks(const TestData& data) {
    const auto counts = [&](std::uint32_t check) {
      const auto reads = Reach(program(), {program().checks[check].condition}).reads();
      return std::all_of(reads.begin(), reads.end(),
                         [&](program::OpId op) { return is_named(op, data); });
    };
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      auto& kept = program().stages[i].checks;
      kept.clear();
      std::copy_if(checks_[i].begin(), checks_[i].end(), std::back_inserter(kept), counts);
    }
  }

  bool is_named(program::OpId id, const TestData& data) {
    const program::Op& op = program().ops[id];
    if (op.code == program::Opcode::parameter) {
      return data.given_parameters.contains(op.imm) ||
             program().parameters[op.imm].default_value.has_value();
    }
    if (op.level == program::Level::Row) return !data.open_columns.contains({op.table, op.imm});
    const table::TableSchema& units = program().schema.units;
    if (op.imm == units.unit_column || op.imm == units.period_column) return true;
    return data.given_columns.contains(op.imm) || units.columns[op.imm].default_value.has_value();
  }

  // Inputs with a neutral value that the expectations depend on.
  std::vector<results::Reading> neutral_inputs(const Reach& reach, const TestData& data) {
    const ExplanationReader reader(compilation_, scoring_, data.row);
    std::vector<results::Reading> inputs;
    const auto add = [&](results::Reading reading) {
      const bool known = std::any_of(inputs.begin(), inputs.end(),
                                     [&](const auto& r) { return r.name == reading.name; });
      if (!known) inputs.push_back(std::move(reading));
    };
    for (const program::OpId id : reach.reads()) {
      if (is_named(id, data)) continue;
      const program::Op& op = program().ops[id];
      if (op.code == program::Opcode::parameter) {
        add({program().parameters[op.imm].name,
             results::datum_of(program(), *data.parameters[op.imm])});
      } else if (op.level == program::Level::Row) {
        const table::TableSchema& table = program().schema.records[op.table];
        add({table.name + "." + table.columns[op.imm].name, {}});
      } else {
        results::Reading reading = reader.reading(id, sema::NodeId{});
        if (reading.value.kind != results::DatumKind::Missing) add(std::move(reading));
      }
    }
    return inputs;
  }

  // The data of the test break a check of the policy.
  TestResult broken(TestResult result, const TestData& data) {
    result.state = TestState::Error;
    result.expects.clear();
    const auto checks = results::broken_checks(compilation_, scoring_, data.row);
    std::size_t next = 0;
    for (const engine::Violation& violation : scoring_.outcome.violations) {
      if (violation.row != data.row) continue;
      const auto& check = program().checks[violation.check];
      const ast::Span span = scoring_.lowered.places[check.origin.index].span;
      result.problems.push_back(diagnostics::make<diagnostics::kinds::DataCheck>(
          diagnostics::InSource{&compilation_.file(), span}, checks[next++].check.text));
    }
    return result;
  }

  const driver::Compilation& compilation_;
  const sema::Model& model_;
  driver::Scoring scoring_;
  std::vector<std::vector<std::uint32_t>> checks_;  // of each stage, as lowered
  Coverage coverage_;
};

}  // namespace

PolicyResult run_tests(const driver::Compilation& compilation, const std::string& filter) {
  return Runner(compilation).run(filter);
}

Tally tally(const std::vector<PolicyResult>& policies) {
  Tally tally;
  for (const PolicyResult& policy : policies) {
    for (const TestResult& test : policy.tests) {
      ++(test.state == TestState::Passed ? tally.passed : tally.failed);
    }
  }
  return tally;
}

}  // namespace xize::testing

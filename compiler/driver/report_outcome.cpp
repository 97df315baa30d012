#include "compiler/driver/report_outcome.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "compiler/diagnostics/kinds/data.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/picked_rows.h"
#include "compiler/driver/report_data.h"
#include "runtime/io/cell_text.h"
#include "runtime/program/visit.h"
#include "runtime/value/packed_cell.h"

namespace xize::driver {
namespace {

using diagnostics::InData;
using diagnostics::InSource;
namespace kinds = diagnostics::kinds;

// Words the conditions that a run found broken, each with the row that breaks it.
class ViolationReporter {
 public:
  ViolationReporter(const Compilation& compilation, const Scoring& scoring, diagnostics::Sink& sink)
      : compilation_(compilation), scoring_(scoring), sink_(sink) {
    std::map<std::uint16_t, std::set<std::uint64_t>> lines;
    for (const engine::Violation& violation : scoring.outcome.violations) {
      if (violation.table != program::kNoTable) lines[violation.table].insert(violation.line);
    }
    for (const auto& [table, wanted] : lines) {
      records_[table] = pick_rows(scoring.data, table, wanted);
    }
  }

  void report(const engine::Violation& violation) {
    const program::Origin origin = scoring_.lowered.program.checks[violation.check].origin;
    const lower::Place& place = scoring_.lowered.places[origin.index];
    const std::string text = check_text(compilation_, place);
    if (place.column.valid()) return report_column(violation, place, text);
    if (place.entry.valid()) {
      const auto* partition =
          std::get_if<ast::Partition>(&compilation_.module().entries[place.entry].node);
      if (partition != nullptr && report_partition(violation, place, *partition)) return;
    }
    declared(sink_.report_at<kinds::DataCheck>(where(violation), text), place);
  }

 private:
  void report_column(const engine::Violation& violation, const lower::Place& place,
                     const std::string& text) {
    const table::ColumnSchema& column = schema_of(violation).columns[column_of(place.column)];
    InData at = where(violation);
    at.header = column.name;
    if (place.kind == lower::PlaceKind::BlankCell) {
      return declared(sink_.report_at<kinds::DataBlankCell>(at, expected_term(column)), place);
    }
    const std::optional<value::Value> cell = cell_of(violation, place.column);
    const std::string found =
        cell ? io::cell_text(*cell, column, scoring_.lowered.program.strings) : std::string();
    declared(sink_.report_at<kinds::DataConstraint>(at, found, text), place);
  }

  // False where a part is more than a column, so that its value is not at hand.
  bool report_partition(const engine::Violation& violation, const lower::Place& place,
                        const ast::Partition& partition) {
    const auto whole = number_of(violation, partition.whole);
    if (!whole || partition.op != ast::BinaryOp::Eq) return false;
    value::Rational sum = 0;
    for (const ast::ExprId term : partition.terms) {
      const auto part = number_of(violation, term);
      if (!part) return false;
      sum += *part;
    }
    declared(sink_.report_at<kinds::DataPartition>(where(violation), sum, *whole,
                                                  slice(partition.whole)),
             place);
    return true;
  }

  void declared(diagnostics::Draft draft, const lower::Place& place) {
    const std::string_view written = compilation_.file().slice(place.span);
    draft.note_at<diagnostics::kinds::DeclaredHere>(InSource{&compilation_.file(), place.span},
                                                   written);
  }

  [[nodiscard]] InData where(const engine::Violation& violation) const {
    const bool of_record = violation.table != program::kNoTable;
    const table::Table& rows = scoring_.data.units.rows();
    const io::FileLine at =
        of_record ? io::file_line(scoring_.data.files, violation.table, violation.line)
                  : io::FileLine{*scoring_.data.files.units, rows.line(violation.row)};
    InData place;
    place.path = at.path;
    place.line = at.line;
    place.unit = scoring_.data.units.unit_name(rows.unit(violation.row));
    return place;
  }
  [[nodiscard]] const table::TableSchema& schema_of(const engine::Violation& violation) const {
    const table::DataSchema& schema = scoring_.lowered.program.schema;
    return violation.table == program::kNoTable ? schema.units : schema.records[violation.table];
  }
  [[nodiscard]] std::uint32_t column_of(sema::ColumnId id) const {
    return scoring_.lowered.columns[id.index];
  }

  [[nodiscard]] std::optional<value::Value> cell_of(const engine::Violation& violation,
                                                    sema::ColumnId id) const {
    const std::uint32_t column = column_of(id);
    if (column == table::kNoColumn) return std::nullopt;
    if (violation.table == program::kNoTable) {
      return scoring_.data.units.rows().at(violation.row, column);
    }
    const RowsByLine& rows = records_.at(violation.table);
    const auto row = rows.find(violation.line);
    if (row == rows.end()) return std::nullopt;
    return row->second[column];
  }

  // The number in the cell of a plain column.
  [[nodiscard]] std::optional<value::Rational> number_of(const engine::Violation& violation,
                                                         ast::ExprId expr) const {
    const auto* column =
        std::get_if<sema::ColumnRef>(&compilation_.model().fact(expr).binding);
    if (column == nullptr) return std::nullopt;
    const std::optional<value::Value> cell = cell_of(violation, column->column);
    const auto* number = cell ? std::get_if<value::Rational>(&*cell) : nullptr;
    return number == nullptr ? std::nullopt : std::optional(*number);
  }
  [[nodiscard]] std::string_view slice(ast::ExprId expr) const {
    return compilation_.file().slice(compilation_.model().expr(expr).span);
  }

  const Compilation& compilation_;
  const Scoring& scoring_;
  diagnostics::Sink& sink_;
  std::map<std::uint16_t, RowsByLine> records_;
};

// Units that the policy lists for its rubrics and the data do not have.
void report_absent_units(const Compilation& compilation, const Scoring& scoring,
                         diagnostics::Sink& sink) {
  const sema::Model& model = compilation.model();
  std::set<std::string> absent;
  for (const sema::NodeId rubric : model.rubrics) {
    const sema::GroupId group = model.nodes[rubric].for_group;
    if (!group.valid() || !model.groups[group].units) continue;
    for (const sema::UnitId unit : *model.groups[group].units) {
      const std::string& name = model.units[unit.index];
      if (!scoring.data.units.find_unit(scoring.data.names.resolve(name))) absent.insert(name);
    }
  }
  if (absent.empty()) return;
  InData place;
  place.path = *scoring.data.files.units;
  std::string names;
  for (const std::string& name : absent) names += (names.empty() ? "" : "、") + name;
  sink.report_at<kinds::DataGroupUnitAbsent>(place, names, scoring.data.schema->units.name);
}

// Blank marks, for each column that has some.
void report_pending(const Scoring& scoring, diagnostics::Sink& sink) {
  const table::Table& rows = scoring.data.units.rows();
  const auto& columns = scoring.data.schema->units.columns;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if (!columns[column].judged) continue;
    std::size_t pending = 0;
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      if (std::holds_alternative<value::Pending>(rows.at(row, column))) ++pending;
    }
    if (pending == 0) continue;
    InData place;
    place.path = *scoring.data.files.units;
    place.header = columns[column].name;
    sink.report_at<kinds::DataPendingMarks>(place, pending, columns[column].name);
  }
}

// A mark that was not given yet: those of a column are reported together.
bool is_blank_mark(const program::Program& program, const value::Fault& fault) {
  if (fault.kind != value::FaultKind::PendingMark || fault.op >= program.ops.size()) return false;
  const program::Op& op = program.ops[program::OpId(fault.op)];
  return op.code == program::Opcode::column && op.level == program::Level::Unit;
}

// Rows that were read and do not count.
void report_late_rows(const io::DataSet& data, diagnostics::Sink& sink) {
  for (const io::FileReport& report : data.reports) {
    if (report.late_rows == 0) continue;
    const table::TableSchema& records = data.schema->records[report.table - 1];
    sink.report_at<kinds::DataAfterCutoff>(InData{report.file, 0, 0, {}, {}},
                                          report.late_rows, records.name,
                                          diagnostics::Day{*records.cutoff});
  }
}

// Rows of records whose selection the policy leaves open, or whose value cannot be computed: one
// for each selection.
void report_open_selections(const Compilation& compilation, const Scoring& scoring,
                            diagnostics::Sink& sink) {
  const program::Program& program = scoring.lowered.program;
  const table::Table& rows = scoring.data.units.rows();
  for (std::size_t i = 0; i < scoring.outcome.selections.size(); ++i) {
    const program::RowSelection& selection = program.row_selections[i];
    for (const engine::RowChoice& choice : scoring.outcome.selections[i]) {
      const auto* fault = std::get_if<value::Fault>(&choice.taken);
      if (fault == nullptr) continue;
      const InSource place{&compilation.file(),
                           scoring.lowered.places[selection.origin.index].span};
      diagnostics::report_fault(sink, fault->kind, place,
                                {scoring.data.units.unit_name(rows.unit(choice.row)),
                                 selection.name});
      break;
    }
  }
}

// Reports why units have no score. What the policy leaves open is one fault of the policy, however
// many units meet it.
class FaultReporter {
 public:
  FaultReporter(const Compilation& compilation, const Scoring& scoring, diagnostics::Sink& sink)
      : compilation_(compilation), scoring_(scoring), sink_(sink) {
    const std::size_t rows = scoring.data.units.rows().row_count();
    may_fault_.assign((rows + value::kPartRows - 1) / value::kPartRows, false);
    program::visit_results(program_, [&](program::OpId op) {
      if (op.valid()) look_for_faults(scoring.outcome.columns[op.index]);
    });
  }

  void add(std::size_t row) {
    if (!may_fault_[row / value::kPartRows]) return;
    row_ = row;
    bool some_item = false;
    for (const program::Node& node : program_.nodes) {
      const bool is_item = node.children.empty();
      if (is_item && add(node.score, node.name, node.origin)) some_item = true;
    }
    if (some_item) return;
    for (const program::Rubric& rubric : program_.rubrics) {
      if (add(rubric.total, rubric.name, rubric.origin)) continue;
      // What the policy leaves open about places: ties at a cut, fractions of a place.
      if (rubric.grade) add(rubric.grade->grade, rubric.name, rubric.origin);
      for (const program::Selection& selection : rubric.selections) {
        add(selection.taken, selection.name, selection.origin);
      }
    }
  }

  void finish() {
    for (const Found& open : open_) report(value::FaultKind::Unspecified, open);
  }

 private:
  struct Found {
    source::Span span;
    std::string name;
    std::uint32_t unit = 0;                       // the first that has it
    std::unordered_set<std::uint32_t> others = {};  // further ones
  };

  // Of very many rows few have faults, and whole parts of a column say so at once.
  void look_for_faults(const value::PackedValues& column) {
    const auto is_fault = [](const value::Value& v) {
      return std::holds_alternative<value::Fault>(v);
    };
    if (column.empty()) return;
    for (std::size_t i = 0; i < may_fault_.size(); ++i) {
      const auto& others = column.part(column.size() == 1 ? 0 : i).others;
      if (std::any_of(others.begin(), others.end(), is_fault)) may_fault_[i] = true;
    }
  }

  // True if the op has a fault in this row.
  bool add(program::OpId op, const std::string& name, program::Origin fallback) {
    if (!op.valid() || scoring_.outcome.columns[op.index].empty()) return false;
    const auto* other = value::packed_cell(scoring_.outcome.columns[op.index], row_).other;
    const auto* fault = other == nullptr ? nullptr : std::get_if<value::Fault>(other);
    if (fault == nullptr) return false;
    if (is_blank_mark(program_, *fault)) return true;  // the mark itself was reported
    const table::Table& rows = scoring_.data.units.rows();
    const Found found{span_of(*fault, fallback), name, rows.unit(row_)};
    if (fault->kind == value::FaultKind::Unspecified) {
      add_open(found);
    } else {
      report(fault->kind, found);
    }
    return true;
  }

  void add_open(const Found& found) {
    for (Found& open : open_) {
      if (open.span.begin != found.span.begin || open.name != found.name) continue;
      if (found.unit != open.unit) open.others.insert(found.unit);
      return;
    }
    open_.push_back(found);
  }

  [[nodiscard]] source::Span span_of(const value::Fault& fault, program::Origin origin) const {
    if (fault.op < program_.ops.size()) {
      const program::Origin own = program_.ops[program::OpId(fault.op)].origin;
      if (own.valid()) origin = own;
    }
    return origin.valid() ? scoring_.lowered.places[origin.index].span : source::Span{};
  }

  void report(value::FaultKind kind, const Found& found) {
    diagnostics::report_fault(sink_, kind, InSource{&compilation_.file(), found.span},
                              {scoring_.data.units.unit_name(found.unit), found.name,
                               found.others.size()});
  }

  const Compilation& compilation_;
  const Scoring& scoring_;
  diagnostics::Sink& sink_;
  const program::Program& program_ = scoring_.lowered.program;
  std::vector<bool> may_fault_;  // by number of a part of the rows
  std::size_t row_ = 0;
  std::vector<Found> open_;
};

}  // namespace

std::string_view sign_of(ast::BinaryOp op, bool chinese) {
  switch (op) {
    case ast::BinaryOp::Eq: return chinese ? "等于" : "=";
    case ast::BinaryOp::Ne: return chinese ? "不等于" : "!=";
    case ast::BinaryOp::Lt: return chinese ? "低于" : "<";
    case ast::BinaryOp::Le: return chinese ? "不超过" : "<=";
    case ast::BinaryOp::Gt: return chinese ? "超过" : ">";
    default: return chinese ? "不低于" : ">=";
  }
}

std::string check_text(const Compilation& compilation, const lower::Place& place) {
  const sema::Model& model = compilation.model();
  if (place.entry.valid()) {
    const auto* check = std::get_if<ast::Check>(&model.entry(place.entry).node);
    if (check != nullptr && !check->text.empty()) return check->text;
  }
  const std::string written(compilation.file().slice(place.span));
  if (!place.column.valid()) return written;
  const sema::Column& column = model.columns[place.column];
  for (const sema::ColumnCheck& check : column.checks) {
    if (check.value != place.expr) continue;
    const bool chinese = compilation.module().surface == ast::Surface::Chinese;
    const auto value = compilation.file().slice(model.expr(check.value).span);
    return column.name + " " + std::string(sign_of(check.op, chinese)) + " " + std::string(value);
  }
  return column.qualified;  // a cell that must not be blank
}

void report_violations(const Compilation& compilation, const Scoring& scoring,
                       diagnostics::Sink& sink) {
  if (scoring.outcome.violations.empty()) return;
  ViolationReporter reporter(compilation, scoring, sink);
  for (const engine::Violation& violation : scoring.outcome.violations) reporter.report(violation);
}

void report_left_out(const Compilation& compilation, const Scoring& scoring,
                     diagnostics::Sink& sink) {
  report_late_rows(scoring.data, sink);
  report_absent_units(compilation, scoring, sink);
  report_pending(scoring, sink);
  report_open_selections(compilation, scoring, sink);
}

void report_faults(const Compilation& compilation, const Scoring& scoring,
                   const std::vector<std::size_t>& rows, diagnostics::Sink& sink) {
  FaultReporter reporter(compilation, scoring, sink);
  for (const std::size_t row : rows) reporter.add(row);
  reporter.finish();
}

}  // namespace xize::driver

#include "compiler/whatif/comparison.h"

#include <algorithm>
#include <set>

#include "compiler/diagnostics/kinds/whatif.h"
#include "compiler/driver/report_outcome.h"
#include "compiler/results/explanation_reader.h"

namespace xize::whatif {
namespace {

using results::Datum;
using results::Mark;
using results::NodeExplanation;
using results::RubricExplanation;

class Comparer {
 public:
  Comparer(const driver::Compilation& compilation, driver::Scoring& scoring, std::size_t row)
      : compilation_(compilation), scoring_(scoring), row_(row) {}

  std::optional<Comparison> run(const Changes& changes, diagnostics::Sink& sink) {
    Comparison out;
    const table::UnitTable& units = scoring_.data.units;
    out.unit = units.unit_name(units.rows().unit(row_));
    out.period = results::period_of(scoring_, row_);
    list_cells(changes, out);
    list_records(changes, out);
    Bench bench(scoring_);
    apply(changes, scoring_, row_, bench);
    explain_before(out);
    const auto violations = scoring_.outcome.violations;
    scoring_.outcome = bench.run({row_});
    scoring_.data.units = bench.units();
    if (report_broken(violations, sink)) return std::nullopt;
    for (RubricComparison& rubric : out.rubrics) explain_after(rubric);
    return out;
  }

 private:
  [[nodiscard]] const program::Program& program() const { return scoring_.lowered.program; }

  // ---- what is changed

  void list_cells(const Changes& changes, Comparison& out) const {
    const results::ExplanationReader reader(compilation_, scoring_, row_);
    const table::Table& rows = scoring_.data.units.rows();
    for (const auto& [column, value] : changes.cells) {
      const sema::ColumnId id = reader.unit_column(column);
      const auto datum = [&](const value::Value& v) {
        return id.valid() ? results::datum_of(program(), v, reader.model().columns[id])
                          : results::datum_of(program(), v);
      };
      out.inputs.push_back({program().schema.units.columns[column].name,
                            datum(rows.at(row_, column)), datum(value)});
    }
    for (const auto& [slot, value] : changes.parameters) {
      const program::ParameterSlot& parameter = program().parameters[slot];
      const auto& given = scoring_.parameters[slot];
      const auto before = given ? given : parameter.default_value;
      out.inputs.push_back({parameter.name,
                            before ? results::datum_of(program(), *before) : Datum{},
                            results::datum_of(program(), value)});
    }
  }

  // Records by how many the unit has.
  void list_records(const Changes& changes, Comparison& out) const {
    std::set<std::uint16_t> tables;
    for (const NewRecord& record : changes.added) tables.insert(record.table);
    for (const RecordPlace& record : changes.dropped) tables.insert(record.table);
    for (const std::uint16_t table : tables) {
      const auto of_table = [&](const auto& record) { return record.table == table; };
      const auto number = [](std::int64_t n) {
        return Datum{.kind = results::DatumKind::Number, .number = n,
                     .measure = {"records", "条"}};
      };
      const std::int64_t before = count_own(table);
      const std::int64_t after =
          before + std::count_if(changes.added.begin(), changes.added.end(), of_table) -
          std::count_if(changes.dropped.begin(), changes.dropped.end(), of_table);
      out.inputs.push_back(
          {program().schema.records[table].name, number(before), number(after)});
    }
  }

  [[nodiscard]] std::int64_t count_own(std::uint16_t table) const {
    const table::Table& rows = scoring_.records[table];
    const table::Table& units = scoring_.data.units.rows();
    std::int64_t count = 0;
    for (std::size_t r = 0; r < rows.row_count(); ++r) {
      const bool in_period =
          rows.period(r) == table::kNoPeriod || rows.period(r) == units.period(row_);
      if (rows.unit(r) == units.unit(row_) && in_period) ++count;
    }
    return count;
  }

  // ---- what comes of it

  void explain_before(Comparison& out) {
    const results::ExplanationReader reader(compilation_, scoring_, row_);
    for (std::size_t i = 0; i < program().rubrics.size(); ++i) {
      if (!reader.holds(program().rubrics[i].member)) continue;
      RubricComparison rubric;
      rubric.before = results::explain_rubric(compilation_, scoring_, row_, i);
      rubric.moved = places(i);
      out.rubrics.push_back(std::move(rubric));
    }
  }

  void explain_after(RubricComparison& rubric) {
    std::size_t index = 0;
    while (program().rubrics[index].name != rubric.before.rubric) ++index;
    rubric.after = results::explain_rubric(compilation_, scoring_, row_, index);
    list_nodes(rubric.before.nodes, rubric.after.nodes, 0, rubric.nodes);
    const auto now = places(index);
    for (std::size_t i = 0; i < now.size(); ++i) rubric.moved[i].after = now[i].before;
    std::erase_if(rubric.moved, [](const MovedUnit& u) { return u.before == u.after; });
  }

  // The places of the other units in this period.
  [[nodiscard]] std::vector<MovedUnit> places(std::size_t rubric) const {
    const program::OpId rank = program().rubrics[rubric].rank;
    const table::UnitTable& units = scoring_.data.units;
    std::vector<MovedUnit> found;
    for (std::size_t r = 0; r < units.rows().row_count(); ++r) {
      if (r == row_ || units.rows().period(r) != units.rows().period(row_)) continue;
      if (!rank.valid() || !scoring_.outcome.has(rank, r)) continue;
      const value::Value at = scoring_.outcome.value(rank, r);
      const auto* place = std::get_if<value::Rational>(&at);
      found.push_back({std::string(units.unit_name(units.rows().unit(r))),
                       place == nullptr ? std::nullopt : place->to_int64(), {}});
    }
    return found;
  }

  static void list_nodes(const std::vector<NodeExplanation>& before,
                         const std::vector<NodeExplanation>& after, int depth,
                         std::vector<ChangedNode>& out) {
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
      const bool changed = before[i].score != after[i].score ||
                           before[i].worth != after[i].worth;
      if (changed) {
        out.push_back({depth, before[i].children.empty() && after[i].children.empty(), before[i],
                       after[i]});
      }
      list_nodes(before[i].children, after[i].children, depth + 1, out);
    }
  }

  // Checks that the unit's data break now and did not before.
  bool report_broken(const std::vector<engine::Violation>& before, diagnostics::Sink& sink) const {
    const auto known = [&](const engine::Violation& v) {
      return std::any_of(before.begin(), before.end(), [&](const engine::Violation& b) {
        return b.check == v.check && b.row == v.row && b.line == v.line;
      });
    };
    bool any = false;
    for (const engine::Violation& violation : scoring_.outcome.violations) {
      if (known(violation)) continue;
      any = true;
      const table::UnitTable& units = scoring_.data.units;
      const auto origin = program().checks[violation.check].origin;
      const lower::Place& place = scoring_.lowered.places[origin.index];
      sink.report_at<diagnostics::kinds::ChangeBreaksCheck>(
          diagnostics::InSource{&compilation_.file(), place.span},
          units.unit_name(units.rows().unit(violation.row)),
          driver::check_text(compilation_, place));
    }
    return any;
  }

  const driver::Compilation& compilation_;
  driver::Scoring& scoring_;
  std::size_t row_;
};

}  // namespace

std::optional<Comparison> compare(const driver::Compilation& compilation, driver::Scoring& scoring,
                                  std::size_t row, const Changes& changes,
                                  diagnostics::Sink& sink) {
  return Comparer(compilation, scoring, row).run(changes, sink);
}

}  // namespace xize::whatif

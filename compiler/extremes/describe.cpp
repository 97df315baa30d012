#include "compiler/extremes/describe.h"

#include <algorithm>
#include <set>

#include "compiler/results/explanation_reader.h"

namespace xize::extremes {
namespace {

using program::Level;
using program::Op;
using program::Opcode;
using program::OpId;

// Reads what one end used.
class Describer {
 public:
  Describer(Stand& stand, OpId result, const Draft& draft)
      : stand_(stand),
        reader_(stand.compilation(), stand.scoring(), 0),
        draft_(draft),
        used_(stand.program(), {result}, stand.scoring().outcome, 0) {}

  void item(program::NodeId id, End& end) {
    const program::Node& node = stand_.program().nodes[id];
    const sema::NodeId at = stand_.lowered().places[node.origin.index].node;
    std::vector<OpId> cells;
    for (const OpId op : node.inputs) {
      const bool cell = stand_.program().ops[op].code == Opcode::column;
      if (cell && used_.has(op)) cells.push_back(op);
    }
    end.inputs = reader_.readings(cells, at);
    const results::NodeExplanation explained = results::explain_node(reader_, id);
    end.verdict = explained.verdict;
    if (!end.verdict) {
      for (const results::ClauseStep& step : explained.steps) add_measure(step, end);
    }
    if (end.inputs.empty() && end.measures.empty()) add_cells_behind(end);
    if (stand_.compares()) add_others(end);
    for (const std::uint16_t table : stand_.tables()) add_records(table, end);
    // How many records there are stands with them.
    std::erase_if(end.measures, [&](const Reading& measure) {
      return std::any_of(end.records.begin(), end.records.end(), [&](const RecordsRead& records) {
        return measure.name.starts_with(records.table);
      });
    });
  }

 private:
  // What the clause was applied to, unless it is a cell by itself.
  void add_measure(const results::ClauseStep& step, End& end) const {
    if (step.measure.name.empty() || !step.active) return;
    const auto same = [&](const Reading& known) { return known.name == step.measure.name; };
    const bool known = std::any_of(end.inputs.begin(), end.inputs.end(), same) ||
                       std::any_of(end.measures.begin(), end.measures.end(), same);
    if (!known) end.measures.push_back(step.measure);
  }

  // What the item reads through results of others.
  void add_cells_behind(End& end) const {
    for (const OpId op : used_.reads()) {
      const Op& read = stand_.program().ops[op];
      const auto& mine = stand_.columns();
      const bool input = read.code == Opcode::column && read.level == Level::Unit &&
                         std::find(mine.begin(), mine.end(), read.imm) != mine.end();
      if (input) end.inputs.push_back(reading(sema::kUnitTable, read.imm, draft_.cells[read.imm]));
    }
  }

  [[nodiscard]] Reading reading(sema::TableId table, std::uint32_t column,
                                const Value& value) const {
    const sema::Model& model = stand_.compilation().model();
    for (const sema::ColumnId id : model.tables[table].columns) {
      if (stand_.lowered().columns[id.index] != column) continue;
      return {model.columns[id].name,
              results::datum_of(stand_.program(), value, model.columns[id])};
    }
    return {};
  }

  void add_others(End& end) const {
    end.other_units = stand_.others();
    for (const std::uint32_t column : stand_.columns()) {
      end.others.push_back(reading(sema::kUnitTable, column, draft_.others[column]));
    }
  }

  void add_records(std::uint16_t table, End& end) const {
    std::set<std::uint32_t> columns;
    bool read = false;
    for (std::size_t i = 0; i < stand_.program().ops.size(); ++i) {
      const Op& op = stand_.program().ops[OpId(i)];
      if (!used_.has(OpId(i)) || op.table != table) continue;
      read = true;
      if (op.code == Opcode::column && op.level == Level::Row) columns.insert(op.imm);
    }
    if (!read) return;
    const table::TableSchema& schema = stand_.program().schema.records[table];
    columns.erase(schema.unit_column);
    columns.erase(schema.period_column);
    if (draft_.records[table].empty()) end.records.push_back({schema.name, 0, {}});
    for (const RecordKind& kind : draft_.records[table]) {
      RecordsRead read_rows{schema.name, kind.times, {}};
      for (const std::uint32_t column : columns) {
        const bool blank = std::holds_alternative<value::Missing>(kind.cells[column]);
        const auto type = schema.columns[column].type;
        // Each of these has another value in every row.
        const bool numbered = blank && (type == table::ColumnType::Text ||
                                        type == table::ColumnType::Month);
        if (numbered) continue;
        read_rows.cells.push_back(
            reading(sema::TableId(table + 1u), column,
                    blank ? stand_.neutral(table, column, 0) : kind.cells[column]));
      }
      end.records.push_back(std::move(read_rows));
    }
  }

  Stand& stand_;
  results::ExplanationReader reader_;
  const Draft& draft_;
  whatif::Reach used_;
};

// Scores everything; false where the result is not what was found.
bool confirm(Stand& stand, OpId result, const Found& found, End& end) {
  stand.compute_all();
  if (!stand.run(found.draft)) return false;
  const auto score = stand.number(result);
  if (score != std::optional(found.value)) return false;
  end.found = true;
  end.score = *score;
  return true;
}

}  // namespace

End describe_item(Stand& stand, program::NodeId node, OpId result, const Found& found) {
  End end;
  if (!confirm(stand, result, found, end)) return end;
  Describer(stand, result, found.draft).item(node, end);
  return end;
}

End describe_whole(Stand& stand, const std::vector<program::Decision>& decisions, OpId result,
                   const Found& found) {
  End end;
  if (!confirm(stand, result, found, end)) return end;
  const results::ExplanationReader reader(stand.compilation(), stand.scoring(), 0);
  end.verdict = reader.verdict(decisions);
  end.of_parts = !end.verdict;
  return end;
}

}  // namespace xize::extremes

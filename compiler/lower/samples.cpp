// Samples (language §8): which rows may be drawn, and how many. The drawing itself is done outside
// of the program, for it needs a seed.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

program::RowSelection lower_sample(Lowering& l, const sema::Source& source) {
  const auto& sample = l.model.entry_as<ast::Sample>(source.sample);
  const Context unit{source.item};
  Context rows = unit;
  rows.source = source.drawn_from;
  program::RowSelection out;
  out.name = source.name;
  out.origin = l.origin(PlaceKind::Select, source.sample, source.item);
  out.table = static_cast<std::uint16_t>(l.model.sources[source.drawn_from].table.index - 1);
  out.candidate = rows_where(l, source.drawn_from, sample.where, rows);
  out.places = l.zero();
  for (const ExprId number : {sample.take, sample.step, sample.ending}) {
    if (number.valid()) out.measures.push_back(lower_expr(l, number, unit));
  }
  return out;
}

// Lists are drawn before results are known, so most of the unit table may still be blank.
void expect_names_only(table::DataSchema& schema) {
  for (std::uint32_t i = 0; i < schema.units.columns.size(); ++i) {
    const bool named = i == schema.units.unit_column || i == schema.units.period_column;
    if (!named) schema.units.columns[i].optional = true;
  }
  for (table::TableSchema& records : schema.records) {
    records.file_optional = true;
    for (table::ColumnSchema& column : records.columns) column.needed = true;
  }
}

// Lists of earlier draws are read too: not filled in, and of other periods.
void relax_lists(const sema::Model& model, table::DataSchema& schema) {
  for (std::size_t t = 1; t < model.tables.size(); ++t) {
    if (!model.tables[sema::TableId(t)].sample.valid()) continue;
    table::TableSchema& list = schema.records[t - 1];
    list.period_column = table::kNoColumn;
    for (table::ColumnSchema& column : list.columns) column.optional = true;
  }
}

}  // namespace

Lowered to_sampling_program(const sema::Model& model) {
  Lowered lowered;
  const Options options;
  Lowering l(model, options, lowered);
  lower_schema(l);
  for (std::size_t i = 0; i < model.sources.size(); ++i) {
    const sema::SourceId id(i);
    if (!model.sources[id].sample.valid()) continue;
    lowered.samples.push_back(id);
    l.program().row_selections.push_back(lower_sample(l, model.sources[id]));
  }
  finish(l);
  expect_names_only(l.program().schema);
  relax_lists(model, l.program().schema);
  for (const program::RowSelection& selection : l.program().row_selections) {
    l.program().schema.records[selection.table].file_optional = false;
  }
  return lowered;
}

}  // namespace xize::lower

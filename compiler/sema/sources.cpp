// Sources of rows: tables of records, filters over them, samples drawn from them.

#include <algorithm>
#include <string>
#include <unordered_set>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/collect.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

void report_unknown_records(Checker& c, const ast::Name& name) {
  std::vector<std::string> known;
  for (const auto& source : c.model.sources) known.push_back(source.name);
  std::ranges::sort(known);
  c.report<kinds::UnknownRecords>(name.span, name.text)
      .suggest(diagnostics::did_you_mean(name.text, known));
}

const ast::Name& base_name(const Checker& c, const Source& source, EntryId entry) {
  if (source.sample.valid()) return c.entry<ast::Sample>(source.sample).from;
  return c.entry<ast::FilteredRecords>(entry).base;
}

// Follows `from` to the table; a circle of filters is reported once and cut.
TableId link(Checker& c, SourceId id, int depth) {
  auto& source = c.model.sources[id];
  if (source.table.valid()) return source.table;
  if (!source.base.valid()) return {};
  if (depth > kDefinitionDepthMax) {
    c.report<kinds::DependsOnItself>(source.span, source.name,
                                    diagnostics::List{{source.name, source.name}});
    return {};
  }
  source.table = link(c, source.base, depth + 1);
  return source.table;
}

// Where the rows of a sample come from; invalid if that is unknown.
TableId table_below(const Checker& c, const Source& source) {
  if (!source.drawn_from.valid()) return {};
  return c.model.sources[source.drawn_from].table;
}

// The column by which a sample is drawn. Its digits are the row's number.
void link_sample(Checker& c, Source& source, TableId below) {
  const auto& sample = c.entry<ast::Sample>(source.sample);
  const auto& values = c.scopes[c.table_scopes[below.index]].values;
  const auto it = values.find(sample.by.text);
  if (it == values.end()) {
    c.report<kinds::UnknownMember>(sample.by.span, sample.by.text, c.model.tables[below].name);
    return;
  }
  source.sample_by = std::get<ColumnId>(it->second.target);
  if (c.model.columns[source.sample_by].origin == ColumnOrigin::Computed) {
    c.report<kinds::NotAnInput>(sample.by.span, sample.by.text);
  }
}

bool has_key(const Checker& c, TableId table) {
  return std::ranges::any_of(c.model.tables[table].columns,
                             [&](ColumnId id) { return c.model.columns[id].key; });
}

void check_sample(Checker& c, SourceId id, Place place) {
  const auto& source = c.model.sources[id];
  const auto& sample = c.entry<ast::Sample>(source.sample);
  for (const auto number : {sample.take, sample.ending, sample.step}) {
    if (number.valid()) check_number(c, number, place);
  }
  const TableId below = table_below(c, source);
  if (!below.valid()) return;
  if (sample.by.present()) {
    link_sample(c, c.model.sources[id], below);
  } else if (!has_key(c, below)) {
    c.report<kinds::SampleWithoutKey>(source.span, source.name, c.model.tables[below].name);
  }
  place.row = below;
  if (sample.where.valid()) check_condition(c, sample.where, place);
}

// The column entries of records: as written, or those that a sample has.
std::vector<EntryId> column_entries(const Checker& c, TableId id, int depth) {
  const auto& table = c.model.tables[id];
  if (table.entry.valid()) return c.entry<ast::Table>(table.entry).entries;
  if (!table.sample.valid() || depth > kDefinitionDepthMax) return {};
  const auto& source = c.model.sources[table.sample];
  const TableId below = table_below(c, source);
  if (!below.valid()) return {};
  auto entries = column_entries(c, below, depth + 1);
  const auto& own = c.entry<ast::Sample>(source.sample).columns;
  entries.insert(entries.end(), own.begin(), own.end());
  return entries;
}

}  // namespace

Place row_place(const Checker& c, SourceId source, Place outside) {
  outside.row = c.model.sources[source].table;
  outside.row_unknown = !outside.row.valid();
  return outside;
}

void link_sources(Checker& c) {
  for (std::size_t i = 0; i < c.model.sources.size(); ++i) {
    auto& source = c.model.sources[SourceId(i)];
    if (source.table.valid() && !source.sample.valid()) continue;
    Place place;
    place.scope = c.source_scopes[i];
    const auto& name = base_name(c, source, c.source_entries[i]);
    const auto base = source_named(c, name, place);
    if (!base) {
      report_unknown_records(c, name);
    } else if (*base == SourceId(i)) {
      c.report<kinds::DependsOnItself>(source.span, source.name,
                                      diagnostics::List{{source.name, source.name}});
    } else {
      (source.sample.valid() ? source.drawn_from : source.base) = *base;
    }
  }
  for (std::size_t i = 0; i < c.model.sources.size(); ++i) link(c, SourceId(i), 0);
}

void fill_samples(Checker& c) {
  std::unordered_set<std::string> files;  // each table is a file of its own
  for (const auto& table : c.model.tables) {
    if (!table.sample.valid()) files.insert(table.name);
  }
  for (std::size_t i = 0; i < c.model.sources.size(); ++i) {
    const auto source = c.model.sources[SourceId(i)];
    if (!source.sample.valid()) continue;
    if (!files.insert(source.name).second) {
      c.report<kinds::DuplicateName>(source.span, source.name);
    }
    for (const auto entry : column_entries(c, source.table, 0)) {
      if (!std::holds_alternative<ast::Column>(c.module.entries[entry].node)) continue;
      collect_column(c, clone_entry(c, entry), source.table);
    }
  }
}

void check_sources(Checker& c) {
  for (std::size_t i = 0; i < c.model.sources.size(); ++i) {
    const auto source = c.model.sources[SourceId(i)];
    Place place;
    place.scope = c.source_scopes[i];
    place.node = source.item;
    if (source.sample.valid()) check_sample(c, SourceId(i), place);
    if (!source.where.valid() || !source.table.valid()) continue;
    place.row = source.table;
    check_condition(c, source.where, place);
  }
}

}  // namespace xize::sema

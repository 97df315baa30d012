// Sources of rows: tables of records, filters over them, samples drawn from them.

#include <algorithm>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

void report_unknown_records(Checker& c, const ast::Name& name) {
  std::vector<std::string> known;
  for (const auto& source : c.model.sources) known.push_back(source.name);
  std::ranges::sort(known);
  c.report<Kind::UnknownRecords>(name.span, name.text)
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
    c.report<Kind::DependsOnItself>(source.span, source.name,
                                    diagnostics::List{{source.name, source.name}});
    return {};
  }
  source.table = link(c, source.base, depth + 1);
  return source.table;
}

// The column by which a sample is drawn.
void link_sample(Checker& c, SourceId id) {
  auto& source = c.model.sources[id];
  if (!source.sample.valid() || !source.table.valid()) return;
  const auto& sample = c.entry<ast::Sample>(source.sample);
  if (!sample.by.present()) return;
  const auto& values = c.scopes[c.table_scopes[source.table.index]].values;
  const auto it = values.find(sample.by.text);
  if (it == values.end()) {
    c.report<Kind::UnknownMember>(sample.by.span, sample.by.text,
                                  c.model.tables[source.table].name);
    return;
  }
  source.sample_by = std::get<ColumnId>(it->second.target);
}

void check_sample(Checker& c, const Source& source, const Place& place) {
  const auto& sample = c.entry<ast::Sample>(source.sample);
  for (const auto id : {sample.take, sample.ending, sample.step}) {
    if (id.valid()) check_number(c, id, place);
  }
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
    if (source.table.valid()) continue;
    Place place;
    place.scope = c.source_scopes[i];
    const auto& name = base_name(c, source, c.source_entries[i]);
    const auto base = source_named(c, name, place);
    if (!base) {
      report_unknown_records(c, name);
    } else if (*base == SourceId(i)) {
      c.report<Kind::DependsOnItself>(source.span, source.name,
                                      diagnostics::List{{source.name, source.name}});
    } else {
      source.base = *base;
    }
  }
  for (std::size_t i = 0; i < c.model.sources.size(); ++i) {
    link(c, SourceId(i), 0);
    link_sample(c, SourceId(i));
  }
}

void check_sources(Checker& c) {
  for (std::size_t i = 0; i < c.model.sources.size(); ++i) {
    const auto source = c.model.sources[SourceId(i)];
    Place place;
    place.scope = c.source_scopes[i];
    place.node = source.item;
    if (source.sample.valid()) check_sample(c, source, place);
    if (!source.where.valid() || !source.table.valid()) continue;
    place.row = source.table;
    check_condition(c, source.where, place);
  }
}

}  // namespace xize::sema

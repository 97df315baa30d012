// Lookups: tables read like functions. Their keys take the types of the first call's arguments.

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

Place lookup_place(const Checker& c) {
  Place place;
  place.scope = c.global;
  place.bare_text = true;
  return place;
}

// How many keys each row tests, beside the columns of a grid.
std::size_t keys_of(const ast::Lookup& lookup) {
  return lookup.params.size() - (lookup.grid_columns.empty() ? 0 : 1);
}

bool is_otherwise(const ast::LookupRow& row) {
  return row.keys.size() == 1 && row.keys.front().kind == ast::RowTestKind::Otherwise;
}

Type check_row_values(Checker& c, const ast::LookupRow& row, Type common, const Place& place) {
  for (const auto value : row.values) {
    common = merge(c, common, check_expr(c, value, place), c.span(value));
  }
  return common;
}

// Reads the rows against the types of the keys.
void check_lookup_rows(Checker& c, LookupId id, const ast::Lookup& lookup) {
  const auto place = lookup_place(c);
  auto params = c.model.lookups[id].params;
  const auto keys = keys_of(lookup);
  if (!lookup.grid_columns.empty()) {
    for (const auto column : lookup.grid_columns) {
      check_equal(c, column, params.back(), place);
    }
  }
  Type common;
  for (const auto& row : lookup.rows) {
    if (row.keys.size() != keys && !is_otherwise(row)) {
      c.report<kinds::RowsIncomplete>(row.span, lookup.name.text, keys, row.keys.size());
    }
    for (std::size_t i = 0; i < std::min(keys, row.keys.size()); ++i) {
      check_row_test(c, row.keys[i], params[i], place);
    }
    common = check_row_values(c, row, common, place);
  }
  c.model.lookups[id].result = common;
}

}  // namespace

Type check_lookup_call(Checker& c, LookupId id, const ast::Call& call, const Place& place) {
  const auto& lookup = c.entry<ast::Lookup>(c.model.lookups[id].entry);
  const bool known = c.lookup_progress[id.index] == Progress::Done &&
                     c.model.lookups[id].params.size() == call.args.size();
  std::vector<Type> types;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Type param = known ? c.model.lookups[id].params[i] : Type{};
    types.push_back(check_expr(c, call.args[i], place, known ? &param : nullptr));
  }
  if (lookup.params.size() != call.args.size()) {
    c.report<kinds::WrongArgumentCount>(call.name.span, call.name.text, lookup.params.size(),
                                       call.args.size());
    return {};
  }
  auto& progress = c.lookup_progress[id.index];
  if (progress == Progress::Running) {
    c.report<kinds::DependsOnItself>(lookup.name.span, lookup.name.text,
                                    diagnostics::List{{lookup.name.text, lookup.name.text}});
    return {};
  }
  if (progress == Progress::Untouched) {
    progress = Progress::Running;
    c.model.lookups[id].params = types;
    check_lookup_rows(c, id, lookup);
    c.lookup_progress[id.index] = Progress::Done;
    return c.model.lookups[id].result;
  }
  for (std::size_t i = 0; i < types.size(); ++i) {
    auto& param = c.model.lookups[id].params[i];
    if (param.invalid()) param = types[i];
    if (types[i].invalid() || unify(c.model.dimensions, param, types[i])) continue;
    c.report<kinds::WrongType>(c.span(call.args[i]), type_word(c.model, param),
                              type_word(c.model, types[i]));
  }
  return c.model.lookups[id].result;
}

void check_lookups(Checker& c) {
  for (std::size_t i = 0; i < c.model.lookups.size(); ++i) {
    if (c.lookup_progress[i] != Progress::Untouched) continue;
    c.lookup_progress[i] = Progress::Done;
    auto& model = c.model.lookups[LookupId(i)];
    const auto& lookup = c.entry<ast::Lookup>(model.entry);
    model.params.resize(lookup.params.size());
    Type common;
    for (const auto& row : lookup.rows) common = check_row_values(c, row, common, lookup_place(c));
    c.model.lookups[LookupId(i)].result = common;
  }
}

}  // namespace xize::sema

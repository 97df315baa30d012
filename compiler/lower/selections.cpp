// Selections (language §6.7): the best units of a rubric, or the best rows of records.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

program::Ties ties_of(ast::Ties ties) {
  switch (ties) {
    case ast::Ties::Share: return program::Ties::Share;
    case ast::Ties::Exclude: return program::Ties::Exclude;
    case ast::Ties::Unstated:
    case ast::Ties::By: break;  // what still ties after the keys is open
  }
  return program::Ties::Unstated;
}

// Candidates of a selection of units: those of the rubric that take part in its ranks.
OpId candidates_of(Lowering& l, const sema::Select& select, const ast::Select& syntax) {
  const Context context{select.rubric};
  OpId who = select.rubric.valid() ? ranked_of(l, select.rubric) : l.build.boolean(true);
  if (select.group.valid()) who = l.build.and_(who, lower_group(l, select.group, context));
  if (syntax.where.valid()) who = l.build.and_(who, lower_expr(l, syntax.where, context));
  return who;
}

}  // namespace

OpId lower_select(Lowering& l, sema::SelectId id) {
  if (const auto it = l.selects.find(id); it != l.selects.end()) return it->second;
  const sema::Select& select = l.model.selects[id];
  const auto& syntax = l.model.entry_as<ast::Select>(select.entry);
  const Context context{select.rubric};
  const Origin origin = l.origin(PlaceKind::Select, select.entry, select.rubric);
  if (select.of.valid()) return l.build.fault(FaultKind::BadCell, origin);  // rows are no units
  const OpId who = candidates_of(l, select, syntax);
  const bool own_total = !syntax.by.valid() && select.rubric.valid();
  const OpId value = !own_total            ? lower_expr(l, syntax.by, context)
                     : syntax.every_period ? total_of(l, select.rubric)
                                           : result_of(l, select.rubric);
  const OpId key = syntax.per.valid() ? lower_expr(l, syntax.per, context) : l.build.boolean(true);
  const bool each = syntax.every_period || !select.rubric.valid();
  const std::uint32_t bits = each ? 0 : field_of(l, select.rubric);
  OpId places = lower_expr(l, syntax.top.bound, context);
  if (syntax.top.kind == ast::RowTestKind::TopShare) {
    const OpId known = l.build.and_(who, l.op(Opcode::eq, {value, value}));
    places = l.mul(places, l.op(Opcode::pop_count, {known, key}, origin, bits));
    if (syntax.round) {
      places = l.op(Opcode::round, {places, l.zero()}, origin,
                    static_cast<std::uint32_t>(*syntax.round));
    }
  }
  std::vector<OpId> operands = {who, key, places, value};
  for (const ExprId tie : syntax.tie_breaks) operands.push_back(lower_expr(l, tie, context));
  const OpId taken = l.op(Opcode::pop_take, operands, origin,
                          bits | static_cast<std::uint32_t>(ties_of(syntax.ties)));
  l.selects.emplace(id, taken);
  return taken;
}

void lower_row_select(Lowering& l, sema::SelectId id) {
  const sema::Select& select = l.model.selects[id];
  const auto& syntax = l.model.entry_as<ast::Select>(select.entry);
  Context rows{select.rubric};
  rows.source = select.of;
  program::RowSelection out;
  out.name = select.name;
  if (select.rubric.valid()) out.rubric = l.lowered.rubrics[select.rubric.index];
  out.origin = l.origin(PlaceKind::Select, select.entry, select.rubric);
  out.table = static_cast<std::uint16_t>(l.model.sources[select.of].table.index - 1);
  out.candidate = rows_where(l, select.of, syntax.where, rows);
  if (select.rubric.valid()) {
    out.candidate = l.build.and_(member_of(l, select.rubric), out.candidate);
  }
  out.measures.push_back(syntax.by.valid() ? lower_expr(l, syntax.by, rows) : l.zero());
  for (const ExprId tie : syntax.tie_breaks) out.measures.push_back(lower_expr(l, tie, rows));
  if (syntax.per.valid()) out.key = lower_expr(l, syntax.per, rows);
  out.places = lower_expr(l, syntax.top.bound, {select.rubric});
  out.is_share = syntax.top.kind == ast::RowTestKind::TopShare;
  out.round = syntax.round;
  out.ties = ties_of(syntax.ties);
  l.program().row_selections.push_back(std::move(out));
}

}  // namespace xize::lower

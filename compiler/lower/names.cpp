// Names: what a bound name or member is as an op.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// One visit for all bindings.
struct NameVisit {
  Lowering& l;
  ExprId id;
  const Context& context;

  // A bare name beside texts is that text.
  OpId operator()(sema::NoBinding) const {
    const auto& node = l.model.expr(id).node;
    if (const auto* name = std::get_if<ast::NameRef>(&node)) return l.build.text(name->name.text);
    if (const auto* text = std::get_if<ast::StringLit>(&node)) return l.build.text(text->text);
    return l.build.fault(FaultKind::BadCell, l.origin(id, context));
  }
  OpId operator()(sema::ColumnRef ref) const { return lower_column(l, ref.column, context); }
  OpId operator()(sema::DefineRef ref) const {
    return lower_expr(l, l.model.defines[ref.define].body, context);
  }
  OpId operator()(sema::ParameterRef ref) const {
    const OpId given = l.build.parameter(l.lowered.parameters[ref.parameter.index]);
    const Rational& factor = l.model.parameters[ref.parameter].column.factor;
    return factor == Rational(1) ? given : l.mul(given, l.number(factor));
  }
  OpId operator()(sema::LookupCall call) const { return lower_lookup(l, call.lookup, id, context); }
  OpId operator()(sema::Expansion expansion) const {
    return lower_expr(l, expansion.body, context);
  }
  OpId operator()(sema::NodeResult result) const { return lower_result_of(result); }
  OpId operator()(sema::ReportRef ref) const { return lower_report(l, ref.report); }
  OpId operator()(sema::SelectRef ref) const { return lower_select(l, ref.select); }
  // Records where a yes or no stands: is there a row.
  OpId operator()(sema::SourceRef ref) const {
    const auto table = static_cast<std::uint16_t>(l.model.sources[ref.source].table.index - 1);
    const OpId where = rows_where(l, ref.source, {}, context);
    const OpId count = l.build.fold(Opcode::fold_count, {table, context.grouping}, {where},
                                    l.origin(id, context));
    return l.op(Opcode::gt, {count, l.zero()});
  }
  OpId operator()(sema::GroupRef ref) const { return lower_group(l, ref.group, context); }
  OpId operator()(sema::UnitRef ref) const { return l.build.text(l.model.units[ref.unit.index]); }
  OpId operator()(sema::ChoiceLabel label) const {
    return l.build.text(l.model.choices[label.choice].labels[label.index]);
  }
  OpId operator()(sema::GradeLabel label) const {
    return l.number(static_cast<std::int64_t>(label.index));
  }

 private:
  // An item's name is its score. Among units, and where applicability is decided, results are
  // those before redistribution.
  [[nodiscard]] OpId lower_result_of(sema::NodeResult result) const {
    const NodeId node = result.node;
    switch (result.aspect) {
      case sema::Aspect::Score:
        if (l.is_rubric(node)) return total_of(l, node);
        return context.raw ? raw_of(l, node) : score_of(l, node);
      case sema::Aspect::Raw: return l.is_rubric(node) ? total_of(l, node) : raw_of(l, node);
      case sema::Aspect::Points: return points_of(l, node);
      case sema::Aspect::Grade: return grade_of(l, node);
      case sema::Aspect::Rate: break;
    }
    const Origin origin = l.origin(id, context);
    if (l.is_rubric(node))
      return l.op(Opcode::div, {total_of(l, node), points_of(l, node)}, origin);
    if (context.raw) return l.op(Opcode::div, {raw_of(l, node), points_of(l, node)}, origin);
    return l.op(Opcode::div, {score_of(l, node), worth_of(l, node)}, origin);
  }
};

}  // namespace

OpId lower_name(Lowering& l, ExprId id, const Context& context) {
  return std::visit(NameVisit{l, id, context}, l.model.fact(id).binding);
}

OpId lower_group(Lowering& l, sema::GroupId id, const Context& context) {
  const sema::Group& group = l.model.groups[id];
  if (group.units) {
    std::vector<std::string> names;
    for (const auto unit : *group.units) names.push_back(l.model.units[unit.index]);
    return l.build.is_unit_in(std::move(names));
  }
  const auto side = [&](sema::GroupId g) {
    return g.valid() ? lower_group(l, g, context) : l.build.boolean(true);
  };
  switch (group.op) {
    case ast::GroupOp::Union: return l.build.or_(side(group.left), side(group.right));
    case ast::GroupOp::Difference:
      return l.build.and_(side(group.left), l.build.not_(side(group.right)));
    case ast::GroupOp::Intersection: return l.build.and_(side(group.left), side(group.right));
    case ast::GroupOp::Named: return side(group.left);
    default: break;
  }
  if (!group.where.valid()) return l.build.boolean(true);
  return lower_expr(l, group.where, context);
}

}  // namespace xize::lower

#include "compiler/lower/lowering.h"

namespace xize::lower {

Opcode opcode_of(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::Add: return Opcode::add;
    case ast::BinaryOp::Sub: return Opcode::sub;
    case ast::BinaryOp::Mul: return Opcode::mul;
    case ast::BinaryOp::Div: return Opcode::div;
    case ast::BinaryOp::Eq: return Opcode::eq;
    case ast::BinaryOp::Ne: return Opcode::ne;
    case ast::BinaryOp::Lt: return Opcode::lt;
    case ast::BinaryOp::Le: return Opcode::le;
    case ast::BinaryOp::Gt: return Opcode::gt;
    default: return Opcode::ge;
  }
}

Origin Lowering::origin(Place place) {
  const std::uint32_t first =
      place.entry.valid() ? place.entry.index
                          : (place.expr.valid() ? place.expr.index : place.column.index);
  const auto key = std::tuple(place.kind, first, place.span.begin, place.node);
  const auto [it, added] = origins.emplace(key, Origin(lowered.places.size()));
  if (added) lowered.places.push_back(place);
  return it->second;
}

Origin Lowering::origin(ExprId expr, const Context& context) {
  Place place;
  place.kind = PlaceKind::Expression;
  place.span = model.expr(expr).span;
  place.expr = expr;
  place.node = context.node;
  return origin(place);
}

Origin Lowering::origin(PlaceKind kind, EntryId entry, NodeId node) {
  Place place;
  place.kind = kind;
  place.span = model.entry(entry).span;
  place.entry = entry;
  place.node = node;
  return origin(place);
}

OpId Lowering::add(OpId a, OpId b) {
  if (build.is_constant(a, Rational(0))) return b;
  if (build.is_constant(b, Rational(0))) return a;
  return op(Opcode::add, {a, b});
}

OpId Lowering::mul(OpId a, OpId b) {
  if (build.is_constant(a, Rational(1))) return b;
  if (build.is_constant(b, Rational(1))) return a;
  return op(Opcode::mul, {a, b});
}

}  // namespace xize::lower

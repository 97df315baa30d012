// Numbers that the text alone determines.

#include "compiler/sema/model.h"

namespace xize::sema {

namespace {

using value::Rational;

// Beyond these a number is not worked out from the text: a chain of defines that doubles at each
// step would take for ever.
constexpr int kDepthMax = 256;
constexpr int kStepsMax = 10'000;

// Folds literals and arithmetic, through defines, functions and the points of items.
class Folder {
 public:
  explicit Folder(const Model& model) : model_(model) {}

  std::optional<Rational> fold(ExprId id) {
    if (!id.valid() || depth_ >= kDepthMax || ++steps_ > kStepsMax) return std::nullopt;
    ++depth_;
    auto result = fold_node(id);
    --depth_;
    if (result && value::too_large(*result)) return std::nullopt;
    return result;
  }

 private:
  std::optional<Rational> fold_node(ExprId id) {
    const auto& node = model_.expr(id).node;
    if (const auto* literal = std::get_if<ast::NumberLit>(&node)) return fold_literal(*literal);
    if (const auto* unary = std::get_if<ast::Unary>(&node)) {
      auto operand = unary->op == ast::UnaryOp::Negate ? fold(unary->operand) : std::nullopt;
      if (operand) *operand = -*operand;
      return operand;
    }
    if (const auto* binary = std::get_if<ast::Binary>(&node)) return fold_binary(*binary);
    return fold_binding(model_.fact(id).binding);
  }

  static std::optional<Rational> fold_literal(const ast::NumberLit& literal) {
    return literal.value * base_factor(literal.unit) / base_factor(literal.per_unit);
  }

  std::optional<Rational> fold_binding(const Binding& binding) {
    if (const auto* define = std::get_if<DefineRef>(&binding)) {
      return fold(model_.defines[define->define].body);
    }
    if (const auto* expansion = std::get_if<Expansion>(&binding)) return fold(expansion->body);
    const auto* result = std::get_if<NodeResult>(&binding);
    if (result != nullptr && result->aspect == Aspect::Points) {
      return model_.nodes[result->node].points_value;
    }
    return std::nullopt;
  }

  std::optional<Rational> fold_binary(const ast::Binary& binary) {
    using ast::BinaryOp;
    const bool arithmetic = binary.op == BinaryOp::Add || binary.op == BinaryOp::Sub ||
                            binary.op == BinaryOp::Mul || binary.op == BinaryOp::Div;
    if (!arithmetic) return std::nullopt;
    const auto left = fold(binary.left);
    if (!left) return std::nullopt;
    const auto right = fold(binary.right);
    if (!right) return std::nullopt;
    switch (binary.op) {
      case BinaryOp::Add: return *left + *right;
      case BinaryOp::Sub: return *left - *right;
      case BinaryOp::Mul: return *left * *right;
      default: break;
    }
    if (right->is_zero()) return std::nullopt;
    return *left / *right;
  }

  const Model& model_;
  int depth_ = 0;
  int steps_ = 0;
};

}  // namespace

std::optional<value::Rational> constant_value(const Model& model, ExprId expr) {
  return Folder(model).fold(expr);
}

}  // namespace xize::sema

// The rubric, its sections and items, and the blocks that stand in an item.
#include <algorithm>

#include "compiler/syntax/build/tree_builder.h"

namespace xize::syntax {
namespace {

ast::NodeKind kind_of(std::size_t head) {
  switch (head) {
    case Grammar::SECTION:
    case Grammar::PLAIN_SECTION: return ast::NodeKind::Section;
    case Grammar::BONUS: return ast::NodeKind::Bonus;
    case Grammar::PENALTY: return ast::NodeKind::Penalty;
    default: return ast::NodeKind::Item;
  }
}

// What a fact is about, so that it is not given twice: 分值 10 and 不计分 speak of one thing.
std::size_t fact_kind(std::size_t head) {
  switch (head) {
    case Grammar::TOTAL:
    case Grammar::NO_POINTS:
    case Grammar::UNSPECIFIED_POINTS: return Grammar::POINTS;
    default: return head;
  }
}

}  // namespace

ast::EntryNode TreeBuilder::rubric(Grammar::RubricContext* ctx) {
  ast::Node result;
  result.kind = ast::NodeKind::Rubric;
  read_head(ctx, result);
  return result;
}

ast::EntryNode TreeBuilder::node(Grammar::NodeContext* ctx) {
  ast::Node result;
  result.kind = kind_of(head_type(ctx));
  result.level = level_of(ctx);
  read_head(ctx, result);
  const bool says_level = head_type(ctx) != Grammar::ITEM;
  if (says_level && result.level > 0 && holds_node(result.entries)) {
    result.kind = ast::NodeKind::Section;
  }
  return result;
}

// The 一, 二, 三 or 四 of 级指标; `section` and `item` have the level of their depth.
int TreeBuilder::level_of(Grammar::NodeContext* ctx) const {
  switch (head_type(ctx)) {
    case Grammar::LEVEL_1: return 1;
    case Grammar::LEVEL_2: return 2;
    case Grammar::LEVEL_3: return 3;
    case Grammar::LEVEL_4: return 4;
    case Grammar::SECTION:
    case Grammar::ITEM: {
      const auto* head = token(ctx->start);
      return head != nullptr && head->english ? usual_level(place_) : 0;
    }
    default: return 0;
  }
}

bool TreeBuilder::holds_node(const Entries& list) const {
  return std::ranges::any_of(list, [this](ast::EntryId id) {
    return std::holds_alternative<ast::Node>(module_.entries[id].node);
  });
}

// A bonus or penalty block may have no name, and what is quoted there is its title.
ast::Name TreeBuilder::node_name(Grammar::NodeContext* ctx) const {
  return ctx->nameOrString() != nullptr ? name(ctx->nameOrString()) : name(ctx->name());
}

// Name, title, tails and block: what all nodes have.
template <class NodeLike>
void TreeBuilder::read_head(NodeLike* ctx, ast::Node& into) {
  into.name = node_name(ctx);
  into.title = text(ctx->STRING());
  const auto* first = token(ctx->start);
  into.head = first != nullptr ? first->span : span_of(ctx);
  if (into.name.present()) into.head = source::join(into.head, into.name.span);
  if (ctx->STRING() != nullptr) into.head = source::join(into.head, span_of(ctx->STRING()));
  SeenTails seen;
  for (auto* tail : ctx->nodeTail()) {
    if (broken(tail)) continue;
    node_tail(tail, seen, into);
    into.head = source::join(into.head, span_of(tail));
  }
  const auto outer = std::exchange(place_, place_within(into, place_));
  const auto inside = block(ctx->itemBlock());
  place_ = outer;
  into.entries.insert(into.entries.end(), inside.begin(), inside.end());
}

// `（10 分）`, `（最多 40 分，权重 2）`, or one fact without parentheses.
void TreeBuilder::node_tail(Grammar::NodeTailContext* ctx, SeenTails& seen, ast::Node& into) {
  if (auto* points = ctx->quantity()) {
    if (first_time(seen, Grammar::POINTS, ctx)) {
      into.points_kind = ast::PointsKind::Stated;
      into.points = quantity(points);
    }
  }
  for (auto* fact : ctx->nodeFact()) {
    if (!broken(fact)) node_fact(fact, seen, into);
  }
}

void TreeBuilder::node_fact(Grammar::NodeFactContext* ctx, SeenTails& seen, ast::Node& into) {
  const auto head = head_type(ctx);
  if (!first_time(seen, fact_kind(head), ctx)) return;
  switch (head) {
    case Grammar::POINTS:
    case Grammar::TOTAL:
      into.points_kind = ast::PointsKind::Stated;
      into.points = expr(ctx->expr());
      break;
    case Grammar::NO_POINTS: into.points_kind = ast::PointsKind::None; break;
    case Grammar::UNSPECIFIED_POINTS:
      into.points_kind = ast::PointsKind::Unspecified;
      into.points_text = text(ctx->STRING());
      break;
    case Grammar::NO_TOTAL: into.entries.push_back(add_entry(ast::NoTotal{}, span_of(ctx))); break;
    case Grammar::MAX: into.max = expr(ctx->expr()); break;
    case Grammar::UNCAPPED: into.uncapped = true; break;
    case Grammar::WEIGHT: into.weight = expr(ctx->expr()); break;
    case Grammar::FOR: into.for_group = group(ctx->population()); break;
    default: break;
  }
}

ast::EntryNode TreeBuilder::unspecified(Grammar::UnspecifiedContext* ctx) {
  ast::Unspecified result;
  result.text = text(ctx->STRING());
  SeenTails seen;
  for (auto* tail : ctx->unspecifiedTail()) {
    if (broken(tail) || !first_time(seen, head_type(tail), tail)) continue;
    if (tail->ACCEPTED() != nullptr) {
      result.accepted = text(tail->STRING());
    } else {
      entry(first_rule(tail), result.suggestion);
    }
  }
  return result;
}

ast::EntryNode TreeBuilder::guard(Grammar::GuardContext* ctx) {
  using ast::GuardKind;
  if (auto* zero = as<Grammar::ZeroGuardContext>(ctx)) {
    return ast::Guard{GuardKind::Zero, {}, expr(zero->expr()), {}};
  }
  if (auto* full = as<Grammar::FullGuardContext>(ctx)) {
    return ast::Guard{GuardKind::Full, {}, expr(full->expr()), {}};
  }
  if (auto* full = as<Grammar::FullGuardZhContext>(ctx)) {
    return ast::Guard{GuardKind::Full, {}, expr(full->expr()), {}};
  }
  if (auto* give = as<Grammar::GiveGuardContext>(ctx)) {
    const auto parts = exprs(give->expr());
    if (parts.size() == 2) return ast::Guard{GuardKind::Give, parts[0], parts[1], {}};
  }
  if (auto* give = as<Grammar::GiveGuardZhContext>(ctx)) {
    const auto parts = exprs(give->expr());
    if (parts.size() == 2) return ast::Guard{GuardKind::Give, parts[0], parts[1], {}};
  }
  if (auto* unscored = as<Grammar::UnscoredGuardContext>(ctx)) {
    return ast::Guard{GuardKind::Unscored, {}, expr(unscored->expr()), {}};
  }
  if (auto* outside = as<Grammar::NotApplicableGuardContext>(ctx)) {
    return ast::Guard{GuardKind::NotApplicable, {}, expr(outside->expr()), {}};
  }
  if (auto* veto = as<Grammar::VetoGuardContext>(ctx)) {
    return ast::Guard{GuardKind::Veto, {}, expr(veto->expr()), scope(veto->scope())};
  }
  return ast::InvalidEntry{};
}

std::optional<ast::Scope> TreeBuilder::scope(Grammar::ScopeContext* ctx) {
  switch (head_type(ctx)) {
    case Grammar::IN_RUBRIC: return ast::Scope::Rubric;
    case Grammar::IN_SECTION: return ast::Scope::Section;
    case Grammar::IN_ITEM: return ast::Scope::Item;
    default: return std::nullopt;
  }
}

ast::EntryNode TreeBuilder::when(Grammar::WhenContext* ctx) {
  const auto blocks = ctx->itemBlock();
  const auto condition = expr(ctx->expr());
  auto then = block(at(blocks, 0));
  return ast::When{condition, std::move(then), block(at(blocks, 1))};
}

// `together max 6 min 2 { … }` and 合计最多 6 分 { … }.
ast::EntryNode TreeBuilder::together(Grammar::TogetherContext* ctx) {
  ast::Together result;
  SeenTails seen;
  std::size_t limit = Grammar::TOGETHER_MAX;
  for (auto* child : ctx->children) {
    const auto type = type_of(child);
    if (type == Grammar::MAX || type == Grammar::MIN || type == Grammar::TOGETHER_MAX) limit = type;
    auto* value = as<Grammar::ExprContext>(child);
    if (value == nullptr) continue;
    const bool lower = limit == Grammar::MIN;
    const auto kind = lower ? std::size_t{Grammar::MIN} : std::size_t{Grammar::MAX};
    if (first_time(seen, kind, value)) (lower ? result.min : result.max) = expr(value);
  }
  result.entries = block(ctx->itemBlock());
  return result;
}

ast::EntryNode TreeBuilder::pick(Grammar::PickContext* ctx) {
  const bool outer = std::exchange(in_pick_, true);
  auto branches = block(ctx->itemBlock());
  in_pick_ = outer;
  return ast::Pick{ctx->HIGHEST_OF() != nullptr, std::move(branches)};
}

}  // namespace xize::syntax

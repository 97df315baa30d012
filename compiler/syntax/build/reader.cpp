#include "compiler/syntax/build/reader.h"

#include <algorithm>
#include <string_view>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/words.h"

namespace xize::syntax {
namespace {

namespace kinds = diagnostics::kinds;
using value::Rational;

// `5%`, `4万`, `4_000.5`: digits and at most one suffix that scales them; or `300/7`.
std::optional<Rational> scaled_number(std::string_view text) {
  if (const auto bar = text.find('/'); bar != std::string_view::npos) {
    auto above = Rational::from_decimal(text.substr(0, bar));
    const auto below = Rational::from_decimal(text.substr(bar + 1));
    return above && below ? std::optional(*above / *below) : std::nullopt;
  }
  Rational scale = 1;
  constexpr std::string_view kWan = "万";
  constexpr std::string_view kYi = "亿";
  if (text.ends_with('%')) {
    scale = Rational(1, 100);
    text.remove_suffix(1);
  } else if (text.ends_with(kWan)) {
    scale = 10'000;
    text.remove_suffix(kWan.size());
  } else if (text.ends_with(kYi)) {
    scale = 100'000'000;
    text.remove_suffix(kYi.size());
  }
  std::string digits(text);
  std::erase(digits, '_');
  auto value = Rational::from_decimal(digits);
  if (value) *value *= scale;
  return value;
}

const UnitRow* unit_row(const Token* unit) {
  if (unit == nullptr || unit->role < 0) return nullptr;
  const auto& rows = unit_words();
  const auto index = static_cast<std::size_t>(unit->role);
  return index < rows.size() ? &rows[index] : nullptr;
}

}  // namespace

std::size_t type_of(ParseTree* tree) {
  auto* terminal = as<Terminal>(tree);
  return terminal != nullptr ? terminal->getSymbol()->getType() : 0;
}

Context* first_rule(Context* ctx) {
  if (ctx == nullptr) return nullptr;
  for (auto* child : ctx->children) {
    if (auto* rule = as<Context>(child)) return rule;
  }
  return nullptr;
}

std::size_t head_type(Context* ctx) {
  if (ctx == nullptr) return 0;
  for (auto* child : ctx->children) {
    const auto type = type_of(child);
    if (type != 0 && type != Grammar::COMMA) return type;
  }
  return 0;
}

Terminal* find(Context* ctx, std::size_t type) {
  return ctx != nullptr ? ctx->getToken(type, 0) : nullptr;
}

bool broken(const Context* ctx) { return ctx == nullptr || ctx->exception != nullptr; }

const Token* Reader::token(const antlr4::Token* symbol) const {
  if (symbol == nullptr) return nullptr;
  const auto index = symbol->getTokenIndex();
  return index < tokens_.size() ? &tokens_[index] : nullptr;
}

const Token* Reader::token(Terminal* node) const {
  return node != nullptr ? token(node->getSymbol()) : nullptr;
}

std::string Reader::text(Terminal* node) const {
  const auto* found = token(node);
  return found != nullptr ? found->text : std::string();
}

std::vector<std::string> Reader::texts(const std::vector<Terminal*>& nodes) const {
  std::vector<std::string> result;
  result.reserve(nodes.size());
  for (auto* node : nodes) result.push_back(text(node));
  return result;
}

Span Reader::span_of(Context* ctx) const {
  if (ctx == nullptr) return here_;
  const auto* first = token(ctx->start);
  if (first == nullptr) return here_;
  const auto* last = token(ctx->stop);
  // An empty context stops before it starts.
  if (last == nullptr || last->span.end < first->span.begin) {
    return {first->span.begin, first->span.begin};
  }
  return source::join(first->span, last->span);
}

Span Reader::span_of(Terminal* node) const {
  const auto* found = token(node);
  return found != nullptr ? found->span : here_;
}

ast::Name Reader::name(Terminal* node) const {
  const auto* found = token(node);
  return found != nullptr ? ast::Name{found->text, found->span} : ast::Name{{}, here_};
}

ast::Name Reader::name(Grammar::NameContext* ctx) const {
  return ctx != nullptr ? name(ctx->NAME()) : ast::Name{{}, here_};
}

ast::Name Reader::name(Grammar::NameOrStringContext* ctx) const {
  if (ctx == nullptr) return {{}, here_};
  return name(ctx->NAME() != nullptr ? ctx->NAME() : ctx->STRING());
}

std::vector<ast::Name> Reader::names(const std::vector<Grammar::NameOrStringContext*>& list) const {
  std::vector<ast::Name> result;
  result.reserve(list.size());
  for (auto* ctx : list) {
    auto one = name(ctx);
    if (one.present()) result.push_back(std::move(one));
  }
  return result;
}

std::vector<ast::Name> Reader::names(Grammar::NamesContext* ctx) const {
  return ctx != nullptr ? names(ctx->nameOrString()) : std::vector<ast::Name>();
}

std::vector<ast::Name> Reader::names(Grammar::NodeNamesContext* ctx) const {
  return ctx != nullptr ? names(ctx->nameOrString()) : std::vector<ast::Name>();
}

ast::ExprId Reader::add(ast::ExprNode node, Span span) {
  return module_.exprs.add({std::move(node), span});
}

ast::EntryId Reader::add_entry(ast::EntryNode node, Span span) {
  return module_.entries.add({std::move(node), span});
}

ast::ExprId Reader::number(Terminal* digits, Terminal* unit, Terminal* per) {
  const auto* figure = token(digits);
  if (figure == nullptr) return add(ast::InvalidExpr{}, here_);
  auto value = scaled_number(figure->text);
  if (!value) {
    sink_.report<kinds::NumberTooLong>(figure->span, value::kMaxDigits);
    return add(ast::InvalidExpr{}, figure->span);
  }
  ast::NumberLit literal;
  literal.value = std::move(*value);
  literal.spelling = figure->text;
  literal.percent = figure->text.ends_with('%');
  Span span = figure->span;
  if (const auto* row = unit_row(token(unit))) {
    literal.unit = row->unit;
    literal.value *= Rational(row->scale);
    if (row->unit == ast::UnitWord::Measure || row->scale != 1) literal.measure = text(unit);
    span = source::join(span, span_of(unit));
  }
  if (const auto* row = unit_row(token(per))) {
    literal.per_unit = row->unit;
    literal.value /= Rational(row->scale);
    if (row->unit == ast::UnitWord::Measure || row->scale != 1) literal.per_measure = text(per);
    span = source::join(span, span_of(per));
  }
  return add(std::move(literal), span);
}

ast::ExprId Reader::quantity(Grammar::QuantityContext* ctx) {
  if (broken(ctx)) return invalid(ctx);
  return number(ctx->NUMBER(), ctx->UNIT());
}

value::Rounding Reader::rounding(Terminal* node) const {
  const auto* found = token(node);
  const bool known = found != nullptr && found->role >= 0;
  return known ? static_cast<value::Rounding>(found->role) : value::Rounding::HalfUp;
}

bool Reader::first_time(SeenTails& seen, std::size_t kind, Context* tail) {
  const auto same = [kind](const auto& one) { return one.first == kind; };
  const auto it = std::ranges::find_if(seen.list, same);
  const Span span = span_of(tail);
  if (it == seen.list.end()) {
    seen.list.emplace_back(kind, span);
    return true;
  }
  sink_.report<kinds::TailGivenTwice>(span, word_of(tail))
      .note<diagnostics::kinds::FirstGivenHere>(it->second);
  return false;
}

std::string Reader::word_of(Context* tail) const {
  if (tail == nullptr) return {};
  for (auto* child : tail->children) {
    const auto type = type_of(child);
    if (type == Grammar::COMMA || type == Grammar::LPAREN) continue;
    if (type != 0) return text(as<Terminal>(child));
    return word_of(as<Context>(child));
  }
  return {};
}

bool Reader::enter(Context* ctx) {
  if (nesting_ == 0) too_deep_ = false;
  if (++nesting_ <= kLevelsMax) return true;
  if (!too_deep_) sink_.report<kinds::NestingTooDeep>(span_of(ctx), kLevelsMax);
  too_deep_ = true;
  return false;
}

bool Reader::chain(std::size_t operators, Context* ctx) {
  operators_ += operators;
  if (operators_ <= kOperatorsMax) return true;
  if (operators_ - operators <= kOperatorsMax) {
    sink_.report<kinds::TooManyOperators>(span_of(ctx), kOperatorsMax);
  }
  return false;
}

}  // namespace xize::syntax

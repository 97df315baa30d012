// Worked examples and properties.
#include <array>
#include <string_view>

#include "compiler/syntax/build/tree_builder.h"
#include "runtime/value/value.h"

namespace xize::syntax {
namespace {

constexpr std::array kFaultNames = {
#define XIZE_FAULT(kind, english, chinese) std::string_view(english),
#include "grammar/keywords.def"
};
constexpr std::array kFaultKinds = {
#define XIZE_FAULT(kind, english, chinese) value::FaultKind::kind,
#include "grammar/keywords.def"
};

// The English name of a fault, whichever surface it was written in; empty where there is none.
std::string_view fault_name(std::int32_t role) {
  for (std::size_t i = 0; i < kFaultKinds.size(); ++i) {
    if (static_cast<std::int32_t>(kFaultKinds[i]) != role) continue;
    return kFaultNames[i].substr(0, kFaultNames[i].find('|'));
  }
  return {};
}

}  // namespace

ast::EntryNode TreeBuilder::test(Grammar::TestContext* ctx) {
  ast::Test result;
  result.title = text(ctx->STRING());
  if (auto* unit = ctx->nameOrString()) result.for_unit = name(unit);
  for (auto* one : ctx->testEntry()) {
    if (auto* known = as<Grammar::GivenEntryContext>(one)) {
      for (auto* each : known->given()) {
        if (!broken(each)) result.givens.push_back(given(each));
      }
    } else if (auto* wanted = as<Grammar::ExpectEntryContext>(one)) {
      for (auto* each : wanted->expectation()) {
        if (!broken(each)) result.expects.push_back(expectation(each));
      }
    } else if (auto* faults = as<Grammar::FaultEntryContext>(one)) {
      for (auto* each : faults->faultName()) result.expects.push_back(expected_fault(each));
    }
  }
  return result;
}

// `a = 1`, `即办程度.N = 9`, `3 办件 with 超期 = 是`.
ast::Given TreeBuilder::given(Grammar::GivenContext* ctx) {
  ast::Given result;
  result.span = span_of(ctx);
  if (auto* target = ctx->path()) {
    result.target = path(target);
    result.value = expr(ctx->expr());
    return result;
  }
  result.rows = number(ctx->NUMBER(), ctx->UNIT());
  result.records = name(ctx->name());
  for (auto* one : ctx->assignment()) {
    if (!broken(one)) result.columns.emplace_back(name(one->name()), operand(one->operand()));
  }
  return result;
}

ast::Expect TreeBuilder::expectation(Grammar::ExpectationContext* ctx) {
  if (auto* fault = ctx->faultName()) return expected_fault(fault);
  ast::Expect result;
  result.span = span_of(ctx);
  if (ctx->UNSCORED() != nullptr) {
    result.kind = ast::ExpectKind::Unscored;
    return result;
  }
  const bool outer = std::exchange(results_, true);
  result.target = path(ctx->path());
  if (auto* range = ctx->interval()) {
    result.kind = ast::ExpectKind::Within;
    result.interval = interval(range);
  } else if (auto* between = ctx->between()) {
    result.kind = ast::ExpectKind::Within;
    result.interval = interval(between);
  } else {
    result.value = expr(ctx->expr());
  }
  results_ = outer;
  return result;
}

ast::Expect TreeBuilder::expected_fault(Grammar::FaultNameContext* ctx) {
  ast::Expect result;
  result.kind = ast::ExpectKind::Error;
  result.span = span_of(ctx);
  result.error.span = result.span;
  if (broken(ctx)) return result;
  const auto* word = token(ctx->FAULT_WORD());
  constexpr auto kUnspecified = static_cast<std::int32_t>(value::FaultKind::Unspecified);
  result.error.text = fault_name(word != nullptr ? word->role : kUnspecified);
  return result;
}

ast::EntryNode TreeBuilder::property(Grammar::PropertyContext* ctx) {
  ast::Property result;
  result.title = text(ctx->STRING());
  auto* body = ctx->propertyBody();
  if (broken(body)) return ast::InvalidEntry{};
  const auto parts = body->expr();
  result.what = result_expr(at(parts, 0));
  const bool up = body->INCREASES() != nullptr || body->ONLY_UP() != nullptr;
  const bool down = body->DECREASES() != nullptr || body->ONLY_DOWN() != nullptr;
  if (up) result.kind = ast::PropertyKind::Increases;
  if (down) result.kind = ast::PropertyKind::Decreases;
  if (up || down) result.with = result_expr(at(parts, 1));
  return result;
}

}  // namespace xize::syntax

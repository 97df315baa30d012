#include "compiler/versions/thresholds.h"

#include <algorithm>
#include <set>

#include "compiler/ast/visit.h"
#include "compiler/diagnostics/kinds/versions.h"

namespace xize::versions {
namespace {

namespace kinds = diagnostics::kinds;

// Looks for bounds that a number is held to, in what an entry says and in the definitions it uses.
class Bounds {
 public:
  explicit Bounds(const sema::Model& model) : model_(model) {}

  bool in(ast::EntryId id) { return id.valid() && in_node(model_.entry(id).node); }

 private:
  bool in(ast::ExprId id) {
    if (!id.valid() || id.index >= model_.facts.size()) return false;
    const auto& binding = model_.fact(id).binding;
    const auto* define = std::get_if<sema::DefineRef>(&binding);
    if (define != nullptr) {
      return defines_.insert(define->define).second && in(model_.defines[define->define].body);
    }
    const auto* call = std::get_if<sema::Expansion>(&binding);
    return call != nullptr ? in(call->body) : in_node(model_.expr(id).node);
  }

  bool in_node(const auto& node) {
    bool found = is_bound(node);
    ast::for_each_child(node, [&](auto child) { found = found || in(child); });
    return found;
  }

  static bool is_bound(const ast::ExprNode& node) {
    const auto* binary = std::get_if<ast::Binary>(&node);
    if (binary == nullptr) return std::holds_alternative<ast::InInterval>(node);
    return binary->op >= ast::BinaryOp::Lt && binary->op <= ast::BinaryOp::Ge;
  }
  // A proportion that gives nothing below.
  static bool is_bound(const ast::EntryNode& node) {
    const auto* clause = std::get_if<ast::Clause>(&node);
    const auto* ratio = clause == nullptr ? nullptr : std::get_if<ast::RatioScale>(&clause->scale);
    return ratio != nullptr && ratio->from.valid();
  }

  const sema::Model& model_;
  std::set<sema::DefineId> defines_;  // that were looked at
};

bool is_threshold(const Thing& was, const Detail& detail, const sema::Model& model) {
  if (!detail.after.empty() || detail.before.empty()) return false;
  if (detail.aspect != Aspect::Guard && detail.aspect != Aspect::Rule) return false;
  return std::ranges::any_of(was.facts, [&](const Fact& fact) {
    return fact.aspect == detail.aspect && fact.line == detail.line_before &&
           Bounds(model).in(fact.entry);
  });
}

}  // namespace

void check_thresholds(const Comparison& comparison, const driver::Compilation& old,
                      diagnostics::Sink& sink) {
  for (const Change& change : comparison.changes) {
    if (change.olds.size() != 1 || change.news.size() != 1) continue;
    const Thing& was = comparison.was(change.olds.front());
    const Thing& is = comparison.is(change.news.front());
    if (!is_node(is.subject)) continue;
    for (const Detail& detail : change.details) {
      if (!is_threshold(was, detail, old.model())) continue;
      sink.report<kinds::ThresholdDropped>(is.span, is.name, detail.before)
          .note_at<kinds::InFormerVersion>(diagnostics::InSource{&old.file(), was.span}, was.name);
    }
  }
}

}  // namespace xize::versions

// Functions and methods in place of their calls: the body is cloned, a parameter becomes the handle
// of its argument. Names in the body keep the meaning they have where it is declared.

#include <algorithm>
#include <unordered_set>

#include "compiler/ast/visit.h"
#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/collect.h"

namespace xize::sema {

namespace {

using Arguments = std::unordered_map<std::string_view, ExprId>;

// Copies a subtree into the same module.
class Cloner {
 public:
  Cloner(Checker& c, const Arguments& arguments) : c_(c), arguments_(arguments) {}

  ExprId expr(ExprId id) {
    if (const auto* name = std::get_if<ast::NameRef>(&c_.node(id))) {
      const auto it = arguments_.find(name->name.text);
      if (it != arguments_.end()) return it->second;
    }
    ast::Expr copy = c_.module.exprs[id];
    ++c_.expanded;
    if (c_.expanded > kExpandedNodesMax) {
      copy.node = ast::InvalidExpr{};
    } else {
      children(copy.node);
    }
    return c_.module.exprs.add(std::move(copy));
  }

  EntryId entry(EntryId id) {
    ast::Entry copy = c_.module.entries[id];
    ++c_.expanded;
    if (c_.expanded > kExpandedNodesMax) {
      copy.node = ast::InvalidEntry{};
    } else {
      children(copy.node);
    }
    return c_.module.entries.add(std::move(copy));
  }

 private:
  // Replaces every handle below `value`, which is a part of a copy that this class owns: the list
  // of fields (ast/visit.h) hands them out as const, the copy itself is not.
  template <class T>
  void children(const T& value) {
    auto& own = const_cast<T&>(value);
    if constexpr (std::is_same_v<T, ExprId>) {
      if (own.valid()) own = expr(own);
    } else if constexpr (std::is_same_v<T, EntryId>) {
      if (own.valid()) own = entry(own);
    } else if constexpr (ast::kIsVector<T>) {
      for (const auto& item : own) children(item);
    } else if constexpr (ast::kIsOptional<T>) {
      if (own) children(*own);
    } else if constexpr (ast::kIsVariant<T>) {
      std::visit([&](const auto& alternative) { children(alternative); }, own);
    } else if constexpr (ast::kIsPair<T>) {
      children(own.second);
    } else if constexpr (ast::HasFields<T>) {
      names(own);
      ast::for_each_field(own, [&](std::string_view, const auto& field) { children(field); });
    }
  }

  // Records and groups stand as names; a parameter that is one is replaced by what it names.
  template <class T>
  void names(T& node) {
    if constexpr (std::is_same_v<T, ast::RecordOf>) {
      name(node.records);
    } else if constexpr (std::is_same_v<T, ast::GroupExpr>) {
      for (auto& n : node.names) name(n);
    } else if constexpr (std::is_same_v<T, ast::Sample>) {
      name(node.from);
    } else if constexpr (std::is_same_v<T, ast::FilteredRecords>) {
      name(node.base);
    }
  }
  void name(ast::Name& written) {
    const auto it = arguments_.find(written.text);
    if (it == arguments_.end()) return;
    const auto* argument = std::get_if<ast::NameRef>(&c_.node(it->second));
    if (argument != nullptr) written.text = argument->name.text;
  }

  Checker& c_;
  const Arguments& arguments_;
};

const Arguments kNoArguments;

std::vector<std::string> known_methods(const Checker& c) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : c.methods) names.emplace_back(name);
  std::ranges::sort(names);
  return names;
}

void report_too_large(Checker& c, Span span) {
  if (c.expanded <= kExpandedNodesMax) return;
  c.report<kinds::ExpansionTooLarge>(span, static_cast<std::int64_t>(kExpandedNodesMax));
}

// Which function calls which, by name.
class CallGraph {
 public:
  explicit CallGraph(Checker& c) : c_(c) {}

  // The functions that call themselves, directly or through others; each circle reported once.
  std::unordered_set<std::string_view> recursive() {
    std::vector<std::string_view> names;
    for (const auto& [name, callable] : c_.callables) {
      if (callable.function.valid()) names.push_back(name);
    }
    std::ranges::sort(names, {}, [&](auto name) { return c_.callables.at(name).span.begin; });
    for (const auto name : names) visit(name, 0);
    return std::move(recursive_);
  }

 private:
  void visit(std::string_view name, int depth) {
    auto& state = states_[name];
    if (state == Progress::Done || depth > kDefinitionDepthMax) return;
    if (state == Progress::Running) return report_circle(name);
    state = Progress::Running;
    path_.push_back(name);
    calls(c_.entry<ast::Define>(c_.callables.at(name).function).body, depth);
    path_.pop_back();
    states_[name] = Progress::Done;
  }
  void calls(ExprId id, int depth) {
    if (const auto* call = std::get_if<ast::Call>(&c_.node(id))) {
      const auto it = c_.callables.find(call->name.text);
      const bool function = call->builtin == ast::Builtin::None && it != c_.callables.end() &&
                            it->second.function.valid();
      if (function) visit(it->first, depth + 1);
    }
    ast::for_each_child(c_.node(id), [&](auto child) {
      if constexpr (std::is_same_v<decltype(child), ExprId>) calls(child, depth);
    });
  }
  void report_circle(std::string_view name) {
    diagnostics::List circle;
    for (auto it = std::ranges::find(path_, name); it != path_.end(); ++it) {
      circle.value.emplace_back(*it);
      recursive_.insert(*it);
    }
    circle.value.emplace_back(name);
    c_.report<kinds::DependsOnItself>(c_.callables.at(name).span, std::string(name), circle);
  }

  Checker& c_;
  std::unordered_map<std::string_view, Progress> states_;
  std::unordered_set<std::string_view> recursive_;
  std::vector<std::string_view> path_;
};

// Expands the calls of all expressions, and those that the expansions bring along.
class Expander {
 public:
  explicit Expander(Checker& c) : c_(c), recursive_(CallGraph(c).recursive()) {}

  void run() {
    mark_templates();
    for (std::size_t i = 0; i < c_.module.exprs.size(); ++i) {
      if (i >= templates_.size() || !templates_[i]) expand(ExprId(i));
    }
    expand_uncalled();
  }

 private:
  // Bodies of functions and methods are models to copy; calls in them are expanded in the copy.
  void mark_templates() {
    templates_.resize(c_.module.exprs.size());
    for (const auto& [name, callable] : c_.callables) {
      if (callable.function.valid()) mark(c_.entry<ast::Define>(callable.function).body);
    }
    for (const auto& [name, method] : c_.methods) mark(method);
  }
  template <class Id>
  void mark(Id id) {
    if constexpr (std::is_same_v<Id, ExprId>) {
      if (id.index < templates_.size()) templates_[id.index] = true;
      ast::for_each_child(c_.node(id), [&](auto child) { mark(child); });
    } else {
      ast::for_each_child(c_.module.entries[id].node, [&](auto child) { mark(child); });
    }
  }

  void expand(ExprId id) {
    const auto* call = std::get_if<ast::Call>(&c_.node(id));
    if (call == nullptr || call->builtin != ast::Builtin::None) return;
    const auto it = c_.callables.find(call->name.text);
    if (it == c_.callables.end() || !it->second.function.valid()) return;
    called_.insert(it->first);
    const auto& define = c_.entry<ast::Define>(it->second.function);
    if (define.params.size() != call->args.size() || recursive_.contains(it->first)) return;
    const int depth = depth_of(id) + 1;
    if (depth > kDefinitionDepthMax) {
      c_.report<kinds::DefinitionTooDeep>(c_.span(id), kDefinitionDepthMax);
      return;
    }
    if (c_.expanded > kExpandedNodesMax) return;
    Arguments arguments;
    for (std::size_t i = 0; i < call->args.size(); ++i) {
      arguments.emplace(c_.keep(define.params[i].text), call->args[i]);
    }
    const auto before = c_.module.exprs.size();
    c_.expansions[id] = Cloner(c_, arguments).expr(define.body);
    for (auto i = before; i < c_.module.exprs.size(); ++i) {
      depths_[static_cast<std::uint32_t>(i)] = depth;
    }
    report_too_large(c_, c_.span(id));
  }
  [[nodiscard]] int depth_of(ExprId id) const {
    const auto it = depths_.find(id.index);
    return it == depths_.end() ? 0 : it->second;
  }

  // A function nobody calls is still read once, with arguments nothing is known of.
  void expand_uncalled() {
    for (const auto& [name, callable] : c_.callables) {
      if (!callable.function.valid() || called_.contains(name) || recursive_.contains(name)) {
        continue;
      }
      const auto define = c_.entry<ast::Define>(callable.function);
      Arguments arguments;
      for (const auto& param : define.params) {
        arguments.emplace(c_.keep(param.text),
                          c_.module.exprs.add({ast::InvalidExpr{}, param.span}));
      }
      c_.orphans.emplace_back(Cloner(c_, arguments).expr(define.body), callable.scope);
    }
    std::ranges::sort(c_.orphans, {}, [](const auto& orphan) { return orphan.first.index; });
  }

  Checker& c_;
  std::unordered_set<std::string_view> recursive_;
  std::unordered_set<std::string_view> called_;
  std::vector<bool> templates_;
  std::unordered_map<std::uint32_t, int> depths_;
};

}  // namespace

EntryId clone_entry(Checker& c, EntryId entry) { return Cloner(c, kNoArguments).entry(entry); }

ScopeId expand_use(Checker& c, EntryId use_id, ScopeId scope) {
  const auto use = c.entry<ast::Use>(use_id);
  const auto it = c.methods.find(use.name.text);
  if (it == c.methods.end()) {
    if (lacks_import(c)) return {};
    c.report<kinds::UnknownMethod>(use.name.span, use.name.text)
        .suggest(diagnostics::did_you_mean(use.name.text, known_methods(c)));
    return {};
  }
  const auto method = c.entry<ast::Method>(it->second);
  if (method.params.size() != use.args.size()) {
    c.report<kinds::WrongArgumentCount>(c.entry_span(use_id), use.name.text, method.params.size(),
                                       use.args.size());
    return {};
  }
  if (std::ranges::find(c.methods_running, it->first) != c.methods_running.end()) {
    diagnostics::List circle;
    for (const auto name : c.methods_running) circle.value.emplace_back(name);
    circle.value.emplace_back(it->first);
    c.report<kinds::DependsOnItself>(method.name.span, method.name.text, circle);
    return {};
  }
  if (c.methods_running.size() > kDefinitionDepthMax || c.expanded > kExpandedNodesMax) return {};
  Arguments arguments;
  for (std::size_t i = 0; i < use.args.size(); ++i) {
    arguments.emplace(c.keep(method.params[i].text), use.args[i]);
    c.homes.emplace(use.args[i], scope);
  }
  Cloner cloner(c, arguments);
  std::vector<EntryId> entries;
  for (const auto id : method.entries) entries.push_back(cloner.entry(id));
  report_too_large(c, c.entry_span(use_id));
  c.model.uses[use_id] = std::move(entries);
  const auto body = c.scopes.add({c.global, {}});
  c.use_scopes[use_id] = body;
  return body;
}

void expand_calls(Checker& c) { Expander(c).run(); }

}  // namespace xize::sema

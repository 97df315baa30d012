#include "compiler/sema/names.h"

#include <algorithm>
#include <array>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

Type records_type() { return simple(Base::Records); }

// The meaning of a symbol; its type is found on demand.
Found meaning(Checker& c, const Target& target, Span span) {
  if (const auto* column = std::get_if<ColumnId>(&target)) {
    const auto table = c.model.columns[*column].table;
    if (table != kUnitTable) see_row(c, table);
    return {ColumnRef{*column}, column_type(c, *column)};
  }
  if (const auto* define = std::get_if<DefineId>(&target)) {
    depend(c, {VertexKind::Define, define->index}, span);
    return {DefineRef{*define}, define_type(c, *define)};
  }
  if (const auto* parameter = std::get_if<ParameterId>(&target)) {
    return {ParameterRef{*parameter}, c.model.parameters[*parameter].column.type};
  }
  if (const auto* source = std::get_if<SourceId>(&target)) {
    return {SourceRef{*source}, records_type()};
  }
  if (const auto* report = std::get_if<ReportId>(&target)) {
    depend(c, {VertexKind::Report, report->index}, span);
    return {ReportRef{*report}, report_type(c, *report)};
  }
  return {SelectRef{std::get<SelectId>(target)}, simple(Base::Bool)};
}

const Symbol* find_in(const Checker& c, ScopeId scope, std::string_view name) {
  const auto& values = c.scopes[scope].values;
  const auto it = values.find(name);
  return it == values.end() ? nullptr : &it->second;
}

// Blocks from the inside out, the outermost left to the caller.
const Symbol* find_local(const Checker& c, ScopeId scope, std::string_view name) {
  for (; scope.valid() && scope != c.global; scope = c.scopes[scope].parent) {
    if (const auto* symbol = find_in(c, scope, name)) return symbol;
  }
  return nullptr;
}

bool is_around(const Checker& c, NodeId outer, NodeId inner) {
  for (; inner.valid(); inner = c.model.nodes[inner].parent) {
    if (inner == outer) return true;
  }
  return false;
}

// A longer way to say each meaning, for an ambiguous name.
std::string long_name(const Checker& c, const Symbol& symbol, std::string_view name) {
  if (std::holds_alternative<ColumnId>(symbol.target)) {
    return c.model.unit_table().name + "." + std::string(name);
  }
  return std::string(name);
}

Found ambiguous(Checker& c, const ast::Name& name, std::vector<std::string> meanings) {
  std::ranges::sort(meanings);
  if (meanings.size() > 4) meanings.resize(4);
  c.report<kinds::AmbiguousName>(name.span, name.text, diagnostics::List{std::move(meanings)});
  return {};
}

// The item, section or rubric that a local name is declared in.
NodeId home_of(const Checker& c, const Target& target) {
  if (const auto* column = std::get_if<ColumnId>(&target)) return c.model.columns[*column].item;
  if (const auto* define = std::get_if<DefineId>(&target)) return c.model.defines[*define].item;
  if (const auto* source = std::get_if<SourceId>(&target)) return c.model.sources[*source].item;
  if (const auto* report = std::get_if<ReportId>(&target)) return c.model.reports[*report].node;
  if (const auto* select = std::get_if<SelectId>(&target)) return c.model.selects[*select].rubric;
  return {};
}

// In a test the local names of items are known by their bare names; those of the rubric that the
// test is about come first.
std::optional<Found> find_for_test(Checker& c, const ast::Name& name, const Place& place) {
  const auto it = c.locals_named.find(name.text);
  if (it == c.locals_named.end()) return std::nullopt;
  std::vector<Symbol> near = it->second;
  if (place.node.valid()) {
    const auto elsewhere = [&](const Symbol& symbol) {
      const NodeId home = home_of(c, symbol.target);
      return home.valid() && c.model.nodes[home].rubric != c.model.nodes[place.node].rubric;
    };
    std::erase_if(near, elsewhere);
  }
  if (near.empty()) near = it->second;
  if (near.size() == 1) return meaning(c, near.front().target, name.span);
  std::vector<std::string> meanings;
  for (const auto& symbol : near) {
    const NodeId home = home_of(c, symbol.target);
    meanings.push_back((home.valid() ? c.model.nodes[home].qualified + "." : "") + name.text);
  }
  return ambiguous(c, name, std::move(meanings));
}

// 总分, total, 等次, grade, points, cutoff where nothing else has the name.
std::optional<Found> find_result_word(Checker& c, const ast::Name& name, const Place& place) {
  const auto& text = name.text;
  if (text == "points") {
    if (place.node.valid()) return node_result(c, place.node, Aspect::Points, name.span);
    c.report<kinds::NoItemAround>(name.span);
    return Found{};
  }
  if (c.model.cutoff.valid() && (text == "cutoff" || text == "采样截止")) {
    const ExprId date = c.entry<ast::Cutoff>(c.model.cutoff).date;
    return Found{Expansion{date}, check_expr(c, date, place)};
  }
  if (c.model.rubrics.empty()) return std::nullopt;
  if (text == "total" || text == "总分") {
    return node_result(c, rubric_at(c, name.span, place), Aspect::Score, name.span);
  }
  if (text == "grade" || text == "等次" || text == "等第" || text == "等级") {
    return node_result(c, rubric_at(c, name.span, place), Aspect::Grade, name.span);
  }
  return std::nullopt;
}

std::optional<Found> find_global(Checker& c, const ast::Name& name, const Place& place) {
  const auto* symbol = find_in(c, c.global, name.text);
  const auto node = nearest_node(c, name, place);
  if (node && !node->valid()) return Found{};
  if (symbol != nullptr && node && !place.in_test && !is_around(c, *node, place.node)) {
    return ambiguous(c, name,
                     {long_name(c, *symbol, name.text), c.model.nodes[*node].qualified});
  }
  if (node && (symbol == nullptr || place.in_test)) {
    return node_result(c, *node, Aspect::Score, name.span);
  }
  if (symbol != nullptr) return meaning(c, symbol->target, name.span);
  return std::nullopt;
}

Found label(Checker& c, const Type& expected, std::uint32_t index) {
  if (expected.is(Base::Grade)) return {GradeLabel{expected.choice, index}, expected};
  (void)c;
  return {ChoiceLabel{expected.choice, index}, expected};
}

// A unit, a label or a text, where the other side says that it is one.
std::optional<Found> find_expected(Checker& c, const ast::Name& name, const Place& place,
                                   const Type& expected) {
  if (expected.is(Base::Unit)) {
    return Found{UnitRef{unit_named(c, name.text)}, simple(Base::Unit)};
  }
  if (expected.is(Base::Text) && place.bare_text) return Found{NoBinding{}, simple(Base::Text)};
  if (!expected.is(Base::Choice) && !expected.is(Base::Grade)) return std::nullopt;
  const auto& labels = c.model.choices[expected.choice].labels;
  const diagnostics::List known{labels};
  if (expected.is(Base::Grade)) {
    c.report<kinds::UnknownGrade>(name.span, name.text, known)
        .suggest(diagnostics::did_you_mean(name.text, labels));
  } else {
    c.report<kinds::UnknownLabel>(name.span, name.text, known)
        .suggest(diagnostics::did_you_mean(name.text, labels));
  }
  return Found{};
}

// A label of a named type, where only one such type has it.
std::optional<Found> find_label(const Checker& c, const ast::Name& name) {
  std::optional<Found> found;
  for (std::size_t i = 0; i < c.model.choices.size(); ++i) {
    const ChoiceId choice(i);
    const auto index = label_index(c.model.choices[choice], name.text);
    if (!index || c.model.choices[choice].name.empty()) continue;
    if (found) return std::nullopt;
    Type type = simple(Base::Choice);
    type.choice = choice;
    found = Found{ChoiceLabel{choice, *index}, type};
  }
  return found;
}

void collect_scope(const Checker& c, ScopeId scope, std::vector<std::string_view>& names) {
  for (; scope.valid(); scope = c.scopes[scope].parent) {
    for (const auto& [name, symbol] : c.scopes[scope].values) names.push_back(name);
  }
}

}  // namespace

std::optional<Found> find_name(Checker& c, const ast::Name& name, const Place& place) {
  if (place.row.valid()) {
    if (const auto* symbol = find_in(c, c.table_scopes[place.row.index], name.text)) {
      return meaning(c, symbol->target, name.span);
    }
  }
  if (const auto* symbol = find_local(c, place.scope, name.text)) {
    return meaning(c, symbol->target, name.span);
  }
  if (auto found = find_global(c, name, place)) return found;
  if (place.in_test) {
    if (auto found = find_for_test(c, name, place)) return found;
  }
  if (const auto group = group_named(c, name.text)) {
    return Found{GroupRef{*group}, simple(Base::Group)};
  }
  const auto& units = c.model.tables[kUnitTable];
  if (units.name == name.text && units.unit_column.valid()) {
    return Found{ColumnRef{units.unit_column}, simple(Base::Unit)};
  }
  return find_result_word(c, name, place);
}

Found resolve_name(Checker& c, const ast::Name& name, const Place& place, const Type* expected) {
  if (!name.present()) return {};
  const bool labelled =
      expected != nullptr && (expected->is(Base::Choice) || expected->is(Base::Grade));
  if (labelled) {
    if (const auto index = label_index(c.model.choices[expected->choice], name.text)) {
      return label(c, *expected, *index);
    }
  }
  if (auto found = find_name(c, name, place)) return std::move(*found);
  if (place.row_unknown) return {};
  if (expected != nullptr) {
    if (expected->invalid()) return {};
    if (auto found = find_expected(c, name, place, *expected)) return std::move(*found);
  }
  if (auto found = find_label(c, name)) return std::move(*found);
  report_unknown(c, name, place);
  return {};
}

void report_unknown(Checker& c, const ast::Name& name, const Place& place) {
  const auto where = std::to_string(place.node.index) + " " + name.text;
  if (!c.unknown_names.insert(where).second) return;
  auto draft = c.report<kinds::UnknownName>(name.span, name.text);
  if (c.suggestions_left <= 0) return;
  --c.suggestions_left;
  std::vector<std::string_view> known;
  if (place.row.valid()) {
    for (const auto& [n, symbol] : c.scopes[c.table_scopes[place.row.index]].values) {
      known.push_back(n);
    }
  }
  collect_scope(c, place.scope, known);
  for (const auto& [n, nodes] : c.nodes_named) known.push_back(n);
  for (const auto& [n, group] : c.group_entries) known.push_back(n);
  if (place.in_test) {
    for (const auto& [n, symbols] : c.locals_named) known.push_back(n);
  }
  std::ranges::sort(known);
  known.erase(std::ranges::unique(known).begin(), known.end());
  draft.suggest(diagnostics::did_you_mean(name.text, known));
}

std::optional<SourceId> source_named(Checker& c, const ast::Name& name, const Place& place) {
  const auto* symbol = find_local(c, place.scope, name.text);
  if (symbol == nullptr) symbol = find_in(c, c.global, name.text);
  if (symbol == nullptr && place.in_test) {
    const auto it = c.locals_named.find(name.text);
    if (it != c.locals_named.end()) symbol = &it->second.front();
  }
  if (symbol == nullptr || !std::holds_alternative<SourceId>(symbol->target)) return std::nullopt;
  return std::get<SourceId>(symbol->target);
}

std::optional<NodeId> nearest_node(Checker& c, const ast::Name& name, const Place& place) {
  const auto it = c.nodes_named.find(name.text);
  if (it == c.nodes_named.end()) return std::nullopt;
  const auto& candidates = it->second;
  if (candidates.size() == 1) return candidates.front();
  for (NodeId at = place.node; at.valid(); at = c.model.nodes[at].parent) {
    if (c.model.nodes[at].name == name.text) return at;
    const auto child = c.node_children.find(std::to_string(at.index + 1) + " " + name.text);
    if (child != c.node_children.end()) return child->second;
  }
  const auto rubric = place.node.valid() ? c.model.nodes[place.node].rubric : NodeId{};
  std::vector<NodeId> near;
  for (const auto id : candidates) {
    if (!rubric.valid() || c.model.nodes[id].rubric == rubric) near.push_back(id);
    if (near.size() > 4) break;
  }
  if (near.empty()) near.assign(candidates.begin(), candidates.begin() + 2);
  if (near.size() == 1) return near.front();
  std::vector<std::string> meanings;
  for (const auto id : near) meanings.push_back(c.model.nodes[id].qualified);
  ambiguous(c, name, std::move(meanings));
  return NodeId{};
}

NodeId rubric_at(Checker& c, Span span, const Place& place) {
  if (place.node.valid()) return c.model.nodes[place.node].rubric;
  const auto& rubrics = c.model.rubrics;
  if (rubrics.size() == 1) return rubrics.front();
  if (rubrics.empty()) {
    c.report<kinds::NoRubric>(span, Term{"a total or grade", "总分或等次"});
    return {};
  }
  diagnostics::List names;
  for (const auto id : rubrics) names.value.push_back(c.model.nodes[id].name);
  if (names.value.size() > 4) names.value.resize(4);
  const auto example = names.value.front() + (c.chinese() ? ".总分" : ".total");
  c.report<kinds::TooManyRubrics>(span, names, example);
  return {};
}

Found node_result(Checker& c, NodeId node, Aspect aspect, Span span) {
  if (!node.valid()) return {};
  const NodeResult result{node, aspect};
  switch (aspect) {
    case Aspect::Points: return {result, number(kPoints)};
    case Aspect::Grade: {
      const auto& grades = c.model.nodes[node].grades;
      if (grades.empty()) {
        c.report<kinds::NoGrades>(span, c.model.nodes[node].name);
        return {};
      }
      depend(c, {VertexKind::Grade, node.index}, span);
      Type type = simple(Base::Grade);
      type.choice = intern_choice(c, "", grades);
      return {result, type};
    }
    case Aspect::Rate:
      depend(c, {VertexKind::Score, node.index}, span);
      return {result, number(kPure, Flavour::Ratio)};
    default:
      depend(c, {VertexKind::Score, node.index}, span);
      return {result, number(kPoints)};
  }
}

UnitId unit_named(Checker& c, std::string_view name) {
  std::string text(name);
  for (int steps = 0; steps < 100; ++steps) {
    const auto alias = c.model.aliases.find(text);
    if (alias == c.model.aliases.end()) break;
    text = alias->second;
  }
  const auto key = c.keep(text);
  const auto [it, added] = c.unit_ids.emplace(key, UnitId(c.model.units.size()));
  if (added) c.model.units.push_back(text);
  return it->second;
}

bool unit_known(const Checker& c, std::string_view name) {
  return c.unit_ids.contains(name) || c.model.aliases.contains(std::string(name));
}

ChoiceId intern_choice(Checker& c, std::string_view name, const std::vector<std::string>& labels) {
  std::string key;
  for (const auto& text : labels) key += text + "\n";
  const auto it = c.choice_ids.find(key);
  if (it != c.choice_ids.end()) {
    auto& choice = c.model.choices[it->second];
    if (choice.name.empty()) choice.name = name;
    return it->second;
  }
  const auto id = c.model.choices.add({std::string(name), labels});
  c.choice_ids.emplace(std::move(key), id);
  return id;
}

std::optional<std::uint32_t> label_index(const Choice& choice, std::string_view text) {
  const auto it = std::ranges::find(choice.labels, text);
  if (it == choice.labels.end()) return std::nullopt;
  return static_cast<std::uint32_t>(it - choice.labels.begin());
}

void depend(Checker& c, Vertex to, Span span) {
  if (c.owner) c.dependencies.push_back({*c.owner, to, span});
}

}  // namespace xize::sema

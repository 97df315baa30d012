#include "compiler/sema/tests.h"

#include <algorithm>

#include "compiler/ast/visit.h"
#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using Input = std::variant<ColumnId, ParameterId>;

// Nodes that the expressions name, to tell which rubric a test is about.
void find_rubrics(const Checker& c, ExprId id, std::vector<NodeId>& rubrics) {
  if (!id.valid()) return;
  if (const auto* name = std::get_if<ast::NameRef>(&c.node(id))) {
    const auto it = c.nodes_named.find(name->name.text);
    if (it == c.nodes_named.end()) return;
    const auto rubric = c.model.nodes[it->second.front()].rubric;
    const bool same = std::ranges::all_of(
        it->second, [&](NodeId node) { return c.model.nodes[node].rubric == rubric; });
    if (same && std::ranges::find(rubrics, rubric) == rubrics.end()) rubrics.push_back(rubric);
  }
  ast::for_each_child(c.node(id), [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), ExprId>) find_rubrics(c, child, rubrics);
  });
}

NodeId only_rubric(const Checker& c, std::vector<NodeId> named) {
  if (named.size() == 1) return named.front();
  if (c.model.rubrics.size() == 1) return c.model.rubrics.front();
  return {};
}

NodeId rubric_of(Checker& c, const ast::Test& test, UnitId unit) {
  std::vector<NodeId> rubrics;
  for (const auto& expect : test.expects) {
    find_rubrics(c, expect.target, rubrics);
    find_rubrics(c, expect.value, rubrics);
  }
  if (rubrics.empty()) {
    for (const auto& given : test.givens) find_rubrics(c, given.target, rubrics);
  }
  if (rubrics.empty() && unit.valid()) {
    for (const auto rubric : c.model.rubrics) {
      const auto group = c.model.nodes[rubric].for_group;
      const auto& units = group.valid() ? c.model.groups[group].units : std::nullopt;
      if (units && std::ranges::binary_search(*units, unit)) rubrics.push_back(rubric);
    }
  }
  return only_rubric(c, std::move(rubrics));
}

std::optional<Input> input_of(const Target& target) {
  if (const auto* column = std::get_if<ColumnId>(&target)) return *column;
  if (const auto* parameter = std::get_if<ParameterId>(&target)) return *parameter;
  return std::nullopt;
}

// The mark of the one item of that name that is judged.
std::optional<Input> mark_named(const Checker& c, std::string_view name, NodeId rubric) {
  const auto it = c.nodes_named.find(name);
  if (it == c.nodes_named.end()) return std::nullopt;
  std::optional<Input> found;
  for (const auto id : it->second) {
    const auto& node = c.model.nodes[id];
    if (!node.mark.valid() || (rubric.valid() && node.rubric != rubric)) continue;
    if (found) return std::nullopt;
    found = node.mark;
  }
  return found;
}

void bind_input(Checker& c, ExprId id, const Input& input) {
  auto& fact = c.fact(id);
  if (const auto* column = std::get_if<ColumnId>(&input)) {
    fact.binding = ColumnRef{*column};
    fact.type = c.model.columns[*column].type;
  } else {
    const auto parameter = std::get<ParameterId>(input);
    fact.binding = ParameterRef{parameter};
    fact.type = c.model.parameters[parameter].column.type;
  }
  c.expr_progress[id.index] = Progress::Done;
}

// A bare name in `given`: a column first, then an input of an item, then a mark.
std::optional<Input> input_named(Checker& c, const ast::Name& name, NodeId rubric) {
  const auto& values = c.scopes[c.global].values;
  if (const auto it = values.find(name.text); it != values.end()) {
    if (auto input = input_of(it->second.target)) return input;
  }
  if (auto mark = mark_named(c, name.text, rubric)) return mark;
  const auto local = c.locals_named.find(name.text);
  if (local == c.locals_named.end()) return std::nullopt;
  std::optional<Input> found;
  diagnostics::List meanings;
  for (const auto& symbol : local->second) {
    const auto input = input_of(symbol.target);
    if (!input) continue;
    const auto& column = c.model.columns[std::get<ColumnId>(*input)];
    const bool here = !rubric.valid() || c.model.nodes[column.item].rubric == rubric;
    if (!here) continue;
    meanings.value.push_back(column.qualified);
    found = input;
  }
  if (meanings.value.size() > 1) {
    if (meanings.value.size() > 4) meanings.value.resize(4);
    c.report<kinds::AmbiguousName>(name.span, name.text, meanings);
    return Input{ColumnId{}};
  }
  return found;
}

// The input that a `given` sets; an invalid column when the report is done.
std::optional<Input> given_target(Checker& c, ExprId target, const Place& place) {
  if (const auto* name = std::get_if<ast::NameRef>(&c.node(target))) {
    if (auto input = input_named(c, name->name, place.node)) {
      if (*input != Input{ColumnId{}}) bind_input(c, target, *input);
      return input;
    }
  }
  const Type type = check_expr(c, target, place);
  const auto& binding = c.model.fact(target).binding;
  if (const auto* column = std::get_if<ColumnRef>(&binding)) return column->column;
  if (const auto* parameter = std::get_if<ParameterRef>(&binding)) return parameter->parameter;
  if (const auto* result = std::get_if<NodeResult>(&binding)) {
    const auto mark = c.model.nodes[result->node].mark;
    if (mark.valid() && result->aspect == Aspect::Score) {
      bind_input(c, target, mark);
      return mark;
    }
  }
  if (!type.invalid()) {
    const auto span = c.span(target);
    const auto text = c.sink.file() != nullptr ? std::string(c.sink.file()->slice(span)) : "?";
    c.report<kinds::NotAnInput>(span, text);
  }
  return std::nullopt;
}

// A value for a column: of its type, or one of the states a cell can have; of a judged item also
// the name of a level.
void check_given_value(Checker& c, ExprId value, const Column& column, const Place& place) {
  if (!value.valid()) return;
  const auto& node = c.node(value);
  const auto* name = std::get_if<ast::NameRef>(&node);
  const auto* text = std::get_if<ast::StringLit>(&node);
  const auto label = name != nullptr ? name->name.text : text != nullptr ? text->text : "";
  const bool level = std::ranges::any_of(column.levels,
                                         [&](const auto& l) { return l.label == label; });
  if (level) {
    c.fact(value).type = simple(Base::Text);
    c.expr_progress[value.index] = Progress::Done;
    return;
  }
  Place inside = place;
  inside.bare_text = true;
  const Type type = check_expr(c, value, inside, &column.type);
  if (type.is(Base::Missing) || type.is(Base::NotApplicable)) return;
  check_fits(c, value, inside, column.type);
}

void check_given_rows(Checker& c, const ast::Given& given, TestInfo& info, const Place& place) {
  const auto source = source_named(c, given.records, place);
  if (!source) {
    std::vector<std::string> known;
    for (const auto& s : c.model.sources) known.push_back(s.name);
    c.report<kinds::UnknownRecords>(given.records.span, given.records.text)
        .suggest(diagnostics::did_you_mean(given.records.text, known));
    return;
  }
  const auto table = c.model.sources[*source].table;
  if (!table.valid()) return;
  if (given.rows.valid()) check_fits(c, given.rows, place, number(kAnyCount));
  GivenInfo result{table, &given, {}};
  const auto& values = c.scopes[c.table_scopes[table.index]].values;
  for (const auto& [name, value] : given.columns) {
    const auto it = values.find(name.text);
    if (it == values.end()) {
      std::vector<std::string_view> known;
      for (const auto& [text, symbol] : values) known.push_back(text);
      std::ranges::sort(known);
      c.report<kinds::UnknownMember>(name.span, name.text, c.model.tables[table].name)
          .suggest(diagnostics::did_you_mean(name.text, known));
      result.columns.emplace_back();
      continue;
    }
    const auto column = std::get<ColumnId>(it->second.target);
    if (c.model.columns[column].origin == ColumnOrigin::Computed) {
      c.report<kinds::NotAnInput>(name.span, name.text);
    }
    check_given_value(c, value, c.model.columns[column], place);
    result.columns.push_back(column);
  }
  info.givens.push_back(std::move(result));
}

void check_given(Checker& c, const ast::Given& given, TestInfo& info, const Place& place) {
  if (given.records.present()) return check_given_rows(c, given, info, place);
  if (!given.target.valid()) return;
  const auto target = given_target(c, given.target, place);
  if (!target || *target == Input{ColumnId{}}) return;
  if (const auto* column = std::get_if<ColumnId>(&*target)) {
    check_given_value(c, given.value, c.model.columns[*column], place);
    info.givens.push_back({*column, &given, {}});
  } else {
    const auto parameter = std::get<ParameterId>(*target);
    check_given_value(c, given.value, c.model.parameters[parameter].column, place);
    info.givens.push_back({parameter, &given, {}});
  }
}

void check_expect(Checker& c, const ast::Expect& expect, const Place& place) {
  const Type type = check_expr(c, expect.target, place);
  if (expect.kind == ast::ExpectKind::Equals && expect.value.valid()) {
    const auto& value = c.node(expect.value);
    const bool state = std::holds_alternative<ast::NotApplicableLit>(value) ||
                       std::holds_alternative<ast::MissingLit>(value);
    if (state) {
      check_expr(c, expect.value, place);
    } else {
      check_equal(c, expect.value, type, place);
    }
  } else if (expect.kind == ast::ExpectKind::Within) {
    check_interval(c, expect.interval, type, place);
  }
}

void check_test(Checker& c, const PendingEntry& pending) {
  const auto& test = c.entry<ast::Test>(pending.entry);
  TestInfo info;
  info.entry = pending.entry;
  if (test.for_unit.present()) info.for_unit = unit_named(c, test.for_unit.text);
  info.rubric = pending.node.valid() ? c.model.nodes[pending.node].rubric
                                     : rubric_of(c, test, info.for_unit);
  Place place;
  place.scope = pending.scope;
  place.node = info.rubric;
  place.in_test = true;
  for (const auto& given : test.givens) check_given(c, given, info, place);
  for (const auto& expect : test.expects) check_expect(c, expect, place);
  c.model.tests.push_back(std::move(info));
}

bool ordered(const Type& type) {
  return type.is(Base::Number) || type.is(Base::Date) || type.is(Base::Month);
}

}  // namespace

void check_tests(Checker& c) {
  for (const auto& pending : c.pending_tests) check_test(c, pending);
}

void check_properties(Checker& c) {
  for (const auto& pending : c.pending_properties) {
    const auto& property = c.entry<ast::Property>(pending.entry);
    std::vector<NodeId> rubrics;
    find_rubrics(c, property.what, rubrics);
    PropertyInfo info{pending.entry, pending.node.valid() ? c.model.nodes[pending.node].rubric
                                                          : only_rubric(c, std::move(rubrics))};
    Place place;
    place.scope = pending.scope;
    place.node = info.rubric;
    place.in_test = true;
    if (property.kind == ast::PropertyKind::Always) {
      check_condition(c, property.what, place);
    } else {
      check_number(c, property.what, place);
      const auto target = given_target(c, property.with, place);
      const Type type = target ? c.model.type(property.with) : Type{};
      if (!type.invalid() && !ordered(type)) {
        c.report<kinds::ExpectedNumber>(c.span(property.with), type_word(c.model, type));
      }
    }
    c.model.properties.push_back(info);
  }
}

void check_claims(Checker& c) {
  for (const auto& pending : c.pending_claims) {
    for (const auto& claim : c.entry<ast::Claims>(pending.entry).rows) {
      ClaimInfo info{&claim, pending.node, {}, claim.span};
      Place place;
      place.scope = pending.scope;
      place.node = pending.node;
      if (claim.of.present()) {
        if (const auto group = group_named(c, claim.of.text)) {
          info.group = *group;
        } else if (const auto node = nearest_node(c, claim.of, place)) {
          info.where = *node;
        } else if (claim.of.text != c.model.unit_table().name) {
          report_unknown(c, claim.of, place);
          continue;
        }
      }
      check_number(c, claim.value, place);
      if (claim.value.valid() && !c.model.type(claim.value).invalid() &&
          !constant_value(c.model, claim.value)) {
        c.report<kinds::NotConstant>(c.span(claim.value), Term{"a claim", "载明的数"});
      }
      c.model.claims.push_back(info);
    }
  }
}

}  // namespace xize::sema

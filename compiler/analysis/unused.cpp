// Figures that are asked for and definitions that are written, and that no rule reads.
#include <algorithm>
#include <unordered_set>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/reading.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using diagnostics::Term;
using sema::Binding;
using sema::Model;

// Everything that some rule, result or check names.
struct Named {
  std::unordered_set<std::uint32_t> columns, defines, parameters, lookups, groups, tables;

  void add(const Binding& binding) {
    if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) columns.insert(ref->column.index);
    if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) defines.insert(ref->define.index);
    if (const auto* ref = std::get_if<sema::LookupCall>(&binding)) {
      lookups.insert(ref->lookup.index);
    }
    if (const auto* ref = std::get_if<sema::ParameterRef>(&binding)) {
      parameters.insert(ref->parameter.index);
    }
    if (const auto* ref = std::get_if<sema::GroupRef>(&binding)) groups.insert(ref->group.index);
  }
};

void add_group(const Model& model, sema::GroupId id, Named& named) {
  if (!id.valid() || !named.groups.insert(id.index).second) return;
  add_group(model, model.groups[id].left, named);
  add_group(model, model.groups[id].right, named);
}

// Groups that a rule or claim stands for, and those that they are made of.
void add_groups(const Model& model, Named& named) {
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    add_group(model, model.nodes[NodeId(i)].for_group, named);
  }
  for (const auto& claim : model.claims) add_group(model, claim.group, named);
  for (const auto& [entry, clause] : model.clauses) add_group(model, clause.group, named);
  for (const auto& [expr, info] : model.aggregates) add_group(model, info.group, named);
  for (std::size_t i = 0; i < model.selects.size(); ++i) {
    add_group(model, model.selects[sema::SelectId(i)].group, named);
  }
  for (std::size_t i = 0; i < model.groups.size(); ++i) {
    const auto& group = model.groups[sema::GroupId(i)];
    if (group.reference) add_group(model, sema::GroupId(i), named);
    if (!named.groups.contains(static_cast<std::uint32_t>(i))) continue;
    add_group(model, group.left, named);
    add_group(model, group.right, named);
  }
}

// Records that something is folded, selected or drawn from.
void add_tables(const Model& model, Named& named) {
  const auto add = [&](sema::SourceId id) {
    if (id.valid()) named.tables.insert(model.sources[id].table.index);
  };
  for (const auto& [expr, info] : model.aggregates) add(info.source);
  for (const auto& [entry, clause] : model.clauses) {
    add(clause.per);
    add(clause.marks);
  }
  for (std::size_t i = 0; i < model.selects.size(); ++i) {
    add(model.selects[sema::SelectId(i)].of);
  }
  for (std::size_t i = 0; i < model.sources.size(); ++i) {
    add(model.sources[sema::SourceId(i)].drawn_from);
  }
  for (const std::uint32_t column : named.columns) {
    named.tables.insert(model.columns[sema::ColumnId(column)].table.index);
  }
}

Named named_in(const Model& model) {
  Named named;
  for_each_reading(model, [&](const Reading& at) {
    if (at.expr.valid()) named.add(model.fact(at.expr).binding);
  });
  for (const auto& info : model.tests) {
    for (const auto& expect : model.entry_as<ast::Test>(info.entry).expects) {
      if (expect.target.valid()) named.add(model.fact(expect.target).binding);
    }
  }
  add_groups(model, named);
  add_tables(model, named);
  return named;
}

// Asked of every unit for the rules' sake: not its name, its month, a remark or a mark.
bool is_figure(const sema::Column& column) {
  if (column.table != sema::kUnitTable || column.key) return false;
  if (column.origin == sema::ColumnOrigin::Input) return true;
  const bool remark = column.type.is(sema::Base::Text) || column.type.is(sema::Base::Unit) ||
                      column.type.is(sema::Base::Month);
  return column.origin == sema::ColumnOrigin::Declared && !remark;
}

// Of records: something that could be counted. Texts and days alone are remarks.
bool is_countable(const sema::Column& column) {
  return column.type.is(sema::Base::Number) || column.type.is(sema::Base::Bool) ||
         column.type.is(sema::Base::Choice);
}

// Reports what is not named.
class Unused {
 public:
  explicit Unused(Context& c) : c_(c), named_(named_in(c.model)) {}

  void run() {
    const Model& model = c_.model;
    for (std::size_t i = 0; i < model.columns.size(); ++i) {
      const auto& column = model.columns[sema::ColumnId(i)];
      if (!is_figure(column) || named_.columns.contains(static_cast<std::uint32_t>(i))) continue;
      if (!c_.findings.wants<kinds::FigureNobodyReads>(column.item)) continue;
      c_.findings.report<kinds::FigureNobodyReads>(column.span, column.name);
    }
    for (std::size_t i = 0; i < model.defines.size(); ++i) {
      const auto& define = model.defines[sema::DefineId(i)];
      if (named_.defines.contains(static_cast<std::uint32_t>(i))) continue;
      report(define.entry, define.name, {"definition", "定义"}, define.item);
    }
    for (std::size_t i = 0; i < model.lookups.size(); ++i) {
      const auto& lookup = model.lookups[sema::LookupId(i)];
      if (named_.lookups.contains(static_cast<std::uint32_t>(i))) continue;
      report(lookup.entry, lookup.name, {"lookup", "对照表"}, {});
    }
    for (std::size_t i = 0; i < model.parameters.size(); ++i) {
      const auto& parameter = model.parameters[sema::ParameterId(i)];
      if (named_.parameters.contains(static_cast<std::uint32_t>(i))) continue;
      report(parameter.entry, parameter.name, {"parameter", "参数"}, {});
    }
    for (std::size_t i = 0; i < model.groups.size(); ++i) {
      const auto& group = model.groups[sema::GroupId(i)];
      if (!group.entry.valid() || group.listed.empty()) continue;
      if (named_.groups.contains(static_cast<std::uint32_t>(i)) || is_left_out(group)) continue;
      report(group.entry, group.name, {"group", "考核对象"}, {});
    }
    for (std::size_t i = 1; i < model.tables.size(); ++i) {
      const auto& table = model.tables[sema::TableId(i)];
      if (!table.entry.valid() || named_.tables.contains(static_cast<std::uint32_t>(i))) continue;
      const bool countable = std::ranges::any_of(
          table.columns, [&](auto id) { return is_countable(model.columns[id]); });
      if (!countable) continue;
      report(table.entry, table.name, {"table of records", "台账"}, {});
    }
  }

 private:
  // Some of its units stand in no rubric, which is said by itself.
  [[nodiscard]] bool is_left_out(const sema::Group& group) const {
    std::unordered_set<sema::UnitId> scored;
    for (const NodeId rubric : c_.model.rubrics) {
      const auto id = c_.model.nodes[rubric].for_group;
      if (!id.valid() || !c_.model.groups[id].units) return false;
      scored.insert(c_.model.groups[id].units->begin(), c_.model.groups[id].units->end());
    }
    return std::ranges::any_of(group.listed,
                               [&](sema::UnitId unit) { return !scored.contains(unit); });
  }

  void report(EntryId entry, const std::string& name, const Term& what, NodeId where) {
    if (!c_.findings.wants<kinds::DefinitionNobodyReads>(where)) return;
    c_.findings.report<kinds::DefinitionNobodyReads>(c_.model.entry(entry).span, what, name);
  }

  Context& c_;
  Named named_;
};

}  // namespace

void check_unused(Context& c) { Unused(c).run(); }

}  // namespace xize::analysis

// Figures that are asked for and definitions that are written, and that no rule reads.
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
  std::unordered_set<std::uint32_t> columns, defines, parameters, lookups;

  void add(const Binding& binding) {
    if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) columns.insert(ref->column.index);
    if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) defines.insert(ref->define.index);
    if (const auto* ref = std::get_if<sema::LookupCall>(&binding)) {
      lookups.insert(ref->lookup.index);
    }
    if (const auto* ref = std::get_if<sema::ParameterRef>(&binding)) {
      parameters.insert(ref->parameter.index);
    }
  }
};

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
  }

 private:
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

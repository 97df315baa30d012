#include "compiler/sema/sema.h"

#include "compiler/sema/collect.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/scoring.h"
#include "compiler/sema/tests.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

// Dates of the policy's head.
void check_head(Checker& c) {
  Place place;
  place.scope = c.global;
  if (c.model.effective.valid()) {
    const auto& effective = c.entry<ast::Effective>(c.model.effective);
    check_fits(c, effective.from, place, simple(Base::Date));
    check_fits(c, effective.until, place, simple(Base::Date));
  }
  if (c.model.cutoff.valid()) {
    check_fits(c, c.entry<ast::Cutoff>(c.model.cutoff).date, place, simple(Base::Date));
  }
}

// Everything that no score asked for yet.
void check_rest(Checker& c) {
  for (std::size_t i = 0; i < c.model.defines.size(); ++i) define_type(c, DefineId(i));
  for (std::size_t i = 0; i < c.model.reports.size(); ++i) report_type(c, ReportId(i));
  for (const auto& [body, scope] : c.orphans) {
    Place place;
    place.scope = scope;
    check_expr(c, body, place);
  }
  check_lookups(c);
}

}  // namespace

Model check(ast::Module& module, diagnostics::Sink& sink) {
  Checker c(module, sink);
  collect(c);
  link_sources(c);
  fill_samples(c);
  expand_calls(c);
  c.model.module = &module;
  c.model.facts.resize(module.exprs.size());
  c.expr_progress.resize(module.exprs.size(), Progress::Untouched);
  assemble_nodes(c);
  type_columns(c);
  complete_tables(c);
  build_groups(c);
  check_head(c);
  check_constraints(c);
  check_sources(c);
  check_nodes(c);
  check_selects(c);
  check_rest(c);
  check_claims(c);
  check_amends(c);
  report_cycles(c);
  check_tests(c);
  check_properties(c);
  return std::move(c.model);
}

}  // namespace xize::sema

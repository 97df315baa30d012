// The head of the document: issuers, dates, years and periods that contradict each other, or leave
// the result of a year open.
#include <algorithm>
#include <array>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/wording.h"
#include "compiler/diagnostics/kinds/document.h"

namespace xize::analysis {

namespace {

using diagnostics::Term;
using sema::Model;

void check_issuers(Context& c) {
  const ast::Issuer* first = nullptr;
  if (!c.model.policy.valid()) return;
  for (const EntryId entry : c.model.entry_as<ast::Policy>(c.model.policy).entries) {
    const auto* issuer = std::get_if<ast::Issuer>(&c.model.entry(entry).node);
    if (issuer == nullptr) continue;
    if (first != nullptr && first->text != issuer->text &&
        c.findings.wants<kinds::IssuersDiffer>(NodeId())) {
      c.findings.report<kinds::IssuersDiffer>(c.model.entry(entry).span, first->text, issuer->text);
    }
    if (first == nullptr) first = issuer;
  }
}

std::optional<value::Date> date_of(const Model& model, ExprId id) {
  if (!id.valid()) return std::nullopt;
  const auto* literal = std::get_if<ast::DateLit>(&model.expr(id).node);
  if (literal == nullptr) return std::nullopt;
  return literal->date;
}

void check_dates(Context& c) {
  if (!c.model.effective.valid()) return;
  const auto& effective = c.model.entry_as<ast::Effective>(c.model.effective);
  const auto from = date_of(c.model, effective.from);
  const auto until = date_of(c.model, effective.until);
  const auto report = [&](ExprId at, value::Date late, value::Date early) {
    if (!c.findings.wants<kinds::DatesOutOfOrder>(NodeId())) return;
    c.findings.report<kinds::DatesOutOfOrder>(c.model.expr(at).span, early, late);
  };
  if (from && until && *until < *from) report(effective.until, *from, *until);
  if (!c.model.cutoff.valid()) return;
  const ExprId cutoff = c.model.entry_as<ast::Cutoff>(c.model.cutoff).date;
  const auto last = date_of(c.model, cutoff);
  if (from && last && *last < *from) report(cutoff, *from, *last);
  if (until && last && *until < *last && c.findings.wants<kinds::CutoffAfterEnd>(NodeId())) {
    c.findings.report<kinds::CutoffAfterEnd>(c.model.expr(cutoff).span, *last, *until);
  }
}

// ---- years ----

// The year in the title of a rubric, and that of the cut-off, against the title of the policy. What
// is looked at ends in that year or soon after it.
void check_years(Context& c) {
  const auto year = year_in(c.model.title);
  if (!year) return;
  for (const NodeId rubric : c.model.rubrics) {
    const auto& node = c.model.nodes[rubric];
    const auto other = year_in(node.title);
    if (!other || *other == *year || !c.findings.wants<kinds::YearsDiffer>(rubric)) continue;
    c.findings.report<kinds::YearsDiffer>(span_of(c.model, node), *other, *year);
  }
  if (!c.model.cutoff.valid()) return;
  const ExprId cutoff = c.model.entry_as<ast::Cutoff>(c.model.cutoff).date;
  const auto last = date_of(c.model, cutoff);
  if (!last) return;
  const int ends = value::to_civil(*last).year;
  const bool fits = ends == *year || ends == *year + 1;
  if (fits || !c.findings.wants<kinds::YearsDiffer>(NodeId())) return;
  c.findings.report<kinds::YearsDiffer>(c.model.expr(cutoff).span, ends, *year);
}

// ---- periods ----

Term period_words(ast::PeriodKind kind) {
  if (kind == ast::PeriodKind::Monthly) return {"every month", "每月"};
  if (kind == ast::PeriodKind::Quarterly) return {"every quarter", "每季度"};
  return {"every half-year", "每半年"};
}

bool speaks_of_a_year(std::string_view text) {
  constexpr std::array<std::string_view, 3> kWords = {"年度", "全年", "年终"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

// Whether the document speaks of a result of the year: its title, or what it says.
bool wants_a_year(const Model& model) {
  bool found = speaks_of_a_year(model.title);
  const auto& entries = model.module->entries;
  for (std::size_t i = 0; i < entries.size() && !found; ++i) {
    const auto* quote = std::get_if<ast::Quote>(&entries[EntryId(i)].node);
    found = quote != nullptr && speaks_of_a_year(quote->text);
  }
  return found;
}

// Rubrics that are scored several times a year, where the year matters.
void check_periods(Context& c) {
  if (!c.model.period.valid()) return;
  const auto kind = c.model.entry_as<ast::Period>(c.model.period).kind;
  if (kind == ast::PeriodKind::Yearly) return;
  const bool scored = std::ranges::any_of(c.model.rubrics, [&](NodeId rubric) {
    return c.model.nodes[rubric].points_kind == ast::PointsKind::Stated;
  });
  const bool combined = std::ranges::any_of(c.model.rubrics, [&](NodeId rubric) {
    return c.model.nodes[rubric].combine_periods.valid();
  });
  if (!scored || combined || !wants_a_year(c.model)) return;
  if (!c.findings.wants<kinds::PeriodsApart>(NodeId())) return;
  c.findings.report<kinds::PeriodsApart>(c.model.entry(c.model.period).span, period_words(kind));
}

// ---- working days ----

bool counts_workdays(const Model& model) {
  const auto& exprs = model.module->exprs;
  for (std::size_t i = 0; i < exprs.size(); ++i) {
    const auto* days = std::get_if<ast::DaysBetween>(&exprs[ExprId(i)].node);
    if (days != nullptr && days->workdays) return true;
  }
  return false;
}

// Where the policy says when it is used: the year of its title, or a date.
void check_known(Context& c, source::Span span, value::Date day, const KnownDays& known) {
  const bool inside = !(day < known.first) && !(known.last < day);
  if (inside || !c.findings.wants<kinds::WorkdaysNotKnown>(NodeId())) return;
  c.findings.report<kinds::WorkdaysNotKnown>(span, known.first, known.last);
}

}  // namespace

void check_workdays(Context& c, const KnownDays& known) {
  if (!counts_workdays(c.model)) return;
  const auto& model = c.model;
  if (model.cutoff.valid()) {
    const ExprId cutoff = model.entry_as<ast::Cutoff>(model.cutoff).date;
    if (const auto day = date_of(model, cutoff)) {
      return check_known(c, model.expr(cutoff).span, *day, known);
    }
  }
  if (model.effective.valid()) {
    const ExprId from = model.entry_as<ast::Effective>(model.effective).from;
    if (const auto day = date_of(model, from)) {
      return check_known(c, model.expr(from).span, *day, known);
    }
  }
  const auto year = year_in(model.title);
  const auto day = year ? value::make_date(*year, 1, 1) : std::nullopt;
  if (day && model.policy.valid()) {
    const auto& policy = model.entry_as<ast::Policy>(model.policy);
    check_known(c, policy.name.span, *day, known);
  }
}

void check_heading(Context& c) {
  check_issuers(c);
  check_dates(c);
  check_years(c);
  check_periods(c);
}

}  // namespace xize::analysis

// visit: calls a function for every handle of an op that the meaning of a program holds, valid or
// not; with a mutable program the function may replace it.
#pragma once

#include "runtime/program/program.h"

namespace xize::program {

template <class Decisions, class F>
void visit_decisions(Decisions& decisions, F&& f) {
  for (auto& d : decisions) {
    f(d.condition);
    f(d.outcome);
  }
}

template <class Scheme, class F>
void visit_grade(Scheme& scheme, F&& f) {
  if (!scheme) return;
  for (auto& row : scheme->rows) f(row.chosen);
  f(scheme->before_rules);
  f(scheme->grade);
  visit_decisions(scheme->rules, f);
}

template <class N, class F>
void visit_node(N& n, F&& f) {
  f(n.points), f(n.applicable), f(n.unscored), f(n.base), f(n.before_cap), f(n.raw);
  f(n.factor), f(n.worth), f(n.before_round), f(n.score);
  visit_decisions(n.decisions, f);
  for (auto& c : n.contributions) f(c.amount), f(c.active), f(c.measure);
  for (auto& row : n.rows) f(row.chosen);
  for (auto& op : n.inputs) f(op);
  visit_grade(n.grade, f);
}

template <class R, class F>
void visit_report(R& r, F&& f) {
  f(r.value);
  for (auto& op : r.inputs) f(op);
}

template <class R, class F>
void visit_rubric(R& r, F&& f) {
  f(r.member), f(r.reference), f(r.declared_total), f(r.sections_sum), f(r.bonus_sum);
  f(r.penalty_sum), f(r.before_rules), f(r.before_round), f(r.unscored), f(r.total);
  f(r.combined), f(r.converted), f(r.rank);
  visit_decisions(r.decisions, f);
  visit_grade(r.grade, f);
  for (auto& selection : r.selections) f(selection.taken);
  for (auto& report : r.reports) visit_report(report, f);
}

// Ops whose values are read after a run: those of nodes, rubrics, reports, and `watched`.
template <class P, class F>
void visit_kept(P& program, F&& f) {
  for (auto& node : program.nodes) visit_node(node, f);
  for (auto& rubric : program.rubrics) visit_rubric(rubric, f);
  for (auto& report : program.reports) visit_report(report, f);
  for (auto& op : program.watched) f(op);
}

// Of these, the ones that say what came out.
template <class P, class F>
void visit_results(P& program, F&& f) {
  for (auto& node : program.nodes) f(node.points), f(node.score);
  for (auto& r : program.rubrics) {
    f(r.member), f(r.reference), f(r.declared_total), f(r.total), f(r.combined);
    f(r.converted), f(r.rank);
    if (r.grade) f(r.grade->grade);
    for (auto& selection : r.selections) f(selection.taken);
    for (auto& report : r.reports) f(report.value);
  }
  for (auto& report : program.reports) f(report.value);
}

// Ops that engines read while they run: those of checks and row selections.
template <class P, class F>
void visit_engine(P& program, F&& f) {
  for (auto& check : program.checks) f(check.condition);
  for (auto& selection : program.row_selections) {
    f(selection.candidate);
    for (auto& op : selection.measures) f(op);
    f(selection.key);
    f(selection.places);
  }
}

// Ops that other ops need besides their operands: the keys of groupings.
template <class P, class F>
void visit_keys(P& program, F&& f) {
  for (auto& grouping : program.groupings) {
    for (auto& key : grouping.keys) f(key.key);
  }
}

}  // namespace xize::program

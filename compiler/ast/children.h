// The children of a node, in the order they were written: for walks that treat all nodes alike.
// In: a node (const or not) and what to do. Out: each child handle, by reference, valid ones only.
#pragma once

#include <type_traits>
#include <variant>

#include "compiler/ast/entry.h"

namespace xize::ast {

namespace children {

// Sorts what a node has into expressions, names of records, groups and entries.
template <class F>
struct Walk {
  F& f;

  template <class Id>
  void expr(Id& id) {
    if (id.valid()) f.on_expr(id);
  }
  template <class List>
  void exprs(List& list) {
    for (auto& id : list) expr(id);
  }
  template <class List>
  void entries(List& list) {
    for (auto& id : list) f.on_entry(id);
  }
  template <class I>
  void interval(I& x) {
    expr(x.low);
    expr(x.high);
  }
  template <class G>
  void group(G& g) {
    for (auto& name : g.names) f.on_name(name);
    expr(g.where);
    for (auto& operand : g.operands) group(operand);
  }
  template <class T>
  void test(T& t) {
    expr(t.bound);
    interval(t.interval);
    exprs(t.values);
  }
  template <class R>
  void rows(R& list) {
    for (auto& row : list) {
      test(row.test);
      expr(row.result.amount);
      expr(row.result.high);
    }
  }
  template <class S>
  void scale(S& x) {
    using T = std::remove_const_t<S>;
    if constexpr (std::is_same_v<T, Amount>) {
      expr(x.value);
    } else if constexpr (std::is_same_v<T, RatioScale>) {
      expr(x.x), expr(x.to), expr(x.from);
    } else if constexpr (std::is_same_v<T, LinearScale> || std::is_same_v<T, TierScale>) {
      expr(x.x), rows(x.rows);
    } else if constexpr (std::is_same_v<T, RankScale>) {
      expr(x.x), exprs(x.tie_breaks);
      if (x.over) group(*x.over);
      rows(x.rows);
    } else if constexpr (std::is_same_v<T, RelativeScale>) {
      expr(x.x);
      if (x.over) group(*x.over);
    } else if constexpr (std::is_same_v<T, JudgeScale>) {
      expr(x.from);
      for (auto& level : x.levels) expr(level.result.amount), expr(level.result.high);
      expr(x.step);
    } else {
      for (auto& box : x.boxes) expr(box.condition), expr(box.amount);
    }
  }
  template <class C>
  void clause(C& c) {
    std::visit([&](auto& s) { scale(s); }, c.scale);
    if (c.per) expr(c.per->step), expr(c.per->what), expr(c.per->where);
    expr(c.when), expr(c.max), expr(c.worth);
    for (auto& m : c.multipliers) expr(m.factor), expr(m.when);
  }
  template <class C>
  void column(C& c) {
    expr(c.computed);
    for (auto& k : c.constraints) expr(k.value), interval(k.interval);
  }
};

}  // namespace children

// Calls `f.on_expr(ExprId&)` for each child of an expression, and `f.on_name(Name&)` for each name
// that stands for records or a group.
template <class Node, class F>
void for_each_child_of_expr(Node& node, F& f) {
  children::Walk<F> walk{f};
  std::visit(
      [&](auto& n) {
        using T = std::remove_cvref_t<decltype(n)>;
        if constexpr (std::is_same_v<T, Member>) {
          walk.expr(n.base);
        } else if constexpr (std::is_same_v<T, RecordOf>) {
          f.on_name(n.records), walk.expr(n.element);
        } else if constexpr (std::is_same_v<T, Unary>) {
          walk.expr(n.operand);
        } else if constexpr (std::is_same_v<T, Binary>) {
          walk.expr(n.left), walk.expr(n.right);
        } else if constexpr (std::is_same_v<T, InInterval>) {
          walk.expr(n.operand), walk.interval(n.interval);
        } else if constexpr (std::is_same_v<T, InSet>) {
          walk.expr(n.operand), walk.exprs(n.members);
        } else if constexpr (std::is_same_v<T, InTop>) {
          walk.expr(n.operand), walk.expr(n.count), walk.expr(n.by);
        } else if constexpr (std::is_same_v<T, IsState>) {
          walk.expr(n.operand);
        } else if constexpr (std::is_same_v<T, If>) {
          walk.expr(n.condition), walk.expr(n.then), walk.expr(n.otherwise);
        } else if constexpr (std::is_same_v<T, Case> || std::is_same_v<T, TierValue>) {
          walk.expr(n.scrutinee), walk.rows(n.rows);
        } else if constexpr (std::is_same_v<T, Call>) {
          walk.exprs(n.args);
        } else if constexpr (std::is_same_v<T, DaysBetween>) {
          walk.expr(n.from), walk.expr(n.to);
        } else if constexpr (std::is_same_v<T, Aggregate>) {
          walk.exprs(n.args), walk.expr(n.where);
          if (n.over) walk.group(*n.over);
          walk.expr(n.by), walk.expr(n.per), walk.expr(n.best), walk.expr(n.trim);
          walk.expr(n.drop_highest), walk.expr(n.drop_lowest), walk.expr(n.default_value);
          walk.exprs(n.tie_breaks);
        }
      },
      node);
}

// The same for an entry that can stand in a method, and `f.on_entry(EntryId&)` for entries inside.
template <class Node, class F>
void for_each_child_of_entry(Node& node, F& f) {
  children::Walk<F> walk{f};
  std::visit(
      [&](auto& n) {
        using T = std::remove_cvref_t<decltype(n)>;
        if constexpr (std::is_same_v<T, Clause>) {
          walk.clause(n);
        } else if constexpr (std::is_same_v<T, Guard>) {
          walk.expr(n.amount), walk.expr(n.when);
        } else if constexpr (std::is_same_v<T, Ordered>) {
          walk.entries(n.entries);
        } else if constexpr (std::is_same_v<T, Base>) {
          walk.expr(n.value);
        } else if constexpr (std::is_same_v<T, When>) {
          walk.expr(n.condition), walk.entries(n.then), walk.entries(n.otherwise);
        } else if constexpr (std::is_same_v<T, Together>) {
          walk.expr(n.max), walk.expr(n.min), walk.entries(n.entries);
        } else if constexpr (std::is_same_v<T, Pick>) {
          walk.entries(n.branches);
        } else if constexpr (std::is_same_v<T, Unspecified>) {
          walk.entries(n.suggestion);
        } else if constexpr (std::is_same_v<T, Round>) {
          walk.expr(n.places);
        } else if constexpr (std::is_same_v<T, Define>) {
          walk.expr(n.body);
        } else if constexpr (std::is_same_v<T, Input>) {
          walk.column(n.column);
        } else if constexpr (std::is_same_v<T, Use>) {
          walk.exprs(n.args);
        } else if constexpr (std::is_same_v<T, Partition>) {
          walk.exprs(n.terms), walk.expr(n.whole);
        } else if constexpr (std::is_same_v<T, Check>) {
          walk.expr(n.condition);
        } else if constexpr (std::is_same_v<T, Sample>) {
          f.on_name(n.from);
          walk.expr(n.take), walk.expr(n.ending), walk.expr(n.step), walk.expr(n.where);
        } else if constexpr (std::is_same_v<T, FilteredRecords>) {
          f.on_name(n.base);
          walk.expr(n.where);
        } else if constexpr (std::is_same_v<T, Report>) {
          walk.expr(n.value);
        }
      },
      node);
}

}  // namespace xize::ast

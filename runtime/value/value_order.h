// A total order of values, for keys of maps: by state and type, then by content. Texts are ordered
// by their numbers, which says nothing about their letters.
#pragma once

#include "runtime/value/value.h"

namespace xize::value {

// A total order over values, for keys of maps.
struct ValueBefore {
  bool operator()(const Value& a, const Value& b) const {
    if (a.index() != b.index()) return a.index() < b.index();
    return std::visit(
        [&](const auto& x) { return before(x, std::get<std::decay_t<decltype(x)>>(b)); }, a);
  }

 private:
  static bool before(Missing, Missing) { return false; }
  static bool before(NotApplicable, NotApplicable) { return false; }
  static bool before(Pending, Pending) { return false; }
  static bool before(Fault a, Fault b) { return a.op != b.op ? a.op < b.op : a.kind < b.kind; }
  static bool before(const Rational& a, const Rational& b) { return a < b; }
  static bool before(bool a, bool b) { return !a && b; }
  static bool before(Text a, Text b) { return a < b; }
  static bool before(Date a, Date b) { return a < b; }
  static bool before(Month a, Month b) { return a < b; }
};

}  // namespace xize::value

// `amends`: what a document says it changes, against what now stands in the policy. What the former
// version was is only known beside that version; here the new names and points are compared.

#include <algorithm>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/scoring.h"
#include "compiler/sema/tests.h"

namespace xize::sema {

namespace {

using ast::AmendKind;

// Reads one `amends` block.
class AmendsCheck {
 public:
  AmendsCheck(Checker& c, const ast::Amends& amends) : c_(c), amends_(amends) {
    place_.scope = c.global;
  }

  void run() {
    for (const auto& action : amends_.actions) {
      if (action.kind != AmendKind::Rename && action.kind != AmendKind::Merge) continue;
      for (const auto& from : action.from) {
        if (!action.to.empty()) renamed_.emplace(from.text, &action.to.front());
      }
    }
    for (const auto& action : amends_.actions) check(action);
  }

 private:
  void check(const ast::Amendment& action) {
    for (const auto& name : action.to) stands(name);
    switch (action.kind) {
      case AmendKind::Points:
      case AmendKind::KeepPoints: return check_action_points(action);
      case AmendKind::Keep:
      case AmendKind::Reset:
        for (const auto& name : action.from) stands(current(name));
        return;
      case AmendKind::Remove:
        for (const auto& name : action.from) {
          if (is_there(name)) c_.report<kinds::RemovedStillStands>(name.span, name.text);
        }
        return;
      default: return;
    }
  }

  void check_action_points(const ast::Amendment& action) {
    check_points(c_, action.old_points, place_, Term{"the points", "分值"});
    const auto points = check_points(c_, action.new_points, place_, Term{"the points", "分值"});
    for (const auto& written : action.from) {
      const auto& name = current(written);
      if (!stands(name) || !points) continue;
      const auto now = points_of(name);
      if (now.empty() || std::ranges::find(now, *points) != now.end()) continue;
      c_.report<kinds::AmendedPointsDiffer>(c_.span(action.new_points), name.text, *points,
                                           now.front());
    }
  }

  // What a former name has become by the amendments of the same block.
  [[nodiscard]] const ast::Name& current(const ast::Name& name) const {
    const auto it = renamed_.find(name.text);
    return it == renamed_.end() ? name : *it->second;
  }

  [[nodiscard]] bool is_there(const ast::Name& name) const {
    if (c_.nodes_named.contains(name.text)) return true;
    for (std::size_t i = 0; i < c_.model.selects.size(); ++i) {
      if (c_.model.selects[SelectId(i)].name == name.text) return true;
    }
    return false;
  }

  bool stands(const ast::Name& name) {
    if (is_there(name)) return true;
    std::vector<std::string_view> known;
    for (const auto& [text, nodes] : c_.nodes_named) known.push_back(text);
    std::ranges::sort(known);
    c_.report<kinds::UnknownAmended>(name.span, name.text)
        .suggest(diagnostics::did_you_mean(name.text, known));
    return false;
  }

  // The points, or the cap, of everything of that name.
  [[nodiscard]] std::vector<value::Rational> points_of(const ast::Name& name) const {
    std::vector<value::Rational> points;
    const auto it = c_.nodes_named.find(name.text);
    if (it == c_.nodes_named.end()) return points;
    for (const auto id : it->second) {
      const auto& node = c_.model.nodes[id];
      for (const auto& value : {node.points_value, node.max_value}) {
        if (value) points.push_back(*value);
      }
    }
    return points;
  }

  Checker& c_;
  const ast::Amends& amends_;
  Place place_;
  std::unordered_map<std::string_view, const ast::Name*> renamed_;
};

}  // namespace

void check_amends(Checker& c) {
  for (const auto id : c.model.amends) AmendsCheck(c, c.entry<ast::Amends>(id)).run();
}

}  // namespace xize::sema

#include "compiler/versions/amendments.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/versions.h"
#include "compiler/driver/allowances.h"
#include "compiler/versions/thresholds.h"
#include "compiler/versions/words.h"

namespace xize::versions {
namespace {

namespace kinds = diagnostics::kinds;
using ast::AmendKind;
using ast::Amendment;
using diagnostics::Term;
using value::Rational;

bool can_be_amended(const Thing& thing) {
  return is_node(thing.subject) || thing.subject == Subject::Selection;
}

bool becomes(AmendKind kind) {
  return kind == AmendKind::Rename || kind == AmendKind::Split || kind == AmendKind::Merge ||
         kind == AmendKind::Replace;
}

std::vector<std::string> texts(const std::vector<ast::Name>& names) {
  std::vector<std::string> found;
  for (const auto& name : names) found.push_back(name.text);
  return found;
}

bool holds(const std::vector<ast::Name>& names, std::string_view text) {
  return std::ranges::any_of(names, [&](const ast::Name& name) { return name.text == text; });
}

// The names that one version has.
class Names {
 public:
  explicit Names(const Outline& outline) {
    for (std::size_t i = 0; i < outline.size(); ++i) {
      if (can_be_amended(outline[i])) things_[outline[i].name].push_back(static_cast<int>(i));
    }
  }
  [[nodiscard]] bool has(const std::string& name) const { return things_.contains(name); }
  // The things of that name, in order.
  [[nodiscard]] std::vector<int> of(const std::string& name) const {
    const auto it = things_.find(name);
    return it == things_.end() ? std::vector<int>{} : it->second;
  }
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    for (const auto& [name, things] : things_) names.push_back(name);
    std::ranges::sort(names);
    return names;
  }

 private:
  std::unordered_map<std::string, std::vector<int>> things_;
};

class Check {
 public:
  Check(const Comparison& comparison, const driver::Compilation& old,
        const driver::Compilation& now, diagnostics::Sink& sink)
      : c_(comparison),
        old_(old),
        model_(now.model()),
        sink_(sink),
        before_(comparison.old),
        after_(comparison.now) {
    for (const auto id : model_.amends) {
      for (const auto& action : model_.entry_as<ast::Amends>(id).actions) collect(action);
    }
  }

  void run() {
    for (const auto id : model_.amends) {
      for (const auto& action : model_.entry_as<ast::Amends>(id).actions) check(action);
    }
    for (const Change& change : c_.changes) check_declared(change);
    for (const Balance& balance : c_.balances) check_balance(balance);
    for (const Match& one : c_.matches) check_lost_parts(one);
  }

 private:
  void collect(const Amendment& action) {
    for (const auto& name : action.from) said_.insert(name.text);
    for (const auto& name : action.to) said_.insert(name.text);
    if (becomes(action.kind) && !action.to.empty()) {
      for (const auto& name : action.from) became_.emplace(name.text, action.to.front().text);
      for (const auto& name : action.to) came_from_.emplace(name.text, action.from.front().text);
    }
    if (action.kind == AmendKind::Reset) {
      for (const auto& name : action.from) reset_.insert(name.text);
    }
    if (action.kind == AmendKind::Points || action.kind == AmendKind::KeepPoints) {
      for (const auto& name : action.from) points_said_.insert(name.text);
    }
  }

  // ---- what the list says
  void check(const Amendment& action) {
    for (const auto& name : action.from) check_former(name);
    if (becomes(action.kind)) check_becoming(action);
    if (action.kind == AmendKind::Add) {
      for (const auto& name : action.to) check_new(name);
    }
    if (action.kind == AmendKind::Points || action.kind == AmendKind::KeepPoints) {
      check_points(action);
    }
    if (action.kind == AmendKind::Keep) {
      for (const auto& name : action.from) check_kept(name);
    }
  }

  void check_former(const ast::Name& name) {
    if (before_.has(name.text) || came_from_.contains(name.text)) return;
    sink_.report<kinds::AmendedNotThere>(name.span, name.text)
        .suggest(diagnostics::did_you_mean(name.text, before_.all()));
  }

  void check_new(const ast::Name& name) {
    for (const int i : before_.of(name.text)) {
      sink_.report<kinds::AddedWasThere>(name.span, name.text)
          .note_at<kinds::InFormerVersion>(in_old(i), name.text);
      return;
    }
  }

  void check_becoming(const Amendment& action) {
    for (const auto& name : action.from) {
      if (holds(action.to, name.text) || !after_.has(name.text) || !before_.has(name.text))
        continue;
      sink_
          .report<kinds::AmendedStillStands>(name.span, name.text,
                                             diagnostics::List{texts(action.to)})
          .note<kinds::DeclaredHere>(c_.is(after_.of(name.text).front()).span, name.text);
    }
    for (const auto& name : action.to) {
      if (!holds(action.from, name.text) && !became_.contains(name.text)) check_new(name);
    }
  }

  // The points of a former thing, by its own or its new name.
  [[nodiscard]] std::optional<Rational> former_points(const std::string& name) const {
    const auto from = came_from_.find(name);
    const auto& known = before_.has(name) || from == came_from_.end() ? name : from->second;
    for (const int i : before_.of(known)) {
      if (c_.was(i).points) return c_.was(i).points;
    }
    return {};
  }
  [[nodiscard]] std::optional<Rational> points_now(const std::string& name) const {
    const auto to = became_.find(name);
    for (const int i : after_.of(to == became_.end() ? name : to->second)) {
      if (c_.is(i).points) return c_.is(i).points;
    }
    return {};
  }

  void check_points(const Amendment& action) {
    const auto said = action.old_points.valid() ? sema::constant_value(model_, action.old_points)
                                                : std::optional<Rational>{};
    for (const auto& name : action.from) {
      const auto was = former_points(name.text);
      const auto is = points_now(name.text);
      if (!was) continue;
      if (action.kind == AmendKind::KeepPoints && is && *is != *was) {
        sink_.report<kinds::PointsNotKept>(name.span, name.text, *was, *is);
      } else if (said && *said != *was) {
        sink_.report<kinds::FormerPointsDiffer>(model_.expr(action.old_points).span, name.text,
                                                *said, *was);
      }
    }
  }

  // What is kept stands there with the points and the rules it had, as far as they are known.
  void check_kept(const ast::Name& name) {
    for (const Change& change : c_.changes) {
      const bool it = change.fate == Fate::Kept && c_.was(change.olds.front()).name == name.text;
      if (!it || !can_be_amended(c_.was(change.olds.front()))) continue;
      Term differs;
      std::optional<Aspect> last;  // details stand by aspect
      for (const Detail& detail : change.details) {
        if (!is_binding(change, detail) || last == detail.aspect) continue;
        const Term aspect = term_of(detail.aspect);
        differs.english += (last ? ", " : "") + aspect.english;
        differs.chinese += (last ? "、" : "") + aspect.chinese;
        last = detail.aspect;
      }
      if (last) sink_.report<kinds::KeptButChanged>(name.span, name.text, differs);
    }
  }

  // A change of the points or of a rule that the former version states.
  [[nodiscard]] bool is_binding(const Change& change, const Detail& detail) const {
    const Thing &was = c_.was(change.olds.front()), &is = c_.is(change.news.front());
    if (detail.aspect == Aspect::Points) {
      return was.points && is.points && !points_said_.contains(was.name);
    }
    const bool open = std::ranges::any_of(
        was.facts, [](const Fact& fact) { return fact.aspect == Aspect::Open; });
    return !open && detail.aspect > Aspect::Points && detail.aspect < Aspect::Claim &&
           detail.aspect != Aspect::Open;
  }

  // ---- what the texts do
  void check_declared(const Change& change) {
    const bool gone = change.news.empty();
    const int self = gone ? change.olds.front() : change.news.front();
    const Thing& thing = gone ? c_.was(self) : c_.is(self);
    if (!can_be_amended(thing) || within_what_is_said(gone ? c_.old : c_.now, self, gone)) return;
    if (change.fate == Fate::Kept && !change.renamed) return check_points_declared(change);
    if (std::ranges::any_of(change.olds, [&](int i) { return said_.contains(c_.was(i).name); }) ||
        std::ranges::any_of(change.news, [&](int i) { return said_.contains(c_.is(i).name); })) {
      return check_points_declared(change);
    }
    const ast::Span place = gone ? model_.entry(model_.amends.front()).span : thing.span;
    auto draft = sink_.report<kinds::ChangeNotDeclared>(place, thing.name, fate_term(change));
    if (gone) draft.note_at<kinds::InFormerVersion>(in_old(self), thing.name);
  }

  void check_points_declared(const Change& change) {
    if (change.fate != Fate::Kept) return;
    const Thing &was = c_.was(change.olds.front()), &is = c_.is(change.news.front());
    const bool changed = was.points && is.points && *was.points != *is.points;
    if (!changed || points_said_.contains(was.name) || points_said_.contains(is.name)) return;
    if (was.subject == Subject::Rubric) return;  // the balance says it
    sink_.report<kinds::ChangeNotDeclared>(
        is.span, is.name,
        Term{
            "changed from " + was.points->to_string() + " to " + is.points->to_string() + " points",
            "的分值由 " + was.points->to_string() + " 分变为 " + is.points->to_string() + " 分"});
  }

  // Stands in what is reset, or in what comes or goes as a whole.
  [[nodiscard]] bool within_what_is_said(const Outline& outline, int thing, bool is_old) const {
    for (int i = outline[at(thing)].parent; i > 0; i = outline[at(i)].parent) {
      const auto came = came_from_.find(outline[at(i)].name);
      if (reset_.contains(outline[at(i)].name)) return true;
      if (came != came_from_.end() && reset_.contains(came->second)) return true;
      const bool whole = std::ranges::any_of(c_.changes, [&](const Change& change) {
        const auto& own = is_old ? change.olds : change.news;
        return (is_old ? change.news : change.olds).empty() && own.front() == i;
      });
      if (whole) return true;
    }
    return false;
  }

  void check_balance(const Balance& balance) {
    const bool both = balance.old_rubric >= 0 && balance.new_rubric >= 0;
    if (balance.part != BalancePart::Base || !both || balance.before == balance.after) return;
    const Thing& is = c_.is(balance.new_rubric);
    if (points_said_.contains(is.name) || points_said_.contains(c_.was(balance.old_rubric).name)) {
      return;
    }
    auto draft = sink_.report<kinds::PointsDoNotBalance>(
        is.span, is.name, balance.before, balance.after, balance.after - balance.before);
    draft.note_at<kinds::InFormerVersion>(in_old(balance.old_rubric),
                                          c_.was(balance.old_rubric).name);
  }

  // Parts whose points nobody knows went, and the points of the whole stay.
  void check_lost_parts(const Match& one) {
    if (one.olds.size() != 1 || one.news.size() != 1) return;
    const Thing &was = c_.was(one.olds.front()), &is = c_.is(one.news.front());
    if (!is_node(is.subject) || !was.points || was.points != is.points) return;
    diagnostics::List lost;
    for (const Match& other : c_.matches) {
      if (!other.news.empty() || other.olds.size() != 1) continue;
      const Thing& part = c_.was(other.olds.front());
      const bool inside = part.parent == one.olds.front() && is_node(part.subject);
      if (inside && !part.points) lost.value.push_back(part.name);
    }
    if (lost.value.empty()) return;
    sink_.report<kinds::PointsKeptWithout>(is.span, is.name, *is.points, lost);
  }

  [[nodiscard]] diagnostics::Location in_old(int thing) const {
    return diagnostics::InSource{&old_.file(), c_.was(thing).span};
  }

  const Comparison& c_;
  const driver::Compilation& old_;
  const sema::Model& model_;
  diagnostics::Sink& sink_;
  Names before_, after_;
  std::unordered_set<std::string> said_, reset_, points_said_;
  std::unordered_map<std::string, std::string> became_, came_from_;
};

std::vector<std::string> documents_of(const sema::Model& model) {
  std::vector<std::string> documents;
  for (const auto id : model.amends) {
    const auto& amends = model.entry_as<ast::Amends>(id);
    documents.insert(documents.end(), amends.documents.begin(), amends.documents.end());
  }
  return documents;
}

}  // namespace

bool amends(const sema::Model& now, const sema::Model& old) {
  const auto documents = documents_of(now);
  return old.numbers.empty() || documents.empty() ||
         std::ranges::any_of(documents, [&](const std::string& number) {
           return std::ranges::find(old.numbers, number) != old.numbers.end();
         });
}

std::vector<DeclaredMatch> declared_matches(const sema::Model& now, const sema::Model& old) {
  std::vector<DeclaredMatch> declared;
  if (!amends(now, old)) return declared;
  for (const auto id : now.amends) {
    for (const auto& action : now.entry_as<ast::Amends>(id).actions) {
      if (becomes(action.kind)) declared.push_back({texts(action.from), texts(action.to)});
      if (action.kind == AmendKind::Remove) declared.push_back({texts(action.from), {}});
      if (action.kind == AmendKind::Add) declared.push_back({{}, texts(action.to)});
    }
  }
  return declared;
}

void check_amendments(const Comparison& comparison, const driver::Compilation& old,
                      const driver::Compilation& now, diagnostics::Sink& sink) {
  const auto& model = now.model();
  diagnostics::Sink found(now.file());
  check_thresholds(comparison, old, found);
  const bool declares = !model.amends.empty();
  if (declares && amends(model, old.model())) {
    Check(comparison, old, now, found).run();
  } else if (declares) {
    found.report<kinds::AmendsAnother>(model.entry(model.amends.front()).span,
                                       diagnostics::List{documents_of(model)},
                                       diagnostics::List{old.model().numbers});
  }
  driver::pass_on(found, model, now.file(), sink);
}

}  // namespace xize::versions

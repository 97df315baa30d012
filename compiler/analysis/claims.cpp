// What the document says of itself, against what is written.
#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/tallies.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

using ast::ClaimKind;
using diagnostics::Term;

constexpr std::size_t kUnitsNamedMax = 60;

Term level_word(int level) {
  switch (level) {
    case 1: return {"first-level sections", "一级指标"};
    case 2: return {"second-level indicators", "二级指标"};
    case 3: return {"third-level indicators", "三级指标"};
    default: return {"fourth-level indicators", "四级指标"};
  }
}

Term claim_word(const ast::Claim& claim) {
  switch (claim.kind) {
    case ClaimKind::Units: return {"units", "单位"};
    case ClaimKind::Sections:
    case ClaimKind::Indicators: return level_word(claim.level);
    case ClaimKind::Items: return {"items", "评分项"};
    case ClaimKind::BonusItems: return {"bonus items", "加分项"};
    case ClaimKind::PenaltyItems: return {"penalty items", "扣分项"};
    case ClaimKind::Dimensions: return {"dimensions", "维度"};
    case ClaimKind::Elements: return {"elements", "要素"};
    case ClaimKind::Total: return {"total", "总分"};
    case ClaimKind::BonusTotal: return {"bonus total", "加分合计"};
    case ClaimKind::PenaltyTotal: return {"penalty total", "扣分合计"};
  }
  return {};
}

// Compares one claim after the other.
class Claims {
 public:
  explicit Claims(Context& c) : c_(c), tallies_(tally_nodes(c.model, c.worths)) {}

  void check(const sema::ClaimInfo& info) {
    if (info.claim == nullptr || !info.claim->value.valid()) return;
    const auto value = sema::constant_value(c_.model, info.claim->value);
    if (!value) return;
    info_ = &info;
    claimed_ = *value;
    scopes_.clear();
    if (info.where.valid()) {
      scopes_.push_back(info.where);
    } else {
      scopes_ = c_.model.rubrics;
    }
    switch (info.claim->kind) {
      case ClaimKind::Units: return check_units_claim();
      case ClaimKind::Elements: return check_elements();
      case ClaimKind::Total: return check_totals();
      case ClaimKind::BonusTotal:
      case ClaimKind::PenaltyTotal: return check_blocks();
      default: return check_nodes();
    }
  }

 private:
  [[nodiscard]] const sema::Node& node(NodeId id) const { return c_.model.nodes[id]; }
  [[nodiscard]] const Tally& tally(NodeId id) const { return tallies_[id.index]; }

  // ---- nodes ----

  // How many of the claimed kind lie in a node, in each way of counting.
  [[nodiscard]] Counts count(NodeId id) const {
    const auto& claim = *info_->claim;
    const auto alike = [](std::int64_t n) { return Counts{n, n, n}; };
    switch (claim.kind) {
      case ClaimKind::Sections:
      case ClaimKind::Indicators:
        return tally(id).levels[static_cast<std::size_t>(std::clamp(claim.level, 1, 4))];
      case ClaimKind::Items: return tally(id).items;
      case ClaimKind::BonusItems: return alike(tally(id).bonus_items);
      case ClaimKind::PenaltyItems: return alike(tally(id).penalty_items);
      default: return alike(static_cast<std::int64_t>(dimensions(id).size()));
    }
  }

  [[nodiscard]] std::vector<NodeId> dimensions(NodeId id) const {
    std::vector<NodeId> parts;
    for (const NodeId child : node(id).children) {
      if (is_part(c_.model, node(id), child)) parts.push_back(child);
    }
    return parts;
  }

  // The claim may be of all rubrics together or of each, may leave out bonus and penalty, and may
  // count once what several rubrics share.
  void check_nodes() {
    if (scopes_.empty()) return;
    Counts sums{};
    for (std::size_t way = 0; way < kCountings; ++way) {
      bool each = true;
      for (const NodeId scope : scopes_) {
        const auto here = count(scope)[way];
        sums[way] += here;
        each = each && Rational(here) == claimed_;
      }
      if (each || Rational(sums[way]) == claimed_) return;
    }
    Rational counted = sums[0];
    if (scopes_.size() > 1 && info_->claim->kind != ClaimKind::Dimensions) {
      const Rational names = names_counted();
      if (names == claimed_) return;
      if (value::abs(names - claimed_) < value::abs(counted - claimed_)) counted = names;
    }
    report_count(counted, [&](diagnostics::Draft& draft) {
      if (scopes_.size() == 1) return note_children(draft, scopes_.front());
      for (const NodeId scope : scopes_) note_count(draft, scope);
    });
  }

  // Where rubrics share indicators, those of one name under one name count once.
  [[nodiscard]] std::int64_t names_counted() const {
    std::set<std::pair<std::string, std::string>> names;
    std::vector<NodeId> open = scopes_;
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      std::int64_t below = 0;
      for (const NodeId child : node(id).children) {
        below += count(child)[0];
        open.push_back(child);
      }
      const NodeId parent = node(id).parent;
      if (count(id)[0] <= below) continue;  // itself is not of the kind
      names.emplace(parent.valid() ? node(parent).name : "", node(id).name);
    }
    return static_cast<std::int64_t>(names.size());
  }

  void note_count(diagnostics::Draft& draft, NodeId id) const {
    draft.note<kinds::PartOfSum>(span_of(c_.model, node(id)), node(id).name, count(id)[0]);
  }

  // What the children hold; those that are counted themselves by name alone.
  void note_children(diagnostics::Draft& draft, NodeId scope) const {
    std::size_t noted = 0;
    const bool direct = info_->claim->kind == ClaimKind::Dimensions;
    const auto& children = direct ? dimensions(scope) : node(scope).children;
    for (const NodeId child : children) {
      if (noted == kListMax) break;
      if (direct || (is_leaf(node(child)) && count(child)[0] == 1)) {
        draft.note<kinds::CountedHere>(span_of(c_.model, node(child)), node(child).name);
      } else if (count(child)[0] > 0) {
        note_count(draft, child);
      } else {
        continue;
      }
      ++noted;
    }
  }

  void report_count(const Rational& counted,
                    const std::function<void(diagnostics::Draft&)>& notes) {
    const auto& claim = *info_->claim;
    if (!c_.findings.wants<kinds::ClaimedCount>(info_->where)) return;
    auto draft = c_.findings.report<kinds::ClaimedCount>(
        claim.span, claim_word(claim), claimed_, counted, more_or_less(counted, claimed_),
        value::abs(counted - claimed_));
    notes(draft);
  }

  // ---- elements: the criteria, boxes or data of an item ----

  void check_elements() {
    std::int64_t criteria = 0, boxes = 0, inputs = 0;
    for (const NodeId scope : scopes_) {
      criteria += tally(scope).criteria;
      boxes += tally(scope).boxes;
      inputs += tally(scope).inputs;
    }
    std::int64_t counted = 0;
    for (const auto n : {inputs, boxes, criteria}) {
      if (n == 0) continue;
      counted = n;
      if (Rational(n) == claimed_) return;
    }
    if (counted == 0) return;
    report_count(Rational(counted), [&](diagnostics::Draft& draft) {
      std::size_t noted = 0;
      for (const NodeId scope : scopes_) {
        for (const EntryId entry : node(scope).criteria) {
          if (++noted > kListMax) return;
          draft.note<kinds::CountedHere>(c_.model.entry(entry).span,
                                        c_.model.entry_as<ast::Criterion>(entry).text);
        }
      }
    });
  }

  // ---- units ----

  // The units of a node, where groups list them; nothing where a condition chooses them.
  [[nodiscard]] const std::vector<sema::UnitId>* units_of(NodeId id) const {
    for (; id.valid(); id = node(id).parent) {
      if (!node(id).for_group.valid()) continue;
      const auto& units = c_.model.groups[node(id).for_group].units;
      return units ? &*units : nullptr;
    }
    return nullptr;
  }

  void check_units_claim() {
    std::vector<sema::UnitId> all;
    if (info_->group.valid()) {
      const auto& units = c_.model.groups[info_->group].units;
      if (!units) return;
      all = *units;
    } else {
      for (const NodeId scope : scopes_) {
        const auto* units = units_of(scope);
        if (units == nullptr) return;
        all.insert(all.end(), units->begin(), units->end());
      }
      std::ranges::sort(all);
      all.erase(std::ranges::unique(all).begin(), all.end());
    }
    if (all.empty() || Rational(static_cast<std::int64_t>(all.size())) == claimed_) return;
    report_count(Rational(static_cast<std::int64_t>(all.size())), [&](diagnostics::Draft& draft) {
      diagnostics::List names;
      for (const auto unit : all) {
        if (names.value.size() < kUnitsNamedMax) names.value.push_back(c_.model.units[unit.index]);
      }
      if (info_->group.valid() && c_.model.groups[info_->group].entry.valid()) {
        draft.note<kinds::UnitsCounted>(c_.model.groups[info_->group].span, names);
      } else {
        draft.remark<kinds::UnitsCounted>(names);
      }
    });
  }

  // ---- points ----

  // The total alone, or with the bonus that can be earned on top of it.
  void check_totals() {
    for (const NodeId scope : scopes_) {
      const Worth& worth = c_.worths[scope.index];
      if (!worth.known || worth.points == claimed_) continue;
      const Tally& counts = tally(scope);
      if (counts.bonus_known && worth.points + counts.bonus == claimed_) continue;
      return report_points(worth.points, scope, sema::Role::Ordinary);
    }
  }

  void check_blocks() {
    const bool bonus = info_->claim->kind == ClaimKind::BonusTotal;
    Rational sum;
    bool each = !scopes_.empty();
    for (const NodeId scope : scopes_) {
      const Tally& counts = tally(scope);
      if (!(bonus ? counts.bonus_known : counts.penalty_known)) return;
      const Rational& here = bonus ? counts.bonus : counts.penalty;
      sum += here;
      each = each && here == claimed_;
    }
    if (scopes_.empty() || each || sum == claimed_) return;
    report_points(sum, scopes_.front(), bonus ? sema::Role::Bonus : sema::Role::Penalty);
  }

  void report_points(const Rational& there, NodeId scope, sema::Role role) {
    const auto& claim = *info_->claim;
    auto draft = c_.findings.report<kinds::ClaimedPoints>(
        claim.span, claim_word(claim), claimed_, there, more_or_less(there, claimed_),
        value::abs(there - claimed_));
    std::vector<NodeId> parts;
    for (const NodeId child : node(scope).children) {
      if (node(child).role == role) parts.push_back(child);
    }
    note_parts(c_, draft, parts);
  }

  Context& c_;
  std::vector<Tally> tallies_;
  const sema::ClaimInfo* info_ = nullptr;
  Rational claimed_;
  std::vector<NodeId> scopes_;
};

}  // namespace

void check_claims(Context& c) {
  if (c.model.claims.empty()) return;
  Claims claims(c);
  for (const auto& info : c.model.claims) claims.check(info);
}

}  // namespace xize::analysis

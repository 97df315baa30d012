// Grades (language §6.8): rows, best first, the first that fits; then the rules `set`, `lower`,
// `at least`, `at most`, in that order, the last the strongest. A grade is the index of its row.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// What is graded: a rubric's result or a section's score.
struct Graded {
  OpId value;
  OpId who;            // takes part in places
  std::uint32_t bits;  // of its population ops
};

class Grades {
 public:
  Grades(Lowering& l, NodeId node) : l_(l), node_(l.node(node)), id_(node), context_{node} {
    if (l.is_rubric(node)) {
      graded_ = {result_of(l, node), ranked_of(l, node), field_of(l, node)};
      return;
    }
    const OpId score = score_of(l, node);
    OpId who = l.build.and_(applicable_of(l, node), l.build.not_(unscored_of(l, node)));
    if (l.model.reference.valid()) {
      who = l.build.and_(who, l.build.not_(lower_group(l, l.model.reference, context_)));
    }
    graded_ = {score, who, 0};
  }

  program::GradeScheme run() {
    program::GradeScheme scheme;
    const auto& grade = l_.model.entry_as<ast::Grade>(node_.grade);
    OpId index = by_rows(grade, scheme);
    scheme.before_rules = index;
    index = by_rules(index, scheme);
    for (const std::string& label : node_.grades) scheme.labels.push_back(label);
    const auto only_ranked = [&](OpId op) {
      return l_.build.select(graded_.who, op, l_.build.missing());
    };
    scheme.before_rules = only_ranked(scheme.before_rules);
    scheme.grade = only_ranked(index);
    return scheme;
  }

 private:
  [[nodiscard]] OpId lower(ExprId e) const { return lower_expr(l_, e, context_); }

  OpId by_rows(const ast::Grade& grade, program::GradeScheme& scheme) {
    const Origin origin = l_.origin(PlaceKind::Node, node_.grade, id_);
    const bool open = grade.rows.empty() && l_.options.unspecified != UnspecifiedMode::Error;
    OpId index =
        open ? l_.build.missing()
             : l_.build.fault(grade.rows.empty() ? FaultKind::Unspecified : FaultKind::NoTierRow,
                              origin);
    std::vector<OpId> fits;
    OpId earlier = l_.build.boolean(false);
    for (const ast::GradeRow& row : grade.rows) {
      fits.push_back(row_fits(row, earlier));
      scheme.rows.push_back({l_.build.and_(l_.build.not_(earlier), fits.back()), origin_of(row)});
      earlier = l_.build.or_(earlier, fits.back());
    }
    for (std::size_t i = fits.size(); i-- > 0;) {
      // Who comes as far as a cut-off that the document does not give has no grade.
      const OpId here =
          grade.rows[i].unspecified ? l_.build.missing() : l_.number(static_cast<std::int64_t>(i));
      index = l_.build.select(fits[i], here, index);
    }
    return index;
  }

  Origin origin_of(const ast::GradeRow& row) {
    Place place;
    place.kind = PlaceKind::GradeRow;
    place.span = row.span;
    place.entry = node_.grade;
    place.node = id_;
    return l_.origin(place);
  }

  // Does the row fit a unit that no earlier row took?
  OpId row_fits(const ast::GradeRow& row, OpId earlier) {
    if (row.unspecified) {  // a cut-off the document does not give
      if (l_.options.unspecified != UnspecifiedMode::Error) return l_.build.boolean(true);
      return l_.build.fault(FaultKind::Unspecified, origin_of(row));
    }
    OpId fits = row.when.valid() ? lower(row.when) : l_.build.boolean(true);
    if (row.score)
      fits = l_.build.and_(fits, lower_row_test(l_, {graded_.value, {}}, *row.score, context_));
    if (!row.test) return fits;
    using ast::RowTestKind;
    const bool places =
        row.test->kind == RowTestKind::Top || row.test->kind == RowTestKind::TopShare;
    if (!places) {
      return l_.build.and_(fits, lower_row_test(l_, {graded_.value, {}}, *row.test, context_));
    }
    if (row.quota) return takes_quota(row, l_.build.and_(l_.build.not_(earlier), fits));
    return l_.build.and_(fits, within_places(row));
  }

  // `top p`: a cumulative place, at most p·n. Equal units share a place, so both fit or neither;
  // `ties exclude` leaves out those that a cut would part.
  OpId within_places(const ast::GradeRow& row) {
    const OpId places = places_of(row);
    if (row.ties == ast::Ties::Exclude) {
      return take(row, graded_.who, l_.op(Opcode::floor, {places}), program::Ties::Exclude);
    }
    std::vector<OpId> operands = {graded_.who, graded_.value};
    for (const ExprId tie : row.tie_breaks) operands.push_back(lower(tie));
    const OpId place = l_.op(Opcode::pop_rank, operands, origin_of(row), graded_.bits);
    return l_.op(Opcode::le, {place, places});
  }

  // `quota p`: the row's own share of the places; what does not fit falls to the next row.
  OpId takes_quota(const ast::GradeRow& row, OpId candidates) {
    const bool shares = row.ties == ast::Ties::Share;
    const bool excludes = row.ties == ast::Ties::Exclude;
    const auto ties = shares     ? program::Ties::Share
                      : excludes ? program::Ties::Exclude
                                 : program::Ties::Unstated;
    return take(row, l_.build.and_(graded_.who, candidates), places_of(row), ties);
  }

  OpId take(const ast::GradeRow& row, OpId who, OpId places, program::Ties ties) {
    std::vector<OpId> operands = {who, l_.build.boolean(true), places, graded_.value};
    for (const ExprId tie : row.tie_breaks) operands.push_back(lower(tie));
    return l_.op(Opcode::pop_take, operands, origin_of(row),
                 graded_.bits | static_cast<std::uint32_t>(ties));
  }

  OpId places_of(const ast::GradeRow& row) {
    OpId places = lower(row.test->bound);
    if (row.test->kind == ast::RowTestKind::Top) return places;
    const OpId n =
        l_.op(Opcode::pop_count, {known(), l_.build.boolean(true)}, origin_of(row), graded_.bits);
    places = l_.mul(places, n);
    if (!row.round) return places;
    return l_.op(Opcode::round, {places, l_.zero()}, {}, static_cast<std::uint32_t>(*row.round));
  }

  // Units with a value; one whose value is a fault takes no part.
  OpId known() {
    return l_.build.and_(graded_.who, l_.op(Opcode::eq, {graded_.value, graded_.value}));
  }

  // ---- rules

  [[nodiscard]] OpId index_of(const std::string& label) const {
    const auto& labels = node_.grades;
    const auto it = std::find(labels.begin(), labels.end(), label);
    return l_.number(it - labels.begin());
  }

  // A rule and the node it stands in: this one, or one below it without grades of its own.
  struct Rule {
    EntryId entry;
    NodeId home;
  };

  void gather(NodeId id, std::vector<Rule>& rules) const {
    for (const EntryId entry : l_.node(id).grade_rules) rules.push_back({entry, id});
    for (const NodeId child : l_.node(id).children) {
      if (l_.node(child).grades.empty()) gather(child, rules);
    }
  }

  OpId by_rules(OpId index, program::GradeScheme& scheme) {
    using ast::GradeRuleKind;
    std::vector<Rule> rules;
    gather(id_, rules);
    // Of several `set` rules the first that holds decides: applied last to first.
    for (std::size_t i = rules.size(); i-- > 0;) {
      index = apply(rules[i], GradeRuleKind::Set, index, scheme);
    }
    std::reverse(scheme.rules.begin(), scheme.rules.end());
    for (const auto kind :
         {GradeRuleKind::LowerOneStep, GradeRuleKind::AtLeast, GradeRuleKind::AtMost}) {
      for (const Rule& rule : rules) index = apply(rule, kind, index, scheme);
    }
    return index;
  }

  OpId apply(const Rule& from, ast::GradeRuleKind kind, OpId index, program::GradeScheme& scheme) {
    const auto& rule = l_.model.entry_as<ast::GradeRule>(from.entry);
    if (rule.kind != kind) return index;
    OpId holds =
        rule.when.valid() ? lower_expr(l_, rule.when, {from.home}) : l_.build.boolean(true);
    if (from.home != id_) holds = l_.build.and_(applicable_of(l_, from.home), holds);
    const OpId after = outcome(rule, index);
    program::Decision decision;
    decision.kind = program::DecisionKind::Give;
    decision.condition = holds;
    decision.outcome = after;
    decision.origin = l_.origin(PlaceKind::GradeRule, from.entry, from.home);
    scheme.rules.push_back(decision);
    return l_.build.select(holds, after, index);
  }

  OpId outcome(const ast::GradeRule& rule, OpId index) {
    using ast::GradeRuleKind;
    switch (rule.kind) {
      case GradeRuleKind::Set: return index_of(rule.grade.text);
      case GradeRuleKind::AtLeast: return l_.op(Opcode::min, {index, index_of(rule.grade.text)});
      case GradeRuleKind::AtMost: return l_.op(Opcode::max, {index, index_of(rule.grade.text)});
      case GradeRuleKind::LowerOneStep: break;
    }
    const OpId lowest = rule.grade.present()
                            ? index_of(rule.grade.text)
                            : l_.number(static_cast<std::int64_t>(node_.grades.size()) - 1);
    const OpId next = l_.op(Opcode::min, {l_.op(Opcode::add, {index, l_.number(1)}), lowest});
    return l_.op(Opcode::max, {index, next});  // one that is below already stays
  }

  Lowering& l_;
  const sema::Node& node_;
  NodeId id_;
  Context context_;
  Graded graded_;
};

}  // namespace

OpId grade_of(Lowering& l, NodeId id) {
  NodeOps& ops = l.node_ops[id.index];
  if (ops.grade) return ops.grade;
  ops.grade = l.build.fault(FaultKind::BadCell, {});  // a grade that depends on itself
  if (!l.node(id).grade.valid()) return ops.grade;
  program::GradeScheme scheme = Grades(l, id).run();
  l.node_ops[id.index].grade = scheme.grade;
  const OpId grade = scheme.grade;
  if (l.is_rubric(id)) {
    l.rubric_out(id).grade = std::move(scheme);
  } else {
    l.out(id).grade = std::move(scheme);
  }
  return grade;
}

}  // namespace xize::lower

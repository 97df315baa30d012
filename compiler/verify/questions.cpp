#include "compiler/verify/questions.h"

#include <algorithm>

#include "compiler/whatif/reach.h"

namespace xize::verify {

using program::Decision;
using program::NodeKind;
using value::FaultKind;

namespace {

constexpr std::size_t kCausesMax = 3;  // of one item, that are looked for

// Faults of the data that no policy can prevent.
bool is_of_data(FaultKind kind) {
  return kind == FaultKind::PendingMark || kind == FaultKind::BadCell;
}

bool is_of_nothing(FaultKind kind) {
  return kind == FaultKind::DivisionByZero || kind == FaultKind::EmptyAggregate;
}

bool is_leaf(const program::Node& node) { return node.children.empty(); }

// The worth of a node that applies.
OpId worth_if_applicable(const program::Program& program, const program::Node& node) {
  const Op& worth = program.ops[node.worth];
  const bool chosen = worth.code == Opcode::select && worth.operands[0] == node.applicable;
  return chosen ? worth.operands[1] : node.worth;
}

}  // namespace

Inquiry::Inquiry(Replay& replay, Encoder& encoder)
    : replay_(replay),
      encoder_(encoder),
      terms_(encoder.space().terms),
      program_(replay.program()) {}

Asked Inquiry::run() {
  for (std::size_t r = 0; r < program_.rubrics.size(); ++r) {
    for (std::size_t i = 0; i < program_.nodes.size(); ++i) {
      const program::NodeId id(i);
      if (program_.nodes[id].rubric == r && program_.nodes[id].scored) ask_node(id);
    }
    if (program_.rubrics[r].has_total) ask_rubric(r);
    for (const program::Report& report : program_.rubrics[r].reports) ask_report(report);
  }
  for (const program::Report& report : program_.reports) ask_report(report);
  for (std::size_t i = 0; i < replay_.lowered().properties.size(); ++i) ask_property(i);
  for (const Sum& sum : sums_) outline_sum(sum);
  return std::move(asked_);
}

std::vector<Site> Inquiry::sites() const {
  std::vector<Site> sites = encoder_.sites();
  for (const auto& variant : variants_) {
    sites.insert(sites.end(), variant->sites().begin(), variant->sites().end());
  }
  return sites;
}

// ---- what is asked about

void Inquiry::begin(SubjectKind kind, std::string name, program::Origin origin) {
  asked_.subjects.push_back({kind, std::move(name), written(origin).line, {}});
}

Written Inquiry::written(program::Origin origin) const {
  return replay_.reader().head(origin);
}

std::string Inquiry::path_of(const program::Node& node) const {
  return node.parent.valid() ? path_of(program_.nodes[node.parent]) + "." + node.name : node.name;
}

Question Inquiry::make(Promise promise, TermId violated) const {
  Question question;
  question.promise = promise;
  question.violated = violated;
  question.wishes = [this](const std::vector<TermId>& unknowns) {
    return replay_.wishes(encoder_, unknowns);
  };
  return question;
}

void Inquiry::add(Question question) {
  asked_.questions.push_back(std::move(question));
  asked_.subject_of.push_back(asked_.subjects.size() - 1);
}

// The example scored, with the columns that `roots` read; nothing if it is not admissible.
std::optional<Refutation> Inquiry::replay(const smt::Assignment& values,
                                          const std::vector<OpId>& roots, OpId result) {
  replay_.run(encoder_, values);
  if (!replay_.admissible()) return std::nullopt;
  Refutation refutation;
  replay_.add_tables(roots, refutation.tables);
  replay_.add_parameters(roots, refutation.parameters);
  if (result) refutation.values.push_back(replay_.datum(result));
  return refutation;
}

void Inquiry::ask_node(program::NodeId id) {
  const program::Node& node = program_.nodes[id];
  begin(is_leaf(node) ? SubjectKind::Item : SubjectKind::Section, path_of(node), node.origin);
  const auto& place = replay_.lowered().places[node.origin.index];
  const bool capped = node.points.valid() &&
                      !replay_.compilation().model().nodes[place.node].uncapped;
  Range range{node.score, {}, {}, Rational(0)};
  if (capped) {
    range.most = node.worth;
    range.most_if_applicable = worth_if_applicable(program_, node);
  }
  if (ask_range(range)) {
    const std::size_t question = asked_.questions.size() - 1;
    range_of_[id] = {question, capped};
    if (!is_leaf(node)) sums_.push_back({question, range, node.children, {}});
  }
  std::vector<OpId> parts;
  for (const program::NodeId child : node.children) {
    const program::Node& c = program_.nodes[child];
    parts.insert(parts.end(), {c.score, c.raw, c.worth, c.applicable, c.unscored});
  }
  ask_computable(node.score, parts, Promise::Computable);
  ask_rows(node);
  ask_guards(node.decisions);
}

void Inquiry::ask_rubric(std::size_t index) {
  const program::Rubric& rubric = program_.rubrics[index];
  const auto& place = replay_.lowered().places[rubric.origin.index];
  const sema::Model& model = replay_.compilation().model();
  const sema::Node& node = model.nodes[place.node];
  begin(SubjectKind::Total, rubric.name, rubric.origin);
  // What may be added on top is as the document wants it; a floor or ceiling written is a max, min.
  bool open_above = node.ceiling.valid();
  std::vector<OpId> parts;
  for (const program::NodeId child : rubric.top) {
    const program::Node& c = program_.nodes[child];
    parts.insert(parts.end(), {c.score, c.raw, c.worth, c.applicable, c.unscored});
    const bool bonus = c.kind == NodeKind::BonusBlock || c.kind == NodeKind::BonusItem;
    open_above = open_above || bonus;
  }
  const bool floorless = node.floor.valid() && model.entry_as<ast::Floor>(node.floor).none;
  Range range{rubric.total, {}, {}, {}};
  if (!open_above) range.most = range.most_if_applicable = rubric.declared_total;
  if (!floorless) range.least = Rational(0);
  if (ask_range(range)) {
    const std::size_t question = asked_.questions.size() - 1;
    sums_.push_back({question, range, rubric.top, shared_points(rubric.top)});
  }
  ask_computable(rubric.total, parts, Promise::Computable);
  ask_guards(rubric.decisions);
}

// A result that is no points: all it promises is to be there. A share or an average of nothing is
// shown as such, and harms nobody.
void Inquiry::ask_report(const program::Report& report) {
  begin(SubjectKind::Report, report.name, report.origin);
  ask_computable(report.value, {}, Promise::ComputableOfSome);
}

// ---- range

TermId Inquiry::outside(Encoder& encoder, const Range& range) {
  const Meaning& m = encoder(range.score);
  if (!m.value) return terms_.boolean(false);
  TermId outside = terms_.boolean(false);
  if (range.least) outside = terms_.less(m.value, terms_.number(*range.least));
  if (range.most_if_applicable) {
    const Meaning& limit = encoder(*range.most_if_applicable);
    if (!limit.value) return terms_.boolean(false);
    outside = terms_.or_(outside, terms_.and_(encoder.usable(limit),
                                              terms_.less(limit.value, m.value)));
  }
  return terms_.and_(encoder.usable(m), outside);
}

bool Inquiry::ask_range(const Range& range) {
  const bool unlimited = range.most && !encoder_(*range.most_if_applicable).value;
  if (!encoder_(range.score).value || (!range.most && !range.least) || unlimited) return false;
  Question question = make(Promise::InRange, outside(encoder_, range));
  question.confirm = [=, this](const smt::Assignment& values) -> std::optional<Confirmed> {
    auto refutation = replay(values, {range.score}, range.score);
    const auto x = refutation ? replay_.number(range.score) : std::nullopt;
    if (!x) return std::nullopt;
    const auto high = range.most ? replay_.number(*range.most) : std::nullopt;
    if (high) refutation->high = *high;
    refutation->low = range.least;
    const bool broken = (range.least && *x < *range.least) || (high && *high < *x);
    return broken ? std::optional(Confirmed{std::move(*refutation)}) : std::nullopt;
  };
  add(std::move(question));
  return true;
}

// ---- faults

std::vector<const Site*> Inquiry::sites_below(const std::vector<OpId>& roots,
                                              const std::vector<OpId>& without) const {
  const whatif::Reach all(program_, roots);
  const whatif::Reach others(program_, without);
  std::vector<const Site*> below;
  for (const Site& site : encoder_.sites()) {
    if (all.has(site.op) && !others.has(site.op)) below.push_back(&site);
  }
  return below;
}

// Faults that the score itself may raise, not those of its parts; tables without a fitting row are
// asked for apart.
void Inquiry::ask_computable(OpId score, const std::vector<OpId>& parts, Promise promise) {
  encoder_(score);
  std::vector<const Site*> rows, others;
  for (const Site* site : sites_below({score}, parts)) {
    const bool harmless = promise == Promise::ComputableOfSome && is_of_nothing(site->kind);
    if (is_of_data(site->kind) || harmless) continue;
    (site->kind == FaultKind::NoTierRow ? rows : others).push_back(site);
  }
  if (!rows.empty()) ask_faults(score, rows, Promise::RowsComplete);
  if (parts.empty() || !others.empty()) ask_faults(score, others, promise);
}

void Inquiry::ask_faults(OpId score, const std::vector<const Site*>& own, Promise promise) {
  Question question = make(promise, encoder_(score).fault);
  question.most = kCausesMax;
  for (const Site& site : encoder_.sites()) {
    const bool asked = std::find(own.begin(), own.end(), &site) != own.end();
    if (!asked && !is_of_data(site.kind)) question.disabled.push_back(site.enabled);
  }
  question.confirm = [=, this](const smt::Assignment& values) -> std::optional<Confirmed> {
    auto refutation = replay(values, {score}, score);
    if (!refutation) return std::nullopt;
    const value::Value found = replay_.value(score);
    const auto* fault = std::get_if<value::Fault>(&found);
    if (fault == nullptr || is_of_data(fault->kind)) return std::nullopt;
    const bool rows = fault->kind == FaultKind::NoTierRow;
    const bool harmless = promise == Promise::ComputableOfSome && is_of_nothing(fault->kind);
    if (harmless || rows != (promise == Promise::RowsComplete)) return std::nullopt;
    Confirmed confirmed;
    for (const Site& site : encoder_.sites()) {
      if (site.op.index == fault->op && site.kind == fault->kind) {
        confirmed.next_without = site.enabled;
      }
    }
    refutation->fault = replay_.reader().fault(score, {});
    confirmed.refutation = std::move(*refutation);
    return confirmed;
  };
  add(std::move(question));
}

// ---- rows and guards

namespace {

// The test of a row, without “no row before it fits”.
OpId test_of(const program::Program& program, const program::RowHit& row, bool first) {
  const Op& op = program.ops[row.chosen];
  if (first) return row.chosen;
  const bool after = op.code == Opcode::and_ && program.ops[op.operands[0]].code == Opcode::not_;
  return after ? op.operands[1] : OpId();  // `otherwise` tests nothing
}

// `>= 90`, then `>= 80`: rows that are meant to be tried in turn.
bool in_steps(const program::Program& program, OpId a, OpId b) {
  const Op& x = program.ops[a];
  const Op& y = program.ops[b];
  const auto up = [](const Op& op) { return op.code == Opcode::ge || op.code == Opcode::gt; };
  const auto down = [](const Op& op) { return op.code == Opcode::le || op.code == Opcode::lt; };
  return (up(x) && up(y)) || (down(x) && down(y));
}

}  // namespace

void Inquiry::ask_rows(const program::Node& node) {
  struct Row {
    OpId test;
    program::Origin origin;
    ast::EntryId table;
  };
  std::vector<Row> rows;
  for (const program::RowHit& hit : node.rows) {
    const ast::EntryId table = replay_.lowered().places[hit.origin.index].entry;
    const bool first = rows.empty() || rows.back().table != table;
    rows.push_back({test_of(program_, hit, first), hit.origin, table});
  }
  struct Pair {
    Row a, b;
  };
  std::vector<Pair> pairs;
  std::vector<OpId> tests;
  TermId both = terms_.boolean(false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!is_tier(rows[i].table)) continue;
    for (std::size_t j = i + 1; j < rows.size() && rows[j].table == rows[i].table; ++j) {
      const bool tested = rows[i].test.valid() && rows[j].test.valid();
      if (!tested || in_steps(program_, rows[i].test, rows[j].test)) continue;
      pairs.push_back({rows[i], rows[j]});
      tests.insert(tests.end(), {rows[i].test, rows[j].test});
      both = terms_.or_(both, terms_.and_(encoder_.is_true(rows[i].test),
                                          encoder_.is_true(rows[j].test)));
    }
  }
  if (pairs.empty()) return;
  // Only where the item is scored at all.
  both = terms_.and_(both, terms_.not_(encoder_(node.score).not_applicable));
  Question question = make(Promise::RowsApart, both);
  const OpId score = node.score;
  question.confirm = [=, this](const smt::Assignment& values) -> std::optional<Confirmed> {
    std::vector<OpId> roots = tests;
    roots.push_back(score);
    auto refutation = replay(values, roots, score);
    if (!refutation) return std::nullopt;
    for (const Pair& pair : pairs) {
      if (!replay_.holds(pair.a.test) || !replay_.holds(pair.b.test)) continue;
      refutation->places = {replay_.reader().written(pair.a.origin),
                            replay_.reader().written(pair.b.origin)};
      return Confirmed{std::move(*refutation)};
    }
    return std::nullopt;
  };
  add(std::move(question));
}

bool Inquiry::is_tier(ast::EntryId entry) const {
  const sema::Model& model = replay_.compilation().model();
  const auto* clause = std::get_if<ast::Clause>(&model.entry(entry).node);
  return clause != nullptr && std::holds_alternative<ast::TierScale>(clause->scale);
}

bool Inquiry::ordered_together(const Decision& a, const Decision& b) const {
  const auto& places = replay_.lowered().places;
  const sema::Model& model = replay_.compilation().model();
  const auto order_of = [&](const Decision& decision) {
    const lower::Place& place = places[decision.origin.index];
    for (const sema::GuardInfo& guard : model.nodes[place.node].guards) {
      if (guard.entry == place.entry) return guard.ordered;
    }
    return -1;
  };
  const int order = order_of(a);
  return order >= 0 && order == order_of(b);
}

void Inquiry::ask_guards(const std::vector<Decision>& decisions) {
  using Pair = std::pair<Decision, Decision>;
  std::vector<Pair> pairs;
  TermId clash = terms_.boolean(false);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    for (std::size_t j = i + 1; j < decisions.size(); ++j) {
      const Decision& a = decisions[i];
      const Decision& b = decisions[j];
      const bool numbers = a.outcome.valid() && b.outcome.valid();
      if ((!numbers && a.kind == b.kind) || ordered_together(a, b)) continue;
      TermId differ = terms_.boolean(true);
      if (numbers) {
        const Meaning x = encoder_(a.outcome);
        const Meaning y = encoder_(b.outcome);
        if (!x.value || !y.value) continue;
        differ = terms_.not_(terms_.equal(x.value, y.value));
      }
      if (terms_.is_false(differ)) continue;
      pairs.emplace_back(a, b);
      const TermId both =
          terms_.and_(encoder_.is_true(a.condition), encoder_.is_true(b.condition));
      clash = terms_.or_(clash, terms_.and_(both, differ));
    }
  }
  if (pairs.empty()) return;
  Question question = make(Promise::GuardsApart, clash);
  question.confirm = [=, this](const smt::Assignment& values) -> std::optional<Confirmed> {
    std::vector<OpId> roots;
    for (const auto& [a, b] : pairs) roots.insert(roots.end(), {a.condition, b.condition});
    auto refutation = replay(values, roots, {});
    if (!refutation) return std::nullopt;
    for (const auto& [a, b] : pairs) {
      if (!replay_.holds(a.condition) || !replay_.holds(b.condition)) continue;
      const bool numbers = a.outcome.valid() && b.outcome.valid();
      if (numbers && replay_.value(a.outcome) == replay_.value(b.outcome)) continue;
      refutation->tables.clear();
      replay_.add_tables({a.condition, b.condition}, refutation->tables);
      refutation->places = {replay_.reader().written(a.origin),
                            replay_.reader().written(b.origin)};
      return Confirmed{std::move(*refutation)};
    }
    return std::nullopt;
  };
  add(std::move(question));
}

// ---- properties

void Inquiry::ask_property(std::size_t index) {
  const sema::Model& model = replay_.compilation().model();
  const sema::PropertyInfo& info = model.properties[index];
  const auto& property = model.entry_as<ast::Property>(info.entry);
  const lower::LoweredProperty& lowered = replay_.lowered().properties[index];
  source::Span span = model.expr(property.what).span;
  if (property.with.valid()) span = source::join(span, model.expr(property.with).span);
  const Written about = replay_.reader().written(span);
  asked_.subjects.push_back({SubjectKind::Property, property.title, about.line, {}});
  if (property.kind == ast::PropertyKind::Always) {
    ask_condition(lowered.what, about);
  } else {
    ask_direction(lowered, property.kind == ast::PropertyKind::Increases, about);
  }
}

// Where it cannot be computed it says nothing.
void Inquiry::ask_condition(OpId what, const Written& about) {
  const Meaning& m = encoder_(what);
  const TermId value = m.value ? m.value : terms_.boolean(true);
  Question question =
      make(Promise::Holds, terms_.and_(encoder_.usable(m), terms_.not_(value)));
  question.about = about;
  question.confirm = [=, this](const smt::Assignment& values) -> std::optional<Confirmed> {
    auto refutation = replay(values, {what}, {});
    if (!refutation) return std::nullopt;
    if (replay_.value(what) != value::Value(false)) return std::nullopt;
    for (const OpId side : program_.ops[what].operands) {
      if (replay_.number(side)) refutation->values.push_back(replay_.datum(side));
    }
    return Confirmed{std::move(*refutation)};
  };
  add(std::move(question));
  outline_condition(what);
}

TermId Inquiry::wrong_way(Encoder& low, Encoder& high, const lower::LoweredProperty& property,
                          bool rises) {
  const Meaning& low_input = low(property.input);
  const Meaning& high_input = high(property.input);
  const Meaning& before = low(property.what);
  const Meaning& after = high(property.what);
  if (!before.value || !after.value) return terms_.boolean(false);
  const TermId known = terms_.and_(terms_.and_(low.usable(low_input), high.usable(high_input)),
                                   terms_.and_(low.usable(before), high.usable(after)));
  const TermId ahead = terms_.less(low_input.value, high_input.value);
  const TermId wrong = rises ? terms_.less(after.value, before.value)
                             : terms_.less(before.value, after.value);
  return terms_.and_(known, terms_.and_(ahead, wrong));
}

// Two units that differ in one input.
void Inquiry::ask_direction(const lower::LoweredProperty& property, bool rises,
                            const Written& about) {
  const Promise promise = rises ? Promise::Rises : Promise::Falls;
  if (!property.input || program_.ops[property.input].type == program::Type::Any) return;
  variants_.push_back(std::make_unique<Encoder>(encoder_, property.input));
  Encoder& more = *variants_.back();
  more.add_checks();
  const OpId what = property.what;
  Question question = make(promise, wrong_way(encoder_, more, property, rises));
  question.about = about;
  question.confirm = [=, this, &more](const smt::Assignment& values) -> std::optional<Confirmed> {
    auto refutation = replay(values, {what}, what);
    const auto first = refutation ? replay_.number(what) : std::nullopt;
    if (!first) return std::nullopt;
    replay_.run(more, values);
    const auto after = replay_.admissible() ? replay_.number(what) : std::nullopt;
    if (!after || (rises ? *after >= *first : *after <= *first)) return std::nullopt;
    replay_.add_tables({what}, refutation->tables);
    refutation->values.push_back(replay_.datum(what));
    return Confirmed{std::move(*refutation)};
  };
  add(std::move(question));
  outline_direction(property, rises, more);
}

}  // namespace xize::verify

// Two items of one policy, or two policies, over the same units: do they give the same?
#include <algorithm>

#include "compiler/verify/questions.h"

namespace xize::verify {

namespace {

// One side of a comparison: a policy that is run, and its meaning.
struct Side {
  Replay& replay;
  Encoder& encoder;
};

std::string path_of(const program::Program& program, const program::Node& node) {
  if (!node.parent.valid()) return program.rubrics[node.rubric].name + "." + node.name;
  return path_of(program, program.nodes[node.parent]) + "." + node.name;
}

std::string value_key(const value::Value& v) {
  if (const auto* number = std::get_if<Rational>(&v)) return number->to_string();
  return "state " + std::to_string(v.index());
}

// Both in the same state, and the same number where they have one.
TermId differ(Side a, OpId x, Side b, OpId y) {
  smt::Terms& terms = a.encoder.space().terms;
  const Meaning& m = a.encoder(x);
  const Meaning& n = b.encoder(y);
  TermId states = terms.boolean(false);
  const auto apart = [&](TermId s, TermId t) {
    states = terms.or_(states, terms.not_(terms.equal(s, t)));
  };
  apart(m.missing, n.missing);
  apart(m.not_applicable, n.not_applicable);
  apart(m.fault, n.fault);
  if (!m.value || !n.value) return states;
  const TermId both = terms.and_(a.encoder.usable(m), b.encoder.usable(n));
  return terms.or_(states, terms.and_(both, terms.not_(terms.equal(m.value, n.value))));
}

// Compares results pair by pair.
class Comparison {
 public:
  Comparison(Side first, Side second) : first_(first), second_(second) {}

  void ask(SubjectKind kind, std::string name, std::pair<OpId, OpId> results) {
    const auto [x, y] = results;
    asked_.subjects.push_back({kind, std::move(name), 0, {}});
    Question question;
    question.promise = Promise::Same;
    question.violated = differ(first_, x, second_, y);
    question.wishes = [this](const std::vector<TermId>& unknowns) {
      auto wishes = first_.replay.wishes(first_.encoder, unknowns);
      const auto more = second_.replay.wishes(second_.encoder, unknowns);
      wishes.insert(wishes.end(), more.begin(), more.end());
      return wishes;
    };
    question.confirm = [=, this](const smt::Assignment& values) {
      return confirm(values, x, y);
    };
    asked_.questions.push_back(std::move(question));
    asked_.subject_of.push_back(asked_.subjects.size() - 1);
  }

  PolicyReport answer(const Options& options) {
    std::vector<Site> sites = first_.encoder.sites();
    if (&first_.encoder != &second_.encoder) {
      const auto& more = second_.encoder.sites();
      sites.insert(sites.end(), more.begin(), more.end());
    }
    first_.replay.wishes(first_.encoder, {});
    second_.replay.wishes(second_.encoder, {});
    Prover prover(first_.encoder.space(), std::move(sites), options);
    auto answers = prover.answer(asked_.questions, [&](program::Origin origin) {
      return first_.replay.reader().written(origin);
    });
    PolicyReport report;
    report.path = first_.replay.compilation().file().path();
    report.subjects = std::move(asked_.subjects);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      report.subjects[asked_.subject_of[i]].answers.push_back(std::move(answers[i]));
    }
    return report;
  }

 private:
  std::optional<Confirmed> confirm(const smt::Assignment& values, OpId x, OpId y) {
    first_.replay.run(first_.encoder, values);
    if (!first_.replay.admissible()) return std::nullopt;
    Refutation refutation;
    first_.replay.add_tables({x}, refutation.tables);
    refutation.values.push_back(first_.replay.datum(x));
    const std::string before = value_key(first_.replay.value(x));
    second_.replay.run(second_.encoder, values);
    if (!second_.replay.admissible() || value_key(second_.replay.value(y)) == before) {
      return std::nullopt;
    }
    add_missing_columns(y, refutation.tables);
    refutation.values.push_back(second_.replay.datum(y));
    return Confirmed{std::move(refutation)};
  }

  // What only the second one reads stands behind, in the same row or in tables of its own.
  void add_missing_columns(OpId y, std::vector<ExampleTable>& tables) const {
    std::vector<ExampleTable> others;
    second_.replay.add_tables({y}, others);
    for (ExampleTable& other : others) {
      const auto known = std::find_if(tables.begin(), tables.end(), [&](const ExampleTable& t) {
        return t.name == other.name && t.rows.size() == other.rows.size();
      });
      if (known == tables.end()) {
        tables.push_back(std::move(other));
        continue;
      }
      for (std::size_t i = 0; i < other.columns.size(); ++i) {
        auto& columns = known->columns;
        if (std::find(columns.begin(), columns.end(), other.columns[i]) != columns.end()) continue;
        columns.push_back(other.columns[i]);
        for (std::size_t r = 0; r < known->rows.size(); ++r) {
          known->rows[r].cells.push_back(other.rows[r].cells[i]);
        }
      }
    }
  }

  Side first_, second_;
  Asked asked_;
};

// Inputs of an item under their bare names.
Renames bare_inputs(const Replay& replay, program::NodeId node) {
  const sema::Model& model = replay.compilation().model();
  const lower::Place& place =
      replay.lowered().places[replay.program().nodes[node].origin.index];
  Renames renames;
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const sema::Column& column = model.columns[sema::ColumnId(i)];
    if (column.item == place.node && column.qualified != column.name) {
      renames[column.qualified] = "." + column.name;
    }
  }
  return renames;
}

}  // namespace

std::optional<PolicyReport> compare_items(const driver::Compilation& policy,
                                          const std::pair<std::string, std::string>& items,
                                          const Options& options, std::string& unknown) {
  Workspace space(testing::season_of(policy.model()).first);
  Replay replay(policy, space);
  const auto first = results::find_node(replay.program(), "", items.first);
  const auto second = results::find_node(replay.program(), "", items.second);
  if (!first || !second) {
    unknown = first ? items.second : items.first;
    return std::nullopt;
  }
  if (!can_verify()) return std::nullopt;
  Encoder a(space, replay.program(), bare_inputs(replay, *first));
  Encoder b(space, replay.program(), bare_inputs(replay, *second));
  a.add_checks();
  b.add_checks();
  Comparison comparison({replay, a}, {replay, b});
  comparison.ask(SubjectKind::Pair, items.first + " = " + items.second,
                 {replay.program().nodes[*first].score, replay.program().nodes[*second].score});
  return comparison.answer(options);
}

PolicyReport compare_policies(const driver::Compilation& policy, const driver::Compilation& other,
                              const Options& options) {
  Workspace space(testing::season_of(policy.model()).first);
  Replay first(policy, space);
  Replay second(other, space);
  Encoder a(space, first.program());
  Encoder b(space, second.program());
  a.add_checks();
  b.add_checks();
  Comparison comparison({first, a}, {second, b});
  std::map<std::string, program::OpId> there;
  for (const program::Node& node : second.program().nodes) {
    if (node.scored) there.emplace(path_of(second.program(), node), node.score);
  }
  std::vector<std::string> only_here;
  for (const program::Node& node : first.program().nodes) {
    if (!node.scored) continue;
    const std::string name = path_of(first.program(), node);
    const auto it = there.find(name);
    if (it == there.end()) {
      only_here.push_back(name);
      continue;
    }
    comparison.ask(node.children.empty() ? SubjectKind::Item : SubjectKind::Section, name,
                   {node.score, it->second});
    there.erase(it);
  }
  for (const program::Rubric& rubric : first.program().rubrics) {
    for (const program::Rubric& same : second.program().rubrics) {
      if (same.name != rubric.name || !rubric.has_total || !same.has_total) continue;
      comparison.ask(SubjectKind::Total, rubric.name, {rubric.total, same.total});
    }
  }
  PolicyReport report = comparison.answer(options);
  report.only_here = std::move(only_here);
  for (const auto& [name, op] : there) report.only_there.push_back(name);
  return report;
}

}  // namespace xize::verify

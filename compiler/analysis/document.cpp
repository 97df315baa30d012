// The document as a text: sibling rubrics that differ in their rules or names, sentences and
// descriptions that stand twice, numbers that jump.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/wording.h"
#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/document.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

using diagnostics::Term;
using sema::Model;

// ---- siblings ----

// The names of a rubric's leaves, in order.
std::map<std::string, NodeId> leaves_of(const Model& model, NodeId rubric) {
  std::map<std::string, NodeId> leaves;
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const NodeId id(i);
    if (model.nodes[id].rubric == rubric && is_leaf(model.nodes[id])) {
      leaves.emplace(model.nodes[id].name, id);
    }
  }
  return leaves;
}

// The rules that a rubric has as a whole.
struct Rules {
  bool redistributes = false, grades = false, converts = false;
};

Rules rules_of(const Model& model, NodeId rubric) {
  Rules rules;
  rules.grades = model.nodes[rubric].grade.valid();
  rules.converts = model.nodes[rubric].convert.valid();
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const auto& node = model.nodes[NodeId(i)];
    if (node.rubric == rubric && node.redistribute.valid()) rules.redistributes = true;
  }
  return rules;
}

// Compares two rubrics of one document that share most of their items.
class Siblings {
 public:
  Siblings(Context& c, NodeId a, NodeId b)
      : c_(c), a_(a), b_(b), in_a_(leaves_of(c.model, a)), in_b_(leaves_of(c.model, b)) {}

  void run() {
    std::size_t shared = 0;
    for (const auto& [name, id] : in_a_) shared += in_b_.contains(name);
    if (shared * 2 < std::min(in_a_.size(), in_b_.size()) || shared == 0) return;
    compare_rules();
    compare_names();
  }

 private:
  void compare_rules() {
    const Rules a = rules_of(c_.model, a_);
    const Rules b = rules_of(c_.model, b_);
    compare({"redistribution", "分摊"}, a.redistributes, b.redistributes);
    compare({"grades", "等次"}, a.grades, b.grades);
    compare({"conversion", "换算"}, a.converts, b.converts);
  }

  void compare(const Term& rule, bool in_a, bool in_b) {
    if (in_a == in_b) return;
    const NodeId has = in_a ? a_ : b_;
    const NodeId lacks = in_a ? b_ : a_;
    if (!c_.findings.wants<kinds::SiblingLacksRule>(lacks)) return;
    const auto& node = c_.model.nodes[lacks];
    c_.findings.report<kinds::SiblingLacksRule>(span_of(c_.model, node), node.name,
                                               c_.model.nodes[has].name, rule);
  }

  void compare_names() {
    std::vector<std::string> only_b;
    for (const auto& [name, id] : in_b_) {
      if (!in_a_.contains(name)) only_b.push_back(name);
    }
    for (const auto& [name, id] : in_a_) {
      if (in_b_.contains(name)) continue;
      const auto alike = diagnostics::did_you_mean(name, only_b);
      if (!alike.empty()) report_alike(id, in_b_.at(alike.front()));
    }
  }

  void report_alike(NodeId a, NodeId b) {
    if (!c_.findings.wants<kinds::NamesNearlyAlike>(a)) return;
    const auto& one = c_.model.nodes[a];
    const auto& other = c_.model.nodes[b];
    c_.findings
        .report<kinds::NamesNearlyAlike>(span_of(c_.model, other), other.name, one.name)
        .note<kinds::PointsHere>(span_of(c_.model, one), one.name, c_.worths[a.index].points);
  }

  Context& c_;
  NodeId a_, b_;
  std::map<std::string, NodeId> in_a_, in_b_;
};

// ---- sentences and numbers ----

std::string text_of(const Model& model, EntryId entry) {
  const auto& node = model.entry(entry).node;
  if (const auto* criterion = std::get_if<ast::Criterion>(&node)) return criterion->text;
  if (const auto* quote = std::get_if<ast::Quote>(&node)) return quote->text;
  return {};
}

void check_repeats(Context& c, NodeId id, const std::vector<EntryId>& entries) {
  std::map<std::string, EntryId> seen;
  for (const EntryId entry : entries) {
    for (const std::string& sentence : sentences_of(text_of(c.model, entry))) {
      const auto [it, added] = seen.emplace(sentence, entry);
      if (added || !c.findings.wants<kinds::SentenceTwice>(id)) continue;
      auto draft = c.findings.report<kinds::SentenceTwice>(c.model.entry(entry).span, sentence);
      if (it->second != entry) draft.note<kinds::FirstHere>(c.model.entry(it->second).span);
      return;
    }
  }
}

// One number alone is the place of the node in a list that stands elsewhere.
void check_numbers(Context& c, NodeId id, const std::vector<EntryId>& entries) {
  std::vector<std::pair<EntryId, int>> numbered;
  for (const EntryId entry : entries) {
    if (const auto number = leading_number(text_of(c.model, entry))) {
      numbered.emplace_back(entry, *number);
    }
  }
  if (numbered.size() < 2 || !c.findings.wants<kinds::NumberJumps>(id)) return;
  int expected = 1;
  for (const auto& [entry, number] : numbered) {
    if (number != expected) {
      c.findings.report<kinds::NumberJumps>(c.model.entry(entry).span, number, expected);
      return;
    }
    ++expected;
  }
}

// ---- descriptions ----

// Where the names stand that share a declaration, and so its description, with one before them.
std::set<std::uint32_t> shared_declarations(const Model& model) {
  std::set<std::uint32_t> shared;
  for (const auto& entry : model.module->entries) {
    const auto* column = std::get_if<ast::Column>(&entry.node);
    if (const auto* input = std::get_if<ast::Input>(&entry.node)) column = &input->column;
    if (column == nullptr) continue;
    for (std::size_t i = 1; i < column->names.size(); ++i) {
      shared.insert(column->names[i].span.begin);
    }
  }
  return shared;
}

void check_descriptions(Context& c) {
  const auto shared = shared_declarations(c.model);
  std::map<std::pair<std::uint32_t, std::string>, const sema::Column*> seen;
  for (std::size_t i = 0; i < c.model.columns.size(); ++i) {
    const auto& column = c.model.columns[ColumnId(i)];
    if (column.description.empty() || shared.contains(column.span.begin)) continue;
    const std::uint32_t around = column.item.valid() ? column.item.index
                                                     : ~column.table.index;
    const auto [it, added] = seen.emplace(std::pair(around, column.description), &column);
    const sema::Column& first = *it->second;
    if (added) continue;
    if (!c.findings.wants<kinds::SameDescription>(column.item)) continue;
    c.findings.report<kinds::SameDescription>(column.span, first.name, column.name)
        .note<kinds::FirstHere>(first.span);
  }
}

}  // namespace

void check_document(Context& c) {
  const auto& rubrics = c.model.rubrics;
  for (std::size_t i = 0; i < rubrics.size(); ++i) {
    for (std::size_t j = i + 1; j < rubrics.size(); ++j) Siblings(c, rubrics[i], rubrics[j]).run();
  }
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const auto& node = c.model.nodes[NodeId(i)];
    check_repeats(c, NodeId(i), node.quotes);
    check_repeats(c, NodeId(i), node.criteria);
    check_numbers(c, NodeId(i), node.criteria);
    check_numbers(c, NodeId(i), node.quotes);
  }
  check_descriptions(c);
}

}  // namespace xize::analysis

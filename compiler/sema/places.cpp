// Where an entry may stand: one row for each kind of entry.

#include <array>

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/collect.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

// Bits in the order of Where.
constexpr unsigned kTop = 1, kRubric = 2, kSection = 4, kItem = 8, kExtra = 16, kBlock = 32;
constexpr unsigned kResult = kRubric | kSection;
constexpr unsigned kNode = kResult | kItem | kExtra;
constexpr unsigned kAll = kTop | kNode | kBlock;

// Where it belongs, for the help.
enum class Goal : std::uint8_t { Top, Item, Node, Result, Rubric, Table };

struct Rule {
  unsigned allowed = kAll;
  Goal goal = Goal::Top;
};

constexpr std::array<Rule, std::variant_size_v<ast::EntryNode>> kRules = {{
    {kAll, Goal::Top},              // InvalidEntry
    {kTop, Goal::Top},              // Policy
    {kTop, Goal::Top},              // DocumentNumber
    {kTop, Goal::Top},              // Issuer
    {kTop, Goal::Top},              // Period
    {kTop, Goal::Top},              // Effective
    {kTop, Goal::Top},              // Cutoff
    {kTop, Goal::Top},              // Import
    {0, Goal::Table},               // Column
    {kTop, Goal::Top},              // Table
    {kTop | kNode, Goal::Top},      // FilteredRecords
    {kTop | kNode, Goal::Table},    // Partition
    {kTop | kNode, Goal::Table},    // Check
    {kTop, Goal::Top},              // TypeDecl
    {kTop, Goal::Top},              // Lookup
    {kTop, Goal::Top},              // Group
    {kTop, Goal::Top},              // Alias
    {kTop | kNode, Goal::Top},      // Claims
    {kTop, Goal::Top},              // Parameter
    {kNode | kBlock, Goal::Item},   // Input
    {kAll, Goal::Top},              // Define
    {kTop, Goal::Top},              // Method
    {kNode | kBlock, Goal::Item},   // Use
    {kTop | kNode, Goal::Rubric},   // Node: check_nesting says more
    {kNode | kBlock, Goal::Node},   // Guard
    {kNode, Goal::Node},            // Ordered
    {kItem, Goal::Item},            // Base
    {kItem | kBlock, Goal::Item},   // Clause
    {kItem | kBlock, Goal::Item},   // When
    {kItem | kBlock, Goal::Item},   // Together
    {kItem | kBlock, Goal::Item},   // Pick
    {kNode | kBlock, Goal::Item},   // Criterion
    {kAll, Goal::Top},              // Quote
    {kAll, Goal::Top},              // Assume
    {kAll, Goal::Item},             // Unspecified
    {kAll, Goal::Top},              // Allow
    {kNode, Goal::Node},            // Round
    {kResult, Goal::Result},        // Redistribute
    {kResult | kExtra, Goal::Result},  // Combine
    {kNode, Goal::Result},          // Floor
    {kNode, Goal::Result},          // Ceiling
    {kRubric, Goal::Rubric},        // NoTotal
    {kRubric, Goal::Rubric},        // CombinePeriods
    {kResult, Goal::Rubric},        // Convert
    {kResult, Goal::Result},        // GradeRule
    {kResult, Goal::Result},        // Grade
    {kTop | kRubric, Goal::Rubric}, // Select
    {kTop | kNode, Goal::Rubric},   // Report
    {kTop, Goal::Top},              // Amends
    {kTop | kNode, Goal::Item},     // Sample
    {kTop | kRubric, Goal::Top},    // Test
    {kTop | kRubric, Goal::Top},    // Property
}};

Term where_word(Where where) {
  switch (where) {
    case Where::Top: return {"the top level", "文件最外层"};
    case Where::Rubric: return node_word(ast::NodeKind::Rubric);
    case Where::Section: return node_word(ast::NodeKind::Section);
    case Where::Item: return node_word(ast::NodeKind::Item);
    case Where::Extra: return {"a bonus or penalty", "加分项、扣分项"};
    case Where::Block: return {"a block of clauses", "计分句子的花括号"};
  }
  return {"a block", "花括号"};
}

Term goal_word(Goal goal) {
  switch (goal) {
    case Goal::Top: return {"the top level", "文件最外层"};
    case Goal::Item: return {"an item", "末级指标"};
    case Goal::Node: return {"an item, section or rubric", "指标或评分表"};
    case Goal::Result: return {"a section or rubric", "评分表或含下级指标的指标"};
    case Goal::Rubric: return {"a rubric", "评分表"};
    case Goal::Table: return {"a table or records", "数据表或台账"};
  }
  return {"its place", "应在之处"};
}

}  // namespace

bool check_place(Checker& c, EntryId entry, Where where) {
  const auto& node = c.module.entries[entry].node;
  const auto& rule = kRules[node.index()];
  if ((rule.allowed >> static_cast<unsigned>(where) & 1U) != 0) return true;
  c.report<kinds::WrongPlace>(c.entry_span(entry), entry_word(node), where_word(where),
                             goal_word(rule.goal));
  return false;
}

}  // namespace xize::sema

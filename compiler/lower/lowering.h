// What the topics of lowering share: the model, the program in the making, what was lowered before.
// Private to this room.
// Must hold: expressions are lowered once for each context (`ExprKey`), so that shared definitions
// stay shared; results of nodes are made on demand, whatever the order they stand in.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/lower/lower.h"
#include "runtime/program/build.h"

namespace xize::lower {

using ast::EntryId;
using ast::ExprId;
using program::Opcode;
using program::OpId;
using program::Origin;
using sema::NodeId;
using value::FaultKind;
using value::Rational;

// The opcode of a comparison or a sum, difference, product or quotient.
Opcode opcode_of(ast::BinaryOp op);

// Where an expression stands.
struct Context {
  NodeId node;             // the item, section or rubric around it; invalid: the policy
  bool raw = false;        // results of nodes mean those before redistribution (population)
  std::uint16_t grouping = program::kNoGrouping;  // inside `by month`: folds are per group
  sema::SourceId source = {};  // the rows at hand, for `in top`
};

// What the lowering of an expression depends on.
struct ExprKey {
  ExprId expr;
  NodeId node;
  bool raw = false;
  std::uint16_t grouping = program::kNoGrouping;
  sema::SourceId source;
  friend auto operator<=>(const ExprKey&, const ExprKey&) = default;
};

// The ops of one node, made on demand; an invalid op was not asked for yet.
struct NodeOps {
  OpId member;       // inside the `for` groups of the node and all above it
  OpId open;         // member, and neither it nor a node above is made not applicable
  OpId applicable;
  OpId points;       // declared; the sum of the children's where it is not stated
  OpId decided;      // a leaf's number after clauses and guards, whether it applies or not
  OpId unscored;     // where it applies
  OpId raw;          // before redistribution: a number, Missing or NotApplicable
  OpId factor;
  OpId worth;
  OpId score;
  OpId grade;
  bool applicable_running = false;
};

// The results of a rubric that are no node's.
struct RubricOps {
  OpId total;        // after rounding; before conversion and combination of periods
  OpId result;       // combined over periods, else the total: what is ranked and graded
  OpId ranked;       // Bool: takes part in ranks and grades
  OpId rank;
};

struct Lowering {
  Lowering(const sema::Model& m, const Options& o, Lowered& out)
      : model(m), options(o), lowered(out), build(out.program) {
    node_ops.resize(m.nodes.size());
  }

  const sema::Model& model;
  const Options& options;
  Lowered& lowered;
  program::Builder build;

  std::map<ExprKey, OpId> exprs;
  std::vector<NodeOps> node_ops;                        // by sema::NodeId
  std::unordered_map<NodeId, RubricOps> rubric_ops;
  std::unordered_map<sema::SelectId, OpId> selects;     // of units
  std::unordered_set<NodeId> redistributed;             // rubrics whose factors are (being) made
  std::unordered_map<NodeId, OpId> no_receiver;         // by rubric: points nobody can take over
  std::unordered_map<EntryId, NodeId> stands_in;        // guards: the node they are written in
  std::unordered_set<EntryId> suggested;                // guards of suggestions nobody accepted
  std::map<std::tuple<PlaceKind, std::uint32_t, std::uint32_t, NodeId>, Origin> origins;

  [[nodiscard]] const sema::Node& node(NodeId id) const { return model.nodes[id]; }
  [[nodiscard]] program::Program& program() const { return lowered.program; }
  // The node of the program that stands for a section, item or block.
  [[nodiscard]] program::Node& out(NodeId id) const {
    return lowered.program.nodes[lowered.nodes[id.index]];
  }
  [[nodiscard]] program::Rubric& rubric_out(NodeId rubric) const {
    return lowered.program.rubrics[lowered.rubrics[rubric.index]];
  }
  [[nodiscard]] bool is_rubric(NodeId id) const {
    return model.nodes[id].kind == ast::NodeKind::Rubric;
  }

  Origin origin(Place place);
  Origin origin(ExprId expr, const Context& context);
  Origin origin(PlaceKind kind, EntryId entry, NodeId node);

  OpId op(Opcode code, std::vector<OpId> operands, Origin origin = {}, std::uint32_t imm = 0) {
    return build.op(code, std::move(operands), origin, imm);
  }
  OpId number(Rational x) { return build.number(std::move(x)); }
  OpId zero() { return build.number(0); }
  OpId add(OpId a, OpId b);  // leaves out literal zeros
  OpId mul(OpId a, OpId b);  // leaves out literal ones
};

}  // namespace xize::lower

// sema: what a policy means. Every name bound, every expression with a type and a unit of measure.
// In: the tree of one policy; calls of functions and methods are expanded in place, which adds
// nodes to it. Out: a Model that points into the tree, and diagnostics (families XZ20xx, XZ21xx).
// Must hold: a Model always exists, whatever the tree; one mistake gives one message; the order of
// declarations does not matter.
// Cost: linear in the tree, for each kind of declaration one hash map.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/sema/model.h"

namespace xize::sema {

// The most nodes that calls of functions and methods may expand to.
inline constexpr std::size_t kExpandedNodesMax = 500'000;
// How deep definitions may rest on definitions, and functions call functions.
inline constexpr int kDefinitionDepthMax = 200;

// Checks a tree. `module` must outlive the model and must not move.
Model check(ast::Module& module, diagnostics::Sink& sink);

}  // namespace xize::sema

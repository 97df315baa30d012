// versions: what changed between two versions of a policy, by meaning.
// outline: a policy as a list of things that can differ, each with what is said of it.
// In: a sound Compilation; how names are read (an old name as the new one). Out: things in the
// order of the document, a parent before what is in it.
// Must hold: two facts mean the same if their `meaning` is equal, whatever their layout, surface,
// order of declarations, and whether a definition is used or written out.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/compilation.h"
#include "runtime/value/rational.h"

namespace xize::versions {

// Places in lists are int, -1 for none; here there is one.
inline std::size_t at(int i) { return static_cast<std::size_t>(i); }

// What a thing is.
enum class Subject : std::uint8_t {
  Policy,
  Rubric,
  Section,
  Item,
  Bonus,
  Penalty,
  Selection,
  Table,
  Records,
  Column,
  Sample,
  Parameter,
  Filter,
  Type,
  Group,
  Definition,
  Lookup,
};

// What a fact is about.
enum class Aspect : std::uint8_t {
  Title,
  Number,
  Issuer,
  Period,
  Effective,
  Cutoff,
  Points,
  Cap,
  Weight,
  Scope,
  Base,
  Rule,
  Guard,
  Order,
  Open,
  Redistribution,
  Combination,
  Rounding,
  Floor,
  Ceiling,
  Conversion,
  Grade,
  Claim,
  Value,
  Member,
  Report,
  Alias,
  Check,
  Property,
  Quote,
  Criterion,
  Assumption,
};

// One thing that is said.
struct Fact {
  Aspect aspect = Aspect::Value;
  std::string text = {};                // for people, in the surface of their language
  std::string meaning = {};             // definitions replaced by what they say
  std::string written = {};             // the same with the names of definitions
  std::set<std::string> mentions = {};  // names of definitions and groups that it rests on
  std::uint32_t line = 0;
  ast::EntryId entry = {};              // of a rule or guard: what says it
};

// A node of a rubric or a declaration.
struct Thing {
  Subject subject = Subject::Policy;
  std::string name = {};
  std::string path = {};  // of nodes `评分表.指标.评分项`, of columns `表.列`
  int parent = -1;
  std::optional<value::Rational> points = {};  // of a block that has none its cap
  std::vector<Fact> facts = {};
  ast::Span span = {};  // of its name
  std::uint32_t line = 0;
};

using Outline = std::vector<Thing>;

// What a name is called in the version that the other one is compared with.
using NameReading = std::function<std::string(std::string_view)>;

// How an outline is made.
struct OutlineOptions {
  ast::Surface surface = ast::Surface::Chinese;
  NameReading name = {};
};

Outline make_outline(const driver::Compilation& compilation, const OutlineOptions& options);

inline bool is_node(Subject subject) {
  return subject >= Subject::Rubric && subject <= Subject::Penalty;
}
// Of things that mean nothing by themselves, only where they are used.
inline bool is_name_only(Subject subject) { return subject >= Subject::Filter; }

}  // namespace xize::versions

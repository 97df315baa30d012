// comparison: everything that differs between two versions, thing by thing.
// In: two sound Compilations. Out: plain values that printers turn into text, Markdown and JSON.
// Must hold: it is empty if and only if both mean the same.
#pragma once

#include <string>
#include <vector>

#include "compiler/versions/balance.h"
#include "compiler/versions/matching.h"
#include "compiler/versions/outline.h"

namespace xize::versions {

// What became of a thing.
enum class Fate : std::uint8_t { Kept, Split, Merged, Regrouped, Added, Removed };

// One fact before and after; one of them is empty where it came or went.
struct Detail {
  Aspect aspect = Aspect::Value;
  std::string before = {}, after = {};
  std::uint32_t line_before = 0, line_after = 0;
};

// A sentence that went to another thing.
struct Flow {
  int thing = -1;  // of the other version
  std::size_t sentences = 0;
};

// A thing that differs, or several that became others.
struct Change {
  Fate fate = Fate::Kept;
  std::vector<int> olds = {}, news = {};  // indices into the outlines
  bool renamed = false, moved = false;
  std::vector<Detail> details = {};     // of what is new or gone: what it says
  std::vector<std::string> users = {};  // of a changed definition: the things it changes
  std::vector<Flow> flows = {};         // of what is gone, where its wording is now; of new, whence
};

// Which policy it is.
struct Version {
  std::string path = {}, name = {}, title = {};
  std::vector<std::string> numbers = {};
};

// Two versions and what is between them.
struct Comparison {
  Version old_version = {}, new_version = {};
  Outline old = {}, now = {};
  std::vector<Match> matches = {};
  std::vector<Change> changes = {};  // rubrics and what is in them first, then declarations
  std::vector<Balance> balances = {};

  [[nodiscard]] bool same() const { return changes.empty(); }
  [[nodiscard]] const Thing& was(int i) const { return old[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Thing& is(int i) const { return now[static_cast<std::size_t>(i)]; }
};

// A unit by its own name, where either version gives it another.
std::string unit_name(const sema::Model& old, const sema::Model& now, const std::string& name);

// `surface`: of the texts of facts.
Comparison compare(const driver::Compilation& old, const driver::Compilation& now,
                   ast::Surface surface);

}  // namespace xize::versions

// matching: which thing of the new version is which thing of the old one.
// In: two outlines, and what a document says of its own changes. Out: matches; each thing stands in
// exactly one. Things match by what the document says, by name, else by near-match of name, wording
// and rules, as the pairing of all that is best together; what is left over and found in a matched
// thing by its wording is part of a split or a merge.
// Must hold: a thing without a counterpart is a match of its own with one side empty.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/versions/outline.h"

namespace xize::versions {

// Old things and the new ones that they became; indices into the outlines.
struct Match {
  std::vector<int> olds, news;
};

// Things that a document says became others. `news` empty: removed; `olds` empty: new.
struct DeclaredMatch {
  std::vector<std::string> olds, news;
};

std::vector<Match> match(const Outline& old, const Outline& now,
                         const std::vector<DeclaredMatch>& declared);

}  // namespace xize::versions

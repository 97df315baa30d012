// words: what subjects, aspects and fates are called in both languages.
// In: an enumerator. Out: its words.
#pragma once

#include <string>

#include "compiler/diagnostics/argument.h"
#include "compiler/versions/comparison.h"

namespace xize::versions {

using diagnostics::Language;

diagnostics::Term term_of(Subject subject);
diagnostics::Term term_of(Aspect aspect);
diagnostics::Term term_of(Fate fate);
diagnostics::Term term_of(BalancePart part);
// What became of a thing: its fate, or that it was renamed, moved, changed.
diagnostics::Term fate_term(const Change& change);

inline std::string word(const diagnostics::Term& term, Language language) {
  return language == Language::Chinese ? term.chinese : term.english;
}

}  // namespace xize::versions

// Small parts of sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/argument.h"

namespace xize::results {

using diagnostics::Language;

inline bool zh(Language language) { return language == Language::Chinese; }

// `甲、乙、丙`
std::string joined(const std::vector<std::string>& words, std::string_view between);

}  // namespace xize::results

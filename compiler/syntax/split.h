// Cuts runs of letters into words: `扣0.5分` is 扣, 0.5, 分; `投诉属实的，` is 投诉属实 and 的.
// A declared name is never cut. A run that glues a declared name to keywords is cut and reported
// with its fix, because otherwise it would silently become one new name.
#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/syntax/scan.h"

namespace xize::syntax {

using NameSet = std::unordered_set<std::string_view>;

// The names that the file declares: before `:`, after heads that take a name, in lists of units.
NameSet declared_names(std::string_view text, const std::vector<RawToken>& raw);

// `raw` with every run cut; pieces are WORD and NUMBER tokens.
std::vector<RawToken> split_runs(std::string_view text, const std::vector<RawToken>& raw,
                                 const NameSet& declared, diagnostics::Sink& sink);

}  // namespace xize::syntax

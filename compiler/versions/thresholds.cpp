#include "compiler/versions/thresholds.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/diagnostics/kinds/versions.h"

namespace xize::versions {
namespace {

namespace kinds = diagnostics::kinds;

// A comparison in what a rule means.
bool compares(std::string_view meaning) {
  constexpr std::array<std::string_view, 6> kSigns = {"(Lt ", "(Le ",    "(Gt ",
                                                      "(Ge ", " from=", "(InInterval"};
  return std::ranges::any_of(kSigns, [&](std::string_view sign) {
    return meaning.find(sign) != std::string_view::npos;
  });
}

bool is_threshold(const Thing& was, const Detail& detail) {
  if (!detail.after.empty() || detail.before.empty()) return false;
  if (detail.aspect != Aspect::Guard && detail.aspect != Aspect::Rule) return false;
  return std::ranges::any_of(was.facts, [&](const Fact& fact) {
    return fact.aspect == detail.aspect && fact.line == detail.line_before &&
           compares(fact.meaning);
  });
}

}  // namespace

void check_thresholds(const Comparison& comparison, const driver::Compilation& old,
                      diagnostics::Sink& sink) {
  for (const Change& change : comparison.changes) {
    if (change.olds.size() != 1 || change.news.size() != 1) continue;
    const Thing& was = comparison.was(change.olds.front());
    const Thing& is = comparison.is(change.news.front());
    if (!is_node(is.subject)) continue;
    for (const Detail& detail : change.details) {
      if (!is_threshold(was, detail)) continue;
      sink.report<kinds::ThresholdDropped>(is.span, is.name, detail.before)
          .note_at<kinds::InFormerVersion>(diagnostics::InSource{&old.file(), was.span}, was.name);
    }
  }
}

}  // namespace xize::versions

#include "compiler/sema/fault_names.h"

#include <array>

namespace xize::sema {

namespace {

struct FaultName {
  value::FaultKind kind;
  std::string_view english, chinese;
};
constexpr std::array kFaults = {
#define XIZE_FAULT(kind, english, chinese) \
  FaultName{value::FaultKind::kind, english, chinese},
#include "grammar/keywords.def"
};

// True if `name` is one of the spellings that `|` separates.
bool spells(std::string_view spellings, std::string_view name) {
  while (!spellings.empty()) {
    const auto bar = spellings.find('|');
    if (spellings.substr(0, bar) == name) return true;
    if (bar == std::string_view::npos) return false;
    spellings.remove_prefix(bar + 1);
  }
  return false;
}

}  // namespace

std::optional<value::FaultKind> fault_named(std::string_view name) {
  for (const auto& fault : kFaults) {
    if (spells(fault.english, name) || spells(fault.chinese, name)) return fault.kind;
  }
  return std::nullopt;
}

std::string_view fault_words(value::FaultKind kind, bool chinese) {
  for (const auto& fault : kFaults) {
    if (fault.kind != kind) continue;
    const auto spellings = chinese ? fault.chinese : fault.english;
    return spellings.substr(0, spellings.find('|'));
  }
  return {};
}

}  // namespace xize::sema

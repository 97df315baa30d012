#include "compiler/format/words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace xize::format {
namespace {

constexpr std::string_view kNone = "-";

// The nth of `a|b|c`, or the last when there are fewer.
constexpr std::string_view nth_spelling(std::string_view spellings, std::size_t n) {
  std::string_view rest = spellings;
  for (;; --n) {
    const auto bar = rest.find('|');
    if (n == 0 || bar == std::string_view::npos) return rest.substr(0, bar);
    rest.remove_prefix(bar + 1);
  }
}

// A word of a family other than keywords, with the enumerator it stands for.
template <class Kind>
struct FamilyRow {
  Kind kind;
  std::string_view english, chinese;
};

constexpr FamilyRow<ast::TypeKind> kTypes[] = {
#define XIZE_TYPE(kind, english, chinese, meaning) {ast::TypeKind::kind, english, chinese},
#include "grammar/keywords.def"
};
constexpr FamilyRow<ast::UnitWord> kUnits[] = {
#define XIZE_UNIT(unit, scale, english, chinese) {ast::UnitWord::unit, english, chinese},
#include "grammar/keywords.def"
};
constexpr FamilyRow<ast::PeriodKind> kPeriods[] = {
#define XIZE_PERIOD(kind, english, chinese) {ast::PeriodKind::kind, english, chinese},
#include "grammar/keywords.def"
};
constexpr FamilyRow<value::Rounding> kRoundings[] = {
#define XIZE_ROUNDING(mode, english, chinese) {value::Rounding::mode, english, chinese},
#include "grammar/keywords.def"
};

// A claim's word names a kind and, for indicators, a level.
struct ClaimRow {
  ast::ClaimKind kind;
  int level;
  std::string_view english, chinese;
};
constexpr ClaimRow kClaims[] = {
#define XIZE_CLAIM(kind, level, english, chinese) {ast::ClaimKind::kind, level, english, chinese},
#include "grammar/keywords.def"
};

struct FaultRow {
  std::string_view english, chinese;
};
constexpr FaultRow kFaults[] = {
#define XIZE_FAULT(kind, english, chinese) {english, chinese},
#include "grammar/keywords.def"
};

template <class Kind, std::size_t kRows>
const FamilyRow<Kind>* row_of(const FamilyRow<Kind> (&rows)[kRows], Kind kind) {
  const auto* const row =
      std::find_if(std::begin(rows), std::end(rows), [&](const auto& r) { return r.kind == kind; });
  return row == std::end(rows) ? nullptr : row;
}

const FaultRow* fault_row(std::string_view name) {
  for (const auto& row : kFaults) {
    if (has_spelling(row.english, name) || has_spelling(row.chinese, name)) return &row;
  }
  return nullptr;
}

}  // namespace

bool has_spelling(std::string_view spellings, std::string_view word) {
  for (std::size_t from = 0; from <= spellings.size();) {
    const auto to = std::min(spellings.find('|', from), spellings.size());
    if (spellings.substr(from, to - from) == word) return true;
    from = to + 1;
  }
  return false;
}

bool is_type_word(std::string_view name) {
  return std::any_of(std::begin(kTypes), std::end(kTypes), [&](const auto& row) {
    return has_spelling(row.english, name) || has_spelling(row.chinese, name);
  });
}

std::string_view Words::pick(std::string_view english, std::string_view chinese,
                             std::size_t nth) const {
  const std::string_view own = chinese_ ? chinese : english;
  const std::string_view other = chinese_ ? english : chinese;
  return nth_spelling(own == kNone ? other : own, nth);
}

std::string_view Words::operator()(Keyword keyword) const {
  return pick(keyword.row().english, keyword.row().chinese);
}
std::string_view Words::synonym(Keyword keyword) const {
  return pick(keyword.row().english, keyword.row().chinese, 1);
}
template <class Stands>
std::string_view Words::longest(Keyword keyword, const Stands& stands) const {
  const std::string_view spellings = chinese_ ? keyword.row().chinese : keyword.row().english;
  std::string_view found;
  for (std::size_t from = 0; from <= spellings.size();) {
    const auto to = std::min(spellings.find('|', from), spellings.size());
    const auto spelling = spellings.substr(from, to - from);
    from = to + 1;
    if (spelling != kNone && stands(spelling) && spelling.size() > found.size()) found = spelling;
  }
  return found;
}
std::string_view Words::found_in(std::string_view text, Keyword keyword) const {
  return longest(keyword, [&](auto word) { return text.find(word) != std::string_view::npos; });
}
std::string_view Words::found_at(std::string_view text, Keyword keyword, bool end) const {
  return longest(keyword, [&](auto word) {
    return end ? text.ends_with(word) : text.starts_with(word);
  });
}
std::string_view Words::operator()(Function function) const {
  return pick(function.row().english, function.row().chinese);
}
std::string_view Words::operator()(ast::TypeKind kind) const {
  const auto* const row = row_of(kTypes, kind);
  return row == nullptr ? std::string_view{} : pick(row->english, row->chinese);
}
std::string_view Words::operator()(ast::PeriodKind kind) const {
  const auto* const row = row_of(kPeriods, kind);
  return row == nullptr ? std::string_view{} : pick(row->english, row->chinese);
}
std::string_view Words::operator()(value::Rounding mode) const {
  const auto* const row = row_of(kRoundings, mode);
  return row == nullptr ? std::string_view{} : pick(row->english, row->chinese);
}
std::string_view Words::whole(value::Rounding mode) const {
  if (!chinese_ || mode != value::Rounding::Down) return (*this)(mode);
  return pick(row_of(kRoundings, mode)->english, row_of(kRoundings, mode)->chinese, 1);
}

std::string_view Words::unit(ast::UnitWord unit, bool singular) const {
  if (unit == ast::UnitWord::None || unit == ast::UnitWord::Measure) return {};
  const auto* const row = row_of(kUnits, unit);
  if (row == nullptr) return {};
  return pick(row->english, row->chinese, !chinese_ && singular ? 1 : 0);
}

std::string_view Words::per_unit(ast::UnitWord unit) const {
  const auto* const row = row_of(kUnits, unit);
  if (row == nullptr) return {};
  const bool months_or_workdays = unit == ast::UnitWord::Months || unit == ast::UnitWord::Workdays;
  return pick(row->english, row->chinese, !chinese_ || months_or_workdays ? 1 : 0);
}

std::string_view Words::claim(ast::ClaimKind kind, int level) const {
  const ClaimRow* found = nullptr;
  for (const auto& row : kClaims) {
    if (row.kind == kind && (found == nullptr || row.level == level)) found = &row;
  }
  return found == nullptr ? std::string_view{} : pick(found->english, found->chinese);
}

std::string_view Words::fault(std::string_view name) const {
  const FaultRow* const row = fault_row(name);
  return row == nullptr ? name : pick(row->english, row->chinese);
}

std::string_view name_of(const ast::Node& node, ast::Surface surface) {
  if (node.name.present()) return node.name.text;
  if (node.kind == ast::NodeKind::Bonus) return Words(surface)(Keyword("BONUS"));
  if (node.kind == ast::NodeKind::Penalty) return Words(surface)(Keyword("PENALTY"));
  return {};
}

std::string_view fault_in_english(std::string_view name) {
  const FaultRow* const row = fault_row(name);
  return row == nullptr ? name : nth_spelling(row->english, 0);
}

}  // namespace xize::format

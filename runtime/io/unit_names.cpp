#include "runtime/io/unit_names.h"

#include <vector>

#include "runtime/io/name_match.h"

namespace xize::io {
namespace {

constexpr std::uint32_t kComparedMax = 20'000;  // names

}  // namespace

UnitNames::UnitNames(std::span<const std::pair<std::string, std::string>> aliases) {
  for (const auto& [alias, own] : aliases) {
    own_by_alias_.emplace(fold_name(alias), normalize(own));
  }
}

std::uint32_t UnitNames::add(std::string_view name) {
  const std::string own = normalize(name);
  const std::uint32_t unit = units_->add(own);
  if (std::string fold = fold_name(own); fold != own) by_odd_fold_.emplace(std::move(fold), unit);
  return unit;
}

std::string UnitNames::resolve(std::string_view text) const {
  std::string fold = fold_name(text);
  if (const auto alias = own_by_alias_.find(fold); alias != own_by_alias_.end()) {
    return alias->second;
  }
  if (units_->find(fold) != table::NameIndex::kNone) return fold;
  const auto odd = by_odd_fold_.find(fold);
  return odd == by_odd_fold_.end() ? normalize(text) : std::string(units_->name(odd->second));
}

std::string_view UnitNames::nearest(std::string_view text) const {
  if (units_->size() > kComparedMax) return {};
  std::vector<std::string_view> names(units_->size());
  for (std::uint32_t unit = 0; unit < units_->size(); ++unit) names[unit] = units_->name(unit);
  return nearest_name(normalize(text), names);
}

bool UnitNames::is_plain(std::string_view text) const {
  if (!is_plainly_folded(text)) return false;
  return own_by_alias_.empty() || !own_by_alias_.contains(std::string(text));
}

bool UnitNames::are_plain(const table::NameList& texts) const {
  if (!is_plainly_folded(texts.text())) return false;
  if (own_by_alias_.empty()) return true;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!is_plain(texts[i])) return false;
  }
  return true;
}

void UnitNames::add_all(const CellNames& names, std::size_t begin, std::size_t end,
                        std::uint32_t* numbers) {
  if (names.are_plain && by_odd_fold_.empty()) {
    return units_->add_all({names.texts, begin, end}, names.ascend, numbers);
  }
  for (std::size_t i = begin; i < end; ++i) *numbers++ = add(resolve(names.texts[i]));
}

}  // namespace xize::io

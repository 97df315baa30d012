#include "runtime/io/unit_names.h"

#include "runtime/io/name_match.h"

namespace xize::io {

UnitNames::UnitNames(std::span<const std::pair<std::string, std::string>> aliases) {
  for (const auto& [alias, own] : aliases) {
    own_by_fold_.emplace(fold_name(alias), normalize(own));
  }
}

void UnitNames::add(std::string_view name) {
  std::string own = normalize(name);
  own_by_fold_.emplace(fold_name(own), own);
  own_names_.push_back(std::move(own));
}

std::string UnitNames::resolve(std::string_view text) const {
  const auto it = own_by_fold_.find(fold_name(text));
  return it == own_by_fold_.end() ? normalize(text) : it->second;
}

std::string_view UnitNames::nearest(std::string_view text) const {
  return nearest_name(normalize(text), own_names_);
}

}  // namespace xize::io

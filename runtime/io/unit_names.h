// unit_names: which unit a cell means.
// In: the units of the unit table and the aliases of the policy. Out: the unit's own name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace xize::io {

// Spellings with the same fold (full-width brackets or not) mean the same unit.
class UnitNames {
 public:
  UnitNames() = default;
  // Pairs of alias and own name: 农委, 农业农村委.
  explicit UnitNames(std::span<const std::pair<std::string, std::string>> aliases);

  // Makes the spelling the unit's own, unless one with the same fold is known.
  void add(std::string_view name);
  // The own name of the unit, or the normalised text itself if no unit is known by it.
  [[nodiscard]] std::string resolve(std::string_view text) const;
  // The known unit whose name is nearest, for did-you-mean; empty if none is near.
  [[nodiscard]] std::string_view nearest(std::string_view text) const;

 private:
  std::unordered_map<std::string, std::string> own_by_fold_;
  std::vector<std::string> own_names_;
};

}  // namespace xize::io

// unit_names: which unit a cell means.
// In: the units of the unit table and the aliases of the policy. Out: the unit's own name.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/table/name_index.h"
#include "runtime/table/name_list.h"

namespace xize::io {

// What cells call units, and what is known of all of them.
struct CellNames {
  table::NameList texts;
  bool are_plain = false;  // as UnitNames::is_plain tells
  bool ascend = false;     // each comes behind the one before it in the order of their bytes
};

// Spellings with the same fold (full-width brackets or not) mean the same unit. Copies share the
// units.
class UnitNames {
 public:
  UnitNames() = default;
  // Pairs of alias and own name: 农委, 农业农村委.
  explicit UnitNames(std::span<const std::pair<std::string, std::string>> aliases);

  // Makes the spelling the unit's own, unless one with the same fold is known; the number of the
  // unit with this spelling.
  std::uint32_t add(std::string_view name);
  // The own name of the unit, or the normalised text itself if no unit is known by it.
  [[nodiscard]] std::string resolve(std::string_view text) const;
  // The known unit whose name is nearest, for did-you-mean; empty if none is near, or among too
  // many units to compare them all.
  [[nodiscard]] std::string_view nearest(std::string_view text) const;
  [[nodiscard]] const std::shared_ptr<table::NameIndex>& units() const { return units_; }

  // True if the text is its own fold and no alias, so that it can only be the own name of a unit
  // or another spelling of one that is no fold. May be asked while names are added.
  [[nodiscard]] bool is_plain(std::string_view text) const;
  [[nodiscard]] bool are_plain(const table::NameList& texts) const;
  // The numbers of the units that names at the places [begin, end) mean, in their order, new ones
  // unless they are known.
  void add_all(const CellNames& names, std::size_t begin, std::size_t end, std::uint32_t* numbers);

 private:
  std::unordered_map<std::string, std::string> own_by_alias_;  // by the alias's fold
  std::unordered_map<std::string, std::uint32_t> by_odd_fold_;  // units whose name is no fold
  std::shared_ptr<table::NameIndex> units_ = std::make_shared<table::NameIndex>();
};

}  // namespace xize::io

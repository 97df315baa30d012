#include "compiler/sema/type.h"

#include <algorithm>

namespace xize::sema {

DimensionTable::DimensionTable() {
  names_.intern("");  // kAnyKind
  intern(Dimension{});
  for (std::size_t i = 0; i < kMeasures; ++i) {
    Dimension single;
    single.powers[i] = 1;
    intern(single);
  }
  Dimension count;
  count.count = 1;
  intern(count);
}

DimensionId DimensionTable::intern(const Dimension& dimension) {
  if (const auto it = index_.find(dimension); it != index_.end()) return it->second;
  const auto id = store_.add(dimension);
  index_.emplace(dimension, id);
  return id;
}

DimensionId DimensionTable::count_of(std::string_view kind) {
  Dimension d;
  d.count = 1;
  d.kind = names_.intern(kind);
  return intern(d);
}

DimensionId DimensionTable::named_unit(std::string_view unit) {
  Dimension d;
  d.named.emplace_back(names_.intern(unit), std::int8_t{1});
  return intern(d);
}

value::Rational base_factor(ast::UnitWord word) {
  switch (word) {
    case ast::UnitWord::Hours: return 60;
    case ast::UnitWord::Years: return 12;
    case ast::UnitWord::PercentPoints: return {1, 100};
    default: return 1;
  }
}

}  // namespace xize::sema

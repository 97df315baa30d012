#include "runtime/base/cells.h"

#include <algorithm>
#include <bit>

#include "runtime/base/per_machine.h"

namespace xize::base {

XIZE_PER_MACHINE Range range_of(CellRun run) {
  return with_element(run.cells.element, [&](auto zero) -> Range {
    const auto* const all = static_cast<const decltype(zero)*>(run.cells.data);
    auto least = all[0];
    auto most = all[0];
    for (std::size_t i = 0; i < run.count; ++i) {
      const auto cell = all[i];
      least = cell < least ? cell : least;
      most = cell > most ? cell : most;
    }
    return {least, most};
  });
}

XIZE_PER_MACHINE Range wide_range_of(std::span<const std::int64_t> integers) {
  std::int64_t joined = 0;
  for (const std::int64_t integer : integers) joined |= integer;
  if (joined >= 0) {
    const auto bits = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(joined)));
    return {0, static_cast<std::int64_t>((std::uint64_t{1} << bits) - 1)};
  }
  const Range range = range_of(run_of(integers));
  return {range.least, std::max<std::int64_t>(range.most, 0)};
}

XIZE_PER_MACHINE void convert(Cells from, std::size_t count, Element element, void* to) {
  with_element(from.element, [&](auto source) {
    with_element(element, [&](auto target) {
      const auto* const read = static_cast<const decltype(source)*>(from.data);
      auto* const write = static_cast<decltype(target)*>(to);
      for (std::size_t i = 0; i < count; ++i) write[i] = static_cast<decltype(target)>(read[i]);
    });
  });
}

}  // namespace xize::base

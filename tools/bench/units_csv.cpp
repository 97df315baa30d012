#include <algorithm>
#include <atomic>

#include "tools/bench/cell_reader.h"
#include "tools/bench/csv_file.h"
#include "tools/bench/units.h"

namespace xize::bench {
namespace {

// By the second byte of the word.
std::uint8_t class_of(const char* cell) {
  const auto byte = static_cast<unsigned char>(cell[1]);  // 市 e5 b8, 区 e5 8c, 街 e8 a1
  return byte == 0xb8 ? 0 : byte == 0x8c ? 1 : 2;
}

std::uint8_t prize_of(const char* cell) {
  const auto byte = static_cast<unsigned char>(cell[1]);  // 国 e5 9b, 省 e7 9c, 市 e5 b8, 无 e6 97
  return byte == 0x9b ? 0 : byte == 0x9c ? 1 : byte == 0xb8 ? 2 : 3;
}

std::uint16_t wide(unsigned value) { return static_cast<std::uint16_t>(value); }
std::uint8_t narrow(unsigned value) { return static_cast<std::uint8_t>(value); }

// One line of 单位表.csv into the next row. False if it has another form.
// Inlined, so that the reader's place stays in a register.
[[gnu::always_inline]] inline bool read_unit(CellReader& cells, UnitBlock& b) {
  const std::size_t i = b.rows++;
  cells.skip();
  b.kind[i] = class_of(cells.at());
  cells.pass(6);
  b.matters[i] = wide(cells.whole());
  b.at_once[i] = wide(cells.whole());
  b.online[i] = wide(cells.whole());
  b.legal[i] = wide(cells.whole());
  b.promised[i] = wide(cells.whole());
  b.cases[i] = wide(cells.whole());
  b.late[i] = wide(cells.whole());
  b.satisfied[i] = wide(cells.decimal(3, UnitBlock::kMissing));
  b.bad[i] = narrow(cells.whole());
  b.complaints[i] = narrow(cells.whole());
  b.errors[i] = narrow(cells.whole());
  b.delay[i] = narrow(cells.whole());
  b.news[i] = narrow(cells.whole());
  b.prize[i] = prize_of(cells.at());
  cells.skip();
  b.mark[i] = narrow(cells.decimal(1, 0) / 5);
  b.connected[i] = cells.yes() ? 1 : 0;
  b.regulated[i] = cells.yes() ? 1 : 0;
  b.leaked[i] = cells.yes('\n') ? 1 : 0;
  return cells.is_sound();
}

// The units of one chunk, block by block; the last one of a chunk is not full.
template <class Take>
bool read_chunk(std::string_view lines, UnitBlock& block, const Take& take) {
  CellReader cells(lines);
  while (cells.more()) {
    if (!read_unit(cells, block)) return false;
    if (block.rows < UnitBlock::kRows && cells.more()) continue;
    take(block);
    block.rows = 0;
  }
  return true;
}

}  // namespace

// Full blocks, so that what is scored in memory has no gaps.
std::optional<std::vector<UnitBlock>> load_units(const std::string& folder) {
  LineChunks chunks(folder + "/单位表.csv");
  if (!chunks.is_open()) return std::nullopt;
  std::vector<UnitBlock> blocks;
  std::vector<char> buffer;
  std::size_t chunk = 0;
  std::string_view lines;
  while (chunks.next(buffer, chunk, lines)) {
    CellReader cells(lines);
    while (cells.more()) {
      if (blocks.empty() || blocks.back().rows == UnitBlock::kRows) blocks.emplace_back();
      if (!read_unit(cells, blocks.back())) return std::nullopt;
    }
  }
  return blocks;
}

void score_units(const std::vector<UnitBlock>& blocks, int threads, std::vector<Result>& results) {
  results.resize(blocks.size() * UnitBlock::kRows);
  std::atomic<std::size_t> next = 0;
  on_threads(threads, [&](int) {
    constexpr std::size_t kStep = 16;
    for (std::size_t from = 0; (from = next.fetch_add(kStep)) < blocks.size();) {
      const std::size_t to = std::min(from + kStep, blocks.size());
      for (std::size_t i = from; i < to; ++i) score(blocks[i], &results[i * UnitBlock::kRows]);
    }
  });
}

std::optional<std::vector<Result>> score_unit_file(const std::string& folder, int threads) {
  LineChunks chunks(folder + "/单位表.csv");
  if (!chunks.is_open()) return std::nullopt;
  std::vector<std::vector<Result>> parts(chunks.chunks());
  std::atomic<bool> sound = true;
  on_threads(threads, [&](int) {
    std::vector<char> buffer;
    std::size_t chunk = 0;
    std::string_view lines;
    UnitBlock block{};
    while (sound && chunks.next(buffer, chunk, lines)) {
      auto& part = parts[chunk];
      const auto take = [&part](const UnitBlock& full) {
        std::array<Result, UnitBlock::kRows> results;
        score(full, results.data());
        part.insert(part.end(), results.begin(), results.begin() + static_cast<long>(full.rows));
      };
      if (!read_chunk(lines, block, take)) sound = false;
    }
  });
  if (!sound) return std::nullopt;
  std::vector<Result> results;
  for (const auto& part : parts) results.insert(results.end(), part.begin(), part.end());
  return results;
}

}  // namespace xize::bench

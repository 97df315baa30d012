#include <atomic>
#include <mutex>

#include "tools/bench/cell_reader.h"
#include "tools/bench/csv_file.h"
#include "tools/bench/records.h"

namespace xize::bench {
namespace {

constexpr std::size_t kMostUnits = 4096;

// One line of 办件.csv into row `i`. False if it has another form.
// Inlined, so that the reader's place stays in a register.
[[gnu::always_inline]] inline bool read_case(CellReader& cells, const NameIndex& index,
                                             CaseBlock& block) {
  const std::size_t i = block.rows;
  std::size_t bytes = 0;
  const std::uint16_t unit = index.find(cells.at(), bytes);
  if (unit == NameIndex::kNone) return false;
  block.unit[i] = unit;
  cells.pass(bytes);
  cells.pass(4, '-');
  const unsigned month = cells.two_digits();
  cells.pass(0, '-');
  block.day[i] = static_cast<std::uint16_t>(month * 100 + cells.two_digits());
  cells.pass(0);
  const auto kind = static_cast<unsigned char>(cells.at()[1]);  // 即 e5 8d, 承 e6 89, 上 e4 b8
  block.kind[i] = kind == 0x8d ? 0 : kind == 0x89 ? 1 : 2;
  cells.pass(9);
  block.legal[i] = static_cast<std::uint8_t>(cells.whole());
  block.promised[i] = static_cast<std::uint8_t>(cells.whole());
  block.used[i] = static_cast<std::uint8_t>(cells.whole());
  block.materials[i] = static_cast<std::uint8_t>(cells.whole());
  block.rating[i] = static_cast<std::uint8_t>(cells.decimal(1, CaseBlock::kMissing));
  block.online[i] = cells.yes('\n') ? 1 : 0;
  ++block.rows;
  return cells.is_sound();
}

// Reads lines in chunks and gives full blocks to `take`, and at last one that is not full.
template <class Take>
bool read_cases(LineChunks& chunks, const NameIndex& index, const Take& take) {
  std::vector<char> buffer;
  std::size_t chunk = 0;
  std::string_view lines;
  CaseBlock block{};
  while (chunks.next(buffer, chunk, lines)) {
    CellReader cells(lines);
    while (cells.more()) {
      if (!read_case(cells, index, block)) return false;
      if (block.rows < CaseBlock::kRows) continue;
      take(block);
      block.rows = 0;
    }
  }
  if (block.rows != 0) take(block);
  return true;
}

std::vector<Result> scores_of(const std::vector<Measures>& measures) {
  std::vector<Result> results;
  results.reserve(measures.size());
  for (const auto& unit : measures) results.push_back(score(unit));
  return results;
}

// Adds what each thread folded.
class Sum {
 public:
  explicit Sum(std::size_t units) : measures_(units) {}
  void add(CaseFold& fold) {
    const auto part = fold.take();
    const std::lock_guard lock(mutex_);
    for (std::size_t unit = 0; unit < part.size(); ++unit) measures_[unit] += part[unit];
  }
  [[nodiscard]] const std::vector<Measures>& measures() const { return measures_; }

 private:
  std::mutex mutex_;
  std::vector<Measures> measures_;
};

}  // namespace

std::optional<std::vector<std::string>> load_names(const std::string& folder) {
  LineChunks chunks(folder + "/部门.csv");
  if (!chunks.is_open()) return std::nullopt;
  std::vector<std::string> names = first_cells(chunks);
  if (names.size() > kMostUnits) return std::nullopt;
  return names;
}

std::optional<Cases> load_records(const std::string& folder) {
  auto names = load_names(folder);
  LineChunks chunks(folder + "/办件.csv");
  if (!names || !chunks.is_open()) return std::nullopt;
  Cases cases{std::move(*names), {}};
  const NameIndex index(cases.names);
  const auto keep = [&cases](const CaseBlock& block) { cases.blocks.push_back(block); };
  if (!read_cases(chunks, index, keep)) return std::nullopt;
  return cases;
}

std::vector<Result> score_records(const Cases& cases, int threads) {
  Sum sum(cases.names.size());
  std::atomic<std::size_t> next = 0;
  on_threads(threads, [&](int) {
    CaseFold fold(cases.names.size());
    constexpr std::size_t kStep = 16;
    for (std::size_t from = 0; (from = next.fetch_add(kStep)) < cases.blocks.size();) {
      const std::size_t to = std::min(from + kStep, cases.blocks.size());
      for (std::size_t i = from; i < to; ++i) fold.add(cases.blocks[i]);
    }
    sum.add(fold);
  });
  return scores_of(sum.measures());
}

std::optional<std::vector<Result>> score_record_files(const std::string& folder, int threads) {
  const auto names = load_names(folder);
  LineChunks chunks(folder + "/办件.csv");
  if (!names || !chunks.is_open()) return std::nullopt;
  const NameIndex index(*names);
  Sum sum(names->size());
  std::atomic<bool> sound = true;
  on_threads(threads, [&](int) {
    CaseFold fold(names->size());
    if (!read_cases(chunks, index, [&fold](const CaseBlock& block) { fold.add(block); })) {
      sound = false;
    }
    sum.add(fold);
  });
  if (!sound) return std::nullopt;
  return scores_of(sum.measures());
}

}  // namespace xize::bench

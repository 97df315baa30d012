#include "tools/bench/records.h"

namespace xize::bench {
namespace {

// The bits of a code.
enum Bit : unsigned {
  kAtOnce = 1,
  kPromised = 2,
  kOnline = 4,
  kLate = 8,
  kUnlawful = 16,
  kManyMaterials = 32,
  kRated = 64,
  kBad = 128,
  kYearEnd = 256,
  kCodes = 512,
};

constexpr unsigned kFieldBits = 21;  // 32768 rows of at most 60
constexpr std::uint64_t kField = (std::uint64_t{1} << kFieldBits) - 1;
constexpr unsigned kRatingBits = 32;
constexpr std::uint16_t kOctober = 1001;

struct Packed {
  alignas(64) std::array<std::uint16_t, CaseBlock::kRows> code;
  alignas(64) std::array<std::uint64_t, CaseBlock::kRows> times;
  alignas(64) std::array<std::uint64_t, CaseBlock::kRows> others;
};

// Straight loops over the whole block, so that the compiler makes vectors of them.
void pack(const CaseBlock& block, Packed& out) {
  for (std::size_t i = 0; i < CaseBlock::kRows; ++i) {
    const bool rated = block.rating[i] != CaseBlock::kMissing;
    out.code[i] = static_cast<std::uint16_t>(
        (block.kind[i] == 0 ? kAtOnce : 0u) | (block.kind[i] == 1 ? kPromised : 0u) |
        (block.online[i] != 0 ? kOnline : 0u) | (block.used[i] > block.promised[i] ? kLate : 0u) |
        (block.used[i] > block.legal[i] ? kUnlawful : 0u) |
        (block.materials[i] > 6 ? kManyMaterials : 0u) | (rated ? kRated : 0u) |
        (block.rating[i] < 60 ? kBad : 0u));
  }
  for (std::size_t i = 0; i < CaseBlock::kRows; ++i) {
    out.code[i] =
        static_cast<std::uint16_t>(out.code[i] | (block.day[i] >= kOctober ? kYearEnd : 0u));
  }
  for (std::size_t i = 0; i < CaseBlock::kRows; ++i) {
    const std::uint64_t counts = block.kind[i] == 1 ? 1 : 0;
    out.times[i] =
        counts * (std::uint64_t{block.legal[i]} | std::uint64_t{block.promised[i]} << kFieldBits |
                  std::uint64_t{block.used[i]} << (2 * kFieldBits));
  }
  for (std::size_t i = 0; i < CaseBlock::kRows; ++i) {
    const std::uint64_t counts = block.rating[i] == CaseBlock::kMissing ? 0 : 1;
    out.others[i] = block.materials[i] | counts * block.rating[i] << kRatingBits;
  }
}

}  // namespace

Measures& Measures::operator+=(const Measures& other) {
  cases += other.cases;
  at_once += other.at_once;
  promised += other.promised;
  online += other.online;
  late += other.late;
  unlawful += other.unlawful;
  many_materials += other.many_materials;
  rated += other.rated;
  bad += other.bad;
  year_end += other.year_end;
  legal_sum += other.legal_sum;
  promised_sum += other.promised_sum;
  used_sum += other.used_sum;
  material_sum += other.material_sum;
  rating_sum += other.rating_sum;
  return *this;
}

CaseFold::CaseFold(std::size_t units) : counters_(units), sums_(units), measures_(units) {}

// Field 0 counts every row; field b + 1 those with bit b.
const std::vector<CaseFold::Counters>& CaseFold::counters_of_codes() {
  static const auto kTable = [] {
    std::vector<Counters> table(kCodes);
    for (std::size_t code = 0; code < table.size(); ++code) {
      table[code][0] = 1;
      for (std::size_t bit = 0; bit < 9; ++bit) {
        table[code][bit + 1] = static_cast<std::uint16_t>(code >> bit & 1);
      }
    }
    return table;
  }();
  return kTable;
}

void CaseFold::add(const CaseBlock& block) {
  if (rows_ + block.rows > kMostRows) flush();
  rows_ += block.rows;
  Packed packed;
  pack(block, packed);
  const auto* table = counters_of_codes().data();
  auto* counters = counters_.data();
  auto* sums = sums_.data();
  for (std::size_t i = 0; i < block.rows; ++i) {
    counters[block.unit[i]] += table[packed.code[i]];
    sums[block.unit[i]] += Sums{packed.times[i], packed.others[i]};
  }
}

void CaseFold::flush() {
  for (std::size_t unit = 0; unit < measures_.size(); ++unit) {
    const Counters count = counters_[unit];
    const std::uint64_t times = sums_[unit][0], others = sums_[unit][1];
    measures_[unit] += {count[0],
                        count[1],
                        count[2],
                        count[3],
                        count[4],
                        count[5],
                        count[6],
                        count[7],
                        count[8],
                        count[9],
                        times & kField,
                        times >> kFieldBits & kField,
                        times >> (2 * kFieldBits),
                        others & 0xffffffffu,
                        others >> kRatingBits};
    counters_[unit] = Counters{};
    sums_[unit] = Sums{};
  }
  rows_ = 0;
}

std::vector<Measures> CaseFold::take() {
  flush();
  return std::move(measures_);
}

}  // namespace xize::bench

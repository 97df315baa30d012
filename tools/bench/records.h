// The limit for the workload of records: `policies/records.xize` written by hand, exact.
// In: the two files, or columns in memory. Out: a score in hundredths and a grade for each unit, or
// unscored. Must hold: the same digits as `xize score` (tests/bench).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/bench/result.h"

namespace xize::bench {

// What the cases of one unit come to.
struct Measures {
  std::uint64_t cases = 0, at_once = 0, promised = 0, online = 0, late = 0, unlawful = 0;
  std::uint64_t many_materials = 0, rated = 0, bad = 0, year_end = 0;
  std::uint64_t legal_sum = 0, promised_sum = 0, used_sum = 0;  // of cases with a promised time
  std::uint64_t material_sum = 0, rating_sum = 0;               // ratings in tenths
  Measures& operator+=(const Measures& other);
};

Result score(const Measures& measures);

// A block of records, column by column.
struct CaseBlock {
  static constexpr std::size_t kRows = 2048;
  static constexpr std::uint8_t kMissing = 255;
  alignas(64) std::array<std::uint16_t, kRows> unit;
  alignas(64) std::array<std::uint16_t, kRows> day;  // month × 100 + day
  alignas(64) std::array<std::uint8_t, kRows> kind;  // 0 at once, 1 promised, 2 other
  alignas(64) std::array<std::uint8_t, kRows> legal, promised, used, materials;
  alignas(64) std::array<std::uint8_t, kRows> rating;  // tenths
  alignas(64) std::array<std::uint8_t, kRows> online;
  std::size_t rows = 0;
};

// Folds blocks to the measures of each unit. A block costs one addition of packed counters and one
// of packed sums for each row: what the row counts for is a code of nine bits, and a table has the
// counters of each code.
class CaseFold {
 public:
  explicit CaseFold(std::size_t units);
  void add(const CaseBlock& block);
  std::vector<Measures> take();

 private:
  static constexpr std::size_t kMostRows = 32768;           // until a packed field could overflow
  using Counters [[gnu::vector_size(32)]] = std::uint16_t;  // added at once
  using Sums [[gnu::vector_size(16)]] = std::uint64_t;

  void flush();
  static const std::vector<Counters>& counters_of_codes();

  std::vector<Counters> counters_;
  std::vector<Sums> sums_;
  std::vector<Measures> measures_;
  std::size_t rows_ = 0;
};

// All records in memory, and the names of the units.
struct Cases {
  std::vector<std::string> names;
  std::vector<CaseBlock> blocks;
};

// Nothing if a file cannot be read or has another form.
std::optional<Cases> load_records(const std::string& folder);
std::optional<std::vector<std::string>> load_names(const std::string& folder);

std::vector<Result> score_records(const Cases& cases, int threads);
// Reads, folds and scores without keeping records.
std::optional<std::vector<Result>> score_record_files(const std::string& folder, int threads);

}  // namespace xize::bench

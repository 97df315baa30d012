// A unit's result, and results as a file that can be compared: `name,hundredths,grade`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace xize::bench {

inline constexpr std::int16_t kUnscored = -1;

// The total in hundredths of a point, and the grade: 0 优秀, 1 良好, 2 合格, 3 不合格, 4 none.
struct Result {
  std::int16_t hundredths = kUnscored;
  std::uint8_t grade = 4;
};

// Whether all was written. `name` gives the name of the unit in a place.
bool write_results(const std::string& path, const std::vector<Result>& results,
                   const std::function<std::string(std::size_t)>& name);

// Prints one line of JSON: the milliseconds of each run, the peak memory of the process in MB, and
// `more`, which begins with a comma.
void print_figures(const std::vector<double>& milliseconds, const std::string& more = "");

// Runs `work(thread)` on as many threads.
void on_threads(int threads, const std::function<void(int)>& work);

}  // namespace xize::bench

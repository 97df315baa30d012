// Measures the limits: kernels written by hand for the two policies, and memory bandwidth.
//   xize_bench_limits records|units memory|csv FOLDER THREADS TIMES [RESULTS]
//   xize_bench_limits bandwidth THREADS TIMES
// Prints one line of JSON: the milliseconds of each run, and the peak memory in MB.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <numeric>

#include "tools/bench/csv_file.h"
#include "tools/bench/records.h"
#include "tools/bench/units.h"

namespace xize::bench {
namespace {

struct Task {
  std::string workload, source, folder, results;
  int threads = 1;
  int times = 1;
};

std::vector<double> measure(int times, const std::function<void()>& run) {
  std::vector<double> milliseconds;
  for (int i = 0; i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    milliseconds.push_back(took.count());
  }
  return milliseconds;
}

int finish(const Task& task, const std::vector<double>& milliseconds,
           const std::vector<Result>& results) {
  print_figures(milliseconds);
  if (task.results.empty()) return 0;
  LineChunks units(task.folder + (task.workload == "units" ? "/单位表.csv" : "/部门.csv"));
  const auto names = first_cells(units);
  std::vector<Result> kept(results.begin(), results.begin() + static_cast<long>(names.size()));
  return write_results(task.results, kept, [&names](std::size_t i) { return names[i]; }) ? 0 : 1;
}

int unreadable(const Task& task) {
  std::fprintf(stderr, "xize_bench_limits: no data of `%s` in %s\n", task.workload.c_str(),
               task.folder.c_str());
  return 1;
}

int run_memory(const Task& task) {
  std::vector<Result> results;
  if (task.workload == "units") {
    const auto units = load_units(task.folder);
    if (!units) return unreadable(task);
    const auto took = measure(task.times, [&] { score_units(*units, task.threads, results); });
    return finish(task, took, results);
  }
  const auto cases = load_records(task.folder);
  if (!cases) return unreadable(task);
  const auto took = measure(task.times, [&] { results = score_records(*cases, task.threads); });
  return finish(task, took, results);
}

int run_csv(const Task& task) {
  std::optional<std::vector<Result>> results;
  const auto took = measure(task.times, [&] {
    results = task.workload == "units" ? score_unit_file(task.folder, task.threads)
                                       : score_record_files(task.folder, task.threads);
  });
  return results ? finish(task, took, *results) : unreadable(task);
}

// Reads 1 GB of memory, again and again; the sum keeps the reads from being left out.
int run_bandwidth(int threads, int times) {
  const std::vector<std::uint64_t> memory(std::size_t{1} << 27, 1);
  std::vector<std::uint64_t> sums(static_cast<std::size_t>(threads));
  const std::size_t share = memory.size() / sums.size();
  const auto took = measure(times, [&] {
    on_threads(threads, [&](int thread) {
      const auto from = memory.begin() + static_cast<long>(share) * thread;
      sums[static_cast<std::size_t>(thread)] +=
          std::accumulate(from, from + static_cast<long>(share), std::uint64_t{0});
    });
  });
  const std::string sum =
      std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}) > 0 ? "" : "!";
  print_figures(took, ", \"bytes\": " + std::to_string(share * sums.size() * 8) + sum);
  return 0;
}

}  // namespace
}  // namespace xize::bench

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "bandwidth") {
    return xize::bench::run_bandwidth(std::atoi(words[1].c_str()), std::atoi(words[2].c_str()));
  }
  if (words.size() < 5 || words.size() > 6 || (words[0] != "records" && words[0] != "units") ||
      (words[1] != "memory" && words[1] != "csv")) {
    std::fputs(
        "usage: xize_bench_limits records|units memory|csv FOLDER THREADS TIMES [RESULTS]\n"
        "       xize_bench_limits bandwidth THREADS TIMES\n",
        stderr);
    return 2;
  }
  const xize::bench::Task task{words[0],
                               words[1],
                               words[2],
                               words.size() == 6 ? words[5] : "",
                               std::atoi(words[3].c_str()),
                               std::atoi(words[4].c_str())};
  return task.source == "memory" ? xize::bench::run_memory(task) : xize::bench::run_csv(task);
}

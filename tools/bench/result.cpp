#include "tools/bench/result.h"

#include <array>
#include <fstream>
#include <iostream>
#include <thread>

#include "tools/bench/csv_file.h"

namespace xize::bench {

bool write_results(const std::string& path, const std::vector<Result>& results,
                   const std::function<std::string(std::size_t)>& name) {
  static constexpr std::array<const char*, 5> kGrades = {"优秀", "良好", "合格", "不合格", ""};
  CsvWriter out(path, "name,hundredths,grade");
  for (std::size_t i = 0; i < results.size(); ++i) {
    out.text(name(i));
    if (results[i].hundredths == kUnscored) out.text("");
    else out.number(results[i].hundredths);
    out.text(kGrades[results[i].grade]).end_line();
  }
  return out.close();
}

namespace {

// Not getrusage, which also counts the process that started this one.
long peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

}  // namespace

void print_figures(const std::vector<double>& milliseconds, const std::string& more) {
  std::string runs;
  for (const double took : milliseconds) {
    runs += (runs.empty() ? "" : ", ") + std::to_string(took);
  }
  std::cout << "{\"ms\": [" << runs << "], \"mb\": " << peak_megabytes() << more << "}\n";
}

void on_threads(int threads, const std::function<void(int)>& work) {
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work, i);
  work(0);
  for (auto& other : others) other.join();
}

}  // namespace xize::bench

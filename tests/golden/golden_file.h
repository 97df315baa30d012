// One golden file: a source, the command lines that read it, and what they print.
// In: the text of the file. Out: its parts, or the same file with another expectation.
// Must hold: everything before the output marker passes unchanged, byte for byte.
//
//   # RUN: check --lang zh %s          one run of `xize` for each such line
//   …source…
//   # ---- 文件 / file: data.csv        any number of files that stand beside the source
//   # 名称,事项总数
//   # ---- 输出 / output ----
//   # …what the runs print…
//   # exit: 0
//
// %s is the source, %t the folder it and its files stand in, %d the folder of the golden file.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xize::golden {

// The parts of a golden file.
struct GoldenFile {
  std::vector<std::string> runs;                           // as written after `# RUN:`
  std::string source;                                      // what `%s` holds
  std::vector<std::pair<std::string, std::string>> files;  // name, content
  std::string before_output;                               // all that a reset keeps
  std::vector<std::string> expectation;                    // without the `# `
};

GoldenFile parse(std::string_view text);

// The whole file with `lines` as its expectation.
std::string with_expectation(const GoldenFile& golden, const std::vector<std::string>& lines);

}  // namespace xize::golden

// list_record: the line at the head of a list that says how it was drawn, so that it can be drawn
// again. It is for programs: ASCII but for names, the same in every language.
//   xize-sample 1; seed=4711; after=0; data=0123456789abcdef; period=2023-06; sample=跑动件
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xize::driver {

// What a list says of itself. Fields as in Sampling and SampleList.
struct ListRecord {
  std::string seed, data, period, sample;
  std::uint32_t after = 0;
};

std::string print_record(const ListRecord& record);
// The record among the comments at the head of a file; empty if there is none.
std::optional<ListRecord> parse_record(const std::vector<std::string>& comments);

}  // namespace xize::driver

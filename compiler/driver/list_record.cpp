#include "compiler/driver/list_record.h"

#include <charconv>
#include <string_view>

namespace xize::driver {
namespace {

constexpr std::string_view kHead = "xize-sample 1;";

// The value of `name=` up to the next `; `; the last field goes to the end of the line.
std::optional<std::string> field(std::string_view line, std::string_view name, bool last = false) {
  const std::string mark = " " + std::string(name) + "=";
  const auto at = line.find(mark);
  if (at == line.npos) return std::nullopt;
  const std::string_view rest = line.substr(at + mark.size());
  return std::string(last ? rest : rest.substr(0, rest.find(';')));
}

std::optional<ListRecord> read(std::string_view line) {
  const auto seed = field(line, "seed");
  const auto after = field(line, "after");
  const auto data = field(line, "data");
  const auto period = field(line, "period");
  const auto sample = field(line, "sample", true);
  if (!seed || !after || !data || !period || !sample) return std::nullopt;
  ListRecord record{*seed, *data, *period, *sample, 0};
  const char* end = after->data() + after->size();
  const auto read = std::from_chars(after->data(), end, record.after);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return record;
}

}  // namespace

std::string print_record(const ListRecord& record) {
  return std::string(kHead) + " seed=" + record.seed + "; after=" + std::to_string(record.after) +
         "; data=" + record.data + "; period=" + record.period + "; sample=" + record.sample;
}

std::optional<ListRecord> parse_record(const std::vector<std::string>& comments) {
  for (const std::string& comment : comments) {
    const auto at = comment.find(kHead);
    if (at == comment.npos) continue;
    if (auto record = read(std::string_view(comment).substr(at))) return record;
  }
  return std::nullopt;
}

}  // namespace xize::driver

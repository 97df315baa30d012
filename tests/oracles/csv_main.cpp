// Every case of csv_cases.js through the decoder and the CSV scanner, whole and cut into single
// bytes: the same rows, or a cell marked as not RFC 4180, which the reader reports as an error; a
// case that is faulty there must be so here. Prints each silent difference, and what was skipped.
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/io/csv_scanner.h"
#include "runtime/io/text_decoder.h"

namespace {

using nlohmann::json;
using Rows = std::vector<std::vector<std::string>>;

struct Scan {
  Rows rows;
  bool faulty = false;  // not RFC 4180
};

Scan scan(const std::string& text, char delimiter, std::size_t step) {
  Scan out;
  xize::io::CsvScanner scanner(delimiter, 1, [&](const xize::io::CsvRow& row) {
    auto& cells = out.rows.emplace_back();
    for (const auto& cell : row.cells) {
      cells.emplace_back(cell.text);
      out.faulty = out.faulty || cell.stray_quote;
    }
  });
  xize::io::TextDecoder decoder;
  const auto feed = [&](std::string decoded) {
    if (scanner.feed(decoded)) out.faulty = true;
  };
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); at += step) {
    if (decoder.feed(std::string_view(text).substr(at, step), decoded)) out.faulty = true;
    feed(std::exchange(decoded, {}));
  }
  if (decoder.finish(decoded)) out.faulty = true;
  feed(decoded);
  if (scanner.finish()) out.faulty = true;
  return out;
}

// A blank line is no row with us, and one empty cell there.
Rows without_blank_lines(const json& rows) {
  Rows out;
  for (const json& row : rows) {
    if (row != json::array({""})) out.push_back(row.get<std::vector<std::string>>());
  }
  return out;
}

enum class Verdict : std::uint8_t { Same, Marked, Different };

Verdict compare(const json& test, std::size_t step) {
  const std::string input = test["input"];
  const Scan got = scan(input, test["delimiter"].get<std::string>()[0], step);
  if (got.faulty) return Verdict::Marked;
  const bool same =
      !test["faulty"].get<bool>() && got.rows == without_blank_lines(test["rows"]);
  return same ? Verdict::Same : Verdict::Different;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const json cases = json::parse(text, nullptr, false);
  if (!cases.is_array() || cases.size() < 100) {
    fmt::print("cannot read {}\n", argv[1]);
    return 1;
  }
  int passed = 0;
  int marked = 0;
  int failed = 0;
  std::map<std::string, int> skipped;
  for (const json& test : cases) {
    if (test.contains("skipped")) {
      ++skipped[test["skipped"]];
      continue;
    }
    const Verdict whole = compare(test, test["input"].get<std::string>().size() + 1);
    const bool sound = whole != Verdict::Different && whole == compare(test, 1);
    ++(sound ? passed : failed);
    if (sound && whole == Verdict::Marked) ++marked;
    if (!sound) {
      fmt::print("{}: {}: {}\n", test["from"].get<std::string>(), test["name"].get<std::string>(),
                 test["input"].dump());
    }
  }
  int skips = 0;
  for (const auto& [why, count] : skipped) {
    fmt::print("skipped {}: {}\n", count, why);
    skips += count;
  }
  fmt::print("{} of them marked as not RFC 4180\n", marked);
  fmt::print("{} passed, {} failed, {} skipped\n", passed, failed, skips);
  return failed == 0 ? 0 : 1;
}

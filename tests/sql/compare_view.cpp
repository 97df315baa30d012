// compare_view SHEET RUBRIC VIEW zh|en: do the rows of a view (tabs, a head of names) hold what
// `xize score --format json` printed of the rubric? Every cell of the view is compared exactly, as
// a fraction; where it has none, the sheet has none either. Prints how many were equal, then the
// names that are no columns of the view.
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "runtime/value/rational.h"

namespace {

using Json = nlohmann::ordered_json;
using Row = std::map<std::string, std::string>;
using xize::value::Rational;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back().push_back(c);
    }
  }
  return cells;
}

// `12.50`, `200/21`
std::optional<Rational> number_of(const std::string& text) {
  const auto slash = text.find('/');
  const auto above = Rational::from_decimal(text.substr(0, slash));
  if (slash == std::string::npos || !above) return above;
  const auto below = Rational::from_decimal(text.substr(slash + 1));
  if (!below || below->is_zero()) return std::nullopt;
  return *above / *below;
}

bool is_truth(const std::string& text, bool truth) {
  return truth ? text == "t" || text == "true" || text == "1"
               : text == "f" || text == "false" || text == "0";
}

bool is_equal(const Json& expected, const std::string& cell) {
  if (expected.is_null() || expected.is_object()) return cell.empty();
  if (expected.is_boolean()) return is_truth(cell, expected.get<bool>());
  const std::string text = expected.is_string() ? expected.get<std::string>() : expected.dump();
  const auto number = number_of(text);
  return number ? number == number_of(cell) : text == cell;
}

// What the columns of the view are called, as the policy calls it.
Row names_of(bool chinese) {
  if (!chinese) return {{"total", "total"}, {"converted", "converted"}, {"rank", "rank"},
                        {"grade", "grade"}};
  return {{"total", "总分"}, {"converted", "换算"}, {"rank", "名次"}, {"grade", "等次"}};
}

// The values of a row of the sheet under the names of the view's columns.
std::vector<std::pair<std::string, Json>> columns_of(const Json& row, bool chinese) {
  std::vector<std::pair<std::string, Json>> columns;
  std::map<std::string, int> seen;
  const auto add = [&](const std::string& name, const Json& value) {
    const int number = ++seen[name];
    columns.emplace_back(number == 1 ? name : name + "." + std::to_string(number), value);
  };
  for (const auto& [path, value] : row["items"].items()) {
    add(path.substr(path.rfind('.') + 1), value);
  }
  if (row.contains("reports")) {
    for (const auto& [name, value] : row["reports"].items()) add(name, value);
  }
  for (const auto& [key, name] : names_of(chinese)) {
    if (row.contains(key)) add(name, row[key]);
  }
  return columns;
}

std::vector<Row> read_view(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const auto names = cells_of(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const auto cells = cells_of(line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) row[names[i]] = cells[i];
    if (!names.empty()) row["unit"] = cells.front();
    if (names.size() > 1 && cells.size() > 1) row["period"] = cells[1];
  }
  return rows;
}

struct Count {
  std::size_t equal = 0, different = 0;
  std::map<std::string, std::size_t> absent;  // columns that the view has not
};

void compare(const Json& expected, const Row& row, bool chinese, Count& count) {
  for (const auto& [name, value] : columns_of(expected, chinese)) {
    const auto cell = row.find(name);
    if (cell == row.end()) {
      ++count.absent[name];
    } else if (is_equal(value, cell->second)) {
      ++count.equal;
    } else if (++count.different <= 5) {
      std::fprintf(stderr, "  %s %s: %s is %s\n",
                   expected["unit"].get<std::string>().c_str(), name.c_str(),
                  value.dump().c_str(), cell->second.c_str());
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const bool chinese = std::string(argv[4]) == "zh";
  std::ifstream sheet(argv[1]);
  const Json all = Json::parse(sheet);
  const auto view = read_view(argv[3]);
  for (const Json& rubric : all["rubrics"]) {
    if (rubric["name"] != argv[2]) continue;
    Count count;
    std::size_t found = 0;
    for (const Json& row : rubric["units"]) {
      for (const Row& candidate : view) {
        if (candidate.at("unit") != row["unit"]) continue;
        if (row.contains("period") && candidate.at("period") != row["period"]) continue;
        ++found;
        compare(row, candidate, chinese, count);
      }
    }
    const bool whole = found == rubric["units"].size() && found == view.size();
    std::printf("%s: %zu units, %zu cells equal, %zu different, %zu columns left out\n", argv[2],
                found, count.equal, count.different, count.absent.size());
    for (const auto& [name, cells] : count.absent) std::printf("%s\n", name.c_str());
    return whole && found > 0 && count.equal > 0 && count.different == 0 ? 0 : 1;
  }
  return 1;
}

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

constexpr std::string_view kTablePage = "compiler/README.md";

// One row of the table: what a room may name.
struct Room {
  std::set<std::string> rooms;
  std::set<std::string> libraries;
};

// One `#include`.
struct Include {
  std::size_t line = 0;
  std::string target;
  bool quoted = false;
};

std::set<std::string> backticked(const std::string& cell) {
  static const std::regex kWord("`([^`]+)`");
  std::set<std::string> words;
  for (std::sregex_iterator it(cell.begin(), cell.end(), kWord), end; it != end; ++it) {
    words.insert((*it)[1].str());
  }
  return words;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::size_t from = 1;
  for (std::size_t bar = 0; (bar = line.find('|', from)) != std::string::npos; from = bar + 1) {
    cells.emplace_back(support::trim(std::string_view(line).substr(from, bar - from)));
  }
  return cells;
}

std::map<std::string, Room> read_table(const SourceTree& tree) {
  std::map<std::string, Room> table;
  for (const auto& file : tree.files) {
    if (file.path != kTablePage) continue;
    bool inside = false;
    for (const auto& line : support::split_lines(file.text)) {
      if (line.starts_with("| room | may include |")) inside = true;
      else if (!line.starts_with("|")) inside = false;
      const auto cells = cells_of(line);
      if (!inside || cells.size() < 3 || !cells[0].starts_with("`")) continue;
      for (const auto& room : backticked(cells[0])) {
        table[room] = {backticked(cells[1]), backticked(cells[2])};
      }
    }
  }
  return table;
}

// The row for a folder: its own, else that of the nearest folder above it.
std::string room_of(const std::map<std::string, Room>& table, std::string folder) {
  while (!folder.empty() && !table.contains(folder)) folder = folder_of(folder);
  return folder;
}

bool allows(const Room& room, const std::string& target) {
  return std::any_of(room.rooms.begin(), room.rooms.end(), [&target](const std::string& allowed) {
    return allowed == target ||
           (allowed.ends_with("/*") && target.starts_with(allowed.substr(0, allowed.size() - 1)));
  });
}

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> includes;
  const auto lines = support::split_lines(file.text);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    std::smatch match;
    if (std::regex_search(lines[k], match, kInclude)) {
      includes.push_back({k + 1, match[2].str(), match[1].str() == "\""});
    }
  }
  return includes;
}

// The foreign library a header belongs to; empty for the standard library.
std::string library_of(const std::string& header) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kLibraries{
      {{"antlr4", "antlr"},
       {"grammar/Xize", "antlr"},
       {"Xize", "antlr"},
       {"llvm", "llvm"},
       {"z3", "z3"},
       {"fmt/", "fmt"},
       {"nlohmann/", "json"},
       {"unicode/", "icu"},
       {"gmp", "gmp"},
       {"curl/", "curl"},
       {"oneapi/tbb", "tbb"},
       {"CLI/", "cli11"},
       {"doctest", "doctest"},
       {"xlsxwriter", "xlsxwriter"},
       {"sqlite3", "sqlite"},
       {"libpq", "pq"},
       {"expat", "expat"},
       {"minizip/", "minizip"}}};
  for (const auto& [prefix, library] : kLibraries) {
    if (header.starts_with(prefix)) return std::string(library);
  }
  return header.ends_with(".h") ? "posix" : "";
}

// The three that must stay behind their doors, whatever the table says.
std::string_view only_home(const std::string& library) {
  if (library == "antlr") return "compiler/syntax";
  if (library == "llvm") return "compiler/jit";
  if (library == "z3") return "compiler/smt";
  return "";
}

bool exists(const SourceTree& tree, const std::string& path) {
  return std::any_of(tree.files.begin(), tree.files.end(),
                     [&path](const SourceFile& file) { return file.path == path; });
}

std::string fault_of(const SourceTree& tree, const std::map<std::string, Room>& table,
                     const std::string& home, const Include& include) {
  const Room& room = table.at(home);
  if (include.quoted && exists(tree, include.target)) {
    const auto target = room_of(table, folder_of(include.target));
    if (target == home || allows(room, target.empty() ? folder_of(include.target) : target))
      return "";
    return "`" + home + "` may not include `" + include.target + "`";
  }
  const auto library = library_of(include.target);
  if (library.empty() || room.libraries.contains(library)) {
    const auto only = only_home(library);
    if (only.empty() || home == only) return "";
    return "`" + library + "` belongs to `" + std::string(only) + "` alone";
  }
  if (include.quoted && library == "posix") {
    return "`" + include.target + "` is not a path from the root of the project";
  }
  return "`" + home + "` may not use `" + library + "` (`" + include.target + "`)";
}

Verdict check_includes(const SourceTree& tree, const std::map<std::string, Room>& table) {
  Verdict verdict{"includes",
                  "an include the table does not allow turns the house upside down: "
                  "tools, tests → compiler → runtime (table in compiler/README.md)",
                  {},
                  {}};
  std::size_t count = 0;
  if (table.empty()) {
    verdict.findings.push_back(
        {std::string(kTablePage), 0, "has no table `| room | may include |`"});
  }
  for (const auto& file : tree.files) {
    if (!is_cpp(file.path) || table.empty()) continue;
    const auto home = room_of(table, folder_of(file.path));
    if (home.empty()) {
      verdict.findings.push_back({file.path, 0, "stands in a room that the table does not list"});
      continue;
    }
    for (const auto& include : includes_of(file)) {
      ++count;
      const auto fault = fault_of(tree, table, home, include);
      if (!fault.empty()) verdict.findings.push_back({file.path, include.line, fault});
    }
  }
  verdict.note = std::to_string(count) + " includes, " + std::to_string(table.size()) + " rooms";
  return verdict;
}

Verdict check_link_lines(const SourceTree& tree, const std::map<std::string, Room>& table) {
  Verdict verdict{"link lines",
                  "the link lines are the architecture: a room links what the table "
                  "lets it include, and nothing else",
                  {},
                  {}};
  static const std::regex kDeps(R"(xize_room\([^)]*\bDEPS\s+([^)A-Z]*))");
  for (const auto& file : tree.files) {
    if (!file.path.ends_with("CMakeLists.txt")) continue;
    const auto home = room_of(table, folder_of(file.path));
    std::smatch match;
    if (home.empty() || !std::regex_search(file.text, match, kDeps)) continue;
    for (const auto& dep : support::split_words(support::replace_all(match[1].str(), "\n", " "))) {
      if (dep == home || allows(table.at(home), dep)) continue;
      const auto at = static_cast<std::size_t>(match.position(1)) + match[1].str().find(dep);
      verdict.findings.push_back(
          {file.path, line_at(file.text, at), "`" + home + "` may not link `" + dep + "`"});
    }
  }
  return verdict;
}

// Depth-first over the includes; a file met again while it is open closes a cycle.
class CycleSearch {
 public:
  CycleSearch(const SourceTree& tree, Verdict& verdict) : verdict_(verdict) {
    for (const auto& file : tree.files) {
      if (is_cpp(file.path)) files_[file.path] = &file;
    }
  }
  void run() {
    for (const auto& [path, file] : files_) visit(path);
  }

 private:
  void visit(const std::string& path) {
    if (done_.contains(path)) return;
    open_.push_back(path);
    for (const auto& include : includes_of(*files_.at(path))) {
      if (!files_.contains(include.target)) continue;
      const auto met = std::find(open_.begin(), open_.end(), include.target);
      if (met == open_.end()) {
        visit(include.target);
        continue;
      }
      std::string cycle;
      for (auto step = met; step != open_.end(); ++step) cycle += *step + " → ";
      verdict_.findings.push_back({path, include.line, cycle + include.target});
    }
    open_.pop_back();
    done_.insert(path);
  }

  Verdict& verdict_;
  std::map<std::string, const SourceFile*> files_;
  std::vector<std::string> open_;
  std::set<std::string> done_;
};

}  // namespace

std::vector<Verdict> check_layering(const SourceTree& tree) {
  const auto table = read_table(tree);
  Verdict cycles{"cycles", "headers that include each other cannot be read one at a time", {}, {}};
  CycleSearch(tree, cycles).run();
  return {check_includes(tree, table), check_link_lines(tree, table), cycles};
}

}  // namespace xize::tidy

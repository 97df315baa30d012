#include <algorithm>
#include <array>
#include <map>

#include "tests/tidy/functions.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

// A name that a file keeps for itself, in an unnamed namespace.
struct OwnName {
  std::string name;
  std::string path;
  std::size_t line = 0;
};

// A name that several files of a room may define.
struct Allowed {
  std::string_view room;
  std::string_view name;
};

// The printers of the formatter find the children of a node by overload, on purpose: each file
// adds the overloads of its nodes.
constexpr std::array<Allowed, 1> kAllowed{{{"compiler/format", "for_each_child"}}};

bool is_allowed(std::string_view room, std::string_view name) {
  return std::any_of(kAllowed.begin(), kAllowed.end(), [room, name](const Allowed& allowed) {
    return allowed.room == room && allowed.name == name;
  });
}

bool is_checked(std::string_view path) {
  return path.ends_with(".cpp") && (path.starts_with("compiler/") || path.starts_with("runtime/") ||
                                    path.starts_with("tools/cli/"));
}

// The nearest folder that has a `CMakeLists.txt`; its files are compiled together.
std::string room_of(const SourceTree& tree, std::string folder) {
  const auto has_list = [&tree](const std::string& list) {
    return std::any_of(tree.files.begin(), tree.files.end(),
                       [&list](const SourceFile& file) { return file.path == list; });
  };
  while (!folder.empty() && !has_list(folder + "/CMakeLists.txt")) folder = folder_of(folder);
  return folder;
}

// Without methods and operators: both are told apart by a type, and its name is checked.
std::vector<OwnName> own_names(const SourceFile& file) {
  std::vector<OwnName> names;
  const auto found = find_definitions(file.code);
  for (const auto& function : found.functions) {
    const bool is_plain = function.name.find("::") == std::string::npos &&
                          !function.name.starts_with("operator");
    if (function.is_unnamed && is_plain) {
      names.push_back({function.name, file.path, function.first_line});
    }
  }
  for (const auto& type : found.types) {
    if (type.is_unnamed) names.push_back({type.name, file.path, type.line});
  }
  for (const auto& constant : found.constants) {
    names.push_back({constant.name, file.path, constant.line});
  }
  return names;
}

}  // namespace

std::vector<Verdict> check_room_names(const SourceTree& tree) {
  Verdict verdict{"names in rooms",
                  "files of a room are compiled in batches: a call could silently reach the "
                  "function of another file; share the code in a header, or tell the two apart",
                  {},
                  {}};
  std::map<std::string, std::map<std::string, OwnName>> rooms;  // each name where it is first
  std::size_t count = 0;
  for (const auto& file : tree.files) {
    if (!is_checked(file.path)) continue;
    const auto room = room_of(tree, folder_of(file.path));
    for (const auto& own : own_names(file)) {
      const auto& first = rooms[room].try_emplace(own.name, own).first->second;
      ++count;
      if (first.path == own.path || is_allowed(room, own.name)) continue;
      verdict.findings.push_back({own.path, own.line,
                                  "`" + own.name + "` is also defined in " + first.path + ":" +
                                      std::to_string(first.line) + ", of the same room"});
    }
  }
  verdict.note = std::to_string(count) + " names of single files, " + std::to_string(rooms.size()) +
                 " rooms";
  return {verdict};
}

}  // namespace xize::tidy

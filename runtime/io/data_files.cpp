#include "runtime/io/data_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "runtime/io/name_match.h"

namespace xize::io {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kTextExtensions = {".csv", ".tsv", ".txt"};
// Told to the user, since the data may be waiting in them unread.
constexpr std::array<std::string_view, 5> kSheetExtensions = {".xlsx", ".xls", ".xlsm", ".et",
                                                              ".ods"};

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return extension;
}

template <class List>
bool holds(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_hidden(const std::string& name) {
  return name.empty() || name.front() == '.' || name.front() == '~';
}

// Gives files to tables and reports what does not fit.
class FileFinder {
 public:
  FileFinder(const table::DataSchema& schema, ProblemLog& problems)
      : schema_(schema), problems_(problems) {
    files_.records.resize(schema.records.size());
  }

  DataFiles run(std::span<const std::string> paths) {
    for (const auto& path : paths) take_path(path);
    take_single_file();
    for (const auto& path : strays_) report_stray(path, Severity::Error);
    if (!empty_folder_) report_missing();
    return std::move(files_);
  }

 private:
  void take_path(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      take_folder(path);
    } else if (const auto table = find_table(path)) {
      take_file(path, *table);
    } else {
      strays_.push_back(path);
    }
  }

  void take_folder(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> found;
    auto it = fs::directory_iterator(folder, error);
    for (; !error && it != fs::directory_iterator(); it.increment(error)) {
      if (!is_hidden(it->path().filename().string())) found.push_back(it->path().string());
    }
    if (error) return report_folder(folder, error);
    std::sort(found.begin(), found.end());
    const auto met = std::count_if(found.begin(), found.end(),
                                   [this](const auto& path) { return take_found(path); });
    if (met > 0) return;
    problems_.add({ProblemKind::EmptyFolder, Severity::Error, folder});
    empty_folder_ = true;
  }

  // A file met in a folder, which may be anything; false for one that holds no data.
  bool take_found(const std::string& path) {
    const std::string extension = lower_extension(path);
    const auto table = find_table(path);
    if (holds(kTextExtensions, extension) && table) {
      take_file(path, *table);
    } else if (holds(kTextExtensions, extension)) {
      report_stray(path, Severity::Note);
    } else if (holds(kSheetExtensions, extension)) {
      report_unread(ProblemKind::IsSpreadsheet, path, table);
    } else if (table && !extension.empty()) {
      report_unread(ProblemKind::UnknownFormat, path, table);
    } else {
      return false;
    }
    return true;
  }

  void take_file(const std::string& path, std::uint32_t table) {
    const std::vector<std::string> taken = paths_of(table);
    std::error_code error;
    for (const std::string& other : taken) {
      if (fs::equivalent(other, path, error)) return;
    }
    const bool of_units = table == kUnitTable;
    const bool several = !of_units && schema_.records[table - 1].file_optional;
    if (!taken.empty() && !several) {
      problems_.add(doubled_file(path, table, taken.front()));
    } else if (of_units) {
      files_.units = path;
    } else {
      files_.records[table - 1].push_back({path});
    }
  }

  [[nodiscard]] std::vector<std::string> paths_of(std::uint32_t table) const {
    std::vector<std::string> paths;
    if (table == kUnitTable && files_.units) paths.push_back(*files_.units);
    if (table == kUnitTable) return paths;
    for (const RecordFile& file : files_.records[table - 1]) paths.push_back(file.path);
    return paths;
  }

  // One file that fits no name, and no unit table yet: it is the unit table.
  void take_single_file() {
    if (strays_.size() != 1 || files_.units) return;
    files_.units = std::move(strays_.front());
    strays_.clear();
  }

  [[nodiscard]] std::optional<std::uint32_t> find_table(const fs::path& path) const {
    const std::string stem = fold_name(path.stem().string());
    if (stem == fold_name(schema_.units.name)) return kUnitTable;
    for (std::size_t i = 0; i < schema_.records.size(); ++i) {
      if (stem == fold_name(schema_.records[i].name)) return static_cast<std::uint32_t>(i + 1);
    }
    return std::nullopt;
  }

  void report_folder(const std::string& folder, const std::error_code& error) {
    const bool denied = error == std::errc::permission_denied;
    DataProblem problem{denied ? ProblemKind::NoPermission : ProblemKind::ReadFailed,
                        Severity::Error, folder};
    problem.text = error.message();
    problems_.add(std::move(problem));
  }

  void report_stray(const std::string& path, Severity severity) {
    std::error_code error;
    const bool exists = fs::exists(path, error);
    DataProblem problem{exists ? ProblemKind::UnknownFile : ProblemKind::NotFound, severity, path};
    std::vector<std::string> names{schema_.units.name};
    for (const auto& records : schema_.records) names.push_back(records.name);
    const std::string stem = fold_name(fs::path(path).stem().string());
    problem.nearest = nearest_name(stem, names);
    stray_stems_.push_back(stem);
    problems_.add(std::move(problem));
  }

  // A spreadsheet named like a table is the reason why the table has no file.
  void report_unread(ProblemKind kind, const std::string& path,
                     std::optional<std::uint32_t> table) {
    DataProblem problem{kind, Severity::Note, path};
    problem.text = lower_extension(path);
    problem.table = table.value_or(kNoTable);
    problems_.add(std::move(problem));
  }

  void report_missing() {
    if (!files_.units) report_missing_table(kUnitTable, schema_.units);
    for (std::size_t i = 0; i < schema_.records.size(); ++i) {
      if (!files_.records[i].empty() || schema_.records[i].file_optional) continue;
      report_missing_table(static_cast<std::uint32_t>(i + 1), schema_.records[i]);
    }
  }

  void report_missing_table(std::uint32_t number, const table::TableSchema& table) {
    DataProblem problem{ProblemKind::MissingFile, Severity::Error, table.name + ".csv"};
    problem.table = number;
    problem.nearest = nearest_name(fold_name(table.name), stray_stems_);
    problems_.add(std::move(problem));
  }

  const table::DataSchema& schema_;
  ProblemLog& problems_;
  DataFiles files_;
  std::vector<std::string> strays_;       // named by the user, of no table
  std::vector<std::string> stray_stems_;  // reported
  bool empty_folder_ = false;             // reported, and every table lacks its file
};

}  // namespace

DataProblem doubled_file(const std::string& path, std::uint32_t table, const std::string& other) {
  DataProblem problem{ProblemKind::DoubledFile, Severity::Error, path};
  problem.table = table;
  problem.text = other;
  return problem;
}

FileLine file_line(const DataFiles& files, std::uint32_t table, std::uint64_t line) {
  const auto& of_table = files.records[table];
  const std::size_t at = static_cast<std::size_t>(line / kLinesOfFile);
  return {at < of_table.size() ? of_table[at].path : std::string(), line % kLinesOfFile};
}

DataFiles find_data_files(std::span<const std::string> paths, const table::DataSchema& schema,
                          ProblemLog& problems) {
  return FileFinder(schema, problems).run(paths);
}

}  // namespace xize::io

#include "runtime/io/data_problem.h"

#include <numeric>
#include <utility>

namespace xize::io {
namespace {

constexpr std::array<std::string_view, kProblemKindCount> kKindNames = {"NotFound",
                                                                        "NoPermission",
                                                                        "IsFolder",
                                                                        "NotRegularFile",
                                                                        "ReadFailed",
                                                                        "FileChanged",
                                                                        "EmptyFile",
                                                                        "EmptyFolder",
                                                                        "IsSpreadsheet",
                                                                        "NotText",
                                                                        "UnknownEncoding",
                                                                        "MissingFile",
                                                                        "UnknownFile",
                                                                        "UnknownFormat",
                                                                        "DoubledFile",
                                                                        "NoRows",
                                                                        "NoHeader",
                                                                        "UnknownColumn",
                                                                        "MissingColumn",
                                                                        "DoubledColumn",
                                                                        "AmbiguousColumn",
                                                                        "UnnamedColumn",
                                                                        "RaggedRow",
                                                                        "UnclosedQuote",
                                                                        "StrayQuote",
                                                                        "TooLong",
                                                                        "TooManyColumns",
                                                                        "DamagedText",
                                                                        "BlankCell",
                                                                        "NotANumber",
                                                                        "BadGrouping",
                                                                        "ScientificNumber",
                                                                        "NotAnInteger",
                                                                        "NegativeNumber",
                                                                        "PercentNotExpected",
                                                                        "UnitNotExpected",
                                                                        "TooManyDigits",
                                                                        "OffStep",
                                                                        "OutOfRange",
                                                                        "NotABool",
                                                                        "NotADate",
                                                                        "NotAMonth",
                                                                        "ImpossibleDate",
                                                                        "NotAChoice",
                                                                        "NotApplicableNotExpected",
                                                                        "SpreadsheetError",
                                                                        "BlankUnit",
                                                                        "UnknownUnit",
                                                                        "DoubledUnit",
                                                                        "UnknownPeriod",
                                                                        "MissingPeriod",
                                                                        "DoubledKey"};
static_assert(!kKindNames.back().empty());

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; }

}  // namespace

const table::TableSchema* find_table(const table::DataSchema& schema, const DataProblem& problem) {
  if (problem.table == kUnitTable) return &schema.units;
  const std::size_t index = problem.table - std::size_t{1};
  return index < schema.records.size() ? &schema.records[index] : nullptr;
}

const table::ColumnSchema* find_column(const table::DataSchema& schema,
                                       const DataProblem& problem) {
  const auto* table = find_table(schema, problem);
  if (table == nullptr || problem.column >= table->columns.size()) return nullptr;
  return &table->columns[problem.column];
}

std::string_view kind_name(ProblemKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::string shorten(std::string_view text) {
  std::string out;
  std::size_t code_points = 0;
  for (const char c : text) {
    if (!is_continuation(c) && code_points++ == kShownCodePointsMax) return out + "…";
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    out.push_back(control ? ' ' : c);
  }
  return out;
}

void ProblemLog::add(DataProblem problem) {
  ++by_severity_[static_cast<std::size_t>(problem.severity)];
  ++by_kind_[static_cast<std::size_t>(problem.kind)];
  if (kept_.size() < kKeptMax) kept_.push_back(std::move(problem));
}

std::uint64_t ProblemLog::total() const {
  return std::accumulate(by_severity_.begin(), by_severity_.end(), std::uint64_t{0});
}

}  // namespace xize::io

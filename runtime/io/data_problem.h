// data_problem: everything that can be wrong with data files, as values.
// In: readers log problems. Out: the driver words them (two languages) and decides the exit status.
// Must hold: a reader never stops at a problem that leaves the rest readable; nothing is corrected
// without a problem saying so; texts and files in a problem are shortened copies.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/table/schema.h"

namespace xize::io {

// What is wrong. The comment names the fields that a kind fills beside `file` and `line`.
enum class ProblemKind : std::uint8_t {
  // The file as a whole.
  NotFound,  // text: the path as given
  NoPermission,
  IsFolder,         // a folder where a file was expected
  NotRegularFile,   // a pipe, device or socket
  ReadFailed,       // text: what the system said
  FileChanged,      // grew, shrank or was rewritten while it was read; other: bytes read
  EmptyFile,        // no bytes, or only blanks and comments
  EmptyFolder,      // no file in it that could hold a table
  IsSpreadsheet,    // an .xlsx or .xls, by its first bytes
  NotText,          // binary data; offset
  UnknownEncoding,  // neither UTF-8 nor GB18030; offset of the first byte that fits neither
  MissingFile,      // a table has no file: table; nearest: a file that nearly fits
  UnknownFile,      // a file that belongs to no table; nearest: a table
  UnknownFormat,    // named like a table, but of no kind that is read: table, text: `.json`
  DoubledFile,      // a second file for the same table: table, text: the first file
  NoRows,           // a header, but no row: table; for records only said
  // The header.
  NoHeader,         // not one column of the table is recognised; text: the line
  UnknownColumn,    // cell, text, nearest
  MissingColumn,    // column; nearest and cell: an unknown header that was probably meant
  DoubledColumn,    // cell, column, text; other: the cell of the first
  AmbiguousColumn,  // cell, text: a header that is the alias of several columns
  UnnamedColumn,    // cell: data under a blank header
  // The form of a row.
  RaggedRow,       // expected, found: numbers of cells
  UnclosedQuote,   // line and cell where the quote opened
  StrayQuote,      // cell, text: a quote inside a bare cell, or text behind a closing quote
  TooLong,         // cell: a cell beyond kCellBytesMax, or a row beyond kRowBytesMax
  TooManyColumns,  // a row of more than kRowCellsMax cells
  DamagedText,     // cell, text, offset: bytes that are no text in the file's encoding
  // A cell against its column: cell, column, unit, text.
  BlankCell,
  NotANumber,
  BadGrouping,       // separators not at thousands: `1,23`
  ScientificNumber,  // `1.23E+11`, digits lost
  NotAnInteger,
  NegativeNumber,
  PercentNotExpected,  // `85%` in a column that is no ratio
  UnitNotExpected,     // `3天` in a column of 件
  TooManyDigits,
  OffStep,
  OutOfRange,
  NotABool,
  NotADate,
  NotAMonth,
  ImpossibleDate,  // `2023-02-30`
  NotAChoice,      // nearest
  NotApplicableNotExpected,
  SpreadsheetError,  // #REF!, #DIV/0!, ####
  // Whose row it is.
  BlankUnit,
  UnknownUnit,    // unit, nearest
  DoubledUnit,    // unit; other: the line of the first
  UnknownPeriod,  // unit, text
  MissingPeriod,  // unit, text: the period; the unit has rows, but none for this period
  DoubledKey,     // unit, text: the key; other: the line of the first
};
inline constexpr std::size_t kProblemKindCount =
    static_cast<std::size_t>(ProblemKind::DoubledKey) + 1;

// Error: the run does not end in success. Warning: worth a look. Note: only said.
enum class Severity : std::uint8_t { Error, Warning, Note };

inline constexpr std::uint32_t kUnitTable = 0;  // DataProblem::table of the unit table
inline constexpr std::uint32_t kNoTable = 0xffffffffu;
inline constexpr std::uint64_t kNoOffset = ~std::uint64_t{0};

// One problem. `table` is 0 for the unit table and i + 1 for records[i]; with `column` it leads to
// the ColumnSchema, and so to what was expected.
struct DataProblem {
  ProblemKind kind = ProblemKind::NotFound;
  Severity severity = Severity::Error;
  std::string file;
  std::uint64_t line = 0;  // physical and 1-based; 0: the file as a whole
  std::uint32_t cell = 0;  // 1-based place in the line; 0: the whole line
  std::uint32_t table = kNoTable;
  std::uint32_t column = table::kNoColumn;
  std::string column_name = {};  // as the file's header or else the schema has it
  std::string unit = {};         // whose row, where known
  std::string text = {};         // the offending text, shortened
  std::string nearest = {};      // a candidate for did-you-mean
  std::uint64_t other = 0;
  std::uint64_t offset = kNoOffset;  // a byte of the file
  std::uint64_t expected = 0;
  std::uint64_t found = 0;
};

// The schema of the table or column a problem is about; null where it is about none.
const table::TableSchema* find_table(const table::DataSchema& schema, const DataProblem& problem);
const table::ColumnSchema* find_column(const table::DataSchema& schema, const DataProblem& problem);

// The stable name of a kind, as in the enumeration: `UnknownColumn`.
std::string_view kind_name(ProblemKind kind);

// At most `kShownCodePointsMax` code points on one line, line ends and tabs as blanks, with `…`.
inline constexpr std::size_t kShownCodePointsMax = 40;
std::string shorten(std::string_view text);

// Collects the problems of a run: the first kKeptMax are kept, all are counted.
class ProblemLog {
 public:
  static constexpr std::size_t kKeptMax = 1000;

  void add(DataProblem problem);

  [[nodiscard]] const std::vector<DataProblem>& kept() const { return kept_; }
  [[nodiscard]] std::uint64_t count(Severity severity) const {
    return by_severity_[static_cast<std::size_t>(severity)];
  }
  [[nodiscard]] std::uint64_t count(ProblemKind kind) const {
    return by_kind_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] bool has_errors() const { return count(Severity::Error) > 0; }

 private:
  std::vector<DataProblem> kept_;
  std::array<std::uint64_t, 3> by_severity_{};
  std::array<std::uint64_t, kProblemKindCount> by_kind_{};
};

}  // namespace xize::io

// csv_reader: one CSV file to typed rows, by the schema of its table.
// In: bytes. Out: a TypedRow for each row, problems into the log, a report on the file.
// The stages: bytes → text_decoder → preamble (comment lines, `sep=`, the header row) →
// csv_scanner → csv_header → cell_reader.
// Must hold: reading goes on behind every problem that leaves the next row recognisable; rows and
// problems do not depend on how the bytes were cut; memory is bounded by the limits of the stages,
// beside the text that needed columns intern.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "runtime/base/string_pool.h"
#include "runtime/io/byte_source.h"
#include "runtime/io/csv_header.h"
#include "runtime/io/data_problem.h"
#include "runtime/io/text_decoder.h"
#include "runtime/io/unit_names.h"
#include "runtime/table/schema.h"
#include "runtime/value/value.h"

namespace xize::io {

inline constexpr std::size_t kChunkBytes = 1 << 18;
inline constexpr std::size_t kPreambleBytesMax = 1 << 20;

// One row as read; everything in it lives during the call.
struct TypedRow {
  std::uint64_t line = 0;
  std::string_view unit;                // own name of the unit; empty if the cell has none
  std::span<const value::Value> cells;  // by column of the schema; a bad one is Fault{BadCell}
  std::span<const std::string> keys;    // by key of the schema; empty where a cell of it is bad
  bool faulty = false;                  // some cell of it is bad
  bool ragged = false;                  // too few or too many cells, none of which was read
};

// Where the columns stand in a file.
struct FileForm {
  const CsvHeader& header;
  std::span<const std::string> header_names;
  char delimiter = ',';
};

class PlainRows;    // plain_rows.h
struct PlainPiece;

// Takes the rows of one file in their order.
class TypedRowHandler {
 public:
  virtual ~TypedRowHandler() = default;
  virtual void take(const TypedRow& row) = 0;
  // Asked once, when the header is known: who reads rows of plain text by himself; null: nobody.
  virtual PlainRows* plain_rows(const FileForm&) { return nullptr; }
  // What he read of a piece, up to a line; rows that he did not read come through `take` between.
  virtual void take_plain(PlainPiece&, std::uint64_t /*before_line*/) {}
};

// What a file is read with: the table, its number in problems, and what the run shares.
struct CsvContext {
  const table::TableSchema& table;
  std::uint32_t table_number;
  base::StringPool& pool;
  const UnitNames& names;
  ProblemLog& problems;
};

// How a file was read.
struct FileReport {
  std::string file;
  std::uint32_t table = kNoTable;
  Encoding encoding = Encoding::Ascii;
  char delimiter = ',';
  std::uint64_t rows = 0;
  std::uint64_t late_rows = 0;  // of these: after the cutoff, and left out
  bool complete = false;  // read to its end with a usable header; else rows may be wanting
};

// Reads the file to its end, or to where nothing more can be made of it; problems name it `file`.
FileReport read_csv(ByteSource& bytes, const std::string& file, const CsvContext& context,
                    TypedRowHandler& handler);

}  // namespace xize::io

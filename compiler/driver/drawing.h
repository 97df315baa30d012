// drawing: the rows of one sample. Private to this room; sampling.h is the door.
// In: the data of a draw, opened. Out: lists, and what stood in lists written before.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/sampling.h"
#include "runtime/table/table.h"

namespace xize::driver {

// Everything a draw is made of. The schema of a list is relaxed: it may not be filled in yet.
struct Draw {
  Draw(const Compilation& c, const SamplingRequest& r, diagnostics::Sink& s)
      : compilation(c), request(r), sink(s) {}

  const Compilation& compilation;
  const SamplingRequest& request;
  diagnostics::Sink& sink;
  lower::Lowered lowered;
  io::DataSet data;
  std::vector<std::optional<table::Table>> records;  // by records table; those drawn from
  engine::Outcome outcome;                           // its selections: what may be drawn
  std::uint32_t period = 0;
  std::string period_text;

  [[nodiscard]] const sema::Source& sample(std::size_t list) const {
    return compilation.model().sources[lowered.samples[list]];
  }
  [[nodiscard]] const table::TableSchema& schema(sema::TableId table) const {
    return lowered.program.schema.records[table.index - 1];
  }
  // The records that a list is drawn from.
  [[nodiscard]] const table::TableSchema& source_schema(std::size_t list) const {
    return schema(compilation.model().sources[sample(list).drawn_from].table);
  }
};

// A row of a list by its unit and the texts of its key cells, one a line.
using RowName = std::pair<std::string, std::string>;
// When a row stood in earlier lists: the last of them, and in how many.
struct Earlier {
  std::uint32_t last = 0;
  std::uint32_t times = 0;
};

// The columns that tell the rows of the records apart: the key, else what they are drawn by.
std::vector<std::uint32_t> key_columns(const Draw& draw, std::size_t list);
// Of these, what names the same thing in every month: all but the month, where each month is drawn
// apart.
std::vector<std::uint32_t> lasting_columns(const Draw& draw, std::size_t list);
// The rows of a file that was written for this sample, named by columns of the records; problems of
// the file are reported.
std::vector<RowName> read_list(Draw& draw, std::size_t list, const std::string& path,
                               const std::vector<std::uint32_t>& columns);
// Draws; numbers that are no counts and rows that cannot be decided are reported.
SampleList draw_list(const Draw& draw, std::size_t list, std::map<RowName, Earlier> earlier);

}  // namespace xize::driver

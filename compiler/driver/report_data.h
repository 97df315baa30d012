// Problems of data files and of output, worded as diagnostics.
// In: the values that runtime/io hands up. Out: one diagnostic for each, with what was expected
// taken from the schema.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "runtime/io/atomic_file.h"
#include "runtime/io/data_problem.h"
#include "runtime/io/new_files.h"
#include "runtime/table/schema.h"

namespace xize::driver {

// Reports every problem that the log has kept.
void report_data_problems(diagnostics::Sink& sink, const io::ProblemLog& log,
                          const table::DataSchema& schema);

// Reports why a result could not be written. Nothing for a reader that has gone, as in `| head`.
void report_write_fault(diagnostics::Sink& sink, const io::WriteFault& fault);

// Reports why new files could not be written.
void report_write_fault(diagnostics::Sink& sink,
                        const std::variant<io::ExistsAlready, io::WriteFault>& fault);

// What a column wants, in words: `a whole number, 0 or more`.
diagnostics::Term expected_term(const table::ColumnSchema& column);

// What a range allows, in words: `a value in [0, 10]`.
diagnostics::Term range_term(const table::Range& range);

}  // namespace xize::driver

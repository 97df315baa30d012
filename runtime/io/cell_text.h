// cell_text: a value as it would stand in a cell.
// In: a value and the pool of its texts. Out: UTF-8 that a column of its type reads back as equal.
#pragma once

#include <string>
#include <variant>

#include "runtime/base/string_pool.h"
#include "runtime/table/schema.h"
#include "runtime/value/value.h"

namespace xize::io {

// Whether the cell could not be read.
inline bool is_bad(const value::Value& v) { return std::holds_alternative<value::Fault>(v); }

// `2023-11`, `是`, `12.5`, `不涉及`; blank for Missing, Pending and faults. A number without a
// finite decimal is a fraction, which no cell reads: round it first.
std::string cell_text(const value::Value& v, const base::StringPool& pool);
// The same for a cell of a column of periods, by its first month: `2023`, `2023H1`, `2023Q1` or
// `2023-11`.
std::string cell_text(const value::Value& v, const table::ColumnSchema& column,
                      const base::StringPool& pool);

}  // namespace xize::io

// Rows of tiers, cases, ranks, levels and tables: a test and what it gives. Columns of a table.
// In: rows of the tree. Out: a block on the page, or one test.
#pragma once

#include <vector>

#include "compiler/format/page.h"

namespace xize::format {

// What the right side of a row is: points, where a literal needs no unit, or any value.
enum class RowUse : std::uint8_t { Points, Values };

void put_rows_in_line(Page& page, const std::vector<ast::Row>& rows);
void print_rows(Page& page, const std::vector<ast::Row>& rows, RowUse use);
// `points`: a bare literal is a number of points (in grades).
void print_row_test(Page& page, const ast::RowTest& test, bool points);
void print_row_result(Page& page, const ast::RowResult& result, RowUse use);
// The block of columns behind the head of a table or a sample, their types below one another.
void print_columns(Page& page, const std::vector<ast::EntryId>& columns);
// `=>` or 得, with its blanks.
void print_gets(Page& page);

}  // namespace xize::format

#include "runtime/columns/table_builder.h"

#include <memory>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/columns/block_builder.h"

namespace xize::columns {
namespace {

using table::ColumnType;
using value::Rational;
using value::Value;

table::TableSchema schema() {
  table::TableSchema schema;
  schema.columns = {table::unit_column("名称"),
                    table::number_column("数", table::NumberKind::Plain),
                    table::typed_column("日", ColumnType::Date),
                    table::typed_column("是否", ColumnType::Bool),
                    table::typed_column("月", ColumnType::Month),
                    table::typed_column("文", ColumnType::Text)};
  schema.unit_column = 0;
  return schema;
}

const std::vector<bool> kWanted = {false, true, true, true, true, true};

// Numbers of few decimals, then of many, of none, beyond 64 bits, and without an end.
Value number(std::uint32_t row) {
  if (row % 97 == 0) return value::Missing{};
  if (row % 101 == 0) return value::NotApplicable{};
  if (row % 103 == 0) return value::Pending{};
  if (row % 107 == 0) return value::Fault{value::FaultKind::BadCell, 0};
  if (row > 5000 && row % 113 == 0) return Rational(1, 3);
  if (row > 6000 && row % 127 == 0) return *Rational::from_decimal("123456789012345678901234.5");
  if (row > 7000 && row % 131 == 0) return Rational(INT64_MAX);
  const auto n = static_cast<std::int64_t>(row) - 2000;
  if (row > 4000) return Rational(n);
  return Rational(n, row < 1500 ? 10 : 1000);
}

std::vector<Value> cells_of(std::uint32_t row) {
  const auto n = static_cast<std::int32_t>(row);
  return {value::Missing{}, number(row), value::Date{n}, row % 3 == 0, value::Month{n / 7},
          value::Text{row % 50}};
}

// So many rows, as readers fill a block.
std::shared_ptr<const Block> block_of(const table::TableSchema& schema, std::uint32_t first,
                                      std::uint32_t size) {
  auto block = std::make_shared<Block>(schema, kWanted);
  block->size = size;
  for (std::uint32_t r = 0; r < size; ++r) {
    const auto cells = cells_of(first + r);
    block->units[r] = first + r;
    block->periods[r] = r % 2;
    block->lines[r] = first + r + 2;
    for (std::size_t i = 1; i < cells.size(); ++i) put(block->columns[i], r, cells[i]);
  }
  return block;
}

std::shared_ptr<const Block> packed_copy(const Block& block) {
  auto packed = std::make_shared<Block>();
  packed->pack(block);
  return packed;
}

void check(const table::Table& table, std::uint32_t count) {
  REQUIRE(table.row_count() == count);
  std::uint32_t wrong = 0;
  for (std::uint32_t row = 0; row < count; ++row) {
    const auto cells = cells_of(row);
    for (std::size_t i = 0; i < cells.size(); ++i) wrong += table.at(row, i) == cells[i] ? 0 : 1;
    wrong += table.unit(row) == row && table.line(row) == row + 2 ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("table builder: rows one by one") {
  const auto table = schema();
  TableBuilder builder(table, kWanted);
  constexpr std::uint32_t kCount = 9000;
  for (std::uint32_t row = 0; row < kCount; ++row) {
    builder.add({row, 0, row + 2, cells_of(row)});
  }
  check(builder.finish(), kCount);
}

TEST_CASE("table builder: blocks of any size, some rows left out, and rows between") {
  const auto table = schema();
  for (const std::uint32_t size : {1u, 7u, 1000u, 1023u, 1024u}) {
    TableBuilder builder(table, kWanted);
    std::uint32_t row = 0;
    while (row < 9000) {
      std::shared_ptr<const Block> block = block_of(table, row, size);
      if (row % 3 == 0) block = packed_copy(*block);
      const std::uint32_t half = size / 2;
      builder.add(block, 0, half);
      builder.add(block, half, size);
      row += size;
      builder.add({row, 0, row + 2, cells_of(row)});
      ++row;
    }
    check(builder.finish(), row);
  }
}

TEST_CASE("table builder: no rows") {
  const auto table = schema();
  CHECK(TableBuilder(table, kWanted).finish().row_count() == 0);
}

}  // namespace
}  // namespace xize::columns

// Feeds bytes to the CSV reader, whole and cut into small chunks. Must hold: it never crashes, and
// rows and problems do not depend on how the bytes were cut.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "runtime/io/csv_reader.h"
#include "runtime/table/schema.h"

namespace {

using namespace xize;  // NOLINT: a program of one file

table::TableSchema schema_of_every_type() {
  table::TableSchema schema;
  schema.name = "部门";
  schema.columns = {table::unit_column("名称"),
                    table::count_column("事项总数", "事项"),
                    table::number_column("满意率", table::NumberKind::Ratio),
                    table::number_column("经费", table::NumberKind::Money),
                    table::typed_column("达标", table::ColumnType::Bool),
                    table::typed_column("日期", table::ColumnType::Date),
                    table::typed_column("月份", table::ColumnType::Month),
                    table::typed_column("备注", table::ColumnType::Text),
                    table::choice_column("等次", {"优秀", "良好", "一般"})};
  schema.unit_column = 0;
  schema.keys = {{0}};
  schema.is_unit_table = true;
  return schema;
}

// What one reading gave: enough to see whether two differ.
class Rows : public io::TypedRowHandler {
 public:
  void take(const io::TypedRow& row) override {
    seen += std::to_string(row.line) + (row.faulty ? "f" : "") + (row.ragged ? "r" : "") +
            std::string(row.unit) + "\n";
  }
  std::string seen;
};

std::string read(const std::string& text, std::size_t chunk_bytes) {
  static const table::TableSchema kSchema = schema_of_every_type();
  base::StringPool pool;
  const io::UnitNames names;
  io::ProblemLog problems;
  Rows rows;
  const auto bytes = io::open_text(text, chunk_bytes);
  const auto report =
      io::read_csv(*bytes, "fuzz.csv", {kSchema, io::kUnitTable, pool, names, problems}, rows);
  return rows.seen + std::to_string(report.rows) + (report.complete ? " complete" : " partial");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t chunk_bytes = 1 + data[0] % 31;
  if (read(text, 1 << 16) != read(text, chunk_bytes)) std::abort();
  return 0;
}

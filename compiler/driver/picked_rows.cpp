#include "compiler/driver/picked_rows.h"

namespace xize::driver {
namespace {

class Picker final : public table::RowSink {
 public:
  explicit Picker(const std::set<std::uint64_t>& lines) : lines_(lines) {}

  void add(const table::RowView& row) override {
    if (lines_.contains(row.line)) rows_[row.line].assign(row.cells.begin(), row.cells.end());
  }
  RowsByLine take() { return std::move(rows_); }

 private:
  const std::set<std::uint64_t>& lines_;
  RowsByLine rows_;
};

}  // namespace

RowsByLine pick_rows(const io::DataSet& data, std::uint32_t table,
                     const std::set<std::uint64_t>& lines) {
  if (lines.empty()) return {};
  io::DataSet again = data;
  again.problems = {};
  Picker picker(lines);
  io::read_records(again, table, &picker);
  return picker.take();
}

}  // namespace xize::driver

#include "compiler/driver/drawn_rows.h"

#include <algorithm>
#include <map>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/driver/sampling.h"
#include "runtime/io/cell_text.h"

namespace xize::driver {
namespace {

using diagnostics::InData;
namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

// The names of rows, `unit` and key cells.
class RowNames final : public table::RowSink {
 public:
  RowNames(const io::DataSet& data, std::vector<std::uint32_t> key)
      : data_(data), key_(std::move(key)) {}

  void add(const table::RowView& row) override {
    std::string name = data_.units.unit_name(row.unit);
    for (const std::uint32_t column : key_) {
      name += ' ' + io::cell_text(row.cells[column], *data_.pool);
    }
    lines_.emplace(std::move(name), row.line);
  }
  [[nodiscard]] const std::map<std::string, std::uint64_t>& lines() const { return lines_; }

 private:
  const io::DataSet& data_;
  std::vector<std::uint32_t> key_;
  std::map<std::string, std::uint64_t> lines_;
};

std::map<std::string, std::uint64_t> names_in(const io::DataSet& data, std::uint16_t table,
                                              std::vector<std::uint32_t> key) {
  io::DataSet again = data;
  again.problems = {};
  RowNames names(again, std::move(key));
  io::read_records(again, table, &names);
  return names.lines();
}

// One sample that the program reads.
class ListFinder {
 public:
  ListFinder(const ListSearch& search, const sema::Source& sample, diagnostics::Sink& sink)
      : search_(search), sample_(sample), sink_(sink) {
    const sema::Model& model = search.compilation.model();
    list_ = static_cast<std::uint16_t>(sample.table.index - 1);
    from_ = static_cast<std::uint16_t>(model.sources[sample.drawn_from].table.index - 1);
    table::DataSchema& schema = search.scoring.lowered.program.schema;
    for (const auto& column : schema.records[list_].columns) {
      columns_.push_back(table::find_column(schema.records[from_], column.name));
      if (columns_.back() == table::kNoColumn) continue;
      auto& below = schema.records[from_].columns[columns_.back()];
      below.needed = below.needed || column.needed;
    }
  }

  bool run(std::optional<DrawnRows>& drawn) {
    const auto& files = search_.scoring.data.files.records;
    if (files[list_]) {
      if (files[from_]) check_list();
      return true;
    }
    if (search_.request.seed.empty()) {
      sink_.report_at<kinds::SampleNotDrawn>(Nowhere{}, sample_.name);
      return false;
    }
    return draw(drawn);
  }

 private:
  // The columns that tell rows apart, in the list and in the records.
  void check_list() {
    table::DataSchema& schema = search_.scoring.lowered.program.schema;
    std::vector<std::uint32_t> in_list, below;
    for (std::uint32_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] == table::kNoColumn || !tells_apart(columns_[i])) continue;
      in_list.push_back(i);
      below.push_back(columns_[i]);
      schema.records[list_].columns[i].needed = true;
      schema.records[from_].columns[columns_[i]].needed = true;
    }
    const io::DataSet& data = search_.scoring.data;
    const auto known = names_in(data, from_, below);
    for (const auto& [name, line] : names_in(data, list_, in_list)) {
      if (known.contains(name)) continue;
      sink_.report_at<kinds::ListedRowUnknown>(InData{*data.files.records[list_], line, 0, {}, {}},
                                              name, schema.records[from_].name);
    }
  }

  [[nodiscard]] bool tells_apart(std::uint32_t column) const {
    const auto& schema = search_.scoring.lowered.program.schema.records[from_];
    if (schema.keys.empty()) {
      return column == search_.scoring.lowered.columns[sample_.sample_by.index];
    }
    const auto& key = schema.keys.front();
    return std::find(key.begin(), key.end(), column) != key.end();
  }

  bool draw(std::optional<DrawnRows>& drawn) {
    SamplingRequest request;
    request.data = search_.request.data;
    request.parameters = search_.request.parameters;
    request.seed = search_.request.seed;
    request.samples = {sample_.name};
    const auto sampling = draw_samples(search_.compilation, request, sink_);
    if (!sampling) return false;
    drawn = DrawnRows{from_, {}, columns_, &search_.scoring.data.units};
    for (const ListRow& row : sampling->lists.front().rows) {
      drawn->rows.emplace(row.unit, row.line);
    }
    return true;
  }

  const ListSearch& search_;
  const sema::Source& sample_;
  diagnostics::Sink& sink_;
  std::uint16_t list_ = 0;
  std::uint16_t from_ = 0;
  std::vector<std::uint32_t> columns_;  // by column of the list
};

}  // namespace

void DrawnFilter::add(const table::RowView& row) {
  if (!drawn_.rows.contains({drawn_.units->unit_name(row.unit), row.line})) return;
  std::vector<value::Value> cells;
  for (const std::uint32_t column : drawn_.columns) {
    cells.push_back(column == table::kNoColumn ? value::Value(value::Missing{})
                                               : row.cells[column]);
  }
  sink_.add({row.unit, row.period, row.line, cells});
}

bool find_lists(const ListSearch& search, std::vector<std::optional<DrawnRows>>& drawn,
                diagnostics::Sink& sink) {
  bool all = true;
  for (const sema::Source& sample : search.compilation.model().sources) {
    if (!sample.sample.valid()) continue;
    const auto list = static_cast<std::uint16_t>(sample.table.index - 1);
    if (!search.used.contains(list)) continue;
    all = ListFinder(search, sample, sink).run(drawn[list]) && all;
  }
  return all;
}

}  // namespace xize::driver

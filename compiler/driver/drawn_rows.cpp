#include "compiler/driver/drawn_rows.h"

#include <algorithm>
#include <map>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/driver/list_record.h"
#include "compiler/driver/named_periods.h"
#include "compiler/driver/sampling.h"
#include "runtime/io/comment_lines.h"

namespace xize::driver {
namespace {

using diagnostics::InData;
namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

// One sample that the program reads.
class ListFinder {
 public:
  ListFinder(const ListSearch& search, const sema::Source& sample, FoundLists& found,
             diagnostics::Sink& sink)
      : search_(search), sample_(sample), found_(found), sink_(sink) {
    const sema::Model& model = search.compilation.model();
    list_ = static_cast<std::uint16_t>(sample.table.index - 1);
    from_ = static_cast<std::uint16_t>(model.sources[sample.drawn_from].table.index - 1);
    for (const auto& column : schema().records[list_].columns) {
      columns_.push_back(table::find_column(schema().records[from_], column.name));
      if (columns_.back() == table::kNoColumn) continue;
      auto& below = schema().records[from_].columns[columns_.back()];
      below.needed = below.needed || column.needed;
    }
  }

  bool run() {
    if (!lists().empty()) return date_lists() && check_lists();
    const bool inspected = std::count(columns_.begin(), columns_.end(), table::kNoColumn) > 0;
    if (inspected) {
      sink_.report_at<kinds::SampleNotDrawn>(Nowhere{}, sample_.name);
    } else if (search_.request.seed.empty()) {
      sink_.report_at<kinds::SampleWithoutSeed>(Nowhere{}, sample_.name);
    } else {
      return draw();
    }
    return false;
  }

 private:
  [[nodiscard]] io::DataSet& data() const { return search_.scoring.data; }
  [[nodiscard]] std::vector<io::RecordFile>& lists() const { return data().files.records[list_]; }
  [[nodiscard]] table::DataSchema& schema() const { return search_.scoring.lowered.program.schema; }

  // Each list is of the period it was drawn for, and of each there is one.
  bool date_lists() {
    std::map<std::uint32_t, std::string> dated;
    bool all = true;
    for (io::RecordFile& list : lists()) {
      const InData file{list.path, 0, 0, {}, {}};
      const auto comments = io::read_comment_lines(list.path);
      const auto* lines = std::get_if<std::vector<std::string>>(&comments);
      const auto record = lines == nullptr ? std::nullopt : parse_record(*lines);
      const bool says_period = record && !record->period.empty() &&
                               schema().units.period_column != table::kNoColumn;
      const auto period = says_period ? named_period(data(), record->period) : std::nullopt;
      if (says_period && !period) {
        sink_.report_at<kinds::ListOfOtherPeriod>(file, record->period,
                                                 diagnostics::List{period_names(data())});
        all = false;
        continue;
      }
      list.period = period.value_or(table::kNoPeriod);
      const auto [other, first] = dated.emplace(list.period, list.path);
      if (!first) data().problems.add(io::doubled_file(list.path, list_ + 1u, other->second));
      all = all && first;
    }
    return all;
  }

  // Every period has been drawn; its rows are looked for among the records.
  bool check_lists() {
    ListKey key{list_, from_, {}, {}};
    for (std::uint32_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] == table::kNoColumn || !tells_apart(columns_[i])) continue;
      key.in_list.push_back(i);
      key.in_from.push_back(columns_[i]);
      schema().records[list_].columns[i].needed = true;
      schema().records[from_].columns[columns_[i]].needed = true;
    }
    const table::Table& rows = found_.lists[list_] = io::collect_records(data(), list_);
    if (!data().files.records[from_].empty()) found_.listed.watch(key, rows);
    std::set<std::uint32_t> periods;
    for (std::size_t row = 0; row < rows.row_count(); ++row) periods.insert(rows.period(row));
    return check_periods(periods);
  }

  // Where rows say no period, the heads of their lists do.
  bool check_periods(std::set<std::uint32_t> drawn) {
    const std::uint32_t count = data().units.period_count();
    if (count == 1) return true;
    for (const io::RecordFile& list : lists()) {
      drawn.insert(list.period);
      const bool dated = list.period != table::kNoPeriod ||
                         schema().records[list_].period_column != table::kNoColumn;
      if (dated) continue;
      sink_.report_at<kinds::ListWithoutPeriod>(InData{list.path, 0, 0, {}, {}});
      return false;
    }
    diagnostics::List wanting;
    for (std::uint32_t period = 0; period < count; ++period) {
      if (!drawn.contains(period)) wanting.value.push_back(period_name(data(), period));
    }
    if (wanting.value.empty()) return true;
    sink_.report_at<kinds::PeriodNotDrawn>(Nowhere{}, sample_.name, wanting);
    return false;
  }

  [[nodiscard]] bool tells_apart(std::uint32_t column) const {
    const auto& keys = schema().records[from_].keys;
    if (keys.empty()) return column == search_.scoring.lowered.columns[sample_.sample_by.index];
    const auto& key = keys.front();
    return std::find(key.begin(), key.end(), column) != key.end();
  }

  bool draw() {
    if (data().elsewhere != nullptr && data().elsewhere->holds(from_)) {
      sink_.report_at<kinds::RecordsNotDrawn>(Nowhere{}, sample_.name,
                                              schema().records[from_].name);
      return false;
    }
    SamplingRequest request;
    request.data = search_.request.data;
    request.parameters = search_.request.parameters;
    request.seed = search_.request.seed;
    request.samples = {sample_.name};
    const auto periods = draw_every_period(search_.compilation, request, sink_);
    DrawnRows& drawn = found_.drawn[list_].emplace(DrawnRows{from_, {}, columns_, &data().units});
    for (std::uint32_t period = 0; period < periods.size(); ++period) {
      for (const ListRow& row : periods[period].lists.front().rows) {
        drawn.rows[{row.unit, row.line}].push_back(period);
      }
    }
    return !periods.empty();
  }

  const ListSearch& search_;
  const sema::Source& sample_;
  FoundLists& found_;
  diagnostics::Sink& sink_;
  std::uint16_t list_ = 0;
  std::uint16_t from_ = 0;
  std::vector<std::uint32_t> columns_;  // by column of the list: that of the records, or none
};

}  // namespace

void DrawnFilter::add(const table::RowView& row) {
  const auto drawn = drawn_.rows.find({std::string(drawn_.units->unit_name(row.unit)), row.line});
  if (drawn == drawn_.rows.end()) return;
  std::vector<value::Value> cells;
  for (const std::uint32_t column : drawn_.columns) cells.push_back(row.cells[column]);
  for (const std::uint32_t period : drawn->second) sink_.add({row.unit, period, row.line, cells});
}

bool find_lists(const ListSearch& search, FoundLists& found, diagnostics::Sink& sink) {
  const std::size_t tables = search.scoring.lowered.program.schema.records.size();
  found.drawn.resize(tables);
  found.lists.assign(tables, table::Table(0));
  bool all = true;
  for (const sema::Source& sample : search.compilation.model().sources) {
    if (!sample.sample.valid()) continue;
    const auto list = static_cast<std::uint16_t>(sample.table.index - 1);
    if (!search.used.contains(list)) continue;
    all = ListFinder(search, sample, found, sink).run() && all;
  }
  return all;
}

}  // namespace xize::driver

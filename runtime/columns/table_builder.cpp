#include "runtime/columns/table_builder.h"

#include <algorithm>
#include <limits>
#include <thread>
#include <utility>

#include <oneapi/tbb/parallel_for.h>

#include "runtime/columns/block_builder.h"

namespace xize::columns {
namespace {

static_assert(value::kPartRows == kBlockRows);

constexpr std::size_t kWaitingPerCore = 4;

value::IntegerKind kind_of(table::ColumnType type) {
  switch (type) {
    case table::ColumnType::Number: return value::IntegerKind::Number;
    case table::ColumnType::Bool: return value::IntegerKind::Bool;
    case table::ColumnType::Date: return value::IntegerKind::Date;
    case table::ColumnType::Month: return value::IntegerKind::Month;
    case table::ColumnType::Text:
    case table::ColumnType::Choice:
    case table::ColumnType::Unit: break;
  }
  return value::IntegerKind::Text;
}

// Some rows of a column.
struct Cut {
  const Column& column;
  std::size_t begin = 0;
  std::size_t count = 0;

  [[nodiscard]] base::CellRun cells() const { return {column.view().from(begin), count}; }
  [[nodiscard]] CellState state(std::size_t i) const {
    return column.all_plain() ? CellState::Plain : column.states[begin + i];
  }
};

// The states as numbers in the order of CellState; none if all are plain.
std::vector<std::uint8_t> states_of(std::span<const Cut> cuts) {
  const auto all_plain = [](const Cut& cut) { return cut.column.all_plain(); };
  std::vector<std::uint8_t> states;
  if (std::all_of(cuts.begin(), cuts.end(), all_plain)) return states;
  for (const Cut& cut : cuts) {
    for (std::size_t i = 0; i < cut.count; ++i) {
      states.push_back(static_cast<std::uint8_t>(cut.state(i)));
    }
  }
  const auto is_plain = [](std::uint8_t state) { return state == 0; };
  if (std::all_of(states.begin(), states.end(), is_plain)) states.clear();
  return states;
}

// Of columns without odd cells, all in one scale.
value::PackedPart pack_alike(std::span<const Cut> cuts) {
  std::vector<base::CellRun> runs;
  base::Range range{cuts.front().column.least, cuts.front().column.most};
  for (const Cut& cut : cuts) {
    runs.push_back(cut.cells());
    range = base::joined(range, {cut.column.least, cut.column.most});
  }
  const Column& first = cuts.front().column;
  const std::int64_t den = kPowersOfTen[static_cast<std::size_t>(first.scale)];
  const std::vector<std::uint8_t> states = states_of(cuts);
  value::Integers integers{kind_of(first.type), runs, {&den, 1}, states, {}, range};
  if (!states.empty()) {
    integers.others = {value::Missing{}, value::NotApplicable{}, value::Pending{},
                       value::Fault{value::FaultKind::BadCell, 0}};
    integers.others.resize(*std::max_element(states.begin(), states.end()));
  }
  return value::PackedPart(std::move(integers));
}

value::PackedPart pack(const Column& column, std::size_t count) {
  if (column.odd.empty()) return pack_alike({{{column, 0, count}}});
  std::vector<value::Value> values(count);
  for (std::size_t row = 0; row < count; ++row) values[row] = column.value(row);
  return value::PackedPart(values);
}

// Could all its cells be written in the scale?
bool fits(const Column& column, int scale) {
  const std::int64_t factor = kPowersOfTen[static_cast<std::size_t>(scale - column.scale)];
  const std::int64_t limit = std::numeric_limits<std::int64_t>::max() / factor;
  return column.least >= -limit && column.most <= limit;
}

// These cells behind the first `at` of another column.
void append(Column& to, std::size_t at, const Cut& cut) {
  const Column& from = cut.column;
  const bool alike = from.odd.empty() && raise_scale(to, at, from.scale) && fits(from, to.scale);
  if (!alike) {
    for (std::size_t i = 0; i < cut.count; ++i) put(to, at + i, from.value(cut.begin + i));
    return;
  }
  const std::int64_t factor = kPowersOfTen[static_cast<std::size_t>(to.scale - from.scale)];
  const base::Cells cells = cut.cells().cells;
  for (std::size_t i = 0; i < cut.count; ++i) {
    to.cells[at + i] = cells.at(i) * factor;
    to.states[at + i] = cut.state(i);
  }
  to.most_state = std::max(to.most_state, from.most_state);
  to.least = std::min(to.least, from.least * factor);
  to.most = std::max(to.most, from.most * factor);
}

bool are_alike(std::span<const Cut> cuts) {
  return std::all_of(cuts.begin(), cuts.end(), [&](const Cut& cut) {
    return cut.column.odd.empty() && cut.column.scale == cuts.front().column.scale;
  });
}

// Puts them together in one column first.
value::PackedPart pack_together(std::span<const Cut> cuts) {
  Column all;
  all.type = cuts.front().column.type;
  all.wanted = true;
  all.allocate();
  std::size_t size = 0;
  for (const Cut& cut : cuts) {
    append(all, size, cut);
    size += cut.count;
  }
  return pack(all, size);
}

}  // namespace

TableBuilder::TableBuilder(const table::TableSchema& schema, std::vector<bool> wanted)
    : schema_(schema), wanted_(std::move(wanted)) {}

TableBuilder::~TableBuilder() noexcept { packing_.wait(); }

void TableBuilder::add(const table::RowView& row) {
  places_.units.push_back(row.unit);
  places_.periods.push_back(row.period);
  places_.lines.push_back(row.line);
  if (open_.single == nullptr) open_.single = new_block();
  Block& rows = *open_.single;
  const std::size_t at = rows.size++;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (wanted_[i]) put(rows.columns[i], at, row.cells[i]);
  }
  if (open_.runs.empty() || open_.runs.back().rows != open_.single) {
    open_.runs.push_back({open_.single, at, at});
  }
  ++open_.runs.back().end;
  if (++open_.size == kBlockRows) pack_open();
}

void TableBuilder::add(const std::shared_ptr<const Block>& rows, std::size_t begin,
                       std::size_t end) {
  const std::size_t all = end - begin;
  places_.units.append(std::span(rows->units).subspan(begin, all));
  places_.periods.append(std::span(rows->periods).subspan(begin, all));
  places_.lines.append(std::span(rows->lines).subspan(begin, all));
  while (begin < end) {
    const std::size_t count = std::min(end - begin, kBlockRows - open_.size);
    open_.runs.push_back({rows, begin, begin + count});
    open_.size += count;
    begin += count;
    if (open_.size == kBlockRows) pack_open();
  }
}

table::Table TableBuilder::finish() {
  if (open_.size > 0) pack_open();
  packing_.wait();
  std::vector<table::Column> columns(wanted_.size(), table::Column(row_count()));
  tbb::parallel_for(std::size_t{0}, packed_.size(), [&](std::size_t number) {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      columns[i].put(number, std::move(packed_[number][i]));
    }
  });
  for (auto& [index, column] : given_) columns[index] = std::move(column);
  return {std::move(columns), std::move(places_)};
}

std::shared_ptr<Block> TableBuilder::new_block() {
  auto block = blocks_.take([&] { return std::make_unique<Block>(schema_, wanted_); });
  block->clear();
  return block;
}

// By another thread, unless these lag behind.
void TableBuilder::pack_open() {
  static const std::size_t waiting_max = kWaitingPerCore * std::thread::hardware_concurrency();
  Packed& packed = packed_.emplace_back();
  Part part = std::exchange(open_, {});
  if (waiting_.load() >= waiting_max) {
    packed = pack(part);
    return;
  }
  ++waiting_;
  packing_.run([this, &packed, part = std::move(part)] {
    packed = pack(part);
    --waiting_;
  });
}

TableBuilder::Packed TableBuilder::pack(const Part& part) const {
  Packed packed(wanted_.size());
  std::vector<Cut> cuts;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (!wanted_[i]) continue;
    cuts.clear();
    for (const Run& run : part.runs) {
      cuts.push_back({run.rows->columns[i], run.begin, run.end - run.begin});
    }
    packed[i] = are_alike(cuts) ? pack_alike(cuts) : pack_together(cuts);
  }
  return packed;
}

}  // namespace xize::columns

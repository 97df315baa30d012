#include "compiler/driver/drawing.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/data.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/report_data.h"
#include "runtime/io/cell_text.h"
#include "runtime/sampling/draw.h"

namespace xize::driver {
namespace {

using diagnostics::InData;
using diagnostics::InSource;
namespace kinds = diagnostics::kinds;
using value::Rational;

std::string key_text(const table::Table& rows, std::size_t row,
                     const std::vector<std::uint32_t>& key, const base::StringPool& pool) {
  std::string text;
  for (const std::uint32_t column : key) {
    if (!text.empty()) text += '\n';
    text += io::cell_text(rows.at(row, column), pool);
  }
  return text;
}

// Rows that compete with one another: those of one unit, in one month where each is drawn apart.
struct Frame {
  std::vector<std::size_t> rows;           // of the records
  std::vector<value::Value> measures;      // of the first: take, then every and ending
  std::string period;
};

// Draws one list.
class ListDrawer {
 public:
  ListDrawer(const Draw& draw, std::size_t list, std::map<RowName, Earlier> earlier)
      : draw_(draw),
        list_(list),
        earlier_(std::move(earlier)),
        sample_(draw.sample(list)),
        syntax_(draw.compilation.model().entry_as<ast::Sample>(sample_.sample)),
        selection_(draw.lowered.program.row_selections[list]),
        rows_(*draw.records[selection_.table]),
        key_(key_columns(draw, list)),
        lasting_(lasting_columns(draw, list)) {
    for (const auto& [name, row] : earlier_) draws_ = std::max(draws_, row.last);
  }

  SampleList run() {
    out_.name = sample_.name;
    out_.from = draw_.compilation.model().sources[sample_.drawn_from].name;
    const table::TableSchema& schema = draw_.schema(sample_.table);
    for (const auto& column : schema.columns) out_.columns.push_back(column.name);
    std::vector<std::size_t> drawn;
    for (const auto& [place, frame] : frames()) {
      const std::vector<std::size_t> of_frame = draw_frame(frame);
      count(place.first, frame.rows.size(), of_frame.size());
      drawn.insert(drawn.end(), of_frame.begin(), of_frame.end());
    }
    std::sort(drawn.begin(), drawn.end());
    for (const std::size_t row : drawn) add_row(row);
    out_.data = digest();
    return std::move(out_);
  }

 private:
  // By unit row, then by month.
  std::map<std::pair<std::size_t, std::string>, Frame> frames() {
    std::map<std::pair<std::size_t, std::string>, Frame> frames;
    const table::Table& units = draw_.data.units.rows();
    for (std::size_t row = 0; row < units.row_count(); ++row) {
      if (units.period(row) == draw_.period) count(row, 0, 0);
    }
    for (const engine::RowChoice& choice : draw_.outcome.selections[list_]) {
      if (units.period(choice.row) != draw_.period || !decided(choice)) continue;
      const std::size_t row = row_at(choice.line);
      const std::string month = month_of(row);
      Frame& frame = frames[{choice.row, month}];
      if (frame.rows.empty()) frame.measures = choice.measures;
      frame.period = month.empty() ? draw_.period_text : month;
      frame.rows.push_back(row);
    }
    for (auto& [place, frame] : frames) std::sort(frame.rows.begin(), frame.rows.end());
    return frames;
  }

  // Whether a row may be drawn can be known, and the numbers too.
  bool decided(const engine::RowChoice& choice) {
    for (const value::Value& measure : choice.measures) {
      const auto* fault = std::get_if<value::Fault>(&measure);
      if (fault == nullptr) continue;
      const table::Table& units = draw_.data.units.rows();
      diagnostics::report_fault(draw_.sink, fault->kind, in_policy(sample_.span),
                                {draw_.data.units.unit_name(units.unit(choice.row)), out_.name});
      return false;
    }
    return true;
  }

  [[nodiscard]] std::size_t row_at(std::uint64_t line) const {
    std::size_t low = 0;
    for (std::size_t n = rows_.row_count(); n > 0;) {
      const std::size_t half = n / 2;
      const bool before = rows_.line(low + half) < line;
      low += before ? half + 1 : 0;
      n = before ? n - half - 1 : half;
    }
    return low;
  }

  // `2023-06` where rows have a day or month and the sample is drawn every month.
  [[nodiscard]] std::string month_of(std::size_t row) const {
    if (!syntax_.every_month) return {};
    const sema::Model& model = draw_.compilation.model();
    const sema::Table& table = model.tables[model.sources[sample_.drawn_from].table];
    const sema::ColumnId column =
        table.month_column.valid() ? table.month_column : table.date_column;
    if (!column.valid()) return {};
    const value::Value& cell = rows_.at(row, draw_.lowered.columns[column.index]);
    if (const auto* date = std::get_if<value::Date>(&cell)) {
      return value::to_string(value::month_of(*date));
    }
    return io::cell_text(cell, draw_.lowered.program.strings);
  }

  std::vector<std::size_t> draw_frame(const Frame& frame) {
    const auto take = number(frame, 0, syntax_.take, 0);
    const auto count = take ? take->to_int64() : std::nullopt;
    if (!count) return {};
    const auto wanted = static_cast<std::size_t>(*count);
    std::vector<std::size_t> drawn =
        syntax_.by.present() ? by_steps(frame, wanted) : by_lot(frame, wanted);
    for (std::size_t& row : drawn) row = frame.rows[row];
    return drawn;
  }

  // A measure of the sample as a whole number that is not below `least`.
  std::optional<Rational> number(const Frame& frame, std::size_t at, ast::ExprId written,
                                 std::int64_t least) {
    const auto* measure = std::get_if<Rational>(&frame.measures[at]);
    if (measure != nullptr && measure->is_integer() && *measure >= Rational(least)) {
      return *measure;
    }
    draw_.sink.report_at<kinds::SampleNumberBad>(
        in_policy(draw_.compilation.model().expr(written).span),
        measure == nullptr ? "?" : measure->to_string(), least);
    return std::nullopt;
  }

  std::vector<std::size_t> by_lot(const Frame& frame, std::size_t take) {
    std::vector<sampling::Ticket> tickets;
    for (const std::size_t row : frame.rows) {
      const RowName name = {unit_of(row), key_text(row, lasting_)};
      sampling::Ticket ticket;
      ticket.lot = sampling::sha256(draw_.request.seed + '\n' + out_.name + '\n' + name.first +
                                    '\n' + frame.period + '\n' + name.second);
      const auto before = earlier_.find(name);
      if (syntax_.covering_all && before != earlier_.end()) {
        ticket.last_drawn = before->second.last;
        ticket.times_drawn = before->second.times;
      }
      tickets.push_back(ticket);
    }
    const std::vector<std::size_t> drawn = sampling::draw_by_lot(tickets, take);
    ++draws_;
    for (const std::size_t at : drawn) remember(frame.rows[at]);
    return drawn;
  }

  // A further month of the same draw comes after this one.
  void remember(std::size_t row) {
    Earlier& earlier = earlier_[{unit_of(row), key_text(row, lasting_)}];
    earlier.last = draws_;
    ++earlier.times;
  }

  std::vector<std::size_t> by_steps(const Frame& frame, std::size_t take) {
    sampling::Steps steps;
    steps.take = take;
    steps.else_previous = syntax_.else_previous;
    const auto step = number(frame, 1, syntax_.step, 1);
    if (!step) return {};
    steps.step = *step;
    if (syntax_.ending.valid()) {
      const auto ending = number(frame, 2, syntax_.ending, 0);
      if (!ending) return {};
      steps.ending = *ending;
    } else {
      const auto lot = sampling::sha256(draw_.request.seed + '\n' + out_.name);
      steps.ending = sampling::ending_of(lot, *step);
      out_.ending_drawn = true;
    }
    out_.ending = steps.ending;
    std::vector<Rational> numbers;
    for (const std::size_t row : frame.rows) {
      const auto number = row_number(row);
      if (!number) return {};
      numbers.push_back(*number);
    }
    return sampling::draw_by_steps(numbers, steps);
  }

  // What stands in the column that the sample is drawn by, as a number.
  std::optional<Rational> row_number(std::size_t row) {
    const std::uint32_t column = draw_.lowered.columns[sample_.sample_by.index];
    const std::string text =
        io::cell_text(rows_.at(row, column), draw_.lowered.program.strings);
    auto number = sampling::number_at_end(text);
    if (number) return number;
    const io::FileLine at = io::file_line(draw_.data.files, selection_.table, rows_.line(row));
    const std::string header = draw_.source_schema(list_).columns[column].name;
    draw_.sink.report_at<kinds::SampleNumberless>(
        InData{at.path, at.line, column + 1, header, unit_of(row)}, text, out_.name);
    return std::nullopt;
  }

  void count(std::size_t unit_row, std::size_t rows, std::size_t drawn) {
    const table::Table& units = draw_.data.units.rows();
    const std::string unit(draw_.data.units.unit_name(units.unit(unit_row)));
    const auto [at, added] = unit_at_.emplace(unit, out_.units.size());
    if (added) out_.units.push_back({unit, 0, 0});
    out_.units[at->second].rows += rows;
    out_.units[at->second].drawn += drawn;
  }

  void add_row(std::size_t row) {
    const table::TableSchema& from = draw_.source_schema(list_);
    const table::TableSchema& list = draw_.schema(sample_.table);
    ListRow out{unit_of(row), key_text(row, key_), rows_.line(row), {}};
    for (std::uint32_t i = 0; i < list.columns.size(); ++i) {
      const std::uint32_t column = table::find_column(from, list.columns[i].name);
      if (i == list.unit_column) {
        out.cells.push_back(out.unit);
      } else if (column == table::kNoColumn) {
        out.cells.emplace_back();
      } else {
        out.cells.push_back(io::cell_text(rows_.at(row, column), draw_.lowered.program.strings));
      }
    }
    out_.rows.push_back(std::move(out));
  }

  // Of the names of all rows that may be drawn, in order.
  [[nodiscard]] std::string digest() const {
    std::vector<std::string> names;
    for (const engine::RowChoice& choice : draw_.outcome.selections[list_]) {
      if (draw_.data.units.rows().period(choice.row) != draw_.period) continue;
      const std::size_t row = row_at(choice.line);
      names.push_back(unit_of(row) + '\n' + key_text(row, key_) + '\n');
    }
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += name;
    return sampling::hex(sampling::sha256(all)).substr(0, 16);
  }

  [[nodiscard]] std::string unit_of(std::size_t row) const {
    return std::string(draw_.data.units.unit_name(rows_.unit(row)));
  }
  [[nodiscard]] std::string key_text(std::size_t row,
                                     const std::vector<std::uint32_t>& columns) const {
    return driver::key_text(rows_, row, columns, draw_.lowered.program.strings);
  }
  [[nodiscard]] InSource in_policy(source::Span span) const {
    return {&draw_.compilation.file(), span};
  }

  const Draw& draw_;
  std::size_t list_;
  std::map<RowName, Earlier> earlier_;
  std::uint32_t draws_ = 0;  // before this one: earlier lists, and months of this draw
  const sema::Source& sample_;
  const ast::Sample& syntax_;
  const program::RowSelection& selection_;
  const table::Table& rows_;
  std::vector<std::uint32_t> key_, lasting_;
  std::map<std::string, std::size_t> unit_at_;
  SampleList out_;
};

}  // namespace

std::vector<std::uint32_t> key_columns(const Draw& draw, std::size_t list) {
  const table::TableSchema& schema = draw.source_schema(list);
  if (!schema.keys.empty()) return schema.keys.front();
  return {draw.lowered.columns[draw.sample(list).sample_by.index]};
}

std::vector<std::uint32_t> lasting_columns(const Draw& draw, std::size_t list) {
  const sema::Model& model = draw.compilation.model();
  const sema::Source& sample = draw.sample(list);
  std::vector<std::uint32_t> columns = key_columns(draw, list);
  const sema::ColumnId month = model.tables[model.sources[sample.drawn_from].table].month_column;
  const table::TableSchema& units = draw.lowered.program.schema.units;
  const bool monthly = units.period_column != table::kNoColumn &&
                       units.columns[units.period_column].months_each == 1;
  const bool apart = monthly || model.entry_as<ast::Sample>(sample.sample).every_month;
  if (!apart || !month.valid() || columns.size() == 1) return columns;
  std::erase(columns, draw.lowered.columns[month.index]);
  return columns;
}

std::vector<RowName> read_list(Draw& draw, std::size_t list, const std::string& path,
                               const std::vector<std::uint32_t>& columns) {
  const std::uint32_t index = draw.sample(list).table.index - 1;
  io::DataSet data = draw.data;
  data.problems = {};
  data.units_complete = false;  // a unit that is no more may stand in an old list
  data.files.records[index] = {{path}};
  const table::Table rows = io::collect_records(data, index);
  report_data_problems(draw.sink, data.problems, draw.lowered.program.schema);
  const table::TableSchema& from = draw.source_schema(list);
  std::vector<std::uint32_t> key;
  for (const std::uint32_t column : columns) {
    key.push_back(table::find_column(draw.schema(draw.sample(list).table),
                                     from.columns[column].name));
  }
  std::vector<RowName> names;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    names.emplace_back(data.units.unit_name(rows.unit(row)),
                       key_text(rows, row, key, draw.lowered.program.strings));
  }
  return names;
}

SampleList draw_list(const Draw& draw, std::size_t list, std::map<RowName, Earlier> earlier) {
  return ListDrawer(draw, list, std::move(earlier)).run();
}

}  // namespace xize::driver

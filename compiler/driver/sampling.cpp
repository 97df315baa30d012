#include "compiler/driver/sampling.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/driver/data_paths.h"
#include "compiler/driver/drawing.h"
#include "compiler/driver/list_record.h"
#include "compiler/driver/named_periods.h"
#include "compiler/driver/parameters.h"
#include "compiler/driver/report_data.h"
#include "compiler/driver/scoring.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/io/comment_lines.h"

namespace xize::driver {
namespace {

namespace fs = std::filesystem;

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

constexpr std::size_t kSeedDigitsMax = 20;

// Records read from their files again.
class FilesAgain final : public engine::RecordSource {
 public:
  explicit FilesAgain(const io::DataSet& data) : data_(data) {}
  bool scan(std::uint16_t table, table::RowSink& sink) override {
    io::DataSet again = data_;
    again.problems = {};
    io::read_records(again, table, &sink);
    return true;
  }

 private:
  const io::DataSet& data_;
};

std::string name_of(const Draw& draw, std::size_t list) { return draw.sample(list).name; }

bool is_asked(const Draw& draw, std::size_t list) {
  const auto& names = draw.request.samples;
  return names.empty() || std::find(names.begin(), names.end(), name_of(draw, list)) != names.end();
}

// Every sample that is asked for exists, and there is one.
bool find_samples(const Draw& draw) {
  if (draw.lowered.samples.empty()) {
    draw.sink.report_at<kinds::NoSamples>(Nowhere{});
    return false;
  }
  std::vector<std::string> known;
  for (std::size_t i = 0; i < draw.lowered.samples.size(); ++i) known.push_back(name_of(draw, i));
  bool all_known = true;
  for (const std::string& name : draw.request.samples) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    draw.sink.report_at<kinds::UnknownSampleAsked>(Nowhere{}, name)
        .suggest(diagnostics::did_you_mean(name, known));
    all_known = false;
  }
  return all_known;
}

void set_period(Draw& draw, std::uint32_t period) {
  draw.period = period;
  draw.period_text = period_name(draw.data, period);
}

// The last period, or the one asked for. Data without periods take any text as its name.
bool find_period(Draw& draw) {
  if (draw.data.schema->units.period_column == table::kNoColumn) {
    draw.period_text = draw.request.period;
    return true;
  }
  std::optional<std::uint32_t> period = draw.data.units.period_count() - 1;
  if (!draw.request.period.empty()) period = named_period(draw.data, draw.request.period);
  if (!period) {
    draw.sink.report_at<kinds::UnknownPeriodAsked>(Nowhere{}, draw.request.period,
                                                  diagnostics::List{period_names(draw.data)});
    return false;
  }
  set_period(draw, *period);
  return true;
}

// The records of each sample into memory; then what may be drawn.
bool read_rows(Draw& draw, engine::RunOptions options) {
  draw.records.resize(draw.lowered.program.schema.records.size());
  for (const program::RowSelection& selection : draw.lowered.program.row_selections) {
    auto& rows = draw.records[selection.table];
    if (!rows) rows = io::collect_records(draw.data, selection.table);
  }
  report_data_problems(draw.sink, draw.data.problems, draw.lowered.program.schema);
  if (draw.data.problems.has_errors()) return false;
  FilesAgain records(draw.data);
  draw.outcome = interpreter::run(draw.lowered.program, draw.data.units, records, options);
  return true;
}

// Null where something is wrong; it is reported.
std::unique_ptr<Draw> open_draw(const Compilation& compilation, const SamplingRequest& request,
                                diagnostics::Sink& sink) {
  const sema::Model& model = compilation.model();
  auto draw = std::make_unique<Draw>(compilation, request, sink);
  draw->lowered = lower::to_sampling_program(model);
  if (!find_samples(*draw)) return nullptr;
  const auto paths = data_request(request.data, model, sink);
  if (!paths) return nullptr;
  program::Program& program = draw->lowered.program;
  engine::RunOptions options;
  options.calendar = &calendar();
  options.progress = request.progress;
  if (!read_parameters(program, request.parameters, options.parameters, sink)) return nullptr;
  draw->data = io::open_data_set(*paths, program.schema, program.strings);
  const bool ready = draw->data.units.rows().row_count() > 0 && find_period(*draw);
  if (!ready) {
    report_data_problems(sink, draw->data.problems, program.schema);
    return nullptr;
  }
  return read_rows(*draw, std::move(options)) ? std::move(draw) : nullptr;
}

// Where a list of this sample is at a path that was named; empty if there is none.
std::string list_at(const std::string& path, const std::string& name) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    const fs::path inside = fs::path(path) / (name + ".csv");
    return fs::exists(inside, ignored) ? inside.string() : std::string();
  }
  return fs::path(path).stem().string() == name ? path : std::string();
}

// The earlier lists of one sample, in the order named.
std::vector<std::string> earlier_lists(const Draw& draw, std::size_t list) {
  std::vector<std::string> paths;
  for (const std::string& path : draw.request.after) {
    std::string found = list_at(path, name_of(draw, list));
    if (!found.empty()) paths.push_back(std::move(found));
  }
  return paths;
}

// Every path named with `--after` holds a list of some sample of the policy.
bool check_earlier(const Draw& draw) {
  bool all = true;
  for (const std::string& path : draw.request.after) {
    std::error_code ignored;
    bool known = false;
    for (std::size_t i = 0; i < draw.lowered.samples.size(); ++i) {
      known = known || !list_at(path, name_of(draw, i)).empty();
    }
    if (known && fs::exists(path, ignored)) continue;
    draw.sink.report_at<kinds::EarlierListMissing>(Nowhere{}, path, name_of(draw, 0) + ".csv");
    all = false;
  }
  return all;
}

SampleList draw_one(Draw& draw, std::size_t list) {
  std::map<RowName, Earlier> earlier;
  std::uint32_t number = 0;
  for (const std::string& path : earlier_lists(draw, list)) {
    ++number;
    for (const RowName& name : read_list(draw, list, path, lasting_columns(draw, list))) {
      Earlier& row = earlier[name];
      row.last = number;
      ++row.times;
    }
  }
  SampleList out = draw_list(draw, list, std::move(earlier));
  out.after = number;
  return out;
}

std::unique_ptr<Sampling> draw_all(Draw& draw) {
  auto sampling = std::make_unique<Sampling>();
  sampling->policy = draw.compilation.model().name;
  sampling->seed = draw.request.seed;
  sampling->period = draw.period_text;
  sampling->samples = draw.request.samples;
  sampling->after = draw.request.after;
  const std::size_t errors = draw.sink.error_count();
  if (!check_earlier(draw)) return nullptr;
  for (std::size_t i = 0; i < draw.lowered.samples.size(); ++i) {
    if (is_asked(draw, i)) sampling->lists.push_back(draw_one(draw, i));
  }
  return draw.sink.error_count() == errors ? std::move(sampling) : nullptr;
}

// What one has and the other has not, at most a few of them by name.
std::vector<RowName> without(std::vector<RowName> rows, const std::vector<RowName>& others) {
  std::erase_if(rows, [&](const RowName& row) {
    return std::binary_search(others.begin(), others.end(), row);
  });
  return rows;
}

diagnostics::List named(const std::vector<RowName>& rows) {
  constexpr std::size_t kNamedMax = 5;
  diagnostics::List list;
  for (std::size_t i = 0; i < std::min(rows.size(), kNamedMax); ++i) {
    list.value.push_back(rows[i].first + " " + rows[i].second);
  }
  if (rows.size() > kNamedMax) list.value.push_back("…");
  return list;
}

// Compares a list with the rows that were drawn again.
void compare(const std::string& path, const SampleList& again, std::vector<RowName> listed,
             diagnostics::Sink& sink) {
  std::vector<RowName> drawn;
  for (const ListRow& row : again.rows) drawn.emplace_back(row.unit, row.key);
  std::sort(drawn.begin(), drawn.end());
  std::sort(listed.begin(), listed.end());
  const auto lost = without(drawn, listed);
  const auto added = without(listed, drawn);
  const diagnostics::InData file{path, 0, 0, {}, {}};
  if (!lost.empty()) sink.report_at<kinds::ListLacksRows>(file, lost.size(), named(lost));
  if (!added.empty()) sink.report_at<kinds::ListAddsRows>(file, added.size(), named(added));
}

std::optional<ListRecord> record_of(const std::string& path, diagnostics::Sink& sink) {
  const diagnostics::InData file{path, 0, 0, {}, {}};
  const auto comments = io::read_comment_lines(path);
  if (const auto* fault = std::get_if<io::ReadFault>(&comments)) {
    const bool missing = fault->kind == io::ProblemKind::NotFound;
    sink.report_at<kinds::DataUnreadable>(
        file, missing ? diagnostics::Term{"it does not exist", "文件不存在"}
                      : diagnostics::Term{"it is no readable text", "不是可读取的文本"});
    return std::nullopt;
  }
  auto record = parse_record(std::get<std::vector<std::string>>(comments));
  if (!record) sink.report_at<kinds::ListWithoutRecord>(file);
  return record;
}

}  // namespace

std::string normal_seed(std::string_view text) {
  const bool digits = text.find_first_not_of("0123456789") == text.npos;
  if (text.empty() || text.size() > kSeedDigitsMax || !digits) return {};
  const std::size_t first = text.find_first_not_of('0');
  return first == text.npos ? "0" : std::string(text.substr(first));
}

std::unique_ptr<Sampling> draw_samples(const Compilation& compilation,
                                       const SamplingRequest& request, diagnostics::Sink& sink) {
  const auto draw = open_draw(compilation, request, sink);
  return draw ? draw_all(*draw) : nullptr;
}

std::vector<Sampling> draw_every_period(const Compilation& compilation,
                                        const SamplingRequest& request, diagnostics::Sink& sink) {
  const auto draw = open_draw(compilation, request, sink);
  std::vector<Sampling> all;
  for (std::uint32_t period = 0; draw && period < draw->data.units.period_count(); ++period) {
    set_period(*draw, period);
    const auto sampling = draw_all(*draw);
    if (!sampling) return {};
    all.push_back(std::move(*sampling));
  }
  return all;
}

std::unique_ptr<Sampling> replay_list(const Compilation& compilation, SamplingRequest request,
                                      const std::string& path, diagnostics::Sink& sink) {
  const auto record = record_of(path, sink);
  if (!record) return nullptr;
  request.seed = record->seed;
  request.period = record->period;
  request.samples = {record->sample};
  const auto draw = open_draw(compilation, request, sink);
  auto sampling = draw ? draw_all(*draw) : nullptr;
  if (!sampling) return nullptr;
  const SampleList& again = sampling->lists.front();
  const diagnostics::InData file{path, 0, 0, {}, {}};
  if (again.after != record->after) {
    sink.report_at<kinds::EarlierListsWanting>(file, record->after, again.after);
    return sampling;
  }
  if (again.data != record->data) sink.report_at<kinds::ListDataChanged>(file, again.from);
  for (std::size_t i = 0; i < draw->lowered.samples.size(); ++i) {
    if (name_of(*draw, i) != again.name) continue;
    compare(path, again, read_list(*draw, i, path, key_columns(*draw, i)), sink);
  }
  return sampling;
}

}  // namespace xize::driver

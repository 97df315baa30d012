#include <memory>
#include <random>
#include <string>
#include <vector>

#include "compiler/driver/sampling.h"
#include "compiler/results/sample_list.h"
#include "tools/cli/commands.h"
#include "tools/cli/scoring_flags.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

struct SampleFlags {
  DataFlags data;
  Format format = Format::Text;
  std::vector<std::string> samples;
  std::vector<std::string> after;
  std::string seed, period, replay, output;
};

// Ten digits, so that people can read them out.
std::string new_seed() {
  std::random_device device;
  std::uniform_int_distribution<std::uint64_t> digits(1'000'000'000, 9'999'999'999);
  return std::to_string(digits(device));
}

driver::SamplingRequest request_of(const SampleFlags& flags, Session& session) {
  driver::SamplingRequest request;
  request.data = flags.data.data;
  request.parameters = parameters_of(flags.data);
  request.seed = flags.seed.empty() ? new_seed() : driver::normal_seed(flags.seed);
  request.samples = flags.samples;
  request.period = flags.period;
  request.after = flags.after;
  request.progress = progress_line(session);
  return request;
}

bool write_lists(const driver::Sampling& sampling, const SampleFlags& flags, Session& session) {
  if (flags.output.empty()) return true;
  std::vector<std::pair<std::string, std::string>> files;
  for (const driver::SampleList& list : sampling.lists) {
    files.emplace_back(list.name + ".csv",
                       results::list_csv(sampling, list, session.language()));
  }
  return session.write_new(flags.output, files);
}

std::string last_line(const SampleFlags& flags, const Session& session) {
  if (!flags.replay.empty()) {
    return session.say("the list is as it was drawn\n", "清单与重新抽取的结果一致\n");
  }
  if (flags.output.empty()) {
    return session.say("no list was written: give a folder with `-o`\n",
                       "未写出清单：请用 `-o` 指定文件夹\n");
  }
  return std::string(session.say("lists written to ", "清单已写入 ")) + flags.output + "\n";
}

void sample(const SampleFlags& flags, Session& session) {
  const auto compilation = compile(flags.data, session);
  if (!compilation || !compilation->sound() || !check_seed(flags.seed, session)) {
    session.print_findings();
    return;
  }
  session.leave_warnings_to_check();
  driver::SamplingRequest request = request_of(flags, session);
  const auto sampling =
      flags.replay.empty()
          ? driver::draw_samples(*compilation, request, session.sink())
          : driver::replay_list(*compilation, std::move(request), flags.replay, session.sink());
  session.progress({});
  const bool good = sampling && !session.sink().has_errors();
  if (good && write_lists(*sampling, flags, session)) {
    const std::string text =
        flags.format == Format::Json
            ? results::sampling_json(*sampling)
            : results::sampling_text(*sampling, session.language()) + last_line(flags, session);
    session.write_result({}, text);
  }
  session.print_findings();
}

void add_sample_flags(CLI::App& command, const Session& session, SampleFlags& flags) {
  add_data_flags(command, session, flags.data);
  command
      .add_option("-o,--output", flags.output,
                  session.say("Write the lists into this folder", "把清单写入此文件夹"))
      ->type_name("FOLDER");
  command
      .add_option("--sample", flags.samples,
                  session.say("Only these samples", "只抽取这些抽查"))
      ->type_name("NAME");
  auto* seed = command
                   .add_option("--seed", flags.seed,
                               session.say("What chance is drawn from; without it a new one",
                                           "抽取所用的种子；不写则另抽一个"))
                   ->type_name("DIGITS");
  auto* period = command
                     .add_option("--period", flags.period,
                                 session.say("The period to draw for; without it the last",
                                             "抽取哪一期；不写则为数据中最后一期"))
                     ->type_name("PERIOD");
  command
      .add_option("--after", flags.after,
                  session.say("Earlier lists, the oldest first; their rows come last",
                              "更早的清单，早的在前；其中的行排在后面抽取"))
      ->type_name("PATH");
  command
      .add_option("--replay", flags.replay,
                  session.say("Draw this list again and compare", "按此清单所记重新抽取并核对"))
      ->type_name("FILE")
      ->excludes("--sample")
      ->excludes(seed)
      ->excludes(period);
  add_format_flag(command, session, flags.format, {Format::Text, Format::Json});
}

}  // namespace

void add_sample(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "sample", session.say("Draw the rows that inspectors look at, reproducibly",
                            "抽查：抽取检查对象并写出清单，可复现"));
  auto flags = std::make_shared<SampleFlags>();
  add_sample_flags(*command, session, *flags);
  command->footer(session.say(
      "Examples:\n  xize sample policy.xize --data data/ -o lists/\n"
      "  xize sample policy.xize --data data/ --seed 4711 --period 2023-06 -o lists/\n"
      "  xize sample policy.xize --data data/ --replay lists/visits.csv\n",
      "示例：\n  xize sample 细则.xize --data 数据/ -o 清单/\n"
      "  xize sample 细则.xize --data 数据/ --seed 4711 --period 2023-06 -o 清单/\n"
      "  xize sample 细则.xize --data 数据/ --replay 清单/跑动件.csv\n"));
  command->callback([flags, &session] { sample(*flags, session); });
}

}  // namespace xize::cli

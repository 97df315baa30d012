#include "tools/cli/scoring_flags.h"

#include <algorithm>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/sampling.h"
#include "compiler/driver/versions.h"
#include "compiler/results/sheet.h"
#include "runtime/value/decimal_text.h"

namespace xize::cli {

void add_parameter_flag(CLI::App& command, const Session& session, DataFlags& flags) {
  command
      .add_option("--parameter", flags.parameters,
                  session.say("A value for a parameter, NAME=VALUE", "参数的值，写作 名称=值"))
      ->type_name("NAME=VALUE");
}

void add_unspecified_flag(CLI::App& command, const Session& session, ScoringFlags& flags) {
  command
      .add_option("--unspecified", flags.unspecified,
                  session.say("What to do where the document gives no rule",
                              "文件未明确之处如何处理：报错、跳过或计 0 分"))
      ->check(CLI::IsMember({"error", "skip", "zero"}).description(""))
      ->type_name("error|skip|zero");
}

void add_policy_flags(CLI::App& command, const Session& session, DataFlags& flags) {
  command
      .add_option("policy", flags.policy,
                  session.say("The policy, or a folder with a policy.xize",
                              "细则文件，或含有 policy.xize 的文件夹"))
      ->required()
      ->type_name("FILE");
  command
      .add_option("--as-of", flags.as_of,
                  session.say("The version in force on this day, of a folder with several",
                              "文件夹内有几个版本的，用此日施行的版本"))
      ->type_name("DATE");
  add_parameter_flag(command, session, flags);
}

void add_data_flags(CLI::App& command, const Session& session, DataFlags& flags) {
  add_policy_flags(command, session, flags);
  command
      .add_option("--data", flags.data,
                  session.say("Folders or CSV files with the data", "数据文件夹或 CSV 文件"))
      ->required()
      ->type_name("PATH");
}

void add_records_flags(CLI::App& command, const Session& session, RecordsFlags& flags) {
  command
      .add_option("--records", flags.url,
                  session.say("A database with the records that have no file: "
                              "postgresql://HOST/DATABASE, clickhouse://HOST/DATABASE, sqlite:FILE",
                              "没有文件的台账从此数据库读取：postgresql://主机/库名、"
                              "clickhouse://主机/库名、sqlite:文件"))
      ->type_name("URL");
  command
      .add_option("--records-timeout", flags.timeout,
                  session.say("Seconds a query may take; 3600 unless said",
                              "一次查询的限时，单位秒；不写为 3600"))
      ->check(CLI::PositiveNumber.description(""))
      ->needs("--records")
      ->type_name("SECONDS");
}

void add_scoring_flags(CLI::App& command, const Session& session, ScoringFlags& flags) {
  add_data_flags(command, session, flags);
  add_unspecified_flag(command, session, flags);
  command
      .add_option("--period", flags.period,
                  session.say("Only this period, as it is printed: 2023-04, 2023Q2; or all",
                              "只看此周期，写法同输出：2023-04、2023Q2；或写 全部"))
      ->type_name("PERIOD");
  command
      .add_option("--seed", flags.seed,
                  session.say("Draw samples that have no list with this seed",
                              "没有清单的抽查，按此种子抽取"))
      ->type_name("DIGITS");
}

std::unique_ptr<driver::Compilation> compile(const DataFlags& flags, Session& session) {
  // Those who score are not asked to mend the worked examples.
  constexpr auto kWithout = syntax::Examples::LeftOut;
  if (flags.as_of.empty()) return driver::compile(flags.policy, session.sink(), kWithout);
  const auto day = value::parse_date(flags.as_of);
  if (const auto* date = std::get_if<value::Date>(&day)) {
    const auto path = driver::version_on(flags.policy, *date, session.sink());
    return path ? driver::compile(*path, session.sink(), kWithout) : nullptr;
  }
  session.sink().report_at<diagnostics::kinds::NotADay>(diagnostics::Nowhere{}, flags.as_of);
  session.finish(Exit::WrongUse);
  return nullptr;
}

std::vector<std::pair<std::string, std::string>> parameters_of(const DataFlags& flags) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string& text : flags.parameters) {
    const auto at = text.find('=');
    parameters.emplace_back(text.substr(0, at),
                            at == std::string::npos ? "" : text.substr(at + 1));
  }
  return parameters;
}

bool check_seed(const std::string& seed, Session& session) {
  if (seed.empty() || !driver::normal_seed(seed).empty()) return true;
  session.sink().report_at<diagnostics::kinds::SeedBad>(diagnostics::Nowhere{}, seed);
  session.finish(Exit::WrongUse);
  return false;
}

driver::ScoringRequest request_of(const ScoringFlags& flags, Session& session) {
  driver::ScoringRequest request;
  request.data = flags.data;
  request.parameters = parameters_of(flags);
  request.seed = driver::normal_seed(flags.seed);
  using lower::UnspecifiedMode;
  if (flags.unspecified == "skip") request.unspecified = UnspecifiedMode::Skip;
  if (flags.unspecified == "zero") request.unspecified = UnspecifiedMode::Zero;
  request.progress = progress_line(session);
  return request;
}

std::function<void(const engine::Progress&)> progress_line(Session& session) {
  if (!session.terminal_err()) return {};
  return [&session](const engine::Progress& progress) {
    if (progress.rows < 100'000) return;
    session.progress(std::string(session.say("reading records: ", "正在读取台账：")) +
                     std::to_string(progress.rows) + session.say(" rows", " 行"));
  };
}

bool check_rubric(const driver::Compilation& compilation, const std::string& rubric,
                  Session& session) {
  if (rubric.empty()) return true;
  const sema::Model& model = compilation.model();
  std::vector<std::string> names;
  for (const sema::NodeId id : model.rubrics) names.push_back(model.nodes[id].name);
  for (const std::string& name : names) {
    if (name == rubric) return true;
  }
  session.sink()
      .report_at<diagnostics::kinds::UnknownRubricAsked>(diagnostics::Nowhere{}, rubric)
      .suggest(diagnostics::did_you_mean(rubric, names));
  return false;
}

bool means_all(const std::string& period) { return period == "all" || period == "全部"; }

bool check_period(const driver::Scoring& scoring, const std::string& period, Session& session) {
  if (period.empty() || means_all(period)) return true;
  const auto periods = results::periods_of(scoring);
  if (std::find(periods.begin(), periods.end(), period) != periods.end()) return true;
  session.sink().report_at<diagnostics::kinds::FlagBadValue>(diagnostics::Nowhere{}, "--period",
                                                            period, diagnostics::List{periods});
  return false;
}

}  // namespace xize::cli

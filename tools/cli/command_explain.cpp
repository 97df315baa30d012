#include <algorithm>
#include <cctype>
#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/pages.h"
#include "compiler/results/explanation.h"
#include "tools/cli/commands.h"
#include "tools/cli/scoring_flags.h"
#include "tools/cli/shared_flags.h"
#include "tools/cli/unit_flags.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;
using diagnostics::Term;

struct ExplainFlags {
  ScoringFlags scoring;
  Format format = Format::Text;
  results::ExplanationRequest request;
  bool exact = false;
  std::string output;
};

// `XZ5001`: two letters and four digits.
bool is_code(const std::string& subject) {
  const bool letters = subject.size() == 6 && subject.starts_with("XZ");
  return letters && std::all_of(subject.begin() + 2, subject.end(),
                                [](unsigned char c) { return std::isdigit(c) != 0; });
}

void explain_code(const std::string& code, Session& session) {
  const std::string page = diagnostics::page_text(code, session.language());
  if (!page.empty()) {
    session.write_result({}, page);
    return;
  }
  std::vector<std::string> codes;
  for (const diagnostics::Row& row : diagnostics::rows()) codes.emplace_back(row.code);
  session.sink()
      .report_at<kinds::UnknownCodeAsked>(Nowhere{}, code)
      .suggest(diagnostics::did_you_mean(code, codes));
  session.print_findings();
}

// A policy needs data and a unit; a code needs neither.
bool check_explain_arguments(const ExplainFlags& flags, Session& session) {
  const auto missing = [&](const char* english, const char* chinese) {
    session.sink().report_at<kinds::ArgumentMissing>(Nowhere{}, "explain", Term{english, chinese});
    session.print_findings();
    session.finish(Exit::WrongUse);
    return false;
  };
  if (flags.scoring.data.empty()) return missing("data: `--data PATH`", "数据：`--data 路径`");
  if (flags.request.unit.empty()) return missing("a unit: `--unit NAME`", "单位：`--unit 名称`");
  return true;
}

std::string print_explanation(const results::Explanation& explanation, const ExplainFlags& flags,
                              const Session& session) {
  const bool colour = session.terminal_out() && flags.output.empty();
  const results::ExplanationStyle style{session.language(), flags.exact, colour};
  switch (flags.format) {
    case Format::Json: return results::explanation_json(explanation);
    case Format::Markdown: return results::explanation_markdown(explanation, style);
    default: return results::explanation_text(explanation, style);
  }
}

// The names an item could have been asked for by.
std::vector<std::string> item_names(const program::Program& program) {
  std::vector<std::string> names;
  for (const program::Node& node : program.nodes) names.push_back(node.name);
  return names;
}

void explain_unit(const ExplainFlags& flags, const driver::Compilation& compilation,
                  Session& session) {
  driver::ScoringRequest request = request_of(flags.scoring, session);
  request.trace_units = {flags.request.unit};
  const auto scoring = driver::score(compilation, request, session.sink());
  if (!scoring) return;
  results::ExplanationRequest asked = flags.request;
  asked.unit = scoring->data.names.resolve(asked.unit);
  if (!means_all(flags.scoring.period)) {
    asked.period = period_shown(flags.scoring.period, *scoring, session);
  }
  if (!check_period(*scoring, asked.period, session)) return;
  const results::Explanation explanation = results::explain(compilation, *scoring, asked);
  std::vector<std::size_t> shown = scoring->outcome.traced_rows;
  if (!asked.period.empty()) {
    std::erase_if(shown, [&](std::size_t row) {
      return results::period_of(*scoring, row) != asked.period;
    });
  }
  driver::report_faults(compilation, *scoring, shown, session.sink());
  session.progress({});
  if (!explanation.rubrics.empty()) {
    session.write_result(flags.output, print_explanation(explanation, flags, session));
  } else if (!asked.item.empty()) {
    session.sink()
        .report_at<kinds::UnknownItemAsked>(Nowhere{}, asked.item, asked.unit)
        .suggest(diagnostics::did_you_mean(asked.item, item_names(scoring->lowered.program)));
  } else {
    const auto& rubrics = scoring->lowered.program.rubrics;
    const std::string first = rubrics.empty() ? "" : rubrics.front().name;
    session.sink().report_at<kinds::UnitNotInRubric>(Nowhere{}, asked.unit,
                                                    asked.rubric.empty() ? first : asked.rubric);
  }
}

// A code is explained by itself: true if no flag was given with it.
bool stands_alone(const std::string& code, const CLI::App& command, Session& session) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() || option->count() == 0) continue;
    session.sink().report_at<kinds::FlagsExclude>(Nowhere{}, option->get_name(), code);
    session.print_findings();
    session.finish(Exit::WrongUse);
    return false;
  }
  return true;
}

void explain(const ExplainFlags& flags, const CLI::App& command, Session& session) {
  const std::string& subject = flags.scoring.policy;
  if (is_code(subject)) {
    if (stands_alone(subject, command, session)) explain_code(subject, session);
    return;
  }
  if (!check_explain_arguments(flags, session)) return;
  const auto compilation = compile(flags.scoring, session);
  const bool ready = compilation && compilation->sound() &&
                     check_rubric(*compilation, flags.request.rubric, session) &&
                     check_seed(flags.scoring.seed, session);
  if (ready) session.leave_warnings_to_check();
  if (ready) explain_unit(flags, *compilation, session);
  session.print_findings();
}

void add_explain_flags(CLI::App& command, Session& session, ExplainFlags& flags) {
  add_scoring_flags(command, session, flags.scoring);
  command.get_option("policy")
      ->description(session.say("The policy or its folder; or the code of a message, e.g. XZ5001",
                                "细则文件或其文件夹；或一条消息的编号，例如 XZ5001"))
      ->type_name("FILE|CODE");
  command.get_option("--data")->required(false);
  command.add_option("--unit", flags.request.unit, session.say("The unit", "单位名称"))
      ->type_name("NAME");
  command
      .add_option("--rubric", flags.request.rubric,
                  session.say("Only this rubric", "只说明此评分表"))
      ->type_name("NAME");
  command
      .add_option("--item", flags.request.item,
                  session.say("Only this item or section, with all details",
                              "只说明此评分项或上级指标，列出全部细节"))
      ->type_name("NAME");
  command.add_flag(
      "--exact", flags.exact,
      session.say("Exact numbers, as fractions if need be", "列出精确数值，除不尽的写成分数"));
  add_format_flag(command, session, flags.format, {Format::Text, Format::Json, Format::Markdown});
  add_output_flag(command, session, flags.output);
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "explain", session.say("Say why a unit has its score, or explain a message",
                             "说明：一个单位为何得此分数，或解释一条消息"));
  auto flags = std::make_shared<ExplainFlags>();
  add_explain_flags(*command, session, *flags);
  command->footer(session.say(
      "Examples:\n"
      "  xize explain policy.xize --data data/ --unit \"Bureau A\"\n"
      "  xize explain policy.xize --data data/ --unit \"Bureau A\" --item Speed --exact\n"
      "  xize explain XZ5001\n",
      "示例：\n"
      "  xize explain 细则.xize --data 数据/ --unit 甲局\n"
      "  xize explain 细则.xize --data 数据/ --unit 甲局 --item 即办程度 --exact\n"
      "  xize explain XZ5001\n"));
  command->callback([flags, command, &session] { explain(*flags, *command, session); });
}

}  // namespace xize::cli

#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/testing/suggestions.h"
#include "compiler/testing/testing.h"
#include "tools/cli/commands.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct TestFlags {
  std::vector<std::string> policies;
  Format format = Format::Text;
  std::string filter;
  bool coverage = false;
  bool suggest = false;
  std::string output;
};

std::string print_results(const std::vector<testing::PolicyResult>& results, const TestFlags& flags,
                          const Session& session) {
  switch (flags.format) {
    case Format::Json: return testing::report_json(results);
    case Format::Junit: return testing::report_junit(results, session.language());
    default: {
      const bool colour = session.terminal_out() && flags.output.empty();
      return testing::report_text(results, {{session.language(), false, colour}, flags.coverage});
    }
  }
}

// Prints the blocks that are missing; on stderr how many, and what they leave open.
void suggest(const TestFlags& flags, Session& session) {
  std::string text;
  std::vector<std::unique_ptr<driver::Compilation>> compilations;
  for (const std::string& path : flags.policies) {
    compilations.push_back(driver::compile(path, session.sink()));
    const driver::Compilation* compilation = compilations.back().get();
    if (compilation == nullptr || !compilation->sound()) continue;
    session.leave_warnings_to_check();
    const testing::Suggestions found = testing::suggest_tests(*compilation);
    const std::string count = std::to_string(found.count);
    session.remark(count + " tests suggested; each says what the policy gives today: confirm it",
                   "建议补充 " + count + " 个算例，所列得分是细则现在算出的，请逐个确认");
    if (!found.open.empty()) {
      const std::string open = std::to_string(found.open.size());
      session.remark(open + " guards, clauses or rows are still not reached, see `--coverage`",
                     "仍有 " + open + " 处判定、条款或档次未涉及，补入后用 `--coverage` 查看");
    }
    text += (text.empty() || found.text.empty() ? "" : "\n") + found.text;
  }
  session.print_findings();
  session.write_result(flags.output, text);
}

void test(const TestFlags& flags, Session& session) {
  if (flags.suggest) return suggest(flags, session);
  // Diagnostics point into the files of the policies.
  std::vector<std::unique_ptr<driver::Compilation>> compilations;
  std::vector<testing::PolicyResult> results;
  for (const std::string& path : flags.policies) {
    compilations.push_back(driver::compile(path, session.sink()));
    const driver::Compilation* compilation = compilations.back().get();
    if (compilation == nullptr || !compilation->sound()) continue;
    session.leave_warnings_to_check();
    if (compilation->model().tests.empty()) {
      session.sink().report_at<diagnostics::kinds::NoTests>(
          diagnostics::InSource{&compilation->file(), {}});
    }
    results.push_back(testing::run_tests(*compilation, flags.filter));
  }
  session.print_findings();
  session.write_result(flags.output, print_results(results, flags, session));
  if (testing::tally(results).failed > 0) session.finish(Exit::Findings);
}

}  // namespace

void add_test(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "test", session.say("Run the worked examples of policies", "验算：运行细则中的算例"));
  auto flags = std::make_shared<TestFlags>();
  add_policies(*command, session, flags->policies);
  command
      ->add_option(
          "--filter", flags->filter,
          session.say("Only tests whose title holds this text", "只运行标题中含有此文字的算例"))
      ->type_name("TEXT");
  command->add_flag("--coverage", flags->coverage,
                    session.say("List guards, clauses and rows that no test reached",
                                "列出没有算例涉及的判定、条款和档次"));
  auto* suggest = command->add_flag(
      "--suggest", flags->suggest,
      session.say("Print tests that are missing, with today's outcome to confirm",
                  "列出尚缺的算例，得分按细则现在算出的填，供逐个确认"));
  add_format_flag(*command, session, flags->format, {Format::Text, Format::Json, Format::Junit});
  for (const char* of_a_run : {"--filter", "--coverage", "--format"}) suggest->excludes(of_a_run);
  add_output_flag(*command, session, flags->output);
  command->footer(session.say(
      "Examples:\n  xize test policy.xize\n  xize test policies/* --format junit -o tests.xml\n"
      "  xize test policy.xize --suggest -o more.xize\n",
      "示例：\n  xize test 细则.xize\n  xize test policies/* --format junit -o 算例.xml\n"
      "  xize test 细则.xize --suggest -o 补充.xize\n"));
  command->callback([flags, &session] { test(*flags, session); });
}

}  // namespace xize::cli

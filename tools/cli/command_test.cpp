#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "tools/cli/commands.h"

namespace xize::cli {
namespace {

void test(const std::vector<std::string>& policies, Session& session) {
  for (const std::string& policy : policies) {
    const auto compilation = driver::compile(policy, session.sink());
    if (!compilation || !compilation->model().tests.empty()) continue;
    session.sink().report_at<diagnostics::Kind::NoTests>(diagnostics::InSource{&compilation->file(), {}});
  }
  session.print_findings();
}

}  // namespace

void add_test(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("test", session.say("Run the tests of policies", "运行细则中的算例"));
  auto policies = std::make_shared<std::vector<std::string>>();
  command->add_option("policy", *policies, session.say("Policies", "细则文件"))->required();
  command->callback([policies, &session] { test(*policies, session); });
}

}  // namespace xize::cli

#include <memory>
#include <string>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/pages.h"
#include "tools/cli/commands.h"

namespace xize::cli {
namespace {

void explain_code(const std::string& code, Session& session) {
  const std::string page = diagnostics::page_text(code, session.language());
  if (!page.empty()) {
    session.write_result({}, page);
    return;
  }
  std::vector<std::string> codes;
  for (const diagnostics::Row& row : diagnostics::rows()) codes.emplace_back(row.code);
  session.sink()
      .report_at<diagnostics::Kind::UnknownCodeAsked>(diagnostics::Nowhere{}, code)
      .suggest(diagnostics::did_you_mean(code, codes));
  session.print_findings();
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "explain", session.say("Explain a message by its code", "解释一种提示"));
  auto code = std::make_shared<std::string>();
  command->add_option("subject", *code, session.say("A code", "提示代码"))->required();
  command->callback([code, &session] { explain_code(*code, session); });
}

}  // namespace xize::cli

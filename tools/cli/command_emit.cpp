#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/emit.h"
#include "tools/cli/commands.h"
#include "tools/cli/scoring_flags.h"
#include "tools/cli/shared_flags.h"

namespace xize::cli {
namespace {

struct EmitFlags {
  std::string form;
  ScoringFlags policy;
  std::string dialect, output;
};

void emit(const EmitFlags& flags, Session& session) {
  const auto compilation = compile(flags.policy, session);
  if (compilation && compilation->sound()) {
    session.leave_warnings_to_check();
    const auto scoring = request_of(flags.policy, session);
    const driver::EmitRequest request{flags.dialect, scoring.parameters, scoring.unspecified};
    const auto text = driver::emit_sql(*compilation, request, session.sink());
    if (text) session.write_result(flags.output, *text);
  }
  session.print_findings();
}

}  // namespace

void add_emit(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "emit",
      session.say("Write a policy as a view of a database", "输出：把细则写成数据库的视图"));
  auto flags = std::make_shared<EmitFlags>();
  command->add_option("form", flags->form, session.say("What to write: sql", "输出的形式：sql"))
      ->required()
      ->check(CLI::IsMember({"sql"}).description(""))
      ->type_name("sql");
  add_policy_flags(*command, session, flags->policy);
  add_unspecified_flag(*command, session, flags->policy);
  command
      ->add_option("--dialect", flags->dialect,
                   session.say("The database it is for", "用于哪一种数据库"))
      ->required()
      ->check(CLI::IsMember({"postgresql", "clickhouse", "duckdb", "sqlite"}).description(""))
      ->type_name("postgresql|clickhouse|duckdb|sqlite");
  add_output_flag(*command, session, flags->output);
  command->footer(
      session.say("Examples:\n  xize emit sql policy.xize --dialect postgresql -o scores.sql\n",
                  "示例：\n  xize emit sql 细则.xize --dialect postgresql -o 得分.sql\n"));
  command->callback([flags, &session] { emit(*flags, session); });
}

}  // namespace xize::cli

// xize: the command line. It only reads flags, calls the driver and prints.
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>

#include "tools/cli/commands.h"
#include "tools/cli/usage_errors.h"

namespace xize::cli {
namespace {

// Labels and groups of the help texts in the language of the session.
void localise(CLI::App& app, const Session& session) {
  const auto formatter = app.get_formatter();
  formatter->label("Usage", session.say("Usage", "用法"));
  formatter->label("OPTIONS", session.say("flags", "参数"));
  formatter->label("SUBCOMMAND", session.say("COMMAND", "命令"));
  formatter->label("SUBCOMMANDS", session.say("COMMAND", "命令"));
  formatter->label("Positionals", session.say("Arguments", "对象"));
  formatter->label("REQUIRED", session.say("(required)", "（必填）"));
  formatter->label("Needs", session.say("Needs", "须同时给出"));
  formatter->label("Excludes", session.say("Excludes", "不能同时给出"));
  formatter->column_width(28);
  app.set_help_flag("-h,--help", session.say("Show this help", "显示帮助"));
  for (CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) option->group(session.say("Flags", "参数"));
  }
  for (CLI::App* command : app.get_subcommands({})) {
    command->group(session.say("Commands", "命令"));
    command->formatter(formatter);
    command->fallthrough();
    localise(*command, session);
  }
}

void add_common_flags(CLI::App& app, Session& session) {
  static std::string lang;
  app.add_option("--lang", lang,
                 session.say("Language of messages: zh or en", "消息的语言：zh 或 en"))
      ->check(CLI::IsMember({"zh", "en"}).description(""))
      ->type_name("zh|en");
  app.set_version_flag("--version", "xize " XIZE_VERSION,
                       session.say("Show the version", "显示版本"));
  app.fallthrough();
}

int run(int argc, char** argv) {
  Session session(argc, argv);
  CLI::App app(session.say("Xize: government scoring rubrics as text, checked and scored exactly",
                           "细则：把考核评分细则写成可检查、可精确计分的文本"),
               "xize");
  add_new(app, session);
  add_check(app, session);
  add_template(app, session);
  add_score(app, session);
  add_explain(app, session);
  add_whatif(app, session);
  add_improve(app, session);
  add_sensitivity(app, session);
  add_test(app, session);
  add_reach(app, session);
  add_verify(app, session);
  add_sample(app, session);
  add_diff(app, session);
  add_fmt(app, session);
  add_emit(app, session);
  add_completion(app, session);
  add_common_flags(app, session);
  app.require_subcommand(1);
  localise(app, session);
  app.footer(
      session.say("Start with: xize check policy.xize; xize score policy.xize --data data/\n",
                  "先试：xize check 细则.xize；xize score 细则.xize --data 数据/\n"));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success&) {
    session.write_result({}, help_or_version(app));
  } catch (const CLI::ParseError& error) {
    report_usage_error(error, app, session);
  }
  return static_cast<int>(session.close());
}

}  // namespace
}  // namespace xize::cli

int main(int argc, char** argv) {
  // A reader that has gone and a file that may not grow are errors of `write`, not our end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    const int status = xize::cli::run(argc, argv);
#ifdef NDEBUG
    // All is written: the system frees the parser's tables faster than their destructors do.
    std::_Exit(status);
#endif
    return status;
  } catch (const std::bad_alloc&) {
    std::fputs("xize: 内存不足 / out of memory\n", stderr);
    return static_cast<int>(xize::cli::Exit::Environment);
  } catch (const std::exception& error) {
    std::fprintf(stderr,
                 "xize: 内部错误，请连同细则一并报告 / internal error, please report it: %s\n",
                 error.what());
    return static_cast<int>(xize::cli::Exit::Internal);
  }
}

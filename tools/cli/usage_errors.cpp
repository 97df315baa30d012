#include "tools/cli/usage_errors.h"

#include <cctype>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/whatif.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

// The command that was asked for, or the program itself.
const CLI::App& asked(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : *commands.front();
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> flag_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void report_extras(const CLI::App& app, Session& session) {
  const CLI::App& command = asked(app);
  const std::vector<std::string> extras = app.remaining(true);
  const std::string word = extras.empty() ? std::string() : extras.front();
  auto& sink = session.sink();
  if (word.starts_with("-")) {
    const std::string flag = word.substr(0, word.find('='));
    sink.report_at<kinds::UnknownFlag>(Nowhere{}, flag, command.get_name())
        .suggest(diagnostics::did_you_mean(flag, flag_names(command)));
  } else if (&command == &app) {
    sink.report_at<kinds::UnknownCommand>(Nowhere{}, word)
        .suggest(diagnostics::did_you_mean(word, command_names(app)));
  } else {
    sink.report_at<kinds::ArgumentExtra>(Nowhere{}, word);
  }
}

// The flag an error of CLI11 speaks of, which it names only in its message: the longest, as one may
// begin like another.
const CLI::Option* option_in(const CLI::App& command, std::string_view message) {
  const CLI::Option* found = nullptr;
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    if (name.empty() || message.find(name) == std::string_view::npos) continue;
    if (found == nullptr || name.size() > found->get_name().size()) found = option;
  }
  return found;
}

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find(mark, from), text.size());
    parts.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

void report_value(const CLI::ParseError& error, const CLI::App& app, Session& session) {
  const std::string message = error.what();
  const CLI::Option* option = option_in(asked(app), message);
  if (option == nullptr) option = option_in(app, message);
  const std::string name = option != nullptr ? option->get_name() : message;
  const auto results = option != nullptr ? option->results() : std::vector<std::string>{};
  if (results.empty() || results.back().empty()) {
    session.sink().report_at<kinds::FlagNeedsValue>(Nowhere{}, name);
    return;
  }
  // Words that may be written stand there as they are, and what stands for a number in capitals.
  const std::string type = option->get_type_name();
  if (!type.empty() && std::islower(static_cast<unsigned char>(type.front())) != 0) {
    session.sink().report_at<kinds::FlagBadValue>(Nowhere{}, name, results.back(),
                                                  diagnostics::List{split(type, '|')});
  } else {
    session.sink().report_at<kinds::NoNumberAsked>(Nowhere{}, name, results.back());
  }
}

// Both of the flags were given.
void report_exclusion(const CLI::App& app, Session& session) {
  for (const CLI::Option* option : asked(app).get_options()) {
    for (const CLI::Option* other : option->get_excludes()) {
      if (option->count() == 0 || other->count() == 0) continue;
      session.sink().report_at<kinds::FlagsExclude>(Nowhere{}, option->get_name(),
                                                   other->get_name());
      return;
    }
  }
}

// A flag was given without the one that it belongs to.
void report_need(const CLI::App& app, Session& session) {
  for (const CLI::Option* option : asked(app).get_options()) {
    for (const CLI::Option* other : option->get_needs()) {
      if (option->count() == 0 || other->count() > 0) continue;
      session.sink().report_at<kinds::FlagNeedsFlag>(Nowhere{}, option->get_name(),
                                                    other->get_name());
      return;
    }
  }
}

void report_missing(const CLI::App& app, Session& session) {
  const CLI::App& command = asked(app);
  // What is missing may well be what was misspelt.
  const auto extras = app.remaining(true);
  const bool misspelt = !extras.empty() && (&command == &app || extras.front().starts_with("-"));
  if (misspelt) return report_extras(app, session);
  if (&command == &app) {
    session.write_result({}, app.help());
    return session.finish(Exit::WrongUse);
  }
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_required() || option->count() > 0) continue;
    const std::string name = option->get_positional() ? option->get_name(true) : option->get_name();
    diagnostics::Term wanted{"`" + name + "`", " `" + name + "`"};
    if (name == "policy") wanted = {"a policy file", "细则文件"};
    if (name == "name") wanted = {"a name for the new policy", "新细则的名称"};
    if (name == "old") wanted = {"the old version", "旧版细则"};
    if (name == "new") wanted = {"the new version", "新版细则"};
    session.sink().report_at<kinds::ArgumentMissing>(Nowhere{}, command.get_name(), wanted);
    return;
  }
}

}  // namespace

std::string help_or_version(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    if (command->count("--help") > 0) return command->help("xize");
  }
  if (app.count("--version") > 0) return app.version() + "\n";
  return &asked(app) == &app ? app.help() : asked(app).help("xize");
}

void report_usage_error(const CLI::ParseError& error, const CLI::App& app, Session& session) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    report_extras(app, session);
  } else if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    report_missing(app, session);
  } else if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
    report_exclusion(app, session);
  } else if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr) {
    report_need(app, session);
  } else {
    report_value(error, app, session);
  }
  session.print_findings();
  session.finish(Exit::WrongUse);
}

}  // namespace xize::cli

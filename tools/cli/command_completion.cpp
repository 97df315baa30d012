#include <memory>
#include <string>

#include "tools/cli/commands.h"

namespace xize::cli {
namespace {

std::string flags_of(const CLI::App& command) {
  std::string flags;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) flags += "--" + name + " ";
  }
  return flags;
}

// One `case` arm for each command; files complete everywhere else.
std::string arms(const CLI::App& app) {
  std::string text;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    text += "    " + command->get_name() + ") flags=\"" + flags_of(*command) + "\" ;;\n";
  }
  return text;
}

std::string names_of(const CLI::App& app) {
  std::string names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names += command->get_name() + " ";
  }
  return names;
}

std::string bash_script(const CLI::App& app) {
  return "# bash completion for xize: source <(xize completion bash)\n"
         "_xize() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} flags=\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    COMPREPLY=($(compgen -W \"" + names_of(app) + flags_of(app) + "\" -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" + arms(app) +
         "  esac\n"
         "  case $word in\n"
         "    -*) COMPREPLY=($(compgen -W \"$flags\" -- \"$word\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _xize xize\n";
}

std::string zsh_script(const CLI::App& app) {
  return "#compdef xize\n"
         "# zsh completion for xize: source <(xize completion zsh)\n"
         "_xize() {\n"
         "  local flags=\n"
         "  if (( CURRENT == 2 )); then\n"
         "    compadd -- " + names_of(app) + "\n"
         "    return\n"
         "  fi\n"
         "  case ${words[2]} in\n" + arms(app) +
         "  esac\n"
         "  if [[ ${words[CURRENT]} == -* ]]; then compadd -- ${=flags}; else _files; fi\n"
         "}\n"
         "compdef _xize xize\n";
}

}  // namespace

void add_completion(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "completion", session.say("Print the completion script of a shell", "输出命令行补全脚本"));
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, session.say("bash or zsh", "bash 或 zsh"))
      ->required()->check(CLI::IsMember({"bash", "zsh"}).description(""))->type_name("bash|zsh");
  command->footer(session.say("Examples:\n  source <(xize completion bash)\n",
                              "示例：\n  source <(xize completion bash)\n"));
  command->callback([shell, &app, &session] {
    session.write_result({}, *shell == "bash" ? bash_script(app) : zsh_script(app));
  });
}

}  // namespace xize::cli

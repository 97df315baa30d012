#include <memory>
#include <string>

#include "compiler/driver/skeleton.h"
#include "compiler/results/shell_word.h"
#include "tools/cli/commands.h"

namespace xize::cli {
namespace {

struct NewFlags {
  std::string folder;
};

void make(const NewFlags& flags, Session& session) {
  const auto files = driver::skeleton_files(session.language());
  if (session.write_new(flags.folder, files)) {
    std::string text;
    for (const auto& [name, content] : files) text += flags.folder + "/" + name + "\n";
    text += session.say("next: cd ", "接下来：cd ") + results::shell_word(flags.folder) +
            session.say(" && xize score . --data data\n", " && xize score . --data data\n");
    session.write_result({}, text);
  }
  session.print_findings();
}

}  // namespace

void add_new(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("new", session.say("Begin a policy in a new folder, with data to score",
                                            "新建：在新文件夹中写出可直接计分的细则样例"));
  auto flags = std::make_shared<NewFlags>();
  command
      ->add_option("name", flags->folder,
                   session.say("The folder to make", "要新建的文件夹"))
      ->required()
      ->type_name("NAME");
  command->footer(session.say("Example:\n  xize new review && "
                              "xize score review --data review/data\n",
                              "示例：\n  xize new 年度考核 && "
                              "xize score 年度考核 --data 年度考核/data\n"));
  command->callback([flags, &session] { make(*flags, session); });
}

}  // namespace xize::cli

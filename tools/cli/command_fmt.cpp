#include <memory>
#include <string>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/compilation.h"
#include "compiler/format/format.h"
#include "compiler/format/same_tree.h"
#include "compiler/syntax/parse.h"
#include "tools/cli/commands.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

struct FmtFlags {
  std::vector<std::string> policies;
  std::string keywords;
  bool check = false;
  bool write = false;
};

format::Options options_of(const FmtFlags& flags) {
  format::Options options;
  if (flags.keywords == "zh") options.surface = ast::Surface::Chinese;
  if (flags.keywords == "en") options.surface = ast::Surface::English;
  return options;
}

// A layout is only good if it reads back as the same tree; else the mistake is ours.
bool reads_back(const driver::Compilation& compilation, const std::string& text) {
  const source::File file("", text);
  diagnostics::Sink sink(file);
  const ast::Module again = syntax::parse(file, sink);
  return sink.error_count() == 0 && format::same_tree(compilation.module(), again);
}

// One file: printed, written back, or compared. A file that cannot be parsed is never touched.
void format_one(const driver::Compilation& compilation, const FmtFlags& flags, Session& session) {
  const std::string& file = compilation.file().path();
  if (!compilation.sound()) {
    session.sink().report_at<kinds::LayoutUntouched>(Nowhere{}, file);
    return;
  }
  const std::string text =
      format::to_text(compilation.module(), compilation.file(), options_of(flags));
  if (!reads_back(compilation, text)) {
    const char* what = session.say("the layout of this policy does not read back as the same: ",
                                   "排版后再读入与原来不同：");
    session.sink().report_at<kinds::InternalFault>(Nowhere{}, "fmt", what + file);
    return session.finish(Exit::Internal);
  }
  const bool same = text == compilation.file().text();
  if (flags.check) {
    if (!same) session.sink().report_at<kinds::LayoutDiffers>(Nowhere{}, file);
  } else if (!flags.write || file == "-") {
    session.write_result({}, text);
  } else if (!same) {
    session.write_result(file, text);
  }
}

void fmt(const FmtFlags& flags, Session& session) {
  std::vector<std::unique_ptr<driver::Compilation>> kept;  // diagnostics point into the files
  for (const std::string& path : flags.policies) {
    kept.push_back(driver::read(path, session.sink()));
    if (kept.back()) format_one(*kept.back(), flags, session);
  }
  session.print_findings();
}

}  // namespace

void add_fmt(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "fmt", session.say("Print a policy in the canonical layout, in Chinese or English words",
                         "排版细则：按规范版式输出，可转换中英文关键词"));
  auto flags = std::make_shared<FmtFlags>();
  command
      ->add_option(
          "policy", flags->policies,
          session.say("Policy files, or `-` for standard input", "细则文件，`-` 表示标准输入"))
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--keywords", flags->keywords,
                   session.say("The language of the keywords; as they are by default",
                               "关键词的语言；默认保持原样"))
      ->check(CLI::IsMember({"zh", "en"}).description(""))
      ->type_name("zh|en");
  auto* check = command->add_flag(
      "--check", flags->check,
      session.say("Only say whether the layout is canonical", "只检查版式是否规范"));
  command->add_flag("-w,--write", flags->write, session.say("Write the files back", "写回文件"))
      ->excludes(check);
  command->footer(
      session.say("Examples:\n  xize fmt policy.xize\n  xize fmt --write policy.xize\n  xize fmt "
                  "--keywords en policy.xize\n",
                  "示例：\n  xize fmt 细则.xize\n  xize fmt --write 细则.xize\n  xize fmt "
                  "--keywords en 细则.xize\n"));
  command->callback([flags, &session] { fmt(*flags, session); });
}

}  // namespace xize::cli

// What every command shares: the language, where output goes, the findings, the exit status.
// In: flags common to all commands. Out: text on stdout or stderr, whole or not at all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/sink.h"

namespace xize::cli {

// The meaning of the program's exit statuses.
enum class Exit : int {
  Fine = 0,
  Findings = 1,     // errors in the policy or the data, a failed test
  WrongUse = 2,     // flags and arguments
  Environment = 3,  // a limit, a file system, a server
  Internal = 70,    // a mistake of this program
};

// How a command reports.
enum class Format { Text, Json, JsonLines, Sarif, Csv, Markdown, Junit };

class Session {
 public:
  // The language comes from `--lang`, else XIZE_LANG, LC_ALL, LC_MESSAGES, LANG; Chinese unless
  // these say otherwise in so many words.
  Session(int argc, char** argv);

  [[nodiscard]] diagnostics::Language language() const { return language_; }
  void set_language(diagnostics::Language language) { language_ = language; }
  // The fitting one of two texts.
  [[nodiscard]] const char* say(const char* english, const char* chinese) const {
    return language_ == diagnostics::Language::Chinese ? chinese : english;
  }

  diagnostics::Sink& sink() { return sink_; }
  // A person watches stdout (stderr): colour and progress are welcome.
  [[nodiscard]] bool terminal_out() const { return terminal_out_; }
  [[nodiscard]] bool terminal_err() const { return terminal_err_; }
  // Cells a line of the terminal holds; 100 where there is none.
  [[nodiscard]] int width() const;

  // Writes a result to `path`, or to stdout where it is empty or `-`. False after a fault, which
  // is reported and sets the exit status.
  bool write_result(const std::string& path, std::string_view bytes);
  // The same of a result that `give` hands on piece by piece.
  using Take = std::function<void(std::string_view)>;
  bool write_result(const std::string& path, const std::function<void(const Take&)>& give);
  // Writes files that may not exist yet into a folder, all or none. False after a fault, as above.
  bool write_new(const std::string& folder,
                 const std::vector<std::pair<std::string, std::string>>& files);
  // Prints the findings to stderr as text; `Exit::Findings` if there are errors.
  Exit print_findings();
  // Forgets warnings and advice about the policy, which are the business of `check`; says on
  // stderr how many there were. Errors stay.
  void leave_warnings_to_check();
  // One line on stderr that is no finding.
  void remark(const std::string& english, const std::string& chinese);
  // Prints the findings to stdout in the given format.
  Exit print_findings(Format format);

  void finish(Exit exit);
  // The end of the run: says what could not be said before, such as why stdout took no result.
  Exit close();

  // A line that is rewritten while a person watches; empty clears it.
  void progress(std::string_view line);

 private:
  [[nodiscard]] Exit status_of_findings() const;

  diagnostics::Language language_ = diagnostics::Language::Chinese;
  diagnostics::Sink sink_;
  bool terminal_out_ = false;
  bool terminal_err_ = false;
  bool progress_shown_ = false;
  bool unsaid_ = false;  // a finding came after the others were printed
  Exit exit_ = Exit::Fine;
};

}  // namespace xize::cli

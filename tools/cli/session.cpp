#include "tools/cli/session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/diagnostics/kinds/text.h"
#include "compiler/driver/report_data.h"
#include "runtime/io/atomic_file.h"

namespace xize::cli {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Language;

bool is_english(std::string_view locale) {
  return locale.starts_with("en") || locale == "C" || locale == "POSIX" || locale.starts_with("C.");
}

// `--lang en` must be known before the help texts are made.
Language language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--lang" && i + 1 < argc)
      return is_english(argv[i + 1]) ? Language::English : Language::Chinese;
    if (word.starts_with("--lang=")) {
      return is_english(word.substr(7)) ? Language::English : Language::Chinese;
    }
  }
  for (const char* name : {"XIZE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("en") ? Language::English : Language::Chinese;
  }
  return Language::Chinese;
}

// Not the policy and not the data, but the machine or a limit stands in the way.
bool of_environment(diagnostics::Kind kind) {
  switch (kind) {
    case kinds::FileUnreadable:
    case kinds::FileTooLarge:
    case kinds::DataUnreadable:
    case kinds::DataFileChanged:
    case kinds::OutputFolderMissing:
    case kinds::BuiltWithoutCompiler:
    case kinds::OutputUnwritable:
    case kinds::DiskFull:
    case kinds::RecordsUnreachable:
    case kinds::RecordsDenied:
    case kinds::RecordsQueryFailed:
    case kinds::RecordsTimedOut:
    case kinds::RecordsIncomplete:
    case kinds::RecordsInterrupted:
    case kinds::RecordsNoLibrary: return true;
    default: return false;
  }
}

// The address of a database is part of the command.
bool of_command(diagnostics::Kind kind) {
  return kind == kinds::RecordsUrlBad || kind == kinds::RecordsUrlPassword;
}

// Writes pieces until one cannot be written.
std::optional<io::WriteFault> write_pieces(
    const std::function<void(const Session::Take&)>& give,
    const std::function<std::optional<io::WriteFault>(std::string_view)>& write) {
  std::optional<io::WriteFault> fault;
  give([&](std::string_view bytes) {
    if (!fault) fault = write(bytes);
  });
  return fault;
}

std::optional<io::WriteFault> stream_pieces(const std::function<void(const Session::Take&)>& give) {
  return write_pieces(
      give, [](std::string_view bytes) { return io::write_stream(STDOUT_FILENO, bytes); });
}

std::optional<io::WriteFault> file_pieces(const std::string& path,
                                          const std::function<void(const Session::Take&)>& give) {
  auto created = io::AtomicFile::create(path);
  if (auto* fault = std::get_if<io::WriteFault>(&created)) return *fault;
  auto& file = std::get<io::AtomicFile>(created);
  const auto fault = write_pieces(give, [&](std::string_view bytes) { return file.write(bytes); });
  return fault ? fault : file.commit();
}

}  // namespace

Session::Session(int argc, char** argv)
    : language_(language_of(argc, argv)),
      terminal_out_(isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr),
      terminal_err_(isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr) {}

int Session::width() const {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::max<int>(size.ws_col, 40);
  }
  return 100;
}

bool Session::write_result(const std::string& path, std::string_view bytes) {
  return write_result(path, [&](const Take& take) { take(bytes); });
}

bool Session::write_result(const std::string& path, const std::function<void(const Take&)>& give) {
  const bool to_stdout = path.empty() || path == "-";
  const auto fault = to_stdout ? stream_pieces(give) : file_pieces(path, give);
  if (!fault) return true;
  driver::report_write_fault(sink_, *fault);
  unsaid_ = true;
  if (fault->kind != io::WriteFaultKind::ReaderGone) finish(Exit::Environment);
  return false;
}

bool Session::write_new(const std::string& folder,
                        const std::vector<std::pair<std::string, std::string>>& files) {
  const auto fault = io::write_new_files(folder, files);
  if (!fault) return true;
  driver::report_write_fault(sink_, *fault);
  if (std::holds_alternative<io::WriteFault>(*fault)) finish(Exit::Environment);
  return false;
}

Exit Session::status_of_findings() const {
  const auto& findings = sink_.findings();
  const auto any = [&](bool (*holds)(diagnostics::Kind)) {
    return std::any_of(findings.begin(), findings.end(),
                       [holds](const auto& finding) { return holds(finding.kind); });
  };
  if (any(of_environment)) return Exit::Environment;
  if (any(of_command)) return Exit::WrongUse;
  return sink_.has_errors() ? Exit::Findings : Exit::Fine;
}

Exit Session::close() {
  if (unsaid_) print_findings();
  return exit_;
}

void Session::leave_warnings_to_check() {
  if (sink_.has_errors()) return;
  const std::size_t warnings = sink_.warning_count();
  sink_ = diagnostics::Sink();
  if (warnings == 0) return;
  const std::string count = std::to_string(warnings);
  remark("the check has " + count + (warnings == 1 ? " warning" : " warnings") +
             " about this policy, see `xize check`",
         "细则有 " + count + " 条警告，运行 `xize check` 查看");
}

void Session::remark(const std::string& english, const std::string& chinese) {
  io::write_stream(STDERR_FILENO, language_ == Language::Chinese ? "提示：" + chinese + "\n"
                                                                 : "note: " + english + "\n");
}

Exit Session::print_findings() {
  progress({});
  unsaid_ = false;
  if (!sink_.empty()) {
    const std::string text = diagnostics::render_text(sink_, {language_, terminal_err_});
    io::write_stream(STDERR_FILENO, text);
  }
  finish(status_of_findings());
  return exit_;
}

Exit Session::print_findings(Format format) {
  std::string text;
  switch (format) {
    case Format::Json: text = diagnostics::render_json_lines(sink_, language_); break;
    case Format::Sarif: text = diagnostics::render_sarif(sink_, language_, XIZE_VERSION); break;
    default: text = diagnostics::render_text(sink_, {language_, terminal_out_}); break;
  }
  finish(status_of_findings());
  write_result({}, text);
  return exit_;
}

void Session::finish(Exit exit) { exit_ = std::max(exit_, exit); }

void Session::progress(std::string_view line) {
  if (!terminal_err_ || (line.empty() && !progress_shown_)) return;
  std::string text = "\r\033[K";
  text += line;
  io::write_stream(STDERR_FILENO, text);
  progress_shown_ = !line.empty();
}

}  // namespace xize::cli

#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace xize::support {
namespace {

std::map<std::string, std::string> environment_of(const Command& command) {
  std::map<std::string, std::string> all;
  const auto put = [&all](const std::string& entry) {
    const auto equals = entry.find('=');
    if (equals != std::string::npos) all[entry.substr(0, equals)] = entry;
  };
  for (char** entry = environ; *entry != nullptr; ++entry) put(*entry);
  for (const auto& entry : command.environment) put(entry);
  return all;
}

std::string take(int fd) {
  std::string text;
  lseek(fd, 0, SEEK_SET);
  char buffer[65536];
  for (ssize_t n = 0; (n = read(fd, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(n));
  }
  close(fd);
  return text;
}

int start(const Command& command, int out, int err, pid_t& pid) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, command.merged ? out : err, 2);
  if (!command.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // a limit ends the whole group

  auto variables = environment_of(command);
  std::vector<char*> environment;
  for (auto& [name, entry] : variables) environment.push_back(entry.data());
  environment.push_back(nullptr);
  std::vector<std::string> words = command.words;
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  const int error =
      posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

void await(pid_t pid, std::chrono::seconds limit, Ended& ended) {
  // glibc 2.36 declares pidfd_open without C linkage, so it is called by number.
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  pollfd waiting{handle, POLLIN, 0};
  const auto limit_ms = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
  if (handle >= 0 && poll(&waiting, 1, static_cast<int>(limit_ms)) == 0) {
    ended.timed_out = true;
    kill(-pid, SIGKILL);
  }
  if (handle >= 0) close(handle);
  int status = 0;
  waitpid(pid, &status, 0);
  ended.by_signal = WIFSIGNALED(status);
  ended.status = ended.by_signal ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Ended run(const Command& command) {
  Ended ended;
  const int out = memfd_create("out", MFD_CLOEXEC);
  const int err = memfd_create("err", MFD_CLOEXEC);
  pid_t pid = 0;
  if (const int error = start(command, out, err, pid); error != 0) {
    close(out);
    close(err);
    ended.status = 127;
    ended.err = command.words[0] + ": " + std::strerror(error) + "\n";
    return ended;
  }
  await(pid, command.limit, ended);
  ended.out = take(out);
  ended.err = take(err);
  return ended;
}

std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;
  char quote = 0;
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) quote = 0;
      else word += c;
    } else if (c == '\'' || c == '"') {
      quote = c;
      open = true;
    } else if (c == ' ' || c == '\t') {
      if (open) words.push_back(std::move(word));
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (open) words.push_back(std::move(word));
  return words;
}

}  // namespace xize::support

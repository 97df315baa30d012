// Runs a program and keeps what it wrote; the test runners stand on it.
// In: a command line and where to run it. Out: both streams and how it ended. Must hold: no shell
// is involved, standard input is empty, and a child never outlives its time limit.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace xize::support {

// What to run, where, and for how long.
struct Command {
  std::vector<std::string> words;        // the program, found on PATH, then its arguments
  std::filesystem::path folder;          // empty: where the runner stands
  std::vector<std::string> environment;  // `NAME=value`, over the runner's own
  bool merged = false;                   // both streams into `out`, in the order written
  std::chrono::seconds limit{120};
};

// How a program ended: its exit status, or 128 + the signal that ended it, as shells count.
struct Ended {
  int status = 0;
  bool by_signal = false;
  bool timed_out = false;
  std::string out;
  std::string err;
};

// Status 127 with a sentence in `err` when the program cannot be started.
Ended run(const Command& command);

// The words of a command line: blanks separate, '…' and "…" group, nothing else is special.
std::vector<std::string> split_words(const std::string& line);

}  // namespace xize::support

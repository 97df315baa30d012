// atomic_file: results to files and streams, whole or not at all.
// In: bytes. Out: the file under its name, or a fault and no trace.
// Must hold: until `commit` the target is as it was; after a fault or without `commit` nothing is
// left behind. A target that is no regular file (/dev/full, a pipe) is written to directly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace xize::io {

// Why bytes could not be written.
enum class WriteFaultKind : std::uint8_t {
  NoFolder,      // the folder of the target does not exist
  NoPermission,  // also a file system that is mounted read-only
  IsFolder,      // the target is a folder
  DiskFull,      // or a quota, or the largest size a file may have
  ReaderGone,    // nobody reads the pipe any more; the usual end of `xize … | head`
  Failed,
};

// The fault, the path of the target (empty for a stream) and what the system said.
struct WriteFault {
  WriteFaultKind kind = WriteFaultKind::Failed;
  std::string path;
  std::string detail;
};

// A file being written: beside the target, under a name of its own, until `commit`.
class AtomicFile {
 public:
  static std::variant<AtomicFile, WriteFault> create(const std::string& target);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  std::optional<WriteFault> write(std::string_view bytes);
  // Puts the file on disk and under its name. Nothing may be written after it.
  std::optional<WriteFault> commit();

 private:
  AtomicFile(int file, std::string target, std::string temporary);
  void discard();

  int file_ = -1;
  std::string target_;     // behind symbolic links
  std::string temporary_;  // empty if the target is written to directly
};

// Creates, writes and commits.
std::optional<WriteFault> write_file(const std::string& target, std::string_view bytes);

// Writes all bytes to an open stream, such as standard output. A closed pipe is a fault, not a
// signal.
std::optional<WriteFault> write_stream(int file, std::string_view bytes);

}  // namespace xize::io

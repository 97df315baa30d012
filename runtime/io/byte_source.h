// byte_source: the bytes of a file, chunk by chunk, with every way reading can fail as a value.
// In: a path. Out: readers pull chunks; a test can stand in for a file.
// Must hold: never blocks on a pipe or device; memory is the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "runtime/io/data_problem.h"

namespace xize::io {

// Why no more bytes come; `detail` is what the system said, where it said something.
struct ReadFault {
  ProblemKind kind = ProblemKind::ReadFailed;
  std::string detail;
};

// Delivers bytes in order. `read` gives how many it wrote into `into`, 0 at the end.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::variant<std::size_t, ReadFault> read(std::span<char> into) = 0;

  // How many bytes `read_at` can reach; 0: bytes come only in order.
  [[nodiscard]] virtual std::uint64_t size() const { return 0; }
  // Reads anywhere, on several threads at once. Fewer bytes come at the end of the file, and where
  // reading fails; why, `read` says there.
  virtual std::size_t read_at(std::uint64_t /*offset*/, std::span<char> /*into*/) const {
    return 0;
  }
  // `read` goes on there.
  virtual void seek(std::uint64_t /*offset*/) {}
};

// Opens a regular file. At its end the source checks that the file is still the one that was
// opened: if its size or time has changed, or fewer bytes came than it had, the last `read` gives
// FileChanged.
std::variant<std::unique_ptr<ByteSource>, ReadFault> open_file(const std::string& path);

// The bytes of a text, for tests and for callers that already hold them; `chunk_bytes` at a time.
std::unique_ptr<ByteSource> open_text(std::string text, std::size_t chunk_bytes = 1 << 16);

}  // namespace xize::io

#include "runtime/io/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/stat.h>

namespace xize::io {
namespace {

bool same_file_state(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

ReadFault system_fault(ProblemKind kind) { return {kind, std::strerror(errno)}; }

ReadFault open_fault(const std::string& path) {
  if (errno == ENOENT || errno == ENOTDIR) return {ProblemKind::NotFound, path};
  if (errno == EACCES || errno == EPERM) return system_fault(ProblemKind::NoPermission);
  if (errno == ENXIO) return {ProblemKind::NotRegularFile, {}};
  return system_fault(ProblemKind::ReadFailed);
}

class FileSource final : public ByteSource {
 public:
  FileSource(int file, struct stat opened) : file_(file), opened_(opened) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { ::close(file_); }

  std::variant<std::size_t, ReadFault> read(std::span<char> into) override {
    ssize_t got = 0;
    do {
      got = ::pread(file_, into.data(), into.size(), static_cast<off_t>(offset_));
    } while (got < 0 && errno == EINTR);
    if (got < 0) return system_fault(ProblemKind::ReadFailed);
    if (got == 0) return check_end();
    offset_ += static_cast<std::uint64_t>(got);
    // Whoever writes faster than we read would keep us here for ever.
    if (offset_ > size()) return ReadFault{ProblemKind::FileChanged, {}};
    return static_cast<std::size_t>(got);
  }

  [[nodiscard]] std::uint64_t size() const override {
    return static_cast<std::uint64_t>(opened_.st_size);
  }

  std::size_t read_at(std::uint64_t offset, std::span<char> into) const override {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t got = ::pread(file_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  void seek(std::uint64_t offset) override { offset_ = offset; }

 private:
  // A file that shrank, grew or was rewritten meanwhile may have given us half of two versions.
  std::variant<std::size_t, ReadFault> check_end() const {
    struct stat now {};
    if (::fstat(file_, &now) != 0) return system_fault(ProblemKind::ReadFailed);
    if (offset_ != size() || !same_file_state(opened_, now)) {
      return ReadFault{ProblemKind::FileChanged, {}};
    }
    return std::size_t{0};
  }

  int file_;
  struct stat opened_;
  std::uint64_t offset_ = 0;  // of the next byte that `read` gives
};

class TextSource final : public ByteSource {
 public:
  TextSource(std::string text, std::size_t chunk_bytes)
      : text_(std::move(text)), chunk_bytes_(chunk_bytes) {}

  std::variant<std::size_t, ReadFault> read(std::span<char> into) override {
    const std::size_t count = std::min({chunk_bytes_, into.size(), text_.size() - done_});
    std::copy_n(text_.data() + done_, count, into.data());
    done_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t chunk_bytes_;
  std::size_t done_ = 0;
};

}  // namespace

std::variant<std::unique_ptr<ByteSource>, ReadFault> open_file(const std::string& path) {
  // O_NONBLOCK, so that opening a pipe nobody writes to does not hang before it is refused.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return open_fault(path);
  struct stat info {};
  std::optional<ReadFault> fault;
  if (::fstat(file, &info) != 0) {
    fault = system_fault(ProblemKind::ReadFailed);
  } else if (S_ISDIR(info.st_mode)) {
    fault = ReadFault{ProblemKind::IsFolder, {}};
  } else if (!S_ISREG(info.st_mode)) {
    fault = ReadFault{ProblemKind::NotRegularFile, {}};
  }
  if (fault) {
    ::close(file);
    return *fault;
  }
  return std::make_unique<FileSource>(file, info);
}

std::unique_ptr<ByteSource> open_text(std::string text, std::size_t chunk_bytes) {
  return std::make_unique<TextSource>(std::move(text), chunk_bytes);
}

}  // namespace xize::io

#include "runtime/io/atomic_file.h"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sys/stat.h>

namespace xize::io {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kNewFileMode = 0666;  // less what the umask takes
constexpr int kNameTriesMax = 100;

WriteFaultKind fault_kind(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return WriteFaultKind::NoFolder;
    case EACCES:
    case EPERM:
    case EROFS: return WriteFaultKind::NoPermission;
    case EISDIR: return WriteFaultKind::IsFolder;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return WriteFaultKind::DiskFull;
    case EPIPE: return WriteFaultKind::ReaderGone;
    default: return WriteFaultKind::Failed;
  }
}

WriteFault fault_of(int error, const std::string& path) {
  return {fault_kind(error), path, std::strerror(error)};
}

// Keeps SIGPIPE from ending the process while it lives; the write then gives EPIPE.
class PipeSignalBlock {
 public:
  PipeSignalBlock() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  PipeSignalBlock(const PipeSignalBlock&) = delete;
  PipeSignalBlock& operator=(const PipeSignalBlock&) = delete;
  ~PipeSignalBlock() {
    // The signal of our own write is taken away, else it would arrive on unblocking.
    if (broken && sigismember(&before_, SIGPIPE) == 0) {
      const timespec no_wait{};
      sigtimedwait(&pipe_, nullptr, &no_wait);
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  bool broken = false;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

std::optional<WriteFault> write_all(int file, std::string_view bytes, const std::string& path) {
  PipeSignalBlock block;
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const int error = errno;
      block.broken = error == EPIPE;
      return fault_of(error, path);
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

// A rename would replace the link, not what it points to.
std::string behind_links(const std::string& target) {
  std::error_code error;
  if (!fs::is_symlink(target, error)) return target;
  const auto real = fs::weakly_canonical(target, error);
  return error ? target : real.string();
}

std::string temporary_name(const std::string& target) {
  static std::atomic<unsigned> counter{0};
  const fs::path path(target);
  const std::string name = "." + path.filename().string() + ".tmp-" + std::to_string(::getpid()) +
                           "-" + std::to_string(counter++);
  return (path.parent_path() / name).string();
}

// The rename is on disk once the folder is; file systems that cannot do that are let be.
void sync_folder(const std::string& target) {
  const fs::path folder = fs::path(target).parent_path();
  const char* const name = folder.empty() ? "." : folder.c_str();
  const int file = ::open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

std::variant<AtomicFile, WriteFault> AtomicFile::create(const std::string& target) {
  std::string path = behind_links(target);
  struct stat info {};
  const bool exists = ::stat(path.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) return fault_of(EISDIR, target);
  if (exists && !S_ISREG(info.st_mode)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return fault_of(errno, target);
    return AtomicFile(file, std::move(path), {});
  }
  // A file that may not be written to is not to be replaced either.
  if (exists && ::access(path.c_str(), W_OK) != 0) return fault_of(errno, target);
  for (int i = 0; i < kNameTriesMax; ++i) {
    std::string temporary = temporary_name(path);
    const int file =
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode);
    if (file < 0 && errno == EEXIST) continue;
    if (file < 0) return fault_of(errno, target);
    if (exists) static_cast<void>(::fchmod(file, info.st_mode & 07777u));
    return AtomicFile(file, std::move(path), std::move(temporary));
  }
  return fault_of(EEXIST, target);
}

AtomicFile::AtomicFile(int file, std::string target, std::string temporary)
    : file_(file), target_(std::move(target)), temporary_(std::move(temporary)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})) {}

AtomicFile::~AtomicFile() { discard(); }

std::optional<WriteFault> AtomicFile::write(std::string_view bytes) {
  return write_all(file_, bytes, target_);
}

std::optional<WriteFault> AtomicFile::commit() {
  const bool direct = temporary_.empty();
  // A full disk may show itself only here, or on closing. Devices and pipes cannot be synced.
  if (!direct && ::fsync(file_) != 0) return fault_of(errno, target_);
  if (::close(std::exchange(file_, -1)) != 0) return fault_of(errno, target_);
  if (direct) return std::nullopt;
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return fault_of(errno, target_);
  temporary_.clear();
  sync_folder(target_);
  return std::nullopt;
}

void AtomicFile::discard() {
  if (file_ >= 0) ::close(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::optional<WriteFault> write_file(const std::string& target, std::string_view bytes) {
  auto created = AtomicFile::create(target);
  if (auto* fault = std::get_if<WriteFault>(&created)) return std::move(*fault);
  auto& file = std::get<AtomicFile>(created);
  if (auto fault = file.write(bytes)) return fault;
  return file.commit();
}

std::optional<WriteFault> write_stream(int file, std::string_view bytes) {
  return write_all(file, bytes, {});
}

}  // namespace xize::io

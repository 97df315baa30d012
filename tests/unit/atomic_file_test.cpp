#include "runtime/io/atomic_file.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tests/support/text.h"

namespace xize::io {
namespace {

namespace fs = std::filesystem;

std::size_t file_count(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("atomic file: a new file, and a new text for an old one") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "结果.csv";
  CHECK_FALSE(write_file(path.string(), "一\n").has_value());
  CHECK(support::read_file(path) == "一\n");
  CHECK_FALSE(write_file(path.string(), "二\n").has_value());
  CHECK(support::read_file(path) == "二\n");
  CHECK(file_count(folder.path()) == 1);
}

TEST_CASE("atomic file: until commit the target is as it was, without commit it stays so") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "a.csv";
  REQUIRE_FALSE(write_file(path.string(), "old").has_value());
  {
    auto created = AtomicFile::create(path.string());
    auto& file = std::get<AtomicFile>(created);
    CHECK_FALSE(file.write("new").has_value());
    CHECK(support::read_file(path) == "old");
    CHECK(file_count(folder.path()) == 2);
  }
  CHECK(support::read_file(path) == "old");
  CHECK(file_count(folder.path()) == 1);
}

TEST_CASE("atomic file: it keeps the mode of the file and the link to it") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "a.csv";
  const auto link = folder.path() / "link.csv";
  REQUIRE_FALSE(write_file(path.string(), "old").has_value());
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  fs::create_symlink("a.csv", link);
  CHECK_FALSE(write_file(link.string(), "new").has_value());
  CHECK(fs::is_symlink(link));
  CHECK(support::read_file(path) == "new");
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0640);
}

WriteFault fault_of(const std::string& target, const std::string& text = "x") {
  const auto fault = write_file(target, text);
  REQUIRE(fault.has_value());
  CHECK(fault->path == target);
  CHECK_FALSE(fault->detail.empty());
  return *fault;
}

TEST_CASE("atomic file: what can be wrong with the target") {
  const support::TemporaryFolder folder;
  CHECK(fault_of((folder.path() / "none" / "a.csv").string()).kind == WriteFaultKind::NoFolder);
  CHECK(fault_of(folder.path().string()).kind == WriteFaultKind::IsFolder);
  CHECK(fault_of("/dev/full").kind == WriteFaultKind::DiskFull);
  CHECK_FALSE(write_file("/dev/null", "x").has_value());
  const auto blocker = folder.path() / "file";
  REQUIRE_FALSE(write_file(blocker.string(), "").has_value());
  CHECK(fault_of((blocker / "a.csv").string()).kind == WriteFaultKind::NoFolder);
  CHECK(file_count(folder.path()) == 1);
}

TEST_CASE("atomic file: without permission nothing changes") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "a.csv";
  REQUIRE_FALSE(write_file(path.string(), "old").has_value());
  REQUIRE(::chmod(path.c_str(), 0444) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
  // Root may write everywhere, so it acts as nobody here.
  const bool is_root = ::geteuid() == 0;
  if (is_root) REQUIRE(::seteuid(65534) == 0);
  const auto replaced = write_file(path.string(), "new");
  const auto added = write_file((folder.path() / "b.csv").string(), "new");
  if (is_root) REQUIRE(::seteuid(0) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
  REQUIRE(replaced.has_value());
  CHECK(replaced->kind == WriteFaultKind::NoPermission);
  REQUIRE(added.has_value());
  CHECK(added->kind == WriteFaultKind::NoPermission);
  CHECK(support::read_file(path) == "old");
  CHECK(file_count(folder.path()) == 1);
}

TEST_CASE("atomic file: a text the disk has no room for leaves nothing behind") {
  const support::TemporaryFolder folder;
  const auto path = folder.path() / "a.csv";
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1024, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto fault = write_file(path.string(), std::string(4096, 'x'));
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  ::signal(SIGXFSZ, old_handler);
  REQUIRE(fault.has_value());
  CHECK(fault->kind == WriteFaultKind::DiskFull);
  CHECK(file_count(folder.path()) == 0);
}

TEST_CASE("stream: a reader that has gone is a fault and no signal") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  CHECK_FALSE(write_stream(ends[1], "一行\n").has_value());
  ::close(ends[0]);
  const auto fault = write_stream(ends[1], "x");
  REQUIRE(fault.has_value());
  CHECK(fault->kind == WriteFaultKind::ReaderGone);
  ::close(ends[1]);
}

TEST_CASE("stream: a full device and a closed stream") {
  const int full = ::open("/dev/full", O_WRONLY);
  REQUIRE(full >= 0);
  CHECK(write_stream(full, "x")->kind == WriteFaultKind::DiskFull);
  CHECK_FALSE(write_stream(full, "").has_value());
  ::close(full);
  CHECK(write_stream(full, "x")->kind == WriteFaultKind::Failed);
}

}  // namespace
}  // namespace xize::io

#include "runtime/remote/open.h"

#include <atomic>
#include <thread>

namespace xize::remote {
namespace {

constexpr int kAttempts = 3;
constexpr std::chrono::milliseconds kFirstPause{200};

std::atomic<bool> is_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

Opened open_once(const std::string& url, const Address& address, Patience patience) {
  if (address.scheme == "sqlite") return open_sqlite(address, patience);
  if (address.scheme == "clickhouse") return open_clickhouse(address, patience);
  return open_postgresql(url, address, patience);
}

}  // namespace

Opened open(const std::string& url, Patience patience) {
  auto parsed = parse_address(url);
  if (auto* failure = std::get_if<Failure>(&parsed)) return std::move(*failure);
  const auto& address = std::get<Address>(parsed);
  const bool known = address.scheme == "sqlite" || address.scheme == "clickhouse" ||
                     address.scheme == "postgresql" || address.scheme == "postgres";
  if (!known) return Failure{FailureKind::BadUrl};
  auto pause = kFirstPause;
  for (int attempt = 1;; ++attempt) {
    auto opened = open_once(url, address, patience);
    const auto* failure = std::get_if<Failure>(&opened);
    const bool again = failure != nullptr && failure->kind == FailureKind::Unreachable &&
                       address.scheme != "sqlite" && attempt < kAttempts && !interrupted();
    if (!again) return opened;
    std::this_thread::sleep_for(pause);
    pause *= 4;
  }
}

void interrupt() { is_interrupted = true; }
bool interrupted() { return is_interrupted; }

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out.push_back(quote);
    out.push_back(c);
  }
  out.push_back(quote);
  return out;
}

}  // namespace xize::remote

// ClickHouse over its HTTP interface, through libcurl. User and password stand in headers; they
// come from the URL (user only) and the environment: XIZE_CLICKHOUSE_USER, XIZE_CLICKHOUSE_PASSWORD
// or XIZE_CLICKHOUSE_PASSWORD_FILE. Each query is a request of its own: ClickHouse has no
// snapshots. The server sends nothing before the query has ended (`wait_end_of_query`), so that a
// shard that fails is an error and not an early end; limits that cut results short silently are
// turned off.
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <curl/curl.h>

#include "runtime/remote/library.h"
#include "runtime/remote/open.h"

namespace xize::remote {
namespace {

constexpr const char* kLibcurl = "libcurl.so.4";
constexpr const char* kPasswordFile = "XIZE_CLICKHOUSE_PASSWORD_FILE";
constexpr int kRequestsMax = 3;
constexpr std::size_t kErrorBytesMax = 4096;
constexpr std::size_t kShownBytesMax = 300;
constexpr const char* kSettings =
    "&readonly=2&wait_end_of_query=1&skip_unavailable_shards=0&cancel_http_readonly_queries_on_"
    "client_close=1"
    "&read_overflow_mode=throw&group_by_overflow_mode=throw&sort_overflow_mode=throw"
    "&result_overflow_mode=throw&distinct_overflow_mode=throw&timeout_overflow_mode=throw";

// The functions of libcurl that are used.
struct Curl {
  decltype(&::curl_easy_init) init = nullptr;
  decltype(&::curl_easy_setopt) setopt = nullptr;
  decltype(&::curl_easy_perform) perform = nullptr;
  decltype(&::curl_easy_getinfo) getinfo = nullptr;
  decltype(&::curl_easy_cleanup) cleanup = nullptr;
  decltype(&::curl_easy_strerror) strerror = nullptr;
  decltype(&::curl_easy_escape) escape = nullptr;
  decltype(&::curl_free) free = nullptr;
  decltype(&::curl_slist_append) append = nullptr;
  decltype(&::curl_slist_free_all) free_all = nullptr;
  bool loaded = false;

  Curl() {
    Library library(kLibcurl);
    library.find(init, "curl_easy_init");
    library.find(setopt, "curl_easy_setopt");
    library.find(perform, "curl_easy_perform");
    library.find(getinfo, "curl_easy_getinfo");
    library.find(cleanup, "curl_easy_cleanup");
    library.find(strerror, "curl_easy_strerror");
    library.find(escape, "curl_easy_escape");
    library.find(free, "curl_free");
    library.find(append, "curl_slist_append");
    library.find(free_all, "curl_slist_free_all");
    loaded = library.loaded();
  }
};

const Curl& curl() {
  static const Curl functions;
  return functions;
}

std::string variable(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? "" : text;
}

std::string password() {
  const std::string file = variable(kPasswordFile);
  if (file.empty()) return variable("XIZE_CLICKHOUSE_PASSWORD");
  std::string line;
  std::ifstream stream(file);
  std::getline(stream, line);
  return line;
}

// Cuts an answer in TabSeparated into rows of cells, however it arrives.
class Rows {
 public:
  explicit Rows(const Source::TakeRow& take) : take_(take) {}

  void feed(std::string_view bytes) {
    for (const char c : bytes) {
      if (c == '\t' || c == '\n') {
        end_cell();
        if (c == '\n') end_row();
      } else if (escaped_) {
        escaped_ = false;
        unescape(c);
      } else if (c == '\\') {
        escaped_ = true;
      } else {
        text_.push_back(c);
      }
    }
  }
  // True if the last row was ended.
  [[nodiscard]] bool whole() const { return text_.empty() && cells_.empty() && !escaped_; }

 private:
  struct Held {
    std::size_t begin, end;
    bool null;
  };
  void unescape(char c) {
    static constexpr std::string_view kLetters = "bfnrt0N";
    static constexpr std::string_view kMeant{"\b\f\n\r\t\0", 6};
    const auto at = kLetters.find(c);
    null_ = null_ || c == 'N';
    if (c == 'N') return;
    text_.push_back(at == std::string_view::npos ? c : kMeant[at]);
  }
  void end_cell() {
    held_.push_back({begin_, text_.size(), null_});
    begin_ = text_.size();
    null_ = false;
  }
  void end_row() {
    for (const Held& held : held_) {
      cells_.emplace_back();
      if (!held.null)
        cells_.back() = std::string_view(text_).substr(held.begin, held.end - held.begin);
    }
    take_(cells_);
    cells_.clear();
    held_.clear();
    text_.clear();
    begin_ = 0;
  }

  const Source::TakeRow& take_;
  std::string text_;
  std::vector<Held> held_;
  std::vector<Source::Cell> cells_;
  std::size_t begin_ = 0;
  bool escaped_ = false;
  bool null_ = false;
};

// What a type of ClickHouse is to a reader of cells.
Column column_of(std::string name, std::string type) {
  for (const std::string wrapper : {"Nullable(", "LowCardinality(", "Nullable("}) {
    if (type.starts_with(wrapper))
      type = type.substr(wrapper.size(), type.size() - wrapper.size() - 1);
  }
  Column column{std::move(name)};
  const bool integer = type.starts_with("Int") || type.starts_with("UInt");
  const std::string bits = integer ? type.substr(type.find('t') + 1) : "";
  if (bits == "8" || bits == "16" || bits == "32" || bits == "64") {
    column.storage = Storage::Integer;
  } else if (type.starts_with("Decimal(")) {
    column.storage = Storage::Decimal;
    column.scale = std::atoi(type.c_str() + type.find(',') + 1);
  } else if (type == "Date" || type == "Date32") {
    column.storage = Storage::Date;
  }
  return column;
}

// `Code: 279. DB::Exception: …`: its number and the first sentence of the text.
struct ServerError {
  int code = 0;
  std::string text;
};
ServerError read_error(const std::string& body) {
  ServerError error;
  error.text = body.substr(0, body.find('\n'));
  if (body.starts_with("Code: ")) error.code = std::atoi(body.c_str() + 6);
  const auto at = error.text.find("Exception: ");
  if (at != std::string::npos) error.text.erase(0, at + 11);
  std::size_t end = std::min(error.text.size(), kShownBytesMax);
  while (end < error.text.size() && (static_cast<unsigned char>(error.text[end]) & 0xC0u) == 0x80u)
    --end;
  error.text.resize(end);
  return error;
}

class Clickhouse final : public Source {
 public:
  Clickhouse(const Address& address, Patience patience)
      : handle_(curl().init()), name_(address.shown), patience_(patience) {
    const bool secure = address.options.contains("secure") && address.options.at("secure") != "0";
    const std::string port = !address.port.empty() ? address.port : secure ? "8443" : "8123";
    const std::string database = address.path.empty() ? "default" : address.path;
    url_ = std::string(secure ? "https://" : "http://") + address.host + ":" + port +
           "/?database=" + escaped(database) + kSettings +
           "&max_execution_time=" + std::to_string(patience.query.count());
    const std::string user =
        !address.user.empty() ? address.user : variable("XIZE_CLICKHOUSE_USER");
    if (!user.empty()) add_header("X-ClickHouse-User: " + user);
    if (const std::string key = password(); !key.empty()) add_header("X-ClickHouse-Key: " + key);
    if (const auto ca = address.options.find("ca"); ca != address.options.end()) {
      curl().setopt(handle_, CURLOPT_CAINFO, ca->second.c_str());
    }
    curl().setopt(handle_, CURLOPT_URL, url_.c_str());
    curl().setopt(handle_, CURLOPT_HTTPHEADER, headers_);
    curl().setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl().setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl().setopt(handle_, CURLOPT_CONNECTTIMEOUT, static_cast<long>(patience.connect.count()));
    curl().setopt(handle_, CURLOPT_TIMEOUT, static_cast<long>(patience.query.count() + 10));
    curl().setopt(handle_, CURLOPT_NOPROGRESS, 0L);
    curl().setopt(handle_, CURLOPT_XFERINFOFUNCTION, &Clickhouse::should_stop);
    curl().setopt(handle_, CURLOPT_WRITEFUNCTION, &Clickhouse::receive);
  }
  ~Clickhouse() override {
    curl().free_all(headers_);
    curl().cleanup(handle_);
  }
  Clickhouse(const Clickhouse&) = delete;
  Clickhouse& operator=(const Clickhouse&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::Clickhouse; }
  [[nodiscard]] const std::string& name() const override { return name_; }

  std::variant<std::vector<Column>, Failure> describe(const std::string& table) override {
    std::string literal = "'";
    for (const char c : table) {
      if (c == '\'' || c == '\\') literal.push_back('\\');
      literal.push_back(c);
    }
    std::vector<Column> columns;
    const std::string sql =
        "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = " +
        literal + "'";
    if (auto failure = query(sql, [&](std::span<const Cell> row) {
          columns.push_back(column_of(std::string(*row[0]), std::string(*row[1])));
        })) {
      return std::move(*failure);
    }
    return columns;
  }

  // A request that broke off before its first byte may be sent again: it only reads.
  std::optional<Failure> query(const std::string& sql, const TakeRow& take) override {
    const std::string text = sql + "\nFORMAT TabSeparated";
    for (int attempt = 1;; ++attempt) {
      bool received = false;
      auto failure = request(text, take, received);
      const bool again = failure && failure->kind == FailureKind::Unreachable && !received &&
                         attempt < kRequestsMax;
      if (!again) return failure;
    }
  }

 private:
  struct Answer {
    CURL* handle;
    Rows rows;
    std::string error;
    bool received = false;
  };

  std::optional<Failure> request(const std::string& sql, const TakeRow& take, bool& received) {
    if (interrupted()) return Failure{FailureKind::Interrupted};
    Answer answer{handle_, Rows(take), {}};
    curl().setopt(handle_, CURLOPT_POSTFIELDS, sql.c_str());
    curl().setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(sql.size()));
    curl().setopt(handle_, CURLOPT_WRITEDATA, &answer);
    const CURLcode status = curl().perform(handle_);
    received = answer.received;
    long http = 0;
    curl().getinfo(handle_, CURLINFO_RESPONSE_CODE, &http);
    if (interrupted()) return Failure{FailureKind::Interrupted};
    if (status != CURLE_OK) return why(status);
    if (http != 200) return why(http, read_error(answer.error));
    if (!answer.rows.whole()) return Failure{FailureKind::Incomplete};
    return std::nullopt;
  }

  static Failure why(CURLcode status) {
    const std::string said = curl().strerror(status);
    switch (status) {
      case CURLE_OPERATION_TIMEDOUT: return {FailureKind::TimedOut, said};
      case CURLE_PARTIAL_FILE: return {FailureKind::Incomplete, said};
      default: return {FailureKind::Unreachable, said};
    }
  }
  static Failure why(long http, const ServerError& error) {
    constexpr int kNoDatabase = 81;
    constexpr int kTimeout = 159, kNoShard = 279, kNetwork = 210, kSocketTimeout = 209;
    constexpr int kWrongPassword = 193, kNoPassword = 194, kUnknownUser = 192, kAccess = 497;
    constexpr int kAuthentication = 516;
    switch (error.code) {
      case kNoDatabase: return {FailureKind::Unreachable, error.text};
      case kTimeout: return {FailureKind::TimedOut, error.text};
      case kNoShard:
      case kNetwork:
      case kSocketTimeout: return {FailureKind::Incomplete, error.text};
      case kWrongPassword:
      case kNoPassword:
      case kUnknownUser:
      case kAccess:
      case kAuthentication: return {FailureKind::AccessDenied, error.text};
      default: break;
    }
    if (http == 401 || http == 403) return {FailureKind::AccessDenied, error.text};
    return {FailureKind::QueryFailed, error.text};
  }

  static std::size_t receive(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& answer = *static_cast<Answer*>(to);
    answer.received = true;
    long http = 0;
    curl().getinfo(answer.handle, CURLINFO_RESPONSE_CODE, &http);
    if (http == 200) {
      answer.rows.feed({bytes, count});
    } else if (answer.error.size() < kErrorBytesMax) {
      answer.error.append(bytes, count);
    }
    return count;
  }
  static int should_stop(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return interrupted() ? 1 : 0;
  }
  std::string escaped(const std::string& text) {
    char* coded = curl().escape(handle_, text.c_str(), static_cast<int>(text.size()));
    std::string out = coded == nullptr ? "" : coded;
    curl().free(coded);
    return out;
  }
  void add_header(const std::string& line) { headers_ = curl().append(headers_, line.c_str()); }

  CURL* handle_;
  curl_slist* headers_ = nullptr;
  std::string name_;
  std::string url_;
  Patience patience_;
};

}  // namespace

Opened open_clickhouse(const Address& address, Patience patience) {
  if (!curl().loaded) return Failure{FailureKind::NoLibrary, kLibcurl};
  if (address.host.empty()) return Failure{FailureKind::BadUrl};
  const std::string file = variable(kPasswordFile);
  if (!file.empty() && access(file.c_str(), R_OK) != 0) {
    return Failure{FailureKind::AccessDenied, std::string(kPasswordFile) + ": " + strerror(errno)};
  }
  auto source = std::make_unique<Clickhouse>(address, patience);
  if (auto failure = source->query("SELECT 1", [](std::span<const Source::Cell>) {})) {
    return std::move(*failure);
  }
  return source;
}

}  // namespace xize::remote

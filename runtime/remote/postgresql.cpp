// PostgreSQL, and what speaks its protocol, through libpq. One read-only transaction over all
// queries, so that they see the same rows. Rows arrive one by one and are never all in memory.
#include <libpq-fe.h>
#include <poll.h>

#include <cstring>
#include <future>
#include <string>
#include <thread>

#include "runtime/remote/library.h"
#include "runtime/remote/open.h"

namespace xize::remote {
namespace {

constexpr const char* kLibpq = "libpq.so.5";
constexpr int kPollMilliseconds = 100;

// The functions of libpq that are used, without PQ in front.
#define XIZE_PQ_FUNCTIONS(X) \
  X(connectdbParams) \
  X(status) \
  X(finish) \
  X(errorMessage) \
  X(connectionNeedsPassword) \
  X(sendQuery) \
  X(setSingleRowMode) \
  X(isBusy) \
  X(consumeInput) \
  X(socket) \
  X(getResult) \
  X(resultStatus) \
  X(resultErrorField) \
  X(ntuples) \
  X(nfields) \
  X(getisnull) \
  X(getvalue) \
  X(getlength) \
  X(clear) \
  X(getCancel) \
  X(cancel) \
  X(freeCancel)

struct Pq {
#define XIZE_PQ(function) decltype(&::PQ##function) function = nullptr;
  XIZE_PQ_FUNCTIONS(XIZE_PQ)
#undef XIZE_PQ
  bool loaded = false;

  Pq() {
    Library library(kLibpq);
#define XIZE_PQ(function) library.find(function, "PQ" #function);
    XIZE_PQ_FUNCTIONS(XIZE_PQ)
#undef XIZE_PQ
    loaded = library.loaded();
  }
};

const Pq& pq() {
  static const Pq functions;
  return functions;
}

// The first line of what the server said, without its label.
std::string first_line(const char* message) {
  std::string text = message == nullptr ? "" : message;
  text.erase(std::min(text.find('\n'), text.size()));
  return text;
}

// Why there is no connection. libpq gives no code, but a server that answers says `FATAL:  …`, the
// word in its own language and two blanks behind it.
Failure refusal(const char* message, bool needs_password) {
  const char* said = std::strstr(message, ":  ");
  if (said == nullptr) {
    std::string text = first_line(message);
    if (const auto at = text.find(" failed: "); at != std::string::npos) text.erase(0, at + 9);
    return {needs_password ? FailureKind::AccessDenied : FailureKind::Unreachable, text};
  }
  Failure failure{FailureKind::AccessDenied, first_line(said + 3)};
  const auto says = [&](const char* words) {
    return failure.detail.find(words) != std::string::npos;
  };
  const bool starting = says("starting up") || says("正在启动");
  const bool no_database =
      failure.detail.starts_with("database \"") || failure.detail.starts_with("数据库 \"");
  if (starting || no_database) failure.kind = FailureKind::Unreachable;
  return failure;
}

// What a type of PostgreSQL is to a reader of cells.
Storage storage_of(std::string_view type) {
  if (type == "smallint" || type == "integer" || type == "bigint") return Storage::Integer;
  if (type == "numeric") return Storage::Decimal;
  if (type == "boolean") return Storage::Bool;
  return type == "date" ? Storage::Date : Storage::Text;
}

class Postgresql final : public Source {
 public:
  Postgresql(PGconn* connection, std::string name, Patience patience)
      : connection_(connection),
        cancel_(pq().getCancel(connection)),
        name_(std::move(name)),
        patience_(patience) {}
  ~Postgresql() override {
    pq().freeCancel(cancel_);
    pq().finish(connection_);
  }
  Postgresql(const Postgresql&) = delete;
  Postgresql& operator=(const Postgresql&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::Postgresql; }
  [[nodiscard]] const std::string& name() const override { return name_; }

  std::optional<Failure> begin() {
    const auto nothing = [](std::span<const Cell>) {};
    const auto seconds = std::to_string(patience_.query.count());
    for (const std::string& sql : {std::string("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                                   "SET LOCAL statement_timeout = '" + seconds + "s'",
                                   std::string("SET LOCAL DateStyle = 'ISO, YMD'"),
                                   std::string("SET LOCAL standard_conforming_strings = on"),
                                   std::string("SET LOCAL extra_float_digits = 1")}) {
      if (auto failure = query(sql, nothing)) return failure;
    }
    return std::nullopt;
  }

  std::variant<std::vector<Column>, Failure> describe(const std::string& table) override {
    std::vector<Column> columns;
    const std::string sql =
        "SELECT attname, format_type(atttypid, NULL), CASE WHEN atttypmod > 4 THEN"
        " (atttypmod - 4) & 2047 ELSE -1 END FROM pg_attribute WHERE attrelid = to_regclass(" +
        quoted(quoted(table, '"'), '\'') + ") AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
    if (auto failure = query(sql, [&](std::span<const Cell> row) {
          columns.push_back(
              {std::string(*row[0]), storage_of(*row[1]), std::stoi(std::string(*row[2]))});
        })) {
      return std::move(*failure);
    }
    return columns;
  }

  std::optional<Failure> query(const std::string& sql, const TakeRow& take) override {
    if (interrupted()) return Failure{FailureKind::Interrupted};
    if (pq().sendQuery(connection_, sql.c_str()) == 0) return lost();
    pq().setSingleRowMode(connection_);
    std::optional<Failure> failure;
    for (;;) {
      if (auto stopped = wait()) return stopped;
      PGresult* result = pq().getResult(connection_);
      if (result == nullptr) break;
      if (!failure) failure = take_rows(result, take);
      pq().clear(result);
    }
    return failure;
  }

 private:
  // Waits until the next result is here; cancels the query if the user does not want it any more.
  std::optional<Failure> wait() {
    while (pq().isBusy(connection_) != 0) {
      if (interrupted()) {
        char message[256];
        pq().cancel(cancel_, message, sizeof message);
        return Failure{FailureKind::Interrupted};
      }
      pollfd socket{pq().socket(connection_), POLLIN, 0};
      if (poll(&socket, 1, kPollMilliseconds) > 0 && pq().consumeInput(connection_) == 0) {
        return lost();
      }
    }
    return std::nullopt;
  }

  std::optional<Failure> take_rows(const PGresult* result, const TakeRow& take) {
    const ExecStatusType status = pq().resultStatus(result);
    if (status == PGRES_COMMAND_OK) return std::nullopt;
    if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK) return why(result);
    cells_.resize(static_cast<std::size_t>(pq().nfields(result)));
    for (int row = 0; row < pq().ntuples(result); ++row) {
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        const int column = static_cast<int>(i);
        cells_[i].reset();
        if (pq().getisnull(result, row, column) != 0) continue;
        cells_[i].emplace(pq().getvalue(result, row, column),
                          static_cast<std::size_t>(pq().getlength(result, row, column)));
      }
      take(cells_);
    }
    return std::nullopt;
  }

  [[nodiscard]] Failure why(const PGresult* result) const {
    const char* state = pq().resultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state == nullptr ? "" : state;
    if (code.empty()) return lost();
    const std::string said = first_line(pq().resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    if (code == "57014") return {FailureKind::TimedOut};
    if (code == "42501") return {FailureKind::AccessDenied, said};
    if (code.starts_with("57P") || code.starts_with("08")) return {FailureKind::Incomplete, said};
    return {FailureKind::QueryFailed, said};
  }
  [[nodiscard]] Failure lost() const {
    return {FailureKind::Incomplete, first_line(pq().errorMessage(connection_))};
  }

  PGconn* connection_;
  PGcancel* cancel_;
  std::string name_;
  Patience patience_;
  std::vector<Cell> cells_;
};

// Connects, whatever comes of it; null if the user does not want it any more. libpq does it in a
// thread of its own: it tries all addresses of all hosts, each within its time, and looks at no
// interrupt while names are looked up or a server is silent. Whoever stops waiting is about to end.
PGconn* connect(const std::string& url, Patience patience) {
  std::packaged_task<PGconn*()> attempt([url, patience] {
    const std::string seconds = std::to_string(patience.connect.count());
    const char* const keys[] = {"dbname", "connect_timeout", "client_encoding",
                                "fallback_application_name", nullptr};
    const char* const values[] = {url.c_str(), seconds.c_str(), "UTF8", "xize", nullptr};
    return pq().connectdbParams(keys, values, 1);
  });
  auto connection = attempt.get_future();
  std::thread(std::move(attempt)).detach();
  constexpr std::chrono::milliseconds kPoll{kPollMilliseconds};
  while (connection.wait_for(kPoll) != std::future_status::ready) {
    if (interrupted()) return nullptr;
  }
  return connection.get();
}

}  // namespace

Opened open_postgresql(const std::string& url, const Address& address, Patience patience) {
  if (!pq().loaded) return Failure{FailureKind::NoLibrary, kLibpq};
  PGconn* connection = connect(url, patience);
  if (connection == nullptr) return Failure{FailureKind::Interrupted};
  if (pq().status(connection) == CONNECTION_OK) {
    auto source = std::make_unique<Postgresql>(connection, address.shown, patience);
    if (auto failure = source->begin()) return std::move(*failure);
    return source;
  }
  Failure failure =
      refusal(pq().errorMessage(connection), pq().connectionNeedsPassword(connection) != 0);
  pq().finish(connection);
  return failure;
}

}  // namespace xize::remote

// source: a database that holds records, seen as: which columns, and the rows of a query as texts.
// In: a URL (postgresql://, clickhouse://, sqlite:) and, from the environment or a password file,
// credentials. Out: rows in the order the server sends them, or why there are none.
// Must hold: nothing is ever written; no password is part of a URL or of a message; a result that
// broke off is a failure, never fewer rows; all queries of one source see the same state of the
// data where the database can promise that (PostgreSQL, SQLite).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace xize::remote {

// Why a database gave no answer.
enum class FailureKind : std::uint8_t {
  BadUrl,  // detail: what is wrong with it
  PasswordInUrl,
  NoLibrary,     // detail: the library that could not be loaded
  Unreachable,   // no connection; detail: what the system said
  AccessDenied,  // the server does not accept the user
  QueryFailed,   // detail: what the server said
  TimedOut,
  Incomplete,   // the answer broke off
  Interrupted,  // the user pressed Ctrl-C
};

struct Failure {
  FailureKind kind = FailureKind::QueryFailed;
  std::string detail = {};
};

// How the database keeps the cells of a column, as far as it matters.
enum class Storage : std::uint8_t { Text, Integer, Decimal, Bool, Date };

struct Column {
  std::string name;
  Storage storage = Storage::Text;  // also for everything that is read by its text
  int scale = -1;                   // Decimal: digits behind the point, -1 unknown
};

// The databases that are spoken to.
enum class Engine : std::uint8_t { Postgresql, Clickhouse, Sqlite };

// One open database. It is used by one thread.
class Source {
 public:
  // One cell; empty for NULL. It lives during the call.
  using Cell = std::optional<std::string_view>;
  using TakeRow = std::function<void(std::span<const Cell>)>;

  virtual ~Source() = default;
  [[nodiscard]] virtual Engine engine() const = 0;
  // What messages call the database: its URL without user and options.
  [[nodiscard]] virtual const std::string& name() const = 0;
  // The columns of a table or view in their order; none if there is no such table.
  virtual std::variant<std::vector<Column>, Failure> describe(const std::string& table) = 0;
  // Runs a query and hands on each of its rows. After a failure what was handed on means nothing.
  virtual std::optional<Failure> query(const std::string& sql, const TakeRow& take) = 0;
};

// How patient a source is.
struct Patience {
  std::chrono::seconds connect{10};
  std::chrono::seconds query{3600};
};

// Connects; tries again a few times where the server does not answer yet.
std::variant<std::unique_ptr<Source>, Failure> open(const std::string& url, Patience patience);

// Breaks off what is running; may be called from a signal handler.
void interrupt();
[[nodiscard]] bool interrupted();

}  // namespace xize::remote

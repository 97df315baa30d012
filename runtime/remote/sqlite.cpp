// SQLite: the embedded database. One read transaction over all queries.
#include <sqlite3.h>

#include <chrono>

#include "runtime/remote/open.h"

namespace xize::remote {
namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr int kStepsBetweenChecks = 10'000;

class Sqlite final : public Source {
 public:
  Sqlite(sqlite3* handle, std::string name, Patience patience)
      : handle_(handle), name_(std::move(name)), patience_(patience) {
    sqlite3_busy_timeout(handle_, kBusyMilliseconds);
    sqlite3_progress_handler(handle_, kStepsBetweenChecks, &Sqlite::should_stop, this);
  }
  ~Sqlite() override { sqlite3_close(handle_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::Sqlite; }
  [[nodiscard]] const std::string& name() const override { return name_; }

  // Cells of SQLite have types of their own, whatever their column says: all are read by text.
  std::variant<std::vector<Column>, Failure> describe(const std::string& table) override {
    std::vector<Column> columns;
    const std::string sql = "SELECT name FROM pragma_table_info(" + quoted(table, '\'') + ")";
    if (auto failure = query(sql, [&](std::span<const Cell> row) {
          columns.push_back({std::string(row[0].value_or(""))});
        })) {
      return std::move(*failure);
    }
    return columns;
  }

  std::optional<Failure> query(const std::string& sql, const TakeRow& take) override {
    deadline_ = std::chrono::steady_clock::now() + patience_.query;
    sqlite3_stmt* statement = nullptr;
    int status = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr);
    std::vector<Cell> cells(static_cast<std::size_t>(sqlite3_column_count(statement)));
    while (status == SQLITE_OK || status == SQLITE_ROW) {
      status = sqlite3_step(statement);
      if (status != SQLITE_ROW) break;
      for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i] = cell(statement, static_cast<int>(i));
      take(cells);
    }
    std::optional<Failure> failure;
    if (status != SQLITE_DONE) failure = why(status);
    sqlite3_finalize(statement);
    return failure;
  }

 private:
  static Cell cell(sqlite3_stmt* statement, int i) {
    if (sqlite3_column_type(statement, i) == SQLITE_NULL) return std::nullopt;
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
    return std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
  }
  static int should_stop(void* self) {
    const auto* sqlite = static_cast<const Sqlite*>(self);
    return interrupted() || std::chrono::steady_clock::now() > sqlite->deadline_ ? 1 : 0;
  }
  [[nodiscard]] Failure why(int status) const {
    if (interrupted()) return {FailureKind::Interrupted};
    if (status == SQLITE_INTERRUPT) return {FailureKind::TimedOut};
    const bool access = status == SQLITE_CANTOPEN || status == SQLITE_NOTADB;
    return {access ? FailureKind::Unreachable : FailureKind::QueryFailed, sqlite3_errmsg(handle_)};
  }

  sqlite3* handle_;
  std::string name_;
  Patience patience_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace

Opened open_sqlite(const Address& address, Patience patience) {
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(address.path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  if (status != SQLITE_OK) {
    Failure failure{FailureKind::Unreachable, sqlite3_errmsg(handle)};
    sqlite3_close(handle);
    return failure;
  }
  auto source = std::make_unique<Sqlite>(handle, address.shown, patience);
  const auto nothing = [](std::span<const Source::Cell>) {};
  for (const char* sql : {"PRAGMA trusted_schema = OFF", "PRAGMA query_only = ON", "BEGIN",
                          "SELECT count(*) FROM sqlite_master"}) {
    if (auto failure = source->query(sql, nothing)) return std::move(*failure);
  }
  return source;
}

}  // namespace xize::remote

// SQL: what is quoted, what fits, and what an address may say.
#include <doctest/doctest.h>

#include "compiler/sql/stage_query.h"
#include "compiler/sql/term.h"
#include "runtime/remote/address.h"

namespace {

using namespace xize;
using value::Rational;

const sql::Dialect& dialect(std::string_view name) { return *sql::find_dialect(name); }

TEST_CASE("nothing in a name or text is read as SQL") {
  CHECK(sql::quote_name(dialect("postgresql"), "a\"b; --") == "\"a\"\"b; --\"");
  CHECK(sql::quote_text(dialect("postgresql"), "it's \\'") == "'it''s \\'''");
  CHECK(sql::quote_name(dialect("clickhouse"), "a\"b\\") == "\"a\\\"b\\\\\"");
  CHECK(sql::quote_text(dialect("clickhouse"), "it's \\'") == "'it\\'s \\\\\\''");
  CHECK(sql::find_dialect("oracle") == nullptr);
}

TEST_CASE("what a pattern is filled with is not read as a pattern") {
  CHECK(sql::fill("f($1, $2, $1)", {"$2", "b"}) == "f($2, b, $2)");
  const sql::Sql deep = sql::build("$1 + $2", {{"a", 1}, {"$1", 3}});
  CHECK(deep.text == "a + $1");
  CHECK(deep.depth == 3);
}

TEST_CASE("integers widen where 64 bits do not do, and end where the dialect does") {
  const sql::Number narrow{{"n"}, 100, sql::power_of_ten(15)};
  for (const std::string_view name : {"postgresql", "clickhouse", "duckdb", "sqlite"}) {
    const sql::Arithmetic arithmetic(dialect(name));
    const auto twice = arithmetic.add(narrow, narrow);
    REQUIRE(twice);
    CHECK(twice->numerator.text == "(n + n)");
    const auto square = arithmetic.multiply(narrow, narrow);
    CHECK(square.has_value() == (name != "sqlite"));
    if (square) CHECK(square->denominator == Rational(10'000));
    std::optional<sql::Number> power = narrow;
    for (int i = 0; i < 4 && power; ++i) power = arithmetic.multiply(*power, *power);
    CHECK(power.has_value() == (name == "postgresql"));
  }
}

TEST_CASE("fractions compare by cross-multiplication") {
  const sql::Arithmetic arithmetic(dialect("postgresql"));
  const sql::Number a{{"a"}, 1, 1000};
  const sql::Number b{{"b"}, 1, 1000};
  const auto share = arithmetic.divide(a, b);
  REQUIRE(share);
  CHECK(share->divisor.text == "CASE WHEN b <> 0 THEN CAST(abs(b) AS BIGINT) END");
  const auto both = arithmetic.align(*share, *arithmetic.constant(Rational(1, 20)));
  REQUIRE(both);
  CHECK(both->first.denominator == Rational(20));
  CHECK(both->second.numerator.text == "CASE WHEN b <> 0 THEN CAST(abs(b) AS BIGINT) END");
}

TEST_CASE("the rows of an answer join to one value") {
  using Cells = std::vector<std::optional<std::string_view>>;
  const sql::FoldColumns average{
      program::OpId(7u), program::Opcode::fold_average, program::Type::Number, 100, 1000, 0};
  sql::Partial partial;
  CHECK(partial.result(average) == value::Value(value::Fault{value::FaultKind::EmptyAggregate, 7}));
  CHECK(partial.add(average, Cells{"250", "2"}));
  CHECK(partial.add(average, Cells{"-50", "1"}));
  CHECK(partial.result(average) == value::Value(Rational(2, 3)));
  CHECK_FALSE(partial.add(average, Cells{std::nullopt, "1"}));
  sql::FoldColumns distinct = average;
  distinct.code = program::Opcode::fold_distinct;
  sql::Partial different;
  CHECK(different.add(distinct, Cells{"3"}));
  CHECK_FALSE(different.add(distinct, Cells{"2"}));
}

TEST_CASE("an address has no password") {
  const auto kind = [](const std::string& url) {
    const auto parsed = remote::parse_address(url);
    const auto* failure = std::get_if<remote::Failure>(&parsed);
    return failure == nullptr ? std::nullopt : std::optional(failure->kind);
  };
  for (const char* url :
       {"postgresql://a:b@host/db", "postgresql://a:b?c@host/db", "postgresql://a:b/c@host/db",
        "postgresql://a:1/c@host/db", "mysql://a:b@host/db", "postgresql://host/db?pass%77ord=b"}) {
    CHECK(kind(url) == remote::FailureKind::PasswordInUrl);
  }
  CHECK_FALSE(kind("postgresql://a@host:5432/db?application_name=b@c"));
  CHECK(kind("nonsense") == remote::FailureKind::BadUrl);
  const auto parsed = remote::parse_address("clickhouse://me@[::1]:8123/%E5%BA%93?secure=1");
  const auto& address = std::get<remote::Address>(parsed);
  CHECK(address.user == "me");
  CHECK(address.host == "[::1]");
  CHECK(address.port == "8123");
  CHECK(address.path == "库");
  CHECK(address.options.at("secure") == "1");
  CHECK(address.shown == "clickhouse://[::1]:8123/库");
}

}  // namespace

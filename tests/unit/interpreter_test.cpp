#include <doctest/doctest.h>

#include "runtime/interpreter/interpreter.h"
#include "runtime/interpreter/scalar.h"
#include "runtime/program/build.h"
#include "runtime/program/print.h"
#include "runtime/program/verify.h"

using namespace xize;
using program::Builder;
using program::Opcode;
using program::OpId;
using value::FaultKind;
using value::Month;
using value::Rational;
using value::Value;

namespace {

// A program over units with a number N and records with a number x, a flag b and a text k, and the
// data to run it on.
class Bench {
 public:
  Bench() : build(program) {
    program.schema.units.name = "units";
    program.schema.units.is_unit_table = true;
    program.schema.units.columns = {table::unit_column("name"), table::number_column("N")};
    program.schema.units.unit_column = 0;
    table::TableSchema t;
    t.name = "rows";
    t.columns = {table::unit_column("name"), table::number_column("x"),
                 table::typed_column("b", table::ColumnType::Bool),
                 table::typed_column("k", table::ColumnType::Text),
                 table::typed_column("m", table::ColumnType::Month)};
    t.unit_column = 0;
    program.schema.records.push_back(t);
    records_ = table::Table(5);
  }

  // One unit for each value of N.
  void units(std::vector<Value> values) {
    table::Table rows(2);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < values.size(); ++i) {
      names.push_back(std::string(1, static_cast<char>('A' + i)));
      const std::vector<Value> cells = {value::Text{0}, values[i]};
      rows.add({static_cast<std::uint32_t>(i), 0, i + 2, cells});
    }
    units_ = table::UnitTable(names, {value::Missing{}}, std::move(rows));
  }
  // One unit in consecutive months.
  void months(std::vector<Value> values) {
    table::Table rows(2);
    std::vector<Value> periods;
    for (std::size_t i = 0; i < values.size(); ++i) {
      periods.push_back(Month{static_cast<std::int32_t>(600 + i)});
      const std::vector<Value> cells = {value::Text{0}, values[i]};
      rows.add({0, static_cast<std::uint32_t>(i), i + 2, cells});
    }
    units_ = table::UnitTable({"A"}, periods, std::move(rows));
  }
  struct Row {
    Value x;
    bool b = true;
    const char* k = "";
    int month = 0;
  };
  void record(std::uint32_t unit, Row row) {
    const std::vector<Value> cells = {value::Text{0}, std::move(row.x), row.b,
                                      value::Text{program.strings.intern(row.k)},
                                      Month{row.month}};
    records_.add({unit, table::kNoPeriod, records_.row_count() + 2, cells});
  }

  OpId n() { return build.unit_column(1, {}); }
  OpId x() { return build.row_column(0, 1, {}); }
  OpId b() { return build.row_column(0, 2, {}); }
  OpId k() { return build.row_column(0, 3, {}); }
  OpId yes() { return build.boolean(true); }

  // The values of an op for every unit row. Ends the building.
  std::vector<Value> values(OpId op) {
    program.watched = {op};
    run();
    std::vector<Value> out;
    for (std::size_t r = 0; r < units_.rows().row_count(); ++r) {
      out.push_back(outcome.value(program.watched[0], r));
    }
    return out;
  }
  void run() {
    build.finish();
    REQUIRE(program::verify(program) == std::vector<std::string>());
    engine::TableSource source({records_});
    outcome = interpreter::run(program, units_, source, options);
  }
  Value value(OpId op) { return values(op).front(); }

  program::Program program;
  Builder build;
  engine::RunOptions options;
  engine::Outcome outcome;

 private:
  table::UnitTable units_;
  table::Table records_;
};

bool is_fault(const Value& v, FaultKind kind) {
  const auto* f = std::get_if<value::Fault>(&v);
  return f != nullptr && f->kind == kind;
}

std::vector<Value> numbers(std::initializer_list<Rational> list) {
  return {list.begin(), list.end()};
}

Value scalar(Opcode code, std::vector<Value> values, std::uint32_t imm = 0) {
  program::Op op;
  op.code = code;
  op.imm = imm;
  std::vector<const Value*> pointers;
  for (std::size_t i = 0; i < values.size(); ++i) {
    op.operands.emplace_back(i);
    pointers.push_back(&values[i]);
  }
  return interpreter::apply_scalar(op, OpId(9u), {op.operands, pointers}, {});
}

value::Date date(int y, int m, int d) { return *value::make_date(y, m, d); }

}  // namespace

TEST_CASE("arithmetic is exact and its faults have a place") {
  CHECK(scalar(Opcode::div, {Rational(1), Rational(3)}) == Value(Rational(1, 3)));
  CHECK(scalar(Opcode::div, {Rational(1), Rational(0)}) ==
        Value(value::Fault{FaultKind::DivisionByZero, 9}));
  CHECK(scalar(Opcode::add, {Rational(1), value::Missing{}}) ==
        Value(value::Fault{FaultKind::MissingValue, 1}));
  CHECK(scalar(Opcode::add, {value::NotApplicable{}, value::Missing{}}) ==
        Value(value::Fault{FaultKind::NotApplicableValue, 0}));
  CHECK(scalar(Opcode::add, {value::Pending{}, Rational(1)}) ==
        Value(value::Fault{FaultKind::PendingMark, 0}));
  CHECK(scalar(Opcode::min, {Rational(3), Rational(-1), Rational(2)}) == Value(Rational(-1)));
  CHECK(scalar(Opcode::max, {Rational(3), Rational(-1), Rational(2)}) == Value(Rational(3)));
  CHECK(scalar(Opcode::power, {Rational(2), Rational(-2)}) == Value(Rational(1, 4)));
  CHECK(is_fault(scalar(Opcode::power, {Rational(2), Rational(1, 2)}), FaultKind::NotAnInteger));
  CHECK(is_fault(scalar(Opcode::power, {Rational(0), Rational(-1)}), FaultKind::DivisionByZero));
  CHECK(is_fault(scalar(Opcode::power, {Rational(10), Rational(100000)}),
                 FaultKind::TooManyDigits));
  const auto half_up = static_cast<std::uint32_t>(value::Rounding::HalfUp);
  CHECK(scalar(Opcode::round, {Rational(-5, 2), Rational(0)}, half_up) == Value(Rational(-3)));
  CHECK(scalar(Opcode::sum_best, {Rational(2), Rational(1), Rational(5), Rational(3)}) ==
        Value(Rational(8)));
  CHECK(scalar(Opcode::check_mark, {Rational(3), Rational(0), Rational(5), Rational(1, 2)}) ==
        Value(Rational(3)));
  CHECK(is_fault(scalar(Opcode::check_mark, {Rational(13, 4), Rational(0), Rational(5),
                                             Rational(1, 2)}),
                 FaultKind::MarkOutOfRange));
  CHECK(is_fault(scalar(Opcode::check_mark, {Rational(6), Rational(0), Rational(5), Rational(0)}),
                 FaultKind::MarkOutOfRange));
  CHECK(is_fault(scalar(Opcode::check_count, {Rational(-1)}), FaultKind::NegativeCount));
}

TEST_CASE("what is not used is no fault") {
  const Value bad = value::Fault{FaultKind::DivisionByZero, 3};
  CHECK(scalar(Opcode::select, {true, Rational(1), bad}) == Value(Rational(1)));
  CHECK(scalar(Opcode::select, {false, Rational(1), bad}) == bad);
  CHECK(scalar(Opcode::and_, {false, bad}) == Value(false));
  CHECK(scalar(Opcode::and_, {true, bad}) == bad);
  CHECK(scalar(Opcode::or_, {true, bad}) == Value(true));
  CHECK(scalar(Opcode::or_, {bad, true}) == bad);
  CHECK(scalar(Opcode::coalesce, {value::Missing{}, Rational(2)}) == Value(Rational(2)));
  CHECK(scalar(Opcode::coalesce, {bad, Rational(2)}) == bad);
  CHECK(scalar(Opcode::is_missing, {value::Missing{}}) == Value(true));
  CHECK(scalar(Opcode::is_na, {value::Missing{}}) == Value(false));
  CHECK(scalar(Opcode::is_missing, {bad}) == bad);
}

TEST_CASE("days and working days say whether the first day counts") {
  const Value friday = date(2023, 11, 24);
  const Value monday = date(2023, 11, 27);
  CHECK(scalar(Opcode::days_between, {friday, monday}) == Value(Rational(3)));
  CHECK(scalar(Opcode::days_between, {friday, monday}, 1) == Value(Rational(4)));
  CHECK(scalar(Opcode::workdays_between, {friday, monday}) == Value(Rational(1)));
  CHECK(scalar(Opcode::workdays_between, {friday, monday}, 1) == Value(Rational(2)));
  CHECK(scalar(Opcode::workdays_between, {monday, friday}) == Value(Rational(-1)));
  CHECK(scalar(Opcode::add_months, {Value(date(2024, 1, 31)), Rational(1)}) ==
        Value(date(2024, 2, 29)));
  CHECK(scalar(Opcode::year_of, {monday}) == Value(Rational(2023)));
}

TEST_CASE("folds") {
  Bench t;
  t.units({Rational(2), Rational(1)});
  for (const int v : {3, 1, 4, 1, 5}) t.record(0, {Rational(v), v > 1});
  const auto fold = [&](Opcode code, std::vector<OpId> more) {
    more.insert(more.begin(), t.yes());
    return t.build.fold(code, 0, more, {});
  };
  SUBCASE("count") {
    CHECK(t.values(t.build.fold(Opcode::fold_count, 0, {t.b()}, {})) == numbers({3, 0}));
  }
  SUBCASE("sum") { CHECK(t.values(fold(Opcode::fold_sum, {t.x()})) == numbers({14, 0})); }
  SUBCASE("average of none") {
    const auto v = t.values(fold(Opcode::fold_average, {t.x()}));
    CHECK(v[0] == Value(Rational(14, 5)));
    CHECK(is_fault(v[1], FaultKind::EmptyAggregate));
  }
  SUBCASE("median") { CHECK(t.value(fold(Opcode::fold_median, {t.x()})) == Value(Rational(3))); }
  SUBCASE("distinct") {
    CHECK(t.value(fold(Opcode::fold_distinct, {t.x()})) == Value(Rational(4)));
  }
  SUBCASE("any, all") {
    CHECK(t.values(fold(Opcode::fold_any, {t.b()})) == std::vector<Value>{true, false});
  }
  SUBCASE("all of none") {
    CHECK(t.values(fold(Opcode::fold_all, {t.b()})) == std::vector<Value>{false, true});
  }
  SUBCASE("the n best, n of the unit") {
    CHECK(t.value(fold(Opcode::fold_best_sum, {t.x(), t.n()})) == Value(Rational(9)));
  }
  SUBCASE("drop highest and lowest") {
    const OpId one = t.build.number(1);
    CHECK(t.value(fold(Opcode::fold_trim, {t.x(), one, one})) == Value(Rational(8, 3)));
  }
  SUBCASE("trim a share at each end, rounded down") {
    const OpId p = t.build.number(Rational(39, 100));  // 1.95 of 5
    CHECK(t.value(fold(Opcode::fold_trim_share, {t.x(), p})) == Value(Rational(8, 3)));
  }
  SUBCASE("the last by another column") {
    CHECK(t.value(fold(Opcode::fold_last, {t.x(), t.x()})) == Value(Rational(5)));
  }
}

TEST_CASE("a row that where leaves out is not read, others spoil the fold") {
  Bench t;
  t.units({Rational(0), Rational(0)});
  t.record(0, {value::Missing{}, false});
  t.record(0, {Rational(1), true});
  t.record(1, {value::Missing{}, true});
  const auto v = t.values(t.build.fold(Opcode::fold_sum, 0, {t.b(), t.x()}, {}));
  CHECK(v[0] == Value(Rational(1)));
  CHECK(is_fault(v[1], FaultKind::MissingValue));
}

TEST_CASE("the highest of each key, and the top keys with equals") {
  Bench t;
  t.units({Rational(0)});
  t.record(0, {Rational(3), true, "a"});
  t.record(0, {Rational(5), true, "a"});
  t.record(0, {Rational(2), true, "b"});
  t.record(0, {Rational(2), true, "c"});
  SUBCASE("highest") {
    CHECK(t.value(t.build.fold(Opcode::fold_highest, 0, {t.yes(), t.x(), t.k()}, {})) ==
          Value(Rational(9)));
  }
  SUBCASE("top keys: the second place is shared") {
    const OpId top = t.build.fold(Opcode::fold_top_keys, 0,
                                  {t.yes(), t.k(), t.x(), t.build.number(2)}, {});
    const OpId in = t.build.op(Opcode::row_in_keys, {t.k(), top});
    CHECK(t.value(t.build.fold(Opcode::fold_count, 0, {in}, {})) == Value(Rational(4)));
  }
  SUBCASE("top key") {
    const OpId top = t.build.fold(Opcode::fold_top_keys, 0,
                                  {t.yes(), t.k(), t.x(), t.build.number(1)}, {});
    const OpId in = t.build.op(Opcode::row_in_keys, {t.k(), top});
    CHECK(t.value(t.build.fold(Opcode::fold_count, 0, {in}, {})) == Value(Rational(2)));
  }
}

TEST_CASE("a series: a value for each month, then over the months") {
  Bench t;
  t.units({Rational(0), Rational(0)});
  t.record(0, {Rational(4), true, "", 1});
  t.record(0, {Rational(2), true, "", 1});
  t.record(0, {Rational(9), false, "", 2});
  const auto g = t.build.grouping({{0, t.build.row_column(0, 4, {})}});
  SUBCASE("average of sums by month") {
    const OpId each = t.build.fold(Opcode::fold_sum, {0, g}, {t.yes(), t.x()}, {});
    const auto v = t.values(t.build.group_fold(Opcode::fold_average, g, {t.yes(), each}, {}));
    CHECK(v[0] == Value(Rational(15, 2)));
    CHECK(is_fault(v[1], FaultKind::EmptyAggregate));
  }
  SUBCASE("a month exists where a row does, even if where leaves it out") {
    const OpId each = t.build.fold(Opcode::fold_count, {0, g}, {t.b()}, {});
    const OpId few = t.build.op(Opcode::lt, {each, t.build.number(1)});
    CHECK(t.values(t.build.group_fold(Opcode::fold_count, g, {few}, {})) == numbers({1, 0}));
  }
}

TEST_CASE("ranks are 1, 2, 2, 4, or dense; who takes no part is placed as if it did") {
  Bench t;
  t.units({Rational(7), Rational(9), Rational(7), Rational(5), value::Missing{}});
  const OpId who = t.build.op(Opcode::ne, {t.n(), t.build.number(9)});
  SUBCASE("competition") {
    const auto v = t.values(t.build.op(Opcode::pop_rank, {t.yes(), t.n()}));
    CHECK(std::vector<Value>(v.begin(), v.end() - 1) == numbers({2, 1, 2, 4}));
    CHECK(is_fault(v[4], FaultKind::MissingValue));
  }
  SUBCASE("dense, ascending") {
    const auto v = t.values(t.build.op(Opcode::pop_rank, {t.yes(), t.n()}, {},
                                       program::kDense | program::kAscending));
    CHECK(std::vector<Value>(v.begin(), v.end() - 1) == numbers({2, 3, 2, 1}));
  }
  SUBCASE("without the best") {
    const auto v = t.values(t.build.op(Opcode::pop_rank, {who, t.n()}));
    CHECK(std::vector<Value>(v.begin(), v.end() - 1) == numbers({1, 1, 1, 3}));
  }
}

TEST_CASE("reductions over units leave out what cannot be used") {
  Bench t;
  t.units({Rational(7), Rational(9), value::NotApplicable{}, Rational(2)});
  SUBCASE("average") {
    CHECK(t.value(t.build.op(Opcode::pop_average, {t.yes(), t.n()})) == Value(Rational(6)));
  }
  SUBCASE("median") {
    CHECK(t.value(t.build.op(Opcode::pop_median, {t.yes(), t.n()})) == Value(Rational(7)));
  }
  SUBCASE("percentile") {
    CHECK(t.value(t.build.op(Opcode::pop_percentile, {t.yes(), t.n()})) == Value(Rational(2, 3)));
  }
  SUBCASE("nobody") {
    CHECK(is_fault(t.value(t.build.op(Opcode::pop_max, {t.build.boolean(false), t.n()})),
                   FaultKind::EmptyAggregate));
  }
}

TEST_CASE("a tie at the cut leaves only the tied open") {
  Bench t;
  t.units({Rational(9), Rational(7), Rational(7), Rational(5)});
  const auto take = [&](program::Ties ties) {
    return t.values(t.build.op(Opcode::pop_take, {t.yes(), t.yes(), t.build.number(2), t.n()}, {},
                               static_cast<std::uint32_t>(ties)));
  };
  SUBCASE("unstated") {
    const auto v = take(program::Ties::Unstated);
    CHECK(v[0] == Value(true));
    CHECK(is_fault(v[1], FaultKind::TieAtCut));
    CHECK(is_fault(v[2], FaultKind::TieAtCut));
    CHECK(v[3] == Value(false));
  }
  SUBCASE("share") {
    CHECK(take(program::Ties::Share) == std::vector<Value>{true, true, true, false});
  }
  SUBCASE("exclude") {
    CHECK(take(program::Ties::Exclude) == std::vector<Value>{true, false, false, false});
  }
  SUBCASE("by class") {
    const OpId odd = t.build.op(Opcode::gt, {t.n(), t.build.number(6)});
    const OpId one = t.build.number(1);
    CHECK(t.values(t.build.op(Opcode::pop_take, {t.yes(), odd, one, t.n()})) ==
          std::vector<Value>{true, false, false, true});
  }
  SUBCASE("how many of each class") {
    const OpId odd = t.build.op(Opcode::gt, {t.n(), t.build.number(6)});
    CHECK(t.values(t.build.op(Opcode::pop_count, {t.yes(), odd})) == numbers({3, 3, 3, 1}));
  }
  SUBCASE("a fraction of a place") {
    const OpId op = t.build.op(Opcode::pop_take,
                               {t.yes(), t.yes(), t.build.number(Rational(3, 2)), t.n()});
    CHECK(is_fault(t.values(op)[0], FaultKind::FractionOfPlace));
  }
}

TEST_CASE("periods combine, and look back") {
  Bench t;
  t.months({Rational(6), Rational(9), Rational(12)});
  const OpId who = t.build.op(Opcode::ne, {t.n(), t.build.number(9)});
  SUBCASE("average of those that count") {
    CHECK(t.values(t.build.op(Opcode::pop_combine, {who, t.n(), t.build.number(1)})) ==
          numbers({9, 9, 9}));
  }
  SUBCASE("last") {
    CHECK(t.value(t.build.op(Opcode::pop_combine, {t.yes(), t.n(), t.build.number(1)}, {},
                             static_cast<std::uint32_t>(program::PeriodMode::Last))) ==
          Value(Rational(12)));
  }
  SUBCASE("previous") {
    CHECK(t.values(t.build.op(Opcode::pop_previous, {t.n()}, {}, 1)) ==
          std::vector<Value>{value::Missing{}, Rational(6), Rational(9)});
  }
}

TEST_CASE("a data check that is false keeps the unit out of populations") {
  Bench t;
  t.units({Rational(7), Rational(90), Rational(5)});
  t.record(1, {Rational(-1)});
  t.program.checks.push_back({t.build.op(Opcode::ge, {t.x(), t.build.number(0)}), {}});
  const auto v = t.values(t.build.op(Opcode::pop_max, {t.yes(), t.n()}));
  CHECK(v[0] == Value(Rational(7)));
  REQUIRE(t.outcome.violations.size() == 1);
  CHECK(t.outcome.violations[0].row == 1);
  CHECK(t.outcome.violations[0].line == 2);
  CHECK(t.outcome.faulty == std::vector<bool>{false, true, false});
}

TEST_CASE("rows are selected over all units, by class") {
  Bench t;
  t.units({Rational(0), Rational(0)});
  t.record(0, {Rational(3), true, "a"});
  t.record(1, {Rational(5), true, "a"});
  t.record(1, {Rational(2), true, "b"});
  t.record(1, {Rational(9), false, "b"});
  program::RowSelection s;
  s.table = 0;
  s.candidate = t.b();
  s.measures = {t.x()};
  s.key = t.k();
  s.places = t.build.number(Rational(1, 2));
  s.is_share = true;
  s.round = value::Rounding::Down;
  t.program.row_selections.push_back(s);
  t.run();
  const auto& rows = t.outcome.selections[0];
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].line == 3);
  CHECK(rows[0].taken == Value(true));
  CHECK(rows[1].taken == Value(false));
  CHECK(rows[2].taken == Value(false));  // half of one place, rounded down
}

TEST_CASE("a trace holds every value of a unit") {
  Bench t;
  t.units({Rational(7), Rational(9)});
  const OpId half = t.build.op(Opcode::div, {t.n(), t.build.number(2)});
  t.options.trace_rows = {1};
  t.values(t.build.op(Opcode::add, {half, t.build.number(1)}));
  std::vector<Value> seen;
  for (std::size_t i = 0; i < t.program.ops.size(); ++i) {
    seen.push_back(t.outcome.value(t.program.ops.id_at(i), 1));
  }
  CHECK(std::count(seen.begin(), seen.end(), Value(Rational(9, 2))) == 1);
  CHECK(std::count(seen.begin(), seen.end(), Value(Rational(11, 2))) == 1);
}

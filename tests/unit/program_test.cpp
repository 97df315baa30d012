#include <doctest/doctest.h>

#include "runtime/program/build.h"
#include "runtime/program/print.h"
#include "runtime/program/verify.h"

using namespace xize;
using program::Builder;
using program::Opcode;
using program::OpId;
using program::Program;
using program::StageKind;

namespace {

// Units with a name and a number N; records `rows` and `more` with a unit, a number x and a flag b.
Program small_program() {
  Program p;
  p.schema.units.name = "units";
  p.schema.units.is_unit_table = true;
  p.schema.units.columns = {table::unit_column("name"), table::number_column("N")};
  p.schema.units.unit_column = 0;
  for (const char* name : {"rows", "more"}) {
    table::TableSchema t;
    t.name = name;
    t.columns = {table::unit_column("name"), table::number_column("x"),
                 table::typed_column("b", table::ColumnType::Bool)};
    t.unit_column = 0;
    p.schema.records.push_back(t);
  }
  return p;
}

void keep(Program& p, OpId op) { p.reports.push_back({"r", op, {}, {}, {}}); }

std::size_t scans(const Program& p, std::uint16_t table) {
  std::size_t n = 0;
  for (const auto& s : p.stages) n += s.kind == StageKind::Aggregate && s.table == table ? 1 : 0;
  return n;
}

bool says(const std::vector<std::string>& violations, const char* what) {
  for (const auto& v : violations) {
    if (v.find(what) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("equal ops are one op, faults keep their place") {
  Program p = small_program();
  Builder b(p);
  const OpId n = b.unit_column(1, {});
  CHECK(b.op(Opcode::add, {n, b.number(1)}) == b.op(Opcode::add, {n, b.number(1)}));
  const OpId first = b.op(Opcode::div, {n, n}, program::Origin(1u));
  CHECK(first != b.op(Opcode::div, {n, n}, program::Origin(2u)));
  CHECK(first == b.op(Opcode::div, {n, n}, program::Origin(1u)));
}

TEST_CASE("literal booleans fold away") {
  Program p = small_program();
  Builder b(p);
  const OpId x = b.op(Opcode::gt, {b.unit_column(1, {}), b.number(0)});
  CHECK(b.and_(b.boolean(true), x) == x);
  CHECK(b.and_(x, b.boolean(true)) == x);
  CHECK(b.or_(b.boolean(false), x) == x);
  CHECK(b.is_constant(b.and_(b.boolean(false), x), false));
  CHECK(b.is_constant(b.or_(b.boolean(true), x), true));
  CHECK(b.select(b.boolean(false), x, b.number(2)) == b.number(2));
}

TEST_CASE("folds of one table share a scan") {
  Program p = small_program();
  Builder b(p);
  const OpId yes = b.boolean(true);
  const OpId x = b.row_column(0, 1, {});
  const OpId sum = b.fold(Opcode::fold_sum, 0, {yes, x}, {});
  const OpId count = b.fold(Opcode::fold_count, 0, {b.row_column(0, 2, {})}, {});
  keep(p, b.op(Opcode::div, {sum, count}));
  b.finish();
  CHECK(program::verify(p).empty());
  CHECK(scans(p, 0) == 1);
}

TEST_CASE("a fold that needs another fold of its table scans again, others wait for it") {
  Program p = small_program();
  Builder b(p);
  const OpId yes = b.boolean(true);
  const OpId x = b.row_column(0, 1, {});
  const OpId mean = b.fold(Opcode::fold_average, 0, {yes, x}, {});
  const OpId above = b.fold(Opcode::fold_count, 0, {b.op(Opcode::gt, {x, mean})}, {});
  // The first table is scanned only after the second, whose sum one of its folds needs.
  const OpId other = b.fold(Opcode::fold_sum, 1, {yes, b.row_column(1, 1, {})}, {});
  const OpId late = b.fold(Opcode::fold_count, 0, {b.op(Opcode::gt, {x, other})}, {});
  for (const OpId op : {mean, above, other, late}) keep(p, op);
  b.finish();
  CHECK(program::verify(p).empty());
  CHECK(scans(p, 0) == 2);
  CHECK(scans(p, 1) == 1);
  CHECK(p.stages[1].table == 1);
}

TEST_CASE("populations come after scans, and units after both") {
  Program p = small_program();
  Builder b(p);
  const OpId yes = b.boolean(true);
  const OpId count = b.fold(Opcode::fold_count, 0, {b.row_column(0, 2, {})}, {});
  const OpId best = b.op(Opcode::pop_max, {yes, count});
  const OpId share = b.op(Opcode::div, {count, best});
  keep(p, b.op(Opcode::pop_rank, {yes, share}));
  b.finish();
  CHECK(program::verify(p).empty());
  std::vector<StageKind> kinds;
  for (const auto& s : p.stages) kinds.push_back(s.kind);
  CHECK(kinds == std::vector<StageKind>{StageKind::Constant, StageKind::Aggregate,
                                        StageKind::Population, StageKind::Unit,
                                        StageKind::Population});
}

TEST_CASE("what nothing reads is dropped") {
  Program p = small_program();
  Builder b(p);
  b.op(Opcode::add, {b.unit_column(1, {}), b.number(7)});
  keep(p, b.op(Opcode::neg, {b.unit_column(1, {})}));
  b.finish();
  CHECK(p.ops.size() == 2);
  CHECK(program::verify(p).empty());
}

TEST_CASE("the printed program names columns, constants and stages") {
  Program p = small_program();
  Builder b(p);
  keep(p, b.op(Opcode::mul, {b.unit_column(1, {}), b.number(value::Rational(1, 2))}));
  b.finish();
  CHECK(program::print(p) ==
        "stage 0 constant\n"
        "  %1 = constant 0.5 : number\n"
        "stage 1 unit\n"
        "  %0 = column N : number\n"
        "  %2 = mul %0 %1 : number\n"
        "report r %2\n");
}

TEST_CASE("verify finds what is wrong") {
  Program sound = small_program();
  Builder b(sound);
  const OpId n = b.unit_column(1, {});
  const OpId flag = b.op(Opcode::gt, {n, b.number(0)});
  const OpId sum = b.fold(Opcode::fold_sum, 0, {b.boolean(true), b.row_column(0, 1, {})}, {});
  keep(sound, b.select(flag, sum, b.number(1)));
  b.finish();
  REQUIRE(program::verify(sound).empty());
  const auto find = [&](Opcode code) {
    for (std::size_t i = 0; i < sound.ops.size(); ++i) {
      if (sound.ops[sound.ops.id_at(i)].code == code) return sound.ops.id_at(i);
    }
    return OpId();
  };
  SUBCASE("an operand of the wrong type") {
    sound.ops[find(Opcode::gt)].operands[0] = find(Opcode::gt);
    CHECK(says(program::verify(sound), "does not stand before"));
    sound.ops[find(Opcode::select)].operands[0] = find(Opcode::column);
    CHECK(says(program::verify(sound), "takes `b`"));
  }
  SUBCASE("too few operands") {
    sound.ops[find(Opcode::gt)].operands.pop_back();
    CHECK(says(program::verify(sound), "has 1 operands"));
  }
  SUBCASE("a fold over another table") {
    sound.ops[find(Opcode::fold_sum)].table = 1;
    CHECK(says(program::verify(sound), "another table"));
  }
  SUBCASE("a wrong level") {
    sound.ops[find(Opcode::select)].level = program::Level::Row;
    CHECK(says(program::verify(sound), "must be at unit level"));
  }
  SUBCASE("an op in no stage") {
    sound.stages.back().ops.pop_back();
    CHECK(says(program::verify(sound), "stands in no stage"));
  }
  SUBCASE("an op in two stages") {
    sound.stages.push_back(sound.stages.back());
    CHECK(says(program::verify(sound), "two stages"));
  }
  SUBCASE("stages in the wrong order") {
    std::swap(sound.stages[1], sound.stages.back());
    CHECK(says(program::verify(sound), "not there yet"));
  }
  SUBCASE("an immediate out of range") {
    sound.ops[find(Opcode::constant)].imm = 99;
    CHECK(says(program::verify(sound), "out of range"));
  }
}

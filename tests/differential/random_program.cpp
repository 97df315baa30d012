#include "tests/differential/random_program.h"

#include <array>
#include <string>
#include <utility>

#include "runtime/program/build.h"
#include "tests/differential/random.h"

namespace xize::differential {
namespace {

using program::Builder;
using program::Level;
using program::Opcode;
using program::OpId;
using program::Type;
using value::Rational;
using value::Value;

constexpr std::int64_t kBig = 9'223'372'036'854'775'807;
constexpr std::int32_t kFirstDay = 19'600;  // 2023-08-31
constexpr std::int32_t kFirstMonth = 643;   // 2023-08
constexpr std::uint16_t kTables = 2;
constexpr std::size_t kPeriods = 3;

// The columns of every table, in their order: unit, two numbers, bool, text, date, month.
constexpr std::array<Type, 7> kColumns = {Type::Text, Type::Number, Type::Number, Type::Bool,
                                          Type::Text, Type::Date,   Type::Month};
constexpr std::array<std::uint32_t, 2> kNumberColumns = {1, 2};

// What is likely to sit on a boundary.
Rational boundary_number(Random& random) {
  static const std::array<Rational, 30> kNumbers = {
      Rational(0), Rational(0), Rational(1), Rational(-1), Rational(2), Rational(5), Rational(10),
      Rational(60), Rational(100), Rational(5999, 100), Rational(6001, 100), Rational(1, 2),
      Rational(-1, 2), Rational(1, 100), Rational(999, 1000), Rational(1, 3), Rational(-2, 7),
      Rational(17, 20), Rational(9995, 100), Rational(25, 1000), Rational(2'147'483'648),
      Rational(4'611'686'018'427'387'904), Rational(kBig), Rational(-kBig),
      Rational(1, 1'000'000'000'000'000'000), Rational(kBig, 1000), Rational(1, kBig),
      Rational(kBig) * Rational(kBig), Rational(kBig) * Rational(-1000), Rational(3, 4)};
  return kNumbers[random.below(kNumbers.size())];
}

Rational plain_number(Random& random) {
  static constexpr std::array<std::int64_t, 4> kDens = {1, 10, 100, 1000};
  const auto num = static_cast<std::int64_t>(random.below(20'000)) - 4'000;
  return {num, kDens[random.below(kDens.size())]};
}

// How wild the data of a case are.
struct DataStyle {
  // Whatever sits on a boundary; decimals; fractions of many denominators; or so few different ones
  // that many are equal.
  enum class Numbers : std::uint8_t { Any, Decimals, Fractions, Few };
  Numbers numbers = Numbers::Any;
  bool with_states = true;  // missing, 不涉及, pending, bad
};

Rational random_number(Random& random, DataStyle::Numbers numbers) {
  switch (numbers) {
    case DataStyle::Numbers::Decimals: break;
    case DataStyle::Numbers::Any:
      if (random.once_in(3)) return boundary_number(random);
      break;
    case DataStyle::Numbers::Fractions:
      return {static_cast<std::int64_t>(random.below(90)) - 20,
              1 + static_cast<std::int64_t>(random.below(3000))};
    case DataStyle::Numbers::Few: return {static_cast<std::int64_t>(random.below(3)), 2};
  }
  return plain_number(random);
}

DataStyle random_style(Random& random) {
  using enum DataStyle::Numbers;
  static constexpr std::array<DataStyle::Numbers, 6> kNumbers = {Any,      Any,       Decimals,
                                                                 Decimals, Fractions, Few};
  return {random.pick(kNumbers), !random.once_in(3)};
}

Value random_cell(Random& random, Type type, const DataStyle& style) {
  if (style.with_states && random.once_in(12)) {
    switch (random.below(4)) {
      case 0: return value::NotApplicable{};
      case 1: return value::Pending{};
      case 2: return value::Fault{value::FaultKind::BadCell, 0};
      default: return value::Missing{};
    }
  }
  switch (type) {
    case Type::Number: return random_number(random, style.numbers);
    case Type::Bool: return random.once_in(2);
    case Type::Date:
      return value::Date{kFirstDay + static_cast<std::int32_t>(random.below(120))};
    case Type::Month:
      return value::Month{kFirstMonth + static_cast<std::int32_t>(random.below(4))};
    default: return value::Text{static_cast<std::uint32_t>(random.below(5))};
  }
}

// Makes expressions of a type at a level.
class Maker {
 public:
  Maker(Random& random, program::Program& program, Builder& build)
      : random_(random),
        program_(program),
        build_(build),
        population_once_in_(random.once_in(4) ? 2 : 8) {}

  // At most `level`; rows are those of `table`.
  OpId make(Type type, Level level, std::size_t depth) {
    if (depth == 0 || random_.once_in(6)) return leaf(type, level);
    if (level == Level::Unit && type == Type::Number && random_.once_in(3)) return fold(depth - 1);
    if (level == Level::Unit && random_.once_in(population_once_in_)) {
      return population(type, depth - 1);
    }
    if (random_.once_in(6)) {
      const OpId condition = make(Type::Bool, level, depth - 1);
      const OpId then = make(type, level, depth - 1);
      return build_.op(Opcode::select, {condition, then, make(type, level, depth - 1)});
    }
    if (random_.once_in(12)) {
      return build_.op(Opcode::coalesce,
                       {make(type, level, depth - 1), make(type, level, depth - 1)});
    }
    switch (type) {
      case Type::Number: return number(level, depth - 1);
      case Type::Bool: return boolean(level, depth - 1);
      case Type::Date: return date(level, depth - 1);
      case Type::Month: return month(level, depth - 1);
      default: return leaf(type, level);
    }
  }

 private:
  OpId constant(Type type) {
    switch (type) {
      case Type::Number:
        return build_.number(random_.once_in(2) ? plain_number(random_) : boundary_number(random_));
      case Type::Bool: return build_.boolean(random_.once_in(2));
      default: return build_.constant(random_cell(random_, type, {.with_states = false}));
    }
  }

  OpId leaf(Type type, Level level) {
    if (random_.once_in(25)) return build_.missing();
    if (random_.once_in(40)) return build_.fault(value::FaultKind::NoTierRow, {});
    if (random_.once_in(3)) return constant(type);
    std::uint32_t column = 0;
    do {
      column = static_cast<std::uint32_t>(random_.below(kColumns.size()));
    } while (kColumns[column] != type);
    // A row may look at a value of its unit.
    if (level == Level::Row && !random_.once_in(4)) return build_.row_column(table_, column, {});
    if (level == Level::Row && type == Type::Number && !inside_fold_ && random_.once_in(2)) {
      inside_fold_ = true;
      const std::uint16_t table = table_;
      const OpId inner = fold(1);
      table_ = table;
      inside_fold_ = false;
      return inner;
    }
    if (type == Type::Bool && random_.once_in(3)) return build_.is_unit_in({"U0", "U2"});
    return build_.unit_column(column, {});
  }

  OpId number(Level level, std::size_t depth) {
    const auto n = [&] { return make(Type::Number, level, depth); };
    switch (random_.below(19)) {
      case 0: return build_.op(Opcode::neg, {n()});
      case 1: return build_.op(Opcode::abs, {n()});
      case 2:
      case 3: return build_.op(Opcode::add, {n(), n()});
      case 4:
      case 5: return build_.op(Opcode::sub, {n(), n()});
      case 6:
      case 7: return build_.op(Opcode::mul, {n(), n()});
      case 8:
      case 9: return build_.op(Opcode::div, {n(), n()});
      case 10: return build_.op(Opcode::min, {n(), n(), n()});
      case 11: return build_.op(Opcode::max, {n(), n()});
      case 12: return build_.op(random_.once_in(2) ? Opcode::floor : Opcode::ceil, {n()});
      case 13: {
        const bool odd = random_.once_in(8);
        const OpId places = odd ? n() : build_.number(static_cast<std::int64_t>(random_.below(5)));
        return build_.op(Opcode::round, {n(), places}, {},
                         static_cast<std::uint32_t>(random_.below(7)));
      }
      case 14: return build_.op(Opcode::check_count, {n()});
      case 15: return rare_number(level, depth);
      case 16: return days(level, depth);
      case 17: {
        const Opcode code = random_.once_in(2) ? Opcode::year_of : Opcode::month_number;
        return build_.op(code, {make(random_.once_in(2) ? Type::Date : Type::Month, level, depth)});
      }
      default: return build_.clamp(n(), build_.number(0), build_.number(10));
    }
  }

  OpId rare_number(Level level, std::size_t depth) {
    const auto n = [&] { return make(Type::Number, level, depth); };
    switch (random_.below(3)) {
      case 0:
        return build_.op(Opcode::power,
                         {n(), build_.number(static_cast<std::int64_t>(random_.below(5)) - 1)});
      case 1:
        return build_.op(Opcode::sum_best, {build_.number(static_cast<std::int64_t>(
                                                random_.below(4))),
                                            n(), n(), n()});
      default:
        return build_.op(Opcode::check_mark, {n(), build_.number(0), build_.number(100),
                                              build_.number(Rational(1, 2))});
    }
  }

  OpId days(Level level, std::size_t depth) {
    const OpId a = make(Type::Date, level, depth);
    const OpId b = make(Type::Date, level, depth);
    const Opcode code = random_.once_in(2) ? Opcode::days_between : Opcode::workdays_between;
    return build_.op(code, {a, b}, {}, static_cast<std::uint32_t>(random_.below(2)));
  }

  OpId boolean(Level level, std::size_t depth) {
    static constexpr std::array<Opcode, 6> kOrders = {Opcode::lt, Opcode::le, Opcode::gt,
                                                      Opcode::ge, Opcode::eq, Opcode::ne};
    static constexpr std::array<Type, 4> kOrdered = {Type::Number, Type::Number, Type::Date,
                                                     Type::Month};
    static constexpr std::array<Opcode, 3> kStates = {Opcode::is_missing, Opcode::is_na,
                                                      Opcode::is_pending};
    const auto b = [&] { return make(Type::Bool, level, depth); };
    switch (random_.below(8)) {
      case 0: return build_.op(Opcode::and_, {b(), b()});
      case 1: return build_.op(Opcode::or_, {b(), b()});
      case 2: return build_.op(Opcode::not_, {b()});
      case 3: {
        const Opcode state = random_.pick(kStates);
        return build_.op(state, {leaf(random_.once_in(2) ? Type::Number : Type::Date, level)});
      }
      case 4: {
        const Opcode code = random_.once_in(2) ? Opcode::eq : Opcode::ne;
        const Type type = random_.once_in(2) ? Type::Text : Type::Bool;
        return build_.op(code, {make(type, level, depth), make(type, level, depth)});
      }
      case 5:
        if (level == Level::Row && top_keys_) {
          return build_.op(Opcode::row_in_keys, {build_.row_column(table_, 4, {}), top_keys_});
        }
        [[fallthrough]];
      default: {
        const Type type = random_.pick(kOrdered);
        const OpId a = make(type, level, depth);
        return build_.op(random_.pick(kOrders), {a, make(type, level, depth)});
      }
    }
  }

  OpId date(Level level, std::size_t depth) {
    const OpId from = make(Type::Date, level, depth);
    const OpId n = build_.op(Opcode::floor, {make(Type::Number, level, depth)});
    return build_.op(random_.once_in(2) ? Opcode::add_days : Opcode::add_months, {from, n});
  }

  OpId month(Level level, std::size_t depth) {
    if (random_.once_in(2)) return build_.op(Opcode::month_of, {make(Type::Date, level, depth)});
    const OpId n = build_.number(static_cast<std::int64_t>(random_.below(30)) - 10);
    return build_.op(Opcode::add_months, {make(Type::Month, level, depth), n});
  }

  // A number of the unit from the rows of a table, perhaps by groups of them.
  OpId fold(std::size_t depth) {
    table_ = static_cast<std::uint16_t>(random_.below(kTables));
    const std::uint16_t table = table_;
    std::uint16_t grouping = program::kNoGrouping;
    if (random_.once_in(6)) {
      const OpId key = random_.once_in(2) ? build_.row_column(table, 4, {})
                                          : build_.row_column(table, 6, {});
      grouping = build_.grouping({{table, key}});
    }
    const OpId folded = row_fold({table, grouping}, depth);
    if (grouping == program::kNoGrouping) return folded;
    static constexpr std::array<Opcode, 4> kOver = {Opcode::fold_sum, Opcode::fold_average,
                                                    Opcode::fold_max, Opcode::fold_count};
    const Opcode over = random_.pick(kOver);
    if (over == Opcode::fold_count) {
      return build_.group_fold(over, grouping,
                               {build_.op(Opcode::gt, {folded, build_.number(1)})}, {});
    }
    return build_.group_fold(over, grouping, {build_.boolean(true), folded}, {});
  }

  OpId row_fold(program::RowsOf rows, std::size_t depth) {
    const OpId where = random_.once_in(4) ? build_.boolean(true)
                                          : make_row(Type::Bool, rows.table, depth);
    const auto x = [&] { return make_row(Type::Number, rows.table, depth); };
    const auto n = [&] { return build_.number(static_cast<std::int64_t>(random_.below(4))); };
    const auto key = [&] { return build_.row_column(rows.table, random_.once_in(2) ? 4 : 6, {}); };
    const bool grouped = rows.grouping != program::kNoGrouping;
    switch (random_.below(18)) {
      case 0:
      case 1:
      case 2: return build_.fold(Opcode::fold_count, rows, {where}, {});
      case 3:
      case 4:
      case 5: return build_.fold(Opcode::fold_sum, rows, {where, x()}, {});
      case 6:
      case 7: return build_.fold(Opcode::fold_average, rows, {where, x()}, {});
      case 8: return build_.fold(Opcode::fold_min, rows, {where, x()}, {});
      case 9: return build_.fold(Opcode::fold_max, rows, {where, x()}, {});
      case 10: return build_.fold(Opcode::fold_distinct, rows, {where, key()}, {});
      case 11: return build_.fold(Opcode::fold_median, rows, {where, x()}, {});
      case 12: return build_.fold(Opcode::fold_highest, rows, {where, x(), key()}, {});
      case 13: return build_.fold(Opcode::fold_best_sum, rows, {where, x(), n()}, {});
      case 14: return build_.fold(Opcode::fold_trim, rows, {where, x(), n(), n()}, {});
      case 15:
        return build_.fold(Opcode::fold_trim_share, rows,
                           {where, x(), build_.number(Rational(1, 20))}, {});
      case 16: {
        const Opcode code = random_.once_in(2) ? Opcode::fold_any : Opcode::fold_all;
        const OpId holds = make_row(Type::Bool, rows.table, depth);
        const OpId folded = build_.fold(code, rows, {where, holds}, {});
        return build_.op(Opcode::select, {folded, build_.number(3), build_.number(Rational(1, 4))});
      }
      default: break;
    }
    if (random_.once_in(3)) {
      const OpId when = build_.row_column(rows.table, 5, {});
      return build_.fold(Opcode::fold_last, rows, {where, x(), when}, {});
    }
    if (grouped) return build_.fold(Opcode::fold_count, rows, {where}, {});
    const OpId top = build_.fold(Opcode::fold_top_keys, rows,
                                 {where, build_.row_column(rows.table, 4, {}), x(), n()}, {});
    top_keys_ = top;
    const OpId among = make_row(Type::Bool, rows.table, depth);
    const OpId in_keys =
        build_.op(Opcode::row_in_keys, {build_.row_column(rows.table, 4, {}), top});
    top_keys_ = OpId();
    return build_.fold(Opcode::fold_count, rows, {build_.or_(in_keys, among)}, {});
  }

  OpId make_row(Type type, std::uint16_t table, std::size_t depth) {
    table_ = table;
    const OpId made = make(type, Level::Row, depth);
    table_ = table;
    return made;
  }

  // Something of all units; often of several measures, and over all periods.
  OpId population(Type type, std::size_t depth) {
    if (random_.once_in(10)) {
      const auto months = static_cast<std::uint32_t>(random_.below(3));
      return build_.op(Opcode::pop_previous, {make(type, Level::Unit, depth)}, {}, months);
    }
    if (type != Type::Number && type != Type::Bool) return leaf(type, Level::Unit);
    const OpId who = random_.once_in(2) ? build_.boolean(true)
                                        : make(Type::Bool, Level::Unit, depth);
    const std::uint32_t across = random_.once_in(5) ? program::kAcrossPeriods : 0;
    return type == Type::Bool ? best_places(who, across, depth) : compared(who, across, depth);
  }

  OpId best_places(OpId who, std::uint32_t across, std::size_t depth) {
    const OpId places = random_.once_in(4)
                            ? make(Type::Number, Level::Unit, 1)
                            : build_.number(static_cast<std::int64_t>(random_.below(4)));
    const auto ties = static_cast<std::uint32_t>(random_.below(3));
    return build_.op(Opcode::pop_take, with_tie_breaks({who, unit_class(), places}, depth), {},
                     across | ties);
  }

  OpId compared(OpId who, std::uint32_t across, std::size_t depth) {
    static constexpr std::array<Opcode, 9> kOver = {
        Opcode::pop_count, Opcode::pop_sum,  Opcode::pop_average,    Opcode::pop_min,
        Opcode::pop_max,   Opcode::pop_rank, Opcode::pop_percentile, Opcode::pop_median,
        Opcode::pop_combine};
    const Opcode code = random_.pick(kOver);
    if (code == Opcode::pop_count) return build_.op(code, {who, unit_class()}, {}, across);
    if (code == Opcode::pop_rank) {
      const auto how = static_cast<std::uint32_t>(random_.below(4));  // ascending, dense
      return build_.op(code, with_tie_breaks({who}, depth), {}, across | how);
    }
    const OpId x = make(Type::Number, Level::Unit, depth);
    if (code != Opcode::pop_combine) return build_.op(code, {who, x}, {}, across);
    const auto mode = static_cast<std::uint32_t>(random_.below(4));
    return build_.op(code, {who, x, make(Type::Number, Level::Unit, depth)}, {}, mode);
  }

  std::vector<OpId> with_tie_breaks(std::vector<OpId> operands, std::size_t depth) {
    const std::size_t measures = 1 + (random_.once_in(2) ? 0 : random_.below(3));
    for (std::size_t i = 0; i < measures; ++i) {
      operands.push_back(make(Type::Number, Level::Unit, depth));
    }
    return operands;
  }

  OpId unit_class() {
    static constexpr std::array<Type, 5> kClasses = {Type::Text, Type::Text, Type::Bool,
                                                     Type::Number, Type::Month};
    return random_.once_in(3) ? build_.boolean(true) : leaf(random_.pick(kClasses), Level::Unit);
  }

  Random& random_;
  program::Program& program_;
  Builder& build_;
  std::size_t population_once_in_;  // some programs hardly compare units, some do little else
  std::uint16_t table_ = 0;
  OpId top_keys_;
  bool inside_fold_ = false;
};

table::ColumnSchema column_of(std::size_t index) {
  static constexpr std::array<const char*, 7> kNames = {"name", "x", "y", "b", "k", "d", "m"};
  const std::string name = kNames[index];
  if (index == 0) return table::unit_column(name);
  using table::ColumnType;
  switch (kColumns[index]) {
    case Type::Number: return table::number_column(name);
    case Type::Bool: return table::typed_column(name, ColumnType::Bool);
    case Type::Date: return table::typed_column(name, ColumnType::Date);
    case Type::Month: return table::typed_column(name, ColumnType::Month);
    default: return table::typed_column(name, ColumnType::Text);
  }
}

void make_schema(program::Program& program) {
  table::TableSchema schema;
  for (std::size_t i = 0; i < kColumns.size(); ++i) schema.columns.push_back(column_of(i));
  schema.unit_column = 0;
  for (std::uint16_t t = 0; t < kTables; ++t) {
    schema.name = "rows" + std::to_string(t);
    program.schema.records.push_back(schema);
  }
  schema.name = "units";
  schema.is_unit_table = true;
  program.schema.units = schema;
  for (int i = 0; i < 5; ++i) program.strings.intern("text" + std::to_string(i));
}

std::vector<Value> random_row(Random& random, const DataStyle& style) {
  std::vector<Value> cells;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    cells.push_back(i == 0 ? Value(value::Text{0}) : random_cell(random, kColumns[i], style));
  }
  return cells;
}

// Nobody, somebody alone, or so many that they fill several blocks, now and then.
std::size_t unit_count(Random& random, const CaseSize& size) {
  switch (random.below(50)) {
    case 0: return size.units * 600;
    case 1: return 0;
    case 2: return 1;
    default: return random.once_in(5) ? size.units * 10 : size.units;
  }
}

void make_data(Random& random, const CaseSize& size, RandomCase& out) {
  const bool by_periods = random.once_in(4);
  const std::size_t periods = by_periods ? kPeriods : 1;
  const std::size_t units = unit_count(random, size);
  const DataStyle style = random_style(random);
  std::vector<std::string> names;
  std::vector<Value> period_values;
  for (std::size_t p = 0; p < periods; ++p) {
    period_values.push_back(by_periods
                                ? Value(value::Month{kFirstMonth + static_cast<std::int32_t>(p)})
                                : Value(value::Missing{}));
  }
  table::Table rows(kColumns.size());
  for (std::size_t u = 0; u < units; ++u) {
    names.push_back("U" + std::to_string(u));
    for (std::size_t p = 0; p < periods; ++p) {
      if (by_periods && random.once_in(5)) continue;  // not every unit has every period
      rows.add({static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(p),
                rows.row_count() + 2, random_row(random, style)});
    }
  }
  out.units = table::UnitTable(names, period_values, std::move(rows));
  for (std::uint16_t t = 0; t < kTables; ++t) {
    table::Table& records = out.records.emplace_back(kColumns.size());
    const bool dated = by_periods && random.once_in(2);
    const DataStyle records_style = random_style(random);
    const std::size_t count =
        random.once_in(20) ? size.records * 30 : random.below(size.records + 1);
    for (std::size_t r = 0; units > 0 && r < count; ++r) {
      const auto period = static_cast<std::uint32_t>(random.below(periods));
      records.add({static_cast<std::uint32_t>(random.below(units)),
                   dated || !by_periods ? period : table::kNoPeriod, r + 2,
                   random_row(random, records_style)});
    }
  }
}

}  // namespace

RandomCase random_case(std::uint64_t seed, const CaseSize& size) {
  Random random(seed);
  RandomCase out;
  make_schema(out.program);
  Builder build(out.program);
  Maker maker(random, out.program, build);
  static constexpr std::array<Type, 4> kTypes = {Type::Number, Type::Number, Type::Number,
                                                 Type::Bool};
  std::vector<OpId> results;
  for (std::size_t i = 0; i < size.results; ++i) {
    results.push_back(maker.make(random.pick(kTypes), Level::Unit, size.depth));
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (size.only_result >= results.size() || size.only_result == i) {
      out.program.watched.push_back(results[i]);
    }
  }
  if (random.once_in(3)) {  // a condition over records
    const OpId holds = build.op(Opcode::le, {build.row_column(0, 1, {}), build.number(1000)});
    out.program.checks.push_back({holds, {}});
  }
  if (random.once_in(3)) {  // one over units
    const OpId holds = build.op(Opcode::le, {build.unit_column(1, {}), build.number(1000)});
    out.program.checks.push_back({holds, {}});
  }
  build.finish();
  Random data_random(seed ^ 0x5bd1e995u);
  make_data(data_random, size, out);
  return out;
}

}  // namespace xize::differential

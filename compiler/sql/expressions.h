// expressions: the row ops of a program over one records table as SQL terms.
// In: the program, the columns as cells.h reads them, the parameters of the run, the calendar. Out:
// a term for each op, or the op that SQL cannot say exactly, and why.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/sql/cells.h"
#include "compiler/sql/query.h"
#include "runtime/builtins/workdays.h"
#include "runtime/program/program.h"

namespace xize::sql {

// Why something is not computed in the database.
enum class Reason : std::uint8_t {
  Operation,  // no exact SQL for it
  UnitValue,  // it compares rows with a value of the unit
  Quotient,   // it divides by a value that is not fixed
  Column,     // the column's cells can mean more than SQL can tell
  Grouped,    // it is grouped by a month or a key
  Order,      // it needs the order of the rows
  Selection,  // rows are selected
  TooLarge,   // the numbers may outgrow the database's integers
};
struct Refusal {
  program::OpId op;  // invalid for a selection
  Reason reason = Reason::Operation;
};

// What values the ops of a run take from outside the rows.
struct Setting {
  const program::Program& program;
  const std::vector<std::optional<value::Value>>& parameters;
  const builtins::WorkdayCalendar& calendar;
  // Other names of units, and their own; for views, which cannot ask for more than they say.
  std::vector<std::pair<std::string, std::string>> aliases = {};
};

// The own name of the unit that the text names.
Sql unit_name(const Setting& setting, const Dialect& dialect, const Sql& text);

// What an expression reads: rows of records, or units.
struct Rows {
  const std::vector<Cell>& cells;  // by column of their table's schema
  Sql unit;                        // the text that names the unit
  program::Level level = program::Level::Row;
};

class Expressions {
 public:
  Expressions(const Setting& setting, Query& query, Rows rows)
      : level_(rows.level),
        setting_(setting),
        program_(setting.program),
        query_(query),
        dialect_(query.dialect()),
        arithmetic_(query.dialect()),
        cells_(rows.cells),
        unit_(std::move(rows.unit)) {}

  // Null if the op, or one that it needs, cannot be said: `refusal` then tells.
  const Term* term(program::OpId id);
  [[nodiscard]] const Refusal& refusal() const { return refusal_; }
  // Of units: their period (no text: there is but one) and whether their data are in error.
  void compare_units(Sql period, Sql faulty) {
    period_ = std::move(period);
    faulty_ = std::move(faulty);
  }
  // What an op is that is computed elsewhere.
  void give(program::OpId id, Term term) { known_.emplace(id, std::move(term)); }
  // Units were compared by the text of their name: other spellings of a name were not seen.
  [[nodiscard]] bool compares_units() const { return compares_units_; }

 private:
  using Result = std::optional<Term>;
  using Operands = std::vector<const Term*>;

  Result make(program::OpId id);
  Result leaf(const program::Op& op);
  Result literal(const value::Value& value);
  Result state(const program::Op& op, const Operands& in);
  Result logic(const program::Op& op, const Operands& in);
  Result choose(const Sql& condition, const Term& then, const Term& otherwise);
  [[nodiscard]] Number number_of(const Term& term) const;
  Result comparison(const program::Op& op, const Operands& in);
  Result arithmetic(const program::Op& op, const Operands& in);
  Result mark(const program::Op& op, const Operands& in);
  Result round(const program::Op& op, const Operands& in);
  [[nodiscard]] const value::Rational* fixed(program::OpId id) const;
  Result extreme(const program::Op& op, const Operands& in);
  Result population(const program::Op& op, const Operands& in);
  Result reduction(const program::Op& op, const Number& of, const std::string& over,
                   const Sql& part);
  Result rank(const program::Op& op, const Operands& in, const Sql& part);
  Result date(const program::Op& op, const Operands& in);
  Result month(const program::Op& op, const Term& of);
  [[nodiscard]] Sql workdays(const program::Op& op, const Sql& from, const Sql& to);
  [[nodiscard]] Sql workdays_before(const Sql& day);
  [[nodiscard]] std::string balance(const std::string& day, std::size_t begin,
                                    std::size_t end) const;
  Result of_number(Arithmetic::Result number);
  Result refuse(Reason reason);
  static Result of_sql(program::Type type, Sql sql);

  program::Level level_;
  const Setting& setting_;
  const program::Program& program_;
  Query& query_;
  const Dialect& dialect_;
  Arithmetic arithmetic_;
  const std::vector<Cell>& cells_;
  Sql unit_, period_, faulty_;
  std::map<program::OpId, Term> known_;
  Refusal refusal_;
  program::OpId at_;  // the op being made
  bool compares_units_ = false;
};

}  // namespace xize::sql

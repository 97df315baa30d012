#include "compiler/sql/stage_query.h"

#include <algorithm>

namespace xize::sql {
namespace {

using program::Op;
using program::Opcode;
using program::OpId;
using program::Type;
using value::Rational;

// Makes one query; see stage_query.h.
class Maker {
 public:
  Maker(const Dialect& dialect, const Setting& setting, const program::Stage& stage,
        const StageTable& table)
      : dialect_(dialect),
        setting_(setting),
        stage_(stage),
        schema_(setting.program.schema.records[stage.table]),
        query_(dialect, quote_name(dialect, schema_.name), table.names) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      cells_.push_back(read_cells(query_, schema_.columns[i], table.columns[i]));
    }
    unit_ = query_.define(unit_name(setting, dialect, cells_[schema_.unit_column].text));
  }

  std::variant<StageQuery, Refusal> run() {
    if (!stage_.selections.empty()) return Refusal{{}, Reason::Selection};
    Expressions expressions(setting_, query_, {cells_, unit_});
    for (const OpId id : stage_.ops) {
      if (auto refusal = check(id)) return *refusal;
    }
    const Sql late = is_late();
    select_ = {unit_, period(), {"COUNT(*)"}, count_where(late), {}};
    Sql odd = odd_cells();
    std::vector<Sql> faults;
    for (const OpId id : stage_.ops) {
      if (auto refusal = add_fold(id, expressions, late, faults)) return *refusal;
    }
    for (const std::uint32_t check : stage_.checks) {
      const OpId condition = setting_.program.checks[check].condition;
      const Term* term = expressions.term(condition);
      if (term == nullptr) return blame(condition, expressions.refusal());
      faults.push_back(
          build("CASE WHEN $1 THEN FALSE WHEN NOT $1 THEN TRUE ELSE FALSE END", {term->sql}));
    }
    for (const Sql& fault : faults) odd = build("$1 OR (NOT $2 AND $3)", {odd, late, fault});
    select_[kOddColumn] = count_where(odd);
    made_.sql = select();
    made_.compares_units = expressions.compares_units();
    if (auto refusal = add_keys()) return *refusal;
    return std::move(made_);
  }

 private:
  // The fold is what people know; what it could not be computed from is not.
  static Refusal blame(OpId fold, const Refusal& refusal) { return {fold, refusal.reason}; }

  [[nodiscard]] std::optional<Refusal> check(OpId id) const {
    const Op& op = setting_.program.ops[id];
    if (op.grouping != program::kNoGrouping) return Refusal{id, Reason::Grouped};
    switch (op.code) {
      case Opcode::fold_count:
      case Opcode::fold_sum:
      case Opcode::fold_average:
      case Opcode::fold_min:
      case Opcode::fold_max:
      case Opcode::fold_distinct:
      case Opcode::fold_any:
      case Opcode::fold_all: return std::nullopt;
      case Opcode::fold_last: return Refusal{id, Reason::Order};
      default: return Refusal{id, Reason::Operation};
    }
  }

  // The period as the table writes it; a day or month as the unit table writes the period that it
  // lies in, so that its rows come together.
  [[nodiscard]] Sql period() {
    if (schema_.period_column == table::kNoColumn) return build(dialect_.as_text, {{"NULL"}});
    const Sql& text = cells_[schema_.period_column].text;
    const auto& theirs = schema_.columns[schema_.period_column];
    const auto& units = setting_.program.schema.units;
    if (units.period_column == table::kNoColumn) return text;
    const auto& ours = units.columns[units.period_column];
    const bool by_month = ours.type == table::ColumnType::Month &&
                          (ours.months_each == 1 || ours.months_each == kQuarter);
    const bool is_day = theirs.type == table::ColumnType::Date;
    const bool is_month = theirs.type == table::ColumnType::Month && theirs.months_each == 1;
    made_.unit_periods = by_month && (is_day || is_month);
    if (!made_.unit_periods) return text;
    const Sql form = build(is_day ? dialect_.date_form : dialect_.month_form, {text});
    Sql within = build(dialect_.substring, {text, {"1"}, {"7"}});
    if (ours.months_each == kQuarter) {
      const Sql month = build(dialect_.substring, {text, {"6"}, {"2"}});
      within = build(
          "$1 || CASE WHEN $2 < '04' THEN 'Q1' WHEN $2 < '07' THEN 'Q2' WHEN $2 < '10' THEN 'Q3'"
          " ELSE 'Q4' END",
          {build(dialect_.substring, {text, {"1"}, {"4"}}), month});
    }
    return build("CASE WHEN $1 THEN $2 ELSE $3 END", {form, within, text});
  }

  [[nodiscard]] Sql is_late() {
    if (!schema_.cutoff || schema_.cutoff_column == table::kNoColumn) return {"FALSE"};
    const Term& when = cells_[schema_.cutoff_column].term;
    const bool day = when.type == Type::Date;
    const std::int32_t last = day ? schema_.cutoff->days : value::month_of(*schema_.cutoff).months;
    return query_.define(build("CASE WHEN $1 > $2 THEN TRUE ELSE FALSE END",
                               {when.sql, {integer(dialect_, Rational(last))}}));
  }

  [[nodiscard]] static Sql count_where(const Sql& condition) {
    return build("SUM(CASE WHEN $1 THEN 1 ELSE 0 END)", {condition});
  }

  [[nodiscard]] Sql odd_cells() const {
    Sql odd;
    for (const Cell& cell : cells_) {
      odd = odd.text.empty() ? cell.odd : build("$1 OR $2", {odd, cell.odd});
    }
    return odd;
  }

  std::optional<Refusal> add_fold(OpId id, Expressions& expressions, const Sql& late,
                                  std::vector<Sql>& faults) {
    const Op& op = setting_.program.ops[id];
    const Term* where = expressions.term(op.operands[0]);
    if (where == nullptr) return blame(id, expressions.refusal());
    const Term* element = nullptr;
    if (op.operands.size() > 1) {
      element = expressions.term(op.operands[1]);
      if (element == nullptr) return blame(id, expressions.refusal());
    }
    const bool every = where->sql.text == "TRUE";
    if (!every) faults.push_back(build("$1 IS NULL", {where->sql}));
    if (element != nullptr) {
      faults.push_back(build("($1 AND $2 IS NULL)", {where->sql, element->main()}));
    }
    const Sql counts = build("(NOT $1 AND $2)", {late, where->sql});
    FoldColumns fold{id, op.code, op.type, 1, 0, static_cast<std::uint32_t>(select_.size())};
    if (element != nullptr && element->type == Type::Number) {
      // Fractions of different rows have no common denominator.
      if (!element->number.divisor.text.empty()) return Refusal{id, Reason::Quotient};
      fold.denominator = element->number.denominator;
      fold.bound = element->number.bound;
    }
    made_.folds.push_back(fold);
    add_columns(op.code, counts, element);
    return std::nullopt;
  }

  void add_columns(Opcode code, const Sql& counts, const Term* element) {
    const Sql* e = element == nullptr ? nullptr : &element->main();
    const auto only = [&](const Sql& value) {
      return build("CASE WHEN $1 THEN $2 END", {counts, value});
    };
    switch (code) {
      case Opcode::fold_count: select_.push_back(count_where(counts)); break;
      case Opcode::fold_any:
        select_.push_back(count_where(build("$1 AND $2", {counts, *e})));
        break;
      case Opcode::fold_all:
        select_.push_back(count_where(build("$1 AND NOT $2", {counts, *e})));
        break;
      case Opcode::fold_distinct: select_.push_back(build(dialect_.distinct, {only(*e)})); break;
      case Opcode::fold_min: select_.push_back(build("MIN($1)", {only(*e)})); break;
      case Opcode::fold_max: select_.push_back(build("MAX($1)", {only(*e)})); break;
      default: {  // sum, average
        const bool wide = element->number.bound > narrow_max();
        const Sql summand = build("CASE WHEN $1 THEN $2 ELSE 0 END", {counts, *e});
        select_.push_back(build(wide ? dialect_.sum_wide : dialect_.sum, {summand}));
        if (code == Opcode::fold_average) select_.push_back(count_where(counts));
      }
    }
  }

  // The rows of a unit come together; without periods there is but one group for it.
  [[nodiscard]] std::string select() const {
    std::vector<Sql> named;
    for (const Sql& expression : select_) {
      const Sql name{answer_column(named.size())};
      named.push_back(build("$1 AS $2", {expression, name}));
    }
    std::string groups = "\nGROUP BY " + select_[kUnitColumn].text;
    const bool periods = schema_.period_column != table::kNoColumn;
    if (periods) groups += ", " + select_[kPeriodColumn].text;
    return query_.select(named, 0, groups);
  }

  // Keys are equal where their values are, however they are written.
  std::optional<Refusal> add_keys() {
    for (const auto& key : schema_.keys) {
      std::vector<Sql> parts;
      for (const std::uint32_t column : key) {
        const Cell& cell = cells_[column];
        const bool by_text = column == schema_.unit_column ||
                             schema_.columns[column].type == table::ColumnType::Bool;
        if (!by_text && !cell.readable && schema_.columns[column].type != table::ColumnType::Text) {
          return Refusal{{}, Reason::Column};
        }
        parts.push_back(by_text || !cell.readable ? cell.text : cell.term.main());
      }
      const std::size_t count = parts.size();
      made_.keys.push_back(query_.select(parts, count, "\nHAVING COUNT(*) > 1\nLIMIT 1"));
      made_.key_counts.push_back(key_count(parts));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string key_count(const std::vector<Sql>& parts) const {
    Sql key;
    for (const Sql& part : parts) key = key.text.empty() ? part : build("$1, $2", {key, part});
    const std::string unit = answer_column(0);
    const std::string count = answer_column(1);
    const std::vector<Sql> named = {build("$1 AS $2", {select_[kUnitColumn], {unit}}),
                                    build("COUNT(*) OVER (PARTITION BY $1) AS $2", {key, {count}})};
    return "SELECT " + unit + ", MAX(" + count + ") AS " + count + "\nFROM (" +
           query_.select(named, 0) + ") AS xize_k\nGROUP BY " + unit;
  }

  const Dialect& dialect_;
  const Setting& setting_;
  const program::Stage& stage_;
  const table::TableSchema& schema_;
  Query query_;
  std::vector<Cell> cells_;
  Sql unit_;
  std::vector<Sql> select_;
  StageQuery made_;
};

std::optional<Rational> number_of(const std::optional<std::string_view>& cell) {
  return cell ? Rational::from_decimal(*cell) : std::nullopt;
}

}  // namespace

std::variant<StageQuery, Refusal> stage_query(const Dialect& dialect, const Setting& setting,
                                              const program::Stage& stage,
                                              const StageTable& table) {
  return Maker(dialect, setting, stage, table).run();
}

std::string answer_column(std::size_t number) { return "xize_c" + std::to_string(number); }

bool Partial::add(const FoldColumns& fold, Cells row) {
  const bool is_extreme = fold.code == Opcode::fold_min || fold.code == Opcode::fold_max;
  const auto first = number_of(row[fold.column]);
  if (!first && (!is_extreme || row[fold.column])) return false;
  if (is_extreme && first) {
    const bool better =
        !best_ || (fold.code == Opcode::fold_min ? *first < *best_ : *best_ < *first);
    if (better) best_ = first;
  }
  if (!is_extreme) sum_ += *first;
  if (fold.code == Opcode::fold_average) {
    const auto count = number_of(row[fold.column + 1]);
    if (!count) return false;
    count_ += *count;
  }
  // Different values of two answers may be the same ones.
  const bool joins = !seen_ || fold.code != Opcode::fold_distinct;
  seen_ = true;
  return joins;
}

value::Value Partial::result(const FoldColumns& fold) const {
  const value::Value empty = value::Fault{value::FaultKind::EmptyAggregate, fold.op.index};
  switch (fold.code) {
    case Opcode::fold_any: return !sum_.is_zero();
    case Opcode::fold_all: return sum_.is_zero();
    case Opcode::fold_average:
      if (count_.is_zero()) return empty;
      return sum_ / count_ / fold.denominator;
    case Opcode::fold_min:
    case Opcode::fold_max: {
      if (!best_) return empty;
      const auto whole = static_cast<std::int32_t>(best_->to_int64().value_or(0));
      if (fold.type == Type::Date) return value::Date{whole};
      if (fold.type == Type::Month) return value::Month{whole};
      return *best_ / fold.denominator;
    }
    case Opcode::fold_sum: return sum_ / fold.denominator;
    default: return sum_;  // counts
  }
}

}  // namespace xize::sql

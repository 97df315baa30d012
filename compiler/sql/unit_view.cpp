#include "compiler/sql/unit_view.h"

#include <algorithm>
#include <map>
#include <set>

namespace xize::sql {
namespace {

using program::Op;
using program::Opcode;
using program::OpId;
using program::StageKind;
using program::Type;
using value::Rational;

constexpr std::string_view kUnits = "xize_u";
const Rational kRowsMax(1'000'000'000);  // of one unit

bool has_ending(const std::string& name, const std::string& ending) {
  return name == ending || name.ends_with("." + ending);
}

// A dotted name is called by its shortest ending that no other column has, as a header may be.
std::string short_name(const table::TableSchema& schema, std::size_t column) {
  const std::string& name = schema.columns[column].name;
  for (auto dot = name.rfind('.'); dot != std::string::npos; dot = name.rfind('.', dot - 1)) {
    const std::string ending = name.substr(dot + 1);
    const auto count =
        std::count_if(schema.columns.begin(), schema.columns.end(),
                      [&](const auto& other) { return has_ending(other.name, ending); });
    if (count == 1) return ending;
    if (dot == 0) break;
  }
  return name;
}

// Every column of a table, read by its text.
std::vector<StoredColumn> stored(const table::TableSchema& schema, std::string_view table) {
  std::vector<StoredColumn> columns;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    columns.push_back({short_name(schema, i), Storage::Text, -1, std::string(table)});
  }
  return columns;
}

// Makes one view; see unit_view.h.
class ViewMaker {
 public:
  ViewMaker(const Dialect& dialect, const Setting& setting, const UnitView& view)
      : dialect_(dialect),
        setting_(setting),
        program_(setting.program),
        view_(view),
        query_(dialect, "") {
    const auto& units = program_.schema.units;
    const auto columns = stored(units, kUnits);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      cells_.push_back(read_cells(query_, units.columns[i], columns[i]));
    }
    unit_ = query_.define(unit_name(setting, dialect, cells_[units.unit_column].text));
    if (units.period_column != table::kNoColumn) period_ = cells_[units.period_column].text;
  }

  std::variant<EmittedView, Refusal> run() {
    Expressions expressions(setting_, query_, {cells_, unit_, program::Level::Unit});
    from_ = quote_name(dialect_, program_.schema.units.name) + " AS " + std::string(kUnits);
    for (const program::Stage& stage : program_.stages) {
      if (stage.kind == StageKind::Aggregate) join(stage, expressions);
    }
    query_.set_from(from_);
    Sql faulty = build("CASE WHEN $1 THEN TRUE ELSE FALSE END", {faults()});
    faulty = query_.define(faulty);
    expressions.compare_units(period_, faulty);
    const Term* member = expressions.term(view_.member);
    if (member == nullptr) return explained(expressions.refusal());
    std::vector<Sql> columns = {named(unit_, program_.schema.units.unit_column)};
    if (!period_.text.empty()) {
      columns.push_back(named(period_, program_.schema.units.period_column));
    }
    for (std::size_t i = 0; i < view_.columns.size(); ++i) {
      add_column(i, expressions, faulty, columns);
    }
    made_.sql = comment(view_.comment) + "CREATE VIEW " + quote_name(dialect_, view_.name) +
                " AS\n" + query_.select(columns, 0, "\nWHERE " + member->sql.text) + ";\n";
    return std::move(made_);
  }

 private:
  // What is refused because of a fold is refused for the fold's reason.
  [[nodiscard]] Refusal explained(const Refusal& refusal) const {
    const auto fold = refused_folds_.find(refusal.op);
    return fold == refused_folds_.end() ? refusal : fold->second;
  }

  [[nodiscard]] Sql named(const Sql& value, std::uint32_t column) const {
    return build("$1 AS $2",
                 {value, {quote_name(dialect_, short_name(program_.schema.units, column))}});
  }

  static std::string comment(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += "-- " + line + "\n";
    return text;
  }

  // The folds of a stage as a subquery with a row for each unit, as far as they can be said.
  void join(program::Stage stage, Expressions& expressions) {
    stage.selections.clear();
    const std::string name = "xize_r" + std::to_string(joins_++);
    const auto& schema = program_.schema.records[stage.table];
    const auto columns = stored(schema, "");
    for (;;) {
      auto made = stage_query(dialect_, setting_, stage, {columns, name + "_"});
      if (auto* query = std::get_if<StageQuery>(&made)) {
        return add_join(name, *query, schema, expressions);
      }
      const Refusal& refusal = std::get<Refusal>(made);
      const auto at = std::find(stage.ops.begin(), stage.ops.end(), refusal.op);
      if (at != stage.ops.end()) {
        refused_folds_[*at] = refusal;
        stage.ops.erase(at);
      } else {  // a check or a key: the stage as a whole
        for (const OpId op : stage.ops) refused_folds_[op] = refusal;
        return;
      }
    }
  }

  void add_join(const std::string& name, const StageQuery& query, const table::TableSchema& schema,
                Expressions& expressions) {
    const auto column = [&](std::uint32_t number) {
      return query_.define({name + "." + answer_column(number)});
    };
    const std::uint32_t units_period = program_.schema.units.period_column;
    std::string on = name + "." + answer_column(kUnitColumn) + " = " + own_unit();
    if (schema.period_column != table::kNoColumn && units_period != table::kNoColumn) {
      const auto& theirs = schema.columns[schema.period_column];
      const auto& ours = program_.schema.units.columns[units_period];
      const bool same = theirs.type == ours.type && theirs.months_each == ours.months_each;
      if (!same && !query.unit_periods) {
        for (const FoldColumns& fold : query.folds) {
          refused_folds_[fold.op] = {fold.op, Reason::Grouped};
        }
        return;
      }
      on += " AND " + name + "." + answer_column(kPeriodColumn) + " = " + own(units_period);
    }
    from_ += "\n" + std::string(dialect_.join) + " (" + query.sql + ") AS " + name + " ON " + on;
    odd_.push_back(build("COALESCE($1, 0) > 0", {column(kOddColumn)}));
    if (keyed_.insert(&schema).second) join_keys(name, query);
    for (const FoldColumns& fold : query.folds) {
      std::vector<Sql> columns = {column(fold.column)};
      if (fold.code == Opcode::fold_average) columns.push_back(column(fold.column + 1));
      expressions.give(fold.op, fold_term(fold, columns));
    }
  }

  // Units with a row whose key occurs twice are in error.
  void join_keys(const std::string& of, const StageQuery& query) {
    for (std::size_t i = 0; i < query.key_counts.size(); ++i) {
      const std::string name = of + "_k" + std::to_string(i);
      from_ += "\n" + std::string(dialect_.join) + " (" + query.key_counts[i] + ") AS " + name +
               " ON " + name + "." + answer_column(0) + " = " + own_unit();
      odd_.push_back(
          build("COALESCE($1, 0) > 1", {query_.define({name + "." + answer_column(1)})}));
    }
  }

  // The unit by its own name, outside of all definitions.
  [[nodiscard]] std::string own_unit() const {
    return unit_name(setting_, dialect_, {own(program_.schema.units.unit_column)}).text;
  }
  // A column of the unit table as text, outside of all definitions.
  [[nodiscard]] std::string own(std::uint32_t column) const {
    return fill(dialect_.as_text,
                {std::string(kUnits) + "." +
                 quote_name(dialect_, short_name(program_.schema.units, column))});
  }

  // Where a unit has no rows, the join gives NULL (ClickHouse: 0).
  [[nodiscard]] Term fold_term(const FoldColumns& fold, const std::vector<Sql>& columns) const {
    Term term;
    term.type = fold.type;
    const Sql whole = build("COALESCE($1, 0)", {columns[0]});
    const Rational sum_bound = fold.bound * kRowsMax;
    const std::string_view as = sum_bound > narrow_max() ? dialect_.as_wide : dialect_.as_narrow;
    Number& number = term.number;
    number.denominator = fold.denominator;
    switch (fold.code) {
      case Opcode::fold_any: term.sql = build("($1 > 0)", {whole}); break;
      case Opcode::fold_all: term.sql = build("($1 = 0)", {whole}); break;
      case Opcode::fold_sum: number = {build(as, {whole}), fold.denominator, sum_bound}; break;
      case Opcode::fold_average: {
        const Sql count = build(dialect_.as_narrow, {build("COALESCE($1, 0)", {columns[1]})});
        number.numerator = build("CASE WHEN $1 > 0 THEN $2 END", {count, build(as, {whole})});
        number.bound = sum_bound;
        number.divisor = build("CASE WHEN $1 > 0 THEN $1 END", {count});
        number.divisor_bound = kRowsMax;
        break;
      }
      case Opcode::fold_min:
      case Opcode::fold_max:
        if (fold.type == Type::Number) number = {columns[0], fold.denominator, fold.bound};
        term.sql = columns[0];
        break;
      default: number = {build(dialect_.as_narrow, {whole}), 1, kRowsMax};
    }
    return term;
  }

  // How often the unit, in its period, is a row of the unit table.
  [[nodiscard]] Sql rows_of_unit() {
    Sql key = unit_;
    if (!period_.text.empty()) key = build("$1, $2", {key, period_});
    return query_.define(build("COUNT(*) OVER (PARTITION BY $1)", {key}));
  }

  // The data of a unit are in error.
  [[nodiscard]] Sql faults() {
    Sql any{"FALSE"};
    for (const Cell& cell : cells_) any = build("$1 OR $2", {any, cell.odd});
    for (const Sql& odd : odd_) any = build("$1 OR $2", {any, odd});
    return build("$1 OR $2 > 1", {any, rows_of_unit()});
  }

  void add_column(std::size_t i, Expressions& expressions, const Sql& faulty,
                  std::vector<Sql>& columns) {
    const ViewColumn& wanted = view_.columns[i];
    const Term* term = expressions.term(wanted.value);
    if (term == nullptr) {
      made_.left_out.emplace_back(i, explained(expressions.refusal()));
      return;
    }
    const auto value = wanted.labels.empty() ? shown(*term) : label(*term, wanted.labels);
    if (!value) {
      made_.left_out.emplace_back(i, Refusal{wanted.value, Reason::TooLarge});
      return;
    }
    columns.push_back(
        build("\n$4  CASE WHEN $1 THEN NULL ELSE $2 END AS $3",
              {faulty, *value, {quote_name(dialect_, wanted.name)}, {comment(wanted.comment)}}));
  }

  [[nodiscard]] std::optional<Sql> label(const Term& term,
                                         const std::vector<std::string>& labels) const {
    std::string rows;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      rows += " WHEN " + std::to_string(i) + " THEN " + quote_text(dialect_, labels[i]);
    }
    return build("CASE $1$2 END", {term.number.numerator, {rows}});
  }

  // As a decimal, where it ends for sure; else as a fraction. Empty if an integer would not fit.
  [[nodiscard]] std::optional<Sql> shown(const Term& term) const {
    if (term.type != Type::Number) return term.sql;
    const Arithmetic arithmetic(dialect_);
    const Number& number = term.number;
    for (int places = 0; places <= 18 && number.divisor.text.empty(); ++places) {
      const Rational factor = power_of_ten(places) / number.denominator;
      if (!factor.is_integer()) continue;
      const auto scaled = arithmetic.scale(number, factor);
      return scaled ? std::optional(decimal(*scaled, places)) : std::nullopt;
    }
    const auto below = arithmetic.whole_divisor(number);
    if (!below) return std::nullopt;
    return build("$1 || '/' || $2", {build(dialect_.as_text, {number.numerator}),
                                     build(dialect_.as_text, {below->numerator})});
  }

  // The digits of a number of so many places.
  [[nodiscard]] Sql decimal(const Number& number, int places) const {
    const Sql& n = number.numerator;
    if (places == 0) return n;
    const bool wide = number.bound > narrow_max();
    const Sql unit{integer(dialect_, power_of_ten(places))};
    const Sql size = build(wide ? dialect_.as_wide : dialect_.as_narrow, {build("abs($1)", {n})});
    const Sql whole = build(wide ? dialect_.wide_quotient : dialect_.narrow_quotient, {size, unit});
    const Sql rest = build("($1 + $2)", {unit, build(dialect_.remainder, {size, unit})});
    const Sql digits = build(dialect_.substring,
                             {build(dialect_.as_text, {rest}), {"2"}, {std::to_string(places)}});
    const Sql text = build("CASE WHEN $1 < 0 THEN '-' ELSE '' END || $2 || '.' || $3",
                           {n, build(dialect_.as_text, {whole}), digits});
    return build(dialect_.decimal, {build("($1)", {text}), {std::to_string(places)}});
  }

  const Dialect& dialect_;
  const Setting& setting_;
  const program::Program& program_;
  const UnitView& view_;
  Query query_;
  std::vector<Cell> cells_;
  Sql unit_, period_;
  std::string from_;
  std::size_t joins_ = 0;
  std::vector<Sql> odd_;
  std::set<const table::TableSchema*> keyed_;  // tables of records whose keys are counted
  std::map<OpId, Refusal> refused_folds_;
  EmittedView made_;
};

}  // namespace

std::variant<EmittedView, Refusal> emit_view(const Dialect& dialect, const Setting& setting,
                                             const UnitView& view) {
  return ViewMaker(dialect, setting, view).run();
}

}  // namespace xize::sql

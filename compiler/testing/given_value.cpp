#include "compiler/testing/given_value.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/data.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/driver/report_data.h"

namespace xize::testing {
namespace {

using diagnostics::Diagnostic;
using diagnostics::InSource;
namespace kinds = diagnostics::kinds;
using value::Rational;

class Giver {
 public:
  Giver(const driver::Compilation& compilation, base::StringPool& strings,
        const GivenColumn& column, ast::ExprId expr)
      : compilation_(compilation),
        model_(compilation.model()),
        strings_(strings),
        column_(column.column),
        schema_(column.schema),
        id_(expr) {}

  GivenValue run() const {
    const auto& node = model_.expr(id_).node;
    if (std::holds_alternative<ast::MissingLit>(node)) return missing();
    if (std::holds_alternative<ast::NotApplicableLit>(node)) return not_applicable();
    if (const auto* yes = std::get_if<ast::BoolLit>(&node)) return value::Value(yes->value);
    if (const auto* date = std::get_if<ast::DateLit>(&node)) return in_range(date->date);
    if (const auto* month = std::get_if<ast::MonthLit>(&node)) {
      return in_range(table::period_start(month->month, schema_.months_each));
    }
    if (schema_.type == table::ColumnType::Number) return number();
    return text();
  }

 private:
  [[nodiscard]] InSource where() const { return {&compilation_.file(), model_.expr(id_).span}; }
  [[nodiscard]] std::string written() const {
    return std::string(compilation_.file().slice(model_.expr(id_).span));
  }
  [[nodiscard]] GivenValue refused() const {
    return diagnostics::make<kinds::DataBadCell>(where(), written(),
                                                 driver::expected_term(schema_));
  }

  [[nodiscard]] GivenValue missing() const {
    if (schema_.judged) return value::Value(value::Pending{});
    if (schema_.optional) return value::Value(value::Missing{});
    return diagnostics::make<kinds::DataBlankCell>(where(), driver::expected_term(schema_));
  }
  [[nodiscard]] GivenValue not_applicable() const {
    if (schema_.accepts_not_applicable) return value::Value(value::NotApplicable{});
    return diagnostics::make<kinds::DataNotApplicable>(where(), written(), schema_.name);
  }

  [[nodiscard]] GivenValue in_range(value::Value value) const {
    if (table::contains(schema_.range, value)) return value;
    return diagnostics::make<kinds::DataOutOfRange>(where(), written(),
                                                   driver::range_term(schema_.range));
  }

  // The words of a name or a quoted text.
  [[nodiscard]] std::optional<std::string> words() const {
    const auto& node = model_.expr(id_).node;
    if (const auto* text = std::get_if<ast::StringLit>(&node)) return text->text;
    if (const auto* ref = std::get_if<sema::UnitRef>(&model_.fact(id_).binding)) {
      return model_.units[ref->unit.index];
    }
    if (const auto* name = std::get_if<ast::NameRef>(&node)) return name->name.text;
    return std::nullopt;
  }

  [[nodiscard]] GivenValue number() const {
    if (const auto level = words()) {
      for (const table::NumberLabel& label : schema_.number.labels) {
        if (label.text == *level) return value::Value(label.value);
      }
    }
    const auto constant = sema::constant_value(model_, id_);
    if (!constant) {
      return diagnostics::make<kinds::NotConstant>(where(),
                                                  diagnostics::Term{"a given value", "已知的值"});
    }
    const Rational n = *constant / column_.factor;
    const table::NumberFormat& format = schema_.number;
    const bool fraction = format.integer_only && !n.is_integer();
    if (fraction || (format.non_negative && n.sign() < 0)) return refused();
    if (format.step && !(n / *format.step).is_integer()) {
      return diagnostics::make<kinds::DataOffStep>(where(), written(), *format.step);
    }
    return in_range(n);
  }

  [[nodiscard]] GivenValue text() const {
    const auto found = words();
    if (!found) return refused();
    if (schema_.type == table::ColumnType::Choice) {
      const auto& choices = schema_.choices;
      if (std::find(choices.begin(), choices.end(), *found) == choices.end()) {
        return diagnostics::make<kinds::DataUnknownChoice>(where(), *found,
                                                          diagnostics::List{choices});
      }
    }
    return value::Value(value::Text{strings_.intern(*found)});
  }

  const driver::Compilation& compilation_;
  const sema::Model& model_;
  base::StringPool& strings_;
  const sema::Column& column_;
  const table::ColumnSchema& schema_;
  ast::ExprId id_;
};

}  // namespace

GivenValue given_value(const driver::Compilation& compilation, base::StringPool& strings,
                       const GivenColumn& column, ast::ExprId expr) {
  return Giver(compilation, strings, column, expr).run();
}

}  // namespace xize::testing

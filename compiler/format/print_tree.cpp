#include "compiler/format/print_tree.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/ast/visit.h"
#include "compiler/format/enumerator_name.h"
#include "compiler/format/words.h"

namespace xize::format {
namespace {

using ast::ExprId;

// The fields that hold amounts of points, as `Node.points`.
constexpr std::array kAmountFields = {
    std::string_view("Node.points"),          std::string_view("Node.max"),
    std::string_view("Guard.amount"),         std::string_view("Amount.value"),
    std::string_view("Clause.max"),           std::string_view("Clause.worth"),
    std::string_view("Base.value"),           std::string_view("Together.max"),
    std::string_view("Together.min"),         std::string_view("ChecklistBox.amount"),
    std::string_view("Floor.value"),          std::string_view("Ceiling.value"),
    std::string_view("Claim.value"),          std::string_view("Amendment.old_points"),
    std::string_view("Amendment.new_points"), std::string_view("Convert.target"),
    std::string_view("JudgeScale.step")};
// Fields that only say how something was written.
constexpr std::array kSpellingFields = {std::string_view("NumberLit.spelling"),
                                        std::string_view("NumberLit.measure"),
                                        std::string_view("NumberLit.per_measure"),
                                        std::string_view("Clause.sign_written"),
                                        std::string_view("Per.measure")};

bool is_one_of(const auto& fields, std::string_view node, std::string_view field) {
  return std::any_of(fields.begin(), fields.end(), [&](std::string_view known) {
    return known.size() == node.size() + 1 + field.size() && known.starts_with(node) &&
           known.ends_with(field);
  });
}

class Dump {
 public:
  Dump(const ast::Module& module, bool meaning) : module_(module), meaning_(meaning) {}
  Dump(const ast::Module& module, const Reading& reading)
      : module_(module), meaning_(true), reading_(&reading) {}

  std::string run() {
    for (const auto id : module_.top) write(id);
    return std::move(out_);
  }
  template <class Part>
  std::string run(const Part& part) {
    write(part);
    return std::move(out_);
  }

 private:
  // ---- what is absent is not shown
  template <class T>
  static bool is_absent(const T& value) {
    if constexpr (std::is_same_v<T, ast::Name>) {
      return !value.present();
    } else if constexpr (std::is_same_v<T, ast::Span>) {
      return true;
    } else if constexpr (std::is_same_v<T, std::string> || ast::kIsVector<T>) {
      return value.empty();
    } else if constexpr (ast::kIsOptional<T>) {
      return !value.has_value();
    } else if constexpr (std::is_same_v<T, bool>) {
      return !value;
    } else if constexpr (std::is_same_v<T, int>) {
      return value == 0;
    } else if constexpr (std::is_same_v<T, ExprId>) {
      return !value.valid();
    } else if constexpr (std::is_same_v<T, ast::Interval>) {
      return !value.low.valid() && !value.high.valid();
    } else {
      return false;
    }
  }

  void write_text(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
      if (c == '\n') {
        out_ += "\\n";
      } else {
        if (c == '"' || c == '\\') out_ += '\\';
        out_ += c;
      }
    }
    out_ += '"';
  }

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_same_v<T, ast::Name>) {
      write_name(value.text);
    } else if constexpr (std::is_same_v<T, std::string>) {
      write_text(value);
    } else if constexpr (std::is_same_v<T, bool>) {
      out_ += value ? "yes" : "no";
    } else if constexpr (std::is_same_v<T, int>) {
      out_ += std::to_string(value);
    } else if constexpr (std::is_same_v<T, value::Rational>) {
      out_ += value.to_string();
    } else if constexpr (std::is_same_v<T, value::Date> || std::is_same_v<T, value::Month>) {
      out_ += value::to_string(value);
    } else if constexpr (std::is_enum_v<T>) {
      out_ += enumerator_name(value);
    } else if constexpr (ast::kIsOptional<T>) {
      write(*value);
    } else if constexpr (ast::kIsVector<T>) {
      write_list(value);
    } else if constexpr (ast::kIsPair<T>) {
      write_name(value.first.text);
      out_ += '=';
      write(value.second);
    } else if constexpr (ast::kIsVariant<T>) {
      std::visit([&](const auto& alternative) { write(alternative); }, value);
    } else if constexpr (ast::HasFields<T>) {
      write_node(value);
    }
  }

  void write(ExprId id) {
    if (reading_ != nullptr) id = reading_->stands_for(id);
    write(module_.exprs[id].node);
  }

  void write_name(std::string_view name) {
    out_ += reading_ == nullptr ? std::string(name) : reading_->name(name);
  }

  void write(ast::EntryId id) {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    write(module_.entries[id].node);
    out_ += '\n';
  }

  template <class T>
  void write_list(const std::vector<T>& list) {
    if constexpr (std::is_same_v<T, ast::EntryId>) {
      ++depth_;
      for (const auto id : list) write(id);
      --depth_;
      while (!out_.empty() && out_.back() == '\n') out_.pop_back();
    } else {
      out_ += '[';
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) out_ += ' ';
        write(list[i]);
      }
      out_ += ']';
    }
  }

  // ---- nodes with a form of their own
  void write_node(const ast::NameRef& ref) { write_name(ref.name.text); }
  void write_node(const ast::InSet& set) {
    if (reading_ == nullptr) return write_plain(set);
    out_ += "(InSet ";
    write(set.operand);
    write_sorted(set.members);
    out_ += ')';
  }
  void write_node(const ast::Binary& binary) {
    const bool logical = binary.op == ast::BinaryOp::And || binary.op == ast::BinaryOp::Or;
    if (logical && reading_ != nullptr) {
      std::vector<ExprId> operands;
      collect(binary, operands);
      out_ += '(';
      out_ += enumerator_name(binary.op);
      write_sorted(operands);
      out_ += ')';
      return;
    }
    out_ += '(';
    out_ += enumerator_name(binary.op);
    out_ += ' ';
    write(binary.left);
    out_ += ' ';
    write(binary.right);
    out_ += ')';
  }
  // The operands of `a and b and c`, however they are grouped.
  void collect(const ast::Binary& binary, std::vector<ExprId>& operands) const {
    for (const auto id : {binary.left, binary.right}) {
      const auto* inner = std::get_if<ast::Binary>(&module_.exprs[id].node);
      if (inner != nullptr && inner->op == binary.op) {
        collect(*inner, operands);
      } else {
        operands.push_back(id);
      }
    }
  }

  // Each behind a blank, in an order of their own.
  void write_sorted(const std::vector<ExprId>& ids) {
    std::vector<std::string> texts;
    for (const auto id : ids) {
      const std::size_t begin = out_.size();
      write(id);
      texts.push_back(out_.substr(begin));
      out_.resize(begin);
    }
    std::ranges::sort(texts);
    for (const auto& text : texts) out_.append(" ").append(text);
  }

  void write_node(const ast::Unary& unary) {
    out_ += '(';
    out_ += enumerator_name(unary.op);
    out_ += ' ';
    write(unary.operand);
    out_ += ')';
  }
  void write_node(const ast::Call& call) {
    out_ += "(Call ";
    if (call.builtin == ast::Builtin::None) {
      write_name(call.name.text);
    } else {
      out_ += enumerator_name(call.builtin);
    }
    for (const auto id : call.args) {
      out_ += ' ';
      write(id);
    }
    if (call.rounding) out_ += " rounding=" + std::string(enumerator_name(*call.rounding));
    out_ += ')';
  }
  void write_node(const ast::NumberLit& number) { write_number(number, false); }

  void write_number(const ast::NumberLit& number, bool is_amount) {
    const value::Rational hundred(100);
    out_ += (number.percent ? number.value * hundred : number.value).to_string();
    if (number.percent) out_ += '%';
    const bool points = number.unit == ast::UnitWord::Points;
    const bool measure = number.unit == ast::UnitWord::Measure;
    const bool spelling = meaning_ && (measure || (points && is_amount));
    if (number.unit != ast::UnitWord::None && !spelling) {
      out_ += measure ? number.measure : std::string(enumerator_name(number.unit));
    }
    if (number.per_unit != ast::UnitWord::None) {
      out_ += '/';
      out_ += enumerator_name(number.per_unit);
      if (!meaning_) out_ += number.per_measure;
    }
  }

  // A block without a name has that of its keyword.
  void write_node(const ast::Node& node) {
    if (!meaning_ || node.name.present()) return write_plain(node);
    ast::Node named = node;
    named.name.text = name_of(node, module_.surface);
    write_plain(named);
  }

  // The fault by its English name, so that both surfaces compare.
  void write_node(const ast::Expect& expect) {
    ast::Expect shown = expect;
    if (meaning_) shown.error.text = fault_in_english(expect.error.text);
    out_ += "(Expect";
    write_fields(shown);
    out_ += ')';
  }

  // A step of one is what `per N` means.
  void write_node(const ast::Per& per) {
    ast::Per shown = per;
    if (meaning_ && per.step.valid()) {
      const auto* number = std::get_if<ast::NumberLit>(&module_.exprs[per.step].node);
      const bool one =
          number != nullptr && number->value == value::Rational(1) &&
          (number->unit == ast::UnitWord::None || number->unit == ast::UnitWord::Measure);
      if (one) shown.step = {};
    }
    out_ += "(Per";
    write_fields(shown);
    out_ += ')';
  }

  // Rows of a scale give points, rows of a value may give anything.
  void write_node(const ast::Case& choice) { write_rows_of_values(choice); }
  void write_node(const ast::TierValue& tier) { write_rows_of_values(tier); }
  template <class T>
  void write_rows_of_values(const T& node) {
    const bool outer = gives_points_;
    gives_points_ = false;
    write_plain(node);
    gives_points_ = outer;
  }

  void write_node(const ast::GradeRow& row) {
    const bool outer = tests_points_;
    tests_points_ = true;
    write_plain(row);
    tests_points_ = outer;
  }

  template <class T>
  void write_node(const T& node) {
    write_plain(node);
  }

  template <class T>
  void write_plain(const T& node) {
    out_ += '(';
    out_ += node_name(node);
    write_fields(node);
    out_ += ')';
  }

  template <class T>
  [[nodiscard]] bool is_amount(std::string_view field) const {
    if constexpr (std::is_same_v<T, ast::RowResult>) return gives_points_ && field != "kind";
    if constexpr (std::is_same_v<T, ast::RowTest>) return tests_points_ && field == "bound";
    if constexpr (std::is_same_v<T, ast::Interval>) return tests_points_;
    return is_one_of(kAmountFields, node_name(T{}), field);
  }

  template <class T>
  void write_fields(const T& node) {
    for_each_field(node, [&](std::string_view name, const auto& field) {
      if (is_absent(field)) return;
      if (meaning_ && is_one_of(kSpellingFields, node_name(node), name)) return;
      using Field = std::decay_t<decltype(field)>;
      if constexpr (!std::is_same_v<Field, std::vector<ast::EntryId>>) {
        out_ += ' ';
        out_ += name;
        out_ += '=';
      } else {
        out_ += ' ';
        out_ += name;
        out_ += ':';
      }
      if constexpr (std::is_same_v<Field, ExprId>) {
        const auto* number = std::get_if<ast::NumberLit>(&module_.exprs[field].node);
        if (number != nullptr) return write_number(*number, is_amount<T>(name));
      }
      write(field);
    });
  }

  const ast::Module& module_;
  bool meaning_;
  const Reading* reading_ = nullptr;
  bool gives_points_ = true;
  bool tests_points_ = false;
  int depth_ = 0;
  std::string out_;
};

}  // namespace

std::string print_tree(const ast::Module& module) { return Dump(module, false).run(); }
std::string print_meaning(const ast::Module& module) { return Dump(module, true).run(); }
std::string print_meaning(const ast::Module& module, const ast::EntryNode& node,
                          const Reading& reading) {
  return Dump(module, reading).run(node);
}
std::string print_meaning(const ast::Module& module, ast::ExprId expr, const Reading& reading) {
  return Dump(module, reading).run(expr);
}

}  // namespace xize::format

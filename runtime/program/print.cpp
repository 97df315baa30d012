#include "runtime/program/print.h"

#include <array>

#include <fmt/format.h>

namespace xize::program {
namespace {

class Printer {
 public:
  explicit Printer(const Program& program) : program_(program) {}

  std::string run() {
    for (std::size_t i = 0; i < program_.groupings.size(); ++i) grouping(i);
    for (std::size_t i = 0; i < program_.stages.size(); ++i) stage(i);
    for (const Rubric& r : program_.rubrics) rubric(r);
    for (const RowSelection& s : program_.row_selections) row_selection(s);
    reports(program_.reports, "");
    return std::move(out_);
  }

 private:
  void line(std::string_view indent, std::string_view text) {
    out_ += indent;
    out_ += text;
    out_ += '\n';
  }

  static std::string ref(OpId op) { return op ? fmt::format("%{}", op.index) : "-"; }

  void grouping(std::size_t i) {
    std::string keys;
    for (const GroupKey& key : program_.groupings[i].keys) {
      keys += fmt::format(" {} by {}", program_.schema.records[key.table].name, ref(key.key));
    }
    line("", fmt::format("grouping {}:{}", i, keys));
  }

  void stage(std::size_t i) {
    static constexpr std::array<std::string_view, 4> kNames = {"constant", "aggregate", "unit",
                                                               "population"};
    const Stage& stage = program_.stages[i];
    std::string head = fmt::format("stage {} {}", i, kNames[static_cast<std::size_t>(stage.kind)]);
    if (stage.table != kNoTable) head += " " + program_.schema.records[stage.table].name;
    line("", head);
    for (const OpId id : stage.rows) line("  row ", op(id));
    for (const OpId id : stage.ops) line("  ", op(id));
    for (const std::uint32_t c : stage.checks) {
      line("  ", fmt::format("check {} {}", c, ref(program_.checks[c].condition)));
    }
    for (const std::uint32_t s : stage.selections) {
      line("  ", fmt::format("collect {}", program_.row_selections[s].name));
    }
  }

  std::string op(OpId id) {
    const Op& op = program_.ops[id];
    std::string text = fmt::format("%{} = {}", id.index, facts(op.code).name);
    if (facts(op.code).shape == Shape::Fold && op.table != kNoTable) {
      text += fmt::format("[{}]", program_.schema.records[op.table].name);
    }
    if (op.grouping != kNoGrouping) text += fmt::format("<{}>", op.grouping);
    for (const OpId operand : op.operands) text += " " + ref(operand);
    text += detail(op);
    return text + " : " + std::string(name(op.type));
  }

  // The immediate, in words.
  std::string detail(const Op& op) {
    switch (op.code) {
      case Opcode::constant: return " " + print_value(program_, program_.constants[op.imm]);
      case Opcode::column: {
        const auto& table =
            op.level == Level::Row ? program_.schema.records[op.table] : program_.schema.units;
        return " " + table.columns[op.imm].name;
      }
      case Opcode::parameter: return " " + program_.parameters[op.imm].name;
      case Opcode::is_unit_in: return fmt::format(" {{{}}}", fmt::join(unit_set(op.imm), ", "));
      case Opcode::fault: return " " + std::string(name(static_cast<value::FaultKind>(op.imm)));
      default: return op.imm == 0 ? "" : fmt::format(" #{}", op.imm);
    }
  }

  [[nodiscard]] const std::vector<std::string>& unit_set(std::uint32_t i) const {
    return program_.unit_sets[i];
  }

  void rubric(const Rubric& r) {
    line("", "rubric " + r.name);
    fact("  ", "member", r.member);
    fact("  ", "reference", r.reference);
    for (const NodeId id : r.top) node(program_.nodes[id], "  ");
    fact("  ", "sections", r.sections_sum);
    fact("  ", "bonus", r.bonus_sum);
    fact("  ", "penalty", r.penalty_sum);
    decisions("  ", r.decisions);
    fact("  ", "unscored", r.unscored);
    fact("  ", "total", r.total);
    fact("  ", "combined", r.combined);
    fact("  ", "converted", r.converted);
    fact("  ", "rank", r.rank);
    grade("  ", r.grade);
    for (const Selection& s : r.selections) fact("  ", "select " + s.name, s.taken);
    reports(r.reports, "  ");
  }

  void fact(const std::string& indent, const std::string& what, OpId op) {
    if (op) line(indent, what + " " + ref(op));
  }

  void node(const Node& n, const std::string& indent) {
    static constexpr std::array<std::string_view, 6> kNames = {
        "section", "item", "bonus", "bonus item", "penalty", "penalty item"};
    line(indent, fmt::format("{} {}", kNames[static_cast<std::size_t>(n.kind)], n.name));
    const std::string inner = indent + "  ";
    fact(inner, "points", n.points);
    fact(inner, "applicable", n.applicable);
    decisions(inner, n.decisions);
    fact(inner, "base", n.base);
    for (const Contribution& c : n.contributions) {
      line(inner, fmt::format("clause {} if {} over {} in {}", ref(c.amount), ref(c.active),
                              ref(c.measure), c.parent));
    }
    fact(inner, "unscored", n.unscored);
    fact(inner, "raw", n.raw);
    fact(inner, "factor", n.factor);
    fact(inner, "score", n.score);
    grade(inner, n.grade);
    for (const NodeId id : n.children) node(program_.nodes[id], inner);
  }

  void decisions(const std::string& indent, const std::vector<Decision>& decisions) {
    static constexpr std::array<std::string_view, 6> kNames = {
        "zero", "full", "give", "unscored", "not applicable", "veto"};
    for (const Decision& d : decisions) {
      line(indent, fmt::format("{} when {} gives {}", kNames[static_cast<std::size_t>(d.kind)],
                               ref(d.condition), ref(d.outcome)));
    }
  }

  void grade(const std::string& indent, const std::optional<GradeScheme>& scheme) {
    if (!scheme) return;
    line(indent,
         fmt::format("grade {} of {}", ref(scheme->grade), fmt::join(scheme->labels, ", ")));
  }

  void row_selection(const RowSelection& s) {
    line("", fmt::format("select {} from {} if {} per {} places {}", s.name,
                         program_.schema.records[s.table].name, ref(s.candidate), ref(s.key),
                         ref(s.places)));
  }

  void reports(const std::vector<Report>& reports, const std::string& indent) {
    for (const Report& r : reports) fact(indent, "report " + r.name, r.value);
  }

  const Program& program_;
  std::string out_;
};

}  // namespace

std::string_view name(value::FaultKind kind) {
  static constexpr std::array<std::string_view, value::kFaultKinds> kNames = {
      "DivisionByZero", "MissingValue",   "NotApplicableValue", "PendingMark",    "NoTierRow",
      "EmptyAggregate", "MarkOutOfRange", "NegativeCount",      "Unspecified",    "NotAnInteger",
      "BadCell",        "TooManyDigits",  "TieAtCut",           "FractionOfPlace"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string print_value(const Program& program, const value::Value& value) {
  struct Words {
    const Program& program;
    std::string operator()(value::Missing) const { return "missing"; }
    std::string operator()(value::NotApplicable) const { return "n/a"; }
    std::string operator()(value::Pending) const { return "pending"; }
    std::string operator()(value::Fault f) const {
      return fmt::format("{} at %{}", name(f.kind), f.op);
    }
    std::string operator()(const value::Rational& x) const { return x.to_string(); }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(value::Text t) const {
      if (t.id >= program.strings.size()) return fmt::format("text #{}", t.id);
      return fmt::format("\"{}\"", program.strings.text(t.id));
    }
    std::string operator()(value::Date d) const { return value::to_string(d); }
    std::string operator()(value::Month m) const { return value::to_string(m); }
  };
  return std::visit(Words{program}, value);
}

std::string print(const Program& program) { return Printer(program).run(); }

}  // namespace xize::program

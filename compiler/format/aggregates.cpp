// Aggregates: `count(R where C)`, 个数（R，其中 C）, 存在 A、B.
#include <algorithm>
#include <array>
#include <utility>

#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

using ast::AggregateKind;

// In the order of AggregateKind.
constexpr std::array kFunctions = {Function("Count"),      Function("Sum"),  Function("Average"),
                                   Function("Min"),        Function("Max"),  Function("Median"),
                                   Function("Distinct"),   Function("Any"),  Function("All"),
                                   Function("Highest"),    Function("Last"), Function("Rank"),
                                   Function("Percentile"), Function("Share")};
static_assert(kFunctions.size() == static_cast<std::size_t>(AggregateKind::Share) + 1);

bool has_tails(const ast::Aggregate& a) {
  return a.over_units || a.over || a.by_month || a.by.valid() || a.per.valid() || a.best.valid() ||
         a.trim.valid() || a.drop_highest.valid() || a.drop_lowest.valid() ||
         a.default_value.valid() || a.ascending || a.dense || !a.tie_breaks.empty();
}

// The operand that an expression begins with, or an invalid handle.
ast::ExprId first_operand(const Page& page, ast::ExprId id) {
  const auto& node = page.node(id);
  ast::ExprId first;
  Binding place = std::max(binding_of(page, id), Binding::Or);
  if (const auto* n = std::get_if<ast::Binary>(&node)) first = n->left;
  if (const auto* n = std::get_if<ast::InInterval>(&node)) first = n->operand;
  if (const auto* n = std::get_if<ast::InSet>(&node)) first = n->operand;
  if (const auto* n = std::get_if<ast::InTop>(&node)) first = n->operand;
  if (const auto* n = std::get_if<ast::IsState>(&node)) first = n->operand;
  if (place == Binding::Compared) place = Binding::Operand;
  // In parentheses it begins with a parenthesis.
  return first.valid() && binding_of(page, first) >= place ? first : ast::ExprId();
}

ast::ExprId leading_leaf(const Page& page, ast::ExprId id) {
  for (auto next = first_operand(page, id); next.valid(); next = first_operand(page, id)) id = next;
  return id;
}

void put_records(Page& page, const ast::Name& records) {
  page.put(Called{records, NamePlace::Operand}, " ", Keyword("DE"), " ");
}

// The records of `highest(R by e)`, which Chinese measures as R 的 e; else null.
const ast::Name* measured_records(const Page& page, const ast::Aggregate& a) {
  const bool measured = a.kind == AggregateKind::Highest && a.by.valid() && a.args.size() == 1;
  const auto* ref = measured ? std::get_if<ast::NameRef>(&page.node(a.args.front())) : nullptr;
  return ref == nullptr ? nullptr : &ref->name;
}

// Writes the tails; each begins with `，` in Chinese and with a blank in English.
class AggregateTails {
 public:
  explicit AggregateTails(Page& page) : page_(page) {}

  void print(const ast::Aggregate& a) {
    if (a.where.valid()) tail(Keyword("WHERE"), a.where);
    print_over(a);
    if (a.by_month && !a.args.empty()) print_month();
    if (a.by.valid()) print_by(a);
    if (a.per.valid()) tail(Keyword("PER"), a.per);
    if (a.best.valid()) print_best(a.best);
    if (a.trim.valid()) tail(Keyword("TRIM"), a.trim);
    print_drop(a);
    if (a.default_value.valid()) tail(Keyword("DEFAULT"), a.default_value);
    if (a.ascending) word(Keyword("ASCENDING"));
    if (a.dense) word(Keyword("DENSE"));
    for (const auto id : a.tie_breaks) tail(Keyword("TIES_BY"), id);
  }

 private:
  void begin() { page_.zh() ? page_.put(Comma{}) : page_.put(Gap{}); }
  void word(Keyword keyword) {
    begin();
    page_.put(keyword);
  }
  void tail(Keyword keyword, ast::ExprId id) {
    word(keyword);
    page_.put(" ", Value{id});
  }

  void print_over(const ast::Aggregate& a) {
    if (a.over_units) {
      begin();
      if (!page_.zh()) page_.put(Keyword("OVER"), " ");
      page_.put(Keyword("UNITS"));
    } else if (a.over) {
      word(Keyword("OVER"));
      page_.put(" ");
      print_group(page_, *a.over, false);
    }
  }

  void print_month() {
    begin();
    if (!page_.zh()) page_.put(Keyword("BY"), " ");
    page_.put(Keyword("MONTH"));
  }

  // 按 办公室 分别; the measure of 就高合计 stands behind 的.
  void print_by(const ast::Aggregate& a) {
    if (!page_.zh()) return tail(Keyword("BY"), a.by);
    if (measured_records(page_, a) != nullptr) return;
    tail(Keyword("PER"), a.by);
    page_.put(" ", Keyword("SEPARATELY"));
  }

  void print_best(ast::ExprId n) {
    word(Keyword("BEST"));
    page_.put(" ");
    print_counted(page_, n, "个");
  }

  void print_drop(const ast::Aggregate& a) {
    if (!a.drop_highest.valid() && !a.drop_lowest.valid()) return;
    word(Keyword("DROP"));
    if (a.drop_highest.valid()) print_dropped(a.drop_highest, Keyword("HIGHEST"));
    if (a.drop_lowest.valid()) print_dropped(a.drop_lowest, Keyword("LOWEST"));
  }
  void print_dropped(ast::ExprId n, Keyword which) {
    page_.put(" ");
    print_counted(page_, n, "个");
    page_.put(page_.zh() ? "" : " ", which);
  }

  Page& page_;
};

}  // namespace

void print_existence(Page& page, const ast::Aggregate& any, Keyword word) {
  const auto written = page.found_before(word, page.span(any.args.front()).begin);
  page.put(written.empty() ? page.words(word) : written, " ");
  put_values(page, any.args, Binding::Operand);
  if (any.where.valid()) page.put("（", Keyword("WHERE"), " ", Value{any.where}, "）");
}

void print_argument(Page& page, ast::ExprId id) {
  if (!page.zh()) return page.put(Value{id});
  const auto leaf = leading_leaf(page, id);
  const auto* member = std::get_if<ast::Member>(&page.node(leaf));
  const auto* records =
      member == nullptr ? nullptr : std::get_if<ast::NameRef>(&page.node(member->base));
  if (records != nullptr) {
    put_records(page, records->name);
    const auto outer = std::exchange(page.record_column, leaf);
    page.put(Value{id});
    page.record_column = outer;
    return;
  }
  const auto* of = std::get_if<ast::RecordOf>(&page.node(id));
  if (of == nullptr) return page.put(Value{id});
  const auto& first = page.node(leading_leaf(page, of->element));
  const bool begins_with_name = std::holds_alternative<ast::NameRef>(first) ||
                                std::holds_alternative<ast::Member>(first) ||
                                std::holds_alternative<ast::TotalRef>(first);
  if (begins_with_name) return page.put(Value{id});
  put_records(page, of->records);
  page.put(Value{of->element});
}

bool is_existence(const Page& page, const ast::Aggregate& aggregate) {
  return page.zh() && aggregate.kind == AggregateKind::Any && !has_tails(aggregate) &&
         !aggregate.args.empty() && (!aggregate.where.valid() || aggregate.args.size() == 1);
}

void print_aggregate(Page& page, const ast::Aggregate& aggregate) {
  if (is_existence(page, aggregate)) return print_existence(page, aggregate, Keyword("EXISTS"));
  page.put(kFunctions[static_cast<std::size_t>(aggregate.kind)], page.zh() ? "（" : "(");
  const auto* records = page.zh() ? measured_records(page, aggregate) : nullptr;
  if (records != nullptr) {
    put_records(page, *records);
    page.put(Value{aggregate.by});
  } else {
    put_list(page, aggregate.args, [&](ast::ExprId id) { print_argument(page, id); });
  }
  if (aggregate.args.empty() && aggregate.by_month) page.put(Keyword("MONTH"));
  AggregateTails(page).print(aggregate);
  page.put(page.zh() ? "）" : ")");
}

}  // namespace xize::format

// Clauses: amounts and scales with their tails, in the phrases of a scoring rubric.
#include "compiler/format/clauses.h"

#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

using ast::Clause;
using ast::Sign;

// The word that gives or takes in a Chinese clause.
Keyword sign_word(const Clause& clause) {
  return clause.sign == Sign::Deduct ? Keyword("DEDUCT") : Keyword("AWARD");
}

// `per N` means one of N, `每1个 N` says it; another measure word is kept.
constexpr std::string_view kUsualMeasure = "个";

// Tails in the order per, where, when, max, worth, multipliers; those of `per` come first in
// English, as the head in Chinese.
class Tails {
 public:
  Tails(Page& page, const Clause& clause) : page_(page), clause_(clause) {}

  void print_per() {
    const ast::Per& per = *clause_.per;
    begin();
    page_.put(Keyword("PER"), " ");
    if (per.step.valid()) {
      page_.put(Value{per.step, Binding::Postfix}, " ");
    } else if (!per.measure.empty() && per.measure != kUsualMeasure) {
      page_.put("1 ", per.measure, " ");
    }
    // Behind a unit `max(` would be a cap.
    const bool called = per.step.valid() && std::holds_alternative<ast::Call>(page_.node(per.what));
    called ? page_.put("(", Value{per.what}, ")") : page_.put(Value{per.what, Binding::Operand});
    if (per.where.valid()) {
      page_.zh() ? page_.put(Comma{}) : page_.put(Gap{});
      page_.put(Keyword("WHERE"), " ", Value{per.where});
    }
    if (per.rounding == ast::PerRounding::Exact) return;
    begin();
    page_.put(Keyword("EVERY"), " ",
              per.rounding == ast::PerRounding::Full ? Keyword("FULL") : Keyword("STARTED"));
  }

  void print_when() {
    begin();
    page_.put(Keyword("WHEN"), " ", Value{clause_.when});
  }

  void print_limits() {
    if (clause_.max_full) {
      begin();
      page_.zh() ? page_.put(Written{Keyword("UNTIL_GONE"), page_.entry})
                 : page_.put(Keyword("MAX"), " ", Keyword("FULL"));
    }
    if (clause_.max.valid()) print_max();
    if (clause_.worth.valid()) print_worth();
  }

  void print_multipliers() {
    for (const auto& multiplier : clause_.multipliers) {
      if (page_.zh()) {
        page_.put(Comma{});
        put_condition(page_, multiplier.when);
        page_.put(Comma{});
        print_factor(multiplier.factor);
      } else {
        page_.put(" ");
        print_factor(multiplier.factor);
        page_.put(" ", Keyword("WHEN"), " ", Value{multiplier.when});
      }
    }
  }

 private:
  void begin() { page_.zh() ? page_.put(Comma{}) : page_.put(" "); }

  void print_max() {
    begin();
    const bool amount = std::holds_alternative<ast::Amount>(clause_.scale);
    const auto written = page_.found_before(Keyword("MAX"), page_.span(clause_.max).begin);
    if (page_.zh() && !written.empty() && !written.starts_with(page_.words(Keyword("MAX")))) {
      page_.put(written, is_literal(clause_.max) ? "" : " ");
      return print_points(page_, clause_.max, Binding::Any, true);
    }
    page_.put(Keyword("MAX"));
    if (!page_.zh() || !amount) {
      page_.put(" ");
      return print_points(page_, clause_.max, Binding::Any);
    }
    page_.put(sign_word(clause_), is_literal(clause_.max) ? "" : " ");
    print_points(page_, clause_.max, Binding::Any, true);
  }

  void print_worth() {
    begin();
    const bool share = std::holds_alternative<ast::RatioScale>(clause_.scale) ||
                       std::holds_alternative<ast::RelativeScale>(clause_.scale);
    page_.put(share ? page_.words.synonym(Keyword("WORTH")) : page_.words(Keyword("WORTH")), " ");
    print_points(page_, clause_.worth, Binding::Any);
  }

  void print_factor(ast::ExprId factor) {
    const auto* number = page_.literal(factor);
    const bool plain = number != nullptr && number->unit == ast::UnitWord::None;
    if (plain && number->value == value::Rational(2)) return page_.put(Keyword("DOUBLE"));
    if (plain && number->value == value::Rational(1, 2)) return page_.put(Keyword("HALVE"));
    page_.put(Keyword("TIMES"), " ", Value{factor});
  }

  [[nodiscard]] bool is_literal(ast::ExprId id) const { return page_.literal(id) != nullptr; }

  Page& page_;
  const Clause& clause_;
};

// `1个`, `5天` behind 每.
void print_step(Page& page, const ast::Per& per) {
  const auto* number = per.step.valid() ? page.literal(per.step) : nullptr;
  if (number != nullptr) {
    const bool measured = number->unit == ast::UnitWord::Measure;
    return page.put(number_text(*number), measured ? std::string_view(number->measure)
                                                   : page.words.unit(number->unit, false));
  }
  if (per.step.valid()) return page.put(" ", Value{per.step, Binding::Postfix});
  page.put("1", per.measure.empty() ? kUsualMeasure : std::string_view(per.measure));
}

void print_each_amount(Page& page, const Clause& clause) {
  const auto& amount = std::get<ast::Amount>(clause.scale);
  page.put(sign_word(clause));
  if (amount.full || page.literal(amount.value) == nullptr) page.put(" ");
  print_amount(page, amount, true);
}

// How the entry at hand begins, where it begins with this word; else empty.
std::string_view word_at_head(const Page& page, Keyword word) {
  return page.zh() ? page.found_behind(word, page.entry.begin) : std::string_view{};
}

// The entry at hand begins with 否则 or 其余.
bool says_otherwise(const Page& page) {
  return !word_at_head(page, Keyword("ELSE")).empty() ||
         !word_at_head(page, Keyword("OTHERWISE")).empty();
}

// The word 每低, 每超过 of a clause that counts how far a measure is from the limit; empty else.
std::string_view difference_word(const Page& page, const Clause& clause) {
  if (!page.zh() || !clause.per || !clause.when.valid()) return {};
  const auto head = clause.per->span.begin;
  const auto text = page.found_behind(Keyword("SHORT"), head);
  return text.empty() ? page.found_behind(Keyword("OVER_BY"), head) : text;
}

// `每1个 N 扣0.5分`.
void print_each(Page& page, const Clause& clause) {
  const ast::Per& per = *clause.per;
  switch (per.rounding) {
    case ast::PerRounding::Exact: page.put(page.head(Keyword("EACH"))); break;
    case ast::PerRounding::Full: page.put(Keyword("EACH_FULL")); break;
    case ast::PerRounding::Started: page.put(Keyword("EACH_STARTED")); break;
  }
  print_step(page, per);
  page.put(" ", Value{per.what, Binding::Operand});
  if (per.where.valid()) page.put("（", Keyword("WHERE"), " ", Value{per.where}, "）");
  page.put(per.where.valid() ? "" : " ");
  print_each_amount(page, clause);
}

// The words before the tails where no condition opens the clause.
void print_amount_head(Page& page, const Clause& clause) {
  const auto& amount = std::get<ast::Amount>(clause.scale);
  if (clause.sign == Sign::Award && !clause.sign_written) {
    if (page.zh()) page.put(Keyword("SCORE"), " = ");
    // A literal unit is part of the value there: `得分 = 5 分` and `5` are the same amount.
    return print_amount(page, amount);
  }
  const bool gets = clause.sign == Sign::Award && !word_at_head(page, Keyword("GETS")).empty();
  page.put(gets ? Keyword("GETS") : sign_word(clause), " ");
  print_amount(page, amount);
}

bool is_zero(const Page& page, const ast::Amount& amount) {
  const auto* number = page.literal(amount.value);
  return number != nullptr && number->value.is_zero();
}

// Written `得分 = E`.
bool is_formula(const Page& page, const ast::Amount& amount) {
  if (amount.full) return false;
  const auto before = page.file.text().substr(0, page.span(amount.value).begin);
  const auto mark = before.find_last_not_of(" \t(");
  return mark != std::string_view::npos && before[mark] == '=';
}

// `C 的，得 5 分`, `得分 = E`.
void print_outcome_amount(Page& page, const Clause& clause) {
  const auto& amount = std::get<ast::Amount>(clause.scale);
  // 得 满分 would be read as the guard 得满分, 得 0 分 as 不得分.
  const bool decides = amount.full || is_zero(page, amount);
  const bool gets = clause.sign == Sign::Award && !page.place.in_bonus && !decides;
  if (is_formula(page, amount)) {
    if (says_otherwise(page)) page.put(Comma{});
    page.put(Keyword("SCORE"), " = ");
  } else {
    page.put(gets ? Keyword("GETS") : sign_word(clause), " ");
  }
  print_amount(page, amount);
}

void print_chinese_amount(Page& page, const Clause& clause) {
  Tails tails(page, clause);
  if (const auto counts = difference_word(page, clause); !counts.empty()) {
    put_case(page, clause.when);
    page.put(counts);
    print_step(page, *clause.per);
    print_each_amount(page, clause);
  } else if (clause.per) {
    print_each(page, clause);
    if (clause.when.valid()) tails.print_when();
  } else if (clause.when.valid()) {
    put_case(page, clause.when);
    print_outcome_amount(page, clause);
  } else {
    print_amount_head(page, clause);
  }
  tails.print_limits();
  tails.print_multipliers();
}

void print_english_amount(Page& page, const Clause& clause) {
  Tails tails(page, clause);
  if ((clause.when.valid() || clause.per) && clause.sign == Sign::Award) {
    page.put(Keyword("AWARD"), " ");
    print_amount(page, std::get<ast::Amount>(clause.scale));
  } else {
    print_amount_head(page, clause);
  }
  if (clause.per) tails.print_per();
  if (clause.when.valid()) tails.print_when();
  tails.print_limits();
  tails.print_multipliers();
}

// 酌情扣分 says its sign itself.
bool says_sign(const Clause& clause) {
  const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale);
  return judge != nullptr && judge->as_deduction;
}

// `C 的，分档 X { … }`; the phrase of a ratio begins with what it measures.
bool opens_with_condition(const Page& page, const Clause& clause) {
  return page.zh() && clause.when.valid() &&
         !std::holds_alternative<ast::RatioScale>(clause.scale) &&
         (clause.sign == Sign::Award || says_sign(clause));
}

void print_scale_clause(Page& page, const Clause& clause) {
  const bool condition_first = opens_with_condition(page, clause);
  if (condition_first) {
    put_case(page, clause.when);
  } else if ((clause.sign == Sign::Deduct || clause.sign_written) && !says_sign(clause)) {
    page.put(sign_word(clause), " ");
  }
  std::visit(
      [&](const auto& scale) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(scale)>, ast::Amount>) {
          print(page, scale);
        }
      },
      clause.scale);
  Tails tails(page, clause);
  if (clause.per) tails.print_per();
  if (clause.when.valid() && !condition_first) tails.print_when();
  tails.print_limits();
  tails.print_multipliers();
}

}  // namespace

void put_condition(Page& page, ast::ExprId condition) {
  const auto written = page.zh() ? page.found_behind(Keyword("DE"), page.span(condition).end)
                                 : std::string_view{};
  page.put(Value{condition}, " ", written.empty() ? page.words(Keyword("DE")) : written);
}

void put_case(Page& page, ast::ExprId condition) {
  for (const auto word : {Keyword("ELSE"), Keyword("OTHERWISE")}) {
    const auto written = word_at_head(page, word);
    if (!written.empty()) return page.put(written);
  }
  for (const auto word : {Keyword("SHORT"), Keyword("OVER_BY")}) {
    if (!word_at_head(page, word).empty()) return;
  }
  put_condition(page, condition);
  page.put(Comma{});
}

void print_amount(Page& page, const ast::Amount& amount, bool tight) {
  if (amount.full) return page.put(Keyword("FULL"));
  print_points(page, amount.value, Binding::Any, tight);
}

void print(Page& page, const Clause& clause) {
  if (!std::holds_alternative<ast::Amount>(clause.scale)) return print_scale_clause(page, clause);
  page.zh() ? print_chinese_amount(page, clause) : print_english_amount(page, clause);
}

}  // namespace xize::format

#include "compiler/verify/words.h"

#include <array>

#include <fmt/format.h>

namespace xize::verify {

namespace {

// A name for programs, and what it is called in both languages.
struct Words {
  const char* code;
  const char* english;
  const char* chinese;

  [[nodiscard]] const char* in(Language language) const {
    return language == Language::Chinese ? chinese : english;
  }
};

const Words& words(Promise promise) {
  static constexpr std::array<Words, 10> kWords{{
      {"in_range", "score in range", "得分不出界"},
      {"computable", "always computable", "总能算出"},
      {"computable_of_some", "computable unless of nothing", "有数可算时总能算出"},
      {"rows_complete", "no value without a row", "各档无遗漏"},
      {"rows_apart", "no rows overlap", "各档不重叠"},
      {"guards_apart", "guards do not clash", "判定不冲突"},
      {"holds", "always holds", "始终成立"},
      {"rises", "never falls", "只增不减"},
      {"falls", "never rises", "只减不增"},
      {"same", "same result", "结果相同"},
  }};
  return kWords[static_cast<std::size_t>(promise)];
}

const Words& words(Why why) {
  static constexpr std::array<Words, 10> kWords{{
      {"population", "it depends on other units", "取决于其他单位"},
      {"periods", "it depends on other periods", "取决于其他周期"},
      {"records", "no example with few kinds of records, no proof for all",
       "少数几种记录中未见反例，也未能证明全部"},
      {"groups", "records are taken by month or by key", "台账逐月或按键分组计算"},
      {"calendar", "it depends on the calendar", "取决于日历"},
      {"unspecified", "the document gives no rule", "原文未给出办法"},
      {"power", "the number of places or the exponent is not constant", "位数或指数不是常数"},
      {"time", "the time limit was reached", "超过时限"},
      {"no_unit", "no data are admissible: the constraints contradict each other",
       "没有数据能同时满足各项约束"},
      {"unconfirmed", "what was found is not confirmed by scoring it", "找到的例子未得计分结果印证"},
  }};
  return kWords[static_cast<std::size_t>(why)];
}

std::string number(const Rational& x, Language language) {
  return results::print_number(x, {language, true, false});
}

std::string number(const Datum& datum, Language language) {
  const std::string text = results::print_datum(datum, {language, true, false});
  return text.empty() ? "—" : text;
}

std::string both(const Refutation& r, Language language) {
  std::string text;
  const char* const between = language == Language::Chinese ? "、" : " and ";
  for (const Written& place : r.places) {
    text += (text.empty() ? "" : between) + place_words(place, language);
  }
  return text;
}

}  // namespace

std::string promise_words(Promise promise, Language language) {
  return words(promise).in(language);
}
const char* promise_code(Promise promise) { return words(promise).code; }
const char* why_code(Why why) { return words(why).code; }

const char* state_code(State state) {
  switch (state) {
    case State::Proved: return "proved";
    case State::Refuted: return "refuted";
    case State::Undecided: return "not_decided";
  }
  return "";
}

std::string place_words(const Written& written, Language language) {
  return language == Language::Chinese
             ? fmt::format("`{}`（第 {} 行）", written.text, written.line)
             : fmt::format("`{}` (line {})", written.text, written.line);
}

std::string why_words(const Answer& answer, Language language) {
  std::string text = words(answer.why).in(language);
  const bool own = answer.promise == Promise::Holds || answer.promise == Promise::Rises ||
                   answer.promise == Promise::Falls;
  if (!answer.about.present() || own) return text;
  return text + (language == Language::Chinese ? "：" : ": ") + place_words(answer.about, language);
}

std::string result_words(const Answer& answer, const Refutation& r, Language language) {
  const bool zh = language == Language::Chinese;
  const auto value = [&](std::size_t i) {
    return i < r.values.size() ? number(r.values[i], language) : "—";
  };
  switch (answer.promise) {
    case Promise::InRange: {
      const std::string low = r.low ? number(*r.low, language) : "";
      const std::string high = r.high ? number(*r.high, language) : "";
      if (r.low && r.high) {
        return zh ? fmt::format("得 {}，应在 {} 至 {} 之间", value(0), low, high)
                  : fmt::format("{}, expected {} to {}", value(0), low, high);
      }
      if (r.low) {
        return zh ? fmt::format("得 {}，应不低于 {}", value(0), low)
                  : fmt::format("{}, expected at least {}", value(0), low);
      }
      return zh ? fmt::format("得 {}，应不超过 {}", value(0), high)
                : fmt::format("{}, expected at most {}", value(0), high);
    }
    case Promise::Computable:
    case Promise::ComputableOfSome:
    case Promise::RowsComplete: return r.fault ? results::print_fault(*r.fault, language) : "";
    case Promise::RowsApart:
      return (zh ? "同时符合 " : "both rows fit: ") + both(r, language);
    case Promise::GuardsApart:
      return (zh ? "同时成立 " : "both guards hold: ") + both(r, language);
    case Promise::Holds:
      if (r.values.size() < 2) return zh ? "不成立" : "it does not hold";
      return zh ? fmt::format("不成立：两边为 {}、{}", value(0), value(1))
                : fmt::format("it does not hold: the sides are {} and {}", value(0), value(1));
    case Promise::Rises:
    case Promise::Falls:
      return zh ? fmt::format("由 {} 变为 {}", value(0), value(1))
                : fmt::format("from {} to {}", value(0), value(1));
    case Promise::Same:
      return zh ? fmt::format("前者 {}，后者 {}", value(0), value(1))
                : fmt::format("the first {}, the second {}", value(0), value(1));
  }
  return "";
}

}  // namespace xize::verify

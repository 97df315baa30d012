#include "compiler/sema/arithmetic.h"

#include <algorithm>
#include <array>

namespace xize::sema {

namespace {

bool kinds_mix(std::uint32_t a, std::uint32_t b) {
  return a == b || a == kAnyKind || b == kAnyKind;
}

// Equal but for a count of no kind, which mixes with every count.
bool same_measure(const Dimension& a, const Dimension& b) {
  return a.powers == b.powers && a.named == b.named && a.count == b.count &&
         kinds_mix(a.kind, b.kind);
}

bool only_points(const Dimension& d) {
  Dimension points;
  points.powers[0] = 1;
  return d == points;
}

bool only_count(const Dimension& d) {
  Dimension rest = d;
  rest.count = 0;
  rest.kind = kAnyKind;
  return d.count == 1 && rest == Dimension{};
}

void add_named(Dimension& to, const Dimension& from, int sign) {
  for (const auto& [name, power] : from.named) {
    const auto it = std::ranges::find_if(to.named, [&](const auto& p) { return p.first == name; });
    const auto change = static_cast<std::int8_t>(sign * power);
    if (it == to.named.end()) {
      to.named.emplace_back(name, change);
    } else {
      it->second = static_cast<std::int8_t>(it->second + change);
    }
  }
  std::erase_if(to.named, [](const auto& p) { return p.second == 0; });
  std::ranges::sort(to.named);
}

// The count of a product: two counts make a count of no kind; opposite powers cancel.
void combine_counts(Dimension& result, const Dimension& a, const Dimension& b, bool& mixed) {
  if (a.count == 0 || b.count == 0) {
    result.count = a.count == 0 ? b.count : a.count;
    result.kind = a.count == 0 ? b.kind : a.kind;
    return;
  }
  if (a.count == b.count) {
    result.count = a.count;
    result.kind = kAnyKind;
    return;
  }
  result.count = 0;
  result.kind = kAnyKind;
  mixed = mixed || !kinds_mix(a.kind, b.kind);
}

Dimension inverse(Dimension d) {
  for (auto& power : d.powers) power = static_cast<std::int8_t>(-power);
  for (auto& [name, power] : d.named) power = static_cast<std::int8_t>(-power);
  d.count = static_cast<std::int8_t>(-d.count);
  return d;
}

Dimension product(const Dimension& a, const Dimension& b, bool& mixed) {
  if (only_points(a) && (only_count(b) || only_count(inverse(b)))) return a;
  if (only_points(b) && only_count(a)) return b;
  Dimension result;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    result.powers[i] = static_cast<std::int8_t>(a.powers[i] + b.powers[i]);
  }
  result.named = a.named;
  add_named(result, b, 1);
  combine_counts(result, a, b, mixed);
  return result;
}

Flavour pure_product(const Type& a, const Type& b) {
  if (a.literal() && b.literal()) return Flavour::Literal;
  const bool shares = (a.ratio() || a.literal()) && (b.ratio() || b.literal());
  return shares ? Flavour::Ratio : Flavour::Plain;
}

Flavour pure_quotient(const Type& a, const Type& b) {
  if (a.literal() && b.literal()) return Flavour::Literal;
  if (a.ratio() && (b.literal() || b.ratio())) return Flavour::Ratio;
  const bool plain = a.flavour == Flavour::Plain && b.flavour == Flavour::Plain;
  return plain ? Flavour::Ratio : Flavour::Plain;
}

constexpr std::array<std::string_view, 32> kMeasureWords = {
    "件", "个", "项", "次", "例", "条", "份", "处", "起", "家", "户", "人",
    "人次", "名", "位", "张", "篇", "cases", "case", "items", "times", "people", "person",
    "visits", "calls", "entries", "households", "copies", "places", "宗", "批", "门"};

// One unit of measure without `/`.
DimensionId single_unit(DimensionTable& dimensions, std::string_view unit) {
  struct Known {
    std::string_view word;
    DimensionId dimension;
  };
  static constexpr std::array<Known, 28> kKnown = {{
      {"分", kPoints},      {"points", kPoints},    {"分钟", kMinutes},   {"minutes", kMinutes},
      {"minute", kMinutes}, {"小时", kMinutes},     {"hours", kMinutes},  {"hour", kMinutes},
      {"天", kDays},        {"日", kDays},          {"days", kDays},      {"day", kDays},
      {"个工作日", kWorkdays}, {"工作日", kWorkdays}, {"workdays", kWorkdays},
      {"workday", kWorkdays},  {"个月", kMonths},   {"月", kMonths},      {"months", kMonths},
      {"month", kMonths},   {"年", kMonths},        {"years", kMonths},   {"year", kMonths},
      {"元", kMoney},       {"yuan", kMoney},       {"万元", kMoney},     {"亿元", kMoney},
      {"季度", kMonths},
  }};
  for (const auto& known : kKnown) {
    if (known.word == unit) return known.dimension;
  }
  if (std::ranges::find(kMeasureWords, unit) != kMeasureWords.end()) return kAnyCount;
  return dimensions.named_unit(unit);
}

DimensionId word_dimension(ast::UnitWord word) {
  switch (word) {
    case ast::UnitWord::None:
    case ast::UnitWord::PercentPoints: return kPure;
    case ast::UnitWord::Points: return kPoints;
    case ast::UnitWord::Minutes:
    case ast::UnitWord::Hours: return kMinutes;
    case ast::UnitWord::Days: return kDays;
    case ast::UnitWord::Workdays: return kWorkdays;
    case ast::UnitWord::Months:
    case ast::UnitWord::Years: return kMonths;
    case ast::UnitWord::Yuan: return kMoney;
    case ast::UnitWord::Measure: return kAnyCount;
  }
  return kPure;
}

std::optional<Type> unify_numbers(DimensionTable& dimensions, const Type& a, const Type& b) {
  Type result = a;
  result.whole = a.whole && b.whole;
  result.mixed_kinds = a.mixed_kinds || b.mixed_kinds;
  result.scaled = a.scaled || b.scaled;
  if (a.literal() || b.literal()) {
    const Type& lead = a.literal() ? b : a;
    result.dimension = lead.dimension;
    result.flavour = lead.flavour;
    return result;
  }
  const auto& da = dimensions[a.dimension];
  const auto& db = dimensions[b.dimension];
  if (!same_measure(da, db)) return std::nullopt;
  if (da.kind == kAnyKind) result.dimension = b.dimension;
  if (a.flavour != b.flavour) result.flavour = Flavour::Plain;
  return result;
}

}  // namespace

Type number(DimensionId dimension, Flavour flavour) {
  Type type;
  type.base = Base::Number;
  type.dimension = dimension;
  type.flavour = flavour;
  return type;
}

Type simple(Base base) {
  Type type;
  type.base = base;
  return type;
}

std::optional<Type> unify(DimensionTable& dimensions, const Type& a, const Type& b) {
  if (a.invalid()) return b;
  if (b.invalid()) return a;
  if (a.base != b.base) return std::nullopt;
  if (a.is(Base::Number)) return unify_numbers(dimensions, a, b);
  if (a.is(Base::Choice) && a.choice != b.choice) return std::nullopt;
  return a;
}

Type multiply(DimensionTable& dimensions, const Type& a, const Type& b) {
  Type result = number(kPure);
  result.whole = a.whole && b.whole;
  result.mixed_kinds = a.mixed_kinds || b.mixed_kinds;
  if (a.pure() && b.pure()) {
    result.flavour = pure_product(a, b);
  } else if (a.pure() || b.pure()) {
    result.dimension = a.pure() ? b.dimension : a.dimension;
  } else {
    const Dimension d =
        product(dimensions[a.dimension], dimensions[b.dimension], result.mixed_kinds);
    result.dimension = dimensions.intern(d);
    if (result.dimension == kPure) result.flavour = Flavour::Plain;
  }
  result.scaled = !result.pure() && (a.scaled || b.scaled);
  if (!result.pure()) result.mixed_kinds = false;
  return result;
}

Type divide(DimensionTable& dimensions, const Type& a, const Type& b) {
  Type result = number(kPure);
  result.mixed_kinds = a.mixed_kinds || b.mixed_kinds;
  if (a.pure() && b.pure()) {
    result.flavour = pure_quotient(a, b);
    return result;
  }
  bool mixed = false;
  const Dimension d =
      product(dimensions[a.dimension], inverse(dimensions[b.dimension]), mixed);
  result.dimension = dimensions.intern(d);
  result.mixed_kinds = result.pure() && (result.mixed_kinds || mixed);
  result.scaled = !result.pure() && (a.scaled || b.scaled);
  if (result.pure() && !mixed) result.flavour = Flavour::Ratio;
  return result;
}

Type literal_type(DimensionTable& dimensions, const ast::NumberLit& literal) {
  Type result = number(word_dimension(literal.unit));
  result.whole = literal.value.is_integer();
  if (literal.percent || literal.unit == ast::UnitWord::PercentPoints) {
    result.flavour = Flavour::Ratio;
  } else if (literal.unit == ast::UnitWord::None) {
    result.flavour = Flavour::Literal;
  }
  result.scaled = literal.unit == ast::UnitWord::Hours || literal.unit == ast::UnitWord::Years;
  if (literal.per_unit != ast::UnitWord::None) {
    result = divide(dimensions, result, number(word_dimension(literal.per_unit)));
  }
  return result;
}

DimensionId unit_dimension(DimensionTable& dimensions, std::string_view unit) {
  const auto slash = unit.find('/');
  if (slash == std::string_view::npos) return single_unit(dimensions, unit);
  const Type above = number(single_unit(dimensions, unit.substr(0, slash)));
  const Type below = number(unit_dimension(dimensions, unit.substr(slash + 1)));
  return divide(dimensions, above, below).dimension;
}

value::Rational unit_factor(std::string_view unit) {
  const auto slash = unit.find('/');
  if (slash != std::string_view::npos) {
    return unit_factor(unit.substr(0, slash)) / unit_factor(unit.substr(slash + 1));
  }
  if (unit == "万元") return 10'000;
  if (unit == "亿元") return 100'000'000;
  if (unit == "小时" || unit == "hours" || unit == "hour") return 60;
  if (unit == "年" || unit == "years" || unit == "year") return 12;
  if (unit == "季度") return 3;
  return 1;
}

}  // namespace xize::sema

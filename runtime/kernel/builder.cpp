#include "runtime/kernel/builder.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace xize::kernel {
namespace {

constexpr Range kCondition{0, 1};

}  // namespace

ValueId Builder::step(Code code, std::array<ValueId, 3> operands, Range range) {
  const auto [a, b, c] = operands;
  const auto next = static_cast<ValueId>(kernel_.steps.size());
  const auto [it, is_new] = known_.try_emplace({static_cast<std::int64_t>(code), a, b, c, 0}, next);
  if (is_new) push({code, a, b, c, 0, range});
  return it->second;
}

void Builder::push(const Step& step) {
  choices_.push_back(choices_of(step));
  kernel_.steps.push_back(step);
}

std::vector<std::int64_t> Builder::choices_of(const Step& step) const {
  constexpr std::size_t kMost = 64;
  if (step.code == Code::Constant) return {step.imm};
  if (step.code != Code::Select || choices_[step.b].empty() || choices_[step.c].empty()) return {};
  std::vector<std::int64_t> all;
  std::set_union(choices_[step.b].begin(), choices_[step.b].end(), choices_[step.c].begin(),
                 choices_[step.c].end(), std::back_inserter(all));
  return all.size() <= kMost ? all : std::vector<std::int64_t>{};
}

ValueId Builder::constant(std::int64_t x) {
  const auto next = static_cast<ValueId>(kernel_.steps.size());
  const auto [it, is_new] =
      known_.try_emplace({static_cast<std::int64_t>(Code::Constant), 0, 0, 0, x}, next);
  if (is_new) push({Code::Constant, 0, 0, 0, x, {x, x}});
  return it->second;
}

ValueId Builder::input(Element element, Range range) {
  const auto number = static_cast<std::int64_t>(kernel_.inputs.size());
  kernel_.inputs.push_back(element);
  push({Code::Input, 0, 0, 0, number, range});
  return static_cast<ValueId>(kernel_.steps.size() - 1);
}

ValueId Builder::step_within(Code code, ValueId a, ValueId b, std::array<Wide, 2> range) {
  constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
  const auto [least, most] = range;
  if (least < -kMost || most > kMost) return kNone;
  const Range fitting{static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)};
  return least == most ? constant(fitting.least) : step(code, {a, b, 0}, fitting);
}

ValueId Builder::add(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  if (is_constant(a)) std::swap(a, b);
  const Range x = range(a);
  const Range y = range(b);
  if (is_constant(b) && y.least == 0) return a;
  return step_within(Code::Add, a, b, {Wide{x.least} + y.least, Wide{x.most} + y.most});
}

ValueId Builder::sub(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  const Range x = range(a);
  const Range y = range(b);
  if (is_constant(b) && y.least == 0) return a;
  if (a == b) return constant(0);
  return step_within(Code::Sub, a, b, {Wide{x.least} - y.most, Wide{x.most} - y.least});
}

ValueId Builder::mul(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  if (is_constant(a)) std::swap(a, b);
  const Range x = range(a);
  const Range y = range(b);
  if (is_constant(b) && y.least == 1) return a;
  const auto corners = {Wide{x.least} * y.least, Wide{x.least} * y.most, Wide{x.most} * y.least,
                        Wide{x.most} * y.most};
  return step_within(Code::Mul, a, b, {std::min(corners), std::max(corners)});
}

ValueId Builder::mul_within(ValueId a, ValueId b, Range known) {
  if (a == kNone || b == kNone) return kNone;
  if (const ValueId product = mul(a, b); product != kNone) {
    narrow(product, known);
    return product;
  }
  return step(Code::Mul, {a, b, 0}, known);
}

ValueId Builder::least_of(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  const Range x = range(a);
  const Range y = range(b);
  if (x.most <= y.least) return a;
  if (y.most <= x.least) return b;
  return step(Code::Min, {a, b, 0}, {std::min(x.least, y.least), std::min(x.most, y.most)});
}

ValueId Builder::most_of(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  const Range x = range(a);
  const Range y = range(b);
  if (x.least >= y.most) return a;
  if (y.least >= x.most) return b;
  return step(Code::Max, {a, b, 0}, {std::max(x.least, y.least), std::max(x.most, y.most)});
}

ValueId Builder::quotient(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  const Range x = range(a);
  const Range y = range(b);
  if (x.least < 0 || x.most >= kQuotientLimit || y.least <= 0 || y.most >= kQuotientLimit) {
    return kNone;
  }
  if (is_constant(b) && y.least == 1) return a;
  return step_within(Code::Quotient, a, b, {x.least / y.most, x.most / y.least});
}

ValueId Builder::equal(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  const Range x = range(a);
  const Range y = range(b);
  if (x.most < y.least || y.most < x.least) return constant(0);
  if (a == b) return constant(1);
  if (is_constant(a)) std::swap(a, b);
  if (is_constant(b) && is_condition(a) && is_condition(b)) {
    if (range(b).least == 1) return a;
    if (const ValueId inner = negated(a); inner != kNone) return inner;
  }
  const std::vector<std::int64_t>& choices = choices_[a];
  const bool is_choice = choices.empty() || !is_constant(b) ||
                         std::binary_search(choices.begin(), choices.end(), range(b).least);
  if (!is_choice) return constant(0);
  if (const ValueId choice = compare_choice(Code::Equal, a, b); choice != kNone) return choice;
  return step(Code::Equal, {std::min(a, b), std::max(a, b), 0}, kCondition);
}

ValueId Builder::compare_choice(Code code, ValueId a, ValueId b) {
  if (!is_constant(b) || kernel_.steps[a].code != Code::Select) return kNone;
  const Step s = kernel_.steps[a];
  const bool is_known = is_constant(s.b) || is_constant(s.c);
  if (!is_known) return kNone;
  return code == Code::Equal ? select(s.a, equal(s.b, b), equal(s.c, b))
                             : select(s.a, less(s.b, b), less(s.c, b));
}

ValueId Builder::less(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  const Range x = range(a);
  const Range y = range(b);
  if (x.most < y.least) return constant(1);
  if (x.least >= y.most) return constant(0);
  if (const ValueId choice = compare_choice(Code::Less, a, b); choice != kNone) return choice;
  return step(Code::Less, {a, b, 0}, kCondition);
}

ValueId Builder::both(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  if (is_constant(a)) return range(a).least == 0 ? a : b;
  if (is_constant(b)) return range(b).least == 0 ? b : a;
  if (are_opposite(a, b)) return constant(0);
  return a == b ? a : step(Code::And, {std::min(a, b), std::max(a, b), 0}, kCondition);
}

ValueId Builder::either(ValueId a, ValueId b) {
  if (a == kNone || b == kNone) return kNone;
  if (is_constant(a)) return range(a).least == 0 ? b : a;
  if (is_constant(b)) return range(b).least == 0 ? a : b;
  if (are_opposite(a, b)) return constant(1);
  return a == b ? a : step(Code::Or, {std::min(a, b), std::max(a, b), 0}, kCondition);
}

ValueId Builder::opposite(ValueId condition) { return equal(condition, constant(0)); }

ValueId Builder::negated(ValueId value) const {
  const Step& s = kernel_.steps[value];
  if (s.code != Code::Equal || !is_condition(s.a) || !is_condition(s.b)) return kNone;
  if (is_constant(s.b) && range(s.b).least == 0) return s.a;
  return is_constant(s.a) && range(s.a).least == 0 ? s.b : kNone;
}

ValueId Builder::given(Fact fact, ValueId value) {
  if (const ValueId inner = negated(fact.condition); inner != kNone) {
    return given({inner, !fact.holds}, value);
  }
  const Step s = kernel_.steps[fact.condition];
  if (s.code == (fact.holds ? Code::And : Code::Or)) {
    value = given({s.b, fact.holds}, given({s.a, fact.holds}, value));
  }
  return given_simple(fact, value);
}

ValueId Builder::given_simple(Fact fact, ValueId value) {
  const std::array<ValueId, 3> key{fact.condition, fact.holds ? 1u : 0u, value};
  const auto it = given_.find(key);
  if (it != given_.end()) return it->second;
  const ValueId found = find_given(fact, value);
  given_.emplace(key, found);
  return found;
}

ValueId Builder::find_given(Fact fact, ValueId value) {
  if (value == fact.condition) return constant(fact.holds ? 1 : 0);
  if (negated(value) == fact.condition) return constant(fact.holds ? 0 : 1);
  const Step s = kernel_.steps[value];
  switch (s.code) {
    case Code::Select:
      if (s.a == fact.condition) return fact.holds ? s.b : s.c;
      // A number that others share is better left as it is.
      return choices_[value].empty() ? value
                                     : select(given_simple(fact, s.a), given_simple(fact, s.b),
                                              given_simple(fact, s.c));
    case Code::And: return both(given_simple(fact, s.a), given_simple(fact, s.b));
    case Code::Or: return either(given_simple(fact, s.a), given_simple(fact, s.b));
    default: return value;
  }
}

ValueId Builder::select(ValueId condition, ValueId a, ValueId b) {
  if (condition == kNone || a == kNone || b == kNone) return kNone;
  if (is_constant(condition)) return range(condition).least != 0 ? a : b;
  const auto it = selected_.find({condition, a, b});
  if (it != selected_.end()) return it->second;
  const ValueId made = make_select(condition, a, b);
  selected_.insert({{condition, a, b}, made});
  return made;
}

ValueId Builder::make_select(ValueId condition, ValueId a, ValueId b) {
  if (const ValueId inner = negated(condition); inner != kNone) return select(inner, b, a);
  const ValueId first = given({condition, true}, a);
  const ValueId second = given({condition, false}, b);
  if (first == second) return first;
  if (given({condition, true}, b) == first) return b;
  if (given({condition, false}, a) == second) return a;
  a = first;
  b = second;
  if (is_condition(a) && is_condition(b)) {
    if (is_constant(a)) {
      return range(a).least == 1 ? either(condition, b) : both(opposite(condition), b);
    }
    if (is_constant(b)) {
      return range(b).least == 0 ? both(condition, a) : either(opposite(condition), a);
    }
  }
  const Range x = range(a);
  const Range y = range(b);
  return step(Code::Select, {condition, a, b},
              {std::min(x.least, y.least), std::max(x.most, y.most)});
}

void Builder::narrow(ValueId value, Range range) {
  if (value == kNone) return;
  Range& known = kernel_.steps[value].range;
  known.least = std::max(known.least, range.least);
  known.most = std::min(known.most, range.most);
}

Kernel Builder::take() {
  std::vector<bool> needed(kernel_.steps.size(), false);
  for (const Output& output : kernel_.outputs) needed[output.value] = true;
  for (const ValueId word : kernel_.words) needed[word] = true;
  for (std::size_t i = kernel_.steps.size(); i-- > 0;) {
    const Step& s = kernel_.steps[i];
    if (!needed[i] || s.code == Code::Constant || s.code == Code::Input) continue;
    needed[s.a] = needed[s.b] = true;
    if (s.code == Code::Select) needed[s.c] = true;
  }
  Kernel out;
  out.inputs = kernel_.inputs;
  std::vector<ValueId> number(kernel_.steps.size(), 0);
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (!needed[i]) continue;
    number[i] = static_cast<ValueId>(out.steps.size());
    Step s = kernel_.steps[i];
    s.a = number[s.a];
    s.b = number[s.b];
    s.c = number[s.c];
    out.steps.push_back(s);
  }
  for (const Output& output : kernel_.outputs) {
    out.outputs.push_back({number[output.value], output.element});
  }
  for (const ValueId word : kernel_.words) out.words.push_back(number[word]);
  kernel_.outputs.clear();
  kernel_.words.clear();
  return out;
}

}  // namespace xize::kernel

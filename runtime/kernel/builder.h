// builder: kernels, step by step, with the proof that nothing overflows.
// In: ranges of the inputs. Out: a Kernel. A step whose range leaves 64 bits is `kNone`, and so is
// every step made of one. The same step is made once; what ranges decide is no step at all, nor is
// what a condition decides that was asked before.
#pragma once

#include <array>
#include <cstddef>
#include <unordered_map>

#include "runtime/kernel/kernel.h"

namespace xize::kernel {

inline constexpr ValueId kNone = 0xffffffffu;
// Below this, doubles divide integers exactly enough to cut off the rest.
inline constexpr std::int64_t kQuotientLimit = std::int64_t{1} << 52;

class Builder {
 public:
  ValueId constant(std::int64_t x);
  // A new input, in the order of calls.
  ValueId input(Element element, Range range);

  ValueId add(ValueId a, ValueId b);
  ValueId sub(ValueId a, ValueId b);
  ValueId mul(ValueId a, ValueId b);
  // The product, which the caller knows to lie in the range.
  ValueId mul_within(ValueId a, ValueId b, Range range);
  ValueId least_of(ValueId a, ValueId b);
  ValueId most_of(ValueId a, ValueId b);
  ValueId quotient(ValueId a, ValueId b);
  ValueId equal(ValueId a, ValueId b);
  ValueId less(ValueId a, ValueId b);
  ValueId both(ValueId a, ValueId b);
  ValueId either(ValueId a, ValueId b);
  ValueId opposite(ValueId condition);
  ValueId select(ValueId condition, ValueId a, ValueId b);
  // The same value, of which the caller knows more than its steps say.
  void narrow(ValueId value, Range range);

  [[nodiscard]] const Range& range(ValueId value) const { return kernel_.steps[value].range; }
  [[nodiscard]] bool is_constant(ValueId value) const {
    return range(value).least == range(value).most;
  }

  void output(ValueId value, Element element) { kernel_.outputs.push_back({value, element}); }
  // A further word of each row.
  void word(ValueId value) { kernel_.words.push_back(value); }
  // The kernel with the steps that its outputs and words need; all inputs stay. Then there are
  // neither; the steps are still there for a further kernel.
  Kernel take();

 private:
  // Of arrays of numbers.
  struct Hash {
    template <class Numbers>
    std::size_t operator()(const Numbers& numbers) const {
      std::uint64_t hash = 0;
      for (const auto number : numbers) {
        hash = (hash ^ static_cast<std::uint64_t>(number)) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
      }
      return hash;
    }
  };
  using Key = std::array<std::int64_t, 5>;
  using Known = std::unordered_map<std::array<ValueId, 3>, ValueId, Hash>;
  __extension__ using Wide = __int128;
  // A condition, and whether it holds.
  struct Fact {
    ValueId condition;
    bool holds;
  };

  ValueId step(Code code, std::array<ValueId, 3> operands, Range range);
  void push(const Step& step);
  // kNone if it does not fit; a constant if it is one.
  ValueId step_within(Code code, ValueId a, ValueId b, std::array<Wide, 2> range);
  [[nodiscard]] bool is_condition(ValueId value) const {
    return range(value).least >= 0 && range(value).most <= 1;
  }
  // A choice between what can be compared with the constant now; kNone if `a` is no such choice.
  ValueId compare_choice(Code code, ValueId a, ValueId b);
  // The condition that the value is the opposite of; kNone if it is none.
  [[nodiscard]] ValueId negated(ValueId value) const;
  [[nodiscard]] bool are_opposite(ValueId a, ValueId b) const {
    return negated(a) == b || negated(b) == a;
  }
  // What the value is in rows where the fact is true; elsewhere it may be anything.
  ValueId given(Fact fact, ValueId value);
  ValueId given_simple(Fact fact, ValueId value);
  ValueId find_given(Fact fact, ValueId value);
  ValueId make_select(ValueId condition, ValueId a, ValueId b);
  // The constants that the value is one of; empty if that is not known.
  [[nodiscard]] std::vector<std::int64_t> choices_of(const Step& step) const;

  Kernel kernel_;
  std::unordered_map<Key, ValueId, Hash> known_;
  std::vector<std::vector<std::int64_t>> choices_;  // by step
  // What was asked for before: it is asked again very often.
  Known given_;
  Known selected_;
};

}  // namespace xize::kernel

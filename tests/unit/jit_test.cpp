#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "compiler/jit/jit.h"
#include "runtime/kernel/builder.h"

namespace xize::kernel {
namespace {

using base::Cells;

constexpr std::size_t kRows = 2 * kRowsAtOnce + 5;
constexpr std::size_t kRoom = 3 * kRowsAtOnce;
constexpr std::uint32_t kNowhere = 7;

// What the steps mean, one row at a time.
std::vector<std::int64_t> values_of(const Kernel& kernel, const std::vector<Cells>& inputs,
                                    std::size_t row) {
  std::vector<std::int64_t> values;
  for (const Step& s : kernel.steps) {
    const auto a = [&] { return values[s.a]; };
    const auto b = [&] { return values[s.b]; };
    const auto value = [&]() -> std::int64_t {
      switch (s.code) {
        case Code::Constant: return s.imm;
        case Code::Input: return inputs[static_cast<std::size_t>(s.imm)].at(row);
        case Code::Add: return a() + b();
        case Code::Sub: return a() - b();
        case Code::Mul: return a() * b();
        case Code::Min: return std::min(a(), b());
        case Code::Max: return std::max(a(), b());
        case Code::Quotient: return a() / b();
        case Code::Equal: return a() == b() ? 1 : 0;
        case Code::Less: return a() < b() ? 1 : 0;
        case Code::And: return a() & b();
        case Code::Or: return a() | b();
        case Code::Select: return a() != 0 ? b() : values[s.c];
      }
      return 0;
    };
    values.push_back(value());
  }
  return values;
}

// Random steps over random inputs.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {
    for (const unsigned bits : {1u, 4u, 7u, 8u, 15u, 16u, 31u, 32u, 40u, 51u, 60u}) {
      const std::int64_t most = (std::int64_t{1} << bits) - 1;
      const std::int64_t least = between(0, 1) == 0 || bits == 1 ? 0 : -most / 2;
      add_input({least, most});
    }
    for (int i = 0; i < 150; ++i) keep(random_step());
  }

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }

  // Of those made last, with a range that needs no more than 63 bits.
  ValueId pick() {
    const auto last = static_cast<std::int64_t>(known_.size()) - 1;
    return known_[static_cast<std::size_t>(between(std::max<std::int64_t>(0, last - 60), last))];
  }

  Builder steps;
  std::vector<std::vector<std::byte>> columns;
  std::vector<Cells> cells;

 private:
  void add_input(Range range) {
    const Element element = between(0, 3) == 0 ? Element::Signed64
                                               : base::element_for(range.least, range.most);
    std::vector<std::int64_t> wide(kRoom);
    for (auto& x : wide) {
      const std::int64_t draw = between(0, 5);
      x = draw == 0 ? range.least : draw == 1 ? range.most : between(range.least, range.most);
    }
    auto& column = columns.emplace_back(kRoom * base::bytes_of(element));
    base::convert({wide.data(), Element::Signed64}, kRoom, element, column.data());
    cells.push_back({column.data(), element});
    known_.push_back(steps.input(element, range));
  }
  void keep(ValueId value) {
    if (value != kNone && !steps.is_constant(value)) known_.push_back(value);
  }
  ValueId operand() { return between(0, 5) == 0 ? steps.constant(between(-9, 300)) : pick(); }
  ValueId condition() {
    const ValueId x = pick();
    const bool is_one = steps.range(x).least >= 0 && steps.range(x).most <= 1;
    return is_one ? x : steps.less(x, operand());
  }
  ValueId divisor() {
    const ValueId x = pick();
    return steps.most_of(steps.least_of(x, steps.constant(between(2, 1 << 30))),
                         steps.constant(between(1, 40)));
  }
  ValueId random_step() {
    const ValueId zero = steps.constant(0);
    switch (between(0, 11)) {
      case 0: return steps.add(operand(), operand());
      case 1: return steps.sub(operand(), operand());
      case 2: return steps.mul(operand(), operand());
      case 3: return steps.least_of(operand(), operand());
      case 4: return steps.most_of(operand(), operand());
      case 5: return steps.quotient(steps.most_of(pick(), zero), divisor());
      case 6: return steps.quotient(steps.most_of(pick(), zero), steps.constant(between(1, 99)));
      case 7: return steps.equal(operand(), operand());
      case 8: return steps.less(operand(), operand());
      case 9: return steps.both(condition(), condition());
      case 10: return steps.either(condition(), steps.opposite(condition()));
      default: return steps.select(condition(), operand(), operand());
    }
  }

  std::mt19937_64 random_;
  std::vector<ValueId> known_;
};

// Runs the kernel, whose outputs are compared with its steps' meaning.
void check_outputs(const Kernel& kernel, const Maker& made, Function function) {
  std::vector<const void*> inputs;
  for (const Cells& cells : made.cells) inputs.push_back(cells.data);
  std::vector<std::vector<std::int64_t>> room(kernel.outputs.size(),
                                              std::vector<std::int64_t>(kRoom));
  std::vector<void*> outputs;
  for (auto& column : room) outputs.push_back(column.data());
  const Arrays arrays{inputs.data(), outputs.data(), nullptr, nullptr};
  function(&arrays, kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    const auto values = values_of(kernel, made.cells, row);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const Cells written{outputs[i], kernel.outputs[i].element};
      REQUIRE(written.at(row) == values[kernel.outputs[i].value]);
    }
  }
}

TEST_CASE("compiled kernels compute what their steps mean") {
  if (!jit::is_built()) return;
  for (const int optimisation : {0, 2}) {
    const auto compiler = jit::load(optimisation);
    REQUIRE(compiler != nullptr);
    for (unsigned seed = 1; seed <= 6; ++seed) {
      CAPTURE(seed);
      Maker made(seed);
      for (int i = 0; i < 30; ++i) {
        const ValueId value = made.pick();
        const Range range = made.steps.range(value);
        made.steps.output(value, base::element_for(range.least, range.most));
      }
      const Kernel kernel = made.steps.take();
      const Function function = compiler->compile(kernel);
      REQUIRE((function != nullptr));
      CHECK((compiler->compile(kernel) == function));
      check_outputs(kernel, made, function);
    }
  }
}

TEST_CASE("compiled kernels add the words of rows to those of their places") {
  if (!jit::is_built()) return;
  const auto compiler = jit::load(2);
  REQUIRE(compiler != nullptr);
  for (const std::size_t words : {1u, 2u, 3u, 4u, 7u, 13u}) {
    CAPTURE(words);
    Maker made(static_cast<unsigned>(words));
    for (std::size_t w = 0; w < words; ++w) {
      made.steps.word(made.steps.least_of(made.pick(), made.steps.constant(1 << 30)));
    }
    const Kernel kernel = made.steps.take();
    const Function function = compiler->compile(kernel);
    REQUIRE((function != nullptr));
    std::vector<const void*> inputs;
    for (const Cells& cells : made.cells) inputs.push_back(cells.data);
    std::vector<std::uint32_t> places(kRoom, kNowhere);
    for (std::size_t r = 0; r < kRows; ++r) places[r] = static_cast<std::uint32_t>(r * r % 5);
    const std::size_t room = words_of_place(words);
    std::vector<std::uint64_t> expected((kNowhere + 1) * room);
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto values = values_of(kernel, made.cells, r);
      for (std::size_t w = 0; w < words; ++w) {
        expected[places[r] * room + w] += static_cast<std::uint64_t>(values[kernel.words[w]]);
      }
    }
    std::vector<std::int64_t> totals((kNowhere + 1) * room);
    const Arrays arrays{inputs.data(), nullptr, places.data(), totals.data()};
    function(&arrays, kRows);
    for (std::size_t i = 0; i < kNowhere * room; ++i) {
      REQUIRE(static_cast<std::uint64_t>(totals[i]) == expected[i]);
    }
  }
}

}  // namespace
}  // namespace xize::kernel

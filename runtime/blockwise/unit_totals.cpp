#include "runtime/blockwise/unit_totals.h"

#include <algorithm>
#include <unordered_map>

#include "runtime/blockwise/unit_blocks.h"
#include "runtime/blockwise/unit_keys.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using value::Rational;

// An exact sum: numerators are added up for each denominator, as long as rows arrive.
class ExactSum {
 public:
  void add(value::Fraction x) {
    if (x.den != den_ || sum_ == nullptr) {
      den_ = x.den;
      sum_ = &by_den_[x.den];
    }
    *sum_ += x.num;
  }

  [[nodiscard]] Rational total() const {
    std::vector<Rational> sums;
    for (const auto& [den, sum] : by_den_) sums.push_back(rational(sum, den));
    return total(sums);
  }

 private:
  // By halves, so that most additions are of small numbers.
  static Rational total(std::span<const Rational> sums) {
    if (sums.empty()) return {};
    if (sums.size() == 1) return sums.front();
    const std::size_t half = sums.size() / 2;
    return total(sums.first(half)) + total(sums.subspan(half));
  }

  std::unordered_map<std::int64_t, Wide> by_den_;
  std::int64_t den_ = 1;   // the latest, and
  Wide* sum_ = nullptr;    // its sum
};

// By field.
std::vector<std::int64_t> counts(const UnitFields& fields) {
  std::vector<std::int64_t> counts(fields.size());
  for (std::size_t row = 0; row < fields.row_count(); ++row) {
    counts[fields.of(row)] += fields.takes_part(row) ? 1 : 0;
  }
  return counts;
}

std::vector<Value> counted(const UnitComparison& c) {
  std::vector<Value> values;
  for (const std::int64_t count : counts(c.fields)) values.emplace_back(Rational(count));
  return values;
}

std::vector<Value> added(const UnitComparison& c) {
  const UnitNumbers& numbers = c.operands[1];
  std::vector<ExactSum> sums(c.fields.size());
  for (std::size_t row = 0; row < c.fields.row_count(); ++row) {
    if (c.fields.takes_part(row)) sums[c.fields.of(row)].add(numbers.at(row));
  }
  std::vector<Value> values;
  const auto of_field = counts(c.fields);
  for (std::size_t field = 0; field < sums.size(); ++field) {
    if (c.op.code == Opcode::pop_sum) {
      values.push_back(interpreter::limited(sums[field].total(), c.id));
    } else if (of_field[field] == 0) {
      values.push_back(interpreter::fault(FaultKind::EmptyAggregate, c.id));
    } else {
      const Rational average = sums[field].total() / Rational(of_field[field]);
      values.push_back(interpreter::limited(average, c.id));
    }
  }
  return values;
}

// The n-th least; those before it are not greater then.
std::int64_t nth(std::vector<std::int64_t>& keys, std::size_t n) {
  const auto it = keys.begin() + static_cast<std::ptrdiff_t>(n);
  std::nth_element(keys.begin(), it, keys.end());
  return *it;
}

Value median(const UnitComparison& c, const UnitKeys& keys, std::vector<std::int64_t>& own) {
  const std::size_t middle = own.size() / 2;
  const Rational upper = keys.number(nth(own, middle));
  if (own.size() % 2 == 1) return upper;
  const auto it = own.begin() + static_cast<std::ptrdiff_t>(middle);
  const Rational lower = keys.number(*std::max_element(own.begin(), it));
  return interpreter::limited((lower + upper) / Rational(2), c.id);
}

std::vector<Value> picked(const UnitComparison& c) {
  const UnitKeys keys(c.operands[1], c.fields.row_count());
  std::vector<Value> values;
  for (std::vector<std::int64_t>& own : c.fields.part(keys.by_row())) {
    if (own.empty()) {
      values.push_back(interpreter::fault(FaultKind::EmptyAggregate, c.id));
    } else if (c.op.code == Opcode::pop_median) {
      values.push_back(median(c, keys, own));
    } else {
      const auto [least, most] = std::minmax_element(own.begin(), own.end());
      values.emplace_back(keys.number(c.op.code == Opcode::pop_min ? *least : *most));
    }
  }
  return values;
}

std::vector<Value> totals(const UnitComparison& c) {
  switch (c.op.code) {
    case Opcode::pop_count: return counted(c);
    case Opcode::pop_sum:
    case Opcode::pop_average: return added(c);
    default: return picked(c);
  }
}

// The values of rows; one that all of them share stands for all.
value::PackedPart part_of(const UnitFields& fields, const std::vector<Value>& by_field,
                          std::size_t first, std::size_t count) {
  std::size_t same = 1;
  while (same < count && fields.of(first + same) == fields.of(first)) ++same;
  std::vector<Value> values{by_field[fields.of(first)]};
  if (same == count) return value::PackedPart(values);
  for (std::size_t r = 1; r < count; ++r) values.push_back(by_field[fields.of(first + r)]);
  return value::PackedPart(values);
}

}  // namespace

void write_totals(const UnitComparison& c) {
  const std::vector<Value> by_field = totals(c);
  for_unit_blocks(c.fields.row_count(), [&](std::size_t first, std::size_t count) {
    c.state.storage.put(c.id, first / kBlockRows, part_of(c.fields, by_field, first, count));
  });
}

}  // namespace xize::blockwise

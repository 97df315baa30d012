#include "runtime/value/packed_values.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "runtime/value/fraction.h"

namespace xize::value {
namespace {

// More different values than this beside the integers are kept as they came.
constexpr std::size_t kOthersMax = 32;

struct Integer {
  IntegerKind kind = IntegerKind::Number;
  Fraction fraction;
};

// Empty for a value that is no integer, or none of 64 bits.
std::optional<Integer> integer_of(const Value& v) {
  if (const auto* x = std::get_if<Rational>(&v)) {
    const auto fraction = small_fraction(*x);
    if (!fraction) return std::nullopt;
    return Integer{IntegerKind::Number, *fraction};
  }
  if (const auto* x = std::get_if<bool>(&v)) return Integer{IntegerKind::Bool, {*x ? 1 : 0, 1}};
  if (const auto* x = std::get_if<Text>(&v)) return Integer{IntegerKind::Text, {x->id, 1}};
  if (const auto* x = std::get_if<Date>(&v)) return Integer{IntegerKind::Date, {x->days, 1}};
  if (const auto* x = std::get_if<Month>(&v)) return Integer{IntegerKind::Month, {x->months, 1}};
  return std::nullopt;
}

Value value_of(IntegerKind kind, std::int64_t num, std::int64_t den) {
  switch (kind) {
    case IntegerKind::Bool: return num != 0;
    case IntegerKind::Text: return Text{static_cast<std::uint32_t>(num)};
    case IntegerKind::Date: return Date{static_cast<std::int32_t>(num)};
    case IntegerKind::Month: return Month{static_cast<std::int32_t>(num)};
    case IntegerKind::Number: break;
  }
  return den == 1 ? Rational(num) : Rational(num, den);
}

// Sorts values into integers of one kind and others.
class Sorter {
 public:
  explicit Sorter(std::size_t count) : nums_(count), dens_(count, 1), which_(count) {}

  // False if there are too many others.
  bool take(std::span<const Value> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto integer = integer_of(values[i]);
      if (integer && !kind_) kind_ = integer->kind;
      if (integer && kind_ == integer->kind) {
        nums_[i] = integer->fraction.num;
        dens_[i] = integer->fraction.den;
      } else if (!take_other(i, values[i])) {
        return false;
      }
    }
    return kind_.has_value();
  }

  Integers finish() {
    if (const auto den = share_den(nums_, dens_)) dens_.assign(1, *den);
    run_ = base::run_of(nums_);
    Integers all{*kind_, {&run_, 1}, dens_, {}, std::move(others_), {}};
    if (!all.others.empty()) all.which = which_;
    return all;
  }

 private:
  bool take_other(std::size_t i, const Value& v) {
    auto it = std::find(others_.begin(), others_.end(), v);
    if (it == others_.end()) it = others_.insert(it, v);
    which_[i] = static_cast<std::uint8_t>(it - others_.begin() + 1);
    return others_.size() <= kOthersMax;
  }

  std::optional<IntegerKind> kind_;
  std::vector<std::int64_t> nums_;
  base::CellRun run_;  // of these
  std::vector<std::int64_t> dens_;
  std::vector<std::uint8_t> which_;
  std::vector<Value> others_;
};

std::size_t count_of(std::span<const base::CellRun> runs) {
  std::size_t count = 0;
  for (const base::CellRun& run : runs) count += run.count;
  return count;
}

base::Range range_of(std::span<const base::CellRun> runs) {
  base::Range range = base::range_of(runs.front());
  for (const base::CellRun& run : runs.subspan(1)) {
    range = base::joined(range, base::range_of(run));
  }
  return range;
}

// One behind the other, as elements of a kind.
void join(std::span<const base::CellRun> runs, base::Element element, std::byte* to) {
  for (const base::CellRun& run : runs) {
    base::convert(run.cells, run.count, element, to);
    to += run.count * base::bytes_of(element);
  }
}

bool all_equal(const auto& list) {
  return std::all_of(list.begin(), list.end(), [&](const auto& x) { return x == list[0]; });
}

}  // namespace

PackedIntegers::PackedIntegers(std::span<const std::int64_t> integers)
    : PackedIntegers(std::array{base::run_of(integers)}, {}) {}

PackedIntegers::PackedIntegers(std::span<const base::CellRun> runs,
                               std::optional<base::Range> known) {
  const base::Range range = known ? *known : range_of(runs);
  least_ = range.least;
  most_ = range.most;
  if (least_ == most_) return;
  const base::Element element = base::element_for(least_, most_);
  cells_.resize(count_of(runs) * base::bytes_of(element));
  join(runs, element, cells_.data());
}

void PackedIntegers::copy_to(std::span<std::int64_t> out) const {
  if (all_same()) {
    std::fill(out.begin(), out.end(), least_);
  } else {
    base::convert(cells(), out.size(), base::Element::Signed64, out.data());
  }
}

PackedPart::PackedPart(std::span<const Value> values) {
  if (values.empty()) return;
  if (all_equal(values)) {
    others.assign(1, values.front());
  } else if (Sorter sorter(values.size()); sorter.take(values)) {
    *this = PackedPart(sorter.finish());
  } else {
    others.assign(values.begin(), values.end());
  }
}

PackedPart::PackedPart(Integers integers) {
  const bool is_one_other = !integers.which.empty() && integers.which[0] != 0 &&
                            all_equal(integers.which);
  if (is_one_other) {
    others.assign(1, integers.others[integers.which[0] - 1u]);
    return;
  }
  is_integers = true;
  kind = integers.kind;
  nums = PackedIntegers(integers.nums, integers.range);
  dens = PackedIntegers(integers.dens);
  which.assign(integers.which.begin(), integers.which.end());
  others = std::move(integers.others);
}

Value PackedPart::at(std::size_t i) const {
  if (!is_integers && others.empty()) return Missing{};
  if (!is_integers) return others.size() == 1 ? others.front() : others[i];
  if (!which.empty() && which[i] != 0) return others[which[i] - 1u];
  return value_of(kind, nums.at(i), dens.at(i));
}

PackedValues::PackedValues(std::size_t size)
    : size_(size), parts_((size + kPartRows - 1) / kPartRows) {}

PackedValues::PackedValues(std::span<const Value> values) : PackedValues(values.size()) {
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const std::size_t first = part * kPartRows;
    parts_[part] = PackedPart(values.subspan(first, std::min(kPartRows, values.size() - first)));
  }
}

void PackedValues::push(Value v) {
  if (size_ % kPartRows == 0) parts_.emplace_back();
  open(parts_.size() - 1);
  open_.push_back(std::move(v));
  ++size_;
}

void PackedValues::set(std::size_t row, Value v) {
  open(row / kPartRows);
  open_[row % kPartRows] = std::move(v);
}

void PackedValues::pack() {
  if (open_part_ == kNone) return;
  parts_[open_part_] = PackedPart(open_);
  open_part_ = kNone;
  open_.clear();
}

void PackedValues::open(std::size_t number) {
  if (number == open_part_) return;
  pack();
  const std::size_t count = std::min(kPartRows, size_ - number * kPartRows);
  open_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) open_.push_back(parts_[number].at(i));
  open_part_ = number;
}

}  // namespace xize::value

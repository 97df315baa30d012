#include "runtime/interpreter/fold.h"

#include <algorithm>
#include <functional>

namespace xize::interpreter {
using program::Op;
using program::Opcode;

std::size_t row_operands(Opcode code) {
  switch (code) {
    case Opcode::fold_count: return 1;
    case Opcode::fold_last:
    case Opcode::fold_highest:
    case Opcode::fold_top_keys: return 3;
    default: return 2;
  }
}

void Fold::add(const Op& op, const Operands& row) {
  const auto blame = [&](Fault f) { fault_ = fault_ ? earlier(*fault_, f) : f; };
  if (const auto f = fault_of(row[0], row.ids[0])) return blame(*f);
  if (!std::get<bool>(row[0])) return;
  for (std::size_t i = 1; i < row_operands(op.code); ++i) {
    if (const auto f = fault_of(row[i], row.ids[i])) return blame(*f);
  }
  take(op, row);
}

Fold::Fold(PartialFold part)
    : count_(part.count),
      sum_(std::move(part.sum)),
      holds_any_(part.holds_any),
      holds_all_(part.holds_all),
      best_(std::move(part.best)),
      fault_(part.fault) {}

void Fold::merge(const Op& op, const Fold& other) {
  if (other.fault_) fault_ = fault_ ? earlier(*fault_, *other.fault_) : *other.fault_;
  if (other.count_ == 0) return;
  const value::ValueBefore before;
  const bool better = op.code == Opcode::fold_max ? before(best_, other.best_)
                                                  : before(other.best_, best_);
  if (count_ == 0 || better) best_ = other.best_;
  count_ += other.count_;
  sum_ += other.sum_;
  holds_any_ = holds_any_ || other.holds_any_;
  holds_all_ = holds_all_ && other.holds_all_;
  elements_.insert(elements_.end(), other.elements_.begin(), other.elements_.end());
  for (const auto& [key, number] : other.by_key_) {
    const auto [it, first] = by_key_.emplace(key, number);
    if (first) continue;
    if (op.code == Opcode::fold_top_keys) it->second += number;
    if (op.code == Opcode::fold_highest) it->second = std::max(it->second, number);
  }
}

void Fold::take(const Op& op, const Operands& row) {
  ++count_;
  switch (op.code) {
    case Opcode::fold_count: return;
    case Opcode::fold_sum:
    case Opcode::fold_average: sum_ += number(row[1]); return;
    case Opcode::fold_min:
      if (count_ == 1 || value::ValueBefore()(row[1], best_)) best_ = row[1];
      return;
    case Opcode::fold_max:
      if (count_ == 1 || value::ValueBefore()(best_, row[1])) best_ = row[1];
      return;
    case Opcode::fold_any: holds_any_ = holds_any_ || std::get<bool>(row[1]); return;
    case Opcode::fold_all: holds_all_ = holds_all_ && std::get<bool>(row[1]); return;
    case Opcode::fold_last: return take_last(row[1], row[2]);
    case Opcode::fold_distinct: by_key_[row[1]]; return;
    case Opcode::fold_highest: {
      const auto [it, first] = by_key_.emplace(row[2], number(row[1]));
      if (!first && it->second < number(row[1])) it->second = number(row[1]);
      return;
    }
    case Opcode::fold_top_keys: by_key_[row[1]] += number(row[2]); return;
    default: elements_.push_back(number(row[1])); return;
  }
}

void Fold::take_last(const Value& element, const Value& when) {
  if (count_ > 1 && value::ValueBefore()(when, best_when_)) return;
  best_ = element;
  best_when_ = when;
}

Value Fold::result(const Op& op, OpId id, const Operands& unit) const {
  if (fault_) return *fault_;
  switch (op.code) {
    case Opcode::fold_count: return Rational(count_);
    case Opcode::fold_sum: return limited(sum_, id);
    case Opcode::fold_any: return holds_any_;
    case Opcode::fold_all: return holds_all_;
    case Opcode::fold_distinct: return Rational(static_cast<std::int64_t>(by_key_.size()));
    case Opcode::fold_highest: {
      Rational sum;
      for (const auto& [key, largest] : by_key_) sum += largest;
      return limited(sum, id);
    }
    case Opcode::fold_best_sum:
    case Opcode::fold_top_keys: return of_elements(op, id, unit);
    default: break;
  }
  // Empty `average min max` are an error unless `default` (language §4).
  if (count_ == 0) return fault(FaultKind::EmptyAggregate, id);
  switch (op.code) {
    case Opcode::fold_average: return limited(sum_ / Rational(count_), id);
    case Opcode::fold_min:
    case Opcode::fold_max:
    case Opcode::fold_last: return best_;
    default: return of_elements(op, id, unit);
  }
}

Value Fold::of_elements(const Op& op, OpId id, const Operands& unit) const {
  if (op.code == Opcode::fold_median) {
    std::vector<Rational> sorted = elements_;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) return sorted[middle];
    return limited((sorted[middle - 1] + sorted[middle]) / Rational(2), id);
  }
  if (op.code == Opcode::fold_trim || op.code == Opcode::fold_trim_share) {
    return trimmed(op, id, unit);
  }
  const std::size_t n_at = op.code == Opcode::fold_top_keys ? 3 : 2;
  if (const auto f = fault_of(unit[n_at], unit.ids[n_at])) return *f;
  const Rational& n = number(unit[n_at]);
  if (!n.is_integer()) return fault(FaultKind::NotAnInteger, id);
  if (op.code == Opcode::fold_top_keys) {
    return Rational(static_cast<std::int64_t>(top_keys(n).size()));
  }
  std::vector<Rational> sorted = elements_;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  Rational sum;
  for (std::size_t i = 0; i < sorted.size() && Rational(static_cast<std::int64_t>(i)) < n; ++i) {
    sum += sorted[i];
  }
  return limited(sum, id);
}

// `trim 5%`: floor(5% of n) are dropped at each end. `drop 1 highest 1 lowest`: that many.
Value Fold::trimmed(const Op& op, OpId id, const Operands& unit) const {
  const auto n = static_cast<std::int64_t>(elements_.size());
  std::int64_t highest = 0;
  std::int64_t lowest = 0;
  for (std::size_t i = 2; i < unit.size(); ++i) {
    if (const auto f = fault_of(unit[i], unit.ids[i])) return *f;
    const Rational& said = number(unit[i]);
    const bool is_share = op.code == Opcode::fold_trim_share;
    if (!is_share && !said.is_integer()) return fault(FaultKind::NotAnInteger, id);
    const Rational dropped = is_share ? value::floor(said * Rational(n)) : said;
    const std::int64_t k = std::max<std::int64_t>(dropped.to_int64().value_or(n), 0);
    if (i == 2) highest = k;
    if (i == 3 || is_share) lowest = k;
  }
  if (highest >= n || lowest >= n - highest) return fault(FaultKind::EmptyAggregate, id);
  std::vector<Rational> sorted = elements_;
  std::sort(sorted.begin(), sorted.end());
  Rational sum;
  for (std::int64_t i = lowest; i < n - highest; ++i) sum += sorted[static_cast<std::size_t>(i)];
  return limited(sum / Rational(n - highest - lowest), id);
}

// Ranks are 1, 2, 2, 4: a key is among the top n if fewer than n keys have a larger sum, that is,
// if its sum is not below the n-th largest.
std::vector<Value> Fold::top_keys(const Rational& n) const {
  std::vector<Rational> sums;
  for (const auto& [key, sum] : by_key_) sums.push_back(sum);
  std::sort(sums.begin(), sums.end(), std::greater<>());
  std::vector<Value> top;
  if (n.sign() <= 0) return top;
  const auto places = static_cast<std::size_t>(n.to_int64().value_or(std::int64_t{1} << 62));
  for (const auto& [key, sum] : by_key_) {
    if (places >= sums.size() || sum >= sums[places - 1]) top.push_back(key);
  }
  return top;
}

}  // namespace xize::interpreter

// number_list: a list of whole numbers that mostly count on (4, 5, 6, …) or stay the same.
// In: numbers, one after another. Out: each by its place, at once.
// Memory: 40 bytes for kPart numbers that count on or stay; of a part where they do neither also
// the numbers themselves.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace xize::base {

template <class T>
class NumberList {
 public:
  static constexpr std::size_t kPart = 1024;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] T operator[](std::size_t i) const {
    const Part& part = parts_[i / kPart];
    return part.all.empty() ? number_at(part, i % kPart) : part.all[i % kPart];
  }
  void push_back(T number) { append({&number, 1}); }
  void append(std::span<const T> numbers) {
    while (!numbers.empty()) {
      const std::size_t place = size_ % kPart;
      const auto some = numbers.first(std::min(kPart - place, numbers.size()));
      if (place == 0) parts_.push_back({.first = some.front()});
      append(parts_.back(), place, some);
      size_ += some.size();
      numbers = numbers.subspan(some.size());
    }
  }
  // f(number) instead of each number.
  template <class F>
  void change_each(const F& f) {
    NumberList changed;
    for (std::size_t i = 0; i < size_; ++i) changed.push_back(f((*this)[i]));
    *this = std::move(changed);
  }
  // 0, 1, 2, …
  [[nodiscard]] bool counts_from_zero() const {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const Part& part = parts_[i];
      const bool has_one = i * kPart + 1 == size_;
      const bool counts = part.all.empty() && (part.step == 1 || has_one);
      if (!counts || part.first != static_cast<T>(i * kPart)) return false;
    }
    return true;
  }

 private:
  // The numbers are first, first + step, …, unless they are all written out.
  struct Part {
    T first = 0;
    T step = 0;
    std::vector<T> all = {};
  };

  static T number_at(const Part& part, std::size_t place) {
    return static_cast<T>(part.first + part.step * static_cast<T>(place));
  }
  // Behind the `size` numbers of the part, which has room for them.
  static void append(Part& part, std::size_t size, std::span<const T> numbers) {
    if (part.all.empty()) {
      if (size <= 1 && size + numbers.size() > 1) {
        const T second = numbers[1 - size];
        part.step = second == static_cast<T>(part.first + 1) ? 1 : 0;
      }
      T different = 0;
      T expected = number_at(part, size);
      for (const T number : numbers) {
        different |= static_cast<T>(number ^ expected);
        expected = static_cast<T>(expected + part.step);
      }
      if (different == 0) return;
      part.all.reserve(kPart);
      for (std::size_t i = 0; i < size; ++i) part.all.push_back(number_at(part, i));
    }
    part.all.insert(part.all.end(), numbers.begin(), numbers.end());
  }

  std::vector<Part> parts_;
  std::size_t size_ = 0;
};

}  // namespace xize::base

// An append-only vector addressed by a typed handle.
#pragma once

#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

namespace xize::base {

// Owns values of type `T`; handles stay valid for the life of the store, references do not
// survive an `add`.
template <class IdType, class T>
class Store {
 public:
  IdType add(T item) {
    items_.push_back(std::move(item));
    return IdType(items_.size() - 1);
  }
  [[nodiscard]] T& operator[](IdType id) {
    assert(id.index < items_.size());
    return items_[id.index];
  }
  [[nodiscard]] const T& operator[](IdType id) const {
    assert(id.index < items_.size());
    return items_[id.index];
  }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] IdType id_at(std::size_t i) const { return IdType(i); }

  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace xize::base

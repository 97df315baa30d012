// Interned strings: equal texts share one 32-bit number.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace xize::base {

// Append-only; views stay valid for the life of the pool.
class StringPool {
 public:
  std::uint32_t intern(std::string_view text) {
    if (const auto it = index_.find(text); it != index_.end()) return it->second;
    texts_.emplace_back(text);
    const auto id = static_cast<std::uint32_t>(texts_.size() - 1);
    index_.emplace(texts_.back(), id);
    return id;
  }
  [[nodiscard]] std::string_view text(std::uint32_t id) const { return texts_[id]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

}  // namespace xize::base

// cell_memo: what the last texts of a column were read as.
// In: texts of cells and their values. Out: the value of a text that was read before.
// Memory: at most kMemoTextsMax short texts a column. Most columns say few different things (a
// department, a month, a score), and a look-up costs less than a reading.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/value/value.h"

namespace xize::io {

inline constexpr std::size_t kMemoTextsMax = 1024;
inline constexpr std::size_t kMemoTextBytesMax = 64;

// Remembers values only: a fault is reported for each cell that has it.
class CellMemo {
 public:
  // The value, or null if the text was not kept.
  [[nodiscard]] const value::Value* find(std::string_view text) const {
    const auto it = values_.find(text);
    return it == values_.end() ? nullptr : &it->second;
  }

  // Keeps the value while there is room.
  void keep(std::string_view text, const value::Value& v) {
    if (values_.size() >= kMemoTextsMax || text.size() > kMemoTextBytesMax) return;
    values_.emplace(text, v);
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  std::unordered_map<std::string, value::Value, Hash, std::equal_to<>> values_;
};

}  // namespace xize::io

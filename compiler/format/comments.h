// The comments of a file, handed out once each, by where they stood.
// In: the module's comments in order. Out: those before a place. Must hold: each comment is printed
// exactly once, so every block asks for what is left up to its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/ast/module.h"

namespace xize::format {

// Comments on lines of their own and comments after something are two queues.
class Comments {
 public:
  explicit Comments(const std::vector<ast::Comment>& comments);

  // The next comment on its own line that begins before `offset`, or null.
  const ast::Comment* next_own_line(std::uint32_t offset) { return own_line_.next(offset); }
  // The next comment behind something that begins before `offset`, or null.
  const ast::Comment* next_trailing(std::uint32_t offset) { return trailing_.next(offset); }
  // True when a comment that is still to be printed begins in between.
  [[nodiscard]] bool any_between(std::uint32_t begin, std::uint32_t end) const {
    return own_line_.has_from(begin, end) || trailing_.has_from(begin, end);
  }
  // True when a comment that begins before `offset` is still to be printed.
  [[nodiscard]] bool any_before(std::uint32_t offset) const {
    return own_line_.has(offset) || trailing_.has(offset);
  }

 private:
  struct Queue {
    std::vector<const ast::Comment*> items;
    std::size_t at = 0;

    [[nodiscard]] bool has(std::uint32_t offset) const {
      return at < items.size() && items[at]->span.begin < offset;
    }
    [[nodiscard]] bool has_from(std::uint32_t begin, std::uint32_t end) const {
      for (std::size_t i = at; i < items.size() && items[i]->span.begin < end; ++i) {
        if (items[i]->span.begin >= begin) return true;
      }
      return false;
    }
    const ast::Comment* next(std::uint32_t offset) { return has(offset) ? items[at++] : nullptr; }
  };

  Queue own_line_, trailing_;
};

}  // namespace xize::format

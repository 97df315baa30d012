#include "compiler/format/comments.h"

namespace xize::format {

Comments::Comments(const std::vector<ast::Comment>& comments) {
  for (const auto& comment : comments) {
    (comment.own_line ? own_line_ : trailing_).items.push_back(&comment);
  }
}

}  // namespace xize::format

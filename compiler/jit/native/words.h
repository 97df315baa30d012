// words: the words of rows, added to those of their places.
#pragma once

#include <vector>

#include <llvm/IR/IRBuilder.h>

namespace xize::jit::native {

// Where the words of so many rows go.
struct Places {
  llvm::Value* of_rows = nullptr;  // pointer to the place of the first row, 32 bits each
  llvm::Value* words = nullptr;    // pointer to the words of place 0
  unsigned rows = 0;
};

// `words`: a vector of 64-bit integers each, one lane for each row. The words of one row are
// brought side by side, so that adding them is one vector addition (or a few).
void add_words(llvm::IRBuilder<>& ir, std::vector<llvm::Value*> words, const Places& places);

}  // namespace xize::jit::native

#include "compiler/jit/native/words.h"

#include <numeric>

#include "runtime/kernel/kernel.h"

namespace xize::jit::native {
namespace {

using Values = std::vector<llvm::Value*>;
using Lane = int;

// What vector registers of today hold.
constexpr unsigned kLanes = 8;

class WordAdder {
 public:
  explicit WordAdder(llvm::IRBuilder<>& ir) : ir_(ir) {}

  // The lanes from `first` on.
  llvm::Value* slice(llvm::Value* vector, unsigned first, unsigned count) {
    std::vector<Lane> lanes(count);
    std::iota(lanes.begin(), lanes.end(), static_cast<Lane>(first));
    return ir_.CreateShuffleVector(vector, lanes);
  }

  // Vectors of kLanes rows each to the same number of vectors, in which one row follows another.
  Values side_by_side(const Values& words) {
    if (words.size() == 1) return words;
    Values even;
    Values odd;
    for (std::size_t w = 0; w < words.size(); ++w) (w % 2 == 0 ? even : odd).push_back(words[w]);
    const Values a = side_by_side(even);
    const Values b = side_by_side(odd);
    Values out;
    for (std::size_t i = 0; i < a.size(); ++i) {
      out.push_back(zip(a[i], b[i], 0));
      out.push_back(zip(a[i], b[i], kLanes / 2));
    }
    return out;
  }

  void add(llvm::Value* to, llvm::Value* words) {
    llvm::Value* before = ir_.CreateAlignedLoad(words->getType(), to, llvm::Align(8));
    ir_.CreateAlignedStore(ir_.CreateAdd(before, words), to, llvm::Align(8));
  }

 private:
  // a[first], b[first], a[first + 1], …
  llvm::Value* zip(llvm::Value* a, llvm::Value* b, unsigned first) {
    std::vector<Lane> lanes;
    for (unsigned i = 0; i < kLanes / 2; ++i) {
      lanes.push_back(static_cast<Lane>(first + i));
      lanes.push_back(static_cast<Lane>(kLanes + first + i));
    }
    return ir_.CreateShuffleVector(a, b, lanes);
  }

  llvm::IRBuilder<>& ir_;
};

}  // namespace

void add_words(llvm::IRBuilder<>& ir, Values words, const Places& places) {
  WordAdder adder(ir);
  const auto room = static_cast<unsigned>(kernel::words_of_place(words.size()));
  words.resize(room, llvm::Constant::getNullValue(words.front()->getType()));
  for (unsigned first = 0; first < places.rows; first += kLanes) {
    Values few;
    for (llvm::Value* word : words) few.push_back(adder.slice(word, first, kLanes));
    const Values rows = adder.side_by_side(few);
    for (unsigned r = 0; r < kLanes; ++r) {
      llvm::Value* slot =
          ir.CreateConstInBoundsGEP1_64(ir.getInt32Ty(), places.of_rows, first + r);
      llvm::Value* place = ir.CreateZExt(ir.CreateLoad(ir.getInt32Ty(), slot), ir.getInt64Ty());
      llvm::Value* begin = ir.CreateMul(place, ir.getInt64(room));
      const unsigned width = std::min(room, kLanes);
      for (unsigned w = 0; w < room; w += width) {
        llvm::Value* to = ir.CreateInBoundsGEP(ir.getInt64Ty(), places.words,
                                               ir.CreateAdd(begin, ir.getInt64(w)));
        const unsigned lane = r * room + w;
        adder.add(to, adder.slice(rows[lane / kLanes], lane % kLanes, width));
      }
    }
  }
}

}  // namespace xize::jit::native

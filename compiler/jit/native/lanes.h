// lanes: the values of one step for several rows at once, as one LLVM vector.
// A kind is what each lane is. Integers take as few bits as their range needs; those of 33 to 53
// bits are doubles, which hold, add and multiply them exactly and divide them faster.
#pragma once

#include <cstdint>

#include <llvm/IR/IRBuilder.h>

#include "runtime/kernel/kernel.h"

namespace xize::jit::native {

// Each holds all values of those before it.
enum class Kind : std::uint8_t { Condition, Int8, Int16, Int32, Double, Int64 };

Kind kind_for(const kernel::Range& range);
Kind kind_of(const llvm::Value* value);

// Makes vectors of so many rows.
class Lanes {
 public:
  Lanes(llvm::IRBuilder<>& ir, unsigned rows) : ir_(ir), rows_(rows) {}

  [[nodiscard]] unsigned rows() const { return rows_; }
  [[nodiscard]] llvm::Type* type(Kind kind) const;
  [[nodiscard]] llvm::Type* type(kernel::Element element) const;
  llvm::Value* constant(std::int64_t x, Kind kind) const;
  // The same values as another kind, which holds them.
  llvm::Value* as(llvm::Value* value, Kind kind);
  // Integers as the elements of an array, and back.
  llvm::Value* to_element(llvm::Value* value, kernel::Element element);
  llvm::Value* from_element(llvm::Value* value, kernel::Element element, Kind kind);
  // a / b without the rest, for 0 <= a, 0 < b; the sum of their greatest values is below 2^53.
  llvm::Value* quotient(llvm::Value* a, llvm::Value* b, std::int64_t greatest_sum);

 private:
  llvm::Type* vector(llvm::Type* type) const;
  llvm::Value* whole(llvm::Value* value, Kind kind);

  llvm::IRBuilder<>& ir_;
  unsigned rows_;
};

}  // namespace xize::jit::native

#include "compiler/jit/native/lanes.h"

#include <algorithm>
#include <array>

#include <llvm/IR/Intrinsics.h>

namespace xize::jit::native {
namespace {

using kernel::Element;
using kernel::Range;

constexpr std::array<unsigned, 6> kBits{1, 8, 16, 32, 64, 64};
// Up to these, floating point numbers hold all integers.
constexpr std::int64_t kFloatMost = std::int64_t{1} << 24;
constexpr std::int64_t kDoubleMost = std::int64_t{1} << 53;

unsigned bits_of(Kind kind) { return kBits.at(static_cast<std::size_t>(kind)); }

bool within(const Range& range, std::int64_t most) {
  return range.least >= -most && range.most <= most;
}

}  // namespace

Kind kind_for(const Range& range) {
  if (range.least >= 0 && range.most <= 1) return Kind::Condition;
  for (const Kind kind : {Kind::Int8, Kind::Int16, Kind::Int32}) {
    const std::int64_t end = std::int64_t{1} << (bits_of(kind) - 1);
    if (range.least >= -end && range.most < end) return kind;
  }
  return within(range, kDoubleMost) ? Kind::Double : Kind::Int64;
}

Kind kind_of(const llvm::Value* value) {
  if (value->getType()->isFPOrFPVectorTy()) return Kind::Double;
  switch (value->getType()->getScalarSizeInBits()) {
    case 1: return Kind::Condition;
    case 8: return Kind::Int8;
    case 16: return Kind::Int16;
    case 32: return Kind::Int32;
    default: return Kind::Int64;
  }
}

llvm::Type* Lanes::vector(llvm::Type* type) const {
  return llvm::FixedVectorType::get(type, rows_);
}

llvm::Type* Lanes::type(Kind kind) const {
  return vector(kind == Kind::Double ? ir_.getDoubleTy() : ir_.getIntNTy(bits_of(kind)));
}

llvm::Type* Lanes::type(Element element) const {
  return vector(ir_.getIntNTy(static_cast<unsigned>(base::bytes_of(element)) * 8));
}

llvm::Value* Lanes::constant(std::int64_t x, Kind kind) const {
  if (kind == Kind::Double) return llvm::ConstantFP::get(type(kind), static_cast<double>(x));
  return llvm::ConstantInt::get(type(kind), static_cast<std::uint64_t>(x), true);
}

// Of at most 32 bits.
llvm::Value* Lanes::whole(llvm::Value* value, Kind kind) {
  const Kind own = kind_of(value);
  if (own == kind) return value;
  if (own == Kind::Double) return whole(ir_.CreateFPToSI(value, type(Kind::Int32)), kind);
  if (bits_of(own) > bits_of(kind)) return ir_.CreateTrunc(value, type(kind));
  return own == Kind::Condition ? ir_.CreateZExt(value, type(kind))
                                : ir_.CreateSExt(value, type(kind));
}

llvm::Value* Lanes::as(llvm::Value* value, Kind kind) {
  const Kind own = kind_of(value);
  if (own == kind) return value;
  if (kind == Kind::Double) {
    llvm::Value* integer = own < Kind::Int32 ? whole(value, Kind::Int32) : value;
    return ir_.CreateSIToFP(integer, type(Kind::Double));
  }
  if (own == Kind::Double && kind == Kind::Int64) return ir_.CreateFPToSI(value, type(kind));
  return whole(value, kind);
}

llvm::Value* Lanes::to_element(llvm::Value* value, Element element) {
  const unsigned bits = static_cast<unsigned>(base::bytes_of(element)) * 8;
  // Unsigned elements may need one bit more than the kind of their size has.
  const bool is_double = kind_of(value) == Kind::Double;
  llvm::Value* integer = is_double ? as(value, Kind::Int64) : value;
  const Kind own = kind_of(integer);
  if (bits_of(own) == bits) return integer;
  if (bits_of(own) > bits) return ir_.CreateTrunc(integer, type(element));
  return own == Kind::Condition ? ir_.CreateZExt(integer, type(element))
                                : ir_.CreateSExt(integer, type(element));
}

llvm::Value* Lanes::from_element(llvm::Value* value, Element element, Kind kind) {
  const unsigned bits = static_cast<unsigned>(base::bytes_of(element)) * 8;
  const Kind integer = kind == Kind::Double ? Kind::Int64 : kind;
  llvm::Value* out = value;
  if (bits > bits_of(integer)) out = ir_.CreateTrunc(value, type(integer));
  if (bits < bits_of(integer)) {
    out = base::is_signed(element) ? ir_.CreateSExt(value, type(integer))
                                   : ir_.CreateZExt(value, type(integer));
  }
  return as(out, kind);
}

// The rounded quotient never reaches the next integer where the sum of both operands is less than
// the integers that the floating point numbers hold.
llvm::Value* Lanes::quotient(llvm::Value* a, llvm::Value* b, std::int64_t greatest_sum) {
  if (greatest_sum < kFloatMost) {
    llvm::Type* floats = vector(ir_.getFloatTy());
    const auto to_float = [&](llvm::Value* x) {
      return ir_.CreateSIToFP(as(x, Kind::Int32), floats);
    };
    return ir_.CreateFPToSI(ir_.CreateFDiv(to_float(a), to_float(b)), type(Kind::Int32));
  }
  llvm::Value* exact = ir_.CreateFDiv(as(a, Kind::Double), as(b, Kind::Double));
  return ir_.CreateUnaryIntrinsic(llvm::Intrinsic::trunc, exact);
}

}  // namespace xize::jit::native

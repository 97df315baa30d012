#include "compiler/jit/native/emit.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

namespace xize::jit::native {
namespace {

using kernel::Code;
using kernel::Element;
using kernel::Kernel;
using kernel::Range;
using kernel::Step;
using kernel::ValueId;

constexpr unsigned kCondition = 1;
constexpr unsigned kNarrow = 32;
constexpr unsigned kFull = 64;
// 2^52 as a double; added to a smaller integer it leaves that integer in the lowest bits.
constexpr double kShift = 4503599627370496.0;
constexpr std::uint64_t kShiftBits = 0x4330000000000000u;

unsigned bits_for(const Range& range) {
  using Limits = std::numeric_limits<std::int32_t>;
  if (range.least >= 0 && range.most <= 1) return kCondition;
  return range.least >= Limits::min() && range.most <= Limits::max() ? kNarrow : kFull;
}

class Emitter {
 public:
  Emitter(const Kernel& kernel, llvm::Module& module)
      : kernel_(kernel), module_(module), ir_(module.getContext()) {}

  void emit() {
    open_loop();
    for (const Step& step : kernel_.steps) values_.push_back(value_of(step));
    for (std::size_t i = 0; i < kernel_.outputs.size(); ++i) store(kernel_.outputs[i], outputs_[i]);
    close_loop();
  }

 private:
  llvm::LLVMContext& context() { return module_.getContext(); }

  // No row reads what another one writes.
  llvm::Instruction* free_access(llvm::Instruction* access) {
    access->setMetadata(llvm::LLVMContext::MD_access_group, rows_);
    return access;
  }

  std::vector<llvm::Value*> pointers(llvm::Value* array, std::size_t count) {
    std::vector<llvm::Value*> out;
    for (std::size_t i = 0; i < count; ++i) {
      llvm::Value* slot = ir_.CreateConstGEP1_64(ir_.getPtrTy(), array, i);
      out.push_back(ir_.CreateLoad(ir_.getPtrTy(), slot));
    }
    return out;
  }

  void open_loop() {
    auto* type = llvm::FunctionType::get(
        ir_.getVoidTy(), {ir_.getPtrTy(), ir_.getPtrTy(), ir_.getInt64Ty()}, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage, kFunctionName,
                                       module_);
    auto* entry = llvm::BasicBlock::Create(context(), "entry", function_);
    loop_ = llvm::BasicBlock::Create(context(), "rows", function_);
    end_ = llvm::BasicBlock::Create(context(), "end", function_);
    rows_ = llvm::MDNode::getDistinct(context(), llvm::ArrayRef<llvm::Metadata*>());
    ir_.SetInsertPoint(entry);
    inputs_ = pointers(function_->getArg(0), kernel_.inputs.size());
    outputs_ = pointers(function_->getArg(1), kernel_.outputs.size());
    llvm::Value* any = ir_.CreateICmpNE(function_->getArg(2), ir_.getInt64(0));
    ir_.CreateCondBr(any, loop_, end_);
    ir_.SetInsertPoint(loop_);
    row_ = ir_.CreatePHI(ir_.getInt64Ty(), 2);
    row_->addIncoming(ir_.getInt64(0), entry);
  }

  void close_loop() {
    llvm::Value* next = ir_.CreateAdd(row_, ir_.getInt64(1), "", true, true);
    llvm::Value* more = ir_.CreateICmpULT(next, function_->getArg(2));
    llvm::BranchInst* back = ir_.CreateCondBr(more, loop_, end_);
    row_->addIncoming(next, ir_.GetInsertBlock());
    std::array<llvm::Metadata*, 2> parallel{
        llvm::MDString::get(context(), "llvm.loop.parallel_accesses"), rows_};
    std::array<llvm::Metadata*, 2> facts{nullptr, llvm::MDNode::get(context(), parallel)};
    llvm::MDNode* about = llvm::MDNode::getDistinct(context(), facts);
    about->replaceOperandWith(0, about);  // what a loop says of itself begins with itself
    back->setMetadata(llvm::LLVMContext::MD_loop, about);
    ir_.SetInsertPoint(end_);
    ir_.CreateRetVoid();
  }

  // The value of a step in so many bits; a condition counts as 0 or 1.
  llvm::Value* in_bits(ValueId id, unsigned bits) {
    llvm::Value* value = values_[id];
    const unsigned own = value->getType()->getIntegerBitWidth();
    llvm::Type* type = ir_.getIntNTy(bits);
    if (own == bits) return value;
    if (own > bits) return ir_.CreateTrunc(value, type);
    return own == kCondition ? ir_.CreateZExt(value, type) : ir_.CreateSExt(value, type);
  }
  llvm::Value* condition(ValueId id) { return in_bits(id, kCondition); }
  // Enough for both.
  unsigned common_bits(const Step& step) {
    return std::max({bits_for(kernel_.steps[step.a].range), bits_for(kernel_.steps[step.b].range),
                     kNarrow});
  }

  llvm::Value* load(const Step& step) {
    const auto number = static_cast<std::size_t>(step.imm);
    const unsigned bits = kernel_.inputs[number] == Element::Unsigned32 ? kNarrow : kFull;
    llvm::Type* type = ir_.getIntNTy(bits);
    auto* read = ir_.CreateLoad(type, ir_.CreateInBoundsGEP(type, inputs_[number], row_));
    free_access(read);
    const unsigned wanted = bits_for(step.range);
    return wanted < bits ? ir_.CreateTrunc(read, ir_.getIntNTy(wanted)) : read;
  }

  void store(const kernel::Output& output, llvm::Value* array) {
    const unsigned bits = output.element == Element::Unsigned32 ? kNarrow : kFull;
    llvm::Type* type = ir_.getIntNTy(bits);
    free_access(ir_.CreateStore(in_bits(output.value, bits),
                                ir_.CreateInBoundsGEP(type, array, row_)));
  }

  llvm::Value* to_double(ValueId id) {
    llvm::Value* bits = ir_.CreateOr(in_bits(id, kFull), ir_.getInt64(kShiftBits));
    llvm::Value* shifted = ir_.CreateBitCast(bits, ir_.getDoubleTy());
    return ir_.CreateFSub(shifted, llvm::ConstantFP::get(ir_.getDoubleTy(), kShift));
  }

  // The sum of both operands is below 2^53, so the rounded quotient never reaches the next integer.
  llvm::Value* quotient(const Step& step) {
    llvm::Value* exact = ir_.CreateFDiv(to_double(step.a), to_double(step.b));
    llvm::Value* whole = ir_.CreateUnaryIntrinsic(llvm::Intrinsic::trunc, exact);
    llvm::Value* shifted =
        ir_.CreateFAdd(whole, llvm::ConstantFP::get(ir_.getDoubleTy(), kShift));
    llvm::Value* bits = ir_.CreateBitCast(shifted, ir_.getInt64Ty());
    return ir_.CreateXor(bits, ir_.getInt64(kShiftBits));
  }

  llvm::Value* extreme(const Step& step, llvm::Intrinsic::ID which) {
    const unsigned bits = common_bits(step);
    return ir_.CreateBinaryIntrinsic(which, in_bits(step.a, bits), in_bits(step.b, bits));
  }

  // In as many bits as its range needs, or more.
  llvm::Value* computed(const Step& step) {
    const unsigned own = bits_for(step.range);
    const unsigned bits = std::max(own, kNarrow);
    const auto a = [&] { return in_bits(step.a, bits); };
    const auto b = [&] { return in_bits(step.b, bits); };
    switch (step.code) {
      case Code::Constant: return ir_.getIntN(kFull, static_cast<std::uint64_t>(step.imm));
      case Code::Input: return load(step);
      case Code::Add: return ir_.CreateAdd(a(), b());
      case Code::Sub: return ir_.CreateSub(a(), b());
      case Code::Mul: return ir_.CreateMul(a(), b());
      case Code::Min: return extreme(step, llvm::Intrinsic::smin);
      case Code::Max: return extreme(step, llvm::Intrinsic::smax);
      case Code::Quotient: return quotient(step);
      case Code::Equal: {
        const unsigned both = common_bits(step);
        return ir_.CreateICmpEQ(in_bits(step.a, both), in_bits(step.b, both));
      }
      case Code::Less: {
        const unsigned both = common_bits(step);
        return ir_.CreateICmpSLT(in_bits(step.a, both), in_bits(step.b, both));
      }
      case Code::And: return ir_.CreateAnd(condition(step.a), condition(step.b));
      case Code::Or: return ir_.CreateOr(condition(step.a), condition(step.b));
      case Code::Select:
        return ir_.CreateSelect(condition(step.a), in_bits(step.b, own),
                                in_bits(step.c, own));
    }
    return nullptr;
  }

  llvm::Value* value_of(const Step& step) {
    llvm::Value* value = computed(step);
    const unsigned bits = bits_for(step.range);
    if (value->getType()->getIntegerBitWidth() == bits) return value;
    return ir_.CreateTrunc(value, ir_.getIntNTy(bits));
  }

  const Kernel& kernel_;
  llvm::Module& module_;
  llvm::IRBuilder<> ir_;
  llvm::Function* function_ = nullptr;
  llvm::BasicBlock* loop_ = nullptr;
  llvm::BasicBlock* end_ = nullptr;
  llvm::PHINode* row_ = nullptr;
  llvm::MDNode* rows_ = nullptr;
  std::vector<llvm::Value*> inputs_;
  std::vector<llvm::Value*> outputs_;
  std::vector<llvm::Value*> values_;  // by step
};

}  // namespace

std::unique_ptr<llvm::Module> emit(const kernel::Kernel& kernel, llvm::LLVMContext& context) {
  auto module = std::make_unique<llvm::Module>("kernel", context);
  Emitter(kernel, *module).emit();
  return module;
}

}  // namespace xize::jit::native

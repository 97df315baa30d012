#include "compiler/jit/native/emit.h"

#include <algorithm>
#include <vector>

#include <llvm/IR/IRBuilder.h>

#include "compiler/jit/native/lanes.h"
#include "compiler/jit/native/words.h"

namespace xize::jit::native {
namespace {

using kernel::Code;
using kernel::Element;
using kernel::Kernel;
using kernel::Step;
using kernel::ValueId;

// How many rows at once, by what kernels mostly do: words are put together from bytes and bits,
// scores from longer numbers.
constexpr unsigned kRowsOfWords = 32;
constexpr unsigned kRowsOfScores = 16;
static_assert(kernel::kRowsAtOnce % kRowsOfWords == 0);

bool is_read(const Step& step, std::size_t operand) {
  if (step.code == Code::Constant || step.code == Code::Input) return false;
  return operand < 2 || step.code == Code::Select;
}

// By step. Words are integers, and what is added up to them need not be a double in between.
std::vector<Kind> kinds_of(const Kernel& kernel) {
  std::vector<bool> only_words(kernel.steps.size(), true);
  std::vector<bool> is_used(kernel.steps.size(), false);
  std::vector<Kind> kinds(kernel.steps.size());
  for (const ValueId word : kernel.words) is_used[word] = true;
  for (const kernel::Output& output : kernel.outputs) only_words[output.value] = false;
  for (std::size_t i = kernel.steps.size(); i-- > 0;) {
    const Step& step = kernel.steps[i];
    const bool is_word = only_words[i] && is_used[i] && step.code != Code::Quotient;
    kinds[i] = kind_for(step.range);
    if (is_word && kinds[i] == Kind::Double) kinds[i] = Kind::Int64;
    for (std::size_t o = 0; o < 3; ++o) {
      if (!is_read(step, o)) continue;
      const ValueId operand = o == 0 ? step.a : o == 1 ? step.b : step.c;
      is_used[operand] = true;
      if (kinds[i] != Kind::Int64) only_words[operand] = false;
    }
  }
  return kinds;
}

class Emitter {
 public:
  Emitter(const Kernel& kernel, llvm::Module& module)
      : kernel_(kernel),
        module_(module),
        ir_(module.getContext()),
        lanes_(ir_, kernel.words.empty() ? kRowsOfScores : kRowsOfWords),
        kinds_(kinds_of(kernel)) {}

  void emit() {
    open_loop();
    for (ValueId id = 0; id < kernel_.steps.size(); ++id) values_.push_back(value_of(id));
    for (std::size_t i = 0; i < kernel_.outputs.size(); ++i) store(kernel_.outputs[i], outputs_[i]);
    if (!kernel_.words.empty()) add_row_words();
    close_loop();
  }

 private:
  llvm::LLVMContext& context() { return module_.getContext(); }

  // A pointer that stands in the n-th place behind another one.
  llvm::Value* pointer_at(llvm::Value* array, std::size_t n) {
    return ir_.CreateLoad(ir_.getPtrTy(), ir_.CreateConstGEP1_64(ir_.getPtrTy(), array, n));
  }
  std::vector<llvm::Value*> pointers(llvm::Value* array, std::size_t count) {
    std::vector<llvm::Value*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(pointer_at(array, i));
    return out;
  }

  // The members of kernel::Arrays are pointers, in this order.
  void open_loop() {
    auto* type =
        llvm::FunctionType::get(ir_.getVoidTy(), {ir_.getPtrTy(), ir_.getInt64Ty()}, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage, kFunctionName,
                                       module_);
    auto* entry = llvm::BasicBlock::Create(context(), "entry", function_);
    loop_ = llvm::BasicBlock::Create(context(), "rows", function_);
    end_ = llvm::BasicBlock::Create(context(), "end", function_);
    ir_.SetInsertPoint(entry);
    const auto arrays = pointers(function_->getArg(0), 4);
    inputs_ = pointers(arrays[0], kernel_.inputs.size());
    outputs_ = pointers(arrays[1], kernel_.outputs.size());
    places_ = arrays[2];
    words_ = arrays[3];
    llvm::Value* any = ir_.CreateICmpNE(function_->getArg(1), ir_.getInt64(0));
    ir_.CreateCondBr(any, loop_, end_);
    ir_.SetInsertPoint(loop_);
    row_ = ir_.CreatePHI(ir_.getInt64Ty(), 2);
    row_->addIncoming(ir_.getInt64(0), entry);
  }

  void close_loop() {
    llvm::Value* next = ir_.CreateAdd(row_, ir_.getInt64(lanes_.rows()), "", true, true);
    ir_.CreateCondBr(ir_.CreateICmpULT(next, function_->getArg(1)), loop_, end_);
    row_->addIncoming(next, ir_.GetInsertBlock());
    ir_.SetInsertPoint(end_);
    ir_.CreateRetVoid();
  }

  llvm::Value* rows_of(llvm::Value* array, Element element) {
    llvm::Type* cell = ir_.getIntNTy(static_cast<unsigned>(base::bytes_of(element)) * 8);
    return ir_.CreateInBoundsGEP(cell, array, row_);
  }

  llvm::Value* load(const Step& step, Kind kind) {
    const auto number = static_cast<std::size_t>(step.imm);
    const Element element = kernel_.inputs[number];
    const llvm::Align align(base::bytes_of(element));
    llvm::Value* read = ir_.CreateAlignedLoad(lanes_.type(element),
                                              rows_of(inputs_[number], element), align);
    return lanes_.from_element(read, element, kind);
  }

  void store(const kernel::Output& output, llvm::Value* array) {
    llvm::Value* value = lanes_.to_element(in(output.value, kinds_[output.value]), output.element);
    ir_.CreateAlignedStore(value, rows_of(array, output.element),
                           llvm::Align(base::bytes_of(output.element)));
  }

  void add_row_words() {
    std::vector<llvm::Value*> words;
    for (const ValueId word : kernel_.words) words.push_back(in(word, Kind::Int64));
    add_words(ir_, std::move(words),
              {rows_of(places_, Element::Unsigned32), words_, lanes_.rows()});
  }

  // The value of a step as a kind that holds it, or of which only its lowest bits matter.
  llvm::Value* in(ValueId id, Kind kind) {
    const Step& step = kernel_.steps[id];
    return step.code == Code::Constant ? lanes_.constant(step.imm, kind)
                                       : lanes_.as(values_[id], kind);
  }

  // Enough for both operands.
  Kind common_kind(const Step& step) const {
    return std::max({kinds_[step.a], kinds_[step.b], Kind::Int8});
  }
  // Integers that are no longer than the result may lose what it does not have.
  Kind arithmetic_kind(const Step& step, Kind own) const {
    const Kind common = common_kind(step);
    const Kind least = step.code == Code::Mul ? Kind::Int16 : Kind::Int8;
    return std::max(common >= Kind::Double ? std::max(common, own) : own, least);
  }

  llvm::Value* arithmetic(const Step& step, Kind own) {
    const Kind kind = arithmetic_kind(step, own);
    const bool is_double = kind == Kind::Double;
    if (step.code == Code::Mul && kinds_[step.a] == Kind::Condition) {
      return ir_.CreateSelect(in(step.a, Kind::Condition), in(step.b, kind),
                              lanes_.constant(0, kind));
    }
    llvm::Value* a = in(step.a, kind);
    llvm::Value* b = in(step.b, kind);
    switch (step.code) {
      case Code::Add: return is_double ? ir_.CreateFAdd(a, b) : ir_.CreateAdd(a, b);
      case Code::Sub: return is_double ? ir_.CreateFSub(a, b) : ir_.CreateSub(a, b);
      default: return is_double ? ir_.CreateFMul(a, b) : ir_.CreateMul(a, b);
    }
  }

  llvm::Value* comparison(const Step& step) {
    const bool has_order = step.code == Code::Less;  // which bits have not
    const Kind kind = has_order ? common_kind(step) : std::max(kinds_[step.a], kinds_[step.b]);
    const bool is_double = kind == Kind::Double;
    llvm::Value* a = in(step.a, kind);
    llvm::Value* b = in(step.b, kind);
    if (step.code == Code::Equal) {
      return is_double ? ir_.CreateFCmpOEQ(a, b) : ir_.CreateICmpEQ(a, b);
    }
    return is_double ? ir_.CreateFCmpOLT(a, b) : ir_.CreateICmpSLT(a, b);
  }

  llvm::Value* extreme(const Step& step) {
    llvm::Value* a = in(step.a, common_kind(step));
    llvm::Value* b = in(step.b, common_kind(step));
    const bool is_double = common_kind(step) == Kind::Double;
    llvm::Value* is_less = is_double ? ir_.CreateFCmpOLT(a, b) : ir_.CreateICmpSLT(a, b);
    return step.code == Code::Min ? ir_.CreateSelect(is_less, a, b)
                                  : ir_.CreateSelect(is_less, b, a);
  }

  // Short integers are divided by a constant as integers, which takes no division.
  llvm::Value* quotient(const Step& step) {
    const Kind kind = std::max(kinds_[step.a], Kind::Int16);
    if (kernel_.steps[step.b].code == Code::Constant && kind <= Kind::Int32) {
      return ir_.CreateUDiv(in(step.a, kind), in(step.b, kind));
    }
    const auto most = [&](ValueId id) { return kernel_.steps[id].range.most; };
    return lanes_.quotient(in(step.a, kinds_[step.a]), in(step.b, kinds_[step.b]),
                           most(step.a) + most(step.b));
  }

  // As some kind that holds it.
  llvm::Value* computed(const Step& step, Kind own) {
    const auto condition = [&](ValueId id) { return in(id, Kind::Condition); };
    switch (step.code) {
      case Code::Constant: return lanes_.constant(step.imm, own);
      case Code::Input: return load(step, own);
      case Code::Add:
      case Code::Sub:
      case Code::Mul: return arithmetic(step, own);
      case Code::Min:
      case Code::Max: return extreme(step);
      case Code::Quotient: return quotient(step);
      case Code::Equal:
      case Code::Less: return comparison(step);
      case Code::And: return ir_.CreateAnd(condition(step.a), condition(step.b));
      case Code::Or: return ir_.CreateOr(condition(step.a), condition(step.b));
      case Code::Select:
        return ir_.CreateSelect(condition(step.a), in(step.b, own), in(step.c, own));
    }
    return nullptr;
  }

  llvm::Value* value_of(ValueId id) {
    return lanes_.as(computed(kernel_.steps[id], kinds_[id]), kinds_[id]);
  }

  const Kernel& kernel_;
  llvm::Module& module_;
  llvm::IRBuilder<> ir_;
  Lanes lanes_;
  std::vector<Kind> kinds_;  // by step
  llvm::Function* function_ = nullptr;
  llvm::BasicBlock* loop_ = nullptr;
  llvm::BasicBlock* end_ = nullptr;
  llvm::PHINode* row_ = nullptr;
  llvm::Value* places_ = nullptr;
  llvm::Value* words_ = nullptr;
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

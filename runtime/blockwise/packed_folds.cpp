#include "runtime/blockwise/packed_folds.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <map>
#include <utility>

namespace xize::blockwise {
namespace {

using kernel::ValueId;
using program::Op;
using program::Opcode;
using program::Type;

constexpr unsigned kWordBits = 63;

// Puts steps into fields, and the fields into words.
class Packer {
 public:
  Packer(OpPlan& plan, const program::Program& program, const program::Stage& stage)
      : plan_(plan), steps_(plan.steps()), program_(program), stage_(stage) {}

  PackedPlan pack(std::uint64_t rows_most) {
    out_.alarm = steps_.constant(0);
    out_.layout.rows_most = rows_most;
    for (const OpId id : stage_.ops) out_.layout.folds.push_back(fold_of(program_.ops[id]));
    for (const std::uint32_t check : stage_.checks) watch_check(program_.checks[check].condition);
    out_.layout.words = out_.words.size();
    return std::move(out_);
  }

 private:
  PackedFold fold_of(const Op& op) {
    PackedFold fold;
    const Planned* where = is_packable(op) ? plan_.find(op.operands[0]) : nullptr;
    if (where == nullptr || where->type != Type::Bool) return fold;
    if (op.operands.size() == 1) return add_count(fold, *where);
    const Planned* element = plan_.find(op.operands[1]);
    const bool is_plain_sum = element != nullptr && element->type != Type::Any &&
                              steps_.is_constant(element->den);
    return is_plain_sum ? add_sum(fold, *where, *element) : fold;
  }

  PackedFold add_count(PackedFold fold, const Planned& where) {
    fold.count = field_of(where.num);
    fold.is_packed = true;
    alarm_if(steps_.opposite(is_plain(where)));
    return fold;
  }

  PackedFold add_sum(PackedFold fold, const Planned& where, const Planned& element) {
    const kernel::Range range = steps_.range(element.num);
    const ValueId above = steps_.sub(element.num, steps_.constant(range.least));
    if (above == kernel::kNone || bits_of(above) > kWordBits) return fold;
    fold.has_sum = true;
    fold.least = range.least;
    fold.den = steps_.range(element.den).least;
    fold.sum = field_of(steps_.select(where.num, above, steps_.constant(0)));
    alarm_if(steps_.both(where.num, steps_.opposite(is_plain(element))));
    return add_count(fold, where);
  }

  // A row with a check that is false, or that only the interpreter knows.
  void watch_check(OpId condition) {
    const Planned* holds = plan_.find(condition);
    if (holds == nullptr) return;
    const ValueId is_left = steps_.equal(holds->state, steps_.constant(kLeft));
    alarm_if(steps_.either(is_left, steps_.both(is_plain(*holds), steps_.opposite(holds->num))));
  }

  void alarm_if(ValueId condition) { out_.alarm = steps_.either(out_.alarm, condition); }
  ValueId is_plain(const Planned& planned) {
    return steps_.equal(planned.state, steps_.constant(kPlain));
  }

  // Of the sum over all rows that are added up.
  unsigned bits_of(ValueId value) const {
    const auto most = static_cast<std::uint64_t>(steps_.range(value).most);
    const std::uint64_t rows = out_.layout.rows_most;
    if (most > std::numeric_limits<std::uint64_t>::max() / rows) return kWordBits + 1;
    return std::max(static_cast<unsigned>(std::bit_width(most * rows)), 1u);
  }

  // In the first word with room for it; the same step is one field.
  Field field_of(ValueId value) {
    const auto it = fields_.find(value);
    if (it != fields_.end()) return it->second;
    Field field;
    field.bits = bits_of(value);
    while (field.word < used_.size() && used_[field.word] + field.bits > kWordBits) ++field.word;
    if (field.word == used_.size()) {
      used_.push_back(0);
      out_.words.push_back(steps_.constant(0));
    }
    field.shift = used_[field.word];
    used_[field.word] += field.bits;
    const ValueId shifted = steps_.mul(value, steps_.constant(std::int64_t{1} << field.shift));
    ValueId& word = out_.words[field.word];
    word = steps_.add(word, shifted);
    fields_.emplace(value, field);
    return field;
  }

  OpPlan& plan_;
  kernel::Builder& steps_;
  const program::Program& program_;
  const program::Stage& stage_;
  PackedPlan out_;
  std::map<ValueId, Field> fields_;
  std::vector<unsigned> used_;  // bits, by word
};

// With the number of words known, the loop over them is none.
template <std::size_t kWords>
void add_rows(const PackedRows& rows, std::span<const std::uint32_t> unit_rows,
              std::int64_t* totals) {
  std::array<const std::int64_t*, kWords> words;
  for (std::size_t w = 0; w < kWords; ++w) words[w] = rows.words[w].data();
  for (std::size_t r = 0; r < unit_rows.size(); ++r) {
    std::int64_t* to = totals + unit_rows[r] * kWords;
    for (std::size_t w = 0; w < kWords; ++w) to[w] += words[w][r];
  }
}

void add_words(const PackedRows& rows, std::span<const std::uint32_t> unit_rows,
               std::size_t words, std::vector<std::int64_t>& totals) {
  for (std::size_t w = 0; w < words; ++w) {
    for (std::size_t r = 0; r < unit_rows.size(); ++r) {
      totals[unit_rows[r] * words + w] += rows.words[w][r];
    }
  }
}

}  // namespace

bool is_packable(const Op& op) {
  if (op.grouping != program::kNoGrouping) return false;
  switch (op.code) {
    case Opcode::fold_count:
    case Opcode::fold_sum:
    case Opcode::fold_average:
    case Opcode::fold_any:
    case Opcode::fold_all: return true;
    default: return false;
  }
}

PackedPlan pack_folds(OpPlan& plan, const program::Program& program,
                      const program::Stage& stage, std::size_t unit_rows) {
  constexpr std::size_t kRowsLeast = 1 << 16;
  return Packer(plan, program, stage).pack(std::bit_ceil(std::max(kRowsLeast, 16 * unit_rows)));
}

bool PackedRows::has_alarm(std::size_t count) const {
  std::uint32_t any = 0;
  for (std::size_t r = 0; r < count; ++r) any |= alarms[r];
  return any != 0;
}

void PackedTotals::add(const PackedLayout& layout, const PackedRows& rows,
                       std::span<const std::uint32_t> unit_rows, std::vector<StageFold>& folds) {
  if (layout_ != &layout || rows_ + unit_rows.size() > layout.rows_most) {
    hand_on(folds);
    layout_ = &layout;
    totals_.assign((unit_rows_ + 1) * layout.words, 0);
  }
  rows_ += unit_rows.size();
  switch (layout.words) {
    case 1: return add_rows<1>(rows, unit_rows, totals_.data());
    case 2: return add_rows<2>(rows, unit_rows, totals_.data());
    case 3: return add_rows<3>(rows, unit_rows, totals_.data());
    case 4: return add_rows<4>(rows, unit_rows, totals_.data());
    case 5: return add_rows<5>(rows, unit_rows, totals_.data());
    case 6: return add_rows<6>(rows, unit_rows, totals_.data());
    case 7: return add_rows<7>(rows, unit_rows, totals_.data());
    case 8: return add_rows<8>(rows, unit_rows, totals_.data());
    default: return add_words(rows, unit_rows, layout.words, totals_);
  }
}

void PackedTotals::hand_on(std::vector<StageFold>& folds) {
  if (layout_ == nullptr || rows_ == 0) return;
  const std::span<const std::int64_t> totals(totals_);
  for (std::size_t row = 0; row < unit_rows_; ++row) {
    const auto words = totals.subspan(row * layout_->words, layout_->words);
    for (std::size_t i = 0; i < folds.size(); ++i) {
      const PackedFold& fold = layout_->folds[i];
      const std::int64_t count = fold.is_packed ? fold.count.read(words) : 0;
      if (count == 0) continue;
      const Wide sum = fold.has_sum ? Wide{fold.sum.read(words)} + Wide{fold.least} * count : 0;
      folds[i].add_total(row, {count, sum, fold.den});
    }
  }
  rows_ = 0;
}

}  // namespace xize::blockwise

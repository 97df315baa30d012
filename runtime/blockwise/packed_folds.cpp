#include "runtime/blockwise/packed_folds.h"

#include <algorithm>
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

std::ptrdiff_t packed_folds(const PackedLayout& layout) {
  return std::count_if(layout.folds.begin(), layout.folds.end(),
                       [](const PackedFold& fold) { return fold.is_packed; });
}

// Puts steps into fields, and the fields into words.
class Packer {
 public:
  Packer(OpPlan& plan, const program::Program& program, const program::Stage& stage)
      : plan_(plan), steps_(plan.steps()), program_(program), stage_(stage) {}

  PackedPlan pack(unsigned bits_of_rows) {
    out_.alarm = steps_.constant(0);
    out_.layout.rows_most = (std::int64_t{1} << bits_of_rows) - 1;
    out_.layout.rows = field_of(steps_.constant(1));
    for (const OpId id : stage_.ops) out_.layout.folds.push_back(fold_of(program_.ops[id]));
    for (const std::uint32_t check : stage_.checks) watch_check(program_.checks[check].condition);
    if (packed_folds(out_.layout) == 0) out_.words.clear();
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
                              element->number.dens.empty();
    return is_plain_sum ? add_sum(fold, *where, *element) : fold;
  }

  PackedFold add_count(PackedFold fold, const Planned& where) {
    fold.count = field_of(where.number.num);
    fold.is_packed = true;
    alarm_if(steps_.opposite(is_plain(where)));
    return fold;
  }

  PackedFold add_sum(PackedFold fold, const Planned& where, const Planned& element) {
    const Ratios::Fraction fraction = plan_.ratios().fraction(element.number);
    if (fraction.num == kernel::kNone) return fold;
    const kernel::Range range = steps_.range(fraction.num);
    const ValueId above = steps_.sub(fraction.num, steps_.constant(range.least));
    if (above == kernel::kNone || bits_of(above) > kWordBits) return fold;
    fold.has_sum = true;
    fold.least = range.least;
    fold.den = steps_.range(fraction.den).least;
    fold.sum = field_of(steps_.select(where.number.num, above, steps_.constant(0)));
    alarm_if(steps_.both(where.number.num, steps_.opposite(is_plain(element))));
    return add_count(fold, where);
  }

  // A row with a check that is false, or that only the interpreter knows.
  void watch_check(OpId condition) {
    const Planned* holds = plan_.find(condition);
    if (holds == nullptr) return;
    const ValueId is_left = steps_.equal(holds->state, steps_.constant(kLeft));
    const ValueId is_false = steps_.opposite(holds->number.num);
    alarm_if(steps_.either(is_left, steps_.both(is_plain(*holds), is_false)));
  }

  void alarm_if(ValueId condition) { out_.alarm = steps_.either(out_.alarm, condition); }
  ValueId is_plain(const Planned& planned) {
    return steps_.equal(planned.state, steps_.constant(kPlain));
  }

  // Of the sum over all rows that are added up.
  unsigned bits_of(ValueId value) const {
    const auto most = static_cast<std::uint64_t>(steps_.range(value).most);
    const auto rows = static_cast<std::uint64_t>(out_.layout.rows_most);
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

void add_fold(const PackedFold& packed, std::span<const std::int64_t> words, std::size_t unit_row,
              StageFold& fold) {
  const std::int64_t count = packed.is_packed ? packed.count.read(words) : 0;
  if (count == 0) return;
  const Wide sum = packed.has_sum ? Wide{packed.sum.read(words)} + Wide{packed.least} * count : 0;
  fold.add_total(unit_row, {count, sum, packed.den});
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

// The more rows fit the better, where it takes no more words.
PackedPlan pack_folds(OpPlan& plan, const program::Program& program,
                      const program::Stage& stage, std::size_t unit_rows) {
  const auto room_of = [](const PackedPlan& packed) {
    return kernel::words_of_place(packed.words.size());
  };
  auto bits = static_cast<unsigned>(std::bit_width(std::max(4 * kBlockRows, 2 * unit_rows)));
  PackedPlan packed = Packer(plan, program, stage).pack(bits);
  while (bits < 32) {
    PackedPlan next = Packer(plan, program, stage).pack(++bits);
    const bool loses_folds = packed_folds(next.layout) < packed_folds(packed.layout);
    if (loses_folds || room_of(next) > room_of(packed)) break;
    packed = std::move(next);
  }
  return packed;
}

std::int64_t* PackedTotals::room_for(const PackedLayout& layout, std::size_t rows,
                                     std::vector<StageFold>& folds) {
  if (layout_ != &layout) {
    hand_on(folds);
    layout_ = &layout;
    stride_ = kernel::words_of_place(layout.words);
    totals_.assign((unit_rows_ + 1) * stride_, 0);
    rows_left_ = layout.rows_most;
  }
  if (std::cmp_greater(rows, rows_left_)) hand_on_above(layout.rows_most / 2, folds);
  rows_left_ -= static_cast<std::int64_t>(rows);
  return totals_.data();
}

void PackedTotals::hand_on(std::vector<StageFold>& folds) {
  if (layout_ != nullptr) hand_on_above(0, folds);
}

void PackedTotals::hand_on_last(std::size_t i, StageFold& fold) const {
  for (std::size_t row = 0; layout_ != nullptr && row < unit_rows_; ++row) {
    const std::span words(totals_.data() + row * stride_, stride_);
    add_fold(layout_->folds[i], words, row, fold);
  }
}

// The totals of units that have more rows than that.
void PackedTotals::hand_on_above(std::int64_t rows, std::vector<StageFold>& folds) {
  std::int64_t most_left = 0;
  for (std::size_t row = 0; row < unit_rows_; ++row) {
    const std::span words(totals_.data() + row * stride_, stride_);
    const std::int64_t count = layout_->rows.read(words);
    if (count <= rows) {
      most_left = std::max(most_left, count);
      continue;
    }
    for (std::size_t i = 0; i < folds.size(); ++i) {
      add_fold(layout_->folds[i], words, row, folds[i]);
    }
    std::fill(words.begin(), words.end(), 0);
  }
  std::fill_n(totals_.end() - static_cast<std::ptrdiff_t>(stride_), stride_, 0);
  rows_left_ = layout_->rows_most - most_left;
}

}  // namespace xize::blockwise

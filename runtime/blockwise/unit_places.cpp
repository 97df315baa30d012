#include "runtime/blockwise/unit_places.h"

#include <algorithm>
#include <utility>

#include <oneapi/tbb/parallel_sort.h>

#include "runtime/blockwise/unit_blocks.h"
#include "runtime/blockwise/unit_keys.h"
#include "runtime/blockwise/unit_lanes.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using program::Ties;

// How many participants are better than a key, by the key: the higher the better. Where keys lie
// close together, as those of scores do, this is read from a table.
class PlaceTable {
 public:
  // `dense`: those with the same key count as one.
  PlaceTable(std::vector<std::int64_t> keys, bool dense) {
    if (keys.empty()) return;
    const auto [least, most] = std::minmax_element(keys.begin(), keys.end());
    least_ = *least;
    most_ = *most;
    const auto span = static_cast<std::uint64_t>(most_) - static_cast<std::uint64_t>(least_);
    if (span < 4 * keys.size()) {
      count(keys, static_cast<std::size_t>(span), dense);
    } else {
      sort(std::move(keys), dense);
    }
  }

  [[nodiscard]] std::int64_t all() const { return all_; }
  // Of any key, whether somebody has it or not.
  [[nodiscard]] std::int64_t better(std::int64_t key) const {
    if (all_ == 0 || key >= most_) return 0;
    if (key < least_) return all_;
    if (!better_.empty()) return better_[static_cast<std::size_t>(key - least_)];
    return sorted_.end() - std::upper_bound(sorted_.begin(), sorted_.end(), key);
  }

 private:
  void count(const std::vector<std::int64_t>& keys, std::size_t span, bool dense) {
    better_.resize(span + 1);
    for (const std::int64_t key : keys) {
      std::int64_t& here = better_[static_cast<std::size_t>(key - least_)];
      here = dense ? 1 : here + 1;
    }
    for (std::size_t i = better_.size(); i-- > 0;) all_ += std::exchange(better_[i], all_);
  }
  void sort(std::vector<std::int64_t> keys, bool dense) {
    sorted_ = std::move(keys);
    oneapi::tbb::parallel_sort(sorted_.begin(), sorted_.end());
    if (dense) sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
    all_ = static_cast<std::int64_t>(sorted_.size());
  }

  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  std::int64_t all_ = 0;
  std::vector<std::int64_t> better_;  // by key from the least on; or:
  std::vector<std::int64_t> sorted_;
};

// What a row gets: a fault, or a number.
struct Placed {
  RowState state = kPlain;
  std::int64_t num = 0;
  std::int64_t den = 1;
};

// The places of one op.
class Places {
 public:
  Places(const UnitComparison& c, std::vector<std::int64_t> keys)
      : c_(c), keys_(std::move(keys)) {
    const bool dense = c.op.code == Opcode::pop_rank && (c.op.imm & program::kDense) != 0;
    for (auto& own : c.fields.part(keys_)) tables_.emplace_back(std::move(own), dense);
  }

  void write() const {
    for_unit_blocks(c_.fields.row_count(), [this](std::size_t first, std::size_t count) {
      Lanes out;
      std::int64_t* nums = out.write(c_.op.type);
      out.write_dens();
      for (std::size_t r = 0; r < count; ++r) {
        const Placed placed = place(first + r);
        nums[r] = placed.num;
        out.dens[r] = placed.den;
        if (placed.state != kPlain) out.mark(r, placed.state);
      }
      out.settle_and_measure(count);
      c_.state.storage.put(c_.id, first / kBlockRows, packed(out, count));
    });
  }

 private:
  [[nodiscard]] Placed place(std::size_t row) const {
    if (c_.op.code == Opcode::pop_percentile) return percentile(row);
    // A unit whose data are in error has no place among the others.
    if (c_.state.faulty[row]) return fault(FaultKind::BadCell);
    return c_.op.code == Opcode::pop_rank ? rank(row) : take(row);
  }

  [[nodiscard]] Placed rank(std::size_t row) const {
    if (const RowState state = used(row, 1); state != kPlain) return {state};
    return {kPlain, table(row).better(keys_[row]) + 1};
  }

  [[nodiscard]] Placed percentile(std::size_t row) const {
    if (const RowState state = used(row, 1); state != kPlain) return {state};
    const PlaceTable& others = table(row);
    if (others.all() == 0) return fault(FaultKind::EmptyAggregate);
    return {kPlain, others.all() - others.better(keys_[row]), others.all()};
  }

  // A candidate whose value or places cannot be used is neither in nor out.
  [[nodiscard]] Placed take(std::size_t row) const {
    const UnitNumbers& who = c_.operands[0];
    if (who.state(row) != kPlain) return {who.state(row)};
    if (who.at(row).num == 0) return {};
    if (const RowState state = used(row, 1); state != kPlain) return {state};
    const value::Fraction places = c_.operands[2].at(row);
    if (places.num % places.den != 0) return fault(FaultKind::FractionOfPlace);
    return among_best(row, places.num / places.den);
  }

  // All as good as one of the first `places` are in, unless the cut goes through them. A row that
  // takes no part is in with its equals only.
  [[nodiscard]] Placed among_best(std::size_t row, std::int64_t places) const {
    const PlaceTable& others = table(row);
    const std::int64_t better = others.better(keys_[row]);
    const std::int64_t up_to = others.better(keys_[row] - 1);
    if (up_to == better || better >= places) return {};
    if (up_to <= places) return {kPlain, 1};
    const auto ties = static_cast<Ties>(c_.op.imm & 0xff);
    if (ties == Ties::Unstated) return fault(FaultKind::TieAtCut);
    return {kPlain, ties == Ties::Share ? 1 : 0};
  }

  [[nodiscard]] const PlaceTable& table(std::size_t row) const {
    return tables_[c_.fields.of(row)];
  }
  // The first fault among the operands from one on.
  [[nodiscard]] RowState used(std::size_t row, std::size_t from) const {
    for (std::size_t i = from; i < c_.operands.size(); ++i) {
      if (const RowState state = c_.operands[i].state(row); state != kPlain) return state;
    }
    return kPlain;
  }
  [[nodiscard]] Placed fault(FaultKind kind) const { return {fault_state(kind, c_.id)}; }

  const UnitComparison& c_;
  std::vector<std::int64_t> keys_;   // higher is better
  std::vector<PlaceTable> tables_;   // by field
};

}  // namespace

bool write_places(const UnitComparison& c) {
  const std::span<const UnitNumbers> operands = c.operands;
  const bool is_take = c.op.code == Opcode::pop_take;
  const bool ascending =
      c.op.code == Opcode::pop_rank && (c.op.imm & program::kAscending) != 0;
  auto keys = join_keys(operands.subspan(is_take ? 3 : 1), c.fields.row_count(), ascending);
  if (!keys) return false;
  Places(c, std::move(*keys)).write();
  return true;
}

}  // namespace xize::blockwise

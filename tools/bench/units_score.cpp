// The items of policies/units.xize, in its order, each for a whole block, without branches.
// Points are whole numbers of 1/1200; only two items divide by what differs from unit to unit (by
// `matters` and by `cases`), so that a total is one fraction below 2^53: doubles divide it exactly.
#include <algorithm>
#include <cmath>

#include "tools/bench/units.h"

namespace xize::bench {
namespace {

constexpr int kPoint = 1200;
constexpr std::size_t kRows = UnitBlock::kRows;

using Whole = std::array<std::int32_t, kRows>;

// What the block comes to before the divisions.
struct Sums {
  alignas(64) Whole points;      // of the items that need no division, in 1/1200
  alignas(64) Whole online;      // numerator over `matters`, in 1/90 × 10 points
  alignas(64) Whole in_time;     // numerator over `cases`
  alignas(64) Whole applicable;  // tens of points that apply
  alignas(64) Whole beside;      // bonus less penalty, in hundredths
};

// 即办程度, 网办深度, 减时限成效.
void add_matters(const UnitBlock& b, Sums& s) {
  for (std::size_t i = 0; i < kRows; ++i) {
    const int all = b.matters[i], at_once = b.at_once[i] * 100, online = b.online[i];
    const int legal = b.legal[i], promised = b.promised[i] * 10;
    const int tier =
        (at_once >= 5 * all ? 2 : 0) + (at_once >= 7 * all ? 2 : 0) + (at_once >= 10 * all ? 1 : 0);
    const bool most = online * 10 >= all * 9, least = online * 5 < all;
    const int cut = (promised <= legal * 9 ? 3 : 0) + (promised <= legal * 7 ? 3 : 0) +
                    (promised <= legal * 5 ? 4 : 0);
    s.points[i] = kPoint * (tier + (most ? 10 : 0) + (legal == 0 ? 0 : cut));
    s.online[i] = most || least ? 0 : online;
    s.applicable[i] = legal == 0 ? 9 : 10;
  }
}

// 指南准确, 制度建设.
void add_order(const UnitBlock& b, Sums& s) {
  for (std::size_t i = 0; i < kRows; ++i) {
    const int guide = std::max(0, 10 - b.errors[i]) * kPoint / 2;
    const int boxes =
        (b.regulated[i] != 0 ? 2 : 0) + (b.connected[i] != 0 ? 2 : 0) + (b.delay[i] == 0 ? 1 : 0);
    s.points[i] += guide + boxes * kPoint;
  }
}

// 按时办结, 群众满意.
void add_service(const UnitBlock& b, Sums& s) {
  for (std::size_t i = 0; i < kRows; ++i) {
    s.in_time[i] = b.cases[i] - b.late[i];
    const int x = b.satisfied[i];
    const bool missing = x == UnitBlock::kMissing;
    const int low = std::max(0, x - 600) * 36;
    const int high = std::min(7200 + (x - 800) * 32, 10 * kPoint);
    s.points[i] += missing ? 0 : x < 800 ? low : high;
    s.applicable[i] -= (missing ? 1 : 0) + (b.cases[i] == 0 ? 1 : 0);
  }
}

// 差评整改, 投诉处理, 组织评议.
void add_voices(const UnitBlock& b, Sums& s) {
  for (std::size_t i = 0; i < kRows; ++i) {
    const int complaints = b.complaints[i];
    const int bad = std::min(6 * kPoint, b.bad[i] * (b.kind[i] == 2 ? 120 : 240));
    const int mended = 10 * kPoint - bad - (complaints > 20 ? 4 * kPoint : 0);
    const int tens = (complaints * 205) >> 11;  // a tenth, for what is below 256
    const int handled = complaints > 50 ? 0 : complaints > 30 ? 1 : 5 - tens;
    s.points[i] += mended + handled * kPoint + b.mark[i] * (kPoint / 2);
  }
}

// 报送及时, 信息宣传, 规模任务.
void add_effort(const UnitBlock& b, Sums& s) {
  for (std::size_t i = 0; i < kRows; ++i) {
    const int fives = ((b.delay[i] + 4) * 205) >> 10;  // started fives
    const int reports = std::max(0, 5 - fives) * kPoint;
    const int news = 4 * kPoint + std::min(6 * kPoint, b.news[i] * 120);
    const int size = std::min(5 * kPoint, b.matters[i] * (b.kind[i] == 2 ? 6 : 3));
    s.points[i] += reports + news + size;
  }
}

// 突出成效, 通报.
void add_beside(const UnitBlock& b, Sums& s) {
  for (std::size_t i = 0; i < kRows; ++i) {
    const int prize = b.prize[i] == 0 ? 400 : b.prize[i] == 1 ? 250 : b.prize[i] == 2 ? 100 : 0;
    const int fresh = (b.online[i] == b.matters[i] ? 150 : 0) + (b.news[i] > 100 ? 100 : 0);
    const int bonus = std::min(500, prize + std::min(200, fresh));
    const int silent = b.connected[i] != 0 ? 0 : b.errors[i] > 20 ? 1000 : 500;
    s.beside[i] = bonus - std::min(1000, std::min(600, b.complaints[i] * 5) + silent);
  }
}

// The total: points × 10 / applicable + beside, rounded half up to hundredths.
void divide(const UnitBlock& b, const Sums& s, Result* results) {
  alignas(64) std::array<std::int32_t, kRows> total;
  for (std::size_t i = 0; i < kRows; ++i) {
    const double all = b.matters[i], cases = b.cases[i] == 0 ? 1 : b.cases[i];
    const double earned = 3.0 * s.points[i] * all * cases + 40000.0 * s.online[i] * cases +
                          36000.0 * s.in_time[i] * all;
    const double den = 18.0 * all * cases * s.applicable[i];
    const double num = 5.0 * earned + s.beside[i] * den;
    total[i] = static_cast<std::int32_t>(std::floor((2 * num + den) / (2 * den)));
  }
  for (std::size_t i = 0; i < kRows; ++i) {
    const int hundredths = b.leaked[i] != 0 ? 0 : std::max(0, total[i]);
    const int below =
        (hundredths < 9000 ? 1 : 0) + (hundredths < 8000 ? 1 : 0) + (hundredths < 6000 ? 1 : 0);
    results[i].hundredths = static_cast<std::int16_t>(hundredths);
    results[i].grade = static_cast<std::uint8_t>(below);
  }
}

}  // namespace

void score(const UnitBlock& block, Result* results) {
  Sums sums;
  add_matters(block, sums);
  add_order(block, sums);
  add_service(block, sums);
  add_voices(block, sums);
  add_effort(block, sums);
  add_beside(block, sums);
  divide(block, sums, results);
}

}  // namespace xize::bench

#include "compiler/results/row_texts.h"

#include <algorithm>
#include <utility>

#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

namespace xize::results {
namespace {

namespace tbb = oneapi::tbb;

// Large pieces are read faster, small ones leave no core without one.
constexpr std::size_t kPieceRowsMin = 1024;
constexpr std::size_t kPieceRowsMax = 1 << 19;
constexpr std::size_t kPiecesOfCore = 8;
constexpr std::size_t kPiecesEach = 2;  // one is made while another waits for its turn

}  // namespace

void take_pieces(std::size_t count, const TakeText& take, const MakeText& make) {
  const auto cores = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  const std::size_t rows =
      std::clamp(count / (cores * kPiecesOfCore), kPieceRowsMin, kPieceRowsMax);
  const auto piece = [&](std::size_t first) {
    std::string text;
    make(first, std::min(first + rows, count), text);
    return text;
  };
  if (count <= rows) return take(piece(0));
  std::size_t next = 0;
  const auto begin = [&](tbb::flow_control& control) {
    if (next >= count) control.stop();
    return std::exchange(next, next + rows);
  };
  tbb::parallel_pipeline(
      cores * kPiecesEach,
      tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, begin) &
          tbb::make_filter<std::size_t, std::string>(tbb::filter_mode::parallel, piece) &
          tbb::make_filter<std::string, void>(tbb::filter_mode::serial_in_order,
                                              [&](const std::string& text) { take(text); }));
}

}  // namespace xize::results

#include "compiler/versions/similarity.h"

#include <algorithm>
#include <limits>
#include <string>

#include "compiler/source/unicode.h"

namespace xize::versions {
namespace {

bool counts(char32_t c) {
  constexpr std::u32string_view kMarks = U"“”‘’《》（）〈〉【】「」、，。；：？！…—·";
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return kMarks.find(c) == std::u32string_view::npos;
}

std::u32string plain(std::string_view text) {
  std::u32string points = source::to_code_points(text);
  std::erase_if(points, [](char32_t c) { return !counts(c); });
  return points;
}

std::size_t common_subsequence(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const char32_t c : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = c == b[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

std::size_t common(const Grams& a, const Grams& b) {
  std::size_t count = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++count, ++i, ++j;
    } else {
      a[i] < b[j] ? ++i : ++j;
    }
  }
  return count;
}

double part(std::size_t of, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(of) / static_cast<double>(whole);
}

// One run of the Hungarian method with potentials; rows are at most as many as columns.
class Hungarian {
 public:
  explicit Hungarian(const Gains& gains)
      : gains_(gains), rows_(gains.size()), columns_(gains.front().size() + gains.size()) {
    // As many empty columns of gain 0 as rows: nobody must be paired.
    row_of_.assign(columns_ + 1, 0);
    row_potential_.assign(rows_ + 1, 0.0);
    column_potential_.assign(columns_ + 1, 0.0);
  }

  std::vector<int> run() {
    for (std::size_t row = 1; row <= rows_; ++row) place(row);
    std::vector<int> column_of(rows_, -1);
    const std::size_t real = gains_.front().size();
    for (std::size_t column = 1; column <= real; ++column) {
      const std::size_t row = row_of_[column];
      if (row != 0 && gain(row, column) > 0) column_of[row - 1] = static_cast<int>(column) - 1;
    }
    return column_of;
  }

 private:
  [[nodiscard]] double gain(std::size_t row, std::size_t column) const {
    return column > gains_.front().size() ? 0.0 : std::max(0.0, gains_[row - 1][column - 1]);
  }

  // Finds the cheapest alternating path from a new row to a free column and turns it over.
  void place(std::size_t row) {
    std::vector<double> least(columns_ + 1, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> from(columns_ + 1, 0);
    std::vector<bool> done(columns_ + 1, false);
    row_of_[0] = row;
    std::size_t at = 0;
    do {
      done[at] = true;
      at = step(at, least, from, done);
    } while (row_of_[at] != 0);
    while (at != 0) {
      row_of_[at] = row_of_[from[at]];
      at = from[at];
    }
  }

  std::size_t step(std::size_t at, std::vector<double>& least, std::vector<std::size_t>& from,
                   const std::vector<bool>& done) {
    const std::size_t row = row_of_[at];
    double delta = std::numeric_limits<double>::infinity();
    std::size_t next = 0;
    for (std::size_t column = 1; column <= columns_; ++column) {
      if (done[column]) continue;
      const double cost = -gain(row, column) - row_potential_[row] - column_potential_[column];
      if (cost < least[column]) least[column] = cost, from[column] = at;
      if (least[column] < delta) delta = least[column], next = column;
    }
    for (std::size_t column = 0; column <= columns_; ++column) {
      if (done[column]) {
        row_potential_[row_of_[column]] += delta;
        column_potential_[column] -= delta;
      } else {
        least[column] -= delta;
      }
    }
    return next;
  }

  const Gains& gains_;
  std::size_t rows_, columns_;
  std::vector<std::size_t> row_of_;  // by column; 0 is none
  std::vector<double> row_potential_, column_potential_;
};

}  // namespace

double name_likeness(std::string_view a, std::string_view b) {
  if (a == b) return 1.0;
  const std::u32string left = plain(a), right = plain(b);
  return part(2 * common_subsequence(left, right), left.size() + right.size());
}

Grams grams_of(std::string_view text) {
  const std::u32string points = plain(text);
  Grams grams;
  for (std::size_t i = 1; i < points.size(); ++i) {
    grams.push_back((std::uint64_t{points[i - 1]} << 32) | points[i]);
  }
  std::ranges::sort(grams);
  return grams;
}

double likeness(const Grams& a, const Grams& b) {
  return part(2 * common(a, b), a.size() + b.size());
}

double share_found(const Grams& a, const Grams& b) { return part(common(a, b), a.size()); }

std::vector<int> assign(const Gains& gains) {
  if (gains.empty() || gains.front().empty()) return std::vector<int>(gains.size(), -1);
  return Hungarian(gains).run();
}

}  // namespace xize::versions

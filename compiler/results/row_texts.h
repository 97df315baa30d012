// row_texts: the text of very many rows, made on all cores and handed on in order.
// In: rows, and who makes the text of some of them. Out: pieces of text, one after another.
// Must hold: no more than a few pieces are in memory at a time, however many rows there are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "compiler/results/sheet.h"

namespace xize::results {

// Appends the text of the rows from `first` up to `last`; several threads call it.
using MakeText = std::function<void(std::size_t first, std::size_t last, std::string& out)>;

void take_pieces(std::size_t count, const TakeText& take, const MakeText& make);

// The same with the rows themselves: `make` is given a span of them, and where to append.
template <class Rows, class Make>
void take_rows(const Rows& rows, const TakeText& take, Make make) {
  take_pieces(std::size(rows), take, [&](std::size_t first, std::size_t last, std::string& out) {
    make(std::span(rows).subspan(first, last - first), out);
  });
}

}  // namespace xize::results

// Lines of a policy with marks under them.
// In: a file and labelled spans. Out: the numbered lines, each followed by its underlines.
// Must hold: an underline begins in the cell where its first character is drawn, also after tabs
// and wide characters; a very long line is cut to a window around its first mark.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/paint.h"
#include "compiler/source/file.h"
#include "compiler/source/span.h"

namespace xize::diagnostics {

// A span to underline: `^` for the primary one, `-` for the others, then its text.
struct Label {
  source::Span span;
  std::string text;
  bool primary = false;
};

// What the lines have in common: the width of the number column and the colours.
struct Frame {
  int gutter_width = 1;
  Severity severity = Severity::Error;
  Paint paint{false};
};

// Draws all labels of one file, top to bottom; every line ends with a newline.
std::string draw_snippet(const source::File& file, const std::vector<Label>& labels,
                         const Frame& frame);

// The digits that the largest line number of the labels takes.
int gutter_width(const source::File& file, const std::vector<Label>& labels);

}  // namespace xize::diagnostics

// format_reading: texts of tests, read and printed.
#pragma once

#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"

namespace xize::format {

using ast::Surface;

// A text with its tree.
struct Read {
  explicit Read(std::string text) : file("test.xize", std::move(text)) {
    diagnostics::Sink sink(file);
    module = syntax::parse(file, sink);
    if (!sink.empty()) errors = diagnostics::render_text(sink, {});
  }

  source::File file;
  ast::Module module;
  std::string errors;
};

inline std::string format(const std::string& text, Surface surface) {
  const Read read(text);
  INFO(text);
  CHECK(read.errors == "");
  return to_text(read.module, read.file, {surface});
}
inline std::string chinese(const std::string& text) { return format(text, Surface::Chinese); }
inline std::string english(const std::string& text) { return format(text, Surface::English); }

}  // namespace xize::format

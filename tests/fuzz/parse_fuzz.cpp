// Feeds bytes to the loader and the policy parser. Must hold: neither crashes, every finding stands
// inside the text, and a text parses the same way twice.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>

#include "compiler/diagnostics/sink.h"
#include "compiler/source/file.h"
#include "compiler/syntax/parse.h"

namespace {

using namespace xize;  // NOLINT: a program of one file

bool is_inside(const diagnostics::Location& where, const source::File& file) {
  const auto* place = std::get_if<diagnostics::InSource>(&where);
  return place == nullptr || place->span.end <= file.text().size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  const auto loaded = source::load_bytes(
      "fuzz.xize", std::string(reinterpret_cast<const char*>(data), size));
  const auto* file = std::get_if<source::File>(&loaded);
  if (file == nullptr) return 0;
  diagnostics::Sink first(*file);
  diagnostics::Sink second(*file);
  syntax::parse(*file, first);
  syntax::parse(*file, second);
  if (first.findings().size() != second.findings().size()) std::abort();
  for (const auto& finding : first.findings()) {
    if (!is_inside(finding.where, *file)) std::abort();
  }
  return 0;
}

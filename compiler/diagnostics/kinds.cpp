#include "compiler/diagnostics/kinds.h"

#include <algorithm>
#include <array>

#include "compiler/diagnostics/row_style.h"

namespace xize::diagnostics {
namespace {

constexpr Row kRows[] = {
#define XIZE_DIAGNOSTIC(NAME, CODE, SEVERITY, EN, ZH, HELP_EN, HELP_ZH, PARAMETERS) \
  Row{#NAME, CODE, Severity::SEVERITY, {EN, ZH}, {HELP_EN, HELP_ZH}},
#include "compiler/diagnostics/kinds.def"
};

constexpr NoteRow kNoteRows[] = {
#define XIZE_NOTE(NAME, EN, ZH, PARAMETERS) NoteRow{#NAME, {EN, ZH}},
#include "compiler/diagnostics/kinds.def"
};

constexpr Kind kKinds[] = {
#define XIZE_DIAGNOSTIC(NAME, CODE, SEVERITY, EN, ZH, HELP_EN, HELP_ZH, PARAMETERS) kind_of(CODE),
#include "compiler/diagnostics/kinds.def"
};

constexpr Note kNotes[] = {
#define XIZE_NOTE(NAME, EN, ZH, PARAMETERS) note_of(#NAME),
#include "compiler/diagnostics/kinds.def"
};

// Code number → index into kRows.
constexpr auto kPlaces = [] {
  std::array<std::uint16_t, 10'000> places{};
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    places[static_cast<std::size_t>(kKinds[i])] = static_cast<std::uint16_t>(i);
  }
  return places;
}();

template <class T>
constexpr bool all_differ(std::span<const T> all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i] == all[j]) return false;
    }
  }
  return true;
}
static_assert(all_differ<Kind>(kKinds), "two rows of kinds.def have the same code");
static_assert(all_differ<Note>(kNotes), "two notes of kinds.def have the same name");

#define XIZE_DIAGNOSTIC(NAME, CODE, SEVERITY, EN, ZH, HELP_EN, HELP_ZH, PARAMETERS)              \
  static_assert(code_style(CODE), #NAME ": a code is XZ and four digits");                       \
  static_assert(english_style(EN) && english_style(HELP_EN),                                     \
                #NAME ": English starts lower-case, has no final period, ASCII outside `code`"); \
  static_assert(chinese_style(ZH) && chinese_style(HELP_ZH),                                     \
                #NAME ": Chinese has full-width punctuation, no final period, pairs `");         \
  static_assert(placeholders_fit(EN, HELP_EN, SignatureTypes<void PARAMETERS>::kTypes),          \
                #NAME ": English placeholders: each parameter, Code in `…`, braces doubled");    \
  static_assert(placeholders_fit(ZH, HELP_ZH, SignatureTypes<void PARAMETERS>::kTypes),          \
                #NAME ": Chinese placeholders: each parameter, Code in `…`, braces doubled");
#define XIZE_NOTE(NAME, EN, ZH, PARAMETERS)                                                      \
  static_assert(english_style(EN), #NAME ": English is ASCII, starts lower-case, no period");    \
  static_assert(chinese_style(ZH), #NAME ": Chinese has full-width punctuation, no period");     \
  static_assert(placeholders_fit(EN, "", SignatureTypes<void PARAMETERS>::kTypes),               \
                #NAME ": English placeholders: each parameter, Code in `…`, braces doubled");    \
  static_assert(placeholders_fit(ZH, "", SignatureTypes<void PARAMETERS>::kTypes),               \
                #NAME ": Chinese placeholders: each parameter, Code in `…`, braces doubled");
#include "compiler/diagnostics/kinds.def"

}  // namespace

const Row& row(Kind kind) { return kRows[kPlaces[static_cast<std::size_t>(kind)]]; }

const NoteRow& row(Note note) {
  return kNoteRows[std::ranges::find(kNotes, note) - std::begin(kNotes)];
}

std::span<const Row> rows() { return kRows; }

const Row* find_code(std::string_view code) {
  const auto found = std::ranges::find(kRows, code, &Row::code);
  return found == std::end(kRows) ? nullptr : found;
}

}  // namespace xize::diagnostics

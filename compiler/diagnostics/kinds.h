// The registry of diagnostics: one enumerator for each row of kinds.def, and the row itself.
// In: kinds.def. Out: Kind, Note, and the tables that tell their code, severity and wording.
// Must hold: every row is checked while kinds.cpp compiles (placeholders, style, unique codes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/diagnostics/argument.h"

namespace xize::diagnostics {

// How grave it is: an error stops scoring, a warning does not, advice never changes an exit status.
enum class Severity : std::uint8_t { Error, Warning, Advice };

// One kind of diagnostic.
enum class Kind : std::uint16_t {
#define XIZE_DIAGNOSTIC(NAME, CODE, SEVERITY, EN, ZH, HELP_EN, HELP_ZH, PARAMETERS) NAME,
#include "compiler/diagnostics/kinds.def"
};

// One kind of secondary message: a place or a remark that belongs to a diagnostic.
enum class Note : std::uint16_t {
#define XIZE_NOTE(NAME, EN, ZH, PARAMETERS) NAME,
#include "compiler/diagnostics/kinds.def"
};

// The same words in both languages.
struct Wording {
  std::string_view english;
  std::string_view chinese;

  [[nodiscard]] constexpr std::string_view in(Language language) const {
    return language == Language::Chinese ? chinese : english;
  }
};

// One row of kinds.def; wordings are fmt templates over the row's parameters.
struct Row {
  std::string_view name;
  std::string_view code;
  Severity severity = Severity::Error;
  Wording message;
  Wording help;
};

// One secondary row.
struct NoteRow {
  std::string_view name;
  Wording message;
};

const Row& row(Kind kind);
const NoteRow& row(Note note);
// All rows, in the order of kinds.def.
std::span<const Row> rows();
// The kind with this code (`XZ2007`), or null.
const Row* find_code(std::string_view code);

// `KindSignature<K>::Type` is `void(Code, Number)` for a row that declares `(Code, Number)`.
template <Kind K>
struct KindSignature;
template <Note N>
struct NoteSignature;

#define XIZE_DIAGNOSTIC(NAME, CODE, SEVERITY, EN, ZH, HELP_EN, HELP_ZH, PARAMETERS) \
  template <>                                                                       \
  struct KindSignature<Kind::NAME> {                                                \
    using Type = void PARAMETERS;                                                   \
  };
#define XIZE_NOTE(NAME, EN, ZH, PARAMETERS) \
  template <>                               \
  struct NoteSignature<Note::NAME> {        \
    using Type = void PARAMETERS;           \
  };
#include "compiler/diagnostics/kinds.def"

}  // namespace xize::diagnostics

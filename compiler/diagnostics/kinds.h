// The registry of diagnostics: what a kind is, and the row behind it. The kinds themselves stand in
// kinds/<family>.h, so that a new row concerns only those who report its family.
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

// One kind of diagnostic: the number of its code, 2007 of `XZ2007`.
enum class Kind : std::uint16_t {};
// One kind of secondary message, a place or a remark that belongs to a diagnostic: of its name.
enum class Note : std::uint32_t {};

// A kind with the parameters that its row declares, as a function type: `void(Code, Number)`.
template <class S>
struct KindOf {
  using Signature = S;
  Kind id{};
  constexpr operator Kind() const { return id; }
};
// The same for a secondary message.
template <class S>
struct NoteOf {
  using Signature = S;
  Note id{};
  constexpr operator Note() const { return id; }
};

consteval Kind kind_of(std::string_view code) {
  unsigned number = 0;
  for (const char digit : code.substr(2)) number = number * 10 + static_cast<unsigned>(digit - '0');
  return Kind(number);
}

// FNV-1a; kinds.cpp proves that no two names share a value.
consteval Note note_of(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char letter : name) hash = (hash ^ static_cast<std::uint8_t>(letter)) * 16777619u;
  return Note(hash);
}

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

}  // namespace xize::diagnostics

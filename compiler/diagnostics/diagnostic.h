// One diagnostic: what was found, where, what belongs to it, and how to mend it.
// In: a kind and domain values. Out: a value that any renderer prints in either language.
// Must hold: the files it points into outlive it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/diagnostics/argument.h"
#include "compiler/diagnostics/kinds.h"
#include "compiler/source/file.h"
#include "compiler/source/span.h"

namespace xize::diagnostics {

// A finding that has no place, e.g. a flag of the command line.
struct Nowhere {
  friend constexpr bool operator==(Nowhere, Nowhere) = default;
};

// A place in a policy file.
struct InSource {
  const source::File* file = nullptr;
  source::Span span;
  friend constexpr bool operator==(const InSource&, const InSource&) = default;
};

// A place in a data file, or (line 0) the file as a whole. Line and column are one-based; the
// column counts cells, and `header` and `unit` say in words which cell it is.
struct InData {
  std::string path;
  std::uint64_t line = 0;
  std::uint32_t column = 0;
  std::string header;
  std::string unit;
  friend bool operator==(const InData&, const InData&) = default;
};

using Location = std::variant<Nowhere, InSource, InData>;

// A secondary message with a place of its own, or `Nowhere` for a remark.
struct Related {
  Note note{};
  Location where;
  std::vector<Argument> arguments;
};

// One replacement of a machine-applicable fix, in the file of the diagnostic.
struct Edit {
  source::Span span;
  std::string replacement;
};

// One finding. `severity` is that of its row, unless whoever reports it knows better.
struct Diagnostic {
  Kind kind{};
  Severity severity = Severity::Error;
  Location where;
  std::vector<Argument> arguments;
  std::vector<Related> related;
  std::vector<Edit> fix;                 // applied together
  std::vector<std::string> suggestions;  // names nearly alike, nearest first
};

// Turns call-site values into the arguments a signature declares.
template <class Signature>
struct Packer;
template <class... P>
struct Packer<void(P...)> {
  static std::vector<Argument> pack(P... p) {
    std::vector<Argument> packed;
    packed.reserve(sizeof...(P));
    (packed.emplace_back(std::in_place_type<P>, std::move(p)), ...);
    return packed;
  }
};

// The signature of one kind or note, of any family.
template <auto K>
using SignatureOf = typename decltype(K)::Signature;

// A diagnostic of kind K; arguments that its row does not declare do not compile.
template <auto K, class... A>
  requires std::invocable<SignatureOf<K>*, A...>
Diagnostic make(Location where, A&&... arguments) {
  return {K.id, row(K.id).severity, std::move(where),
          Packer<SignatureOf<K>>::pack(std::forward<A>(arguments)...), {}, {}, {}};
}

}  // namespace xize::diagnostics

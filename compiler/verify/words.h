// What a verification says, in both languages.
// In: answers. Out: phrases without line ends. Private to this room.
#pragma once

#include <string>

#include "compiler/verify/verify.h"

namespace xize::verify {

using diagnostics::Language;

// `总能算出`, `is always computable`; and the name of the promise for programs.
std::string promise_words(Promise promise, Language language);
const char* promise_code(Promise promise);
const char* state_code(State state);
// Why there is no answer, and the name of the reason for programs.
std::string why_words(const Answer& answer, Language language);
const char* why_code(Why why);
// What the interpreter gave for a counterexample.
std::string result_words(const Answer& answer, const Refutation& refutation, Language language);
// `“得满分”（第 12 行）`
std::string place_words(const Written& written, Language language);

}  // namespace xize::verify

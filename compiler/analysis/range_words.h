// A range of values in words, as a policy would write it.
// In: an interval and the type of what lies in it. Out: both languages, e.g. `below 50%`,
// `低于 50%`; labels of a choice by their names.
#pragma once

#include "compiler/analysis/interval.h"
#include "compiler/diagnostics/argument.h"
#include "compiler/sema/model.h"

namespace xize::analysis {

diagnostics::Term range_words(const sema::Model& model, const sema::Type& type,
                              const Interval& range);
// One value: `5%` where the type is a ratio, the label where it is a choice.
std::string value_words(const sema::Model& model, const sema::Type& type, const Rational& value);

}  // namespace xize::analysis

// datum: one value as a reader of the document knows it: with the word of its measure, a state in
// words, a label instead of its number.
// In: values of a program, with the type of what was written where there is one. Out: data, and
// their text in both languages.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/diagnostics/argument.h"
#include "compiler/sema/model.h"
#include "runtime/program/program.h"

namespace xize::results {

using diagnostics::Language;

enum class DatumKind : std::uint8_t {
  Absent,
  Number,
  Text,
  Bool,
  Missing,
  NotApplicable,
  Pending,
  Fault,
  Unscored,  // of a score: none is given
};
// A value that an item read, and the word of its measure.
struct Datum {
  DatumKind kind = DatumKind::Absent;
  value::Rational number = 0;
  bool yes = false;
  bool percent = false;  // spoken of in per cent
  std::string text = {};
  diagnostics::Term measure = {};
  value::FaultKind fault = value::FaultKind::BadCell;
};
struct Reading {
  std::string name;  // as in the document
  Datum value;
  std::string fewer_than = {};  // of a sample: what was to be drawn, and deductions are scaled
};

// How values and explanations are printed. Not exact: at most four decimals, `≈` before rounded
// ones. Exact: a fraction where the decimals do not end, for people with `about` what it comes to.
struct ExplanationStyle {
  Language language = Language::Chinese;
  bool exact = false;
  bool colour = false;
  bool about = true;
};
std::string print_number(const value::Rational& number, const ExplanationStyle& style);
std::string print_percent(const value::Rational& ratio, const ExplanationStyle& style);
// A value in words: `45 个工作日`, `95.5%`, `是`.
std::string print_datum(const Datum& datum, const ExplanationStyle& style);

// A value of the program, as a reader of the document knows it.
Datum datum_of(const program::Program& program, const value::Value& value);
// The same of a cell, with the measure that its column declares.
Datum datum_of(const program::Program& program, const value::Value& value,
               const sema::Column& column);
// The same with the measure of an expression's type; grades by their label.
Datum datum_of(const sema::Model& model, const program::Program& program, const value::Value& value,
               const sema::Type& type);

}  // namespace xize::results

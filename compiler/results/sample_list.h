// sample_list: lists of drawn rows as files for inspectors, and as a summary.
// In: a Sampling. Out: text in the language of whoever reads it; the cells are the data's own.
#pragma once

#include <string>

#include "compiler/diagnostics/argument.h"
#include "compiler/driver/sampling.h"

namespace xize::results {

// A CSV with a head of comments that says what was drawn from what, and how to draw it again;
// xize reads it back as the table of the sample. Begins with a BOM, for spreadsheets.
std::string list_csv(const driver::Sampling& sampling, const driver::SampleList& list,
                     diagnostics::Language language);
// What was drawn for each sample, and of which units fewer rows were there than of others.
std::string sampling_text(const driver::Sampling& sampling, diagnostics::Language language);
// Everything, for programs.
std::string sampling_json(const driver::Sampling& sampling);

}  // namespace xize::results

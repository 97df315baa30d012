// blank_tables: the tables of a policy as files to fill in.
// In: a sound Compilation. Out: each table that people fill in, with its columns, what they mean
// and what may stand in them. Lists of samples are left out, for `xize sample` writes them.
// Must hold: a file that is filled in is read back as it is, also after a spreadsheet saved it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/argument.h"
#include "compiler/driver/compilation.h"

namespace xize::results {

// A column: its header, what the policy says of it, what a cell may hold.
struct BlankColumn {
  std::string name;
  std::string meaning;
  diagnostics::Term allowed;
  bool optional = false;  // may be left blank
  bool judged = false;    // a mark: blank until it is given
};

// One table and the rows that are known before it is filled in.
struct BlankTable {
  std::string name, title;
  bool records = false;
  std::vector<BlankColumn> columns;
  std::vector<std::vector<std::string>> rows;  // one for each unit that a group lists
};

// What the period column of the unit table wants, if a text is none of it: `2024-13`.
std::optional<diagnostics::Term> refused_period(const driver::Compilation& compilation,
                                                const std::string& period);

// The unit table first. `period` goes into the period column of the unit table, if there is one.
std::vector<BlankTable> blank_tables(const driver::Compilation& compilation,
                                     const std::string& period);

// A CSV with the meaning of each column in comments above the header; with a BOM.
std::string blank_csv(const BlankTable& table, diagnostics::Language language);
// All tables and their columns, to look at.
std::string blank_text(const std::vector<BlankTable>& tables, diagnostics::Language language);
std::string blank_json(const std::vector<BlankTable>& tables, diagnostics::Language language);

}  // namespace xize::results

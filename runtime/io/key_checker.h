// key_checker: keys that stand twice in one file, and the frame of a problem with a row.
// In: typed rows. Out: problems.
#pragma once

#include <string>
#include <vector>

#include "runtime/io/csv_reader.h"
#include "runtime/io/key_set.h"

namespace xize::io {

// Checks the keys of one file.
class KeyChecker {
 public:
  KeyChecker(const std::string& file, const CsvContext& context);

  // True if a key of the row stood before; each that did is reported.
  bool check(const TypedRow& row);
  // A problem with the row as a whole, to be completed and logged by the caller.
  [[nodiscard]] DataProblem problem(ProblemKind kind, const TypedRow& row) const;

 private:
  const std::string& file_;
  const CsvContext& context_;
  std::vector<KeySet> seen_;  // by key of the schema
};

}  // namespace xize::io

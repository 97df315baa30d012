// Tests, properties, claims and amendments: what the policy says about itself.
// In: a checked policy. Out: TestInfo, PropertyInfo and ClaimInfo of the model.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/sema/checker.h"
#include "runtime/value/value.h"

namespace xize::sema {

void check_tests(Checker& c);
void check_properties(Checker& c);
void check_claims(Checker& c);
// What `amends` says of names and points that now stand.
void check_amends(Checker& c);

// Circles among defines, results, grades and reports.
void report_cycles(Checker& c);

}  // namespace xize::sema

// versions: which of the versions of a policy is in force on a day.
// In: a policy file, or a folder with one file for each version, each with its `effective D [until
// D]`; a day. Out: the file to run. Of several the one that began last supersedes the others.
#pragma once

#include <optional>
#include <string>

#include "compiler/diagnostics/sink.h"
#include "runtime/value/date.h"

namespace xize::driver {

// Empty if none is in force, which is reported with the dates of those that were looked at.
std::optional<std::string> version_on(const std::string& path, value::Date day,
                                      diagnostics::Sink& sink);

}  // namespace xize::driver

// What a run is told to read, before anything is read. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/sema/model.h"
#include "runtime/io/data_set.h"

namespace xize::driver {

// The request for the data at these paths; empty if one does not exist, which is reported, and
// nothing else is then worth saying.
std::optional<io::DataRequest> data_request(const std::vector<std::string>& paths,
                                            const sema::Model& model, diagnostics::Sink& sink);

}  // namespace xize::driver

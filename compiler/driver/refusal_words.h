// Why SQL does not do: the words for it. Private to this room.
#pragma once

#include "compiler/diagnostics/argument.h"
#include "compiler/sql/expressions.h"

namespace xize::driver {

diagnostics::Term words(sql::Reason reason);

}  // namespace xize::driver

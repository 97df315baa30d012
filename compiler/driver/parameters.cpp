#include "compiler/driver/parameters.h"

#include <algorithm>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/report_data.h"
#include "runtime/io/cell_reader.h"

namespace xize::driver {
namespace {

namespace kinds = diagnostics::kinds;
using diagnostics::Nowhere;

std::vector<std::string> slot_names(const program::Program& program) {
  std::vector<std::string> names;
  for (const program::ParameterSlot& slot : program.parameters) names.push_back(slot.name);
  return names;
}

}  // namespace

bool read_parameters(program::Program& program,
                     const std::vector<std::pair<std::string, std::string>>& given,
                     std::vector<std::optional<value::Value>>& values, diagnostics::Sink& sink) {
  const std::size_t errors = sink.error_count();
  const std::vector<std::string> names = slot_names(program);
  values.assign(program.parameters.size(), std::nullopt);
  for (const auto& [name, text] : given) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) {
      sink.report_at<kinds::ParameterUnknown>(Nowhere{}, name)
          .suggest(diagnostics::did_you_mean(name, names));
      continue;
    }
    const auto slot = static_cast<std::size_t>(at - names.begin());
    const table::ColumnSchema& schema = program.parameters[slot].schema;
    auto result = io::CellReader(schema, program.strings).read(text);
    if (auto* value = std::get_if<value::Value>(&result)) values[slot] = std::move(*value);
    else sink.report_at<kinds::ParameterBadValue>(Nowhere{}, name, text, expected_term(schema));
  }
  if (sink.error_count() > errors) return false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] || program.parameters[i].default_value) continue;
    sink.report_at<kinds::ParameterMissing>(Nowhere{}, names[i]);
  }
  return sink.error_count() == errors;
}

}  // namespace xize::driver

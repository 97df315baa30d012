#include "compiler/driver/allowances.h"

#include <algorithm>
#include <string>
#include <vector>

namespace xize::driver {
namespace {

// A code that is accepted, and where.
struct Allowed {
  std::string code;
  source::Span scope;
};

std::vector<Allowed> allowed_by(const sema::Model& model, const source::File& file) {
  std::vector<Allowed> all;
  for (const ast::EntryId entry : model.allows) {
    const source::Span at = model.entry(entry).span;
    const auto end = static_cast<std::uint32_t>(file.text().size());
    Allowed allowed{model.entry_as<ast::Allow>(entry).code, {0, end}};
    // A parent stands before its children, so the last that holds it is the innermost.
    for (std::size_t i = 0; i < model.nodes.size(); ++i) {
      const source::Span node = model.entry(model.nodes[sema::NodeId(i)].entry).span;
      if (node.begin <= at.begin && at.end <= node.end) allowed.scope = node;
    }
    all.push_back(std::move(allowed));
  }
  return all;
}

bool is_allowed(const diagnostics::Diagnostic& finding, const std::vector<Allowed>& all) {
  const auto* place = std::get_if<diagnostics::InSource>(&finding.where);
  if (finding.severity == diagnostics::Severity::Error || place == nullptr) return false;
  return std::any_of(all.begin(), all.end(), [&](const Allowed& allowed) {
    return allowed.code == diagnostics::row(finding.kind).code &&
           allowed.scope.begin <= place->span.begin && place->span.end <= allowed.scope.end;
  });
}

}  // namespace

void pass_on(const diagnostics::Sink& found, const sema::Model& model, const source::File& file,
             diagnostics::Sink& sink) {
  const std::vector<Allowed> allowed = allowed_by(model, file);
  for (const diagnostics::Diagnostic& finding : found.findings()) {
    if (!is_allowed(finding, allowed)) sink.accept(finding);
  }
}

}  // namespace xize::driver

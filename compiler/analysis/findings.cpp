#include "compiler/analysis/findings.h"

#include <algorithm>

namespace xize::analysis {

Findings::Findings(const sema::Model& model, diagnostics::Sink& sink)
    : model_(model), sink_(sink) {
  for (const auto& finding : sink.findings()) {
    const auto* place = std::get_if<diagnostics::InSource>(&finding.where);
    if (place == nullptr || place->file != sink.file()) continue;
    if (finding.severity == diagnostics::Severity::Error) errors_.push_back(place->span.begin);
  }
  std::ranges::sort(errors_);
  if (model.allows.empty()) return;
  const std::set<EntryId> allows(model.allows.begin(), model.allows.end());
  std::set<EntryId> inside;
  const auto code = [&](EntryId entry) { return model.entry_as<ast::Allow>(entry).code; };
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const auto& syntax = model.entry_as<ast::Node>(model.nodes[NodeId(i)].entry);
    for (const EntryId entry : syntax.entries) {
      if (!allows.contains(entry)) continue;
      allowed_[code(entry)].insert(static_cast<std::uint32_t>(i));
      inside.insert(entry);
    }
  }
  for (const EntryId entry : model.allows) {
    if (!inside.contains(entry)) allowed_[code(entry)].insert(NodeId::kInvalid);
  }
}

bool Findings::wanted(const diagnostics::Row& row, NodeId where) const {
  if (row.severity == diagnostics::Severity::Error) return true;
  const auto it = allowed_.find(row.code);
  if (it == allowed_.end()) return true;
  for (; where.valid(); where = model_.nodes[where].parent) {
    if (it->second.contains(where.index)) return false;
  }
  return !it->second.contains(NodeId::kInvalid);
}

bool Findings::has_error_in(source::Span span) const {
  const auto first = std::ranges::lower_bound(errors_, span.begin);
  return first != errors_.end() && *first < span.end;
}

std::string Findings::text(sema::ExprId expr) const {
  std::string words;
  if (!expr.valid() || sink_.file() == nullptr) return words;
  bool blank = false;
  for (const char letter : sink_.file()->slice(model_.expr(expr).span)) {
    const bool space = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (!space && blank && !words.empty()) words += ' ';
    if (!space) words += letter;
    blank = space;
  }
  return words;
}

void Findings::mend(diagnostics::Draft& draft, sema::ExprId number, const Rational& to) const {
  if (!number.valid() || sink_.file() == nullptr) return;
  const auto& expr = model_.expr(number);
  const auto* literal = std::get_if<ast::NumberLit>(&expr.node);
  if (literal == nullptr || literal->percent || literal->spelling.empty()) return;
  const auto written = sink_.file()->slice(expr.span);
  if (!written.starts_with(literal->spelling)) return;
  const auto end = expr.span.begin + static_cast<std::uint32_t>(literal->spelling.size());
  draft.fix({expr.span.begin, end}, to.to_string());
}

}  // namespace xize::analysis

#include "compiler/diagnostics/sink.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/text.h"
#include "compiler/diagnostics/render_words.h"

namespace xize::diagnostics {
namespace {

// The file a location counts against; empty for Nowhere.
std::string path_of(const Location& where) {
  if (const auto* in = std::get_if<InSource>(&where)) {
    return in->file == nullptr ? std::string() : in->file->path();
  }
  if (const auto* in = std::get_if<InData>(&where)) return in->path;
  return {};
}

// The order of two places of one file.
std::pair<std::uint64_t, std::uint64_t> position_of(const Location& where) {
  if (const auto* in = std::get_if<InSource>(&where)) return {in->span.begin, in->span.end};
  if (const auto* in = std::get_if<InData>(&where)) return {in->line, in->column};
  return {0, 0};
}

// One clause can fail for each unit, one row for each check: there the words decide too.
bool place_is_enough(const Diagnostic& d) {
  const bool scoring = row(d.kind).code.starts_with("XZ5");
  return std::holds_alternative<InSource>(d.where) && !scoring;
}

// Equal for two reports of the same kind at the same place.
std::string identity_of(const Diagnostic& d) {
  const auto [first, second] = position_of(d.where);
  std::string key = fmt::format("{}@{}:{}:{}", static_cast<int>(d.kind), path_of(d.where), first,
                                second);
  if (!place_is_enough(d)) key += message_text(d, Language::English);
  return key;
}

// A place in a file's whole text is one of the file or of a file that it imports.
Location in_its_file(Location where) {
  auto* in = std::get_if<InSource>(&where);
  if (in == nullptr || in->file == nullptr) return where;
  const auto located = in->file->locate(in->span);
  return InSource{located.file, located.span};
}

}  // namespace

Draft& Draft::add(Related related) {
  related.where = in_its_file(std::move(related.where));
  diagnostic_->related.push_back(std::move(related));
  return *this;
}

Draft& Draft::fix(source::Span span, std::string_view replacement) {
  if (file_ != nullptr) span = file_->locate(span).span;
  diagnostic_->fix.push_back({span, std::string(replacement)});
  return *this;
}

Draft& Draft::suggest(const std::vector<std::string>& names) {
  auto& all = diagnostic_->suggestions;
  all.insert(all.end(), names.begin(), names.end());
  return *this;
}

Draft& Draft::suggest(std::string_view name) {
  diagnostic_->suggestions.emplace_back(name);
  return *this;
}

Sink::FileTally& Sink::tally_of(const Location& where) {
  return tallies_.try_emplace(path_of(where), FileTally{.order = tallies_.size()}).first->second;
}

bool Sink::seen_before(const Diagnostic& diagnostic) {
  return !seen_.insert(identity_of(diagnostic)).second;
}

bool Sink::admit(const Diagnostic& diagnostic) {
  const Severity severity = diagnostic.severity;
  if (severity == Severity::Advice) return true;
  const bool error = severity == Severity::Error;
  ++(error ? errors_ : warnings_);
  auto& tally = tally_of(diagnostic.where);
  auto& count = error ? tally.errors : tally.warnings;
  if (++count <= kErrorsMax) return true;
  auto*& summary = error ? tally.too_many_errors : tally.too_many_warnings;
  const Count beyond(count - kErrorsMax);
  if (summary == nullptr) {
    findings_.push_back(error ? make<kinds::TooManyErrors>(diagnostic.where, beyond)
                              : make<kinds::TooManyWarnings>(diagnostic.where, beyond));
    summary = &findings_.back();
  } else {
    summary->arguments.front() = beyond;
  }
  return false;
}

Draft Sink::accept(Diagnostic diagnostic) {
  diagnostic.where = in_its_file(std::move(diagnostic.where));
  tally_of(diagnostic.where);
  if (!seen_before(diagnostic) && admit(diagnostic)) {
    findings_.push_back(std::move(diagnostic));
    return {findings_.back(), file_};
  }
  discarded_ = std::move(diagnostic);
  return {discarded_, file_};
}

std::vector<const Diagnostic*> Sink::by_place() const {
  std::vector<const Diagnostic*> sorted;
  sorted.reserve(findings_.size());
  for (const auto& d : findings_) sorted.push_back(&d);
  const auto key = [this](const Diagnostic* d) {
    const bool summary = d->kind == kinds::TooManyErrors || d->kind == kinds::TooManyWarnings;
    const auto tally = tallies_.find(path_of(d->where));
    return std::tuple(tally->second.order, summary, position_of(d->where));
  };
  std::ranges::stable_sort(sorted, {}, key);
  return sorted;
}

}  // namespace xize::diagnostics

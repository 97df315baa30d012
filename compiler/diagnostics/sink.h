// Where every stage reports what it finds.
// In: kinds with their values and places. Out: the findings, in order of place, counted.
// Must hold: a kind is reported once for a place; at most kErrorsMax errors (and as many warnings)
// for a file, after that one diagnostic that counts the rest.
//
//   sink.enter(file);
//   sink.report<kinds::UnknownName>(span, name)
//       .note<kinds::DeclaredHere>(other_span, other_name)
//       .suggest(did_you_mean(name, known))
//       .fix(span, "即办程度");
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/notes.h"

namespace xize::diagnostics {

inline constexpr std::size_t kErrorsMax = 200;

// What `report` returns: adds to the diagnostic just reported. Use it at once.
class Draft {
 public:
  Draft(Diagnostic& diagnostic, const source::File* file)
      : diagnostic_(&diagnostic), file_(file) {}

  // A secondary place in the current file.
  template <auto N, class... A>
    requires std::invocable<SignatureOf<N>*, A...>
  Draft& note(source::Span span, A&&... arguments) {
    return note_at<N>(InSource{file_, span}, std::forward<A>(arguments)...);
  }

  // A secondary place anywhere.
  template <auto N, class... A>
    requires std::invocable<SignatureOf<N>*, A...>
  Draft& note_at(Location where, A&&... arguments) {
    return add({N.id, std::move(where),
                Packer<SignatureOf<N>>::pack(std::forward<A>(arguments)...)});
  }

  // A secondary message without a place.
  template <auto N, class... A>
    requires std::invocable<SignatureOf<N>*, A...>
  Draft& remark(A&&... arguments) {
    return note_at<N>(Nowhere{}, std::forward<A>(arguments)...);
  }

  // Adds a replacement to the machine-applicable fix; all replacements are applied together.
  Draft& fix(source::Span span, std::string_view replacement);
  // "did you mean": names nearly alike, nearest first (did_you_mean.h finds them).
  Draft& suggest(const std::vector<std::string>& names);
  Draft& suggest(std::string_view name);

 private:
  Draft& add(Related related);

  Diagnostic* diagnostic_;
  const source::File* file_;
};

// Collects diagnostics. One sink serves a whole run.
class Sink {
 public:
  Sink() = default;
  explicit Sink(const source::File& file) : file_(&file) {}

  // From now on spans belong to `file`, which must outlive the sink.
  void enter(const source::File& file) { file_ = &file; }
  [[nodiscard]] const source::File* file() const { return file_; }

  // Reports at a span of the current file.
  template <auto K, class... A>
    requires std::invocable<SignatureOf<K>*, A...>
  Draft report(source::Span span, A&&... arguments) {
    return report_at<K>(InSource{file_, span}, std::forward<A>(arguments)...);
  }

  // Reports anywhere: another file, a data cell, or nowhere.
  template <auto K, class... A>
    requires std::invocable<SignatureOf<K>*, A...>
  Draft report_at(Location where, A&&... arguments) {
    return accept(make<K>(std::move(where), std::forward<A>(arguments)...));
  }

  // To add to what was reported before, by its place in `findings`.
  Draft amend(std::size_t finding) { return {findings_[finding], file_}; }

  // Takes a diagnostic that was made elsewhere.
  Draft accept(Diagnostic diagnostic);

  // What was reported beyond the limit is counted too.
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] std::size_t warning_count() const { return warnings_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] bool empty() const { return findings_.empty(); }

  // In the order of the report.
  [[nodiscard]] const std::deque<Diagnostic>& findings() const { return findings_; }
  // Grouped by file (files in the order they were first reported), then by place; stable.
  [[nodiscard]] std::vector<const Diagnostic*> by_place() const;

 private:
  struct FileTally {
    std::size_t order = 0;
    std::size_t errors = 0;
    std::size_t warnings = 0;
    Diagnostic* too_many_errors = nullptr;
    Diagnostic* too_many_warnings = nullptr;
  };

  FileTally& tally_of(const Location& where);
  bool seen_before(const Diagnostic& diagnostic);
  // Counts one more; false if it is beyond the limit.
  bool admit(const Diagnostic& diagnostic);

  const source::File* file_ = nullptr;
  std::deque<Diagnostic> findings_;
  Diagnostic discarded_;
  std::unordered_set<std::string> seen_;
  std::map<std::string, FileTally> tallies_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

}  // namespace xize::diagnostics

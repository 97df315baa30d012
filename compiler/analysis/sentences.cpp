// The sentences of the document: copies that say the opposite, lists that are not as long as the
// text says, names that the text writes otherwise than the rubric.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/wording.h"
#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/document.h"
#include "compiler/source/unicode.h"

namespace xize::analysis {

namespace {

// The letters of a name, without quotes and commas.
std::u32string letters_of(std::string_view name) {
  std::u32string letters = source::to_code_points(name);
  std::erase_if(letters, [](char32_t c) {
    return std::u32string_view(U"“”‘’《》、，,（）() ").find(c) != std::u32string_view::npos;
  });
  return letters;
}

// Nearly alike, and not only one within the other.
bool nearly_alike(const std::string& text, const std::string& name) {
  const std::u32string a = letters_of(text), b = letters_of(name);
  const auto within = [](const std::u32string& part, const std::u32string& whole) {
    return whole.find(part) != std::u32string::npos;
  };
  return !within(a, b) && !within(b, a) &&
         !diagnostics::did_you_mean(text, std::vector{name}).empty();
}

// A sentence at its place.
struct Sentence {
  EntryId entry;
  NodeId node;  // invalid: of the policy
  std::string text;
  Polarity polarity;
};

// Reads all quotes and criteria.
class SentenceCheck {
 public:
  explicit SentenceCheck(Context& c) : c_(c) {
    for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
      const auto& node = c.model.nodes[NodeId(i)];
      names_.insert(node.name);
      names_.insert(node.title);
      spoken_.push_back(node.name);
      for (const EntryId entry : node.quotes) nodes_[entry] = NodeId(i);
      for (const EntryId entry : node.criteria) nodes_[entry] = NodeId(i);
    }
  }

  void run() {
    const auto& entries = c_.model.module->entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& node = entries[EntryId(i)].node;
      if (const auto* quote = std::get_if<ast::Quote>(&node)) read(EntryId(i), quote->text);
      const auto* criterion = std::get_if<ast::Criterion>(&node);
      if (criterion != nullptr) read(EntryId(i), criterion->text);
    }
    check_titles();
  }

 private:
  void read(EntryId entry, const std::string& text) {
    const auto at = nodes_.find(entry);
    const NodeId node = at == nodes_.end() ? NodeId() : at->second;
    for (const CountedList& list : counted_lists(text)) check_list(entry, node, list);
    for (std::string& sentence : sentences_of(text)) {
      Polarity polarity = polarity_of(sentence);
      compare({entry, node, std::move(sentence), std::move(polarity)});
    }
  }

  // ---- opposites ----

  void compare(Sentence sentence) {
    if (sentence.polarity.rest.size() < kSentenceMin) return;
    const auto [it, added] = seen_.emplace(sentence.polarity.rest, sentence);
    const Sentence& first = it->second;
    const bool same = first.polarity.turns == sentence.polarity.turns;
    if (added || same || first.node == sentence.node) return;
    if (!c_.findings.wants<kinds::SaysTheOpposite>(sentence.node)) return;
    c_.findings.report<kinds::SaysTheOpposite>(c_.model.entry(sentence.entry).span, sentence.text,
                                              first.text)
        .note<kinds::FirstHere>(c_.model.entry(first.entry).span);
  }

  // ---- lists ----

  void check_list(EntryId entry, NodeId node, const CountedList& list) {
    const auto span = c_.model.entry(entry).span;
    const int listed = static_cast<int>(list.names.size());
    const bool fits = list.more ? listed <= list.stated
                                : listed == list.stated ||
                                      (list.joined && listed + 1 == list.stated);
    const bool reported = fits || is_claimed(node, list.stated);
    if (!reported && c_.findings.wants<kinds::ListUnlikeNumber>(node)) {
      c_.findings.report<kinds::ListUnlikeNumber>(span, list.stated, listed,
                                                 diagnostics::List{list.names});
    }
    const bool known = std::ranges::any_of(
        list.names, [&](const std::string& name) { return names_.contains(name); });
    if (!known) return;
    for (const std::string& name : list.names) check_name(name, node, span);
  }

  // What `claims` repeats is held against the rubric there.
  [[nodiscard]] bool is_claimed(NodeId node, int stated) const {
    return std::ranges::any_of(c_.model.claims, [&](const sema::ClaimInfo& info) {
      return info.where == node &&
             sema::constant_value(c_.model, info.claim->value) == Rational(stated);
    });
  }

  // Of a list that names indicators.
  void check_name(const std::string& name, NodeId node, source::Span span) {
    if (names_.contains(name)) return;
    const auto alike = std::ranges::find_if(
        spoken_, [&](const std::string& spoken) { return nearly_alike(name, spoken); });
    if (alike == spoken_.end() || !c_.findings.wants<kinds::NamedOtherwise>(node)) return;
    if (!reported_.insert(name).second) return;
    c_.findings.report<kinds::NamedOtherwise>(span, name, *alike);
  }

  void check_titles() {
    for (std::size_t i = 0; i < c_.model.nodes.size(); ++i) {
      const auto& node = c_.model.nodes[NodeId(i)];
      if (node.title.empty() || !nearly_alike(node.title, node.name)) continue;
      if (!c_.findings.wants<kinds::NamedOtherwise>(NodeId(i))) continue;
      c_.findings.report<kinds::NamedOtherwise>(span_of(c_.model, node), node.title, node.name);
    }
  }

  Context& c_;
  std::set<std::string, std::less<>> names_;
  std::vector<std::string> spoken_;
  std::map<EntryId, NodeId> nodes_;
  std::map<std::u32string, Sentence> seen_;
  std::set<std::string> reported_;
};

}  // namespace

void check_sentences(Context& c) { SentenceCheck(c).run(); }

}  // namespace xize::analysis

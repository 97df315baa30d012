#include "tests/tidy/functions.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <regex>

#include "tests/support/text.h"
#include "tests/tidy/source_tree.h"

namespace xize::tidy {
namespace {

// What an opening brace opens.
enum class Scope { Namespace, Unnamed, Type, Function, Initializer };

// The offset behind the bracket that closes the one at `open`.
std::size_t behind(std::string_view text, std::size_t open, char opening, char closing) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == opening) ++depth;
    if (text[at] == closing && --depth == 0) return at + 1;
  }
  return text.size();
}

// The head without `template <…>` and attributes in front.
std::string_view without_prefixes(std::string_view head) {
  for (;;) {
    head = support::trim(head);
    if (head.starts_with("template")) {
      head.remove_prefix(behind(head, 0, '<', '>'));
    } else if (head.starts_with("[[")) {
      head.remove_prefix(behind(head, 0, '[', ']'));
    } else {
      return head;
    }
  }
}

bool has_assignment(std::string_view head) {
  int depth = 0;
  for (std::size_t at = 0; at < head.size(); ++at) {
    if (head[at] == '(' || head[at] == '<') ++depth;
    if (head[at] == ')' || (head[at] == '>' && at > 0 && head[at - 1] != '-')) --depth;
    if (head[at] != '=' || depth > 0 || head.find("operator") < at) continue;
    return true;
  }
  return false;
}

// A constructor's `: member_` before the brace: the brace initialises, the body comes later.
bool is_member_initializer(std::string_view head) {
  const auto close = head.find(')');
  if (close == std::string_view::npos) return false;
  auto colon = head.find(':', close);
  while (colon != std::string_view::npos && colon + 1 < head.size() && head[colon + 1] == ':') {
    colon = head.find(':', colon + 2);
  }
  const char last = head.back();
  return colon != std::string_view::npos &&
         (std::isalnum(static_cast<unsigned char>(last)) != 0 || last == '_' || last == '>');
}

Scope scope_of(std::string_view whole_head) {
  const auto head = without_prefixes(whole_head);
  static const std::regex kNamespace(R"(^(inline\s+)?namespace\b[^()]*$|^extern\s*"\s*"$)");
  static const std::regex kType(R"(^(typedef\s+)?(struct|class|union|enum)\b[^()=]*$)");
  const std::string text(head);
  if (std::regex_search(text, kNamespace)) return Scope::Namespace;
  if (std::regex_search(text, kType)) return Scope::Type;
  if (head.find('(') == std::string_view::npos || has_assignment(head)) return Scope::Initializer;
  return is_member_initializer(head) ? Scope::Initializer : Scope::Function;
}

// Where the parameter list opens: the first parenthesis behind the function's name.
std::optional<std::size_t> parameter_list(std::string_view head) {
  auto open = head.find('(');
  if (head.find("operator()") != std::string_view::npos) open = head.find('(', open + 1);
  if (open == std::string_view::npos) return std::nullopt;
  return open;
}

std::size_t count_parameters(std::string_view head) {
  const auto open = parameter_list(head);
  if (!open) return 0;
  const auto list = head.substr(*open + 1, behind(head, *open, '(', ')') - *open - 2);
  if (support::trim(list).empty()) return 0;
  std::size_t count = 1;
  int depth = 0;
  for (const char c : list) {
    if (c == '(' || c == '<' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '>' || c == '}' || c == ']') --depth;
    if (c == ',' && depth == 0) ++count;
  }
  return count;
}

std::string function_name(std::string_view head) {
  const auto open = parameter_list(head);
  static const std::regex kName(R"(([~\w:]+|operator\s*\S+)\s*$)");
  std::smatch match;
  const std::string before(head.substr(0, open.value_or(0)));
  return std::regex_search(before, match, kName) ? match[1].str() : before;
}

std::string type_name(std::string_view head) {
  static const std::regex kName(
      R"((struct|class|union|enum)\s+((struct|class)\s+)?(\[\[[^\]]*\]\]\s*)?([\w:]*))");
  std::smatch match;
  const std::string text(head);
  return std::regex_search(text, match, kName) ? match[5].str() : "";
}

// `kName` of a declaration `… kName = …`, `… kName{…}` or `… kName[…] …`; else empty.
std::string constant_name(const std::string& declaration) {
  static const std::regex kName(R"(\b(k[A-Z]\w*)\s*(\[[^\]]*\]\s*)*(=|\{|\(|$))");
  static const std::regex kOther(R"(^(static_assert|using|typedef)\b)");
  std::smatch match;
  if (std::regex_search(declaration, kOther)) return "";
  return std::regex_search(declaration, match, kName) ? match[1].str() : "";
}

// Walks the braces of one file and keeps the head that leads to each.
class Walker {
 public:
  explicit Walker(std::string_view code) : code_(code) {}

  Definitions run() {
    while (at_ < code_.size()) step();
    return std::move(found_);
  }

 private:
  void step() {
    switch (code_[at_]) {
      case '#': skip_directive(); return;
      case '{': open(); return;
      case '}':
        if (!scopes_.empty()) scopes_.pop_back();
        head_ = ++at_;
        return;
      case ';': end_declaration(); return;
      case '(': at_ = behind(code_, at_, '(', ')'); return;
      case ':': skip_access(); return;
      default: ++at_;
    }
  }

  // A directive ends at a line end that no backslash precedes.
  void skip_directive() {
    while (at_ < code_.size() && (code_[at_] != '\n' || code_[at_ - 1] == '\\')) ++at_;
    head_ = at_;
  }
  void skip_access() {
    const auto head = support::trim(code_.substr(head_, at_ - head_));
    ++at_;
    if (head == "public" || head == "private" || head == "protected") head_ = at_;
  }

  // The braces of an initialiser are part of the head.
  void end_declaration() {
    const auto head = support::trim(code_.substr(head_, at_ - head_));
    if (const auto name = constant_name(std::string(head)); is_unnamed() && !name.empty()) {
      found_.constants.push_back(
          {name, line_at(code_, static_cast<std::size_t>(head.data() - code_.data()))});
    }
    head_ = ++at_;
  }

  [[nodiscard]] bool stands_in(Scope scope) const {
    return std::find(scopes_.begin(), scopes_.end(), scope) != scopes_.end();
  }
  [[nodiscard]] bool is_unnamed() const {
    return stands_in(Scope::Unnamed) && !stands_in(Scope::Type);
  }

  void open() {
    const auto raw = code_.substr(head_, at_ - head_);
    const auto head = support::trim(raw);
    const auto head_at = head.empty() ? at_ : static_cast<std::size_t>(head.data() - code_.data());
    const auto scope = head.empty() ? Scope::Initializer : scope_of(head);
    switch (scope) {
      case Scope::Namespace:
      case Scope::Unnamed:
        if (const auto word = head.find("namespace"); word != std::string_view::npos) {
          found_.namespaces.emplace_back(support::trim(head.substr(word + 9)));
          if (found_.namespaces.back().empty()) return enter(Scope::Unnamed);
        }
        return enter(scope);
      case Scope::Type: {
        found_.types.push_back({type_name(without_prefixes(head)), line_at(code_, head_at),
                                line_at(code_, behind(code_, at_, '{', '}') - 1),
                                stands_in(Scope::Type), is_unnamed()});
        return enter(scope);
      }
      case Scope::Function: {
        const auto end = behind(code_, at_, '{', '}');
        const auto bare = without_prefixes(head);
        found_.functions.push_back({function_name(bare), line_at(code_, head_at),
                                    line_at(code_, end - 1), count_parameters(bare),
                                    bare.ends_with("override"), is_unnamed()});
        at_ = end;
        head_ = at_;
        return;
      }
      case Scope::Initializer: at_ = behind(code_, at_, '{', '}'); return;
    }
  }
  void enter(Scope scope) {
    scopes_.push_back(scope);
    head_ = ++at_;
  }

  std::string_view code_;
  std::size_t at_ = 0;
  std::size_t head_ = 0;  // where the text that leads to the next brace begins
  std::vector<Scope> scopes_;
  Definitions found_;
};

}  // namespace

Definitions find_definitions(std::string_view code) { return Walker(code).run(); }

}  // namespace xize::tidy

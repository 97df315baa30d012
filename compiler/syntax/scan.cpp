#include "compiler/syntax/scan.h"

#include <unicode/uchar.h>

#include <unordered_map>

#include <XizeLexer.h>

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;

// One code point and where it ends.
struct Point {
  char32_t value = 0;
  std::uint32_t end = 0;
};

class Scanner {
 public:
  Scanner(std::string_view text, std::uint32_t begin) : text_(text), at_(begin) {
    tokens_.reserve((text.size() - begin) / 4);
  }

  std::vector<RawToken> run() {
    while (at_ < text_.size()) scan_one();
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] Point point_at(std::uint32_t i) const {
    if (i >= text_.size()) return {0, i};
    const auto byte = [&](std::uint32_t k) {
      return k < text_.size() ? static_cast<unsigned char>(text_[k]) : 0u;
    };
    const unsigned lead = byte(i);
    if (lead < 0x80) return {static_cast<char32_t>(lead), i + 1};
    if (lead < 0xE0) return {((lead & 0x1Fu) << 6) | (byte(i + 1) & 0x3Fu), i + 2};
    if (lead < 0xF0) {
      return {((lead & 0x0Fu) << 12) | ((byte(i + 1) & 0x3Fu) << 6) | (byte(i + 2) & 0x3Fu), i + 3};
    }
    return {((lead & 0x07u) << 18) | ((byte(i + 1) & 0x3Fu) << 12) | ((byte(i + 2) & 0x3Fu) << 6) |
                (byte(i + 3) & 0x3Fu),
            i + 4};
  }

  static bool is_digit(char32_t c) { return (c >= '0' && c <= '9') || (c >= U'０' && c <= U'９'); }
  static bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (c >= 0x4E00 && c <= 0x9FFF) return true;
    return u_isalpha(static_cast<UChar32>(c)) != 0;
  }
  static bool is_blank(char32_t c) {
    return c == ' ' || c == '\t' || c == U'\u3000' || c == U'\u00A0';
  }

  void add(std::size_t type, std::uint32_t end) {
    tokens_.push_back({static_cast<std::uint16_t>(type), {at_, end}, false});
    at_ = end;
  }

  void scan_one() {
    const Point p = point_at(at_);
    if (is_blank(p.value)) {
      at_ = p.end;
    } else if (p.value == '\r' || p.value == '\n') {
      const bool pair = p.value == '\r' && point_at(p.end).value == '\n';
      add(T::NEWLINE, pair ? p.end + 1 : p.end);
    } else if (p.value == '#' || p.value == U'＃') {
      add(T::COMMENT, line_end(p.end));
    } else if (is_digit(p.value)) {
      scan_number();
    } else if (is_letter(p.value)) {
      add(T::WORD, word_end(at_));
    } else if (p.value == '"' || p.value == U'“' || p.value == '`') {
      scan_string(p);
    } else {
      scan_mark(p);
    }
  }

  [[nodiscard]] std::uint32_t line_end(std::uint32_t i) const {
    while (i < text_.size() && text_[i] != '\n' && text_[i] != '\r') ++i;
    return i;
  }

  [[nodiscard]] std::uint32_t digits_end(std::uint32_t i, int most = 1 << 30) const {
    for (Point p = point_at(i); most > 0 && is_digit(p.value); p = point_at(i), --most) i = p.end;
    return i;
  }

  // `“…”` with nested pairs on one line; 0 when it does not close.
  std::uint32_t curly_end(std::uint32_t i) {
    if (i >= curly_known_) match_curly(i);
    const auto close = curly_ends_.find(i);
    return close == curly_ends_.end() ? 0 : close->second;
  }

  // Matches all pairs from here to the end of the line, so that no line is searched again for
  // each of its marks.
  void match_curly(std::uint32_t i) {
    std::vector<std::uint32_t> open;
    curly_ends_.clear();
    curly_known_ = line_end(i);
    for (Point p = point_at(i); i < curly_known_; i = p.end) {
      p = point_at(i);
      if (p.value == U'“') open.push_back(i);
      if (p.value != U'”' || open.empty()) continue;
      curly_ends_.emplace(open.back(), p.end);
      open.pop_back();
    }
  }

  std::uint32_t guillemet_end(std::uint32_t i) {
    if (i < guillemet_searched_) return 0;
    const std::uint32_t end = line_end(i);
    const auto close = text_.substr(i, end - i).find("》");
    if (close == std::string_view::npos) guillemet_searched_ = end;
    return close == std::string_view::npos ? 0 : i + static_cast<std::uint32_t>(close) + 3;
  }

  std::uint32_t word_end(std::uint32_t start) {
    std::uint32_t i = start;
    while (i < text_.size()) {
      const Point p = point_at(i);
      if (is_letter(p.value) || is_digit(p.value) || p.value == '%' || p.value == U'％') {
        i = p.end;
      } else if ((p.value == '.' || p.value == U'．') && is_digit(point_at(p.end).value)) {
        i = point_at(p.end).end;
      } else if (p.value == U'“' && curly_end(i) != 0) {
        i = curly_end(i);
      } else if (p.value == U'《' && guillemet_end(i) != 0) {
        i = guillemet_end(i);
      } else {
        break;
      }
    }
    return i;
  }

  // The end of a date (`2023-11-30`, `2023年11月30日`) or month that starts here; 0 for none.
  [[nodiscard]] std::uint32_t date_end(bool with_day) const {
    const std::uint32_t year = digits_end(at_, 4);
    if (digits_end(at_, 5) != year || count_points(at_, year) != 4) return 0;
    const Point mark = point_at(year);
    if (mark.value != '-' && mark.value != U'年') return 0;
    const std::uint32_t month = digits_end(mark.end, 2);
    if (month == mark.end) return 0;
    const bool chinese = mark.value == U'年';
    const Point mark2 = point_at(month);
    if (mark2.value != (chinese ? U'月' : U'-')) return with_day || chinese ? 0 : month;
    if (!with_day) return chinese ? mark2.end : month;
    const std::uint32_t day = digits_end(mark2.end, 2);
    if (day == mark2.end) return 0;
    if (!chinese) return day;
    return point_at(day).value == U'日' ? point_at(day).end : 0;
  }

  [[nodiscard]] std::uint32_t count_points(std::uint32_t from, std::uint32_t to) const {
    std::uint32_t n = 0;
    while (from < to) {
      from = point_at(from).end;
      ++n;
    }
    return n;
  }

  void scan_number() {
    if (const auto end = date_end(true)) return add(T::DATE, end);
    if (const auto end = date_end(false)) return add(T::MONTH_LIT, end);
    std::uint32_t i = at_;
    for (Point p = point_at(i); is_digit(p.value) || p.value == '_'; p = point_at(i)) i = p.end;
    const Point dot = point_at(i);
    if ((dot.value == '.' || dot.value == U'．') && is_digit(point_at(dot.end).value)) {
      i = digits_end(dot.end);
    }
    const Point suffix = point_at(i);
    const char32_t c = suffix.value;
    if (c == '%' || c == U'％' || c == U'万' || c == U'亿') i = suffix.end;
    add(T::NUMBER, i);
  }

  void scan_string(Point open) {
    if (text_.substr(at_, 3) == "\"\"\"") {
      const auto close = text_.find("\"\"\"", at_ + 3);
      if (close != std::string_view::npos) {
        return add(T::TRIPLE, static_cast<std::uint32_t>(close + 3));
      }
    }
    if (open.value == U'“') {
      const auto end = curly_end(at_);
      return end != 0 ? add(T::STRING, end) : add(T::ERROR_CHAR, open.end);
    }
    const auto close = text_.find(static_cast<char>(open.value), open.end);
    if (close == std::string_view::npos || close >= line_end(at_)) {
      return add(T::ERROR_CHAR, open.end);
    }
    const bool empty_backtick = open.value == '`' && close == open.end;
    if (empty_backtick) return add(T::ERROR_CHAR, open.end);
    add(open.value == '`' ? T::BACKTICK : T::STRING, static_cast<std::uint32_t>(close + 1));
  }

  // （含）, （不含）: one token.
  bool scan_inclusion(Point open) {
    std::uint32_t i = open.end;
    while (is_blank(point_at(i).value)) i = point_at(i).end;
    const bool negated = point_at(i).value == U'不';
    if (negated) i = point_at(i).end;
    if (point_at(i).value != U'含') return false;
    i = point_at(i).end;
    while (is_blank(point_at(i).value)) i = point_at(i).end;
    const Point close = point_at(i);
    if (close.value != ')' && close.value != U'）') return false;
    add(negated ? T::EXCL : T::INCL, close.end);
    return true;
  }

  void scan_mark(Point p) {
    const char32_t next = point_at(p.end).value;
    const auto two = [&](std::size_t type) { add(type, point_at(p.end).end); };
    switch (p.value) {
      case '(': case U'（':
        if (!scan_inclusion(p)) add(T::LPAREN, p.end);
        return;
      case '=': return next == '>' ? two(T::ARROW) : add(T::EQ, p.end);
      case '-': return next == '>' ? two(T::TURNS) : add(T::MINUS, p.end);
      case '<': return next == '=' ? two(T::LE) : add(T::LT, p.end);
      case '>': return next == '=' ? two(T::GE) : add(T::GT, p.end);
      case '!': return next == '=' ? two(T::NE) : add(T::ERROR_CHAR, p.end);
      default: return add(single_mark(p.value), p.end);
    }
  }

  static std::size_t single_mark(char32_t c) {
    switch (c) {
      case '{': case U'｛': return T::LBRACE;
      case '}': case U'｝': return T::RBRACE;
      case ')': case U'）': return T::RPAREN;
      case '[': case U'［': case U'【': return T::LBRACK;
      case ']': case U'］': case U'】': return T::RBRACK;
      case ',': case U'，': return T::COMMA;
      case U'、': return T::PAUSE;
      case ';': case U'；': case U'。': return T::SEMI;
      case ':': case U'：': return T::COLON;
      case U'⇒': return T::ARROW;
      case U'→': return T::TURNS;
      case U'≤': case U'≦': return T::LE;
      case U'≥': case U'≧': return T::GE;
      case U'≠': return T::NE;
      case U'＜': return T::LT;
      case U'＞': return T::GT;
      case U'＝': return T::EQ;
      case '+': case U'＋': return T::PLUS;
      case U'－': case U'–': case U'—': case U'−': return T::MINUS;
      case '~': case U'～': return T::TILDE;
      case '*': case U'×': case U'＊': return T::STAR;
      case '/': case U'÷': case U'／': return T::SLASH;
      case '&': case U'＆': return T::AMP;
      case '.': case U'．': return T::DOT;
      default: return T::ERROR_CHAR;
    }
  }

  std::string_view text_;
  std::uint32_t at_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> curly_ends_;  // of the line at hand
  std::uint32_t curly_known_ = 0;         // up to here they have been matched
  std::uint32_t guillemet_searched_ = 0;  // up to here no 》 follows
  std::vector<RawToken> tokens_;
};

}  // namespace

std::vector<RawToken> scan(std::string_view text, std::uint32_t begin) {
  return Scanner(text, begin).run();
}

}  // namespace xize::syntax

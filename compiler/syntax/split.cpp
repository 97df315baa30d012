#include "compiler/syntax/split.h"

#include <XizeLexer.h>

#include <algorithm>
#include <bitset>
#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_map>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/words.h"

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;

constexpr std::size_t kRunBytesMax = 240;  // longer runs are names
constexpr std::size_t kWordBytesMax = 48;  // the longest keyword is shorter
constexpr std::string_view kDe = "的";
constexpr std::string_view kEach = "每";
constexpr std::string_view kWhen = "时";
constexpr std::string_view kRound = "保留";
constexpr std::string_view kFound = "发现";
// What runs of nothing but keywords begin with; others without a digit are names.
constexpr std::string_view kRunTogether[] = {"否则", "其余", "适用", "的", "各期取", kRound, kFound, kEach};

struct Piece {
  std::size_t begin = 0, end = 0;
  bool number = false;
  bool name = false;
  bool date = false;
};
using Pieces = std::vector<Piece>;

std::size_t point_bytes(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

// The bytes of the digit at `at`, ASCII or full-width; 0 where none stands.
std::size_t digit_bytes(std::string_view run, std::size_t at) {
  if (at >= run.size()) return 0;
  if (run[at] >= '0' && run[at] <= '9') return 1;
  const std::string_view point = run.substr(at, 3);
  return point >= "０" && point <= "９" && point.size() == 3 ? 3 : 0;
}

bool has_digit(std::string_view run) {
  for (std::size_t at = 0; at < run.size(); at += point_bytes(run[at])) {
    if (digit_bytes(run, at) > 0) return true;
  }
  return false;
}

// The bytes of the first of these marks that stands at `at`; 0 where none does.
std::size_t mark_bytes(std::string_view run, std::size_t at,
                       std::initializer_list<std::string_view> marks) {
  for (const std::string_view mark : marks) {
    if (at < run.size() && run.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
}

bool is_chinese_keyword(std::string_view piece) {
  for (const Word& word : words_of(piece)) {
    if (!word.english && (word.places != 0 || word.type == T::ROUNDING)) return true;
  }
  return false;
}
bool is_unit(std::string_view piece) {
  for (const Word& word : words_of(piece)) {
    if (!word.english && word.type == T::UNIT) return true;
  }
  return false;
}
bool is_numeral(std::string_view piece) {
  return !numeral_digits(piece).empty();
}

// Segments one run from left to right, longest piece first, with backtracking; a place that led
// nowhere is not tried again.
class Segmenter {
 public:
  Segmenter(std::string_view run, const NameSet* names) : run_(run), names_(names) {}

  std::optional<Pieces> run(bool after_number) {
    if (run_.size() > kRunBytesMax || !step(0, after_number, false)) return std::nullopt;
    return pieces_;
  }

 private:
  bool step(std::size_t at, bool after_number, bool after_each) {
    if (at == run_.size()) return true;
    const std::size_t state = 4 * at + (after_number ? 2 : 0) + (after_each ? 1 : 0);
    if (dead_ends_[state]) return false;
    dead_ends_[state] = !split_from(at, after_number, after_each);
    return !dead_ends_[state];
  }

  bool split_from(std::size_t at, bool after_number, bool after_each) {
    if (const std::size_t end = date_end(at); end > at) {
      return take({at, end, false, false, true}, false, false);
    }
    if (const std::size_t end = number_end(at); end > at) {
      return take({at, end, true, false, false}, true, false);
    }
    for (const std::size_t end : ends_from(at)) {
      const std::string_view piece = run_.substr(at, end - at);
      if ((after_number || after_each) && is_unit(piece) &&
          take({at, end, false, false, false}, false, false)) {
        return true;
      }
      if (after_each && is_numeral(piece) &&
          take({at, end, true, false, false}, true, false)) {
        return true;
      }
      const bool counts = piece.starts_with(kEach) || piece == kRound || piece == kFound;
      const bool says = piece != kWhen || end == run_.size();  // 按时: no word ends there
      if (says && is_chinese_keyword(piece) &&
          take({at, end, false, false, false}, false, counts)) {
        return true;
      }
      if (names_ != nullptr && names_->contains(piece) &&
          take({at, end, false, true, false}, false, false)) {
        return true;
      }
    }
    return false;
  }

  bool take(Piece piece, bool after_number, bool after_each) {
    pieces_.push_back(piece);
    if (step(piece.end, after_number, after_each)) return true;
    pieces_.pop_back();
    return false;
  }

  // The possible ends of a piece, the longest first.
  [[nodiscard]] std::vector<std::size_t> ends_from(std::size_t at) const {
    std::vector<std::size_t> ends;
    for (std::size_t end = at; end < run_.size() && end - at < kWordBytesMax;) {
      end += point_bytes(run_[end]);
      ends.push_back(std::min(end, run_.size()));
    }
    return {ends.rbegin(), ends.rend()};
  }

  // The end of 2024年1月1日, `at` where none begins.
  [[nodiscard]] std::size_t date_end(std::size_t at) const {
    std::size_t i = at;
    for (const std::string_view mark : {"年", "月", "日"}) {
      const std::size_t digits = digits_end(i);
      if (digits == i || mark_bytes(run_, digits, {mark}) == 0) return at;
      i = digits + mark.size();
    }
    return i;
  }
  [[nodiscard]] std::size_t number_end(std::size_t at) const {
    if (digit_bytes(run_, at) == 0) return at;
    std::size_t i = digits_end(at);
    const std::size_t dot = mark_bytes(run_, i, {".", "．"});
    if (dot > 0 && digit_bytes(run_, i + dot) > 0) i = digits_end(i + dot);
    return i + mark_bytes(run_, i, {"%", "％", "万", "亿"});
  }
  [[nodiscard]] std::size_t digits_end(std::size_t i) const {
    for (;;) {
      const std::size_t digit = i < run_.size() && run_[i] == '_' ? 1 : digit_bytes(run_, i);
      if (digit == 0) return i;
      i += digit;
    }
  }

  std::string_view run_;
  const NameSet* names_;
  Pieces pieces_;
  std::bitset<4 * kRunBytesMax> dead_ends_;
};

class Splitter {
 public:
  Splitter(std::string_view text, const NameSet& declared, diagnostics::Sink& sink)
      : text_(text), declared_(declared), sink_(sink) {}

  std::vector<RawToken> run(const std::vector<RawToken>& raw) {
    out_.reserve(raw.size() + raw.size() / 8);
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i].type != T::WORD) {
        out_.push_back(raw[i]);
        continue;
      }
      const std::uint16_t next = i + 1 < raw.size() ? raw[i + 1].type : std::uint16_t{0};
      split(raw[i], next);
    }
    return std::move(out_);
  }

 private:
  void split(RawToken token, std::uint16_t next) {
    std::string_view run = text_.substr(token.span.begin, token.span.size());
    const bool after_number = !out_.empty() && out_.back().type == T::NUMBER;
    if (split_quotation(token, run)) return;
    if (declared_.contains(run) || is_whole_word(run, after_number)) return out_.push_back(token);
    const bool cut =
        (next == T::COMMA || next == T::LBRACE) && run.size() > kDe.size() && run.ends_with(kDe);
    const bool cut_when = next == T::COMMA && run.size() > kWhen.size() && run.ends_with(kWhen) &&
                          declared_.contains(run.substr(0, run.size() - kWhen.size()));
    if (cut || cut_when) {
      const auto middle = token.span.end - static_cast<std::uint32_t>(kDe.size());
      split({token.type, {token.span.begin, middle}, false}, 0);
      out_.push_back({token.type, {middle, token.span.end}, false});
      return;
    }
    const bool together = std::ranges::any_of(
        kRunTogether, [&](std::string_view word) { return run.starts_with(word); });
    if (has_digit(run) || after_number || together) {
      if (auto pieces = Segmenter(run, nullptr).run(after_number)) return add(token, *pieces);
    }
    if (const Pieces* glued = names_method() ? nullptr : glued_pieces(run, after_number)) {
      report(token, *glued);
      token.glued = true;
      return add(token, *glued);
    }
    out_.push_back(token);
  }

  // 采用 完成得满分: the method may be declared in another file.
  [[nodiscard]] bool names_method() const {
    if (out_.empty() || out_.back().type != T::WORD) return false;
    const auto before = text_.substr(out_.back().span.begin, out_.back().span.size());
    return std::ranges::any_of(words_of(before),
                               [](const Word& word) { return word.type == T::USE; });
  }

  // 原文“…”: a word of the language and the quotation behind it, as two; false for any other run.
  bool split_quotation(RawToken token, std::string_view run) {
    const auto quote = run.find("“");
    if (quote == 0 || quote == std::string_view::npos || !run.ends_with("”")) return false;
    bool takes_text = false;
    for (const Word& word : words_of(run.substr(0, quote))) {
      takes_text = takes_text || word.type == T::QUOTE || word.type == T::CRITERION ||
                   word.type == T::ASSUME || word.type == T::UNSPECIFIED;
    }
    if (!takes_text) return false;
    const auto middle = token.span.begin + static_cast<std::uint32_t>(quote);
    out_.push_back({T::WORD, {token.span.begin, middle}, false});
    out_.push_back({T::STRING, {middle, token.span.end}, false});
    return true;
  }

  static bool is_whole_word(std::string_view run, bool after_number) {
    for (const Word& word : words_of(run)) {
      if (word.type != T::UNIT || after_number) return true;
    }
    return false;
  }

  // A name and at least one keyword run together, or null. Remembered by run.
  const Pieces* glued_pieces(std::string_view run, bool after_number) {
    const auto [it, is_new] = glued_.try_emplace(run);
    if (is_new) {
      auto pieces = Segmenter(run, &declared_).run(after_number);
      int names = 0;
      if (pieces) {
        for (const Piece& piece : *pieces) names += piece.name ? 1 : 0;
        const bool glued = names > 0 && names < static_cast<int>(pieces->size());
        if (glued && !only_names_and_particles(run, *pieces)) it->second = std::move(*pieces);
      }
    }
    return it->second.empty() ? nullptr : &it->second;
  }

  // `办件平均` may well be a name of its own: what glues must be a verb of the language, a
  // comparison or a number, not a word that also makes names.
  static bool only_names_and_particles(std::string_view run, const Pieces& pieces) {
    for (const Piece& piece : pieces) {
      if (piece.number || piece.date) return false;
      if (piece.name) continue;
      const auto word = run.substr(piece.begin, piece.end - piece.begin);
      for (const Word& meaning : words_of(word)) {
        if (meaning.english || word == kDe) continue;
        if ((meaning.places & kAnywhere) != 0) return false;
        // 得满分, 按比例得分: three characters that no name ends with.
        const bool says = (meaning.places & (kBetween | kResult)) != 0 && word.size() >= 9;
        if (says) return false;
      }
    }
    return true;
  }

  void report(RawToken token, const Pieces& pieces) {
    std::string spaced;
    const std::string_view run = text_.substr(token.span.begin, token.span.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (i > 0 && (pieces[i].name || pieces[i - 1].name)) spaced += ' ';
      spaced += run.substr(pieces[i].begin, pieces[i].end - pieces[i].begin);
    }
    sink_.report<diagnostics::kinds::GluedWords>(token.span, run, spaced).fix(token.span, spaced);
  }

  void add(RawToken token, const Pieces& pieces) {
    for (const Piece& piece : pieces) {
      const auto begin = token.span.begin + static_cast<std::uint32_t>(piece.begin);
      const auto end = token.span.begin + static_cast<std::uint32_t>(piece.end);
      const auto type = static_cast<std::uint16_t>(piece.date     ? T::DATE
                                                   : piece.number ? T::NUMBER
                                                                  : T::WORD);
      out_.push_back({type, {begin, end}, token.glued});
    }
  }

  std::string_view text_;
  const NameSet& declared_;
  diagnostics::Sink& sink_;
  std::vector<RawToken> out_;
  std::unordered_map<std::string_view, Pieces> glued_;
};

}  // namespace

std::vector<RawToken> split_runs(std::string_view text, const std::vector<RawToken>& raw,
                                 const NameSet& declared, diagnostics::Sink& sink) {
  return Splitter(text, declared, sink).run(raw);
}

}  // namespace xize::syntax

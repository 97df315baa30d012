#include "compiler/versions/report.h"

#include <algorithm>
#include <map>

#include "compiler/source/unicode.h"

namespace xize::versions {
namespace {

using diagnostics::Term;
using value::Rational;

// A fact that fits a line beside its other version is written `a → b`.
constexpr int kBesideMax = 36;

std::string joined(const std::vector<std::string>& words, Language language) {
  std::string text;
  for (const auto& one : words) {
    if (!text.empty()) text += language == Language::Chinese ? "、" : ", ";
    text += one;
  }
  return text;
}

class Writer {
 public:
  Writer(const Comparison& comparison, Language language)
      : c_(comparison), language_(language), zh_(language == Language::Chinese) {}

  Report run() {
    Report report;
    report.title = arrow(c_.old_version.name, c_.new_version.name);
    report.head = {(zh_ ? "旧版：" : "old: ") + version_text(c_.old_version),
                   (zh_ ? "新版：" : "new: ") + version_text(c_.new_version), summary()};
    if (!c_.same())
      report.head.emplace_back(say("`-` is the old text, `+` the new", "“-”为旧版，“+”为新版"));
    for (const Balance& balance : c_.balances) report.parts.push_back(balance_part(balance));
    for (const Change& change : c_.changes) {
      const std::string heading = heading_of(change);
      const bool open = !report.parts.empty() && report.parts.back().heading == heading;
      if (!open) report.parts.push_back({heading, {}, {}});
      report.parts.back().entries.push_back(entry_of(change));
    }
    return report;
  }

 private:
  [[nodiscard]] std::string say(const Term& term) const { return word(term, language_); }
  [[nodiscard]] const char* say(const char* english, const char* chinese) const {
    return zh_ ? chinese : english;
  }

  // ---- the head
  [[nodiscard]] std::string version_text(const Version& version) const {
    std::string text = version.path;
    if (version.numbers.empty()) return text;
    return text + (zh_ ? "（" : " (") + joined(version.numbers, language_) + (zh_ ? "）" : ")");
  }

  [[nodiscard]] std::string summary() const {
    if (c_.same()) return say("no difference in meaning", "含义没有不同");
    std::vector<std::pair<Term, std::size_t>> counts;
    const auto count = [&](const Term& term) {
      for (auto& [known, n] : counts) {
        if (known.english == term.english) return void(++n);
      }
      counts.emplace_back(term, 1);
    };
    for (const Change& change : c_.changes) {
      if (change.fate != Fate::Kept) count(term_of(change.fate));
      if (change.renamed) count({"renamed", "改名"});
      if (change.moved) count({"moved", "移动"});
      if (change.fate == Fate::Kept && !change.details.empty()) count(term_of(Fate::Kept));
    }
    std::string text = say("differences: ", "不同之处：");
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const std::string number = std::to_string(counts[i].second);
      if (i > 0) text += say(", ", "，");
      text += zh_ ? counts[i].first.chinese + " " + number + " 处"
                  : number + " " + counts[i].first.english;
    }
    return text;
  }

  // ---- the balance
  [[nodiscard]] ReportPart balance_part(const Balance& balance) const {
    ReportPart part;
    part.heading = std::string(say("balance of ", "")) + say(term_of(balance.part)) +
                   say(": ", "的增减：") +
                   names_text(c_, rubric(balance.old_rubric), rubric(balance.new_rubric));
    ReportTable table;
    table.columns = {{say("item", "项目"), results::Align::Left},
                     {say("old", "旧版"), results::Align::Right},
                     {say("new", "新版"), results::Align::Right},
                     {say("change", "增减"), results::Align::Right},
                     {"", results::Align::Left}};
    for (const BalanceRow& row : balance.rows) table.rows.push_back(row_of(row));
    table.rows.push_back({say("total", "合计"), balance.before.to_string(),
                          balance.after.to_string(), signed_text(balance.after - balance.before),
                          ""});
    add_remarks(balance, table);
    part.table = std::move(table);
    return part;
  }

  static std::vector<int> rubric(int thing) {
    return thing < 0 ? std::vector<int>{} : std::vector<int>{thing};
  }

  [[nodiscard]] std::vector<std::string> row_of(const BalanceRow& row) const {
    const auto points = [&](const std::vector<int>& things, const std::optional<Rational>& sum) {
      if (things.empty()) return std::string();
      return sum ? sum->to_string() : std::string(say("open", "未明确"));
    };
    const Rational change = row.after.value_or(Rational()) - row.before.value_or(Rational());
    const bool known = (row.before || row.olds.empty()) && (row.after || row.news.empty());
    return {names_text(c_, row.olds, row.news), points(row.olds, row.before),
            points(row.news, row.after), known ? signed_text(change) : "?", remark_of(row)};
  }

  [[nodiscard]] std::string remark_of(const BalanceRow& row) const {
    if (row.olds.empty()) return say("new", "新增");
    if (row.news.empty()) return say("gone", "删除");
    if (row.olds.size() > 1)
      return row.news.size() > 1 ? say("regrouped", "调整") : say("merged", "合并");
    return row.news.size() > 1 ? say("split", "拆分") : "";
  }

  void add_remarks(const Balance& balance, ReportTable& table) const {
    const auto differs = [&](const char* version, const std::optional<Rational>& total,
                             const Rational& sum) {
      if (!total || *total == sum) return;
      table.remarks.push_back(zh_ ? std::string(version) + "载明总分 " + total->to_string() +
                                        " 分，各项合计 " + sum.to_string() + " 分"
                                  : std::string(version) + " states a total of " +
                                        total->to_string() + ", its parts come to " +
                                        sum.to_string());
    };
    differs(say("the old version", "旧版"), balance.total_before, balance.before);
    differs(say("the new version", "新版"), balance.total_after, balance.after);
  }

  // ---- changes
  [[nodiscard]] std::string heading_of(const Change& change) const {
    const bool gone = change.news.empty();
    const Outline& outline = gone ? c_.old : c_.now;
    int i = gone ? change.olds.front() : change.news.front();
    if (i == 0) return say("the document", "办法正文");
    while (i > 0 && outline[static_cast<std::size_t>(i)].subject != Subject::Rubric) {
      i = outline[static_cast<std::size_t>(i)].parent;
    }
    if (i <= 0) return say("data, groups and definitions", "数据、考核对象与定义");
    const auto match = std::ranges::find_if(c_.matches, [&](const Match& one) {
      return std::ranges::find(gone ? one.olds : one.news, i) != (gone ? one.olds : one.news).end();
    });
    return say(term_of(Subject::Rubric)) + " " + names_text(c_, match->olds, match->news);
  }

  [[nodiscard]] ReportEntry entry_of(const Change& change) const {
    ReportEntry entry;
    const Thing& thing =
        change.news.empty() ? c_.was(change.olds.front()) : c_.is(change.news.front());
    entry.head = say("[", "〔") + say(fate_term(change)) + say("] ", "〕") +
                 say(term_of(thing.subject)) + " " + names_with_points(change) + places(change);
    if (change.moved) add_move(change, entry);
    const auto details = told(change.details);
    for (std::size_t i = 0; i < details.size();) i = add_details(details, i, entry);
    if (!change.users.empty()) {
      entry.lines.push_back(
          {LineKind::Plain, 0, say("changes: ", "由此改变：") + joined(change.users, language_)});
    }
    add_flows(change, entry);
    return entry;
  }

  // Criteria repeat the wording piece by piece: where that has changed, it is enough.
  static std::vector<Detail> told(std::vector<Detail> details) {
    const bool wording = std::ranges::any_of(
        details, [](const Detail& detail) { return detail.aspect == Aspect::Quote; });
    if (wording) {
      std::erase_if(details, [](const Detail& d) { return d.aspect == Aspect::Criterion; });
    }
    return details;
  }

  // `甲（10 分）、乙 → 丙（15 分）`; points only where they are not told below.
  [[nodiscard]] std::string names_with_points(const Change& change) const {
    if (change.fate == Fate::Kept) return names_text(c_, change.olds, change.news);
    const auto list = [&](const std::vector<int>& things, bool old) {
      std::vector<std::string> names;
      for (const int i : things) {
        const Thing& thing = old ? c_.was(i) : c_.is(i);
        std::string name = shown_name(thing);
        if (thing.points) {
          const std::string points = thing.points->to_string();
          name += zh_ ? "（" + points + " 分）" : " (" + points + ")";
        }
        names.push_back(std::move(name));
      }
      return joined(names, language_);
    };
    const std::string before = list(change.olds, true), after = list(change.news, false);
    return before.empty() || after.empty() ? before + after : before + " → " + after;
  }

  // A column says whose it is.
  [[nodiscard]] static std::string shown_name(const Thing& thing) {
    return thing.subject == Subject::Column ? thing.path : thing.name;
  }

  [[nodiscard]] std::string places(const Change& change) const {
    const auto line = [&](std::uint32_t number) { return std::to_string(number); };
    std::string text = say("  (line ", "  （");
    if (!change.olds.empty()) {
      text += say("", "旧版第 ") + line(c_.was(change.olds.front()).line) + say(" old", " 行");
    }
    if (!change.olds.empty() && !change.news.empty()) text += say(", ", "，");
    if (!change.news.empty()) {
      text += say("", "新版第 ") + line(c_.is(change.news.front()).line) + say(" new", " 行");
    }
    return text + say(")", "）");
  }

  void add_move(const Change& change, ReportEntry& entry) const {
    const Thing &was = c_.was(c_.was(change.olds.front()).parent),
                &is = c_.is(c_.is(change.news.front()).parent);
    entry.lines.push_back({LineKind::Plain, 0,
                           zh_ ? "由“" + was.name + "”移至“" + is.name + "”"
                               : "from `" + was.name + "` to `" + is.name + "`"});
  }

  // The details of one aspect, from `first`; the index behind them.
  std::size_t add_details(const std::vector<Detail>& details, std::size_t first,
                          ReportEntry& entry) const {
    const Aspect aspect = details[first].aspect;
    std::size_t end = first;
    while (end < details.size() && details[end].aspect == aspect) ++end;
    const std::string label = say(term_of(aspect));
    if (aspect == Aspect::Member) {
      add_members(details, first, end, entry);
      return end;
    }
    const Detail& only = details[first];
    const bool beside = end == first + 1 && fits_beside(only.before) && fits_beside(only.after);
    if (beside && !only.before.empty() && !only.after.empty()) {
      entry.lines.push_back({LineKind::Plain, 0,
                             label + say(": ", "：") + without(label, only.before) + " → " +
                                 without(label, only.after)});
      return end;
    }
    const int depth = aspect == Aspect::Value ? 0 : 1;  // the entry has said what it is
    if (depth > 0) entry.lines.push_back({LineKind::Plain, 0, label});
    for (std::size_t i = first; i < end; ++i) add_detail(details[i], label, depth, entry);
    return end;
  }

  static bool fits_beside(const std::string& text) {
    return text.find('\n') == std::string::npos && source::display_width(text) <= kBesideMax;
  }

  // A keyword that is the label itself is not said again.
  static std::string without(const std::string& label, const std::string& text) {
    const bool said = text.starts_with(label + " ") && text[label.size() + 1] != '{';
    return said ? text.substr(label.size() + 1) : text;
  }

  static void add_detail(const Detail& detail, const std::string& label, int depth,
                         ReportEntry& entry) {
    std::string before = without(label, detail.before), after = without(label, detail.after);
    const bool sentence = detail.aspect == Aspect::Quote || detail.aspect == Aspect::Criterion ||
                          detail.aspect == Aspect::Assumption || detail.aspect == Aspect::Title;
    if (sentence && !before.empty() && !after.empty()) {
      std::tie(before, after) = shortened(before, after);
    }
    for (ReportLine& line : line_difference(before, after)) {
      line.depth = depth;
      entry.lines.push_back(std::move(line));
    }
  }

  void add_members(const std::vector<Detail>& details, std::size_t first, std::size_t end,
                   ReportEntry& entry) const {
    std::vector<std::string> gone, come, alike;
    for (std::size_t i = first; i < end; ++i) {
      const Detail& unit = details[i];
      if (unit.before.empty()) come.push_back(unit.after);
      else if (unit.after.empty()) gone.push_back(unit.before);
      else alike.push_back(arrow(unit.before, unit.after));
    }
    const auto add = [&](LineKind kind, const std::vector<std::string>& units) {
      if (units.empty()) return;
      const std::string number = std::to_string(units.size());
      entry.lines.push_back(
          {kind, 0,
           zh_ ? number + " 家：" + joined(units, language_)
               : number + (units.size() == 1 ? " unit: " : " units: ") + joined(units, language_)});
    };
    add(LineKind::Before, gone);
    add(LineKind::After, come);
    if (alike.empty()) return;
    entry.lines.push_back(
        {LineKind::Plain, 0,
         say("other names, perhaps of the same units: ", "名称不同、似为同一单位：") +
             joined(alike, language_)});
  }

  void add_flows(const Change& change, ReportEntry& entry) const {
    if (change.flows.empty()) return;
    const bool gone = change.news.empty();
    std::vector<std::string> names;
    for (const Flow& flow : change.flows) {
      const std::string& name = (gone ? c_.is(flow.thing) : c_.was(flow.thing)).name;
      names.push_back(zh_ ? name + "（" + std::to_string(flow.sentences) + " 条）"
                          : name + " (" + std::to_string(flow.sentences) + ")");
    }
    const char* label = gone ? say("its wording is now in: ", "原有内容见于新版：")
                             : say("its wording was in: ", "所列内容见于旧版：");
    entry.lines.push_back({LineKind::Plain, 0, label + joined(names, language_)});
  }

  const Comparison& c_;
  Language language_;
  bool zh_;
};

}  // namespace

std::string arrow(const std::string& before, const std::string& after) {
  if (before.empty() || after.empty() || before == after) return after.empty() ? before : after;
  return before + " → " + after;
}

std::string signed_text(const Rational& number) {
  return (number.sign() > 0 ? "+" : "") + number.to_string();
}

std::string names_text(const Comparison& comparison, const std::vector<int>& olds,
                       const std::vector<int>& news) {
  const auto names = [](const Outline& outline, const std::vector<int>& things) {
    std::string text;
    for (const int i : things) {
      const Thing& thing = outline[static_cast<std::size_t>(i)];
      if (!text.empty()) text += "、";
      text += thing.subject == Subject::Column ? thing.path : thing.name;
    }
    return text;
  };
  return arrow(names(comparison.old, olds), names(comparison.now, news));
}

Report make_report(const Comparison& comparison, const Effect* effect, Language language) {
  Report report = Writer(comparison, language).run();
  if (effect != nullptr) add_effect(comparison, *effect, language, report);
  return report;
}

}  // namespace xize::versions

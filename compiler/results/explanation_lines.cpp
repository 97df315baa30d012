// Which lines an explanation has: one for an item with full marks, more where points were lost.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/results/explanation_words.h"

namespace xize::results {
namespace {

using program::NodeKind;

bool takes_away(NodeKind kind) {
  return kind == NodeKind::PenaltyBlock || kind == NodeKind::PenaltyItem;
}
bool adds(NodeKind kind) { return kind == NodeKind::BonusBlock || kind == NodeKind::BonusItem; }
bool has_score(const Mark& mark) { return mark.state == MarkState::Score; }

// Does a reader want to know why?
bool wants_details(const NodeExplanation& node) {
  if (!has_score(node.score)) return true;
  if (takes_away(node.kind) || adds(node.kind)) return node.score.value.sign() != 0;
  return node.lost && node.lost->sign() != 0;
}

// Says something: it gave or took points, or gave none where it could have.
bool speaks(const ClauseStep& step, bool full) {
  if (step.open) return false;  // what is open is said apart
  if (full) return true;
  if (!step.active) return false;
  const bool nothing = has_score(step.amount) && step.amount.value.sign() == 0;
  return !nothing || (!step.deducts && !step.clause.text.empty() && step.measure.name.size() > 0) ||
         !step.missed.empty();
}

void append(ExplanationLines& lines, ExplanationLines more) {
  lines.insert(lines.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
}

class NodeLines {
 public:
  NodeLines(const NodeExplanation& node, int depth, const ExplanationWords& words,
            ExplanationLines& lines)
      : node_(node), depth_(depth), words_(words), lines_(lines) {}

  void head() {
    ExplanationLine line{LineKind::Node, depth_, node_.name, score(), {}};
    if (node_.lost && node_.lost->sign() != 0) {
      line.lost = words_.number(-*node_.lost);
    } else if (has_score(node_.factor)) {
      line.lost = words_.say("from ", "原 ") + words_.mark(node_.points);
    }
    lines_.push_back(std::move(line));
  }

  void details(bool full) {
    if (node_.not_applicable) return detail(words_.not_applicable(*node_.not_applicable));
    if (node_.children.empty() && node_.fault) detail(words_.fault(*node_.fault));
    if (node_.verdict) {
      detail(words_.verdict(*node_.verdict));
      because(node_.verdict->quote, node_.verdict->assumed);
    }
    for (const ClauseStep& step : node_.steps) clause(step, full);
    changes();
    inputs();
    for (const OpenNote& open : node_.open) detail(words_.open(open));
  }

  void reports(bool full) {
    for (const ReportNote& report : node_.reports) {
      detail(words_.report(report));
      if (full) because(report.quote, {});
    }
  }

  void grade() {
    if (node_.grade) detail(words_.grade(*node_.grade));
  }

 private:
  void detail(std::string text) {
    lines_.push_back({LineKind::Detail, depth_ + 1, std::move(text)});
  }

  [[nodiscard]] std::string score() const {
    if (!has_score(node_.score)) return words_.mark(node_.score);
    const std::string own = words_.mark(node_.score);
    const Mark& most = has_score(node_.worth) && !takes_away(node_.kind) && !adds(node_.kind)
                           ? node_.worth
                           : node_.points;
    const bool zero = node_.score.value.sign() == 0;
    const char* sign = zero ? "" : takes_away(node_.kind) ? "-" : adds(node_.kind) ? "+" : "";
    // A block without a cap has no points of its own.
    const bool capped = has_score(most) && (&most == &node_.worth || most.value.sign() > 0);
    return capped ? sign + own + " / " + words_.mark(most) : sign + own;
  }

  // The sentence of the document and how it was read, each once for a node.
  void because(const Written& quote, const std::vector<Written>& assumed) {
    if (quote.present()) {
      once(words_.say("document: ", "原文 ") + words_.quoted(quote.text));
    }
    for (const Written& reading : assumed) {
      once(words_.say("read as: ", "理解为 ") + words_.quoted(reading.text));
    }
  }
  void once(std::string text) {
    if (std::find(said_.begin(), said_.end(), text) != said_.end()) return;
    said_.push_back(text);
    lines_.push_back({LineKind::Quote, depth_ + 1, std::move(text)});
  }

  void clause(const ClauseStep& step, bool full) {
    if (!speaks(step, full)) return;
    lines_.push_back({LineKind::Detail, depth_ + 1 + step.depth, words_.clause(step)});
    because(step.quote, step.assumed);
    std::string criteria;
    for (const Written& criterion : step.criteria) {
      criteria += criteria.empty() ? words_.say("criteria: ", "要点 ") : words_.say("; ", "；");
      criteria += criterion.text;
    }
    if (!criteria.empty()) once(std::move(criteria));
  }

  // The sign of what a penalty takes away.
  [[nodiscard]] std::string away() const { return takes_away(node_.kind) ? "-" : ""; }

  // Limits, redistribution and rounding.
  void changes() {
    const auto say = [&](const char* english, const char* chinese) {
      return fmt::runtime(words_.say(english, chinese));
    };
    const Mark& limited = has_score(node_.before_factor) ? node_.before_factor : node_.score;
    if (has_score(node_.before_cap) && has_score(limited)) {
      detail(fmt::format(say("{} in sum, limited to {}", "合计 {}，限为 {}"),
                         away() + words_.mark(node_.before_cap), away() + words_.mark(limited)));
    }
    if (has_score(node_.factor)) {
      detail(fmt::format(
          say("points shared out anew: {} → {} (× {}); {} → {}",
              "分摊：分值 {} → {}（× {}），得分 {} → {}"),
          words_.mark(node_.points), words_.mark(node_.worth), words_.mark(node_.factor),
          words_.mark(node_.before_factor),
          words_.mark(has_score(node_.before_round) ? node_.before_round : node_.score)));
    }
    if (has_score(node_.before_round)) {
      detail(fmt::format(say("rounded: {} → {}, by {}", "取舍：{} → {}，依据 {}"),
                         words_.mark(node_.before_round), words_.mark(node_.score),
                         words_.at(node_.round)));
    }
  }

  // What it read, unless a clause has said it already.
  void inputs() {
    std::string text;
    for (const Reading& input : node_.inputs) {
      const bool said = std::any_of(node_.steps.begin(), node_.steps.end(), [&](const auto& step) {
        return step.active && step.measure.name == input.name;
      });
      if (said) continue;
      text += text.empty() ? words_.say("data: ", "数据：") : words_.say(", ", "，");
      text += words_.reading(input);
    }
    if (!text.empty()) detail(std::move(text));
  }

  const NodeExplanation& node_;
  int depth_;
  const ExplanationWords& words_;
  ExplanationLines& lines_;
  std::vector<std::string> said_;
};

void add_head(const RubricExplanation& rubric, const ExplanationWords& words,
              ExplanationLines& lines) {
  std::string title = rubric.unit;
  if (!rubric.period.empty()) title += "  " + rubric.period;
  title += "  " + rubric.rubric;
  if (!rubric.title.empty()) title += words.quoted(rubric.title);
  lines.push_back({LineKind::Title, 0, std::move(title)});
  if (!rubric.has_total) return;
  std::string text = words.part(TotalPart::Total) + " " + words.mark(rubric.total);
  if (has_score(rubric.declared_total)) text += " / " + words.mark(rubric.declared_total);
  if (rubric.rank) {
    text +=
        fmt::format(fmt::runtime(words.say(", place {} of {}", "，第 {} 名（共 {} 个单位排名）")),
                    *rubric.rank, rubric.ranked);
  }
  if (rubric.reference) text += words.say(", for reference, without a place", "，参考单位，不排名");
  if (rubric.grade && !rubric.grade->grade.empty()) {
    text += words.say(", grade ", "，等次 ") + rubric.grade->grade;
  }
  lines.push_back({LineKind::Head, 0, std::move(text)});
}

void add_broken(const RubricExplanation& rubric, const ExplanationWords& words,
                ExplanationLines& lines) {
  const auto add = [&](int depth, std::string text) {
    lines.push_back({LineKind::Detail, depth, std::move(text)});
  };
  add(0, words.say("the unit's data are in error, so it has no score", "该单位数据有误，不计分"));
  if (rubric.broken.empty()) {
    add(1, words.say("a cell could not be read: see the messages about the data",
                     "有单元格无法读取，见数据的提示"));
  }
  for (const BrokenCheck& broken : rubric.broken) {
    std::string text = broken.blank ? words.say("must not be blank: ", "不得空白：")
                                    : words.say("does not hold: ", "不满足 ");
    text += words.at(broken.check);
    if (!broken.table.empty()) {
      text += fmt::format(fmt::runtime(words.say(": `{}`, line {}", "：`{}` 第 {} 行")),
                          broken.table, broken.line);
    }
    add(1, std::move(text));
  }
}

}  // namespace

ExplanationLines node_lines(const NodeExplanation& node, int depth, bool full,
                            const ExplanationWords& words) {
  ExplanationLines lines;
  NodeLines own(node, depth, words, lines);
  own.head();
  const bool detailed = full || wants_details(node);
  if (detailed) own.details(full);
  own.reports(detailed);
  own.grade();
  // Below a section that does not apply nothing else does.
  if (node.not_applicable) return lines;
  for (const NodeExplanation& child : node.children) {
    append(lines, node_lines(child, depth + 1, full, words));
  }
  return lines;
}

void add_total_lines(const RubricExplanation& rubric, const ExplanationWords& words,
                     ExplanationLines& lines) {
  // The sections alone are the total that stands at the head.
  const bool plain = rubric.steps.size() == 2 && has_score(rubric.total);
  for (const TotalStep& step : rubric.steps) {
    if (plain) break;
    std::string text = words.part(step.part);
    if (step.rule.present()) text += "  " + words.at(step.rule);
    lines.push_back({LineKind::Step, 0, std::move(text), words.mark(step.value), {}});
    const bool quoted = step.part == TotalPart::Guard && rubric.verdict->quote.present();
    if (!quoted) continue;
    lines.push_back({LineKind::Quote, 1,
                     words.say("document: ", "原文 ") + words.quoted(rubric.verdict->quote.text)});
  }
  const auto detail = [&](std::string text) {
    lines.push_back({LineKind::Detail, 0, std::move(text)});
  };
  if (rubric.fault && rubric.fault->place.present()) {
    detail(words.say("no total: ", "总分未得出：") + words.fault(*rubric.fault));
  }
  if (rubric.grade) detail(words.grade(*rubric.grade));
  for (const auto& [name, taken] : rubric.selections) {
    detail(words.say("selected for ", "评选 ") + name + words.say(": ", "：") + words.datum(taken));
  }
  for (const auto& [name, taken] : rubric.taken) detail(words.taken(name, taken));
  for (const ReportNote& report : rubric.reports) detail(words.report(report));
  for (const OpenNote& open : rubric.open) detail(words.open(open));
}

ExplanationLines lines_of(const RubricExplanation& rubric, bool one_item,
                          const ExplanationWords& words) {
  ExplanationLines lines;
  add_head(rubric, words, lines);
  if (rubric.data_in_error) {
    add_broken(rubric, words, lines);
    return lines;
  }
  for (const NodeExplanation& node : rubric.nodes) {
    append(lines, node_lines(node, 0, one_item, words));
  }
  if (!one_item) add_total_lines(rubric, words, lines);
  return lines;
}

}  // namespace xize::results

// The rubric and its indicators, guards, bases and blocks, and what they say of themselves.
#include "compiler/format/blocks.h"
#include "compiler/format/clauses.h"
#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

using ast::Node;
using ast::NodeKind;
using ast::PointsKind;

Keyword level_word(int level) {
  switch (level) {
    case 1: return Keyword("LEVEL_1");
    case 2: return Keyword("LEVEL_2");
    case 3: return Keyword("LEVEL_3");
    default: return Keyword("LEVEL_4");
  }
}

// 评分项 and 部分 where the depth gives a level: `item` and `section` would have that one.
bool lacks_level(const Page& page, const Node& node) {
  return node.level == 0 && usual_level(page.place) != 0;
}

Keyword head_word(const Page& page, const Node& node) {
  switch (node.kind) {
    case NodeKind::Rubric: return Keyword("RUBRIC");
    case NodeKind::Bonus: return Keyword("BONUS");
    case NodeKind::Penalty: return Keyword("PENALTY");
    default: break;
  }
  // English says the level only where it is not the one of the depth.
  const bool says_level = page.zh() || node.level != usual_level(page.place);
  if (says_level && node.level != 0) return level_word(node.level);
  const bool is_plain = !page.zh() && lacks_level(page, node);
  if (node.kind == NodeKind::Section) {
    return is_plain ? Keyword("PLAIN_SECTION") : Keyword("SECTION");
  }
  return is_plain ? Keyword("PLAIN_ITEM") : Keyword("ITEM");
}

// A block whose name is its keyword goes without, in the surface that has this keyword.
void put_name(Page& page, const Node& node) {
  const bool is_block = node.kind == NodeKind::Bonus || node.kind == NodeKind::Penalty;
  const ast::Name name{std::string(name_of(node, page.module.surface)), node.name.span};
  if (is_block && name.text == page.words(head_word(page, node))) return;
  const NamePlace where = is_block ? NamePlace::HeadLine : NamePlace::Declared;
  if (name.present()) page.put(" ", Called{name, where, !is_block});
}

// The facts of a head. In Chinese those about points stand together in parentheses:
// （10 分，权重 30%）; `first` opens them.
class Facts {
 public:
  Facts(Page& page, const Node& node) : page_(page), node_(node) {}

  void print() {
    print_points_fact();
    if (node_.max.valid()) {
      begin();
      page_.put(Keyword("MAX"), " ");
      print_points(page_, node_.max, Binding::Sum);
    }
    if (node_.uncapped) word(Keyword("UNCAPPED"));
    if (node_.weight.valid()) {
      word(Keyword("WEIGHT"));
      page_.put(" ", Value{node_.weight, Binding::Sum});
    }
    if (page_.zh() && any_) page_.put("）");
    if (!node_.for_group) return;
    page_.put(" ", Keyword("FOR"), " ");
    print_group(page_, *node_.for_group, true);
  }

 private:
  void begin() {
    if (page_.zh()) {
      any_ ? page_.put(Comma{}) : page_.put("（");
    } else {
      page_.put(" ");
    }
    any_ = true;
  }
  void word(Keyword keyword) {
    begin();
    page_.put(keyword);
  }

  void print_points_fact() {
    const bool rubric = node_.kind == NodeKind::Rubric;
    switch (node_.points_kind) {
      case PointsKind::Absent: return;
      case PointsKind::None: return word(Keyword("NO_POINTS"));
      case PointsKind::Unspecified:
        word(Keyword("UNSPECIFIED_POINTS"));
        if (!node_.points_text.empty()) page_.put(" ", Quoted{node_.points_text});
        return;
      case PointsKind::Stated: break;
    }
    begin();
    const auto* number = page_.literal(node_.points);
    const bool bare = page_.zh() && !rubric && number != nullptr && is_points_literal(*number);
    if (!bare) page_.put(rubric ? Keyword("TOTAL") : Keyword("POINTS"), " ");
    print_points(page_, node_.points, Binding::Sum);
  }

  Page& page_;
  const Node& node_;
  bool any_ = false;
};

void print_veto_scope(Page& page, const ast::Guard& guard) {
  if (!guard.scope) return;
  page.zh() ? page.put(Comma{}) : page.put(" ");
  page.put(Keyword("ON"), " ");
  switch (*guard.scope) {
    case ast::Scope::Item: return page.put(Keyword("IN_ITEM"));
    case ast::Scope::Section: return page.put(Keyword("IN_SECTION"));
    case ast::Scope::Rubric: return page.put(Keyword("IN_RUBRIC"));
  }
}

void print_outcome(Page& page, const ast::Guard& guard) {
  const auto behind_condition = [&](Keyword word) {
    return Written{word, {page.span(guard.when).end, page.entry.end}};
  };
  const auto is_written = [&](Keyword word) {
    return !page.found(word, behind_condition(word).within).empty();
  };
  switch (guard.kind) {
    case ast::GuardKind::Zero: return page.put(behind_condition(Keyword("ZERO")));
    case ast::GuardKind::Full:
      if (!page.zh()) return page.put(Keyword("FULL"));
      if (is_written(Keyword("THIS_FULL")) || !is_written(Keyword("GET_FULL"))) {
        return page.put(behind_condition(Keyword("THIS_FULL")));
      }
      return page.put(Keyword("GET_FULL"));
    case ast::GuardKind::Give:
      page.zh() ? page.put(behind_condition(Keyword("THIS_GETS"))) : page.put(Keyword("GIVE"));
      page.put(" ");
      return print_points(page, guard.amount, Binding::Any);
    case ast::GuardKind::Unscored: return page.put(Keyword("UNSCORED"));
    case ast::GuardKind::NotApplicable: return page.put(Keyword("NOT_APPLICABLE"));
    case ast::GuardKind::Veto: return page.put(Keyword("VETO"));
  }
}

}  // namespace

void print(Page& page, const Node& node) {
  page.put(page.head(head_word(page, node)));
  put_name(page, node);
  if (!node.title.empty()) page.put(" ", Quoted{node.title});
  Facts(page, node).print();
  const bool leaf = node.kind == NodeKind::Item || node.kind == NodeKind::Section;
  if (node.entries.empty() && leaf) return;
  const ast::Place outer = page.place;
  page.place = place_within(node, outer);
  print_entries(page, node.entries);
  page.place = outer;
}

void print(Page& page, const ast::Guard& guard) {
  if (page.zh()) {
    put_case(page, guard.when);
    print_outcome(page, guard);
  } else {
    print_outcome(page, guard);
    page.put(" ", Keyword("WHEN"), " ", Value{guard.when});
  }
  print_veto_scope(page, guard);
}

void print(Page& page, const ast::Ordered& ordered) {
  page.put(Keyword("ORDERED"));
  if (!ordered.entries.empty()) print_entries(page, ordered.entries);
}

void print(Page& page, const ast::Base& base) {
  if (page.zh() && base.full) return page.put(Keyword("DEDUCTING"));
  page.put(Keyword("BASE"), " ");
  if (base.full) return page.put(Keyword("FULL"));
  print_points(page, base.value, Binding::Any);
}

void print(Page& page, const ast::When& when) {
  if (page.zh()) {
    put_condition(page, when.condition);
  } else {
    page.put(Keyword("WHEN"), " ", Value{when.condition});
  }
  print_entries(page, when.then);
  if (when.otherwise.empty()) return;
  page.put(" ", page.zh() ? Keyword("ELSE") : Keyword("OTHERWISE"));
  print_entries(page, when.otherwise);
}

void print(Page& page, const ast::Together& together) {
  const bool phrase = page.zh() && together.max.valid();
  page.put(phrase ? Keyword("TOGETHER_MAX") : Keyword("TOGETHER"));
  if (together.max.valid()) {
    if (!phrase) page.put(" ", Keyword("MAX"));
    page.put(" ");
    print_points(page, together.max, Binding::Sum);
  }
  if (together.min.valid()) {
    phrase ? page.put(Comma{}) : page.put(" ");
    page.put(Keyword("MIN"), " ");
    print_points(page, together.min, Binding::Sum);
  }
  print_entries(page, together.entries);
}

void print(Page& page, const ast::Pick& pick) {
  page.put(pick.highest ? Keyword("HIGHEST_OF") : Keyword("LOWEST_OF"));
  print_entries(page, pick.branches);
}

void print(Page& page, const ast::Criterion& criterion) {
  page.put(Keyword("CRITERION"), " ", Quoted{criterion.text});
}

void print(Page& page, const ast::Quote& quote) {
  const bool in_triple =
      quote.text.find("\"\"\"") == std::string::npos && !quote.text.ends_with('"');
  if (has_paired_quotes(quote.text) && (page.zh() || !in_triple)) {
    return page.put(Keyword("QUOTE"), " “", quote.text, "”");
  }
  page.put("\"\"\"", quote.text, "\"\"\"");
}

void print(Page& page, const ast::Assume& assume) {
  page.put(Keyword("ASSUME"), " ", Quoted{assume.text});
}

void print(Page& page, const ast::Unspecified& unspecified) {
  switch (unspecified.about) {
    case ast::About::Rule: break;
    case ast::About::Floor:
      if (page.zh()) page.put(Keyword("TOTAL"), " ");
      page.put(Keyword("FLOOR"), " ");
      break;
    case ast::About::Ceiling:
      if (page.zh()) page.put(Keyword("TOTAL"), " ");
      page.put(Keyword("CEILING"), " ");
      break;
    case ast::About::Conversion: page.put(Keyword("CONVERT"), " "); break;
  }
  page.put(Keyword("UNSPECIFIED"));
  if (!unspecified.text.empty()) page.put(" ", Quoted{unspecified.text});
  const auto begin = [&] { page.zh() ? page.put(Comma{}) : page.put(" "); };
  for (const auto id : unspecified.suggestion) {
    begin();
    page.put(Keyword("SUGGEST"), " ");
    print_entry(page, id);
  }
  if (unspecified.accepted.empty()) return;
  begin();
  page.put(Keyword("ACCEPTED"), " ", Quoted{unspecified.accepted});
}

void print(Page& page, const ast::Allow& allow) {
  page.put(Keyword("ALLOW"), " ", allow.code, " ", Keyword("BECAUSE"), " ", Quoted{allow.because});
}

}  // namespace xize::format

// Scales: by ratio, tiers, ranks, judgement, checklist.
#include "compiler/format/blocks.h"
#include "compiler/format/clauses.h"
#include "compiler/format/expressions.h"
#include "compiler/format/rows.h"

namespace xize::format {
namespace {

void print_over(Page& page, const std::optional<ast::GroupExpr>& over) {
  if (!over) return;
  page.zh() ? page.put(Comma{}) : page.put(" ");
  page.put(Keyword("OVER"), " ");
  print_group(page, *over, false);
}

void print_rank_tails(Page& page, const ast::RankScale& scale) {
  const auto begin = [&] { page.zh() ? page.put(Comma{}) : page.put(" "); };
  const bool descends = page.zh() && !page.found(Keyword("DESCENDING"), page.entry).empty();
  if (scale.ascending || descends) {
    begin();
    page.put(scale.ascending ? Keyword("ASCENDING") : Keyword("DESCENDING"));
  }
  if (scale.dense) {
    begin();
    page.put(Keyword("DENSE"));
  }
  for (const auto id : scale.tie_breaks) {
    begin();
    page.put(Keyword("TIES_BY"), " ", Value{id});
  }
  print_over(page, scale.over);
}

void print_level(Page& page, const ast::Level& level) {
  if (page.zh()) {
    page.put(Quoted{level.name.text});
  } else {
    page.put(Called{level.name, NamePlace::Row, true});
  }
  const bool says_gets = level.result.kind == ast::RowResultKind::Amount ||
                         level.result.kind == ast::RowResultKind::Range;
  says_gets || !page.zh() ? print_gets(page) : page.put(" ");
  print_row_result(page, level.result, RowUse::Points);
}

void print_box(Page& page, const ast::ChecklistBox& box) {
  page.put(Quoted{box.text}, page.zh() ? "：" : ": ", Value{box.condition});
  if (!box.amount.valid()) return;
  print_gets(page);
  print_points(page, box.amount, Binding::Any);
}

Keyword judge_word(const ast::JudgeScale& scale) {
  return scale.as_deduction ? Keyword("JUDGE_DEDUCTION") : Keyword("JUDGE");
}

}  // namespace

void print(Page& page, const ast::RatioScale& scale) {
  if (page.zh()) {
    const source::Span behind{page.span(scale.x).end, page.entry.end};
    page.put(Value{scale.x}, " ", Written{Keyword("RATIO_SCORE"), behind});
    if (scale.to.valid()) {
      page.put(Comma{}, "达到 ", Value{scale.to}, " ", Keyword("GET_FULL"));
    }
    if (scale.from.valid()) {
      page.put(Comma{}, Keyword("LT"), " ", Value{scale.from}, " ", Keyword("ZERO"));
    }
    return;
  }
  page.put(Keyword("RATIO"), " ", Value{scale.x});
  if (scale.to.valid()) page.put(" ", Keyword("TO"), " ", Value{scale.to});
  if (scale.from.valid()) page.put(" ", Keyword("FROM"), " ", Value{scale.from});
}

void print(Page& page, const ast::LinearScale& scale) {
  page.put(Keyword("LINEAR"), " ", Value{scale.x});
  print_rows(page, scale.rows, RowUse::Points);
}

// Rows on the line of what they measure: `X 低于 5% 不得分，5% 及以上 得满分`.
bool is_on_one_line(const Page& page) {
  const auto text = page.file.text().substr(page.entry.begin, page.entry.size());
  return page.zh() && text.find('{') == std::string_view::npos &&
         text.find("｛") == std::string_view::npos;
}

void print(Page& page, const ast::TierScale& scale) {
  if (is_on_one_line(page)) {
    page.put(Value{scale.x, Binding::Operand}, " ");
    return put_rows_in_line(page, scale.rows);
  }
  page.put(Keyword("TIER"), " ", Value{scale.x});
  print_rows(page, scale.rows, RowUse::Points);
}

void print(Page& page, const ast::RankScale& scale) {
  if (page.zh()) {
    page.put(Keyword("PER"), " ", Value{scale.x}, " ", Keyword("RANKED"));
  } else {
    page.put(Keyword("RANK"), " ", Value{scale.x});
  }
  print_rank_tails(page, scale);
  print_rows(page, scale.rows, RowUse::Points);
}

void print(Page& page, const ast::RelativeScale& scale) {
  page.put(Keyword("RELATIVE"), " ", Value{scale.x}, " ");
  const source::Span behind{page.span(scale.x).end, page.entry.end};
  const auto put = [&](Keyword to) { page.put(Written{to, behind, page.words.synonym(to)}); };
  switch (scale.to) {
    case ast::RelativeTo::Best: put(Keyword("TO_BEST")); break;
    case ast::RelativeTo::Average: put(Keyword("TO_AVERAGE")); break;
    case ast::RelativeTo::Sum: put(Keyword("TO_SUM")); break;
  }
  print_over(page, scale.over);
}

void print(Page& page, const ast::JudgeScale& scale) {
  const bool bonus = page.zh() && page.place.in_bonus && !scale.as_deduction;
  const auto usual = bonus ? page.words.synonym(Keyword("JUDGE")) : page.words(judge_word(scale));
  page.put(Written{judge_word(scale), page.entry, usual});
  const auto begin = [&] { page.zh() ? page.put(Comma{}) : page.put(" "); };
  if (scale.from.valid()) {
    begin();
    page.put(Keyword("FROM"), " ");
    print_argument(page, scale.from);
  }
  if (scale.step.valid()) {
    begin();
    page.put(Keyword("STEP"), " ");
    print_points(page, scale.step, Binding::Any);
  }
  if (scale.requires_evidence) {
    begin();
    page.put(Keyword("REQUIRES_EVIDENCE"));
  }
  if (scale.levels.empty()) return;
  if (!page.zh()) page.put(" ", Keyword("LEVELS"));
  print_block(page, scale.levels, [&](const ast::Level& level) { print_level(page, level); });
}

void print(Page& page, const ast::ChecklistScale& scale) {
  page.put(Keyword("CHECKLIST"));
  print_block(page, scale.boxes, [&](const ast::ChecklistBox& box) { print_box(page, box); });
}

}  // namespace xize::format

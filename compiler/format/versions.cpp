// What a version changes, and what is drawn for inspection.
#include "compiler/format/blocks.h"
#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"
#include "compiler/format/rows.h"

namespace xize::format {
namespace {

using ast::AmendKind;
using ast::Amendment;

// One 将 sentence or one line: amendments of the same names that follow each other.
struct Sentence {
  std::vector<const Amendment*> parts;
  source::Span span;
};

template <class F>
void for_each_child(const Sentence& sentence, F&& f) {
  for (const Amendment* part : sentence.parts) ast::for_each_child(*part, f);
}

// A quotation may have several lines.
bool opens_block(const ast::Module&, const Sentence& sentence) {
  return sentence.parts.front()->kind == AmendKind::Quote;
}

bool same_names(const std::vector<ast::Name>& a, const std::vector<ast::Name>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const ast::Name& x, const ast::Name& y) { return x.text == y.text; });
}

bool has_subject_phrase(const Amendment& a) {
  switch (a.kind) {
    case AmendKind::Remove:
    case AmendKind::Add:
    case AmendKind::Keep:
    case AmendKind::Quote:
    case AmendKind::Assume: return false;
    default: return true;
  }
}

// `将 A 调整为 B` renames, so one name for one is 替换为.
Keyword replaced_word(const Amendment& a) {
  const bool one_to_one = a.from.size() == 1 && a.to.size() == 1;
  return one_to_one ? Keyword("REPLACED") : Keyword("ADJUSTED");
}

bool continues(const Amendment& before, const Amendment& a) {
  const bool adds =
      a.kind == AmendKind::Points || a.kind == AmendKind::KeepPoints || a.kind == AmendKind::Reset;
  return adds && has_subject_phrase(before) && same_names(before.from, a.from);
}

std::vector<Sentence> sentences_of(const Page& page, const ast::Amends& amends) {
  std::vector<Sentence> sentences;
  for (const auto& action : amends.actions) {
    const bool joins = page.zh() && !sentences.empty() &&
                       continues(*sentences.back().parts.back(), action) &&
                       !page.comments.any_between(sentences.back().span.end, action.span.begin);
    if (joins) {
      sentences.back().parts.push_back(&action);
      sentences.back().span = source::join(sentences.back().span, action.span);
    } else {
      sentences.push_back({{&action}, action.span});
    }
  }
  return sentences;
}

void print_quantity(Page& page, ast::ExprId id) { print_points(page, id, Binding::Term); }

void print_phrase(Page& page, const Amendment& a) {
  switch (a.kind) {
    case AmendKind::Rename: page.put(Keyword("RENAMED"), " "); break;
    case AmendKind::Split: page.put(Keyword("SPLIT_INTO"), " "); break;
    case AmendKind::Merge: page.put(Keyword("MERGED"), " "); break;
    case AmendKind::Replace: page.put(replaced_word(a), " "); break;
    case AmendKind::Reset: return page.put(Keyword("RESET_CHILDREN"));
    case AmendKind::KeepPoints:
      page.put(Keyword("POINTS_OF"), " ");
      print_quantity(page, a.new_points);
      return page.put(Keyword("UNCHANGED"));
    default:
      page.put(page.words.synonym(Keyword("POINTS_FROM")), " ");
      print_quantity(page, a.old_points);
      page.put(Keyword("ADJUSTED"), " ");
      return print_quantity(page, a.new_points);
  }
  put_names(page, a.to, true);
}

Keyword verb_of(AmendKind kind) {
  switch (kind) {
    case AmendKind::Rename: return Keyword("RENAME");
    case AmendKind::Points: return Keyword("POINTS_OF");
    case AmendKind::Split: return Keyword("SPLIT");
    case AmendKind::Merge: return Keyword("MERGE");
    case AmendKind::Replace: return Keyword("REPLACE");
    case AmendKind::Reset: return Keyword("RESET");
    case AmendKind::Remove: return Keyword("REMOVE");
    case AmendKind::Add: return Keyword("ADD");
    default: return Keyword("KEEP");
  }
}

Keyword link_of(AmendKind kind) {
  switch (kind) {
    case AmendKind::Rename: return Keyword("TO");
    case AmendKind::Replace: return Keyword("WITH");
    default: return Keyword("INTO");
  }
}

void print_action(Page& page, const Amendment& a) {
  page.put(verb_of(a.kind), " ");
  put_names(page, a.from.empty() ? a.to : a.from, true);
  if (a.kind == AmendKind::KeepPoints || a.kind == AmendKind::Points) {
    page.put(" ");
    if (a.kind == AmendKind::KeepPoints) page.put(Keyword("POINTS_OF"), " ");
    if (a.kind == AmendKind::Points) {
      print_quantity(page, a.old_points);
      page.put(" -> ");
    }
    return print_quantity(page, a.new_points);
  }
  if (a.from.empty() || a.to.empty()) return;
  page.put(" ", link_of(a.kind), " ");
  put_names(page, a.to, true);
}

void print_sentence(Page& page, const Sentence& sentence) {
  const Amendment& first = *sentence.parts.front();
  if (first.kind == AmendKind::Quote) return print(page, ast::Quote{first.text});
  if (first.kind == AmendKind::Assume) return print(page, ast::Assume{first.text});
  if (!page.zh() || !has_subject_phrase(first)) return print_action(page, first);
  page.put(Keyword("AMEND_SUBJECT"), " ");
  put_names(page, first.from, true);
  page.put(" ");
  bool is_first = true;
  for (const Amendment* part : sentence.parts) {
    if (!is_first) page.put(Comma{});
    print_phrase(page, *part);
    is_first = false;
  }
}

// ，不足 20 个的，全量检查，按比例扣分
void print_full_inspection(Page& page, ast::ExprId take) {
  if (!page.zh()) return page.put(" ", Keyword("FULL_INSPECTION"));
  page.put(Comma{}, "不足 ");
  print_counted(page, take, "个");
  page.put(Keyword("DE"), Comma{}, Keyword("FULL_INSPECTION"), Comma{},
           Keyword("SCALED_DEDUCTION"));
}

void print_sample_head(Page& page, const ast::Sample& sample) {
  page.put(Keyword("SAMPLE"), " ", Called{sample.name}, page.zh() ? "：" : " ");
  if (page.zh() && sample.every_month) {
    page.put(Keyword("EVERY_MONTH_FROM"));
  } else {
    page.put(Keyword("FROM"));
  }
  page.put(" ", Called{sample.from, NamePlace::Operand}, " ", Keyword("TAKE"), " ");
  print_counted(page, sample.take, "个");
  if (!page.zh() && sample.every_month) page.put(" ", Keyword("EVERY_MONTH"));
}

}  // namespace

void print(Page& page, const ast::Amends& amends) {
  page.put(Keyword("AMENDS"), " ");
  put_strings(page, amends.documents);
  const auto sentences = sentences_of(page, amends);
  print_block(page, sentences, [&](const Sentence& s) { print_sentence(page, s); });
}

void print(Page& page, const ast::Sample& sample) {
  print_sample_head(page, sample);
  const auto begin = [&] { page.zh() ? page.put(Comma{}) : page.put(" "); };
  if (sample.covering_all) {
    begin();
    page.put(Keyword("COVERING_ALL"));
  }
  if (sample.scaled_to_full) print_full_inspection(page, sample.take);
  if (sample.by.present()) {
    begin();
    page.put(page.zh() ? Keyword("PER") : Keyword("BY"), " ", Called{sample.by, NamePlace::Operand},
             " ", Keyword("ENDING"));
    if (sample.ending.valid()) page.put(" ", Value{sample.ending, Binding::Sum});
    if (sample.step.valid()) {
      page.put(" ", page.zh() ? Keyword("EVERY_OTHER") : Keyword("EVERY"), " ",
               Value{sample.step, Binding::Term});
    }
  }
  if (sample.where.valid()) {
    begin();
    page.put(Keyword("WHERE"), " ", Value{sample.where});
  }
  if (sample.else_previous) {
    begin();
    page.put(Keyword("ELSE_PREVIOUS"));
  }
  if (!sample.columns.empty()) print_columns(page, sample.columns);
}

}  // namespace xize::format

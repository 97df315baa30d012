// Worked examples and properties.
#include "compiler/format/blocks.h"
#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

using ast::Expect;
using ast::ExpectKind;
using ast::Given;

// One `given` or `expect` line: what the file had on one, without a comment between.
struct TestLine {
  std::vector<const Given*> givens;
  std::vector<const Expect*> expects;
  source::Span span;
};

template <class F>
void for_each_child(const TestLine& line, F&& f) {
  for (const Given* given : line.givens) ast::for_each_child(*given, f);
  for (const Expect* expect : line.expects) ast::for_each_child(*expect, f);
}

// True when nothing but a list mark stands between the two in the file.
bool are_listed(const Page& page, source::Span before, source::Span after) {
  const std::string_view text = page.file.text();
  if (after.begin < before.end || after.begin > text.size()) return false;
  std::string_view between = text.substr(before.end, after.begin - before.end);
  for (const std::string_view mark : {",", "，", "、"}) {
    const auto at = between.find(mark);
    if (at == std::string_view::npos) continue;
    const auto is_blank = [](std::string_view part) {
      return part.find_first_not_of(" \t\r\n") == std::string_view::npos;
    };
    return is_blank(between.substr(0, at)) && is_blank(between.substr(at + mark.size()));
  }
  return between.empty();
}

bool is_error(const Expect& expect) { return expect.kind == ExpectKind::Error; }

std::vector<TestLine> lines_of(const Page& page, const ast::Test& test) {
  std::vector<TestLine> lines;
  for (const auto& given : test.givens) {
    const bool joins = !lines.empty() && !given.records.present() &&
                       !lines.back().givens.back()->records.present() &&
                       are_listed(page, lines.back().span, given.span);
    if (!joins) lines.push_back({{}, {}, given.span});
    lines.back().givens.push_back(&given);
    lines.back().span = source::join(lines.back().span, given.span);
  }
  for (const auto& expect : test.expects) {
    const bool joins = !lines.empty() && !lines.back().expects.empty() &&
                       is_error(*lines.back().expects.back()) == is_error(expect) &&
                       are_listed(page, lines.back().span, expect.span);
    if (!joins) lines.push_back({{}, {}, expect.span});
    lines.back().expects.push_back(&expect);
    lines.back().span = source::join(lines.back().span, expect.span);
  }
  return lines;
}

// `即办程度.N`; a name in quotes can stand here too.
void print_path(Page& page, ast::ExprId id) {
  const auto& node = page.node(id);
  if (const auto* member = std::get_if<ast::Member>(&node)) {
    print_path(page, member->base);
    return page.put(".", Called{member->member, NamePlace::Declared, true});
  }
  const auto* ref = std::get_if<ast::NameRef>(&node);
  if (ref == nullptr) return page.put(Value{id, Binding::Postfix});
  const NamePlace place = page.names_results ? NamePlace::Result : NamePlace::Operand;
  page.put(Called{ref->name, place, true});
}

void print_given(Page& page, const Given& given) {
  if (!given.records.present()) {
    print_path(page, given.target);
    return page.put(" = ", Value{given.value});
  }
  page.put(Value{given.rows, Binding::Term}, " ", Called{given.records, NamePlace::Operand});
  bool is_first = true;
  for (const auto& [name, value] : given.columns) {
    if (!is_first) {
      page.put(Gap{});
    } else if (page.zh()) {
      page.put(Comma{});
    } else {
      page.put(" ");
    }
    page.put(!is_first   ? Keyword("AND")
             : page.zh() ? Keyword("WHERE")
                         : Keyword("WITH"),
             " ", Called{name, NamePlace::Operand}, " = ", Value{value, Binding::Operand});
    is_first = false;
  }
}

void print_expect(Page& page, const Expect& expect) {
  const ResultNames results(page);
  switch (expect.kind) {
    case ExpectKind::Unscored: return page.put(Keyword("UNSCORED"));
    case ExpectKind::Error: return page.put(page.words.fault(expect.error.text));
    case ExpectKind::Equals:
      print_path(page, expect.target);
      return page.put(" = ", Value{expect.value});
    case ExpectKind::Within:
      print_path(page, expect.target);
      page.put(" ", Keyword("IN"), " ");
      return print_interval(page, expect.interval);
  }
}

void print_line(Page& page, const TestLine& line) {
  if (!line.givens.empty()) {
    page.put(Keyword("GIVEN"), " ");
    bool is_first = true;
    for (const Given* given : line.givens) {
      if (!is_first) page.put(Comma{});
      print_given(page, *given);
      is_first = false;
    }
    return;
  }
  const bool error = is_error(*line.expects.front());
  if (!error || !page.zh()) page.put(Keyword("EXPECT"), " ");
  bool is_first = true;
  for (const Expect* expect : line.expects) {
    if (!is_first) page.put(Comma{});
    if (error && (is_first || !page.zh())) page.put(Keyword("EXPECT_ERROR"), " ");
    print_expect(page, *expect);
    is_first = false;
  }
}

// The body of a property is one line of its block.
struct PropertyLine {
  const ast::Property* property = nullptr;
  source::Span span;
};

template <class F>
void for_each_child(const PropertyLine& line, F&& f) {
  if (line.property->what.valid()) f(line.property->what);
  if (line.property->with.valid()) f(line.property->with);
}

void print_property(Page& page, const ast::Property& property) {
  const ResultNames results(page);
  page.put(Value{property.what});
  if (property.kind == ast::PropertyKind::Always) return;
  const bool up = property.kind == ast::PropertyKind::Increases;
  if (page.zh()) {
    return page.put(" ", Keyword("FOLLOWING"), " ", Value{property.with}, " ",
                    up ? Keyword("ONLY_UP") : Keyword("ONLY_DOWN"));
  }
  page.put(" ", up ? Keyword("INCREASES") : Keyword("DECREASES"), " ", Value{property.with});
}

}  // namespace

void print(Page& page, const ast::Test& test) {
  page.put(Keyword("TEST"), " ", Quoted{test.title});
  if (test.for_unit.present()) {
    page.put(" ", Keyword("FOR"), " ", Called{test.for_unit, NamePlace::Operand, true});
  }
  const auto lines = lines_of(page, test);
  print_block(page, lines, [&](const TestLine& line) { print_line(page, line); });
}

void print(Page& page, const ast::Property& property) {
  page.put(Keyword("PROPERTY"), " ", Quoted{property.title});
  source::Span span = page.module.exprs[property.what].span;
  if (property.with.valid()) span = source::join(span, page.module.exprs[property.with].span);
  const std::vector<PropertyLine> lines = {{&property, span}};
  print_block(page, lines, [&](const PropertyLine& l) { print_property(page, *l.property); });
}

}  // namespace xize::format

// Expressions in either surface: parentheses only where the tree needs them.
// In: a handle and how tightly its place binds. Out: pieces on the open line.
#pragma once

#include <string>
#include <string_view>

#include "compiler/format/page.h"

namespace xize::format {

// Nothing for an invalid handle.
void print_expr(Page& page, ast::ExprId id, Binding binding);
// How tightly an expression binds as it is printed.
Binding binding_of(const Page& page, ast::ExprId id);

// The parts with a file of their own.
void print_literal(Page& page, const ast::NumberLit& number);
void print_aggregate(Page& page, const ast::Aggregate& aggregate);
// What a function or 从 takes: `R.e`, in Chinese R 的 e.
void print_argument(Page& page, ast::ExprId id);
// True where an `any` is printed as 存在 A、B, which binds like `not`.
bool is_existence(const Page& page, const ast::Aggregate& aggregate);
// `存在 A、B`, or with the word given: `无 A`.
void print_existence(Page& page, const ast::Aggregate& any, Keyword word);

// 低于 and its like.
Keyword sign_word(ast::BinaryOp op);
// `<`, or 低于, or the synonym that the file has between the two.
void put_sign(Page& page, ast::BinaryOp op, source::Span between);
// A number as it was spelled, without its unit.
std::string number_text(const ast::NumberLit& number);
// `[a, b)`.
void print_interval(Page& page, const ast::Interval& interval);
// `a（含）至 b（不含）`, also in English where an end is not stated; both ends are there.
void print_range(Page& page, const ast::Interval& interval);
// `{ 甲, 乙 }`, `all 部门 where C`, `甲 + 乙`. `bare`: a list may stand without braces.
void print_group(Page& page, const ast::GroupExpr& group, bool bare);

// A literal counted with a measure word: in Chinese `word` is said where the tree has none, in
// English it is left out where the tree has just that one.
void print_counted(Page& page, ast::ExprId id, std::string_view word);
// A literal worth points: `10`, `10 分`; any other expression as it is. `tight`: `扣0.5分`.
void print_points(Page& page, ast::ExprId id, Binding binding, bool tight = false);
// True for a literal that is points whether or not it says so.
bool is_points_literal(const ast::NumberLit& number);

}  // namespace xize::format

// Parts of a clause that other entries share.
#pragma once

#include "compiler/format/page.h"

namespace xize::format {

// `C 的`, with the blank that sets 的 apart.
void put_condition(Page& page, ast::ExprId condition);
// `C 的，`; 否则 where the file says so of the entry at hand.
void put_case(Page& page, ast::ExprId condition);
// Amounts of points: `2`, `2 分`, `full`, 满分. `tight`: `0.5分`.
void print_amount(Page& page, const ast::Amount& amount, bool tight = false);

// Scales without their tails (scales.cpp).
void print(Page& page, const ast::RatioScale& scale);
void print(Page& page, const ast::LinearScale& scale);
void print(Page& page, const ast::TierScale& scale);
void print(Page& page, const ast::RankScale& scale);
void print(Page& page, const ast::RelativeScale& scale);
void print(Page& page, const ast::JudgeScale& scale);
void print(Page& page, const ast::ChecklistScale& scale);

}  // namespace xize::format

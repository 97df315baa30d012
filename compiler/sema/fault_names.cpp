#include "compiler/sema/fault_names.h"

#include <array>
#include <string>

namespace xize::sema {

namespace {

using value::FaultKind;

struct FaultName {
  FaultKind kind;
  std::string_view english, chinese;
};
constexpr std::array<FaultName, 14> kFaults = {{
    {FaultKind::DivisionByZero, "division by zero", "除数为零"},
    {FaultKind::MissingValue, "missing value", "未填报"},
    {FaultKind::NotApplicableValue, "not applicable value", "不涉及的数据"},
    {FaultKind::PendingMark, "pending mark", "待评"},
    {FaultKind::NoTierRow, "no row matches", "没有相符的档次"},
    {FaultKind::EmptyAggregate, "no records", "没有记录"},
    {FaultKind::MarkOutOfRange, "mark out of range", "评分超出范围"},
    {FaultKind::NegativeCount, "negative count", "计数为负"},
    {FaultKind::Unspecified, "unspecified", "未明确"},
    {FaultKind::NotAnInteger, "not a whole number", "不是整数"},
    {FaultKind::BadCell, "bad cell", "数据有误"},
    {FaultKind::TooManyDigits, "too many digits", "位数过多"},
    {FaultKind::TieAtCut, "tie at the cut", "并列未定"},
    {FaultKind::FractionOfPlace, "fraction of a place", "名额不是整数"},
}};

std::string without_blanks(std::string_view text) {
  std::string result;
  for (const char ch : text) {
    if (ch != ' ' && ch != '_' && ch != '-') result += ch;
  }
  return result;
}

}  // namespace

std::optional<value::FaultKind> fault_named(std::string_view name) {
  const auto wanted = without_blanks(name);
  for (const auto& fault : kFaults) {
    if (wanted == without_blanks(fault.english) || wanted == fault.chinese) return fault.kind;
  }
  return std::nullopt;
}

std::vector<std::string_view> fault_names(bool chinese) {
  std::vector<std::string_view> names;
  for (const auto& fault : kFaults) names.push_back(chinese ? fault.chinese : fault.english);
  return names;
}

}  // namespace xize::sema

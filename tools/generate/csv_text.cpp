#include "tools/generate/csv_text.h"

#include <cassert>
#include <utility>

namespace xize::generate {

CsvText::CsvText(std::vector<std::string> header) : width_(header.size()), filled_(width_) {
  row();
  for (const auto& name : header) cell(name);
}

CsvText& CsvText::row() {
  assert(filled_ == width_);
  if (!text_.empty()) text_ += '\n';
  filled_ = 0;
  return *this;
}

CsvText& CsvText::cell(std::string_view text) {
  assert(filled_ < width_);
  if (filled_++ > 0) text_ += ',';
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    text_ += text;
    return *this;
  }
  text_ += '"';
  for (const char c : text) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

CsvText& CsvText::cell(int number) { return cell(std::to_string(number)); }
CsvText& CsvText::yes_no(bool yes) { return cell(yes ? "是" : "否"); }
CsvText& CsvText::not_applicable() { return cell("不涉及"); }

DataFile CsvText::file(std::string name) const {
  assert(filled_ == width_);
  return {std::move(name), text_ + '\n'};
}

std::string tenths(int value) {
  const std::string whole = std::to_string(value / 10);
  return value % 10 == 0 ? whole : whole + "." + std::to_string(value % 10);
}

}  // namespace xize::generate

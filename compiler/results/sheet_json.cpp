#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "compiler/results/json.h"
#include "compiler/results/row_texts.h"
#include "compiler/results/sheet.h"
#include "compiler/results/sheet_rows.h"

namespace xize::results {
namespace {

using Json = nlohmann::ordered_json;

const char* state_name(MarkState state) {
  switch (state) {
    case MarkState::Score: return "score";
    case MarkState::Unscored: return "unscored";
    case MarkState::NotApplicable: return "not applicable";
    case MarkState::Pending: return "pending";
    case MarkState::Faulty: return "error";
    case MarkState::Absent: break;
  }
  return "absent";
}

// An exact number as text (`12.5`, `300/7`); another state as an object.
Json sheet_mark_json(const Mark& mark) {
  if (mark.state == MarkState::Score) return mark.value.to_string();
  if (mark.state == MarkState::Absent) return nullptr;
  return Json{{"state", state_name(mark.state)}};
}

Json taken_json(const RowSelectionSheet& selection, const RowSelectionSheet::Taken& taken) {
  Json one{{"unit", taken.unit}};
  if (selection.has_classes) one["class"] = datum_json(taken.key);
  for (std::size_t i = 0; i < taken.texts.size(); ++i) {
    one["record"][selection.text_names[i]] = taken.texts[i];
  }
  if (selection.has_measure) one["measure"] = datum_json(taken.measure);
  one["line"] = taken.line;
  return one;
}

// A text in quotes.
void put_text(std::string_view text, std::string& out) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  });
  if (!plain) {
    out += Json(text).dump();
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

// `"name":`
std::string key(std::string_view name) {
  std::string text;
  put_text(name, text);
  return text + ':';
}

// Prints the members of the object that stands for a row: `"unit":"…", … }`.
class JsonRows {
 public:
  JsonRows(const LongSheet& sheet, std::size_t rubric)
      : columns_(sheet, rubric), sheet_(sheet.frame().rubrics[rubric]) {
    const char* comma = "";
    for (const NodeColumn& column : sheet_.columns) {
      nodes_.push_back(std::exchange(comma, ",") + key(column.path));
    }
    comma = "";
    for (const std::string& name : sheet_.report_names) {
      reports_.push_back(std::exchange(comma, ",") + key(name));
    }
    for (std::size_t i = 0; i < states_.size(); ++i) {
      states_[i] = sheet_mark_json({static_cast<MarkState>(i), {}}).dump();
    }
  }

  // Each row with `begin` before it and `end` after it.
  void print(std::span<const std::size_t> unit_rows, std::string_view begin, std::string_view end,
             std::string& out) const {
    NumberPrinter numbers(std::nullopt);
    print_rows(columns_, unit_rows, out,
               [&](const SheetRows& rows, std::size_t i, std::string& text) {
                 text += begin;
                 print_head(rows, i, numbers, text);
                 print_columns(rows, i, numbers, text);
                 text += end;
               });
  }

 private:
  void print_head(const SheetRows& rows, std::size_t i, NumberPrinter& numbers,
                  std::string& out) const {
    out += R"("unit":)";
    put_text(rows.unit(i), out);
    if (sheet_.has_periods) {
      out += R"(,"period":)";
      put_text(rows.period(i), out);
    }
    if (rows.reference(i)) out += R"(,"reference":true)";
    if (sheet_.has_total) {
      const auto rank = rows.rank(i);
      out += R"(,"rank":)";
      out += rank ? std::to_string(*rank) : "null";
      out += R"(,"total":)";
      put(rows.total(i), numbers, out);
    }
    if (sheet_.has_combined) {
      out += R"(,"combined":)";
      put(rows.combined(i), numbers, out);
    }
    if (sheet_.has_converted) {
      out += R"(,"converted":)";
      put(rows.converted(i), numbers, out);
    }
    if (sheet_.has_grade) {
      out += R"(,"grade":)";
      const std::string& grade = rows.grade(i);
      if (grade.empty()) out += "null";
      else put_text(grade, out);
    }
    if (sheet_.has_selections) out += R"(,"selected":)" + Json(rows.selections(i)).dump();
  }

  void print_columns(const SheetRows& rows, std::size_t i, NumberPrinter& numbers,
                     std::string& out) const {
    out += R"(,"items":{)";
    for (std::size_t c = 0; c < nodes_.size(); ++c) {
      out += nodes_[c];
      put(rows.node(i, c), numbers, out);
    }
    out += '}';
    if (reports_.empty()) return;
    out += R"(,"reports":{)";
    for (std::size_t r = 0; r < reports_.size(); ++r) {
      out += reports_[r];
      const PlainMark& number = rows.report_number(i, r);
      if (number.state == MarkState::Score) {
        put(number, numbers, out);
      } else {
        out += datum_json(rows.report(i, r)).dump();
      }
    }
    out += '}';
  }

  void put(const PlainMark& mark, NumberPrinter& numbers, std::string& out) const {
    if (mark.state != MarkState::Score) {
      out += states_[static_cast<std::size_t>(mark.state)];
    } else if (mark.large != nullptr) {
      out += '"' + mark.large->to_string() + '"';
    } else {
      std::array<char, 2 + NumberPrinter::kTextMax> text;
      text[0] = '"';
      char* end = numbers.print(mark.number, text.data() + 1);
      *end++ = '"';
      out.append(text.data(), end);
    }
  }

  SheetColumns columns_;
  const RubricSheet& sheet_;
  std::vector<std::string> nodes_;    // their keys, with the comma before them
  std::vector<std::string> reports_;
  std::array<std::string, static_cast<std::size_t>(MarkState::Absent) + 1> states_;
};

// All rows of a rubric as objects.
Json rows_json(const LongSheet& sheet, std::size_t rubric) {
  std::string rows;
  JsonRows(sheet, rubric).print(sheet.order(rubric), "{", "},", rows);
  if (!rows.empty()) rows.pop_back();
  return Json::parse("[" + rows + "]");
}

}  // namespace

// Each line says first what it is of.
void sheet_json_lines(const LongSheet& sheet, const TakeText& take) {
  for (std::size_t i = 0; i < sheet.frame().rubrics.size(); ++i) {
    const JsonRows rows(sheet, i);
    std::string begin = R"({"rubric":)";
    put_text(sheet.frame().rubrics[i].name, begin);
    begin += ',';
    take_rows(sheet.order(i), take,
              [&](auto part, std::string& out) { rows.print(part, begin, "}\n", out); });
  }
  for (const RowSelectionSheet& selection : sheet.frame().selections) {
    const std::span taken(selection.taken);
    take_rows(taken, take, [&](auto part, std::string& out) {
      for (const auto& entry : part) {
        Json line{{"selection", selection.name}};
        line.update(taken_json(selection, entry));
        out += line.dump() + "\n";
      }
    });
  }
}

std::string sheet_json(const LongSheet& sheet) {
  Json out{{"rubrics", Json::array()}, {"selections", Json::array()}};
  for (std::size_t i = 0; i < sheet.frame().rubrics.size(); ++i) {
    const RubricSheet& rubric = sheet.frame().rubrics[i];
    out["rubrics"].push_back({{"name", rubric.name},
                              {"title", rubric.title},
                              {"points", sheet_mark_json(rubric.declared_total)},
                              {"units", rows_json(sheet, i)}});
  }
  for (const RowSelectionSheet& selection : sheet.frame().selections) {
    Json taken = Json::array();
    for (const auto& entry : selection.taken) taken.push_back(taken_json(selection, entry));
    out["selections"].push_back({{"name", selection.name}, {"taken", std::move(taken)}});
  }
  return out.dump(2) + "\n";
}

}  // namespace xize::results

#include <algorithm>
#include <set>

#include "compiler/results/sheet.h"
#include "compiler/results/text_table.h"

namespace xize::results {
namespace {

constexpr int kBarCells = 20;

const char* say(Language language, const char* english, const char* chinese) {
  return language == Language::Chinese ? chinese : english;
}

// The total against the declared total, drawn in eighths of a cell. Only for the eye.
std::string bar(const Mark& total, const Mark& declared) {
  static const char* const kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (total.state != MarkState::Score || declared.state != MarkState::Score) return {};
  if (declared.value.sign() <= 0) return {};
  const double share = std::clamp((total.value / declared.value).to_double(), 0.0, 1.2);
  const int eighths = static_cast<int>(share * kBarCells * 8 + 0.5);
  std::string out;
  for (int i = 0; i < eighths / 8; ++i) out += "█";
  return out + kEighths[eighths % 8];
}

// The table of one rubric; `depth` says down to which level nodes have columns, -1 for none.
class RubricTable {
 public:
  RubricTable(const RubricSheet& sheet, Language language) : sheet_(sheet), language_(language) {}

  std::string print(int width) {
    build(true, true);
    if (table_width(columns_, rows_) > width) build(true, false);
    if (table_width(columns_, rows_) > width) build(false, true);
    if (table_width(columns_, rows_) > width) build(false, false);
    std::size_t hidden = 0;
    while (hidden < sheet_.report_names.size() && table_width(columns_, rows_) > width) {
      drop_last();
      ++hidden;
    }
    return text_table(columns_, rows_) + hidden_text(hidden);
  }

 private:
  void build(bool sections, bool bars) {
    columns_.clear();
    rows_.assign(sheet_.rows.size(), {});
    if (sheet_.has_total) {
      add(say(language_, "rank", "名次"), Align::Right, [](const SheetRow& row) {
        return row.rank ? std::to_string(*row.rank) : std::string(row.reference ? "—" : "");
      });
    }
    add(say(language_, "unit", "单位"), Align::Left, [](const SheetRow& row) { return row.unit; });
    if (sheet_.has_periods) {
      add(say(language_, "period", "周期"), Align::Left,
          [](const SheetRow& row) { return row.period; });
    }
    if (sections) add_sections();
    if (sheet_.has_total) add_total(bars);
    if (sheet_.has_grade) {
      add(say(language_, "grade", "等次"), Align::Left,
          [](const SheetRow& row) { return row.grade; });
    }
    if (sheet_.has_selections) {
      add(say(language_, "selected", "评选"), Align::Left, [](const SheetRow& row) {
        std::string all;
        for (const auto& name : row.selections) all += (all.empty() ? "" : "、") + name;
        return all;
      });
    }
    for (std::size_t i = 0; i < sheet_.report_names.size(); ++i) {
      add(sheet_.report_names[i], Align::Right,
          [this, i](const SheetRow& row) { return print_datum(row.reports[i], {language_}); });
    }
  }

  void add_sections() {
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      if (sheet_.columns[i].depth > 0) continue;
      add(sheet_.columns[i].name, Align::Right, [this, i](const SheetRow& row) {
        const Mark& mark = row.nodes[i];
        const bool taken = sheet_.columns[i].is_penalty && mark.state == MarkState::Score;
        return print_mark(taken ? Mark{mark.state, -mark.value} : mark, language_, kMarkPlaces);
      });
    }
  }

  void add_total(bool bars) {
    add(say(language_, "total", "总分"), Align::Right,
        [this](const SheetRow& row) { return print_mark(row.total, language_, kMarkPlaces); });
    if (bars) {
      add("", Align::Left, [this](const SheetRow& row) {
        return pad(bar(row.total, sheet_.declared_total), kBarCells, Align::Left);
      });
    }
    if (sheet_.has_combined) {
      add(say(language_, "combined", "合并得分"), Align::Right,
          [this](const SheetRow& row) { return print_mark(row.combined, language_, kMarkPlaces); });
    }
    if (sheet_.has_converted) {
      add(say(language_, "converted", "换算得分"), Align::Right,
          [this](const SheetRow& row) {
            return print_mark(row.converted, language_, kMarkPlaces);
          });
    }
  }

  // Reports stand last.
  void drop_last() {
    columns_.pop_back();
    for (auto& row : rows_) row.pop_back();
  }

  [[nodiscard]] std::string hidden_text(std::size_t hidden) const {
    if (hidden == 0) return {};
    const std::string& first = sheet_.report_names[sheet_.report_names.size() - hidden];
    const std::string count = std::to_string(hidden);
    return language_ == Language::Chinese
               ? "还有 " + count + " 列（自“" + first + "”起）放不下，`--format csv` 输出全部\n"
               : count + " more columns, from `" + first + "` on: see `--format csv`\n";
  }

  template <class Cell>
  void add(std::string head, Align align, Cell cell) {
    columns_.push_back({std::move(head), align});
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].push_back(cell(sheet_.rows[i]));
  }

  const RubricSheet& sheet_;
  Language language_;
  std::vector<TextColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

std::string selection_text(const RowSelectionSheet& sheet, Language language) {
  std::vector<TextColumn> columns = {{say(language, "unit", "单位"), Align::Left}};
  if (sheet.has_classes) columns.push_back({say(language, "class", "类别"), Align::Left});
  for (const std::string& name : sheet.text_names) columns.push_back({name, Align::Left});
  if (sheet.has_measure) columns.push_back({say(language, "measure", "依据值"), Align::Right});
  columns.push_back({say(language, "line of the data", "数据行"), Align::Right});
  std::vector<std::vector<std::string>> rows;
  for (const auto& taken : sheet.taken) {
    std::vector<std::string> cells = {taken.unit};
    if (sheet.has_classes) cells.push_back(print_datum(taken.key, {language}));
    cells.insert(cells.end(), taken.texts.begin(), taken.texts.end());
    if (sheet.has_measure) cells.push_back(print_datum(taken.measure, {language}));
    cells.push_back(std::to_string(taken.line));
    rows.push_back(std::move(cells));
  }
  return text_table(columns, rows);
}

// `2 个单位，3 期`
std::string extent_of(const RubricSheet& sheet, Language language) {
  std::set<std::string> units, periods;
  for (const SheetRow& row : sheet.rows) {
    units.insert(row.unit);
    periods.insert(row.period);
  }
  std::string text = std::to_string(units.size()) + say(language, " units", " 个单位");
  if (periods.size() < 2) return text;
  return text + say(language, ", ", "，") + std::to_string(periods.size()) +
         say(language, " periods", " 期");
}

std::string heading(const std::string& text, bool colour) {
  return colour ? "\033[1m" + text + "\033[0m\n" : text + "\n";
}

}  // namespace

std::string sheet_text(const ScoreSheet& sheet, Language language, int width, bool colour) {
  std::string out;
  for (const RubricSheet& rubric : sheet.rubrics) {
    if (!out.empty()) out += '\n';
    std::string title = rubric.title.empty() ? rubric.name : rubric.name + " " + rubric.title;
    title += say(language, " — ", "：") + extent_of(rubric, language);
    out += heading(title, colour);
    out += RubricTable(rubric, language).print(width);
  }
  for (const RowSelectionSheet& selection : sheet.selections) {
    out += '\n' + heading(selection.name, colour) + selection_text(selection, language);
  }
  return out;
}

}  // namespace xize::results

#include <algorithm>

#include "compiler/results/sheet.h"
#include "compiler/results/text_table.h"

namespace xize::results {
namespace {

constexpr int kPlaces = 2;  // digits shown in the short form
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
    return text_table(columns_, rows_);
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
  }

  void add_sections() {
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      if (sheet_.columns[i].depth > 0) continue;
      add(sheet_.columns[i].name, Align::Right, [this, i](const SheetRow& row) {
        const Mark& mark = row.nodes[i];
        const bool taken = sheet_.columns[i].is_penalty && mark.state == MarkState::Score;
        return print_mark(taken ? Mark{mark.state, -mark.value} : mark, language_, kPlaces);
      });
    }
  }

  void add_total(bool bars) {
    add(say(language_, "total", "总分"), Align::Right,
        [this](const SheetRow& row) { return print_mark(row.total, language_, kPlaces); });
    if (bars) {
      add("", Align::Left, [this](const SheetRow& row) {
        return pad(bar(row.total, sheet_.declared_total), kBarCells, Align::Left);
      });
    }
    if (sheet_.has_combined) {
      add(say(language_, "combined", "合并得分"), Align::Right,
          [this](const SheetRow& row) { return print_mark(row.combined, language_, kPlaces); });
    }
    if (sheet_.has_converted) {
      add(say(language_, "converted", "换算得分"), Align::Right,
          [this](const SheetRow& row) { return print_mark(row.converted, language_, kPlaces); });
    }
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
  std::vector<std::vector<std::string>> rows;
  for (const auto& taken : sheet.taken) {
    rows.push_back({taken.unit, taken.key, taken.measure, std::to_string(taken.line)});
  }
  return text_table({{say(language, "unit", "单位"), Align::Left},
                     {say(language, "class", "类别"), Align::Left},
                     {say(language, "measure", "得分"), Align::Right},
                     {say(language, "line", "数据行"), Align::Right}},
                    rows);
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
    title += say(language, " — ", "：") + std::to_string(rubric.rows.size()) +
             say(language, " units", " 个单位");
    out += heading(title, colour);
    out += RubricTable(rubric, language).print(width);
  }
  for (const RowSelectionSheet& selection : sheet.selections) {
    out += '\n' + heading(selection.name, colour) + selection_text(selection, language);
  }
  return out;
}

}  // namespace xize::results

// results: what a run gave, as people and programs read it.
// sheet: the scores of all units of each rubric, in the order of their rank.
// In: a Scoring. Out: plain values; printers turn them into text, CSV, JSON, Markdown.
// Must hold: every number is exact; nothing is rounded that the policy does not round.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/driver/scoring.h"
#include "compiler/results/datum.h"

namespace xize::results {

// Whether there is a number, and if not, why.
enum class MarkState : std::uint8_t {
  Score,
  Unscored,       // a guard gives no score
  NotApplicable,
  Pending,        // a judged mark is not yet given
  Faulty,         // it could not be computed, or the unit's data are in error
  Absent,         // the policy has no such result
};
// What a unit has at a node: a number, or why there is none.
struct Mark {
  MarkState state = MarkState::Absent;
  value::Rational value;

  friend bool operator==(const Mark& a, const Mark& b) = default;
};

// One column of the sheet: a section, item, bonus or penalty block.
struct NodeColumn {
  program::NodeId node;
  std::string name;
  std::string path;      // unique: `事项管理.即办程度`
  int depth = 0;         // 0 directly under the rubric
  bool is_penalty = false;
  Mark points;           // declared
};

// One unit in one period.
struct SheetRow {
  std::size_t row = 0;   // of the unit table
  std::string unit;
  std::string period;    // empty where the policy has none
  bool reference = false;
  std::optional<std::int64_t> rank;
  Mark total;
  Mark combined;
  Mark converted;
  std::string grade;
  std::vector<std::string> selections;
  std::vector<Mark> nodes;          // by column
  std::vector<Datum> reports;       // by name of the sheet
};

// All units of one rubric.
struct RubricSheet {
  std::size_t rubric = 0;
  std::string name, title;
  bool has_total = true, has_grade = false, has_combined = false, has_converted = false;
  bool has_selections = false, has_periods = false;
  Mark declared_total;
  std::vector<NodeColumn> columns;
  std::vector<std::string> report_names;
  std::vector<SheetRow> rows;      // best first; those without a total last
};

// The rows of records that a selection took, such as 服务明星.
struct RowSelectionSheet {
  std::string name;
  bool has_classes = false;             // places are counted for each class
  bool has_measure = false;             // there is something to be best by
  std::vector<std::string> text_names;  // columns that say who or what it is
  struct Taken {
    std::size_t row = 0;             // of the unit table
    std::string unit;
    Datum key;                       // its class
    std::vector<std::string> texts;  // by text_names
    Datum measure;
    std::uint64_t line = 0;
  };
  std::vector<Taken> taken;
};

// Everything a run gave.
struct ScoreSheet {
  std::vector<RubricSheet> rubrics;
  std::vector<RowSelectionSheet> selections;
};

// Which part of a run is wanted; empty means all.
struct SheetFilter {
  std::string rubric;
  std::string period;
  std::vector<std::string> units;
};

// A sheet of any length: its rows are made when they are read (sheet_rows.h). The scoring outlives
// it.
class LongSheet {
 public:
  LongSheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
            const SheetFilter& filter);

  // All of it but the rows of rubrics.
  [[nodiscard]] const ScoreSheet& frame() const { return frame_; }
  // By place in the frame: the rows of the unit table, best first.
  [[nodiscard]] const std::vector<std::size_t>& order(std::size_t rubric) const {
    return orders_[rubric];
  }
  // The rows of the unit table that stand in it, each once, from the first on.
  [[nodiscard]] std::vector<std::size_t> rows() const;
  // Of a row of the unit table; blank where the policy has none.
  [[nodiscard]] const std::string& period(std::size_t unit_row) const;
  [[nodiscard]] const driver::Compilation& compilation() const { return compilation_; }
  [[nodiscard]] const driver::Scoring& scoring() const { return scoring_; }
  // With its rows.
  [[nodiscard]] ScoreSheet whole() const;

 private:
  const driver::Compilation& compilation_;
  const driver::Scoring& scoring_;
  std::vector<std::string> periods_;  // by number; none where the policy has none
  ScoreSheet frame_;
  std::vector<std::vector<std::size_t>> orders_;
};

ScoreSheet make_sheet(const driver::Compilation& compilation, const driver::Scoring& scoring,
                      const SheetFilter& filter);

// The records that one selection took, best first in each class.
RowSelectionSheet make_selection(const driver::Scoring& scoring, std::size_t index);

// The period of a row of the unit table: `2023Q1`; empty where the policy has none.
std::string period_of(const driver::Scoring& scoring, std::size_t row);
// All periods of the data, from the first to the last.
std::vector<std::string> periods_of(const driver::Scoring& scoring);

inline constexpr int kMarkPlaces = 2;  // of the short form

// How a mark is printed: digits after the point at most `places` (then `≈` before a rounded one);
// without `places` exactly, as a fraction if need be.
std::string print_mark(const Mark& mark, Language language, std::optional<int> places);
std::string print_number(const value::Rational& number, std::optional<int> places);

Mark mark_of(const value::Value& value);

// Takes the next piece of a text.
using TakeText = std::function<void(std::string_view)>;

// Printers. Text fits `width` cells; the others hold every column.
std::string sheet_text(const ScoreSheet& sheet, Language language, int width, bool colour);
void sheet_csv(const LongSheet& sheet, Language language, const TakeText& take);
// One line for each row of a rubric, then one for each record that a selection took.
void sheet_json_lines(const LongSheet& sheet, const TakeText& take);
std::string sheet_json(const LongSheet& sheet);
std::string sheet_markdown(const ScoreSheet& sheet, Language language);

}  // namespace xize::results

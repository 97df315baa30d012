// climb: data that bring a number as high, or as low, as the search can. Private to this room.
// In: a stand that is aimed at the number, drafts to start from. Out: the best draft and what it
// comes to.
// Must hold: the result is the interpreter's for that draft. Cost: at most kRunsMax runs.
//
// One input after the other is set to what serves best: the places where a rule turns, the ends of
// its range, numbers the policy writes; two numbers change places; records are added, of one kind
// after the other. What the result does not need is then put back.
#pragma once

#include <functional>

#include "compiler/extremes/stand.h"

namespace xize::extremes {

inline constexpr std::size_t kRunsMax = 4000;

// What is looked for.
struct Goal {
  program::OpId result;
  int sign = 1;                          // -1: as low as possible
  std::vector<program::OpId> scored = {};  // must be numbers as well
  std::optional<Rational> end = {};      // nothing goes beyond it
  // Of a whole: the same, known once its parts were scored together.
  std::function<std::optional<Rational>()> end_then = {};
  bool sum = false;                      // of parts: at its end where each of them is
  // Guards in their order: of equal numbers the one that gets further past them is better.
  const std::vector<program::Decision>* guards = nullptr;
};

struct Found {
  Draft draft;
  Rational value;
  Draft start;                         // what was put back where it serves as well
  std::vector<std::uint32_t> columns;  // of the draft that matter
};

// What a draft comes to: the number times the sign, and how many guards it gets past.
struct Height {
  Rational value;
  std::size_t passed = 0;
  friend bool operator<(const Height& a, const Height& b) {
    return a.value == b.value ? a.passed < b.passed : a.value < b.value;
  }
};

class Climb {
 public:
  Climb(Stand& stand, const Goal& goal);

  // From the stand's own starts.
  std::optional<Found> run();
  // Of a whole, from what serves its parts: where these disagree, what serves it best.
  std::optional<Found> run(const std::vector<Found>& parts);

 private:
  // Nothing where the draft has no number.
  std::optional<Height> height_of(const Draft& draft);
  // Takes the draft if it comes to the same.
  bool keep(Draft draft);
  [[nodiscard]] Found found(const Draft& start) const;
  // Takes the draft if it is better.
  bool offer(const Draft& draft);
  void set_end(const std::optional<Rational>& end);
  [[nodiscard]] bool done() const;
  [[nodiscard]] bool all_at_end(const std::vector<Found>& parts);
  void climb(const Draft& start);
  [[nodiscard]] Draft merged(const std::vector<Found>& parts) const;
  bool improve_column(std::uint32_t column);
  bool improve_others(std::uint32_t column);
  bool swap_columns();
  bool improve_records(std::uint16_t table);
  bool improve_kinds(std::uint16_t table);
  void put_back(const Draft& plain);
  void put_back_cell(std::uint32_t column, const Value& plain);
  void put_back_records(std::uint16_t table);
  // Draws `cell` of the best draft as near to `plain` as the result allows.
  void draw_near(std::uint32_t column, const Value& plain);

  Stand& stand_;
  Goal goal_;
  std::size_t runs_before_;
  std::optional<Rational> end_;  // times the sign
  Draft current_;
  std::optional<Height> reached_;
};

}  // namespace xize::extremes

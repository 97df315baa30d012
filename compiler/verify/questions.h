// questions: what a policy promises, as formulas that hold only where a promise is broken, each
// with the check of an example by the interpreter's own values.
// Private to this room.
#pragma once

#include <map>
#include <memory>

#include "compiler/verify/prover.h"
#include "compiler/verify/replay.h"

namespace xize::verify {

// Questions with the subject each belongs to.
struct Asked {
  std::vector<Subject> subjects;
  std::vector<Question> questions;
  std::vector<std::size_t> subject_of;
};

// Asks about one policy.
class Inquiry {
 public:
  Inquiry(Replay& replay, Encoder& encoder);

  Asked run();

  // Switches of all encoders that were made on the way.
  [[nodiscard]] std::vector<Site> sites() const;

 private:
  // What a score must lie between; `most_if_applicable` is the same for who has a score.
  struct Range {
    OpId score;
    std::optional<OpId> most, most_if_applicable;
    std::optional<Rational> least;
  };
  // A range that was asked for, of the parts that add up to it.
  struct Sum {
    std::size_t question = 0;
    Range range;
    std::vector<program::NodeId> parts;
    std::optional<Rational> shared;  // points that all parts have together, however distributed
  };
  // Of an item or a section; `capped`: with an upper end.
  struct AskedRange {
    std::size_t question = 0;
    bool capped = false;
  };
  struct Cut;

  void ask_node(program::NodeId id);
  void ask_rubric(std::size_t rubric);
  void ask_report(const program::Report& report);
  void ask_property(std::size_t index);
  // Where the range is left.
  TermId outside(Encoder& encoder, const Range& range);
  // Is it asked? If so it is the last question.
  bool ask_range(const Range& range);
  void ask_computable(OpId score, const std::vector<OpId>& parts, Promise promise);
  void ask_faults(OpId score, const std::vector<const Site*>& own, Promise promise);
  void ask_rows(const program::Node& node);
  void ask_guards(const std::vector<program::Decision>& decisions);
  void ask_condition(OpId what, const Written& about);
  void ask_direction(const lower::LoweredProperty& property, bool rises, const Written& about);
  // Where the result of the second goes the wrong way.
  TermId wrong_way(Encoder& low, Encoder& high, const lower::LoweredProperty& property, bool rises);
  void begin(SubjectKind kind, std::string name, program::Origin origin);
  void add(Question question);
  Question make(Promise promise, TermId violated) const;
  std::optional<Refutation> replay(const smt::Assignment& values, const std::vector<OpId>& roots,
                                   OpId result);
  [[nodiscard]] std::vector<const Site*> sites_below(const std::vector<OpId>& roots,
                                                     const std::vector<OpId>& without) const;
  [[nodiscard]] bool is_tier(ast::EntryId entry) const;
  [[nodiscard]] bool ordered_together(const program::Decision& a,
                                      const program::Decision& b) const;
  [[nodiscard]] std::string path_of(const program::Node& node) const;
  [[nodiscard]] Written written(program::Origin origin) const;

  // outlines.cpp
  void outline_sum(const Sum& sum);
  void outline_condition(OpId what);
  void outline_direction(const lower::LoweredProperty& property, bool rises, const Encoder& more);
  void cut_part(program::NodeId part, Cut& cut);
  void cut_score(OpId op, const Meaning* worth, TermId proved, Cut& cut);
  [[nodiscard]] std::vector<program::NodeId> parts_of(OpId what) const;
  [[nodiscard]] std::optional<Rational> shared_points(const std::vector<program::NodeId>& nodes);

  Replay& replay_;
  Encoder& encoder_;
  smt::Terms& terms_;
  const program::Program& program_;
  Asked asked_;
  std::map<program::NodeId, AskedRange> range_of_;
  std::vector<Sum> sums_;
  std::vector<std::unique_ptr<Encoder>> variants_;
};

}  // namespace xize::verify

// query: one SELECT with GROUP BY over one table, whose parts have names of their own, so that what
// is used often is computed once: tables behind WITH, or aliases where the dialect has them and is
// not overtaxed by putting in what they stand for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/sql/dialect.h"
#include "compiler/sql/term.h"

namespace xize::sql {

class Query {
 public:
  // `from` is a table, or what else may stand behind FROM; `names` is what names given here begin
  // with, and no column does.
  Query(const Dialect& dialect, std::string from, std::string names = "xize_")
      : dialect_(dialect), from_(std::move(from)), names_(std::move(names)) {}

  [[nodiscard]] const Dialect& dialect() const { return dialect_; }
  // A column of the table; of a join, behind the name of its table.
  [[nodiscard]] Sql column(std::string_view name, std::string_view table = {}) const;
  void set_from(std::string from) { from_ = std::move(from); }
  // Gives the expression a name and returns that; equal expressions get one name. Short ones stay
  // as they are.
  Sql define(const Sql& expression);
  // `expressions` in a SELECT, grouped by the first `keys` of them; `rest` stands behind.
  [[nodiscard]] std::string select(const std::vector<Sql>& expressions, std::size_t keys,
                                   std::string_view rest = {}) const;

 private:
  struct Definition {
    Sql expression;
    std::string name;
    [[nodiscard]] int step() const { return expression.depth + 1; }
  };
  [[nodiscard]] std::string table(int step) const { return names_ + "t" + std::to_string(step); }
  [[nodiscard]] std::vector<std::size_t> named_in(std::string_view text) const;
  [[nodiscard]] std::vector<int> last_reads(const std::vector<Sql>& expressions,
                                            std::string_view rest) const;
  [[nodiscard]] std::string steps(const std::vector<int>& reads, int last) const;
  [[nodiscard]] bool takes_aliases(const std::vector<int>& reads) const;
  [[nodiscard]] std::string aliases(const std::vector<int>& reads) const;

  const Dialect& dialect_;
  std::string from_;
  std::string names_;
  std::vector<Definition> definitions_;
};

}  // namespace xize::sql

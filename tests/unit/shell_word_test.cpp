// compiler/results/shell_word: paths that can be pasted into a command.
#include "compiler/results/shell_word.h"

#include <doctest/doctest.h>

namespace xize::results {

TEST_CASE("shell word: only what the shell would take apart is quoted") {
  CHECK(shell_word("年度考核/data") == "年度考核/data");
  CHECK(shell_word("2024-03") == "2024-03");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("$HOME") == "'$HOME'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("") == "''");
}

}  // namespace xize::results

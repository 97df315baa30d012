#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "runtime/sampling/draw.h"
#include "runtime/sampling/sha256.h"

using namespace xize;
using sampling::Steps;
using sampling::Ticket;
using value::Rational;

namespace {

std::string digest(std::string_view text) { return sampling::hex(sampling::sha256(text)); }

Ticket ticket(int lot) { return {sampling::sha256(std::to_string(lot)), 0, 0}; }

// Steps over small numbers.
struct Walk {
  int ending = 0;
  int step = 1;
  std::size_t take = 0;
  bool previous = false;
};

// The rule of draw_by_steps, number by number.
std::vector<int> walked(const std::vector<int>& rows, const Walk& walk) {
  std::vector<int> drawn;
  std::set<int> open(rows.begin(), rows.end());
  if (open.empty()) return drawn;
  const int smallest = *open.begin();
  const int largest = *open.rbegin();
  for (int number = walk.ending; drawn.size() < walk.take; number += walk.step) {
    if (number < smallest) continue;
    int at = number;
    while (walk.previous && at >= smallest && !open.contains(at)) --at;
    if (open.erase(at) == 1) drawn.push_back(at);
    if (number >= largest) break;
  }
  return drawn;
}

std::vector<int> drawn(const std::vector<int>& rows, const Steps& steps) {
  const std::vector<Rational> numbers(rows.begin(), rows.end());
  std::vector<int> result;
  for (const std::size_t at : sampling::draw_by_steps(numbers, steps)) result.push_back(rows[at]);
  return result;
}

}  // namespace

TEST_CASE("digests are those of FIPS 180-4") {
  CHECK(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a lot draws the wanted number, whatever the order of the rows") {
  std::vector<Ticket> tickets;
  for (int i = 0; i < 30; ++i) tickets.push_back(ticket(i));
  const auto rows = sampling::draw_by_lot(tickets, 7);
  REQUIRE(rows.size() == 7);
  CHECK(std::is_sorted(rows.begin(), rows.end()));
  std::vector<Ticket> reversed(tickets.rbegin(), tickets.rend());
  for (const std::size_t at : sampling::draw_by_lot(reversed, 7)) {
    CHECK(std::count(rows.begin(), rows.end(), 29 - at) == 1);
  }
  CHECK(sampling::draw_by_lot(tickets, 30).size() == 30);
  CHECK(sampling::draw_by_lot(tickets, 31).size() == 30);
  CHECK(sampling::draw_by_lot(tickets, 0).empty());
  CHECK(sampling::draw_by_lot({}, 5).empty());
}

TEST_CASE("every row has the same chance") {
  std::vector<int> hits(10, 0);
  for (int seed = 0; seed < 2000; ++seed) {
    std::vector<Ticket> tickets;
    for (int row = 0; row < 10; ++row) tickets.push_back(ticket(seed * 100 + row));
    for (const std::size_t at : sampling::draw_by_lot(tickets, 3)) ++hits[at];
  }
  for (const int n : hits) {  // 600 expected, a standard deviation is 20.5
    CHECK(n > 500);
    CHECK(n < 700);
  }
}

TEST_CASE("lists that follow one another cover every row before one comes again") {
  for (std::size_t take = 1; take <= 23; ++take) {
    std::vector<Ticket> rows(23);
    for (std::uint32_t list = 1; list <= 60; ++list) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].lot = ticket(static_cast<int>(list * 1000 + i)).lot;
      }
      for (const std::size_t at : sampling::draw_by_lot(rows, take)) {
        rows[at].last_drawn = list;
        ++rows[at].times_drawn;
      }
      const auto [least, most] = std::minmax_element(
          rows.begin(), rows.end(),
          [](const Ticket& a, const Ticket& b) { return a.times_drawn < b.times_drawn; });
      CHECK(most->times_drawn - least->times_drawn <= 1);
    }
  }
}

TEST_CASE("a row that is new is drawn in the next list, and not in every list from then on") {
  std::vector<Ticket> rows(9);
  int hits = 0;
  for (std::uint32_t list = 1; list <= 12; ++list) {
    if (list == 7) rows.emplace_back();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].lot = ticket(static_cast<int>(list * 100 + i)).lot;
    }
    for (const std::size_t at : sampling::draw_by_lot(rows, 3)) {
      rows[at].last_drawn = list;
      ++rows[at].times_drawn;
      if (at == 9) ++hits;
    }
    CHECK(hits == (list < 7 ? 0 : list < 10 ? 1 : 2));
  }
}

TEST_CASE("steps: every set of ten numbers, every small series") {
  long cases = 0;
  for (unsigned set = 0; set < 1024; ++set) {
    std::vector<int> rows;
    for (int i = 9; i >= 0; --i) {
      if ((set >> i & 1u) != 0) rows.push_back(i + 3);
    }
    for (int step = 1; step <= 4; ++step) {
      for (int ending = 0; ending <= 14; ending += 2) {
        for (std::size_t take = 0; take <= 6; take += 2) {
          for (const bool previous : {false, true}) {
            const auto expected = walked(rows, {ending, step, take, previous});
            const auto found = drawn(rows, {ending, step, take, previous});
            ++cases;
            if (found != expected) {
              FAIL("set " << set << " ending " << ending << " step " << step << " take " << take
                          << " previous " << previous);
            }
          }
        }
      }
    }
  }
  CHECK(cases == 1024L * 4 * 8 * 4 * 2);
}

TEST_CASE("steps: long numbers and wide gaps end soon, doubled numbers are two rows") {
  const Rational far = *Rational::from_decimal("100000000000000000000000000000028");
  const std::vector<Rational> numbers = {28, far, 30};
  CHECK(sampling::draw_by_steps(numbers, {28, 100, 6, true}) == std::vector<std::size_t>{0, 2, 1});
  CHECK(sampling::draw_by_steps(numbers, {28, 100, 6, false}) == std::vector<std::size_t>{0, 1});
  const std::vector<Rational> doubled = {5, 5, 5};
  CHECK(sampling::draw_by_steps(doubled, {5, 10, 6, true}) == std::vector<std::size_t>{0});
}

TEST_CASE("an open ending is the digest modulo the step") {
  // sha256("abc") ends in the byte ad: 173
  CHECK(sampling::ending_of(sampling::sha256("abc"), 256) == Rational(173));
  CHECK(sampling::ending_of(sampling::sha256("abc"), 1) == Rational(0));
  CHECK(sampling::ending_of(sampling::sha256("abc"), 2) == Rational(1));
}

TEST_CASE("a text's number is what its last digits make") {
  CHECK(sampling::number_at_end("JS-2023-0017") == Rational(17));
  CHECK(sampling::number_at_end("23060100028") == Rational(23060100028));
  CHECK(sampling::number_at_end("受理〔2023〕5") == Rational(5));
  CHECK_FALSE(sampling::number_at_end("受理5号").has_value());
  CHECK_FALSE(sampling::number_at_end("").has_value());
}

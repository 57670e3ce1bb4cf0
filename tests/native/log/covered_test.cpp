#include "log/covered.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace isthmus;

namespace {

const Key kRow("row");

EntryId id(std::uint64_t seq) { return {kRow, seq}; }

}  // namespace

TEST_CASE("of an unknown row nothing is covered, and its first number comes next") {
  const Covered covered;
  CHECK(covered.highest(kRow) == 0);
  CHECK_FALSE(covered.covers(id(1)));
  CHECK(covered.takes(id(1)));
  CHECK_FALSE(covered.takes(id(2)));
}

TEST_CASE("a hole is taken later, from both ends and from within") {
  Covered covered;
  covered.add(id(1), 1);
  covered.giveUp(kRow, 6);
  covered.add(id(7), 2);
  CHECK(covered.highest(kRow) == 7);
  CHECK_FALSE(covered.covers(id(4)));
  for (const std::uint64_t seq : {4U, 2U, 6U, 3U, 5U}) {
    CHECK(covered.takes(id(seq)));
    covered.add(id(seq), 3);
    CHECK(covered.covers(id(seq)));
    CHECK_FALSE(covered.takes(id(seq)));
  }
  CHECK(covered.rows().front().holes.empty());
}

TEST_CASE("giving up what is covered changes nothing") {
  Covered covered;
  covered.add(id(1), 1);
  covered.giveUp(kRow, 1);
  CHECK(covered.covers(id(1)));
  CHECK(covered.rows().front().holes.empty());
}

TEST_CASE("of too many holes the oldest count as covered") {
  Covered covered;
  std::uint64_t seq = 0;
  for (std::size_t i = 0; i <= Covered::kMostHoles; ++i) {
    covered.giveUp(kRow, ++seq);
    covered.add(id(++seq), 1);
  }
  CHECK(covered.rows().front().holes.size() == Covered::kMostHoles);
  CHECK(covered.covers(id(1)));
  CHECK(covered.isHole(id(3)));
}

TEST_CASE("rows that are forgotten are unknown, and the others are found") {
  Covered covered;
  covered.add({Key("a"), 1}, 1);
  covered.add({Key("b"), 1}, 2);
  covered.add({Key("c"), 1}, 3);
  covered.forget([](const Covered::Row& row) { return row.latest != 2; });
  CHECK(covered.covers({Key("a"), 1}));
  CHECK_FALSE(covered.covers({Key("b"), 1}));
  CHECK(covered.covers({Key("c"), 1}));
}

TEST_CASE("random numbers and holes are covered as a set of numbers would have it") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Covered covered;
    std::set<std::uint64_t> here;
    std::uint64_t highest = 0;
    for (int i = 0; i < 60; ++i) {
      const auto seq = 1 + random() % (highest + 3);
      if (random() % 4 == 0 && seq > highest) {
        covered.giveUp(kRow, seq);
        highest = seq;
      } else if (covered.takes(id(seq))) {
        covered.add(id(seq), 1);
        here.insert(seq);
        highest = std::max(highest, seq);
      }
    }
    REQUIRE(covered.highest(kRow) == highest);
    for (std::uint64_t seq = 1; seq <= highest + 1; ++seq) {
      REQUIRE(covered.covers(id(seq)) == (here.count(seq) > 0));
      REQUIRE(covered.takes(id(seq)) == (here.count(seq) == 0));
    }
  }
}

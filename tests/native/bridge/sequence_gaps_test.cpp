#include "bridge/sequence_gaps.h"

#include <doctest/doctest.h>

using namespace isthmus;

namespace {

// The gap that is told of an accepted message, as "from..to".
std::string gap(SequenceGaps& gaps, std::string_view sender, std::uint64_t seq) {
  const auto found = gaps.before(sender, seq);
  gaps.accepted(sender, seq);
  return found ? std::to_string(found->from) + ".." + std::to_string(found->to) : "";
}

}  // namespace

TEST_CASE("a jump in a sender's numbers is a gap, told once") {
  SequenceGaps gaps(4);
  CHECK(gap(gaps, "a", 1).empty());
  CHECK(gap(gaps, "a", 2).empty());
  CHECK(gap(gaps, "b", 1).empty());
  CHECK(gap(gaps, "a", 4) == "3..3");
  CHECK(gap(gaps, "a", 3).empty());
  CHECK(gap(gaps, "a", 8) == "5..7");
  CHECK(gap(gaps, "a", 9).empty());
  CHECK(gap(gaps, "b", 2).empty());
}

TEST_CASE("a sender that is first heard in the midst of its numbers has sent what was missed") {
  SequenceGaps gaps(4);
  CHECK(gap(gaps, "a", 6) == "1..5");
  CHECK(gap(gaps, "a", 7).empty());
  CHECK(gap(gaps, "a", 3).empty());
  CHECK(gap(gaps, "b", 2) == "1..1");
  CHECK(gap(gaps, "c", 0).empty());
  CHECK(gap(gaps, "c", 1).empty());
}

TEST_CASE("a gap is told until the message after it is entered") {
  SequenceGaps gaps(4);
  REQUIRE(gaps.before("a", 3));
  REQUIRE(gaps.before("a", 3));
  gaps.accepted("a", 3);
  CHECK_FALSE(gaps.before("a", 4));
}

TEST_CASE("a message that is dropped did arrive, but makes no jump") {
  SequenceGaps gaps(4);
  gaps.dropped("a", 1);
  gaps.dropped("a", 2);
  CHECK(gap(gaps, "a", 3).empty());
  gaps.dropped("a", 4);
  gaps.dropped("a", 5);
  CHECK(gap(gaps, "a", 6).empty());
  gaps.dropped("a", 9'007'199'254'740'991);
  CHECK(gap(gaps, "a", 7).empty());
  gaps.dropped("a", 2);
  CHECK(gap(gaps, "a", 8).empty());
  gaps.dropped("b", 5);
  CHECK(gap(gaps, "b", 7) == "1..6");
}

TEST_CASE("numbers from the first to the largest have gaps between them") {
  SequenceGaps gaps(1);
  CHECK(gap(gaps, "a", 1).empty());
  CHECK(gap(gaps, "a", 9'007'199'254'740'991) == "2..9007199254740990");
  CHECK(gap(gaps, "a", 9'007'199'254'740'991).empty());
}

TEST_CASE("a sender that was forgotten is heard as if for the first time") {
  SequenceGaps gaps(2);
  CHECK(gap(gaps, "a", 1).empty());
  CHECK(gap(gaps, "b", 1).empty());
  CHECK(gap(gaps, "c", 1).empty());
  CHECK(gap(gaps, "b", 3) == "2..2");
  CHECK(gap(gaps, "a", 9) == "1..8");
}

TEST_CASE("strangers none of whose messages is accepted oust no sender that is known") {
  SequenceGaps gaps(2);
  CHECK(gap(gaps, "a", 1).empty());
  for (int i = 0; i < 10; ++i) gaps.dropped("stranger " + std::to_string(i), 1);
  CHECK(gap(gaps, "a", 2).empty());
}

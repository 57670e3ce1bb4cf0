#include "bridge/sequence_gaps.h"

#include <doctest/doctest.h>

using namespace isthmus;

namespace {

std::string gap(SequenceGaps& gaps, std::string_view sender, std::uint64_t seq) {
  const auto found = gaps.accepted(sender, seq);
  return found ? std::to_string(found->from) + ".." + std::to_string(found->to) : "";
}

}  // namespace

TEST_CASE("a jump in a sender's numbers is a gap, told once") {
  SequenceGaps gaps(4);
  CHECK(gap(gaps, "a", 7).empty());  // its first is the beginning
  CHECK(gap(gaps, "a", 8).empty());
  CHECK(gap(gaps, "b", 3).empty());
  CHECK(gap(gaps, "a", 10) == "9..9");
  CHECK(gap(gaps, "a", 9).empty());
  CHECK(gap(gaps, "a", 14) == "11..13");
  CHECK(gap(gaps, "a", 15).empty());
  CHECK(gap(gaps, "b", 4).empty());
}

TEST_CASE("a message that is dropped did arrive, but makes no jump") {
  SequenceGaps gaps(4);
  gaps.dropped("a", 1);
  CHECK(gap(gaps, "a", 5).empty());
  gaps.dropped("a", 6);
  gaps.dropped("a", 7);
  CHECK(gap(gaps, "a", 8).empty());
  gaps.dropped("a", 9'007'199'254'740'991);
  CHECK(gap(gaps, "a", 9).empty());
  gaps.dropped("a", 2);
  CHECK(gap(gaps, "a", 10).empty());
}

TEST_CASE("numbers from the first to the largest have gaps between them") {
  SequenceGaps gaps(1);
  CHECK(gap(gaps, "a", 0).empty());
  CHECK(gap(gaps, "a", 9'007'199'254'740'991) == "1..9007199254740990");
  CHECK(gap(gaps, "a", 9'007'199'254'740'991).empty());
}

TEST_CASE("a sender that was forgotten begins anew") {
  SequenceGaps gaps(2);
  CHECK(gap(gaps, "a", 1).empty());
  CHECK(gap(gaps, "b", 1).empty());
  CHECK(gap(gaps, "c", 1).empty());
  CHECK(gap(gaps, "b", 3) == "2..2");
  CHECK(gap(gaps, "a", 9).empty());
}

#include "bridge/accepted_messages.h"
#include "native/capture.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

using isthmus::AcceptedMessages;

TEST_CASE("nothing is known before it was accepted, and then only that") {
  AcceptedMessages accepted(4, 8);
  CHECK_FALSE(accepted.contains("a", 0));
  accepted.add("a", 5);
  CHECK(accepted.contains("a", 5));
  CHECK_FALSE(accepted.contains("a", 4));
  CHECK_FALSE(accepted.contains("a", 6));
  CHECK_FALSE(accepted.contains("b", 5));
}

TEST_CASE("numbers may arrive out of order within the window, and older ones count as accepted") {
  AcceptedMessages accepted(4, 8);
  accepted.add("a", 20);
  accepted.add("a", 15);
  CHECK(accepted.contains("a", 15));
  CHECK_FALSE(accepted.contains("a", 13));
  CHECK(accepted.contains("a", 12));
  CHECK(accepted.contains("a", 0));
  accepted.add("a", 23);
  CHECK(accepted.contains("a", 20));
  CHECK_FALSE(accepted.contains("a", 16));
  CHECK(accepted.contains("a", 15));
}

TEST_CASE("a leap clears the whole window, and the largest numbers are numbers like any other") {
  constexpr std::uint64_t kLast = (std::uint64_t{1} << 53U) - 1;
  AcceptedMessages accepted(4, 8);
  for (std::uint64_t seq = 0; seq < 8; ++seq) accepted.add("a", seq);
  accepted.add("a", kLast);
  CHECK(accepted.contains("a", kLast));
  for (std::uint64_t back = 1; back < 8; ++back) CHECK_FALSE(accepted.contains("a", kLast - back));
  CHECK(accepted.contains("a", kLast - 8));
}

TEST_CASE("the sender that was silent longest is forgotten for a new one") {
  AcceptedMessages accepted(2, 8);
  accepted.add("a", 1);
  accepted.add("b", 1);
  accepted.add("a", 2);
  accepted.add("c", 1);
  CHECK(accepted.contains("a", 1));
  CHECK_FALSE(accepted.contains("b", 1));
  CHECK(accepted.contains("c", 1));
}

TEST_CASE("a window or a table of nothing still remembers the last message") {
  AcceptedMessages accepted(0, 0);
  accepted.add("a", 7);
  CHECK(accepted.contains("a", 7));
  CHECK_FALSE(accepted.contains("a", 8));
}

TEST_CASE("random numbers are known exactly as by a set of all of them, within the window") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  constexpr std::uint64_t kWindow = 16;
  AcceptedMessages accepted(8, kWindow);
  std::map<std::string, std::set<std::uint64_t>> model;
  std::uint64_t front = 40;
  for (int i = 0; i < 5000; ++i) {
    front += random() % 20 == 0 ? random() % 40 : random() % 2;
    const std::string sender(1, static_cast<char>('a' + random() % 3));
    const std::uint64_t seq = front - random() % 30;
    auto& known = model[sender];
    const bool isOld = !known.empty() && *known.rbegin() >= seq + kWindow;
    REQUIRE(accepted.contains(sender, seq) == (isOld || known.count(seq) > 0));
    if (random() % 2 == 0) {
      accepted.add(sender, seq);
      known.insert(seq);
    }
  }
}

#include "bridge/last_applied.h"

#include <doctest/doctest.h>

using namespace isthmus;

TEST_CASE("of two stamps the older one is told by clock, then sender, then number") {
  const Stamp stamps[] = {{1, "b", 9}, {2, "a", 9}, {2, "b", 1}, {2, "b", 2}, {3, "a", 1}};
  for (const auto& a : stamps) {
    for (const auto& b : stamps) CHECK(isOlder(a, b) == (&a < &b));
  }
}

TEST_CASE("the newest of each type is kept, whatever the order") {
  LastApplied last;
  CHECK(last.find(Key("t")) == nullptr);
  last.add(Key("t"), {5, "a", 1});
  last.add(Key("t"), {4, "b", 1});
  last.add(Key("u"), {1, "c", 1});
  REQUIRE(last.find(Key("t")) != nullptr);
  CHECK(last.find(Key("t"))->sender == "a");
  last.add(Key("t"), {5, "b", 1});
  CHECK(last.find(Key("t"))->sender == "b");
  CHECK(last.find(Key("u"))->sender == "c");
}

#include "base/two_copies.h"

#include <doctest/doctest.h>

using namespace isthmus;

TEST_CASE("a change returns what it returned first, and both copies have it") {
  TwoCopies<int> number(1);
  CHECK(number.change([](int& n) { return ++n; }) == 2);
  CHECK(number.current() == 2);
  number.change([](int& n) { n *= 10; });
  CHECK(number.current() == 20);
}

TEST_CASE("a change that is cut off before its one store is none, after it is whole") {
  TwoCopies<std::pair<int, int>> pair({1, 1});
  const auto half = [](std::pair<int, int>& p) { ++p.first; };
  const auto whole = [](std::pair<int, int>& p) { ++p.first, ++p.second; };
  pair.change([&](std::pair<int, int>& p) {
    whole(p);
    const auto& [first, second] = pair.current();
    CHECK(first == second);
  });
  CHECK(pair.current() == std::pair(2, 2));
  pair.prepare(half);
  CHECK(pair.current() == std::pair(2, 2));
}

#include "store/watchers.h"

#include <doctest/doctest.h>

#include "native/value/json_literal.h"

using namespace isthmus;

TEST_CASE("a watch on a string that gave way to an equal one stays quiet") {
  Watchers watchers;
  watchers.add(1, {Key("list"), Key("0"), Key("sku")});
  watchers.add(2, {Key("list"), Key("0"), Key("n")});
  const Value before = R"([{ "sku": "a", "n": 1 }, { "sku": "a", "n": 2 }])"_json;
  const Value after = R"([{ "sku": "a", "n": 2 }])"_json;
  const auto affected = watchers.affected(Key("list"), &before, &after);
  REQUIRE(affected.size() == 1);
  CHECK(affected[0].id == 2);
  CHECK(affected[0].value->number() == 2);
  CHECK(watchers.affected(Key("list"), &before, nullptr).size() == 2);
  CHECK(watchers.remove(1));
}

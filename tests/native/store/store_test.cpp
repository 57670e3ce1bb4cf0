#include "store/store.h"

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>

#include "native/value/json_literal.h"
#include "value/json.h"

using namespace isthmus;

namespace {

// Two counters: `cart/add` counts in `cart` alone, by steps, and `both` in both of them.
Store twoCounters() {
  Store store;
  for (const char* text : {
           R"({ "name": "cart", "initialState": { "n": 0 },
                "reducers": { "add": [{ "op": "inc", "path": "/n" }] },
                "on": { "both": [{ "op": "inc", "path": "/n" }] } })",
           R"({ "name": "user", "initialState": { "n": 0 }, "reducers": {},
                "on": { "both": [{ "op": "inc", "path": "/n" }] } })",
       }) {
    const auto definition = parseJson(text);
    REQUIRE(definition.ok());
    auto program = Program::compile(definition.value());
    REQUIRE(program.ok());
    const Key key(program.value().name());
    const auto shared = std::make_shared<const Program>(std::move(program).value());
    REQUIRE(store.inject(key, shared, {}).ok());
  }
  return store;
}

std::string shown(const Store& store) {
  return toJson(*store.find(Key("cart"))) + toJson(*store.find(Key("user")));
}

}  // namespace

TEST_CASE("states that are given alone are pending until they are committed") {
  Store store = twoCounters();
  const std::array given{Store::Given{Key("user"), R"({ "n": 7 })"_json}};
  REQUIRE(store.give(given));
  CHECK(store.pendingSerial() == store.serial() + 1);
  CHECK(store.pendingKeys() == std::vector<Key>{Key("user")});
  CHECK(shown(store) == R"({"n":0}{"n":0})");

  SUBCASE("and then are the store's") {
    const auto serial = store.pendingSerial();
    store.commit();
    CHECK(store.serial() == serial);
    CHECK(store.pendingSerial() == 0);
    CHECK(shown(store) == R"({"n":0}{"n":7})");
  }
  SUBCASE("or discarded") {
    store.discard();
    CHECK(store.pendingSerial() == 0);
    CHECK(shown(store) == R"({"n":0}{"n":0})");
    REQUIRE(store.prepare({Key("cart/add"), {}, {}}));
    store.commit();
    CHECK(shown(store) == R"({"n":1}{"n":0})");
  }
}

TEST_CASE(
    "states that are given beside those of an action are committed with them, or not at all") {
  Store store = twoCounters();
  REQUIRE(store.prepare({Key("cart/add"), {}, {}}));
  const auto serial = store.pendingSerial();
  const std::array given{Store::Given{Key("user"), R"({ "n": 7 })"_json}};
  REQUIRE(store.give(given));
  CHECK(store.pendingSerial() == serial);
  CHECK(store.pendingKeys() == std::vector<Key>{Key("cart"), Key("user")});
  CHECK(shown(store) == R"({"n":0}{"n":0})");

  SUBCASE("committed") {
    store.commit();
    CHECK(shown(store) == R"({"n":1}{"n":7})");
  }
  SUBCASE("discarded") {
    store.discard();
    CHECK(shown(store) == R"({"n":0}{"n":0})");
  }
}

TEST_CASE("a state that is given to a slice that is not there leaves what was pending as it was") {
  Store store = twoCounters();
  const std::array given{Store::Given{Key("user"), R"({ "n": 7 })"_json},
                         Store::Given{Key("gone"), R"({ "n": 8 })"_json}};

  SUBCASE("which was nothing") {
    const auto status = store.give(given);
    REQUIRE_FALSE(status);
    CHECK((status.error().code == ErrorCode::SliceMissing));
    CHECK(status.error().slice == "gone");
    CHECK(store.pendingSerial() == 0);
    CHECK(store.pendingKeys().empty());
  }
  SUBCASE("which was an action's") {
    REQUIRE(store.prepare({Key("both"), {}, {}}));
    CHECK_FALSE(store.give(given));
    CHECK(store.pendingKeys() == std::vector<Key>{Key("cart"), Key("user")});
    store.commit();
    CHECK(shown(store) == R"({"n":1}{"n":1})");
  }
}

TEST_CASE(
    "the state that a slice has is no change when it is given, and watches hear of others only") {
  Store store = twoCounters();
  store.watchers().add(1, {Key("user"), Key("n")});
  store.watchers().add(2, {Key("cart"), Key("n")});
  const Value same = *store.find(Key("user"));
  const std::array unchanged{Store::Given{Key("user"), same}};
  REQUIRE(store.give(unchanged));
  CHECK_FALSE(store.pendingChange().moved);
  CHECK(store.pendingChange().watches.empty());
  store.commit();

  const std::array given{Store::Given{Key("user"), R"({ "n": 7 })"_json}};
  REQUIRE(store.give(given));
  const auto change = store.pendingChange();
  CHECK(change.moved);
  REQUIRE(change.watches.size() == 1);
  CHECK(change.watches[0].id == 1);
  CHECK(change.watches[0].value->number() == 7);
  store.commit();
}

TEST_CASE(
    "while given states are pending, no action is prepared and no slice is injected or removed") {
  Store store = twoCounters();
  const std::array given{Store::Given{Key("user"), R"({ "n": 7 })"_json}};
  REQUIRE(store.give(given));
  CHECK((store.prepare({Key("cart/add"), {}, {}}).error().code == ErrorCode::Busy));
  CHECK((store.remove(Key("cart")).error().code == ErrorCode::Busy));
  store.commit();
  CHECK(store.prepare({Key("cart/add"), {}, {}}).ok());
}

#include <string>

#include "native/bridge/bridge_fixture.h"

using namespace isthmus;

namespace {

Bridge themeBridge(std::string_view sender) {
  BridgeOptions options;
  options.sender = sender;
  options.store = "shared";
  Bridge bridge(std::move(options));
  REQUIRE(bridge.addContract("theme", R"({ "lastWins": true })"_json, "app").ok());
  REQUIRE(bridge.addContract("log", "{}"_json, "app").ok());
  return bridge;
}

std::string receive(Bridge& bridge, const Value& envelope, bool applied = true) {
  const auto inbound = bridge.inbound(encode(envelope), true, kNow);
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(applied);
  return "accepted";
}

Value from(std::string_view sender, int seq, double clock, std::string_view type = "theme") {
  Draft draft(message());
  const auto set = [&](const char* pointer, Value value) {
    REQUIRE(draft.set(parsePointer(pointer).value(), value).ok());
  };
  set("/sender", Value(sender));
  set("/seq", Value(static_cast<double>(seq)));
  set("/clock", Value(clock));
  set("/schemaVersion", Value(1.0));
  set("/action/type", Value(type));
  return std::move(draft).take();
}

Value send(Bridge& bridge, double now) {
  return bridge.outbound(R"({ "type": "theme", "meta": { "crossApp": true } })"_json, true, now)
      .envelope;
}

}  // namespace

TEST_CASE("what is older than the last applied of its type is stale, where the last wins") {
  Bridge bridge = themeBridge("m");
  CHECK(receive(bridge, from("a", 1, 100)) == "accepted");
  CHECK(receive(bridge, from("z", 1, 99)) == "stale");
  CHECK(receive(bridge, from("b", 1, 100)) == "accepted");
  CHECK(receive(bridge, from("a", 2, 100)) == "stale");
  CHECK(receive(bridge, from("b", 2, 100)) == "accepted");
  CHECK(receive(bridge, from("a", 3, 101)) == "accepted");
  CHECK(receive(bridge, from("a", 4, 1, "log")) == "accepted");
  CHECK(counted(bridge, "/byType/theme/stale") == 2);
}

TEST_CASE("an action that a reducer refused is not the last applied") {
  Bridge bridge = themeBridge("m");
  CHECK(receive(bridge, from("a", 1, 100), false) == "accepted");
  CHECK(receive(bridge, from("b", 1, 99)) == "accepted");
}

TEST_CASE("stale is told before a clock that is ahead, which is never applied") {
  Bridge bridge = themeBridge("m");
  CHECK(receive(bridge, from("a", 1, kNow + 60'001)) == "clock");
  CHECK(receive(bridge, from("a", 2, kNow)) == "accepted");
  CHECK(receive(bridge, from("a", 3, 5)) == "stale");
}

TEST_CASE("two stores that send at once end with the same one, whichever order they hear it in") {
  Bridge a = themeBridge("a");
  Bridge b = themeBridge("b");
  const Value fromA = send(a, kNow);
  const Value fromB = send(b, kNow);
  CHECK(receive(a, fromB) == "accepted");
  CHECK(receive(b, fromA) == "stale");
}

TEST_CASE("what is sent is newer than what was applied, though that clock was ahead") {
  Bridge a = themeBridge("a");
  Bridge b = themeBridge("b");
  CHECK(receive(a, from("c", 1, kNow + 5000)) == "accepted");
  CHECK(receive(b, from("c", 1, kNow + 5000)) == "accepted");
  const Value first = send(a, kNow);
  CHECK(first.find(Key("clock"))->number() > kNow + 5000);
  CHECK(first.find(Key("clock"))->number() < kNow + 5001);
  const Value second = send(a, kNow);
  CHECK(second.find(Key("clock"))->identical(*first.find(Key("clock"))));
  CHECK(receive(b, first) == "accepted");
  CHECK(receive(b, second) == "accepted");
  CHECK(receive(b, first) == "duplicate");
}

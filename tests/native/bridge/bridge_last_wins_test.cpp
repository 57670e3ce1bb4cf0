#include <string>

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"

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

std::string receive(Bridge& bridge, const Value& envelope, bool applied = true, double now = kNow) {
  const auto inbound = bridge.inbound(encode(envelope), true, now);
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

TEST_CASE(
    "a clock that is set back stops nothing, in the tabs that saw it and in those that did not") {
  constexpr double kBack = kNow - 600'000;
  Bridge a = themeBridge("a");
  Bridge b = themeBridge("b");
  CHECK(receive(b, send(a, kNow)) == "accepted");
  const Value before = send(a, kNow + 1);
  CHECK(receive(b, before, true, kBack) == "accepted");  // it was on its way
  for (int n = 0; n < 3; ++n) {
    CAPTURE(n);
    const double now = kBack + n;
    Bridge fresh = themeBridge("c" + std::to_string(n));
    const Value fromA = send(a, now);
    CHECK(receive(b, fromA, true, now) == "accepted");
    CHECK(receive(fresh, fromA, true, now) == "accepted");
    const Value fromB = send(b, now);
    CHECK(receive(a, fromB, true, now) == "accepted");
    CHECK(receive(fresh, fromB, true, now) == "accepted");
    const Value fromFresh = send(fresh, now);
    CHECK(receive(a, fromFresh, true, now) == "accepted");
    CHECK(receive(b, fromFresh, true, now) == "accepted");
    CHECK(receive(b, before, true, now) == "duplicate");
  }
  CHECK(counted(a, "/dropped/stale") + counted(b, "/dropped/clock") == 0);
}

TEST_CASE("a sender's clock never goes back, and what it sent before is older than what it sends") {
  Bridge a = themeBridge("a");
  double last = 0;
  for (const double now : {kNow, kNow - 600'000, kNow - 599'000, kNow + 5, kNow - 1}) {
    const Value envelope = send(a, now);
    const double clock = envelope.find(Key("clock"))->number();
    CHECK(clock >= last);
    CHECK((envelope.find(Key("wall")) != nullptr) == (clock > now + 1000));
    last = clock;
  }
}

TEST_CASE("a machine whose clock is ahead is not heard, and is again once that is set right") {
  constexpr double kAhead = kNow + 600'000;
  Bridge wrong = themeBridge("a");
  Bridge right = themeBridge("b");
  CHECK(receive(right, send(wrong, kAhead)) == "clock");
  CHECK(receive(wrong, send(right, kNow), true, kAhead) == "stale");
  const Value set = send(wrong, kNow);
  CHECK(receive(right, set) == "accepted");
  CHECK(receive(wrong, send(right, kNow)) == "accepted");
  CHECK(receive(right, send(wrong, kNow)) == "accepted");
}

TEST_CASE("a clock that is set forward lets what comes in be newer, and nothing stale") {
  Bridge a = themeBridge("a");
  Bridge b = themeBridge("b");
  CHECK(receive(b, send(a, kNow)) == "accepted");
  CHECK(receive(b, send(a, kNow + 3'600'000), true, kNow + 3'600'000) == "accepted");
  CHECK(receive(a, send(b, kNow + 3'600'001), true, kNow + 3'600'001) == "accepted");
}

TEST_CASE("a clock so far ahead that two of them could not be told apart is refused") {
  Bridge bridge = themeBridge("m");
  Draft draft(from("a", 1, 1e13));
  REQUIRE(draft.set(parsePointer("/wall").value(), Value(kNow)).ok());
  CHECK(receive(bridge, std::move(draft).take()) == "clock");
}

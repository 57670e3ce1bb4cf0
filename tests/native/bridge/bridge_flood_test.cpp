#include <string>

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

Bridge strictBridge() {
  BridgeOptions options;
  options.rejects = 3;
  return sharedBridge(options);
}

std::string receive(Bridge& bridge, const Value& value, double now = kNow) {
  const auto inbound = bridge.inbound(encode(value), true, now);
  if (inbound.limited) return "limited";
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(true);
  return "accepted";
}

Value bad(const char* seq = "1") { return message({{"/seq", seq}, {"/action/payload", "{}"}}); }

}  // namespace

TEST_CASE("a sender of too many bad messages is not read for a while, and others are") {
  Bridge bridge = strictBridge();
  for (int i = 0; i < 3; ++i) CHECK(receive(bridge, bad()) == "schema");
  CHECK(receive(bridge, bad()) == "limited");
  CHECK(receive(bridge, message()) == "limited");
  CHECK(bridge.isLimited("other", kNow));
  CHECK_FALSE(bridge.isLimited("third", kNow));
  CHECK(receive(bridge, message({{"/sender", R"("third")"}})) == "accepted");
  CHECK(receive(bridge, message(), kNow + 1000) == "accepted");
  CHECK(counted(bridge, "/limited") == 3);
  CHECK(counted(bridge, "/dropped/schema") == 3);
  CHECK(counted(bridge, "/accepted") == 2);
}

TEST_CASE(
    "a limited sender is found before the message is decoded, and also where it stands last") {
  Bridge bridge = strictBridge();
  for (int i = 0; i < 3; ++i) receive(bridge, bad());
  const Bytes bytes = encode(message());
  CHECK(peekSender(bytes) == "other");
  CHECK(bridge.inbound(std::span(bytes).first(40), true, kNow).limited);
  ObjectBuilder reordered;
  const Value whole = message();
  for (const char* const name : {"action", "clock", "seq", "from", "schemaVersion", "isthmus"}) {
    reordered.set(name, *whole.find(Key(name)));
  }
  reordered.set("sender", Value("other"));
  const Value last = std::move(reordered).build();
  CHECK(peekSender(encode(last)).empty());
  CHECK(receive(bridge, last) == "limited");
}

TEST_CASE("nothing is peeked from what is cut off or no envelope") {
  const Bytes bytes = encode(message());
  for (std::size_t size = 0; size < 26; ++size) {
    CAPTURE(size);
    CHECK(peekSender(std::span(bytes).first(size)).empty());
  }
  for (const Value& other :
       {Value(), Value("x"), Value(Value::Items{}), "{}"_json,
        R"({ "isthmus": [1], "sender": "a" })"_json, R"({ "isthmus": 1, "sender": 1 })"_json}) {
    CAPTURE(toJson(other));
    CHECK(peekSender(encode(other)).empty());
  }
}

TEST_CASE("what a good peer may send though it is not for us limits nobody") {
  Bridge bridge = strictBridge();
  REQUIRE(bridge.addContract("cart/private", R"({ "from": ["elsewhere"] })"_json, "cart").ok());
  for (int i = 0; i < 10; ++i) {
    CHECK(receive(bridge, message({{"/action/type", R"("x")"}})) == "type");
    CHECK(receive(bridge, message({{"/action/type", R"("cart/private")"}})) == "sender");
    CHECK(receive(bridge, message({{"/schemaVersion", "7"}})) == "version");
    CHECK(receive(bridge, message({{"/isthmus", "2"}})) == "protocol");
  }
  CHECK(receive(bridge, message()) == "accepted");
  for (int i = 0; i < 10; ++i) CHECK(receive(bridge, message()) == "duplicate");
  CHECK(receive(bridge, message({{"/seq", "2"}})) == "accepted");
}

TEST_CASE("a jump of a sender's numbers is told with the message that shows it") {
  Bridge bridge = sharedBridge();
  const auto accept = [&](const char* seq) {
    const auto inbound = bridge.inbound(encode(message({{"/seq", seq}})), true, kNow);
    REQUIRE(inbound.accepted);
    bridge.settle(true);
    CHECK(inbound.sender == "other");
    return inbound.gap ? std::to_string(inbound.gap->from) + ".." + std::to_string(inbound.gap->to)
                       : "";
  };
  CHECK(accept("5") == "1..4");
  CHECK(receive(bridge, bad("6")) == "schema");
  CHECK(accept("7").empty());
  CHECK(accept("10") == "8..9");
  CHECK(accept("11").empty());
}

TEST_CASE("messages that arrive while another is applied are no gap") {
  Bridge bridge = sharedBridge();
  REQUIRE(bridge.inbound(encode(message({{"/seq", "1"}})), true, kNow).accepted);
  const auto inner = bridge.inbound(encode(message({{"/seq", "2"}})), true, kNow);
  REQUIRE(inner.accepted);
  CHECK_FALSE(inner.gap);
  bridge.settle(true);
  bridge.settle(true);
}

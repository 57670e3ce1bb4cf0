#include "native/bridge/bridge_fixture.h"

using namespace isthmus;

namespace {

// A store that expects "cart" and "log".
Bridge expectingBridge(BridgeOptions options = {}) {
  Bridge bridge = sharedBridge(std::move(options));
  REQUIRE(bridge.addContract("log/add", R"({ "payload": { "type": "string" } })"_json, "h").ok());
  REQUIRE(bridge.addContract("theme", R"({ "lastWins": true })"_json, "h").ok());
  bridge.expect("cart", "h", {});
  return bridge;
}

// "parked" or "accepted", or the reason for which the message is dropped.
std::string receive(Bridge& bridge, const Value& value) {
  const auto inbound = bridge.inbound(encode(value), true, kNow);
  if (inbound.parked) return "parked";
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(true);
  return "accepted";
}

std::string next(Bridge& bridge, std::string_view key = "cart", bool enabled = true) {
  const auto inbound = bridge.nextParked(key, enabled, kNow);
  if (!inbound) return "none";
  if (!inbound->accepted) return std::string(toString(inbound->reason));
  bridge.settle(true);
  return toJson(*inbound->action.find(Key("payload")));
}

Value log(const char* seq) {
  return message({{"/seq", seq},
                  {"/action/type", R"("log/add")"},
                  {"/action/payload", R"("text")"},
                  {"/schemaVersion", "1"}});
}

Value theme(const char* seq, const char* clock) {
  return message({{"/seq", seq},
                  {"/clock", clock},
                  {"/action/type", R"("theme")"},
                  {"/action/payload", seq},
                  {"/schemaVersion", "1"}});
}

}  // namespace

TEST_CASE("a message of an expected type is parked after every check, and applied when taken") {
  Bridge bridge = expectingBridge();
  CHECK(receive(bridge, message({{"/action/payload", "{}"}})) == "schema");
  CHECK(receive(bridge, message()) == "parked");
  CHECK(receive(bridge, message()) == "duplicate");
  CHECK(receive(bridge, log("2")) == "accepted");
  CHECK(receive(bridge, message({{"/seq", "3"}, {"/action/payload/sku", R"("b")"}})) == "parked");
  CHECK(next(bridge) == "none");
  REQUIRE(bridge.releaseParked("cart", kNow));
  CHECK(next(bridge) == R"({"sku":"a"})");
  CHECK(receive(bridge, message({{"/seq", "4"}, {"/action/payload/sku", R"("c")"}})) == "parked");
  CHECK(next(bridge) == R"({"sku":"b"})");
  CHECK(next(bridge) == R"({"sku":"c"})");
  CHECK(next(bridge) == "none");
  CHECK(receive(bridge, message({{"/seq", "3"}})) == "duplicate");
  CHECK(receive(bridge, message({{"/seq", "5"}})) == "accepted");
  CHECK(countersOf(bridge) == R"({"sent":0,"accepted":5,"limited":0,"parked":3,"discarded":0,)"
                              R"("dropped":{"duplicate":2,"schema":1},"refused":{},)"
                              R"("byType":{"cart/add":{"duplicate":2,"schema":1}}})");
}

TEST_CASE("a parked message arrived: its number is no gap, and the gap before it is told at once") {
  Bridge bridge = expectingBridge();
  REQUIRE(receive(bridge, message()) == "parked");
  const auto parked = bridge.inbound(encode(message({{"/seq", "3"}})), true, kNow);
  REQUIRE(parked.parked);
  CHECK(parked.sender == "other");
  REQUIRE(parked.gap);
  CHECK(parked.gap->from == 2);
  CHECK(parked.gap->to == 2);
  CHECK_FALSE(bridge.inbound(encode(log("4")), true, kNow).gap);
  bridge.settle(true);
  REQUIRE(bridge.releaseParked("cart", kNow));
  CHECK_FALSE(bridge.nextParked("cart", true, kNow)->gap);
  bridge.settle(true);
}

TEST_CASE("what was discarded was never accepted, and may come again") {
  BridgeOptions options;
  options.park.messages = 1;
  Bridge bridge = expectingBridge(options);
  CHECK(receive(bridge, message()) == "parked");
  CHECK(receive(bridge, message({{"/seq", "2"}})) == "parked");
  CHECK(counted(bridge, "/discarded") == 0);
  const auto discarded = bridge.takeDiscardedParks();
  REQUIRE(discarded.size() == 1);
  CHECK(discarded[0].messages == 2);
  CHECK(counted(bridge, "/discarded") == 2);
  CHECK(bridge.takeDiscardedParks().empty());
  CHECK(receive(bridge, message()) == "parked");
  REQUIRE(bridge.releaseParked("cart", kNow));
  CHECK(next(bridge) == R"({"sku":"a"})");
  CHECK(receive(bridge, message()) == "duplicate");
}

TEST_CASE("a parked message that a reducer refuses may come again, and the rest goes on") {
  Bridge bridge = expectingBridge();
  REQUIRE(receive(bridge, message()) == "parked");
  REQUIRE(receive(bridge, message({{"/seq", "2"}})) == "parked");
  REQUIRE(bridge.releaseParked("cart", kNow));
  REQUIRE(bridge.nextParked("cart", true, kNow)->accepted);
  CHECK(receive(bridge, message()) == "duplicate");
  bridge.settle(false);
  CHECK(counted(bridge, "/dropped/reducer") == 1);
  CHECK(next(bridge) == R"({"sku":"a"})");
  CHECK(next(bridge) == "none");
  CHECK(receive(bridge, message()) == "accepted");
}

TEST_CASE("a parked message is checked by the contract and the switch of the time it is taken") {
  Bridge bridge = expectingBridge();
  bridge.expect("log", "h", {});
  const Value cart = message({{"/action/payload/sku", R"("long")"}});
  REQUIRE(receive(bridge, cart) == "parked");
  REQUIRE(receive(bridge, log("2")) == "parked");
  REQUIRE(bridge
              .addContract("cart/add", R"({ "schemaVersion": 2,
      "payload": { "properties": { "sku": { "maxLength": 3 } } } })"_json,
                           "cart")
              .ok());
  REQUIRE(bridge.releaseParked("cart", kNow));
  const auto dropped = bridge.nextParked("cart", true, kNow);
  REQUIRE(dropped);
  CHECK_FALSE(dropped->accepted);
  CHECK(toString(dropped->reason) == "schema");
  CHECK(dropped->type == "cart/add");
  CHECK_FALSE(dropped->message.empty());
  REQUIRE(bridge.releaseParked("log", kNow));
  CHECK(next(bridge, "log", false) == "off");
  CHECK(counted(bridge, "/byType/log~1add/off") == 1);
}

TEST_CASE("a parked message whose contract has gone is dropped by its type") {
  Bridge bridge = expectingBridge();
  bridge.expect("log", "other app", {});
  REQUIRE(receive(bridge, log("1")) == "parked");
  bridge.removeContracts("h");
  REQUIRE(bridge.releaseParked("log", kNow));
  CHECK(next(bridge, "log") == "absent");
}

TEST_CASE("where the last wins, the older of two parked messages is stale after the newer") {
  Bridge bridge = expectingBridge();
  bridge.expect("theme", "h", {"theme"});
  REQUIRE(receive(bridge, theme("1", "500")) == "parked");
  REQUIRE(receive(bridge, theme("2", "400")) == "parked");
  REQUIRE(bridge.releaseParked("theme", kNow));
  CHECK(next(bridge, "theme") == "1");
  CHECK(next(bridge, "theme") == "stale");
}

TEST_CASE("a flood of parked messages holds no more than the bounds allow") {
  BridgeOptions options;
  options.park = {.bytes = 4096, .messages = 20, .ms = 1000};
  Bridge bridge = expectingBridge(options);
  double discarded = 0;
  for (int i = 1; i <= 1000; ++i) {
    const std::string seq = std::to_string(i);
    const std::string sku = "\"" + std::string(static_cast<std::size_t>(i * 37 % 3000), 'x') + "\"";
    REQUIRE(receive(bridge, message({{"/seq", seq.c_str()},
                                     {"/action/payload/sku", sku.c_str()}})) == "parked");
    for (const auto& park : bridge.takeDiscardedParks()) {
      discarded += static_cast<double>(park.messages);
    }
    const Value shown = bridge.describeParked().items()[0];
    REQUIRE(shown.find(Key("messages"))->number() <= 20);
    REQUIRE(shown.find(Key("bytes"))->number() <= 4096);
  }
  const double held = bridge.describeParked().items()[0].find(Key("messages"))->number();
  CHECK(counted(bridge, "/parked") == 1000);
  CHECK(counted(bridge, "/discarded") == discarded);
  CHECK(discarded + held == 1000);
}

TEST_CASE("a parked message that the slice's snapshot holds is not applied when its turn comes") {
  Bridge bridge = expectingBridge();
  REQUIRE(receive(bridge, message()) == "parked");
  REQUIRE(receive(bridge, message({{"/seq", "2"}, {"/action/payload/sku", R"("b")"}})) == "parked");
  bridge.addHeard("cart", {}, {{"other", 1, 1}});
  REQUIRE(bridge.releaseParked("cart", kNow));
  CHECK(next(bridge) == "duplicate");
  CHECK(next(bridge) == R"({"sku":"b"})");
  CHECK(next(bridge) == "none");
}

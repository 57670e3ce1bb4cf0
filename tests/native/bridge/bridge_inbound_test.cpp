#include <memory>

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"

using namespace isthmus;

namespace {

Bridge::Inbound receive(Bridge& bridge, const Value& value, bool enabled = true) {
  return bridge.inbound(encode(value), enabled, kNow);
}

// "accepted", or the reason for which the message is dropped.
std::string verdict(Bridge& bridge, const Value& value, bool enabled = true) {
  const auto inbound = receive(bridge, value, enabled);
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(true);
  return "accepted";
}

}  // namespace

TEST_CASE("what passes is the action as it was sent, marked as bridged, and is counted") {
  Bridge bridge = sharedBridge();
  const auto inbound = receive(bridge, message({{"/action/meta/id", "7"}, {"/action/x", "[]"}}));
  REQUIRE(inbound.accepted);
  CHECK(inbound.type == "cart/add");
  CHECK(toJson(inbound.bridged()) ==
        R"({"type":"cart/add","payload":{"sku":"a"},)"
        R"("meta":{"crossApp":true,"id":7,"origin":"__bridged__"},"x":[]})");
  CHECK(counted(bridge, "/accepted") == 0);
  bridge.settle(true);
  CHECK(countersOf(bridge) == R"({"sent":0,"accepted":1,"limited":0,"parked":0,"discarded":0,)"
                              R"("dropped":{},"refused":{},"byType":{}})");
}

TEST_CASE("a message is dropped for the first reason in order, counted once, and told in words") {
  // Each row breaks one more rule, from the last check to the first.
  const std::pair<std::pair<const char*, const char*>, std::string_view> rows[] = {
      {{"/clock", "1060001"}, "clock"},
      {{"/action/payload/coupon", "1"}, "secret"},
      {{"/action/payload/sku", "1"}, "schema"},
      {{"/schemaVersion", "3"}, "version"},
      {{"/action/type", R"("cart/private")"}, "sender"},
      {{"/action/type", R"("cart/unknown")"}, "type"},
      {{"/seq", "7"}, "duplicate"},
      {{"/sender", R"("self")"}, "echo"},
      {{"/isthmus", "2"}, "protocol"},
  };
  Bridge bridge = sharedBridge();
  REQUIRE(bridge.addContract("cart/private", R"({ "from": ["elsewhere"] })"_json, "cart").ok());
  REQUIRE(verdict(bridge, message({{"/seq", "7"}})) == "accepted");
  Draft draft(message());
  double dropped = 0;
  for (const auto& [change, reason] : rows) {
    CAPTURE(reason);
    REQUIRE(draft.set(parsePointer(change.first).value(), parseJson(change.second).value()).ok());
    const auto inbound = receive(bridge, draft.root());
    REQUIRE_FALSE(inbound.accepted);
    CHECK(toString(inbound.reason) == reason);
    CHECK_FALSE(inbound.message.empty());
    CHECK(inbound.action.isNull());
    CHECK(inbound.type.empty() == (reason == "protocol"));
    CHECK(counted(bridge, "/dropped/" + std::string(reason)) == 1);
    ++dropped;
  }
  double total = 0;
  const Value counters = bridge.counters().toValue();
  for (const auto& [key, count] : counters.find(Key("dropped"))->members()) total += count.number();
  CHECK(total == dropped);
  CHECK(counted(bridge, "/byType/cart~1add/clock") == 1);
  CHECK(counted(bridge, "/accepted") == 1);
}

TEST_CASE("a bridge that is off tells so after echo and duplicate, before it looks at contracts") {
  Bridge bridge = sharedBridge();
  REQUIRE(verdict(bridge, message()) == "accepted");
  CHECK(verdict(bridge, message(), false) == "duplicate");
  CHECK(verdict(bridge, message({{"/sender", R"("self")"}}), false) == "echo");
  CHECK(verdict(bridge, message({{"/seq", "2"}}), false) == "off");
  CHECK(verdict(bridge, message({{"/seq", "2"}, {"/action/type", R"("x")"}}), false) == "off");
  CHECK(verdict(bridge, message({{"/seq", "2"}})) == "accepted");
}

TEST_CASE("bytes that are no value are undecodable, and what is over a limit is too large") {
  BridgeOptions options;
  options.limits = {.depth = 6, .entries = 40, .stringBytes = 100};
  options.bytes = 400;
  Bridge bridge = sharedBridge(options);
  CHECK(verdict(bridge, message({{"/action/payload/x", "[[[1]]]"}})) == "accepted");
  CHECK(verdict(bridge, message({{"/action/payload/x", "[[[[1]]]]"}})) == "too-large");
  const std::string text = "\"" + std::string(101, 'x') + "\"";
  CHECK(verdict(bridge, message({{"/action/payload/x", text.c_str()}})) == "too-large");
  std::string list = "[0";
  for (int i = 0; i < 40; ++i) list += ",0";
  CHECK(verdict(bridge, message({{"/action/payload/x", (list + "]").c_str()}})) == "too-large");
  const Bytes junk{11, 22, 33};
  CHECK(toString(bridge.inbound(junk, true, kNow).reason) == "undecodable");
  const Bytes big(401, 0xFF);
  CHECK(toString(bridge.inbound(big, true, kNow).reason) == "too-large");
  CHECK(toString(bridge.inbound({}, true, kNow).reason) == "undecodable");
  CHECK(counted(bridge, "/dropped/too-large") == 4);
  CHECK(counted(bridge, "/dropped/undecodable") == 2);
  CHECK(bridge.counters().toValue().find(Key("byType"))->members().empty());
}

TEST_CASE("a message cut off anywhere is undecodable and changes nothing else") {
  Bridge bridge = sharedBridge();
  const Bytes bytes = encode(message());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    const auto block = std::make_unique<std::uint8_t[]>(size);
    std::copy_n(bytes.begin(), size, block.get());
    const auto inbound = bridge.inbound({block.get(), size}, true, kNow);
    REQUIRE_FALSE(inbound.accepted);
    REQUIRE(toString(inbound.reason) == "undecodable");
  }
  CHECK(verdict(bridge, message()) == "accepted");
}

TEST_CASE("an action that was bridged already is an echo whoever sends it") {
  Bridge bridge = sharedBridge();
  CHECK(verdict(bridge, message({{"/action/meta/origin", R"("__bridged__")"}})) == "echo");
  CHECK(verdict(bridge, message({{"/action/meta/origin", R"("elsewhere")"}})) == "accepted");
}

TEST_CASE("a number is a duplicate only after its message was applied") {
  Bridge bridge = sharedBridge();
  CHECK(verdict(bridge, message({{"/action/payload", "{}"}})) == "schema");
  REQUIRE(receive(bridge, message()).accepted);
  bridge.settle(false);
  CHECK(counted(bridge, "/dropped/reducer") == 1);
  CHECK(counted(bridge, "/byType/cart~1add/reducer") == 1);
  CHECK(counted(bridge, "/accepted") == 0);
  CHECK(verdict(bridge, message()) == "accepted");
  CHECK(verdict(bridge, message()) == "duplicate");
  CHECK(verdict(bridge, message({{"/sender", R"("third")"}})) == "accepted");
}

TEST_CASE("messages that arrive while another is applied are settled innermost first") {
  Bridge bridge = sharedBridge();
  REQUIRE(receive(bridge, message({{"/seq", "1"}})).accepted);
  CHECK(verdict(bridge, message({{"/seq", "1"}})) == "duplicate");
  REQUIRE(receive(bridge, message({{"/seq", "2"}})).accepted);
  bridge.settle(false);
  bridge.settle(true);
  CHECK(verdict(bridge, message({{"/seq", "1"}})) == "duplicate");
  CHECK(verdict(bridge, message({{"/seq", "2"}})) == "accepted");
  const std::string before = countersOf(bridge);
  bridge.settle(true);
  CHECK(countersOf(bridge) == before);
}

TEST_CASE("a clock may be a minute ahead, and behind by any time") {
  Bridge bridge = sharedBridge();
  CHECK(verdict(bridge, message({{"/seq", "1"}, {"/clock", "1060000"}})) == "accepted");
  CHECK(verdict(bridge, message({{"/seq", "2"}, {"/clock", "1060000.5"}})) == "clock");
  CHECK(verdict(bridge, message({{"/seq", "3"}, {"/clock", "0"}})) == "accepted");
}

TEST_CASE("a contract names who may send and who may receive") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({ "schemaVersion": 2 })", "accepted"},
      {R"({ "schemaVersion": 2, "from": ["shared"], "to": ["shared"] })", "accepted"},
      {R"({ "schemaVersion": 2, "from": ["shared"], "to": ["admin"] })", "sender"},
      {R"({ "schemaVersion": 2, "from": ["admin"] })", "sender"},
      {R"({ "schemaVersion": 2, "to": [] })", "sender"},
  };
  for (const auto& [contract, expected] : cases) {
    CAPTURE(contract);
    Bridge bridge = sharedBridge();
    REQUIRE(bridge.addContract("cart/add", parseJson(contract).value(), "cart").ok());
    CHECK(verdict(bridge, message()) == expected);
  }
}

TEST_CASE("an absent payload is checked as null") {
  Draft draft(message());
  REQUIRE(draft.remove(parsePointer("/action/payload").value()).ok());
  Bridge bridge = sharedBridge();
  CHECK(verdict(bridge, draft.root()) == "schema");
  REQUIRE(bridge
              .addContract("cart/add", R"({ "schemaVersion": 2,
      "payload": { "type": ["object", "null"] } })"_json,
                           "cart")
              .ok());
  const auto inbound = receive(bridge, draft.root());
  REQUIRE(inbound.accepted);
  CHECK(inbound.action.find(Key("payload")) == nullptr);
}

TEST_CASE("what is told about a dropped message holds nothing of its payload") {
  Bridge bridge = sharedBridge();
  const auto inbound = receive(bridge, message({{"/action/payload", R"({ "hunter2": 1 })"}}));
  CHECK(toString(inbound.reason) == "schema");
  CHECK(inbound.message.find("hunter2") == std::string::npos);
  CHECK(inbound.message.find("/required") != std::string::npos);
}

TEST_CASE("a part that never leaves is not let in either, but for the null that takes its place") {
  Bridge bridge = sharedBridge();
  CHECK(verdict(bridge, message({{"/action/payload/coupon", R"("x")"}})) == "secret");
  CHECK(verdict(bridge, message({{"/action/payload/coupon", "false"}})) == "secret");
  CHECK(verdict(bridge, message({{"/action/payload/lines", "[1, 2]"}})) == "secret");
  CHECK(verdict(bridge, message({{"/action/payload/lines", "[null, 2]"}})) == "accepted");
  CHECK(counted(bridge, "/byType/cart~1add/secret") == 3);
}

TEST_CASE("the contracts of an owner go when it leaves") {
  Bridge bridge = sharedBridge();
  bridge.removeContracts("cart");
  CHECK(verdict(bridge, message()) == "absent");
}

TEST_CASE("what has no contract here is absent where it is known of, and otherwise a stranger's") {
  const auto of = [](const char* type, const char* seq) {
    return message({{"/action/type", type}, {"/seq", seq}});
  };
  Bridge bridge = sharedBridge();
  CHECK(verdict(bridge, of(R"("profile/rename")", "1")) == "type");
  bridge.expect("profile", "host", {});
  CHECK(verdict(bridge, of(R"("profile/rename")", "1")) == "absent");
  CHECK(verdict(bridge, of(R"("cart/unknown")", "1")) == "type");
  CHECK(verdict(bridge, of(R"("cart/add")", "2")) == "accepted");
  CHECK(verdict(bridge, of(R"("search/ask")", "3")) == "absent");
  CHECK(verdict(bridge, of(R"("cart/unknown")", "4")) == "type");
  CHECK(verdict(bridge, of(R"("__proto__")", "5")) == "type");
  CHECK(verdict(bridge, message({{"/sender", R"("a")"}, {"/action/type", R"("search/ask")"}})) ==
        "type");
  bridge.removeContracts("cart");
  CHECK(verdict(bridge, of(R"("cart/add")", "6")) == "absent");
  CHECK(verdict(bridge, of(R"("cart/unknown")", "7")) == "type");
  CHECK(counted(bridge, "/accepted") == 1);
  CHECK(counted(bridge, "/dropped/absent") == 3);
}

TEST_CASE("what a slice's snapshot holds is a duplicate, and no other slice's messages are") {
  Bridge there = sharedBridge();
  CHECK(verdict(there, message({{"/seq", "1"}})) == "accepted");
  CHECK(verdict(there, message({{"/seq", "2"}})) == "accepted");
  CHECK(verdict(there, message({{"/seq", "4"}})) == "accepted");
  const auto heard = there.heard();
  REQUIRE(heard);
  Bridge here = sharedBridge();
  REQUIRE(here.addContract("log/add", "{}"_json, "h").ok());
  here.addHeard("cart", {}, *heard);
  CHECK(verdict(here, message({{"/seq", "1"}})) == "duplicate");
  CHECK(verdict(here, message({{"/seq", "4"}})) == "duplicate");
  CHECK(verdict(here, message({{"/seq", "3"}})) == "accepted");
  CHECK(verdict(here, message({{"/seq", "5"}})) == "accepted");
  CHECK(verdict(
            here,
            message({{"/seq", "2"}, {"/action/type", R"("log/add")"}, {"/schemaVersion", "1"}})) ==
        "accepted");
  here.addHeard("other", {"log/add"}, {{"other", 8, 9}, {"other", 3, 2}});
  CHECK(verdict(
            here,
            message({{"/seq", "9"}, {"/action/type", R"("log/add")"}, {"/schemaVersion", "1"}})) ==
        "duplicate");
}

TEST_CASE("what was sent is heard, too, and nothing is told while a message is being applied") {
  Bridge bridge = sharedBridge();
  REQUIRE(bridge.heard());
  CHECK(bridge.heard()->empty());
  const Value action = *message().find(Key("action"));
  REQUIRE(bridge.outbound(action, true, kNow).verdict == Bridge::Outbound::Verdict::Post);
  REQUIRE(bridge.outbound(action, true, kNow).verdict == Bridge::Outbound::Verdict::Post);
  REQUIRE(bridge.heard()->size() == 1);
  CHECK(bridge.heard()->front().sender == "self");
  CHECK(bridge.heard()->front().last == 2);
  REQUIRE(receive(bridge, message()).accepted);
  CHECK_FALSE(bridge.heard());
  bridge.handOver();
  CHECK_FALSE(bridge.heard());
  bridge.settle(true);
  CHECK(bridge.heard()->size() == 2);
}

TEST_CASE("a credential is found though the message before was alike, or allowed to hold it") {
  Bridge bridge = sharedBridge();
  REQUIRE(bridge.addContract("vault/put", R"({ "credentials": "allow" })"_json, "vault").ok());
  const char* const secret = R"({ "sku": "Bearer hunter2" })";
  CHECK(verdict(bridge, message()) == "accepted");
  CHECK(verdict(bridge, message({{"/seq", "2"}, {"/action/payload", secret}})) == "secret");
  CHECK(verdict(bridge, message({{"/seq", "3"},
                                 {"/schemaVersion", "1"},
                                 {"/action/type", R"("vault/put")"},
                                 {"/action/payload", secret}})) == "accepted");
  CHECK(verdict(bridge, message({{"/seq", "4"}, {"/action/payload", secret}})) == "secret");
}

TEST_CASE("an accepted message shares with the one before what is alike") {
  Bridge bridge = sharedBridge();
  const char* const payload = R"({ "sku": "a", "rows": [[], [1, 2]], "at": 1 })";
  const char* const next = R"({ "sku": "a", "rows": [[], [1, 2]], "at": 2 })";
  const auto receive = [&](const char* seq, const char* json) {
    const Value sent = message({{"/seq", seq}, {"/action/payload", json}});
    const auto inbound = bridge.inbound(encode(sent), true, kNow);
    REQUIRE(inbound.accepted);
    bridge.settle(true);
    return *inbound.action.find(Key("payload"));
  };
  const Value first = receive("1", payload);
  const Value second = receive("2", next);
  CHECK(toJson(second) == R"({"sku":"a","rows":[[],[1,2]],"at":2})");
  CHECK(second.find(Key("rows"))->identical(*first.find(Key("rows"))));
  CHECK(receive("3", next).identical(second));
}

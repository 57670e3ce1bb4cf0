#include <memory>

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"

using namespace isthmus;

namespace {

using Verdict = Bridge::Outbound::Verdict;

// Version 2 calls the text "name" that version 1 calls "sku".
constexpr std::string_view kRenamed = R"({
    "schemaVersion": 2, "never": ["/coupon"],
    "payload": { "type": "object", "required": ["name"],
                 "properties": { "name": { "type": "string" } } },
    "upcast": { "1": [{ "op": "set", "path": "/name", "value": { "var": "payload.sku" } },
                      { "op": "unset", "path": "/sku" }] },
    "downcast": { "2": [{ "op": "set", "path": "/sku", "value": { "var": "payload.name" } },
                        { "op": "set", "path": "/coupon", "value": "made by a caster" },
                        { "op": "unset", "path": "/name" }] } })";

Bridge legacyBridge(std::string_view contract = kRenamed, std::uint32_t version = 0,
                    BridgeOptions options = {}) {
  options.legacy = true;
  options.legacyVersion = version;
  Bridge bridge = sharedBridge(std::move(options));
  REQUIRE(bridge.addContract("cart/add", parseJson(contract).value(), "cart").ok());
  return bridge;
}

Bridge::Inbound receive(Bridge& bridge, std::string_view json, bool enabled = true,
                        double now = kNow) {
  return bridge.inboundLegacy(encode(parseJson(json).value()), enabled, now);
}

std::string verdict(Bridge& bridge, std::string_view json, bool enabled = true, double now = kNow) {
  const auto inbound = receive(bridge, json, enabled, now);
  if (inbound.limited) return "limited";
  if (inbound.passedOver) return "passed over";
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(true);
  return "accepted";
}

// What goes out on the legacy channel for the payload, or "nothing".
std::string sent(Bridge& bridge, const std::string& payload) {
  const Value action = parseJson(R"({ "type": "cart/add", "payload": )" + payload +
                                 R"(, "meta": { "crossApp": true } })")
                           .value();
  if (bridge.outbound(action, true, kNow).verdict != Verdict::Post) return "nothing";
  const auto plain = bridge.takePlain();
  if (plain.verdict == Verdict::Refused) return std::string(toString(plain.reason));
  return plain.verdict == Verdict::Post ? toJson(plain.envelope) : "nothing";
}

}  // namespace

TEST_CASE("what is posted goes out as a plain action too, once, in the contract's version") {
  Bridge bridge = legacyBridge();
  CHECK(sent(bridge, R"({ "name": "a" })") ==
        R"({"type":"cart/add","payload":{"name":"a"},"meta":{"crossApp":true,)"
        R"("schemaVersion":2,"origin":"isthmus:self:1","isthmus":"self:1"}})");
  CHECK(bridge.takePlain().verdict == Verdict::NotMarked);
  CHECK(
      countersOf(bridge) ==
      R"({"sent":1,"accepted":0,"limited":0,"parked":0,"discarded":0,"dropped":{},"refused":{},"byType":{}})");
}

TEST_CASE("it goes out in the version that is known there, or its own where that is older") {
  Bridge older = legacyBridge(kRenamed, 1);
  const std::string plain = sent(older, R"({ "name": "a" })");
  CHECK(plain.find(R"("payload":{"sku":"a"})") != std::string::npos);
  CHECK(plain.find(R"("schemaVersion":1)") != std::string::npos);
  Bridge newer = legacyBridge(kRenamed, 7);
  CHECK(sent(newer, R"({ "name": "a" })").find(R"("schemaVersion":2)") != std::string::npos);
}

TEST_CASE("an action whose version is not known there stays off the legacy channel alone") {
  Bridge bridge = legacyBridge(R"({ "schemaVersion": 2 })", 1);
  CHECK(sent(bridge, "{}") == "version");
  CHECK(counted(bridge, "/sent") == 1);
  CHECK(counted(bridge, "/refused/version") == 1);
  CHECK(counted(bridge, "/byType/cart~1add/version") == 1);
}

TEST_CASE("the envelope's other versions do not change what goes out as a plain action") {
  Bridge bridge = legacyBridge(R"({ "schemaVersion": 2, "emit": [1, 2],
      "downcast": { "2": [{ "op": "set", "path": "/old", "value": true }] } })");
  const std::string plain = sent(bridge, R"({ "x": 1 })");
  CHECK(plain.find(R"("payload":{"x":1})") != std::string::npos);
  CHECK(plain.find(R"("schemaVersion":2)") != std::string::npos);
}

TEST_CASE("no part that never leaves goes out, though a caster made it") {
  Bridge bridge = legacyBridge(kRenamed, 1);
  const std::string plain = sent(bridge, R"({ "name": "a", "coupon": "hunter2" })");
  CHECK(plain.find(R"("payload":{"sku":"a"})") != std::string::npos);
  CHECK(plain.find("coupon") == std::string::npos);
}

TEST_CASE("a refusing part or a credential that a caster made keeps the plain action at home") {
  Bridge refusing =
      legacyBridge(R"({ "schemaVersion": 2, "never": [{ "path": "/t", "then": "refuse" }],
      "downcast": { "2": [{ "op": "set", "path": "/t", "value": "x" }] } })",
                   1);
  CHECK(sent(refusing, "{}") == "secret");
  Bridge leaking = legacyBridge(R"({ "schemaVersion": 2, "downcast": { "2": [
      { "op": "set", "path": "/t", "value": "Bearer abcdefghijklmnop0123456789" }] } })",
                                1);
  CHECK(sent(leaking, "{}") == "secret");
}

TEST_CASE("nothing goes out that stays at home, nor from a store without a legacy channel") {
  Bridge bridge = legacyBridge();
  CHECK(sent(bridge, R"({ "name": 1 })") == "nothing");
  CHECK(bridge.takePlain().verdict == Verdict::NotMarked);
  Bridge without = sharedBridge();
  CHECK(sent(without, R"({ "sku": "a" })") == "nothing");
}

TEST_CASE("a caster's payload beyond the limits is not for the legacy channel") {
  BridgeOptions options;
  options.bytes = 1024;
  const std::string text(1000, 'x');
  const std::string contract = R"({ "schemaVersion": 2, "downcast": { "2": [
      { "op": "set", "path": "/t", "value": ")" +
                               text + "\" }] } }";
  Bridge bridge = legacyBridge(contract, 1, options);
  CHECK(sent(bridge, "{}") == "too-large");
  CHECK(counted(bridge, "/sent") == 1);
}

TEST_CASE("a plain action is taken as it was sent, marked as bridged, and counted") {
  Bridge bridge = sharedBridge();
  const auto inbound = receive(bridge, R"({ "type": "cart/add", "payload": { "sku": "a" }, "x": [],
      "meta": { "crossApp": true, "origin": "host", "schemaVersion": 2, "id": 7 } })");
  REQUIRE(inbound.accepted);
  CHECK(inbound.type == "cart/add");
  CHECK_FALSE(inbound.gap);
  CHECK(toJson(inbound.bridged()) ==
        R"({"type":"cart/add","payload":{"sku":"a"},"x":[],"meta":{"crossApp":true,)"
        R"("origin":"__bridged__","schemaVersion":2,"id":7}})");
  bridge.settle(true);
  CHECK(
      countersOf(bridge) ==
      R"({"sent":0,"accepted":1,"limited":0,"parked":0,"discarded":0,"dropped":{},"refused":{},"byType":{}})");
}

TEST_CASE("a plain action without a version is in the one that is known there, or in the first") {
  const auto payloadOf = [](Bridge& bridge, std::string_view json) {
    const auto inbound = receive(bridge, json);
    return inbound.accepted ? toJson(*inbound.action.find(Key("payload")))
                            : std::string(toString(inbound.reason));
  };
  constexpr std::string_view kOld = R"({ "type": "cart/add", "payload": { "sku": "a" } })";
  constexpr std::string_view kNew = R"({ "type": "cart/add", "payload": { "name": "a" } })";
  Bridge first = legacyBridge();
  CHECK(payloadOf(first, kOld) == R"({"name":"a"})");
  CHECK(payloadOf(first, kNew) == "schema");
  Bridge second = legacyBridge(kRenamed, 2);
  CHECK(payloadOf(second, kNew) == R"({"name":"a"})");
  CHECK(payloadOf(second, kOld) == "schema");
  Bridge tagged = legacyBridge(kRenamed, 2);
  const auto inbound = receive(tagged, R"({ "type": "cart/add", "payload": { "sku": "a" },
                                            "meta": { "schemaVersion": 1 } })");
  REQUIRE(inbound.accepted);
  CHECK(toJson(*find(inbound.bridged(), parsePointer("/meta/schemaVersion").value())) == "2");
}

TEST_CASE("a plain action is dropped for the first reason in order, counted once, told in words") {
  // Each row breaks one more rule, from the last check to the first.
  const std::pair<std::pair<const char*, const char*>, std::string_view> rows[] = {
      {{"/payload/coupon", "1"}, "secret"},           {{"/payload/sku", "1"}, "schema"},
      {{"/meta/schemaVersion", "3"}, "version"},      {{"/meta/schemaVersion", "\"2\""}, "version"},
      {{"/type", R"("cart/private")"}, "sender"},     {{"/type", R"("cart/unknown")"}, "type"},
      {{"/meta/origin", R"("__bridged__")"}, "echo"}, {{"/meta", "[]"}, "protocol"},
  };
  Bridge bridge = sharedBridge();
  REQUIRE(bridge.addContract("cart/private", R"({ "to": ["elsewhere"] })"_json, "cart").ok());
  Draft draft(R"({ "type": "cart/add", "payload": { "sku": "a" },
                   "meta": { "schemaVersion": 2 } })"_json);
  REQUIRE(verdict(bridge, toJson(draft.root())) == "accepted");
  double dropped = 0;
  for (const auto& [change, reason] : rows) {
    CAPTURE(reason);
    REQUIRE(draft.set(parsePointer(change.first).value(), parseJson(change.second).value()).ok());
    const double before = counted(bridge, "/dropped/" + std::string(reason));
    const auto inbound = receive(bridge, toJson(draft.root()));
    REQUIRE_FALSE(inbound.accepted);
    CHECK(toString(inbound.reason) == reason);
    CHECK_FALSE(inbound.message.empty());
    CHECK(inbound.action.isNull());
    CHECK(inbound.type.empty() == (reason == "protocol"));
    CHECK(counted(bridge, "/dropped/" + std::string(reason)) == before + 1);
    ++dropped;
  }
  double total = 0;
  const Value counters = bridge.counters().toValue();
  for (const auto& [key, count] : counters.find(Key("dropped"))->members()) total += count.number();
  CHECK(total == dropped);
  CHECK(counted(bridge, "/accepted") == 1);
}

TEST_CASE("what is no plain action is dropped before its type is looked at") {
  Bridge bridge = sharedBridge();
  for (const auto* json : {"null", "7", "[]", "{}", R"("cart/add")", R"({ "type": "" })",
                           R"({ "type": 7 })", R"({ "type": "cart/add", "meta": null })",
                           R"({ "isthmus": 1, "action": { "type": "cart/add" } })"}) {
    CAPTURE(json);
    CHECK(verdict(bridge, json) == "protocol");
  }
  const Bytes junk{11, 22, 33};
  CHECK(toString(bridge.inboundLegacy(junk, true, kNow).reason) == "undecodable");
  const Bytes big((256U << 10U) + 1, 0xFF);
  CHECK(toString(bridge.inboundLegacy(big, true, kNow).reason) == "too-large");
}

TEST_CASE("a plain action cut off anywhere is undecodable and changes nothing else") {
  Bridge bridge = sharedBridge();
  const Value action =
      R"({ "type": "cart/add", "payload": { "sku": "a" }, "meta": { "schemaVersion": 2 } })"_json;
  const Bytes bytes = encode(action);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    const auto block = std::make_unique<std::uint8_t[]>(size);
    std::copy_n(bytes.begin(), size, block.get());
    REQUIRE(toString(bridge.inboundLegacy({block.get(), size}, true, kNow).reason) ==
            "undecodable");
  }
  CHECK(verdict(bridge, toJson(action)) == "accepted");
}

TEST_CASE("a copy of what another Isthmus store posts is passed over, and not counted") {
  Bridge other = legacyBridge(kCartContract);
  Bridge bridge = sharedBridge();
  const std::string before = countersOf(bridge);
  CHECK(verdict(bridge, R"({ "type": "cart/add", "payload": { "sku": "a" },
      "meta": { "schemaVersion": 2, "origin": "isthmus:other:1", "isthmus": "other:1" } })") ==
        "passed over");
  CHECK(countersOf(bridge) == before);
  CHECK(verdict(other, sent(other, R"({ "sku": "a" })")) == "echo");
}

TEST_CASE("a copy that a hand-written bridge posts again is an echo") {
  Bridge bridge = sharedBridge();
  for (const auto* origin : {"host", "__bridged__", "isthmus:self:1"}) {
    CAPTURE(origin);
    CHECK(verdict(bridge, R"({ "type": "cart/add", "payload": { "sku": "a" }, "meta": {
        "schemaVersion": 2, "isthmus": "other:1", "origin": ")" +
                              std::string(origin) + "\" } }") == "echo");
  }
  CHECK(counted(bridge, "/byType/cart~1add/echo") == 3);
}

TEST_CASE("a plain action comes from whichever store the contract lists") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({})", "accepted"},           {R"({ "from": ["admin"], "to": ["shared"] })", "accepted"},
      {R"({ "from": [] })", "sender"}, {R"({ "to": ["admin"] })", "sender"},
      {R"({ "to": [] })", "sender"},
  };
  for (const auto& [contract, expected] : cases) {
    CAPTURE(contract);
    Bridge bridge = legacyBridge(contract);
    CHECK(verdict(bridge, R"({ "type": "cart/add" })") == expected);
  }
}

TEST_CASE("a bridge that is off tells so after echo, before it looks at contracts") {
  Bridge bridge = legacyBridge(R"({})");
  CHECK(verdict(bridge, R"({ "type": "t", "meta": { "origin": "__bridged__" } })", false) ==
        "echo");
  CHECK(verdict(bridge, R"({ "type": "unknown" })", false) == "off");
  CHECK(verdict(bridge, R"({ "type": "cart/add" })", false) == "off");
}

TEST_CASE("plain actions are never duplicates, and what a reducer refuses counts so") {
  Bridge bridge = legacyBridge(R"({})");
  for (int i = 0; i < 3; ++i) CHECK(verdict(bridge, R"({ "type": "cart/add" })") == "accepted");
  REQUIRE(receive(bridge, R"({ "type": "cart/add" })").accepted);
  bridge.settle(false);
  CHECK(counted(bridge, "/accepted") == 3);
  CHECK(counted(bridge, "/dropped/reducer") == 1);
}

TEST_CASE("plain actions and envelopes that arrive within each other are settled innermost first") {
  Bridge bridge = sharedBridge();
  REQUIRE(bridge.inbound(encode(message()), true, kNow).accepted);
  CHECK(verdict(bridge, R"({ "type": "cart/add", "payload": { "sku": "a" },
                             "meta": { "schemaVersion": 2 } })") == "accepted");
  bridge.settle(true);
  CHECK(toString(bridge.inbound(encode(message()), true, kNow).reason) == "duplicate");
}

TEST_CASE("a plain action is never stale and makes nothing stale, as it has no clock") {
  Bridge bridge = legacyBridge(R"({ "schemaVersion": 2, "lastWins": true })");
  const std::string plain = R"({ "type": "cart/add", "meta": { "schemaVersion": 2 } })";
  REQUIRE(bridge.inbound(encode(message({{"/clock", "900000"}})), true, kNow).accepted);
  bridge.settle(true);
  CHECK(verdict(bridge, plain) == "accepted");
  CHECK(
      bridge.inbound(encode(message({{"/seq", "2"}, {"/clock", "900001"}})), true, kNow).accepted);
}

TEST_CASE("bad plain actions limit the channel as a whole, and no sender of the other one") {
  BridgeOptions options;
  options.rejects = 2;
  Bridge bridge = legacyBridge(kCartContract, 2, options);
  const std::string good = R"({ "type": "cart/add", "payload": { "sku": "a" } })";
  const std::string bad = R"({ "type": "cart/add" })";
  CHECK(verdict(bridge, R"({ "type": "unknown" })") == "type");
  CHECK(verdict(bridge, bad) == "schema");
  CHECK(verdict(bridge, R"({ "type": "cart/add", "payload": { "sku": "a", "coupon": 1 } })") ==
        "secret");
  CHECK(verdict(bridge, good) == "limited");
  CHECK(bridge.isLegacyLimited(kNow));
  CHECK(counted(bridge, "/limited") == 2);
  CHECK(bridge.inbound(encode(message()), true, kNow).accepted);
  CHECK(verdict(bridge, good, true, kNow + 1000) == "accepted");
  CHECK_FALSE(bridge.isLegacyLimited(kNow + 1000));
}

TEST_CASE("what is told about a dropped plain action holds nothing of its payload") {
  Bridge bridge = sharedBridge();
  const auto inbound = receive(bridge, R"({ "type": "cart/add", "payload": { "hunter2": 1 },
                                            "meta": { "schemaVersion": 2 } })");
  CHECK(toString(inbound.reason) == "schema");
  CHECK(inbound.message.find("hunter2") == std::string::npos);
}

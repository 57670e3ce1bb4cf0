#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

using Verdict = Bridge::Outbound::Verdict;

Value action(std::initializer_list<std::pair<const char*, const char*>> changes = {}) {
  Draft draft(R"({ "type": "cart/add", "payload": { "sku": "a" },
                   "meta": { "crossApp": true } })"_json);
  for (const auto& [pointer, json] : changes) {
    REQUIRE(draft.set(parsePointer(pointer).value(), parseJson(json).value()).ok());
  }
  return std::move(draft).take();
}

// "not marked", "post", or the reason for which the action stays home.
std::string verdict(Bridge& bridge, const Value& value, bool enabled = true) {
  const auto outbound = bridge.outbound(value, enabled, kNow);
  if (outbound.verdict == Verdict::NotMarked) return "not marked";
  if (outbound.verdict == Verdict::Post) return "post";
  CHECK_FALSE(outbound.message.empty());
  CHECK(outbound.envelope.isNull());
  return std::string(toString(outbound.reason));
}

}  // namespace

TEST_CASE("a marked action leaves untouched in an envelope with the next number") {
  Bridge bridge = sharedBridge();
  const Value sent = action({{"/meta/id", "7"}, {"/error", "false"}});
  const auto outbound = bridge.outbound(sent, true, kNow);
  REQUIRE(outbound.verdict == Verdict::Post);
  CHECK(toJson(outbound.envelope) ==
        R"({"isthmus":1,"binary":1,"sender":"self","from":"shared","seq":1,"clock":1000000,)"
        R"("schemaVersion":2,"action":{"type":"cart/add","payload":{"sku":"a"},)"
        R"("meta":{"crossApp":true,"id":7},"error":false}})");
  CHECK(outbound.envelope.find(Key("action"))->identical(sent));
  CHECK(bridge.outbound(sent, true, kNow).envelope.find(Key("seq"))->number() == 2);
  CHECK(counted(bridge, "/sent") == 2);
}

TEST_CASE("an action without the mark, or one that came over the bridge, is none of its business") {
  Bridge bridge = sharedBridge();
  const std::string before = countersOf(bridge);
  CHECK(verdict(bridge, action({{"/meta/crossApp", "false"}})) == "not marked");
  CHECK(verdict(bridge, action({{"/meta/origin", R"("__bridged__")"}})) == "not marked");
  CHECK(verdict(bridge, R"({ "type": "cart/add" })"_json, false) == "not marked");
  CHECK(verdict(bridge, "null"_json) == "not marked");
  CHECK(countersOf(bridge) == before);
}

TEST_CASE("a marked action is refused for the first reason in order, and takes no number") {
  BridgeOptions options;
  options.bytes = 500;
  Bridge bridge = sharedBridge(options);
  REQUIRE(bridge.addContract("cart/private", R"({ "from": ["elsewhere"] })"_json, "cart").ok());
  const std::string text = "\"" + std::string(600, 'x') + "\"";
  // Each row breaks one more rule, from the last check to the first.
  const std::pair<std::pair<const char*, const char*>, std::string_view> rows[] = {
      {{"/payload/x", text.c_str()}, "too-large"},
      {{"/payload/sku", "1"}, "schema"},
      {{"/type", R"("cart/private")"}, "sender"},
      {{"/type", R"("cart/unknown")"}, "type"},
  };
  Draft draft(action());
  for (const auto& [change, reason] : rows) {
    CAPTURE(reason);
    REQUIRE(draft.set(parsePointer(change.first).value(), parseJson(change.second).value()).ok());
    CHECK(verdict(bridge, draft.root()) == reason);
    CHECK(counted(bridge, "/refused/" + std::string(reason)) == 1);
  }
  CHECK(verdict(bridge, draft.root(), false) == "off");
  CHECK(counted(bridge, "/byType/cart~1unknown/off") == 1);
  CHECK(bridge.outbound(action(), true, kNow).envelope.find(Key("seq"))->number() == 1);
}

TEST_CASE("what the receiver's limits forbid is not posted") {
  BridgeOptions options;
  options.limits = {.depth = 5, .entries = 30, .stringBytes = 50};
  Bridge bridge = sharedBridge(options);
  const std::string text = "\"" + std::string(51, 'x') + "\"";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"[[1]]", "post"},
      {"[[[1]]]", "too-large"},
      {text, "too-large"},
      {"[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "too-large"},
  };
  for (const auto& [value, expected] : cases) {
    CAPTURE(value);
    CHECK(verdict(bridge, action({{"/payload/x", std::string(value).c_str()}})) == expected);
  }
}

TEST_CASE("parts that never leave are taken out before the schema sees the payload") {
  Bridge bridge = sharedBridge();
  const Value sent =
      action({{"/payload/coupon", R"("secret")"}, {"/payload/lines", R"(["secret", 2])"}});
  const auto outbound = bridge.outbound(sent, true, kNow);
  REQUIRE(outbound.verdict == Verdict::Post);
  CHECK(toJson(*find(outbound.envelope, parsePointer("/action/payload").value())) ==
        R"({"sku":"a","lines":[null,2]})");
  CHECK(toJson(*sent.find(Key("payload"))) ==
        R"({"sku":"a","coupon":"secret","lines":["secret",2]})");
  CHECK(verdict(bridge, action({{"/payload", R"([{ "coupon": 1 }])"}})) == "schema");
  CHECK(verdict(bridge, action({{"/payload", R"("text")"}})) == "schema");
}

TEST_CASE("neighbours that never leave are all taken out, whatever their order") {
  for (const std::string_view never : {R"(["/0", "/1", "/2/a", "/2"])", R"(["/2", "/1", "/0"])"}) {
    CAPTURE(never);
    Bridge bridge = sharedBridge();
    ObjectBuilder contract;
    contract.set("never", parseJson(never).value());
    REQUIRE(bridge.addContract("list", std::move(contract).build(), "cart").ok());
    const auto outbound = bridge.outbound(
        action({{"/type", R"("list")"}, {"/payload", R"([1, 2, { "a": 3 }, 4])"}}), true, kNow);
    REQUIRE(outbound.verdict == Verdict::Post);
    CHECK(toJson(*find(outbound.envelope, parsePointer("/action/payload").value())) ==
          "[null,null,null,4]");
  }
}

TEST_CASE("what one bridge posts another one accepts, once") {
  Bridge sender = sharedBridge();
  BridgeOptions options;
  options.sender = "receiver";
  options.store = "isolated";
  Bridge receiver(options);
  REQUIRE(receiver.addContract("cart/add", parseJson(kCartContract).value(), "cart").ok());
  const auto outbound = sender.outbound(action(), true, kNow);
  REQUIRE(outbound.verdict == Verdict::Post);
  const Bytes bytes = encode(outbound.envelope);
  CHECK(toString(sender.inbound(bytes, true, kNow).reason) == "echo");
  const auto inbound = receiver.inbound(bytes, true, kNow);
  REQUIRE(inbound.accepted);
  receiver.settle(true);
  CHECK(toString(receiver.inbound(bytes, true, kNow).reason) == "duplicate");
  CHECK(receiver.outbound(inbound.bridged(), true, kNow).verdict == Verdict::NotMarked);
}

TEST_CASE("what JavaScript finds before there are bytes is counted with the rest") {
  Bridge bridge = sharedBridge();
  bridge.countDrop(DropReason::Undecodable, "");
  bridge.countRefusal(DropReason::TooLarge, "cart/add");
  CHECK(counted(bridge, "/dropped/undecodable") == 1);
  CHECK(counted(bridge, "/refused/too-large") == 1);
  CHECK(counted(bridge, "/byType/cart~1add/too-large") == 1);
}

TEST_CASE("a definition that another app gave otherwise is refused, and the contract stays") {
  Bridge bridge = sharedBridge();
  CHECK_FALSE(bridge.addContract("cart/add", "{}"_json, "profile").ok());
  CHECK(verdict(bridge, action({{"/payload", "1"}})) == "schema");
}

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"

using namespace isthmus;

namespace {

// 1 { user: name }  2 { user: { name } }
constexpr std::string_view kVersions = R"({
    "schemaVersion": 2, "emit": [1, 2], "never": ["/pin"],
    "payload": { "type": "object", "required": ["user"],
                 "properties": { "user": { "type": "object" } } },
    "upcast": { "1": [{ "op": "set", "path": "/user",
                        "value": { "object": { "name": { "var": "state.user" } } } }] },
    "downcast": { "2": [{ "op": "set", "path": "/user", "value": { "var": "state.user.name" } }] } })";

Bridge bridgeWith(std::string_view contract, std::string_view sender = "self") {
  BridgeOptions options;
  options.sender = sender;
  options.store = "shared";
  Bridge bridge(std::move(options));
  REQUIRE(bridge.addContract("login", parseJson(contract).value(), "auth").ok());
  return bridge;
}

Value login(std::string_view payload) {
  return parseJson(R"({ "type": "login", "payload": )" + std::string(payload) +
                   R"(, "meta": { "crossApp": true } })")
      .value();
}

// The envelope, or the reason for which it stays home.
std::string sent(Bridge& bridge, std::string_view payload) {
  const auto outbound = bridge.outbound(login(payload), true, kNow);
  if (outbound.verdict == Bridge::Outbound::Verdict::Post) return toJson(outbound.envelope);
  return std::string(toString(outbound.reason));
}

// The payload that is applied, or why none is.
std::string received(Bridge& bridge, const Value& envelope) {
  const auto inbound = bridge.inbound(encode(envelope), true, kNow);
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(true);
  const Value* const payload = inbound.action.find(Key("payload"));
  return payload == nullptr ? "absent" : toJson(*payload);
}

Value from(std::string_view version, std::string_view payload, std::string_view shapes = "[]") {
  static int seq = 0;
  return parseJson(R"({ "isthmus": 1, "sender": "other", "from": "shared", "clock": 1, "seq": )" +
                   std::to_string(++seq) + R"(, "schemaVersion": )" + std::string(version) +
                   R"(, "shapes": )" + std::string(shapes) + R"(, "action": { "type": "login" )" +
                   (payload.empty() ? "" : R"(, "payload": )" + std::string(payload)) + "} }")
      .value();
}

}  // namespace

TEST_CASE("an action leaves in all versions of `emit`, its own first, under one number") {
  Bridge bridge = bridgeWith(kVersions);
  CHECK(sent(bridge, R"({ "user": { "name": "Ann" }, "pin": 1 })") ==
        R"({"isthmus":1,"binary":1,"sender":"self","from":"shared","seq":1,"clock":1000000,)"
        R"("schemaVersion":2,"action":{"type":"login","payload":{"user":{"name":"Ann"}},)"
        R"("meta":{"crossApp":true}},"shapes":[{"schemaVersion":1,"payload":{"user":"Ann"}}]})");
}

TEST_CASE("an action leaves in an older version alone when only that is emitted") {
  Bridge bridge = bridgeWith(R"({ "schemaVersion": 2, "emit": [1],
      "downcast": { "2": [{ "op": "remove", "path": "/new" }] } })");
  CHECK(sent(bridge, R"({ "new": 1, "old": 2 })") ==
        R"({"isthmus":1,"binary":1,"sender":"self","from":"shared","seq":1,"clock":1000000,)"
        R"("schemaVersion":1,"action":{"type":"login","payload":{"old":2},)"
        R"("meta":{"crossApp":true}}})");
  CHECK(sent(bridge, "{}") == "version");
  CHECK(counted(bridge, "/refused/version") == 1);
}

TEST_CASE("an older payload is carried to the contract's version before it is checked") {
  Bridge bridge = bridgeWith(kVersions);
  CHECK(received(bridge, from("2", R"({ "user": { "name": "Ann" } })")) ==
        R"({"user":{"name":"Ann"}})");
  CHECK(received(bridge, from("1", R"({ "user": "Ann" })")) == R"({"user":{"name":"Ann"}})");
  CHECK(received(bridge, from("1", R"({ "user": "Ann", "pin": 1 })")) == "secret");
  CHECK(received(bridge, from("1", "[]")) == "version");
  CHECK(received(bridge, from("1", "")) == "version");
  CHECK(received(bridge, from("3", "{}")) == "version");
  CHECK(received(bridge, from("9007199254740991", "{}")) == "version");
}

TEST_CASE("the receiver takes its own version, else the nearest before it, else after it") {
  Bridge bridge = bridgeWith(R"({ "schemaVersion": 3, "upcast": { "1": [], "2": [] },
                                  "downcast": { "5": [], "4": [] } })");
  CHECK(received(bridge, from("1", "1", R"([{ "schemaVersion": 3, "payload": 3 }])")) == "3");
  CHECK(received(bridge, from("5", "5", R"([{ "schemaVersion": 1, "payload": 1 },
                                            { "schemaVersion": 2, "payload": 2 }])")) == "2");
  CHECK(received(bridge, from("5", "5", R"([{ "schemaVersion": 4, "payload": 4 }])")) == "4");
  CHECK(received(bridge, from("6", "6", R"([{ "schemaVersion": 4 }])")) == "absent");
  CHECK(received(bridge, from("6", "6", R"([{ "schemaVersion": 7 }])")) == "version");
}

TEST_CASE("shapes that are none are against the protocol") {
  Bridge bridge = bridgeWith("{}");
  for (const char* const shapes :
       {"1", "{}", "[1]", "[{}]", R"([{ "schemaVersion": 0 }])", R"([{ "schemaVersion": "1" }])"}) {
    CAPTURE(shapes);
    CHECK(received(bridge, from("1", "1", shapes)) == "protocol");
  }
  const std::string shape = R"({ "schemaVersion": 2 })";
  std::string seven = shape;
  for (int i = 0; i < 6; ++i) seven += "," + shape;
  CHECK(received(bridge, from("1", "1", "[" + seven + "]")) == "1");
  CHECK(received(bridge, from("1", "1", "[" + seven + "," + shape + "]")) == "protocol");
}

TEST_CASE("an old receiver reads the envelope of a new sender, and the other way round") {
  Bridge newer = bridgeWith(kVersions, "newer");
  Bridge older = bridgeWith(R"({ "payload": { "properties": { "user": { "type": "string" } } } })");
  const auto outbound = newer.outbound(login(R"({ "user": { "name": "Ann" } })"), true, kNow);
  CHECK(received(older, outbound.envelope) == R"({"user":"Ann"})");
  CHECK(received(newer, older.outbound(login(R"({ "user": "Bob" })"), true, kNow).envelope) ==
        R"({"user":{"name":"Bob"}})");
}

TEST_CASE("a part that refuses keeps the action at home, wherever it comes from") {
  Bridge bridge = bridgeWith(R"({ "never": [{ "path": "/token", "then": "refuse" }, "/pin"],
      "emit": [1, 2],
      "upcast": { "1": [{ "op": "merge", "path": "",
                          "value": { "object": { "token": { "var": "state.t" },
                                                 "pin": 1 } } }] } })");
  CHECK(sent(bridge, R"({ "token": "x" })") == "secret");
  CHECK(sent(bridge, R"({ "t": "x" })") == "secret");
  CHECK(counted(bridge, "/refused/secret") == 2);
  const std::string envelope = sent(bridge, R"({ "token": null, "pin": 2 })");
  CHECK(envelope.find("pin") == std::string::npos);
  CHECK(envelope.find(R"("seq":1,)") != std::string::npos);
}

TEST_CASE("a part that a caster makes is not let in") {
  Bridge bridge = bridgeWith(R"({ "schemaVersion": 2, "never": ["/token"],
      "upcast": { "1": [{ "op": "set", "path": "/token", "value": { "var": "state.t" } }] } })");
  CHECK(received(bridge, from("1", R"({ "t": "x" })")) == "secret");
}

TEST_CASE(
    "what looks like a credential neither leaves nor comes in, unless the contract allows it") {
  const std::string_view secret = R"({ "user": { "auth": "Bearer hunter2" } })";
  Bridge bridge = bridgeWith(R"({ "never": ["/token"] })");
  CHECK(sent(bridge, secret) == "secret");
  CHECK(received(bridge, from("1", secret)) == "secret");
  CHECK(sent(bridge, R"({ "token": "Bearer hunter2" })").find("hunter2") == std::string::npos);
  CHECK(counted(bridge, "/sent") == 1);
  Bridge open = bridgeWith(R"({ "credentials": "allow" })");
  CHECK(sent(open, secret).find("hunter2") != std::string::npos);
  CHECK(received(open, from("1", secret)) == R"({"user":{"auth":"Bearer hunter2"}})");
}

TEST_CASE("a credential is found in meta, in what casters make, and in what they would hide") {
  Bridge bridge = bridgeWith(R"({ "emit": [1, 2], "schemaVersion": 2,
      "downcast": { "2": [{ "op": "set", "path": "/auth",
                            "value": { "cat": ["Bearer ", { "var": "state.t" }] } }] },
      "upcast": { "1": [{ "op": "unset", "path": "/auth" }] } })");
  CHECK(sent(bridge, R"({ "t": "hunter2" })") == "secret");
  CHECK(received(bridge, from("1", R"({ "auth": "Bearer hunter2" })")) == "secret");
  Draft marked(from("2", "{}"));
  REQUIRE(marked.set(parsePointer("/action/meta").value(), R"({ "auth": "Bearer hunter3" })"_json)
              .ok());
  CHECK(received(bridge, marked.root()) == "secret");
}

#include "bridge/payload_gate.h"

#include "native/capture.h"
#include "native/value/json_literal.h"
#include "value/codec.h"

using namespace isthmus;

namespace {

// 1 { name }  2 { user: { name } }
constexpr std::string_view kUserVersions = R"({
    "schemaVersion": 2, "never": ["/pin", { "path": "/key", "then": "refuse" }],
    "payload": { "type": "object", "required": ["user"],
                 "properties": { "user": { "type": "object" } } },
    "upcast": { "1": [{ "op": "set", "path": "/user",
                        "value": { "object": { "name": { "var": "state.name" } } } }] } })";

constexpr Limits kGateLimits{.depth = 8, .entries = 32, .stringBytes = 64};

PayloadGate gateOf(std::string_view contract = kUserVersions) {
  auto gate = PayloadGate::compile("cart/snapshot", parseJson(contract).value(), kGateLimits);
  REQUIRE_MESSAGE(gate.ok(), gate.error().message);
  return std::move(gate).value();
}

// "version payload", or "reason: message".
std::string textOf(const PayloadGate::Passage& passage) {
  if (const auto& refusal = passage.refusal) {
    return std::string(toString(refusal->reason)) + ": " + refusal->message;
  }
  const auto& [version, payload] = passage.shape;
  return std::to_string(version) + " " + (payload ? toJson(*payload) : "absent");
}

std::string sent(const PayloadGate& gate, std::string_view shape) {
  return textOf(gate.outbound(encode(parseJson(shape).value())));
}

std::string received(const PayloadGate& gate, std::string_view shape) {
  return textOf(gate.inbound(encode(parseJson(shape).value())));
}

std::string reasonIn(const std::string& text) { return text.substr(0, text.find(':')); }

}  // namespace

TEST_CASE("a payload leaves without its `never` parts, in the contract's version") {
  CHECK(sent(gateOf(), R"({ "payload": { "user": { "name": "Ann" }, "pin": 7 } })") ==
        R"(2 {"user":{"name":"Ann"}})");
}

TEST_CASE("a payload leaves in the first version that the contract emits") {
  const auto gate = gateOf(R"({ "schemaVersion": 2, "emit": [1],
      "downcast": { "2": [{ "op": "remove", "path": "/new" }] } })");
  CHECK(sent(gate, R"({ "payload": { "new": 1, "old": 2 } })") == R"(1 {"old":2})");
}

TEST_CASE("a payload comes in, in the contract's version or carried to it") {
  const auto gate = gateOf();
  CHECK(received(gate, R"({ "schemaVersion": 2, "payload": { "user": {} } })") ==
        R"(2 {"user":{}})");
  CHECK(received(gate, R"({ "schemaVersion": 1, "payload": { "name": "Ann" } })") ==
        R"(2 {"name":"Ann","user":{"name":"Ann"}})");
  CHECK(received(gate, R"({ "payload": { "name": "Ann" } })") ==
        R"(2 {"name":"Ann","user":{"name":"Ann"}})");
}

TEST_CASE("a payload that is absent stays absent, where the contract has no schema") {
  const auto gate = gateOf("{}");
  CHECK(sent(gate, "{}") == "1 absent");
  CHECK(received(gate, "{}") == "1 absent");
  CHECK(received(gate, R"({ "payload": null })") == "1 null");
}

TEST_CASE("what may not leave is refused with the reason that the bridge gives") {
  const auto gate = gateOf();
  CHECK(sent(gate, R"({ "payload": {} })") ==
        "schema: the payload, or a part of it, lacks the required 'user': see '/required' in the "
        "contract's schema");
  CHECK(sent(gate, R"({ "payload": { "user": {}, "key": 1 } })") ==
        "secret: the payload has a part that must never cross");
  const auto bearer = sent(gate, R"({ "payload": { "user": { "a": "Bearer )"
                                 R"(abcdefghijklmnopqrstuvwxyz012345" } } })");
  CHECK(reasonIn(bearer) == "secret");
  CHECK(bearer.find("'/payload/user/*'") != std::string::npos);
  CHECK(bearer.find("Bearer a") == std::string::npos);
}

TEST_CASE("what may not come in is refused with the reason that the bridge gives") {
  struct Example {
    std::string_view shape;
    std::string_view reason;
  };
  static constexpr Example kExamples[] = {
      {R"({ "schemaVersion": 3, "payload": { "user": {} } })", "version"},
      {R"({ "schemaVersion": "2", "payload": { "user": {} } })", "protocol"},
      {R"({ "schemaVersion": null, "payload": { "user": {} } })", "protocol"},
      {R"({ "schemaVersion": 0, "payload": { "user": {} } })", "protocol"},
      {R"({ "schemaVersion": 2, "payload": { "user": 7 } })", "schema"},
      {R"({ "schemaVersion": 2, "payload": { "user": {}, "pin": 7 } })", "secret"},
      {R"({ "schemaVersion": 2 })", "schema"},
      {"[]", "protocol"},
      {"7", "protocol"},
      {R"({ "payload": [[[[[[[[[0]]]]]]]]] })", "too-large"},
  };
  const auto gate = gateOf();
  for (const auto& [shape, reason] : kExamples) {
    CAPTURE(shape);
    CHECK(reasonIn(received(gate, shape)) == reason);
  }
}

TEST_CASE("bytes that are no value are undecodable, in both directions") {
  const auto gate = gateOf();
  const Bytes bytes{0xFF, 0x01};
  CHECK(reasonIn(textOf(gate.inbound(bytes))) == "undecodable");
  CHECK(reasonIn(textOf(gate.outbound({}))) == "undecodable");
}

TEST_CASE("what casters make must be within the limits") {
  const auto gate = gateOf(R"({ "schemaVersion": 2, "upcast": { "1": [{ "op": "set", "path": "/b",
      "value": { "cat": [{ "var": "state.a" }, { "var": "state.a" }] } }] } })");
  CHECK(received(gate, R"({ "payload": { "a": "0123456789" } })") ==
        R"(2 {"a":"0123456789","b":"01234567890123456789"})");
  CHECK(reasonIn(received(gate, R"({ "payload": { "a": "01234567890123456789" } })")) ==
        "2 {\"a\"");
  CHECK(reasonIn(received(gate, R"({ "payload": { "a": "0123456789012345678901234567890" } })")) ==
        "too-large");
}

TEST_CASE("a contract that is wrong is refused with its name and the place") {
  const auto gate =
      PayloadGate::compile("cart/snapshot", R"({ "payload": { "type": 7 } })"_json, kGateLimits);
  REQUIRE_FALSE(gate.ok());
  CHECK(gate.error().where == "/payload/type");
  CHECK(gate.error().message.starts_with("the contract of 'cart/snapshot' is wrong: "));
}

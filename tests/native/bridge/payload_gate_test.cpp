// What passes and what is refused stands in tests/cases/payloads.json.

#include "bridge/payload_gate.h"

#include "native/capture.h"
#include "native/value/json_literal.h"
#include "value/codec.h"

using namespace isthmus;

namespace {

constexpr Limits kGateLimits{.depth = 8, .entries = 32, .stringBytes = 64};

PayloadGate gateOf(std::string_view contract) {
  auto gate = PayloadGate::compile("cart/snapshot", parseJson(contract).value(), kGateLimits);
  REQUIRE_MESSAGE(gate.ok(), gate.error().message);
  return std::move(gate).value();
}

std::string reasonOf(const PayloadGate::Passage& passage) {
  return passage.refusal ? std::string(toString(passage.refusal->reason)) : "passes";
}

}  // namespace

TEST_CASE("a payload that is absent stays absent, where the contract has no schema") {
  const auto gate = gateOf("{}");
  CHECK_FALSE(gate.outbound(encode("{}"_json)).shape.payload);
  CHECK_FALSE(gate.inbound(encode("{}"_json)).shape.payload);
  CHECK(gate.inbound(encode(R"({ "payload": null })"_json)).shape.payload);
  const auto typed = gateOf(R"({ "payload": { "type": "object" } })");
  CHECK(reasonOf(typed.inbound(encode("{}"_json))) == "schema");
}

TEST_CASE("a credential stays, at a place that tells nothing of the payload") {
  const auto shape =
      R"({ "payload": { "geheim": "Bearer abcdefghijklmnopqrstuvwxyz012345" } })"_json;
  const auto strict = gateOf("{}");
  for (const auto& passage : {strict.outbound(encode(shape)), strict.inbound(encode(shape))}) {
    REQUIRE(passage.refusal);
    CHECK(toString(passage.refusal->reason) == "secret");
    CHECK(passage.refusal->message.find("'/payload/*'") != std::string::npos);
    CHECK(passage.refusal->message.find("geheim") == std::string::npos);
  }
  CHECK(reasonOf(gateOf(R"({ "credentials": "allow" })").outbound(encode(shape))) == "passes");
}

TEST_CASE("bytes that are no shape are refused, in both directions") {
  const auto gate = gateOf("{}");
  const Bytes none{0xFF, 0x01};
  CHECK(reasonOf(gate.inbound(none)) == "undecodable");
  CHECK(reasonOf(gate.outbound({})) == "undecodable");
  for (const auto& value : {"[]"_json, "7"_json, "null"_json}) {
    CAPTURE(toJson(value));
    CHECK(reasonOf(gate.inbound(encode(value))) == "protocol");
    CHECK(reasonOf(gate.outbound(encode(value))) == "protocol");
  }
}

TEST_CASE("what casters make must be within the limits") {
  const auto gate = gateOf(R"({ "schemaVersion": 2, "upcast": { "1": [{ "op": "set", "path": "/b",
      "value": { "cat": [{ "var": "state.a" }, { "var": "state.a" }] } }] } })");
  const auto reasonFor = [&](std::size_t size) {
    const auto json = R"({ "payload": { "a": ")" + std::string(size, 'x') + "\" } }";
    return reasonOf(gate.inbound(encode(parseJson(json).value())));
  };
  CHECK(reasonFor(20) == "passes");
  CHECK(reasonFor(31) == "too-large");
}

TEST_CASE("a contract that is wrong is refused with its name and the place") {
  const auto gate =
      PayloadGate::compile("cart/snapshot", R"({ "payload": { "type": 7 } })"_json, kGateLimits);
  REQUIRE_FALSE(gate.ok());
  CHECK(gate.error().where == "/payload/type");
  CHECK(gate.error().message.starts_with("the contract of 'cart/snapshot' is wrong: "));
}

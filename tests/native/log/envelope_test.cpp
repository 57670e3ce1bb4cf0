#include "log/envelope.h"

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"

using namespace isthmus;

namespace {

constexpr std::string_view kEnvelope =
    R"({ "isthmus": 1, "binary": 1, "sender": "tab-1", "from": "shared",
    "seq": 3, "clock": 1000.5, "schemaVersion": 2,
    "action": { "type": "cart/add", "payload": 1, "meta": {}, "extra": [] } })";

}  // namespace

TEST_CASE("an envelope is read as it was written") {
  const auto read = readEnvelope(parseJson(kEnvelope).value());
  REQUIRE(read.ok());
  const Envelope& envelope = read.value();
  CHECK(envelope.sender == "tab-1");
  CHECK(envelope.from == "shared");
  CHECK(envelope.seq == 3);
  CHECK(envelope.clock == 1000.5);
  CHECK(envelope.schemaVersion == 2);
  CHECK(envelope.type() == "cart/add");
  CHECK(toJson(toValue(envelope)) == toJson(parseJson(kEnvelope).value()));
}

TEST_CASE("a field of the wrong kind breaks the envelope, and the error names it") {
  struct Case {
    std::string_view field;
    std::string_view value;
    bool holds;
  };
  const Case cases[] = {
      {"/isthmus", "1.0", true},
      {"/isthmus", "2", false},
      {"/isthmus", R"("1")", false},
      {"/sender", R"("")", false},
      {"/sender", "7", false},
      {"/from", R"("")", true},
      {"/from", "null", false},
      {"/seq", "0", true},
      {"/seq", "-0.0", true},
      {"/seq", "9007199254740991", true},
      {"/seq", "9007199254740992", false},
      {"/seq", "-1", false},
      {"/seq", "1.5", false},
      {"/seq", R"("3")", false},
      {"/clock", "0", true},
      {"/clock", "1e300", true},
      {"/clock", "-1", false},
      {"/clock", "true", false},
      {"/schemaVersion", "1", true},
      {"/schemaVersion", "5000000000", true},
      {"/schemaVersion", "0", false},
      {"/schemaVersion", "1.5", false},
      {"/schemaVersion", "null", false},
      {"/action", "null", false},
      {"/action", "[]", false},
      {"/action", "{}", false},
      {"/action", R"({ "type": "" })", false},
      {"/action", R"({ "type": 1 })", false},
      {"/action", R"({ "type": "t", "meta": null })", false},
      {"/action", R"({ "type": "t", "meta": [] })", false},
      {"/action", R"({ "type": "t", "error": { "message": "x" } })", true},
      {"/later", R"({ "more": 1 })", true},
  };
  for (const auto& [field, value, holds] : cases) {
    CAPTURE(field);
    CAPTURE(value);
    Draft draft(parseJson(kEnvelope).value());
    REQUIRE(draft.set(parsePointer(field).value(), parseJson(value).value()).ok());
    const auto read = readEnvelope(draft.root());
    REQUIRE(read.ok() == holds);
    if (!holds) CHECK(read.error().where == field);
  }
}

TEST_CASE("an envelope without a field is broken, but for the schemaVersion, which is then 1") {
  for (const std::string_view field :
       {"/isthmus", "/sender", "/from", "/seq", "/clock", "/action"}) {
    CAPTURE(field);
    Draft draft(parseJson(kEnvelope).value());
    REQUIRE(draft.remove(parsePointer(field).value()).ok());
    const auto read = readEnvelope(draft.root());
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().where == field);
  }
  Draft draft(parseJson(kEnvelope).value());
  REQUIRE(draft.remove(parsePointer("/schemaVersion").value()).ok());
  CHECK(readEnvelope(draft.root()).value().schemaVersion == 1);
}

TEST_CASE("a sender's id has at most 64 bytes") {
  for (const std::size_t size : {1U, 64U, 65U}) {
    CAPTURE(size);
    Draft draft(parseJson(kEnvelope).value());
    REQUIRE(draft.set({Key("sender")}, Value(std::string(size, 's'))).ok());
    CHECK(readEnvelope(draft.root()).ok() == (size <= 64));
  }
}

TEST_CASE("what is not an object is not an envelope") {
  for (const std::string_view json : {"null", "1", R"("isthmus")", "[]", "[1]"}) {
    CAPTURE(json);
    CHECK_FALSE(readEnvelope(parseJson(json).value()).ok());
  }
}

TEST_CASE("an envelope in the order of its fields is read at once, any other one the long way") {
  const auto ordered = [](const Value& message, const Limits& limits = {}) {
    return readOrdered(encode(message), limits).has_value();
  };
  const Value whole = parseJson(kEnvelope).value();
  CHECK(ordered(whole));
  const auto read = readOrdered(encode(whole), {});
  CHECK(toJson(toValue(*read)) == toJson(whole));
  Draft plain(whole);
  REQUIRE(plain.remove({Key("binary")}).ok());
  CHECK(ordered(plain.root()));
  REQUIRE(plain.set({Key("later")}, Value(1.0)).ok());
  CHECK_FALSE(ordered(plain.root()));
  CHECK_FALSE(ordered(R"({ "sender": "tab-1", "isthmus": 1 })"_json));
  CHECK_FALSE(ordered(Value()));
  CHECK(ordered(whole, {.depth = 3, .entries = 12}));
  CHECK_FALSE(ordered(whole, {.depth = 2, .entries = 12}));
  CHECK_FALSE(ordered(whole, {.depth = 3, .entries = 11}));
}

TEST_CASE("an action that is to be posted is at hand as a value and as bytes") {
  Bridge bridge = sharedBridge();
  const auto outbound = bridge.outbound(R"({ "type": "cart/add", "payload": { "sku": "a" },
                           "meta": { "crossApp": true } })"_json,
                                        true, kNow);
  CHECK(outbound.bytes == encode(outbound.envelope));
  CHECK(bridge.outbound(Value(), true, kNow).bytes.empty());
}

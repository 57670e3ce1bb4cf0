#include "bridge/legacy.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

std::string_view provenance(std::string_view meta) {
  const std::string action = R"({ "type": "t", "meta": )" + std::string(meta) + " }";
  switch (provenanceOf(parseJson(action).value(), "self")) {
    case Provenance::Plain:
      return "plain";
    case Provenance::Copy:
      return "copy";
    default:
      return "echo";
  }
}

}  // namespace

TEST_CASE("the marks in its meta tell where a plain action comes from") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({})", "plain"},
      {R"({ "crossApp": true, "origin": "host" })", "plain"},
      {R"({ "origin": "isthmus:other:7" })", "copy"},
      {R"({ "origin": "isthmus:other:7", "isthmus": "other:7" })", "copy"},
      {R"({ "origin": "isthmus:a:b:0" })", "copy"},
      {R"({ "origin": "isthmus:self:7", "isthmus": "self:7" })", "echo"},
      {R"({ "origin": "__bridged__" })", "echo"},
      {R"({ "origin": "host", "isthmus": "other:7" })", "echo"},
      {R"({ "origin": "host", "isthmus": "self:7" })", "echo"},
      {R"({ "isthmus": "other:7" })", "echo"},
  };
  for (const auto& [meta, expected] : cases) {
    CAPTURE(meta);
    CHECK(provenance(meta) == expected);
  }
}

TEST_CASE("what only resembles a mark is a hand-written bridge's own") {
  for (const auto* text : {"isthmus", "isthmus:", "isthmus:host", "isthmus::7", "isthmus:host:",
                           "isthmus:host:7a", "isthmus:host:-7", "Isthmus:host:7", "host:7"}) {
    CAPTURE(text);
    CHECK(provenance(R"({ "origin": ")" + std::string(text) + "\" }") == "plain");
  }
  for (const auto* value : {"true", "7", R"("yes")", R"(":7")", "{}", "null"}) {
    CAPTURE(value);
    CHECK(provenance(R"({ "isthmus": )" + std::string(value) + " }") == "plain");
    CHECK(provenance(R"({ "origin": )" + std::string(value) + " }") == "plain");
  }
  CHECK(provenanceOf(R"({ "type": "t" })"_json, "self") == Provenance::Plain);
}

TEST_CASE("a plain action says its version in meta, as a whole number") {
  const auto version = [](std::string_view json) {
    return plainVersion(parseJson(json).value(), 5);
  };
  CHECK(version(R"({ "type": "t" })") == 5);
  CHECK(version(R"({ "type": "t", "meta": {} })") == 5);
  CHECK(version(R"({ "type": "t", "meta": { "schemaVersion": 2 } })") == 2);
  for (const auto* wrong : {"0", "-1", "1.5", "1e300", R"("2")", "null", "[2]"}) {
    CAPTURE(wrong);
    CHECK_FALSE(
        version(R"({ "type": "t", "meta": { "schemaVersion": )" + std::string(wrong) + " } }"));
  }
}

TEST_CASE("what is posted keeps the action, its payload's node and the rest of its meta") {
  Envelope envelope;
  envelope.sender = "self";
  envelope.seq = 9007199254740991;
  envelope.schemaVersion = 2;
  envelope.action = R"({ "type": "t", "payload": [1], "error": true,
                         "meta": { "id": 7, "crossApp": true, "origin": "mine" } })"_json;
  const Value plain = toPlain(envelope);
  CHECK(toJson(plain) == R"({"type":"t","payload":[1],"error":true,"meta":{"id":7,"crossApp":true,)"
                         R"("origin":"isthmus:self:9007199254740991","schemaVersion":2,)"
                         R"("isthmus":"self:9007199254740991"}})");
  CHECK(plain.find(Key("payload"))->identical(*envelope.action.find(Key("payload"))));
  CHECK(provenanceOf(plain, "self") == Provenance::Echo);
  CHECK(provenanceOf(plain, "other") == Provenance::Copy);
}

TEST_CASE("a version in meta follows the payload, and is not made up") {
  const Value without = R"({ "type": "t", "meta": { "id": 7 } })"_json;
  CHECK(withPlainVersion(without, 2).identical(without));
  const Value with = R"({ "type": "t", "meta": { "schemaVersion": 1 } })"_json;
  CHECK(toJson(withPlainVersion(with, 2)) == R"({"type":"t","meta":{"schemaVersion":2}})");
}

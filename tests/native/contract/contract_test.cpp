#include "contract/contract.h"

#include "native/capture.h"
#include "native/value/json_literal.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

Contract compiled(std::string_view json) {
  auto contract = compileContract(parseJson(json).value());
  REQUIRE(contract.ok());
  return std::move(contract).value();
}

}  // namespace

TEST_CASE("an empty contract lets everybody send anything, as version 1") {
  const Contract contract = compiled("{}");
  CHECK(contract.from.includes("any store"));
  CHECK(contract.to.includes("any store"));
  CHECK(contract.schemaVersion == 1);
  CHECK(contract.never.empty());
  CHECK_FALSE(contract.payload.has_value());
}

TEST_CASE("a contract holds what its definition says") {
  const Contract contract = compiled(R"({
    "from": ["shared", "admin"], "to": "*", "schemaVersion": 3,
    "never": ["/coupon", "/user/a~1b"], "payload": { "type": "object" } })");
  CHECK(contract.from.includes("admin"));
  CHECK_FALSE(contract.from.includes("other"));
  CHECK_FALSE(contract.from.includes("*"));
  CHECK(contract.to.includes("other"));
  CHECK(contract.schemaVersion == 3);
  REQUIRE(contract.never.size() == 2);
  CHECK(toPointer(contract.never[1].path) == "/user/a~1b");
  REQUIRE(contract.payload.has_value());
  CHECK(contract.payload->check("[]"_json));
  CHECK(contract.definition.isObject());
}

TEST_CASE("formats are asserted where the contract says so, wherever in it") {
  const auto at = R"({ "at": "yesterday" })"_json;
  for (const auto& [asserts, refused] : {std::pair{"true", true}, {"false", false}}) {
    CAPTURE(asserts);
    const Contract contract = compiled(
        R"({ "payload": { "properties": { "at": { "format": "date" } } }, "assertFormats": )" +
        std::string(asserts) + "}");
    CHECK(contract.payload->check(at).has_value() == refused);
  }
}

TEST_CASE("an audience of no store lets nobody take part") {
  CHECK_FALSE(compiled(R"({ "from": [] })").from.includes("shared"));
}

TEST_CASE("a contract that says something else is refused with the place and a sentence") {
  struct Case {
    std::string_view definition;
    std::string_view where;
  };
  const Case cases[] = {
      {"null", ""},
      {"[]", ""},
      {R"({ "lastWin": true })", "/lastWin"},
      {R"({ "lastWins": 1 })", "/lastWins"},
      {R"({ "credentials": true })", "/credentials"},
      {R"({ "credentials": "deny" })", "/credentials"},
      {R"({ "never": [{ "path": "/a", "then": "hide" }] })", "/never/0/then"},
      {R"({ "never": [{ "then": "refuse" }] })", "/never/0"},
      {R"({ "never": [{ "path": "/a", "or": 1 }] })", "/never/0"},
      {R"({ "never": [{ "path": 1 }] })", "/never/0"},
      {R"({ "never": [{ "path": "/a", "then": "refuse" }], "payload": { "required": ["a"] } })",
       "/never/0"},
      {R"({ "upcast": [] })", "/upcast"},
      {R"({ "upcast": { "0": [] } })", "/upcast/0"},
      {R"({ "upcast": { "01": [] } })", "/upcast/01"},
      {R"({ "upcast": { "a/b": [] } })", "/upcast/a~1b"},
      {R"({ "upcast": { "9999999999": [] } })", "/upcast/9999999999"},
      {R"({ "downcast": { "2": {} } })", "/downcast/2"},
      {R"({ "downcast": { "2": [{ "op": "fly" }] } })", "/downcast/2/0/op"},
      {R"({ "emit": [] })", "/emit"},
      {R"({ "emit": 1 })", "/emit"},
      {R"({ "emit": [1, 1] })", "/emit/1"},
      {R"({ "emit": [0] })", "/emit/0"},
      {R"({ "emit": [1, 2, 3, 4, 5, 6, 7, 8, 9] })", "/emit"},
      {R"({ "emit": [1, 2] })", "/emit/1"},
      {R"({ "schemaVersion": 3, "emit": [1], "downcast": { "3": [] } })", "/emit/0"},
      {R"({ "a/b": 1 })", "/a~1b"},
      {R"({ "from": "shared" })", "/from"},
      {R"({ "from": ["*"] })", "/from"},
      {R"({ "to": [1] })", "/to"},
      {R"({ "to": [""] })", "/to"},
      {R"({ "schemaVersion": 0 })", "/schemaVersion"},
      {R"({ "schemaVersion": 1.5 })", "/schemaVersion"},
      {R"({ "schemaVersion": "1" })", "/schemaVersion"},
      {R"({ "schemaVersion": 1e300 })", "/schemaVersion"},
      {R"({ "never": "/a" })", "/never"},
      {R"({ "never": ["/a", 1] })", "/never/1"},
      {R"({ "never": ["a"] })", "/never/0"},
      {R"({ "never": [""] })", "/never/0"},
      {R"({ "payload": { "properties": { "a": { "pattern": "(" } } } })",
       "/payload/properties/a/pattern"},
      {R"({ "assertFormats": 1 })", "/assertFormats"},
      {R"({ "payload": { "format": "isbn" }, "assertFormats": true })", "/payload/format"},
      {R"({ "never": ["/x", "/a"], "payload": { "required": ["a"] } })", "/never/1"},
      {R"({ "never": ["/cards/*/cvc"], "payload": { "properties": { "cards": {
            "items": { "required": ["cvc"] } } } } })",
       "/never/0"},
      {R"({ "never": ["/*"], "payload": { "required": ["a"] } })", "/never/0"},
      {R"({ "assertFormats": {} })", "/assertFormats"},
      {R"({ "assertFormats": { "annotations": [], "or": 1 } })", "/assertFormats"},
      {R"({ "assertFormats": { "annotations": ["a", 1] } })", "/assertFormats/annotations/1"},
      {R"({ "payload": { "properties": { "a": { "required": ["b"] } } }, "never": ["/a/b"] })",
       "/never/0"},
  };
  for (const auto& [definition, where] : cases) {
    CAPTURE(definition);
    const auto contract = compileContract(parseJson(definition).value());
    REQUIRE_FALSE(contract.ok());
    CHECK(toString(contract.error().code) == "invalid-definition");
    CHECK(contract.error().where == where);
    CHECK_FALSE(contract.error().message.empty());
  }
}

TEST_CASE("a contract emits its own version first, and those that its casters lead to") {
  CHECK(compiled(R"({ "schemaVersion": 2 })").emit == std::vector<std::uint32_t>{2});
  const Contract contract = compiled(R"({ "schemaVersion": 3, "emit": [1, 2, 3],
      "downcast": { "3": [], "2": [] } })");
  CHECK(contract.emit == std::vector<std::uint32_t>{3, 1, 2});
  CHECK(compiled(R"({ "emit": [2], "upcast": { "1": [] } })").emit.front() == 2);
}

TEST_CASE("a contract allows credentials and lets the last win only when it says so") {
  CHECK_FALSE(compiled("{}").allowsCredentials);
  CHECK_FALSE(compiled(R"({ "credentials": "refuse" })").allowsCredentials);
  CHECK(compiled(R"({ "credentials": "allow" })").allowsCredentials);
  CHECK_FALSE(compiled("{}").lastWins);
  CHECK(compiled(R"({ "lastWins": true })").lastWins);
}

TEST_CASE("a never path that the schema has under another name is refused with that name") {
  const Value payload = R"({ "type": "object", "properties": {
      "user": { "$ref": "#/$defs/user" }, "token": { "type": "string" }, "at": true,
      "cards": { "type": "array", "items": { "properties": { "cvc": true, "number": true } } },
      "byId": { "additionalProperties": { "properties": { "secret": true } } },
      "closed": { "properties": { "name": true }, "additionalProperties": false },
      "open": { "type": "object" } },
    "$defs": { "user": { "allOf": [{ "properties": { "password": true } }] } } })"_json;
  const auto refusal = [&](const char* path) {
    ObjectBuilder definition;
    definition.set("payload", payload);
    definition.set("never", Value(Value::Items{Value(path)}));
    const auto contract = compileContract(std::move(definition).build());
    if (contract.ok()) return std::string();
    CHECK(contract.error().where == "/never/0");
    return contract.error().message;
  };
  const std::pair<const char*, const char*> wrong[] = {
      {"/tokn", "'/token'"},
      {"/Token", "'/token'"},
      {"/crads/*/cvc", "'/cards/*/cvc'"},
      {"/cards/*/cvv", "'/cards/*/cvc'"},
      {"/cards/0/cvcc", "'/cards/0/cvc'"},
      {"/cards/cvc", "'/cards/*/cvc'"},
      {"/user/passwrod", "'/user/password'"},
      {"/byId/*/secrt", "'/byId/*/secret'"},
      {"/byId/a/secrte", "'/byId/a/secret'"},
      {"/token/0", "'/token' has no parts"},
      {"/closed/other/0", "'/closed' has 'name'"},
  };
  for (const auto& [path, meant] : wrong) {
    CAPTURE(path);
    CHECK(refusal(path).find(meant) != std::string::npos);
  }
  for (const char* const path :
       {"/token", "/cards/*/cvc", "/cards/0/cvc", "/cards/*", "/user/password", "/byId/*/secret",
        "/byId/*", "/*/secret", "/open/any/thing", "/at/any", "/coupon", "/lines/0", "/user/pin",
        "/closed/pin"}) {
    CAPTURE(path);
    CHECK(refusal(path).empty());
  }
}

TEST_CASE("what is wrong in a contract is told with what was probably meant") {
  const std::pair<const char*, const char*> cases[] = {
      {R"({ "nver": [] })", "did you mean 'never'?"},
      {R"({ "assertformats": true })", "did you mean 'assertFormats'?"},
      {R"({ "payload": { "requird": [] } })", "did you mean 'required'?"},
      {R"({ "payload": { "dependencies": {} } })", "use 'dependentRequired' or 'dependentSchemas'"},
      {R"({ "payload": { "$recursiveRef": "#" } })", "use '$dynamicRef'"},
      {R"({ "payload": { "items": [] } })", "'prefixItems'"},
      {R"({ "payload": { "$schema": "http://json-schema.org/draft-07/schema#" } })", "2020-12"},
      {R"({ "payload": { "format": "emial" }, "assertFormats": true })", "did you mean 'email'?"},
      {R"({ "payload": { "format": "password" }, "assertFormats": true })",
       "{ annotations: ['password'] }"},
  };
  for (const auto& [definition, meant] : cases) {
    CAPTURE(definition);
    const auto contract = compileContract(parseJson(definition).value());
    REQUIRE_FALSE(contract.ok());
    CAPTURE(contract.error().message);
    CHECK(contract.error().message.find(meant) != std::string::npos);
  }
}

#include "contract/schema.h"

#include "native/capture.h"
#include "native/value/json_literal.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

Schema compiled(std::string_view json) {
  auto schema = Schema::compile(parseJson(json).value());
  REQUIRE(schema.ok());
  return std::move(schema).value();
}

}  // namespace

TEST_CASE("the first error is told by its place in the value and in the schema") {
  const Schema schema = compiled(R"({
    "type": "object",
    "required": ["sku", "a/b"],
    "properties": {
      "sku": { "type": "string", "minLength": 2, "maxLength": 4 },
      "tags": { "type": "array", "items": { "enum": ["x", "y"] }, "maxItems": 3 },
      "a/b": { "minimum": 1, "maximum": 5 },
      "deep": { "properties": { "er": { "const": { "k": [1] } } }, "additionalProperties": false },
      "either": { "type": ["integer", "null"] },
      "nothing": false
    },
    "additionalProperties": { "type": "boolean" }
  })");
  struct Case {
    std::string_view data;
    std::string_view instance;
    std::string_view place;
  };
  const Case cases[] = {
      {"[]", "", "/type"},
      {R"({ "sku": "ab" })", "", "/required"},
      {R"({ "sku": 1, "a/b": 2 })", "/sku", "/properties/sku/type"},
      {R"({ "sku": "a", "a/b": 2 })", "/sku", "/properties/sku/minLength"},
      {R"({ "sku": "abcde", "a/b": 2 })", "/sku", "/properties/sku/maxLength"},
      {R"({ "sku": "ab", "a/b": 0 })", "/a~1b", "/properties/a~1b/minimum"},
      {R"({ "sku": "ab", "a/b": 6 })", "/a~1b", "/properties/a~1b/maximum"},
      {R"({ "sku": "ab", "a/b": 2, "tags": ["x", "z"] })", "/tags/1",
       "/properties/tags/items/enum"},
      {R"({ "sku": "ab", "a/b": 2, "tags": ["x", "x", "x", "x"] })", "/tags",
       "/properties/tags/maxItems"},
      {R"({ "sku": "ab", "a/b": 2, "deep": { "er": { "k": [2] } } })", "/deep/er",
       "/properties/deep/properties/er/const"},
      {R"({ "sku": "ab", "a/b": 2, "deep": { "x": 1 } })", "/deep/x",
       "/properties/deep/additionalProperties"},
      {R"({ "sku": "ab", "a/b": 2, "either": 1.5 })", "/either", "/properties/either/type"},
      {R"({ "sku": "ab", "a/b": 2, "nothing": null })", "/nothing", "/properties/nothing"},
      {R"({ "sku": "ab", "a/b": 2, "more": 1 })", "/more", "/additionalProperties/type"},
  };
  for (const auto& [data, instance, place] : cases) {
    CAPTURE(data);
    const auto error = schema.check(parseJson(data).value());
    REQUIRE(error.has_value());
    CHECK(error->instance == instance);
    CHECK(error->schema == place);
    CHECK_FALSE(error->message.empty());
  }
  CHECK_FALSE(schema.check(R"({ "sku": "ab", "a/b": 2, "either": null, "more": true })"_json));
}

TEST_CASE("a message and the place in the schema never repeat the value") {
  const Schema schema = compiled(R"({ "type": "object", "required": ["id"],
      "properties": { "id": { "enum": [1] } }, "additionalProperties": false })");
  for (const std::string_view data : {R"("hunter2")", R"({ "hunter2": 1 })",
                                      R"({ "id": "hunter2" })", R"({ "id": 1, "hunter2": 1 })"}) {
    CAPTURE(data);
    const auto error = schema.check(parseJson(data).value());
    REQUIRE(error.has_value());
    CHECK(error->message.find("hunter2") == std::string::npos);
    CHECK(error->schema.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("each keyword's error is told by its places in the value and in the schema") {
  const Schema schema = compiled(R"({
    "properties": {
      "n": { "exclusiveMinimum": 0, "exclusiveMaximum": 9, "multipleOf": 2 },
      "s": { "pattern": "^a" },
      "l": { "prefixItems": [{ "type": "null" }], "contains": { "const": 1 }, "uniqueItems": true,
             "minContains": 2, "maxContains": 3 },
      "o": { "patternProperties": { "^x": { "type": "null" } }, "propertyNames": { "maxLength": 2 },
             "minProperties": 1, "maxProperties": 2, "dependentRequired": { "a": ["b"] },
             "dependentSchemas": { "c": { "required": ["d"] } } },
      "u": { "allOf": [{ "properties": { "a": true } }], "unevaluatedProperties": false },
      "v": { "unevaluatedItems": { "type": "null" } },
      "any": { "anyOf": [{ "type": "null" }, { "const": 1 }] },
      "one": { "oneOf": [{ "minimum": 0 }, { "maximum": 5 }] },
      "not": { "not": { "type": "null" } },
      "if": { "if": { "type": "null" }, "then": false, "else": { "minimum": 1 } },
      "ref": { "$ref": "#/$defs/list" }
    },
    "$defs": { "list": { "items": { "allOf": [{ "$ref": "#/$defs/text" }] } },
               "text": { "type": "string" } }
  })");
  struct Case {
    std::string_view data;
    std::string_view instance;
    std::string_view place;
  };
  const Case cases[] = {
      {R"({ "n": 0 })", "/n", "/properties/n/exclusiveMinimum"},
      {R"({ "n": 9 })", "/n", "/properties/n/exclusiveMaximum"},
      {R"({ "n": 3 })", "/n", "/properties/n/multipleOf"},
      {R"({ "s": "b" })", "/s", "/properties/s/pattern"},
      {R"({ "l": [0] })", "/l/0", "/properties/l/prefixItems/0/type"},
      {R"({ "l": [null] })", "/l", "/properties/l/contains"},
      {R"({ "l": [null, 1] })", "/l", "/properties/l/minContains"},
      {R"({ "l": [null, 1, 1, 1, 1] })", "/l", "/properties/l/maxContains"},
      {R"({ "l": [null, 1, 1] })", "/l", "/properties/l/uniqueItems"},
      {R"({ "o": { "x": 1 } })", "/o/x", "/properties/o/patternProperties/^x/type"},
      {R"({ "o": { "abc": 1 } })", "/o/abc", "/properties/o/propertyNames/maxLength"},
      {R"({ "o": {} })", "/o", "/properties/o/minProperties"},
      {R"({ "o": { "1": 1, "2": 2, "3": 3 } })", "/o", "/properties/o/maxProperties"},
      {R"({ "o": { "a": 1 } })", "/o", "/properties/o/dependentRequired"},
      {R"({ "o": { "c": 1 } })", "/o", "/properties/o/dependentSchemas/c/required"},
      {R"({ "u": { "a": 1, "b": 2 } })", "/u/b", "/properties/u/unevaluatedProperties"},
      {R"({ "v": [null, 1] })", "/v/1", "/properties/v/unevaluatedItems/type"},
      {R"({ "any": 2 })", "/any", "/properties/any/anyOf"},
      {R"({ "one": 2 })", "/one", "/properties/one/oneOf"},
      {R"({ "not": null })", "/not", "/properties/not/not"},
      {R"({ "if": null })", "/if", "/properties/if/then"},
      {R"({ "if": 0 })", "/if", "/properties/if/else/minimum"},
      {R"({ "ref": ["a", 1] })", "/ref/1", "/$defs/text/type"},
  };
  for (const auto& [data, instance, place] : cases) {
    CAPTURE(data);
    const auto error = schema.check(parseJson(data).value());
    REQUIRE(error.has_value());
    CHECK(error->instance == instance);
    CHECK(error->schema == place);
    CHECK_FALSE(error->message.empty());
  }
}

TEST_CASE("a definition that is no schema is refused") {
  for (const std::string_view definition : {"1", "null", "[]", R"("text")"}) {
    CAPTURE(definition);
    const auto schema = Schema::compile(parseJson(definition).value());
    REQUIRE_FALSE(schema.ok());
    CHECK(toString(schema.error().code) == "invalid-definition");
    CHECK(schema.error().where.empty());
  }
}

TEST_CASE("a format that is asserted leaves the schema of others alone") {
  const auto definition = R"({ "format": "uuid" })"_json;
  CHECK_FALSE(Schema::compile(definition).value().check(Value("x")));
  CHECK(Schema::compile(definition, {.assertFormats = true}).value().check(Value("x")));
}

TEST_CASE("a string's length counts code points, and a lone surrogate as one") {
  const Schema schema = compiled(R"({ "minLength": 2, "maxLength": 2 })");
  const std::pair<std::string_view, bool> cases[] = {
      {"ab", true},
      {"é😀", true},
      {"😀", false},
      {"\xED\xA0\x80\xED\xA0\x80", true},
      {"\xED\xA0\x80", false},
      {"e\xCC\x81", true},
      {"", false},
      {"abc", false},
  };
  for (const auto& [text, valid] : cases) {
    CAPTURE(text);
    CHECK(!schema.check(Value(text)).has_value() == valid);
  }
}

TEST_CASE("a bound beyond any length means the same as the largest one") {
  CHECK_FALSE(compiled(R"({ "maxLength": 1e300 })").check(Value("a")));
  CHECK(compiled(R"({ "minLength": 1e300 })").check(Value("a")));
  CHECK_FALSE(compiled(R"({ "maxItems": 4294967296 })").check("[1]"_json));
  CHECK_FALSE(compiled(R"({ "minItems": 1.0 })").check("[1]"_json));
}

TEST_CASE("a schema of many properties tells each from the others") {
  ObjectBuilder properties;
  ObjectBuilder data;
  for (int i = 0; i < 300; ++i) {
    const std::string key = "key" + std::to_string(i);
    ObjectBuilder schema;
    schema.set("const", Value(static_cast<double>(i)));
    properties.set(key, std::move(schema).build());
    data.set(key, Value(static_cast<double>(i)));
  }
  ObjectBuilder definition;
  definition.set("properties", std::move(properties).build());
  definition.set("additionalProperties", Value(false));
  const auto schema = Schema::compile(std::move(definition).build());
  REQUIRE(schema.ok());
  CHECK_FALSE(schema.value().check(std::move(data).build()));
  CHECK(schema.value().check(R"({ "key7": 8 })"_json)->instance == "/key7");
  CHECK(schema.value().check(R"({ "key300": 300 })"_json)->instance == "/key300");
}

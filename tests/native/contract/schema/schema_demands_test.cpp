#include "contract/schema.h"
#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

Schema compiled(std::string_view json) {
  auto schema = Schema::compile(parseJson(json).value());
  REQUIRE(schema.ok());
  return std::move(schema).value();
}

Path at(std::string_view pointer) { return parsePointer(pointer).value(); }

}  // namespace

TEST_CASE("a schema demands what a value cannot be without") {
  const Schema schema = compiled(R"({
    "required": ["a"],
    "properties": {
      "b": { "required": ["c"], "properties": { "d": true } },
      "list": { "items": { "required": ["id"] } },
      "fixed": { "const": { "x": 1 } },
      "choice": { "enum": [{ "x": 1, "y": 1 }, { "x": 2 }] }
    },
    "additionalProperties": { "required": ["e"] }
  })");
  for (const std::string_view pointer :
       {"/a", "/b/c", "/list/0/id", "/fixed/x", "/choice/x", "/other/e"}) {
    CAPTURE(pointer);
    CHECK(schema.demands(at(pointer)));
  }
  for (const std::string_view pointer :
       {"/b", "/b/d", "/b/e", "/list/0", "/list/0/x", "/list/first/id", "/fixed", "/fixed/y",
        "/choice/y", "/other/x", "/b/d/c"}) {
    CAPTURE(pointer);
    CHECK_FALSE(schema.demands(at(pointer)));
  }
}

TEST_CASE("all, any and one of several schemas demand what they agree on, and references theirs") {
  const Schema schema = compiled(R"({
    "allOf": [{ "required": ["a"] }, { "$ref": "#/$defs/b" }],
    "anyOf": [{ "required": ["c", "d"] }, { "required": ["d", "e"] }],
    "patternProperties": { "^x": { "required": ["p"] } },
    "properties": { "t": { "prefixItems": [{ "required": ["q"] }], "items": { "required": ["r"] } } },
    "$defs": { "b": { "required": ["b"] } }
  })");
  for (const std::string_view pointer : {"/a", "/b", "/d", "/x1/p", "/t/0/q", "/t/1/r"}) {
    CAPTURE(pointer);
    CHECK(schema.demands(at(pointer)));
  }
  for (const std::string_view pointer : {"/c", "/e", "/y/p", "/t/1/q", "/t/0/r"}) {
    CAPTURE(pointer);
    CHECK_FALSE(schema.demands(at(pointer)));
  }
}

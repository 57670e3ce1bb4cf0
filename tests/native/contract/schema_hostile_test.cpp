// Schemas and values that would take too much time or too deep a stack.

#include <string>

#include "contract/schema.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

std::string repeated(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

Schema compiled(const std::string& json) {
  auto schema = Schema::compile(parseJson(json).value());
  REQUIRE_MESSAGE(schema.ok(), schema.error().message);
  return std::move(schema).value();
}

// A chain of definitions `d0` to `dn`, each of which leads to the next as `step` says ('@').
std::string chain(std::size_t length, const std::string& step, const std::string& end) {
  std::string json = R"({"$ref":"#/$defs/d0","$defs":{)";
  for (std::size_t i = 0; i < length; ++i) {
    std::string link = step;
    const std::string next = R"({"$ref":"#/$defs/d)" + std::to_string(i + 1) + R"("})";
    for (auto at = link.find('@'); at != link.npos; at = link.find('@')) link.replace(at, 1, next);
    json += "\"d" + std::to_string(i) + "\":" + link + ",";
  }
  return json + "\"d" + std::to_string(length) + "\":" + end + "}}";
}

void checkWork(const Schema& schema, const Value& value) {
  const auto error = schema.check(value);
  REQUIRE(error.has_value());
  CHECK(error->message.find("work") != std::string::npos);
}

}  // namespace

TEST_CASE("alternatives that double at each step end by the budget, not as passed") {
  const Value one = "1"_json;
  checkWork(compiled(chain(30, R"({"anyOf":[@,@]})", "false")), one);
  checkWork(compiled(chain(30, R"({"oneOf":[@,@]})", "false")), one);
  checkWork(compiled(chain(20, R"({"not":{"oneOf":[@,@]}})", "false")), one);
  checkWork(compiled(chain(30, R"({"if":@,"then":@,"else":@})", "true")), one);
  checkWork(compiled(chain(30, R"({"allOf":[@,@]})", "true")), one);
}

TEST_CASE("a chain of references that is too long for the stack is refused when defined") {
  const auto schema = Schema::compile(parseJson(chain(10'000, "@", "true")).value());
  REQUIRE_FALSE(schema.ok());
  CHECK(schema.error().where.find("/$defs/d") == 0);
  CHECK_FALSE(compiled(chain(60, "@", "true")).check("1"_json));
}

TEST_CASE("a recursive schema goes as deep as a value can be nested") {
  const Schema plain = compiled(R"({ "items": { "$ref": "#" }, "type": "array" })");
  const Schema json = compiled(R"({ "anyOf": [{ "type": "number" },
      { "type": "array", "items": { "$ref": "#" } },
      { "type": "object", "additionalProperties": { "$ref": "#" } }] })");
  const std::string arrays = repeated(256, "[") + repeated(256, "]");
  const std::string objects = repeated(255, R"({"a":)") + "{}" + repeated(255, "}");
  CHECK_FALSE(plain.check(parseJson(arrays).value()));
  CHECK_FALSE(json.check(parseJson(arrays).value()));
  CHECK_FALSE(json.check(parseJson(objects).value()));
}

TEST_CASE("schemas within schemas that are too deep for the stack refuse the value") {
  const Schema schema =
      compiled(chain(28, R"({"allOf":[@],"minItems":0})", R"({"items":{"$ref":"#"}})"));
  const auto error = schema.check(parseJson(repeated(200, "[") + repeated(200, "]")).value());
  REQUIRE(error.has_value());
  CHECK(error->message.find("too many schemas") != std::string::npos);
  CHECK_FALSE(schema.check("[[[[]]]]"_json));
}

TEST_CASE("a definition nested as deep as can be decoded compiles") {
  CHECK(Schema::compile(
            parseJson(repeated(127, R"({"properties":{"a":)") + "{}" + repeated(127, "}}")).value())
            .ok());
  CHECK(
      Schema::compile(parseJson(repeated(255, R"({"items":)") + "{}" + repeated(255, "}")).value())
          .ok());
}

TEST_CASE("uniqueItems of 200,000 elements takes no time to speak of") {
  std::string json = "[";
  for (int i = 0; i < 200'000; ++i) json += R"({"a":)" + std::to_string(i) + "},";
  const Schema schema = compiled(R"({ "uniqueItems": true })");
  CHECK_FALSE(schema.check(parseJson(json + "0]").value()));
  CHECK(schema.check(parseJson(json + R"({"a":0}])").value()));
}

TEST_CASE("an enum of 100,000 values is as quick as one of ten") {
  std::string json = R"({"items":{"enum":["0")";
  for (int i = 1; i < 100'000; ++i) json += ",\"" + std::to_string(i) + "\"";
  const Schema schema = compiled(json + "]}}");
  std::string data = "[\"0\"";
  for (int i = 1; i < 100'000; ++i) data += ",\"" + std::to_string(i) + "\"";
  CHECK_FALSE(schema.check(parseJson(data + "]").value()));
  CHECK(schema.check(parseJson(data + ",\"x\"]").value()));
}

TEST_CASE("a pattern that needs much work on a long string ends by the budget") {
  const Schema schema = compiled(R"({ "pattern": "(a|b)*a(a|b){500}c" })");
  std::string text;
  for (unsigned i = 0; i < 200'000; ++i) text += (i * i * 2654435761U >> 16U) % 2 != 0 ? 'a' : 'b';
  checkWork(schema, Value(text));
}

TEST_CASE("many values that are large and equal to a constant are checked in time") {
  const std::string list = "[" + repeated(999, "1,") + "1]";
  const Schema schema = compiled(R"({ "items": { "const": )" + list + "}}");
  CHECK_FALSE(schema.check(parseJson("[" + repeated(299, list + ",") + list + "]").value()));
}

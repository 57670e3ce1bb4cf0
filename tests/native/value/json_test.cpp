#include "value/json.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

TEST_CASE("JSON is read and written back in compact form") {
  struct Case {
    std::string_view text;
    std::string_view compact;
  };
  const Case cases[] = {
      {"null", "null"},
      {" [ true , false ] ", "[true,false]"},
      {"{}", "{}"},
      {"[]", "[]"},
      {"[[],{}]", "[[],{}]"},
      {"1.0", "1"},
      {"-0.0", "-0.0"},
      {"0.1", "0.1"},
      {"1e21", "1e+21"},
      {"5e-324", "5e-324"},
      {"9007199254740993", "9.007199254740992e+15"},
      {"-9223372036854775808", "-9.223372036854776e+18"},
      {R"("\u00e9\ud83d\ude00\n\"\\")", "\"é😀\\n\\\"\\\\\""},
      {R"({ "b": 1, "a": 2, "1": 3, "b": 4 })", R"({"1":3,"b":4,"a":2})"},
      {R"({ "__proto__": { "x": 1 } })", R"({"__proto__":{"x":1}})"},
  };
  for (const auto& [text, compact] : cases) {
    CAPTURE(text);
    const auto value = parseJson(text);
    REQUIRE(value.ok());
    CHECK(toJson(value.value()) == compact);
    CHECK(toJson(parseJson(compact).value()) == compact);
  }
}

TEST_CASE("what is not JSON is undecodable") {
  for (const std::string_view text :
       {"", "{", "[1,]", "nul", "01", "'a'", "{\"a\"}", "[1] 2", "1e400", "\"\xFF\"", "NaN"}) {
    CAPTURE(text);
    const auto value = parseJson(text);
    REQUIRE_FALSE(value.ok());
    CHECK(toString(value.error().code) == "undecodable");
  }
}

TEST_CASE("JSON beyond a limit is refused, and at the limit it is taken") {
  const Limits limits{.depth = 2, .entries = 3, .stringBytes = 4};
  for (const std::string_view text : {"[[]]", "[1,2,3]", R"({ "a": [1, 2] })", R"("abcd")"}) {
    CAPTURE(text);
    CHECK(parseJson(text, limits).ok());
  }
  for (const std::string_view text :
       {"[[[]]]", "[1,2,3,4]", R"({ "a": [1, 2, 3] })", R"("abcde")", R"({ "abcde": 1 })"}) {
    CAPTURE(text);
    const auto value = parseJson(text, limits);
    REQUIRE_FALSE(value.ok());
    CHECK(toString(value.error().code) == "limit-exceeded");
  }
}

#include "value/path.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

TEST_CASE("a JSON Pointer is read into its tokens and written back the same") {
  struct Case {
    std::string_view pointer;
    std::vector<std::string> tokens;
  };
  const Case cases[] = {
      {"", {}},
      {"/", {""}},
      {"/a", {"a"}},
      {"/a/0/b", {"a", "0", "b"}},
      {"//", {"", ""}},
      {"/a~1b/c~0d", {"a/b", "c~d"}},
      {"/~01", {"~1"}},
      {"/ /%", {" ", "%"}},
      {"/__proto__", {"__proto__"}},
  };
  for (const auto& [pointer, tokens] : cases) {
    CAPTURE(pointer);
    const auto path = parsePointer(pointer);
    REQUIRE(path.ok());
    REQUIRE(path.value().size() == tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) CHECK(path.value()[i].text() == tokens[i]);
    CHECK(toPointer(path.value()) == pointer);
  }
}

TEST_CASE("what is not a JSON Pointer is refused as an invalid path") {
  for (const std::string_view pointer : {"a", "a/b", "/~", "/~2", "/a~", "#/a", "/a/~x/b"}) {
    CAPTURE(pointer);
    const auto path = parsePointer(pointer);
    REQUIRE_FALSE(path.ok());
    CHECK(toString(path.error().code) == "invalid-path");
    CHECK_FALSE(path.error().message.empty());
  }
}

TEST_CASE("a path finds what stands there, and nothing where there is nothing") {
  const Value root = R"({ "a": [10, { "b": null }], "": 1, "0": 2, "x/y": 3 })"_json;
  struct Case {
    std::string_view pointer;
    std::string_view found;  // empty: nothing
  };
  const Case cases[] = {
      {"/a/0", "10"}, {"/a/1/b", "null"}, {"/", "1"},    {"/0", "2"},  {"/x~1y", "3"},
      {"/a/2", ""},   {"/a/-", ""},       {"/a/00", ""}, {"/a/b", ""}, {"/a/0/b", ""},
      {"/b", ""},     {"/a/1/b/c", ""},   {"/a/-1", ""}, {"/A", ""},   {"/__proto__", ""},
  };
  for (const auto& [pointer, expected] : cases) {
    CAPTURE(pointer);
    const Value* const found = find(root, parsePointer(pointer).value());
    CHECK((found == nullptr ? "" : toJson(*found)) == expected);
  }
  CHECK(find(root, {}) == &root);
}

#include "contract/json_equality.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using isthmus::parseJson;
using isthmus::sameJson;

TEST_CASE("numbers are equal by value and objects whatever the order of their members") {
  const std::pair<std::string_view, std::string_view> pairs[] = {
      {"1", "1.0"},
      {"0", "-0.0"},
      {"[-0.0]", "[0]"},
      {R"({ "a": 1, "b": [2] })", R"({ "b": [2.0], "a": 1 })"},
      {R"({ "a": { "x": 0, "y": 1 } })", R"({ "a": { "y": 1, "x": -0.0 } })"},
      {"[]", "[]"},
      {"{}", "{}"},
      {R"("text")", R"("text")"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a);
    CAPTURE(b);
    CHECK(sameJson(parseJson(a).value(), parseJson(b).value()));
    CHECK(sameJson(parseJson(b).value(), parseJson(a).value()));
  }
}

TEST_CASE("values of different kinds, sizes or content are not the same") {
  const std::string_view distinct[] = {
      "null",
      "false",
      "true",
      "0",
      "1",
      R"("")",
      R"("0")",
      "[]",
      "[0]",
      "[0, 1]",
      "[1, 0]",
      "[false]",
      "{}",
      R"({ "a": 0 })",
      R"({ "b": 0 })",
      R"({ "a": false })",
      R"({ "a": 0, "b": 0 })",
  };
  for (const auto& a : distinct) {
    for (const auto& b : distinct) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK(sameJson(parseJson(a).value(), parseJson(b).value()) == (a == b));
    }
  }
}

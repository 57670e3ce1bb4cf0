#include "value/value.h"

#include <limits>

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

TEST_CASE("a value is found by key in an object and by index in an array") {
  const Value object = R"({ "a": 1, "0": 2 })"_json;
  CHECK(toJson(*object.find(Key("a"))) == "1");
  CHECK(toJson(*object.find(Key("0"))) == "2");
  CHECK(object.find(Key("b")) == nullptr);
  const Value array = "[5, 6]"_json;
  CHECK(toJson(*array.find(Key("1"))) == "6");
  for (const char* key : {"2", "01", "-", "length", ""}) {
    CAPTURE(key);
    CHECK(array.find(Key(key)) == nullptr);
  }
  CHECK(Value("text").find(Key("0")) == nullptr);
  CHECK(Value().find(Key("a")) == nullptr);
}

TEST_CASE("the depth of a value is one more than that of its deepest child") {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"1", 0},        {"[]", 1},         {"{}", 1}, {"[1, [2], 3]", 2}, {R"({ "a": [{}] })", 3},
      {"[[], []]", 2}, {"[[[[[]]]]]", 5},
  };
  for (const auto& [json, depth] : cases) {
    CAPTURE(json);
    CHECK(parseJson(json).value().depth() == depth);
  }
}

TEST_CASE("a copy is the same node, and a moved-from value is null") {
  Value original = "[1, 2]"_json;
  Value copy = original;
  CHECK(copy.identical(original));
  const Value taken = std::move(copy);
  CHECK(copy.isNull());
  CHECK(taken.identical(original));
  const Value& itself = original;
  original = itself;
  CHECK(toJson(original) == "[1,2]");
  original = Value();
  CHECK(toJson(taken) == "[1,2]");
}

TEST_CASE("equality is deep, tells -0 from 0 and minds the order of members") {
  const std::string_view distinct[] = {
      "null",    "false",       "true",
      "0",       "-0.0",        "1",
      R"("")",   R"("0")",      R"("a")",
      "[]",      "[0]",         "[-0.0]",
      "[0, 0]",  "{}",          R"({ "a": 1 })",
      R"([[]])", R"([null])",   R"({ "a": 1, "b": 2 })",
      R"([{}])", R"("[0, 0]")", R"({ "b": 2, "a": 1 })",
  };
  for (const auto& a : distinct) {
    for (const auto& b : distinct) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK(equal(parseJson(a).value(), parseJson(b).value()) == (a == b));
    }
  }
  const Value nan(std::numeric_limits<double>::quiet_NaN());
  CHECK(equal(nan, nan));
}

TEST_CASE("reconciling equal values gives the earlier one itself") {
  for (const std::string_view json :
       {R"("text")", "[1, [2]]", R"({ "a": { "b": [1] }, "c": "d" })", "{}", "[]", "-0.0"}) {
    CAPTURE(json);
    const Value before = parseJson(json).value();
    CHECK(reconcile(before, parseJson(json).value()).identical(before));
  }
}

TEST_CASE("reconciling keeps the node of every part that is equal, and reads as the later value") {
  struct Case {
    std::string_view before;
    std::string_view after;
    std::vector<std::string_view> kept;  // keys of the top level
  };
  const Case cases[] = {
      {R"({ "a": [1], "b": [2] })", R"({ "a": [1], "b": [3] })", {"a"}},
      {R"({ "a": [1], "b": [2] })", R"({ "b": [2], "a": [1] })", {"a", "b"}},
      {R"({ "a": [1] })", R"({ "a": [1], "b": [2] })", {"a"}},
      {R"({ "a": [1], "b": [2] })", R"({ "b": [2] })", {"b"}},
      {R"({ "a": [1] })", R"({ "a": [-0.0] })", {}},
      {"[[1], [2]]", "[[1], [3], [4]]", {"0"}},
      {"[[1], [2]]", "[[1]]", {"0"}},
      {R"({ "a": [1] })", "[[1]]", {}},
  };
  for (const auto& [earlier, later, kept] : cases) {
    CAPTURE(earlier);
    CAPTURE(later);
    const Value before = parseJson(earlier).value();
    const Value after = parseJson(later).value();
    const Value result = reconcile(before, after);
    CHECK(equal(result, after));
    CHECK_FALSE(result.identical(before));
    for (const auto& key : kept) {
      CAPTURE(key);
      CHECK(result.find(Key(key))->identical(*before.find(Key(key))));
    }
  }
}

#include "value/object_builder.h"

#include <doctest/doctest.h>

#include "native/capture.h"
#include "value/json.h"

using namespace isthmus;

namespace {

Value build(const std::vector<std::string>& keys) {
  ObjectBuilder builder;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    builder.set(keys[i], Value(static_cast<double>(i)));
  }
  return std::move(builder).build();
}

}  // namespace

TEST_CASE("members stand in JavaScript's order: indices ascending, then the rest as they came") {
  struct Case {
    std::vector<std::string> keys;
    std::string_view json;
  };
  const Case cases[] = {
      {{}, "{}"},
      {{"b", "a"}, R"({"b":0,"a":1})"},
      {{"b", "10", "a", "9"}, R"({"9":3,"10":1,"b":0,"a":2})"},
      {{"01", "1", "-1", "0"}, R"({"0":3,"1":1,"01":0,"-1":2})"},
      {{"4294967295", "4294967294"}, R"({"4294967294":1,"4294967295":0})"},
      {{"__proto__", "constructor"}, R"({"__proto__":0,"constructor":1})"},
  };
  for (const auto& [keys, json] : cases) {
    CAPTURE(json);
    CHECK(toJson(build(keys)) == json);
  }
}

TEST_CASE("a key that is set again keeps its place and takes the new value") {
  CHECK(toJson(build({"a", "b", "a"})) == R"({"a":2,"b":1})");
  CHECK(toJson(build({"2", "1", "2"})) == R"({"1":1,"2":2})");
}

TEST_CASE("an object of many members is ordered and free of repeats as a small one is") {
  constexpr int kMany = 500;
  std::vector<std::string> keys;
  for (int round = 0; round < 2; ++round) {
    for (int i = kMany; i-- > 0;) keys.push_back((i % 2 == 0 ? "" : "k") + std::to_string(i));
  }
  const Value object = build(keys);
  const Value::Members members(object.members().begin(), object.members().end());
  REQUIRE(members.size() == kMany);
  for (std::size_t i = 0; i < kMany / 2; ++i) {
    CHECK(members[i].key == Key(std::to_string(2 * i)));
    CHECK(members[kMany / 2 + i].key == Key("k" + std::to_string(kMany - 1 - 2 * i)));
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    CHECK(members[i].value.number() >= kMany);
  }
}

#include "contract/json_hash.h"

#include <set>

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

std::size_t hashOf(const Value& value) {
  WorkBudget work(1000);
  return hashJson(value, work);
}

}  // namespace

TEST_CASE("what is the same as JSON has the same hash") {
  const std::pair<std::string_view, std::string_view> pairs[] = {
      {"1", "1.0"},
      {"0", "-0.0"},
      {R"({ "a": 1, "b": [2, -0.0] })", R"({ "b": [2.0, 0], "a": 1 })"},
      {R"({ "a": { "x": 0, "y": 1 }, "b": null })", R"({ "b": null, "a": { "y": 1, "x": 0 } })"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a);
    const Value first = parseJson(a).value();
    const Value second = parseJson(b).value();
    CHECK(hashOf(first) == hashOf(second));
  }
}

TEST_CASE("small differences make different hashes") {
  const std::string_view values[] = {
      "null",    "true",          "false",         "0",
      "1",       "\"\"",          "\"0\"",         "[]",
      "[0]",     "[[0]]",         "[0,1]",         "[1,0]",
      "{}",      R"({"a":0})",    R"({"b":0})",    R"({"a":1})",
      "[0,0]",   R"({"a":[0]})",  R"([{"a":0}])",  R"({"a":0,"b":1})",
      "[false]", R"({"a":true})", R"({"a":null})", R"({"a":1,"b":0})",
  };
  std::set<std::size_t> hashes;
  std::vector<Value> alive;
  for (const auto& value : values) alive.push_back(parseJson(value).value());
  for (const auto& value : alive) hashes.insert(hashOf(value));
  CHECK(hashes.size() == std::size(values));
}

TEST_CASE("hashing takes work by the size of the value") {
  WorkBudget little(3);
  hashJson("[1,2,3]"_json, little);
  CHECK(little.isExhausted());
}

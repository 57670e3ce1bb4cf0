#include "value/element_index.h"

#include <doctest/doctest.h>

#include "native/value/json_literal.h"
#include "value/draft.h"

using namespace isthmus;

namespace {

Value itemsOf(std::size_t count) {
  Value::Items items;
  for (std::size_t i = 0; i < count; ++i) {
    Value::Members members;
    members.push_back({Key("id"), Value("i" + std::to_string(i))});
    members.push_back({Key("q"), Value(0.0)});
    items.emplace_back(std::move(members));
  }
  return Value(std::move(items));
}

std::optional<std::uint32_t> find(const Value& array, const char* id) {
  return array.indexBy(Key("id")).find(Value(id));
}

}  // namespace

TEST_CASE("an index finds the first of a key, and tells texts from numbers") {
  const Value array = R"([1, { "id": "7" }, { "id": 7 }, [], { "id": "7" }, { "id": 7.5 },
                          { "id": null }, { }, { "id": -0.0 }, { "id": 0 }])"_json;
  const auto& index = array.indexBy(Key("id"));
  CHECK(index.find(Value("7")) == 1);
  CHECK(index.find(Value(7.0)) == 2);
  CHECK(index.find(Value(7.5)) == 5);
  CHECK(index.find(Value(0.0)) == 8);
  CHECK(index.find(Value(-0.0)) == 8);
  CHECK_FALSE(index.find(Value("none")));
  CHECK_FALSE(index.find(Value("7.5")));
  CHECK_FALSE(ElementIndex::canFind(Value()));
}

TEST_CASE("an index is kept while elements stay where they are, each version having its own") {
  const Value before = itemsOf(100);
  CHECK(find(before, "i50") == 50);
  const auto* const made = &before.indexBy(Key("id"));
  Draft draft(before);
  REQUIRE(draft.set({Key("50"), Key("q")}, Value(1.0)).ok());
  CHECK(&draft.root().indexBy(Key("id")) == made);
  REQUIRE(draft.push({}, R"({ "id": "new" })"_json).ok());
  CHECK(find(draft.root(), "new") == 100);
  CHECK_FALSE(find(before, "new"));
}

TEST_CASE("an index is made anew when an element is renamed or moves") {
  const Value before = itemsOf(100);
  CHECK(find(before, "i50") == 50);
  Draft draft(before);
  REQUIRE(draft.set({Key("50"), Key("id")}, Value("other")).ok());
  CHECK_FALSE(find(draft.root(), "i50"));
  CHECK(find(draft.root(), "other") == 50);
  REQUIRE(draft.remove({Key("0")}).ok());
  CHECK(find(draft.root(), "other") == 49);
  REQUIRE(draft.insert({Key("1")}, R"({ "id": "first" })"_json).ok());
  CHECK(find(draft.root(), "other") == 50);
  REQUIRE(draft.put({Key("2")}, R"({ "id": "other" })"_json).ok());
  CHECK(find(draft.root(), "other") == 2);
  CHECK(find(before, "i50") == 50);
}

TEST_CASE("an index by another member is that of the version that was asked") {
  const Value before = itemsOf(100);
  CHECK(find(before, "i50") == 50);
  Draft draft(before);
  REQUIRE(draft.set({Key("7"), Key("q")}, Value(5.0)).ok());
  CHECK(draft.root().indexBy(Key("q")).find(Value(5.0)) == 7);
  CHECK_FALSE(before.indexBy(Key("q")).find(Value(5.0)));
}

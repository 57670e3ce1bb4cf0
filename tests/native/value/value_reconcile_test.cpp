// What is compared is counted, so that it follows what changed and not what there is.

#include <string>

#include "native/value/json_literal.h"
#include "value/draft.h"
#include "value/node_ids.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

constexpr std::uint32_t kEntries = 100'000;
constexpr std::int64_t kAll = 1'000'000'000;

Value element(std::uint32_t number) {
  ObjectBuilder element;
  element.set("id", Value(static_cast<double>(number)));
  element.set("done", Value(false));
  return std::move(element).build();
}

Value array() {
  Value::Items items;
  for (std::uint32_t i = 0; i < kEntries; ++i) items.push_back(element(i));
  return Value(std::move(items));
}

Value object(const std::string& prefix) {
  ObjectBuilder members;
  for (std::uint32_t i = 0; i < kEntries; ++i) members.set(prefix + std::to_string(i), element(i));
  return std::move(members).build();
}

// As an action would change it, and once more to what it was.
Value touched(const Value& root, const Key& key) {
  Draft draft(root);
  REQUIRE(draft.put({key, Key("done")}, Value(true)).ok());
  REQUIRE(draft.put({key}, *root.find(key)).ok());
  return std::move(draft).take();
}

Value changed(const Value& root, const Key& key) {
  Draft draft(root);
  REQUIRE(draft.put({key, Key("done")}, Value(true)).ok());
  return std::move(draft).take();
}

std::int64_t workOf(const auto& compare) {
  WorkBudget work(kAll);
  compare(work);
  return kAll - work.left();
}

}  // namespace

TEST_CASE("one changed entry of 100,000 is found without a look at most of the others") {
  const std::pair<Value, Key> cases[] = {
      {array(), Key::fromIndex(99'000)}, {object("k"), Key("k99000")}, {object(""), Key("99000")}};
  for (const auto& [map, entry] : cases) {
    const Value& before = map;
    const Key& key = entry;
    const Value after = changed(before, key);
    const Value same = touched(before, key);
    REQUIRE_FALSE(same.identical(before));
    CHECK(workOf([&](WorkBudget& work) {
            const Value next = reconcile(before, after, work);
            CHECK(equal(next, after));
            CHECK(next.find(key)->find(Key("id"))->number() == 99'000);
          }) < 200);
    CHECK(workOf([&](WorkBudget& work) {
            CHECK(reconcile(before, same, work).identical(before));
          }) < 200);
    CHECK(workOf([&](WorkBudget& work) { CHECK_FALSE(equal(before, after, work)); }) < 200);
    CHECK(workOf([&](WorkBudget& work) { CHECK(equal(before, same, work)); }) < 200);
  }
}

TEST_CASE("what a view shows of 100,000 entries is compared without a look at most of them") {
  const Value before = array();
  const Value after = touched(before, Key::fromIndex(99'000));
  NodeIds::expose(after);
  CHECK(workOf([&](WorkBudget& work) { CHECK(reconcile(before, after, work).identical(before)); }) <
        200);
}

TEST_CASE("members at other places are the same when their order is") {
  Value before = object("k");
  Draft draft(before);
  for (int i = 10; i < 20; ++i) REQUIRE(draft.remove({Key("k" + std::to_string(i))}).ok());
  const Value gapped = std::move(draft).take();
  ObjectBuilder rebuilt;
  for (const auto& [key, value] : gapped.members()) rebuilt.set(key, value);
  const Value dense = std::move(rebuilt).build();
  CHECK(equal(gapped, dense));
  CHECK(reconcile(gapped, dense).identical(gapped));
  CHECK(reconcile(dense, gapped).identical(dense));

  const Value one = R"({ "a": [1], "b": [2], "c": [3] })"_json;
  const Value other = R"({ "b": [2], "a": [1], "c": [3] })"_json;
  CHECK_FALSE(equal(one, other));
  const Value mixed = reconcile(one, other);
  CHECK(toJson(mixed) == toJson(other));
  for (const char* const key : {"a", "b", "c"}) {
    CHECK(mixed.find(Key(key))->identical(*one.find(Key(key))));
  }
}

TEST_CASE("values that unfold without end are not compared without end") {
  const auto pairs = [] {
    Value value = "[]"_json;
    for (int level = 0; level < 200; ++level) value = Value(Value::Items{value, value});
    return value;
  };
  const Value before = pairs();
  const Value after = pairs();
  WorkBudget work(100'000);
  CHECK(reconcile(before, after, work).identical(after));
  CHECK(work.isExhausted());
}

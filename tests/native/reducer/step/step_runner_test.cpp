#include "reducer/step/step_runner.h"

#include <doctest/doctest.h>

#include "base/limits.h"
#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

const Value& initial() {
  static const Value state = R"({
    "n": 1, "items": [{ "id": "a", "q": 1 }, { "id": "b", "q": 2 }], "other": { "deep": [1] },
    "table": { "ids": ["x", "y"], "entities": { "x": { "id": "x" }, "y": { "id": "y", "n": 1 } } }
  })"_json;
  return state;
}

Result<Value> run(const Value& steps, const Value& state = initial(), const Value& payload = {}) {
  const auto compiled = compileSteps(steps);
  REQUIRE_MESSAGE(compiled.ok(), compiled.error().message);
  Draft draft(state);
  const auto status = StepRunner(draft, initial(), {}, {nullptr, &payload}).run(compiled.value());
  if (!status) return status.error();
  return std::move(draft).take();
}

const Value& at(const Value& state, const char* pointer) {
  const Value* const found = find(state, parsePointer(pointer).value());
  REQUIRE(found != nullptr);
  return *found;
}

struct Failing {
  const char* steps;
  const char* step;
  const char* where;
};

constexpr Failing kFailing[] = {
    {R"([{ "op": "inc", "path": "/n" }, { "op": "inc", "path": "/no" }])", "/1", "/no"},
    {R"([{ "op": "set", "path": "/no/where", "value": 1 }])", "/0", "/no"},
    {R"([{ "op": "set", "path": "/items/2", "value": 1 }])", "/0", "/items/2"},
    {R"([{ "op": "remove", "path": "/items/9/q" }])", "/0", "/items/9/q"},
    {R"([{ "op": "merge", "path": "/n", "value": {} }])", "/0", "/n"},
    {R"([{ "op": "push", "path": "/other", "value": 1 }])", "/0", "/other"},
    {R"([{ "op": "insert", "path": "/items/5", "value": 1 }])", "/0", "/items/5"},
    {R"([{ "op": "removeWhere", "path": "/n", "where": true }])", "/0", "/n"},
    {R"([{ "op": "updateWhere", "path": "/items", "where": true,
           "onMatch": [{ "op": "inc", "path": "/q" }, { "op": "inc", "path": "/id" }] }])",
     "/0/onMatch/1", "/items/0/id"},
    {R"([{ "op": "upsert", "path": "/items", "by": "id", "value": { "literal": { "q": 1 } } }])",
     "/0", "/items"},
    {R"([{ "op": "upsert", "path": "/items", "by": "id", "value": { "literal": { "id": "b" } },
           "onMatch": [{ "op": "if", "test": true, "then": [{ "op": "inc", "path": "/x" }] }] }])",
     "/0/onMatch/0/then/0", "/items/1/x"},
    {R"([{ "op": "if", "test": false, "then": [], "else": [{ "op": "reset", "path": "/x" }] }])",
     "/0/else/0", "/x"},
    {R"([{ "op": "set", "path": ["items", { "var": "payload" }], "value": 1 }])", "/0", "/items"},
    {R"([{ "op": "addOne", "path": "/other" }])", "/0", "/other"},
    {R"([{ "op": "addOne", "path": "/table" }])", "/0", "/table"},
    {R"([{ "op": "updateMany", "path": "/table", "where": true,
           "onMatch": [{ "op": "inc", "path": "/n" }] }])",
     "/0/onMatch/0", "/table/entities/x/n"},
};

}  // namespace

TEST_CASE("a step that cannot apply is named, with the place in the state") {
  for (const auto& [steps, step, where] : kFailing) {
    CAPTURE(steps);
    const auto result = run(parseJson(steps).value());
    REQUIRE_FALSE(result.ok());
    CHECK((result.error().code == ErrorCode::StepFailed));
    CHECK(result.error().step == step);
    CHECK(result.error().where == where);
    CHECK_FALSE(result.error().message.empty());
  }
}

TEST_CASE("steps before one that fails leave no trace in the state") {
  const std::string before = toJson(initial());
  const auto result = run(R"([
    { "op": "set", "path": "/items/0/q", "value": 9 },
    { "op": "removeAll", "path": "/table" },
    { "op": "push", "path": "/other/deep", "value": 2 },
    { "op": "remove", "path": "/no" }
  ])"_json);
  CHECK_FALSE(result.ok());
  CHECK(toJson(initial()) == before);
}

TEST_CASE("each step sees what those before it wrote, and item as it was when it matched") {
  const auto result = run(R"([
    { "op": "inc", "path": "/n" },
    { "op": "updateWhere", "path": "/items", "where": { "==": [{ "var": "item.id" }, "b"] },
      "onMatch": [{ "op": "set", "path": "/q", "value": { "var": "state.n" } },
                  { "op": "set", "path": "/was", "value": { "var": "item.q" } }] },
    { "op": "set", "path": "/item", "value": { "var": "item" } }
  ])"_json);
  REQUIRE(result.ok());
  CHECK(toJson(at(result.value(), "/items/1")) == R"({"id":"b","q":2,"was":2})");
  CHECK(at(result.value(), "/item").isNull());
}

TEST_CASE("what a step does not touch keeps its node") {
  const auto result = run(R"([
    { "op": "set", "path": "/items/1/q", "value": 7 },
    { "op": "updateOne", "path": "/table", "value": { "literal": { "id": "y", "changes": { "n": 2 } } } }
  ])"_json);
  REQUIRE(result.ok());
  for (const char* const pointer : {"/items/0", "/other", "/table/ids", "/table/entities/x"}) {
    CAPTURE(pointer);
    CHECK(at(result.value(), pointer).identical(at(initial(), pointer)));
  }
  for (const char* const pointer : {"", "/items", "/items/1", "/table", "/table/entities/y"}) {
    CAPTURE(pointer);
    CHECK_FALSE(at(result.value(), pointer).identical(at(initial(), pointer)));
  }
}

TEST_CASE("steps that write what is there return the very same state") {
  const char* const kIdle[] = {
      R"([{ "op": "set", "path": "/other", "value": { "literal": { "deep": [1] } } }])",
      R"([{ "op": "reset" }])",
      R"([{ "op": "unset", "path": "/no/thing" }])",
      R"([{ "op": "inc", "path": "/n", "value": 0 }])",
      R"([{ "op": "merge", "path": "/items/0", "value": { "literal": { "q": 1, "id": "a" } } }])",
      R"([{ "op": "removeWhere", "path": "/items", "where": false }])",
      R"([{ "op": "upsert", "path": "/items", "by": "id", "value": { "literal": { "id": "b", "q": 2 } } }])",
      R"([{ "op": "addOne", "path": "/table", "value": { "literal": { "id": "x", "n": 9 } } }])",
      R"([{ "op": "setOne", "path": "/table", "value": { "literal": { "id": "y", "n": 1 } } }])",
      R"([{ "op": "setAll", "path": "/table",
            "value": [{ "literal": { "id": "x" } }, { "literal": { "id": "y", "n": 1 } }] }])",
      R"([{ "op": "upsertOne", "path": "/table", "value": { "literal": { "id": "y" } } }])",
      R"([{ "op": "updateOne", "path": "/table",
            "value": { "literal": { "id": "y", "changes": { "n": 1 } } } }])",
      R"([{ "op": "updateOne", "path": "/table",
            "value": { "literal": { "id": "none", "changes": { "n": 1 } } } }])",
      R"([{ "op": "removeOne", "path": "/table", "value": "none" }])",
      R"([{ "op": "removeMany", "path": "/table", "value": ["none"] }])",
  };
  for (const char* const steps : kIdle) {
    CAPTURE(steps);
    const auto result = run(parseJson(steps).value());
    REQUIRE(result.ok());
    CHECK(result.value().identical(initial()));
  }
}

TEST_CASE("a state may not become deeper than the limit") {
  Value deep;
  for (std::size_t i = 0; i < Limits().depth; ++i) deep = Value(Value::Items{deep});
  const auto result = run(R"([{ "op": "set", "path": "/n", "value": { "var": "payload" } }])"_json,
                          initial(), deep);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().step == "/0");
}

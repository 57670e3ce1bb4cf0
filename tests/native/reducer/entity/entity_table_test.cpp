#include <doctest/doctest.h>

#include "native/value/json_literal.h"
#include "reducer/program.h"

using namespace isthmus;

namespace {

// What updateOne makes of three entities sorted by n: 1, 3, 5.
Value updated(const Value& state, const Value& payload) {
  static const Value kDefinition = R"({ "name": "t", "initialState": {}, "reducers": {
      "run": [{ "op": "updateOne", "path": "", "sortBy": "n" }] } })"_json;
  const auto program = Program::compile(kDefinition);
  const auto next = program.value().reduce(state, {Key("t/run"), payload, {}});
  REQUIRE_MESSAGE(next.ok(), next.error().message);
  return next.value();
}

}  // namespace

TEST_CASE("an entity whose sort key changes, but not its place, keeps the ids' node") {
  const Value state = R"({ "ids": ["a", "b", "c"], "entities": {
      "a": { "id": "a", "n": 1 }, "b": { "id": "b", "n": 3 }, "c": { "id": "c", "n": 5 } } })"_json;
  const Value* const ids = state.find(Key("ids"));
  const Value stays = updated(state, R"({ "id": "b", "changes": { "n": 4 } })"_json);
  CHECK(stays.find(Key("ids"))->identical(*ids));
  const Value moves = updated(state, R"({ "id": "b", "changes": { "n": 6 } })"_json);
  CHECK(equal(*moves.find(Key("ids")), R"(["a", "c", "b"])"_json));
  CHECK(equal(*ids, R"(["a", "b", "c"])"_json));
}

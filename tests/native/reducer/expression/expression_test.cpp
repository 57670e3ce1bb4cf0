#include "reducer/expression/expression.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

Expression compiled(std::string_view rule) {
  auto expression = Expression::compile(parseJson(rule).value());
  REQUIRE(expression.ok());
  return std::move(expression).value();
}

}  // namespace

TEST_CASE("what a rule reads is the very node that is there, not a copy") {
  const Value payload = R"({ "list": [1, 2] })"_json;
  Scope scope;
  scope.payload = &payload;
  const Value& list = *payload.find(Key("list"));
  CHECK(compiled(R"({ "var": "payload" })").evaluate(scope).identical(payload));
  CHECK(compiled(R"({ "var": "payload.list" })").evaluate(scope).identical(list));
  const Value built =
      compiled(R"({ "object": { "l": { "var": "payload.list" } } })").evaluate(scope);
  CHECK(built.find(Key("l"))->identical(list));
}

TEST_CASE("a literal is the same node each time, and outlives the rule it came from") {
  Scope scope;
  auto expression = std::optional(compiled(R"({ "literal": [1] })"));
  const Expression copy = *expression;
  const Value first = expression->evaluate(scope);
  expression.reset();
  CHECK(copy.evaluate(scope).identical(first));
  CHECK(Expression::literal(first).evaluate(scope).identical(first));
}

TEST_CASE("an array without rules inside is made once") {
  Scope scope;
  const auto list = compiled(R"([1, ["a", { "literal": {} }], { "a": 1, "b": 2 }])");
  CHECK(list.evaluate(scope).identical(list.evaluate(scope)));
  CHECK(toJson(list.evaluate(scope)) == R"([1,["a",{}],{"a":1,"b":2}])");
}

TEST_CASE("a scope is after an evaluation what it was before") {
  const Value payload = R"([[1], [2]])"_json;
  const Value item(7.0);
  Scope scope;
  scope.payload = &payload;
  scope.item = &item;
  static_cast<void>(compiled(R"({ "map": [{ "var": "payload" }, { "reduce": [{ "var": "" },
                                  { "var": "current" }] }] })")
                        .evaluate(scope));
  CHECK(scope.item == &item);
  CHECK(static_cast<int>(scope.frame) == static_cast<int>(Frame::Roots));
  CHECK(scope.current == nullptr);
  CHECK(scope.accumulator == nullptr);
}

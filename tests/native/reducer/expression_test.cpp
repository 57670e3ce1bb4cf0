#include "reducer/expression.h"

#include <cmath>

#include "native/value/json_literal.h"
#include "reducer/operators.h"

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

TEST_CASE("arithmetic that leaves the finite numbers says so in the scope") {
  struct Case {
    std::string_view rule;
    bool nonFinite;
  };
  const Case cases[] = {
      {R"({ "/": [1, 0] })", true},
      {R"({ "/": [0, 0] })", true},
      {R"({ "%": [1, 0] })", true},
      {R"({ "+": ["x"] })", true},
      {R"({ "-": ["x"] })", true},
      {R"({ "*": [1e308, 10] })", true},
      {R"({ "max": [1, "x"] })", true},
      {R"({ "+": [[]] })", true},
      {R"({ "+": ["Infinity"] })", true},
      {R"({ "/": [1, 2] })", false},
      {R"({ "and": [false, { "/": [1, 0] }] })", false},
      {R"({ "if": [true, 1, { "/": [1, 0] }] })", false},
      {R"({ "<": ["x", 1] })", false},
  };
  for (const auto& [rule, nonFinite] : cases) {
    CAPTURE(rule);
    Scope scope;
    static_cast<void>(compiled(rule).evaluate(scope));
    CHECK(scope.nonFinite == nonFinite);
  }
}

TEST_CASE("the sign of a zero survives arithmetic as in JavaScript") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({ "*": [-1, 0] })", "-0.0"}, {R"({ "-": [0] })", "-0.0"},
      {R"({ "%": [-6, 3] })", "-0.0"}, {R"({ "+": [-0.0] })", "0"},
      {R"({ "/": [0, -5] })", "-0.0"}, {R"({ "-": [0, 0] })", "0"},
  };
  for (const auto& [rule, result] : cases) {
    CAPTURE(rule);
    Scope scope;
    CHECK(toJson(compiled(rule).evaluate(scope)) == result);
  }
}

TEST_CASE("each operator is refused with fewer or more arguments than it takes") {
  struct Case {
    const char* name;
    std::size_t atLeast;
    std::size_t atMost;  // 9: any number
  };
  const Case cases[] = {
      {"==", 2, 2}, {"!=", 2, 2},  {"===", 2, 2}, {"!==", 2, 2}, {"<", 2, 3},   {"<=", 2, 3},
      {">", 2, 3},  {">=", 2, 3},  {"!", 1, 1},   {"!!", 1, 1},  {"and", 1, 9}, {"or", 1, 9},
      {"if", 1, 9}, {"?:", 3, 3},  {"+", 1, 9},   {"*", 1, 9},   {"-", 1, 2},   {"/", 2, 2},
      {"%", 2, 2},  {"min", 1, 9}, {"max", 1, 9},
  };
  for (const auto& [name, atLeast, atMost] : cases) {
    for (std::size_t count = 0; count <= 9; ++count) {
      CAPTURE(name);
      CAPTURE(count);
      const Value rule(Value::Members{{Key(name), Value(Value::Items(count, Value(1.0)))}});
      const auto expression = Expression::compile(rule);
      REQUIRE(expression.ok() == (count >= atLeast && count <= atMost));
      if (!expression) CHECK(toString(expression.error().code) == "invalid-definition");
    }
  }
}

TEST_CASE("a single argument needs no array around it") {
  Scope scope;
  CHECK(toJson(compiled(R"({ "!": true })").evaluate(scope)) == "false");
  CHECK(toJson(compiled(R"({ "!!": { "+": 1 } })").evaluate(scope)) == "true");
  CHECK_FALSE(Expression::compile(R"({ "/": 1 })"_json).ok());
}

TEST_CASE("an operator is found by its whole name alone") {
  CHECK(findOperator("+") != nullptr);
  for (const char* name : {"", "++", "AND", "var", "=", "map", "__proto__"}) {
    CAPTURE(name);
    CHECK(findOperator(name) == nullptr);
  }
}

#include "reducer/expression/operators.h"

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

TEST_CASE("operators over arrays keep the very nodes of the elements") {
  const Value payload = R"([{ "a": 1 }, { "a": 2 }])"_json;
  Scope scope;
  scope.payload = &payload;
  for (const char* const rule : {R"({ "map": [{ "var": "payload" }, { "var": "" }] })",
                                 R"({ "filter": [{ "var": "payload" }, true] })",
                                 R"({ "merge": [{ "var": "payload" }] })"}) {
    CAPTURE(rule);
    const Value result = compiled(rule).evaluate(scope);
    REQUIRE(result.items().size() == 2);
    CHECK(result.items()[1].identical(payload.items()[1]));
  }
}

TEST_CASE("reduce ends when its result is nested deeper than a state may be") {
  const Value payload(std::vector<Value>(100'000));
  Scope scope;
  scope.payload = &payload;
  const auto nest = compiled(R"({ "reduce": [{ "var": "payload" }, [{ "var": "accumulator" }]] })");
  const Value nested = nest.evaluate(scope);
  CHECK(nested.depth() > Limits().depth);
  CHECK(nested.depth() < Limits().depth + 10);
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
      {R"({ "map": [[1], { "/": [{ "var": "" }, 0] }] })", true},
      {R"({ "reduce": [[1], { "/": [{ "var": "current" }, 0] }, 0] })", true},
      {R"({ "map": [[1], { "/": [{ "var": "" }, 2] }] })", false},
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
      {R"({ "*": [-1, 0] })", "-0.0"},     {R"({ "-": [0] })", "-0.0"},
      {R"({ "%": [-6, 3] })", "-0.0"},     {R"({ "+": [-0.0] })", "0"},
      {R"({ "/": [0, -5] })", "-0.0"},     {R"({ "-": [0, 0] })", "0"},
      {R"({ "*": [-0.0, 5] })", "0"},      {R"({ "*": [-1, 0, -5] })", "-0.0"},
      {R"({ "max": [-0.0, 0] })", "0"},    {R"({ "max": [0, -0.0] })", "0"},
      {R"({ "min": [0, -0.0] })", "-0.0"}, {R"({ "min": [-0.0, 0] })", "-0.0"},
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
      {"==", 2, 2},      {"!=", 2, 2},
      {"===", 2, 2},     {"!==", 2, 2},
      {"<", 2, 3},       {"<=", 2, 3},
      {">", 2, 3},       {">=", 2, 3},
      {"!", 0, 1},       {"!!", 0, 1},
      {"and", 1, 9},     {"or", 1, 9},
      {"if", 0, 9},      {"?:", 0, 9},
      {"log", 1, 1},     {"+", 0, 9},
      {"*", 1, 9},       {"-", 1, 2},
      {"/", 2, 2},       {"%", 2, 2},
      {"min", 1, 9},     {"max", 1, 9},
      {"map", 2, 2},     {"filter", 2, 2},
      {"all", 2, 2},     {"some", 2, 2},
      {"none", 2, 2},    {"reduce", 2, 3},
      {"merge", 0, 9},   {"in", 2, 2},
      {"cat", 0, 9},     {"substr", 2, 3},
      {"missing", 0, 9}, {"missing_some", 2, 2},
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
  for (const char* name : {"", "++", "AND", "=", "Map", "method", "__proto__"}) {
    CAPTURE(name);
    CHECK(findOperator(name) == nullptr);
  }
}

// Values nested to the limit, and one level more; deep-trees.test.ts does the same through wasm.

#include <doctest/doctest.h>

#include "native/capture.h"
#include "reducer/program.h"
#include "value/codec.h"
#include "value/json.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

const std::size_t kDepth = Limits().depth;

std::string repeated(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string arrays(std::size_t depth) { return repeated(depth, "[") + repeated(depth, "]"); }

std::string objects(std::size_t depth) {
  return repeated(depth - 1, R"({"a":)") + "{}" + repeated(depth - 1, "}");
}

// A slice whose reducer `run` has these steps.
Result<Program> programOf(std::string_view steps, const std::string& initialState = "{}") {
  return Program::compile(parseJson(R"({ "name": "deep", "initialState": )" + initialState +
                                        R"(, "reducers": { "run": )" + std::string(steps) + "}}",
                                    {.depth = 2 * kDepth})
                              .value());
}

Result<Value> run(const Program& program, const Value& state, const Value& payload = {}) {
  return program.reduce(state, {Key("deep/run"), payload, {}});
}

}  // namespace

TEST_CASE("a value nested to the limit is read, compared, written, copied and freed") {
  for (const auto& json : {arrays(kDepth), objects(kDepth)}) {
    const auto parsed = parseJson(json);
    REQUIRE_MESSAGE(parsed.ok(), parsed.error().message);
    const auto decoded = decode(encode(parsed.value()));
    REQUIRE_MESSAGE(decoded.ok(), decoded.error().message);
    CHECK(decoded.value().depth() == kDepth);
    CHECK(equal(decoded.value(), parsed.value()));
    CHECK(reconcile(parsed.value(), decoded.value()).identical(parsed.value()));
    CHECK(toJson(decoded.value()) == json);
  }
}

TEST_CASE("a value nested one level deeper is refused, however it comes") {
  for (const auto& json : {arrays(kDepth + 1), objects(kDepth + 1)}) {
    const auto parsed = parseJson(json);
    REQUIRE_FALSE(parsed.ok());
    CHECK((parsed.error().code == ErrorCode::LimitExceeded));
    const auto deep = parseJson(json, {.depth = kDepth + 1});
    const auto decoded = decode(encode(deep.value()));
    REQUIRE_FALSE(decoded.ok());
    CHECK((decoded.error().code == ErrorCode::LimitExceeded));
    CHECK(decoded.error().message == "the value exceeds the limit of 256 nested levels");
  }
}

TEST_CASE("a state that grows by a level with each action is refused at the limit, and stays") {
  const auto program = programOf(
      R"([{ "op": "set", "path": "", "value": { "object": { "a": { "var": "state" } } } }])");
  REQUIRE(program.ok());
  Value state = program.value().initialState();
  while (state.depth() < kDepth) state = run(program.value(), state).value();
  CHECK(toJson(state) == objects(kDepth));
  const auto refused = run(program.value(), state);
  REQUIRE_FALSE(refused.ok());
  CHECK((refused.error().code == ErrorCode::StepFailed));
  CHECK(refused.error().step == "/0");
  CHECK(refused.error().message == "the state would be nested deeper than 256 levels");
  CHECK(toJson(state) == objects(kDepth));
}

TEST_CASE("a state that saves itself and forgets that again is never too deep") {
  const auto saving = programOf(R"([{ "op": "set", "path": "/saved", "value": { "var": "state" } },
                                    { "op": "set", "path": "/list/0", "value": { "var": "state" } },
                                    { "op": "set", "path": "/table/entities/a/was",
                                      "value": { "var": "state" } }])");
  const auto forgetting = programOf(R"([{ "op": "unset", "path": "/saved" },
                                        { "op": "set", "path": "/list/0", "value": 0 },
                                        { "op": "removeOne", "path": "/table", "value": "a" },
                                        { "op": "upsertOne", "path": "/table",
                                          "value": { "literal": { "id": "a" } } }])");
  const Value initial =
      parseJson(R"({"list":[0],"table":{"ids":["a"],"entities":{"a":{"id":"a"}}}})").value();
  Value state = initial;
  for (int cycle = 0; cycle < 1000; ++cycle) {
    for (const auto* const program : {&saving.value(), &forgetting.value()}) {
      const auto next = run(*program, state);
      REQUIRE_MESSAGE(next.ok(), next.error().message);
      state = next.value();
    }
  }
  CHECK(equal(state, initial));
}

TEST_CASE("however a state is fed back and cut, it is too deep only when it is") {
  const char* const kCycles[] = {
      R"([{ "op": "push", "path": "/list", "value": { "var": "state" } },
          { "op": "remove", "path": "/list/0" }])",
      R"([{ "op": "insert", "path": "/list/0", "value": { "var": "state" } },
          { "op": "removeWhere", "path": "/list", "where": true }])",
      R"([{ "op": "merge", "path": "/o", "value": { "object": { "s": { "var": "state" } } } },
          { "op": "reset", "path": "/o" }])",
      R"([{ "op": "set", "path": "/o", "value": { "var": "state" } },
          { "op": "unset", "path": "/o" }, { "op": "set", "path": "/o", "value": { "literal": {} } }])",
      R"([{ "op": "setAll", "path": "/t",
            "value": [{ "object": { "id": 1, "s": { "var": "state" } } }] },
          { "op": "removeAll", "path": "/t" }])",
      R"([{ "op": "set", "path": "/o/s", "value": { "var": "state" } },
          { "op": "set", "path": "", "value": { "reduce": [ { "literal": [1, 2, 3] },
              { "var": "accumulator" }, { "var": "state" } ] } },
          { "op": "unset", "path": "/o/s" }])"};
  const std::string initial = R"({"list":[],"o":{},"t":{"ids":[],"entities":{}}})";
  for (const auto* const steps : kCycles) {
    CAPTURE(std::string(steps));
    const auto program = programOf(steps, initial);
    REQUIRE_MESSAGE(program.ok(), program.error().message);
    Value state = program.value().initialState();
    for (int cycle = 0; cycle < 400; ++cycle) {
      const auto next = run(program.value(), state);
      REQUIRE_MESSAGE(next.ok(), next.error().message);
      state = next.value();
      if (toJson(state).size() > 1000) state = program.value().initialState();
    }
  }
}

TEST_CASE("an equal value of the full depth keeps the state, and steps reach its end") {
  const auto program =
      programOf(R"([{ "op": "set", "path": "", "value": { "var": "payload" } }])", objects(kDepth));
  REQUIRE(program.ok());
  const Value& state = program.value().initialState();
  const auto same = run(program.value(), state, parseJson(objects(kDepth)).value());
  CHECK(same.value().identical(state));

  const std::string path = repeated(kDepth - 1, "/a") + "/end";
  const auto ending =
      programOf(R"([{ "op": "set", "path": ")" + path + R"(", "value": 1 }])", objects(kDepth));
  REQUIRE(ending.ok());
  const auto ended = run(ending.value(), ending.value().initialState());
  REQUIRE_MESSAGE(ended.ok(), ended.error().message);
  CHECK(find(ended.value(), parsePointer(path).value())->number() == 1);
}

TEST_CASE("rules and steps nested as deep as a definition can hold them compile and run") {
  const std::size_t levels = kDepth / 2 - 3;  // each takes two; a definition has some of its own
  const std::string rule = repeated(levels, R"({"!":[)") + "false" + repeated(levels, "]}");
  const auto negated = programOf(R"([{ "op": "set", "path": "/n", "value": )" + rule + "}]");
  REQUIRE(negated.ok());
  CHECK(toJson(run(negated.value(), parseJson("{}").value()).value()) == R"({"n":true})");

  const std::string maps = repeated(levels, R"({"map":[[1],)") + "1" + repeated(levels, "]}");
  const auto mapped = programOf(R"([{ "op": "set", "path": "/n", "value": )" + maps + "}]");
  REQUIRE(mapped.ok());
  CHECK(run(mapped.value(), parseJson("{}").value()).value().depth() == levels + 1);

  const std::string ifs = repeated(levels, R"([{"op":"if","test":true,"then":)") +
                          R"([{"op":"set","path":"/n","value":1}])" + repeated(levels, "}]");
  const auto nested = programOf(ifs);
  REQUIRE(nested.ok());
  CHECK(toJson(run(nested.value(), parseJson("{}").value()).value()) == R"({"n":1})");
}

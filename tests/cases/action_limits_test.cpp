// Actions that would take too much, each under the same small limits, natively;
// action-limits.test.ts runs the same file through wasm:
//
//   { name, limit: which one it is over, step?: where, steps }
//
// The slice begins with { text, hundred, items, table, k }; the payload is { text, items, n }.

#include <doctest/doctest.h>

#include "cases/case_file.h"
#include "native/capture.h"
#include "store/store.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

constexpr ActionLimits kLimits = {.bytes = 1'000'000, .steps = 20'000};
constexpr int kItems = 200;
const std::string kText(20'000, 'x');

Value numbered(int count, const std::string& before, const std::string& behind) {
  std::string json;
  for (int i = 0; i < count; ++i) json += (i == 0 ? "" : ",") + before + std::to_string(i) + behind;
  return parseJson("[" + json + "]").value();
}

Value items() { return numbered(kItems, R"({"id":)", R"(,"list":[]})"); }

Value initialState() {
  ObjectBuilder state;
  state.set("text", Value(kText));
  state.set("hundred", numbered(100, "", ""));
  state.set("items", items());
  state.set("table", parseJson(R"({"ids":[],"entities":{}})").value());
  state.set("k", Value(Value::Members{}));
  return std::move(state).build();
}

Value payload() {
  ObjectBuilder payload;
  payload.set("text", Value(kText));
  payload.set("items", items());
  payload.set("n", Value(-1.0));
  return std::move(payload).build();
}

// A slice that does `steps`, and counts in /n.
std::shared_ptr<const Program> programOf(const std::string& name, const Value& steps) {
  ObjectBuilder reducers;
  reducers.set("run", steps);
  reducers.set("count", parseJson(R"([{"op":"set","path":"/n","value":1}])").value());
  ObjectBuilder definition;
  definition.set("name", Value(name));
  definition.set("initialState", initialState());
  definition.set("reducers", std::move(reducers).build());
  auto program = Program::compile(std::move(definition).build());
  REQUIRE_MESSAGE(program.ok(), program.error().message);
  return std::make_shared<const Program>(std::move(program).value());
}

const Value& stateOf(const Store& store, const char* slice) { return *store.find({Key(slice)}); }

}  // namespace

TEST_CASE("an action that takes too much is refused as too large, and nothing else happens") {
  const Value cases = readCases("action-limits.json");
  for (const auto& example : cases.items()) {
    const std::string name = textOf(example, "name");
    CAPTURE(name);
    Store store(0, kLimits);
    Store other;
    REQUIRE(store.inject(Key("a"), programOf("a", *member(example, "steps")), {}).ok());
    REQUIRE(other.inject(Key("a"), programOf("a", *member(example, "steps")), {}).ok());
    const Value before = stateOf(store, "a");
    const Value untouched = stateOf(other, "a");
    const auto status = store.prepare({Key("a/run"), payload(), {}});
    REQUIRE_FALSE(status.ok());
    CHECK((status.error().code == ErrorCode::TooLarge));
    INFO(status.error().message);
    CHECK(status.error().message.find("limits." + textOf(example, "limit")) != std::string::npos);
    CHECK(status.error().slice == "a");
    const Value* const step = member(example, "step");
    if (step != nullptr) CHECK(status.error().step == std::string(step->string()));
    CHECK(status.error().step.starts_with("/"));
    CHECK(stateOf(store, "a").identical(before));
    CHECK(stateOf(other, "a").identical(untouched));
    REQUIRE(store.prepare({Key("a/count"), {}, {}}).ok());
    store.commit();
    CHECK(stateOf(store, "a").find(Key("n"))->number() == 1);
  }
}

TEST_CASE("what an action may take is one for all slices that handle it") {
  const Value steps = parseJson(R"([{"op":"set","path":"/out","value":
      {"map":[{"var":"payload.items"},{"var":["nothing",["a","b"]]}]}}])")
                          .value();
  ObjectBuilder on;
  on.set("a/run", steps);
  ObjectBuilder definition;
  definition.set("name", Value("b"));
  definition.set("initialState", initialState());
  definition.set("on", std::move(on).build());
  const auto second =
      std::make_shared<const Program>(Program::compile(std::move(definition).build()).value());
  for (const std::size_t allowed : {500U, 1000U}) {
    Store store(0, {.steps = allowed});
    REQUIRE(store.inject(Key("a"), programOf("a", steps), {}).ok());
    REQUIRE(store.prepare({Key("a/run"), payload(), {}}).ok());
    store.discard();
    REQUIRE(store.inject(Key("b"), second, {}).ok());
    CHECK(store.prepare({Key("a/run"), payload(), {}}).ok() == (allowed == 1000));
    store.discard();
  }
}

TEST_CASE("an action that is near its limits is done as without any") {
  const Value steps =
      parseJson(R"([{"op":"set","path":"/out","value":{"map":[{"var":"payload.items"},
      {"cat":[{"var":"state.text"},{"var":"id"}]}]}}])")
          .value();
  const auto program = programOf("a", steps);
  std::string message;
  std::size_t done = 0;
  for (std::size_t bytes = 3'900'000; bytes < 4'100'000; bytes += 20'000) {
    const auto next =
        program->reduce(program->initialState(), {Key("a/run"), payload(), {}}, {.bytes = bytes});
    if (!next) continue;
    ++done;
    CHECK(next.value().find(Key("out"))->items().size() == kItems);
    CHECK(next.value().find(Key("out"))->items()[7].string() == kText + "7");
  }
  CHECK(done > 0);
  CHECK(done < 10);
}

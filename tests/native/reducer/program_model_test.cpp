// Random programs of all steps, compared with an interpreter that copies everything. As many steps
// as the environment's ISTHMUS_STEPS says, 200,000 without it.

#include <doctest/doctest.h>

#include <cstdlib>

#include "native/reducer/model/plain_program.h"
#include "native/reducer/model/random_program.h"
#include "reducer/program.h"
#include "value/json.h"
#include "value/object_builder.h"

using namespace isthmus;
using namespace isthmus::model;

namespace {

std::size_t stepsToRun() {
  const char* const chosen = std::getenv("ISTHMUS_STEPS");
  return chosen == nullptr ? 200'000 : static_cast<std::size_t>(std::atoll(chosen));
}

Value parsed(const std::string& json) {
  auto value = parseJson(json);
  REQUIRE_MESSAGE(value.ok(), json);
  return std::move(value).value();
}

Program compiled(const Value& steps, const Value& initial) {
  ObjectBuilder reducers;
  reducers.set("run", steps);
  ObjectBuilder definition;
  definition.set("name", Value("random"));
  definition.set("initialState", initial);
  definition.set("reducers", std::move(reducers).build());
  auto program = Program::compile(std::move(definition).build());
  REQUIRE_MESSAGE(program.ok(), program.error().message);
  return std::move(program).value();
}

// The two states, which hold the same without sharing a node.
struct States {
  Value real;
  Value plain;
};

bool runOnce(States& states, const Program& program, const Value& steps, const Value& payload) {
  const Value copy = deepCopy(payload);
  PlainProgram model(states.plain, program.initialState(), copy);
  const bool expected = model.run(steps);
  const Value before = deepCopy(states.real);
  const auto next = program.reduce(states.real, {Key("random/run"), payload, {}});
  REQUIRE(equal(states.real, before));
  REQUIRE(equal(payload, copy));
  REQUIRE_MESSAGE(next.ok() == expected, (next ? "" : next.error().message));
  if (!expected) return false;
  if (!equal(next.value(), model.state())) CHECK(toJson(next.value()) == toJson(model.state()));
  REQUIRE(equal(next.value(), model.state()));
  states = {next.value(), deepCopy(model.state())};
  return true;
}

void runSteps(std::size_t count, std::size_t ids, std::size_t largest) {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  MESSAGE("seed " << seed);
  RandomProgram random(seed, ids);
  const Value initial = parsed(RandomProgram::initialState());
  States states{initial, deepCopy(initial)};
  std::size_t applied = 0;
  for (std::size_t done = 0; done < count;) {
    const Value steps = parsed(random.steps(1 + random.below(4)));
    CAPTURE(toJson(steps));
    const Program program = compiled(steps, initial);
    for (int i = 0; i < 4; ++i) {
      const Value payload = parsed(random.payload());
      CAPTURE(toJson(payload));
      applied += runOnce(states, program, steps, payload) ? steps.items().size() : 0;
      done += steps.items().size();
    }
    if (toJson(states.real).size() > largest) states = {initial, deepCopy(initial)};
  }
  MESSAGE(applied << " steps applied");
  CHECK(applied > count / 4);
}

}  // namespace

TEST_CASE("random programs do what an interpreter on plain copies does, or fail as it does") {
  runSteps(stepsToRun(), 6, 2'000);
}

TEST_CASE("random programs do what an interpreter does on large tables, too") {
  runSteps(stepsToRun() / 50, 200, 50'000);
}
